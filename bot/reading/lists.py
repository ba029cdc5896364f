"""Summary tables (汇总表): a head row of labels and under it one row for each nomination.

A head may take two rows (推荐对象 over 名称 and 所在单位), and one table may hold several lists under each other, each with a
head of its own.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.model import Cell, Table
from bot.reading.grid import Grid
from bot.reading.labels import Lexicon
from bot.reading.titles import TitleWords
from bot.text import folded, tidy

_HEAD_ROWS = 6  # titles and notes that may stand above the head row
_NARROWEST = 3  # columns of a list that nothing else tells
_LABEL_LONGEST = 24  # folded characters of a label in a head

Rows = tuple[tuple[str, ...], ...]


def list_rows(table: Table, lexicon: Lexicon, words: TitleWords, lead: Sequence[str]) -> Rows:
    """The rows of a list, its head first, each as wide as its head; empty when the table is none.

    A cell that spans rows says the same for each of them, one that spans columns stands in the first. Of a head of two rows
    each column has its lower label; a further head below begins a list of its own and comes among the rows.
    """
    grid = Grid(table, lexicon)
    rows = list(grid.rows)
    titled = any(words.is_summary_title(text) for text in [*lead, table.sheet or ""])
    narrowest = _NARROWEST - 1 if titled or _says_so(grid, rows[:_HEAD_ROWS], words) else _NARROWEST
    below = {row: _second_row(grid, row, lexicon) for row in rows if _is_head(grid.rows[row], lexicon, narrowest)}
    heads = [row for row in below if row - 1 not in below and (below[row] or _is_full(grid.rows[row]))]
    if not heads or heads[0] not in rows[:_HEAD_ROWS] or _has_fields(grid, rows, heads[0], lexicon):
        return ()
    body = [row for row in rows if row > heads[0] and row not in heads and row not in {below[head] for head in heads}]
    body = [row for row in body if any(cell.text.strip() for cell in grid.rows[row])]
    if not body or any(_asks(grid.rows[row], row, lexicon) for row in body):
        return ()
    numbered = any(_is_stranger(cell, lexicon) for cell in grid.rows[heads[0]][:1])
    if not (titled or narrowest < _NARROWEST or numbered or len(body) >= 2):
        return ()
    return _in_order(grid, heads, below, body, words)


def _in_order(
    grid: Grid, heads: Sequence[int], below: Mapping[int, int | None], body: Sequence[int], words: TitleWords
) -> Rows:
    """Heads and rows as they stand; what names the category right above the first head (一、实事项目) comes under it."""
    found: list[tuple[str, ...]] = []
    columns: list[int] = []
    for row in sorted((*heads, *body)):
        if row in heads:
            lower = below[row]
            columns = [cell.column for cell in grid.rows[lower or row]]
            found.append(_labels(grid, row, lower) if lower else _texts(grid.rows[row], columns))
            if row == heads[0] and (group := grid.rows.get(row - 1)) and _is_group(group, words):
                found.append(_texts(group, columns))
        else:
            found.append(_texts(grid.rows[row], columns))
    return tuple(found)


def _is_group(cells: Sequence[Cell], words: TitleWords) -> bool:
    """Whether a row is one cell that names a category and is not the title of the whole."""
    filled = [cell.text for cell in cells if cell.text.strip()]
    return len(filled) == 1 and bool(words.named(filled[0])) and not words.is_summary_title(filled[0])


# --- heads --------------------------------------------------------------------------------------------------------------


def _is_head(cells: Sequence[Cell], lexicon: Lexicon, narrowest: int) -> bool:
    """Whether a row is one of labels only: enough of them, at least two known, none of them long."""
    labels = [lexicon.find(cell.text) for cell in cells]
    known = sum(label is not None for label in labels)
    neighbours = any(one is not None and other is not None for one, other in pairwise(labels))
    short = all(len(folded(cell.text)) <= _LABEL_LONGEST for cell in cells)
    return len(cells) >= narrowest and known >= 2 and neighbours and short and known * 2 >= len(cells) - 1


def _is_full(cells: Sequence[Cell]) -> bool:
    return all(folded(cell.text) for cell in cells)


def _second_row(grid: Grid, head: int, lexicon: Lexicon) -> int | None:
    """The lower row of a head that takes two: labels under a wide one or under empty cells, nothing under the others."""
    upper, lower = grid.rows[head], grid.rows.get(head + 1, [])
    own = [cell for cell in lower if cell.row == head + 1 and folded(cell.text)]
    wide: set[int] = set()
    for cell, following in pairwise([*upper, None]):
        if cell is not None and (cell.column_span > 1 or (following is not None and not folded(following.text))):
            wide.update(range(cell.column, cell.column + cell.column_span))
        elif cell is not None and not folded(cell.text):
            wide.add(cell.column)
    known = sum(lexicon.find(cell.text) is not None for cell in own)
    under = all(cell.column in wide and len(folded(cell.text)) <= _LABEL_LONGEST for cell in own)
    return head + 1 if len(own) >= 2 and known * 2 >= len(own) and under else None


def _labels(grid: Grid, head: int, lower: int) -> tuple[str, ...]:
    """The labels of a head in two rows: the lower one where there is one, else the upper one."""
    found: list[str] = []
    for cell in grid.rows[lower]:
        above = [other for other in grid.rows[head] if other.column <= cell.column and other.text.strip()]
        own = cell.text if cell.text.strip() else above[-1].text if above and above[-1].column == cell.column else ""
        found.append(tidy(own))
    return tuple(found)


def _asks(cells: Sequence[Cell], row: int, lexicon: Lexicon) -> bool:
    """Whether a row below the head asks for something, as rows of forms do; a remark under the list (备注, 填表人) does not."""
    filled = [cell for cell in cells if cell.row == row and cell.text.strip()]
    labels = [lexicon.find(cell.text) for cell in filled]
    return any(label is not None and (label.specs or index) for index, label in enumerate(labels))


def _has_fields(grid: Grid, rows: Sequence[int], head: int, lexicon: Lexicon) -> bool:
    return any(_is_field(cell, lexicon) for row in rows if row < head for cell in grid.rows[row])


def _is_stranger(cell: Cell, lexicon: Lexicon) -> bool:
    label = lexicon.find(cell.text)
    return label is None or not label.specs


def _is_field(cell: Cell, lexicon: Lexicon) -> bool:
    label = lexicon.find(cell.text)
    return label is not None and bool(label.specs)


def _says_so(grid: Grid, rows: Sequence[int], words: TitleWords) -> bool:
    """Whether one of the first rows is the title of a list."""
    return any(words.is_summary_title(line) for row in rows for cell in grid.rows[row][:1] for line in cell.text.split("\n"))


def _texts(cells: Sequence[Cell], columns: Sequence[int]) -> tuple[str, ...]:
    """One text for each column of the head."""
    texts = [""] * len(columns)
    for cell in cells:
        index = max((place for place, column in enumerate(columns) if column <= cell.column), default=0)
        texts[index] = tidy(f"{texts[index]} {cell.text}")
    return tuple(texts)
