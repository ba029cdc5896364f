"""A table as its reader sees it: neighbours of a cell, labels written down a column over several cells or cut by a page."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from bot.model import Cell, Table
from bot.reading.labels import Lexicon
from bot.reading.turned import upright
from bot.text import folded

_COLONS = frozenset({"：", ":"})
"""What stands in a column of its own between labels and values: a cell that says nothing."""


_LONGEST_PART = 40
"""Characters of a part of a label, the blanks in it included."""


class Grid:
    """Neighbourhoods in one table. Rows may have gaps and columns need not line up: neighbours go by order, then by place."""

    def __init__(self, table: Table, lexicon: Lexicon) -> None:
        self.table = table
        cells = (replace(cell, text="") if cell.text in _COLONS else upright(cell, lexicon) for cell in table.cells)
        self.cells = _without_stacks(tuple(cells), lexicon)

    @cached_property
    def rows(self) -> dict[int, list[Cell]]:
        """The cells that cover each row, left to right; a cell that spans rows is in each of them."""
        rows: dict[int, list[Cell]] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.row + min(cell.row_span, 1000)):
                rows.setdefault(row, []).append(cell)
        for cells in rows.values():
            cells.sort(key=lambda cell: cell.column)
        return dict(sorted(rows.items()))

    def right(self, cell: Cell, row: int | None = None) -> Cell | None:
        """The next cell in a row (its first, if none is named)."""
        return next(self.rest(cell, row), None)

    def rest(self, cell: Cell, row: int | None = None) -> Iterator[Cell]:
        """All cells to the right in a row, in order."""
        end = cell.column + cell.column_span
        return (other for other in self.rows[row or cell.row] if other.column >= end)

    def left(self, cell: Cell) -> Cell | None:
        """The cell before it in its first row."""
        before = [other for other in self.rows[cell.row] if other.column < cell.column]
        return before[-1] if before else None

    def below(self, cell: Cell) -> Cell | None:
        """The cell under its left edge; in a row that consists of one cell, that one."""
        under = self.rows.get(cell.row + cell.row_span, [])
        if len(under) == 1:
            return under[0]
        return next((other for other in under if other.column <= cell.column < other.column + other.column_span), None)

    def is_alone(self, cell: Cell) -> bool:
        """Whether nothing stands beside the cell in its rows."""
        return all(
            other is cell or not other.text.strip()
            for row in range(cell.row, cell.row + min(cell.row_span, 1000))
            for other in self.rows[row]
        )


def _without_stacks(cells: tuple[Cell, ...], lexicon: Lexicon) -> tuple[Cell, ...]:
    """The cells with each label that was written down a column, or that the end of a page cut, put together into one cell."""
    short = {
        (cell.row, cell.column): cell
        for cell in cells
        if not cell.tables and 0 < len(cell.text) <= _LONGEST_PART and 0 < len(folded(cell.text)) < lexicon.longest
    }
    swallowed: set[tuple[int, int]] = set()
    stacks: dict[tuple[int, int], Cell] = {}
    filled = Counter(cell.row for cell in cells if cell.text.strip() or cell.tables)
    for place, cell in short.items():
        if place not in swallowed and (stack := _stack(cell, short, filled, lexicon)):
            swallowed.update((part.row, part.column) for part in stack)
            last = stack[-1]
            text = "\n".join(part.text for part in stack)
            stacks[place] = replace(cell, text=text, row_span=last.row + last.row_span - cell.row)
    if not stacks:
        return cells
    kept = (stacks.get((c.row, c.column), None if (c.row, c.column) in swallowed else c) for c in cells)
    return tuple(cell for cell in kept if cell is not None)


def _stack(top: Cell, short: Mapping[tuple[int, int], Cell], filled: Mapping[int, int], lexicon: Lexicon) -> list[Cell]:
    """The cells from this one down that together are a label; none if there is no such label.

    One that is a label by itself (“推荐单位”) goes on below (“意见”) only where nothing else stands in the rows there.
    """
    stack, longest = [top], list[Cell]()
    key = folded(top.text)
    while key in lexicon.beginnings:
        following = short.get((stack[-1].row + stack[-1].row_span, top.column))
        if following is None or following.column_span != top.column_span:
            break
        stack.append(following)
        key += folded(following.text)
        if key in lexicon.labels:
            longest = list(stack)
    if not longest or lexicon.find(longest[-1].text) is not None:
        return []
    return longest if lexicon.find(top.text) is None or all(filled[cell.row] == 1 for cell in longest[1:]) else []
