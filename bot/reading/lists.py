"""Summary tables (汇总表): a head row of labels and under it one row for each nomination."""

from collections.abc import Sequence
from itertools import pairwise

from bot.model import Cell, Table
from bot.reading.grid import Grid
from bot.reading.labels import Lexicon
from bot.reading.titles import TitleWords
from bot.text import folded, tidy

_HEAD_ROWS = 6  # titles and notes that may stand above the head row
_NARROWEST = 3  # columns of a list


def list_rows(table: Table, lexicon: Lexicon, words: TitleWords, lead: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The rows of a list, its head first, each as wide as the table; empty when the table is none.

    A cell that spans rows says the same for each of them, one that spans columns stands in the first.
    """
    grid = Grid(table, lexicon)
    rows = list(grid.rows)
    head = next((row for row in rows[:_HEAD_ROWS] if _is_head(grid.rows[row], lexicon)), None)
    if head is None or any(_is_field(cell, lexicon) for row in rows if row < head for cell in grid.rows[row]):
        return ()
    body = [row for row in rows if row > head and any(cell.text.strip() for cell in grid.rows[row])]
    if not body or any(lexicon.find(cell.text) is not None for row in body for cell in grid.rows[row] if cell.row > head):
        return ()
    titled = any(words.is_summary_title(text) for text in [*lead, *_above(grid, rows, head), table.sheet or ""])
    numbered = any(_is_stranger(cell, lexicon) for cell in grid.rows[head][:1])
    if not (titled or numbered or len(body) >= 2):
        return ()
    columns = [cell.column for cell in grid.rows[head]]
    return tuple(_texts(grid.rows[row], columns) for row in [head, *body])


def _is_head(cells: Sequence[Cell], lexicon: Lexicon) -> bool:
    """Whether a row is one of labels only: at least three, at least two known, none of them empty or long."""
    labels = [lexicon.find(cell.text) for cell in cells]
    known = sum(label is not None for label in labels)
    neighbours = any(one is not None and other is not None for one, other in pairwise(labels))
    short = all(0 < len(folded(cell.text)) <= 24 for cell in cells)
    return len(cells) >= _NARROWEST and known >= 2 and neighbours and short and known * 2 >= len(cells) - 1


def _is_stranger(cell: Cell, lexicon: Lexicon) -> bool:
    label = lexicon.find(cell.text)
    return label is None or not label.specs


def _is_field(cell: Cell, lexicon: Lexicon) -> bool:
    label = lexicon.find(cell.text)
    return label is not None and bool(label.specs)


def _above(grid: Grid, rows: Sequence[int], head: int) -> list[str]:
    return [line for row in rows if row < head for cell in grid.rows[row] for line in cell.text.split("\n")]


def _texts(cells: Sequence[Cell], columns: Sequence[int]) -> tuple[str, ...]:
    """One text for each column of the head."""
    texts = [""] * len(columns)
    for cell in cells:
        index = max((place for place, column in enumerate(columns) if column <= cell.column), default=0)
        texts[index] = tidy(f"{texts[index]} {cell.text}")
    return tuple(texts)
