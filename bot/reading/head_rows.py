"""Tells which rows of a form's table are head rows: labels side by side, with their values below."""

from collections.abc import Mapping
from itertools import pairwise

from bot.model import Cell
from bot.reading.form_cells import Seen
from bot.reading.grid import Grid
from bot.text import folded

_STRANGER = 8  # characters of a label that no rule knows


def head_rows(grid: Grid, seen: Mapping[int, Seen]) -> set[int]:
    """The rows whose values stand below; `seen` is what each cell looks like, by its identity."""
    heads = {row for row in grid.rows if _is_head_row(grid, seen, row)}
    return heads | {row for row in grid.rows if heads and _is_rest_of_heads(grid, seen, row)}


def _is_head_row(grid: Grid, seen: Mapping[int, Seen], row: int) -> bool:
    """Whether a row holds labels side by side and the row under it none: the values stand below."""
    cells = [cell for cell in grid.rows[row] if cell.row == row]
    labels = [seen[id(cell)].is_label for cell in cells]
    if len(cells) < 2 or sum(labels) * 2 < len(cells) or (True, True) not in pairwise(labels):
        return False
    if not all(label or _may_be_label(cell) for cell, label in zip(cells, labels, strict=True)):
        return False
    under = [grid.below(cell) for cell in cells]
    return all(cell is not None and not seen[id(cell)].is_label and not seen[id(cell)].finds for cell in under)


def _is_rest_of_heads(grid: Grid, seen: Mapping[int, Seen], row: int) -> bool:
    """Whether a row that is not full is one more head of a table that has some: labels, and nothing under the gaps."""
    cells = [cell for cell in grid.rows[row] if cell.row == row]
    pairs = [(cell, grid.below(cell)) for cell in cells]
    if not any(seen[id(cell)].is_label for cell in cells) or any(under is None for _, under in pairs):
        return False
    return all(
        under is not None
        and not seen[id(under)].is_label
        and not seen[id(under)].finds
        and (seen[id(cell)].is_label or not (cell.text.strip() or under.text.strip()))
        for cell, under in pairs
    )


def _may_be_label(cell: Cell) -> bool:
    """Whether a cell among labels may be one that no rule knows: a few letters, no number."""
    return 0 < len(folded(cell.text)) <= _STRANGER and not any(char.isdigit() for char in cell.text)
