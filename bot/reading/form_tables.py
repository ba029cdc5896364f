"""Finds labels and their values in a table, however the form was drawn.

For each label the value is looked for to the right; under it where the row is a head row, where another label stands to its
right, or where the row ends. A label over several rows takes all that stands in them; a long field goes on in rows whose
label cell is empty. A cell that is itself a label never is a value.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.model import Cell, Place, Table
from bot.reading.forms import Find
from bot.reading.grid import Grid
from bot.reading.labels import Label, Lexicon
from bot.reading.pairs import pairs
from bot.text import folded

_PARAGRAPH = 200  # characters; what a label no rule knows heads in a longer cell is text
_STRANGER = 8  # characters of a label that no rule knows


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a cell says: a label alone, or pairs of labels and values."""

    label: Label | None = None
    parts: tuple[Label, ...] = ()
    rest: str = ""  # what follows the label in its own cell, for the case that nothing stands beside it
    finds: tuple[Find, ...] = ()

    @property
    def is_label(self) -> bool:
        return self.label is not None


class TableForm:
    """The finds of one table; `finds` are in reading order, with the row each begins in."""

    def __init__(self, table: Table, file: str, lexicon: Lexicon) -> None:
        self._grid = Grid(table, lexicon)
        self._file = file
        self._lexicon = lexicon
        self._seen = {id(cell): self._look(cell) for cell in self._grid.cells}
        self._heads = {row for row in self._grid.rows if self._is_head_row(row)}
        self._taken: set[int] = set()

    def finds(self) -> list[tuple[int, Find]]:
        """Every label of the table with its value and the row its label stands in; nested tables where they stand."""
        found: list[tuple[int, Find]] = []
        labels = [cell for cell in self._grid.cells if self._seen[id(cell)].is_label]
        for cell in labels:
            find = None if id(cell) in self._taken else self._value_of(cell)
            if find is not None:
                found.append((cell.row, find))
        for cell in self._grid.cells:
            if id(cell) not in self._taken:
                found += [(cell.row, find) for find in self._seen[id(cell)].finds]
                for table in cell.tables:
                    found += [(cell.row, find) for _, find in TableForm(table, self._file, self._lexicon).finds()]
        return sorted(found, key=lambda pair: pair[0])

    def labels(self) -> set[str]:
        """The keys of all labels in the table."""
        return {seen.label.key for seen in self._seen.values() if seen.label is not None}

    # --- what a cell is -----------------------------------------------------------------------------------------------

    def _look(self, cell: Cell) -> _Seen:
        text = cell.text
        label = self._lexicon.find(text)
        if label is not None:
            return _Seen(label)
        parts = self._lexicon.parts(text)
        if parts:
            return _Seen(parts[0], parts)
        if pairs(text.partition("\n")[0], self._lexicon):
            return self._look_at_pairs(cell)
        head = self._lexicon.head(text)
        if head is not None and (head[0].specs or len(text) < _PARAGRAPH):
            return self._headed(cell, head[0], text[: len(text) - len(head[1])], head[1])
        return _Seen()

    def _headed(self, cell: Cell, label: Label, written: str, rest: str) -> _Seen:
        """A label with something under or behind it. A note or a seal beside a free cell belongs to the label."""
        if self._lexicon.is_empty(rest):
            return _Seen(label, rest=rest)
        return _Seen(finds=(Find(label, written, rest, self.place(cell)),))

    def _look_at_pairs(self, cell: Cell) -> _Seen:
        """The pairs of a cell's lines; lines without one go on with the value before them."""
        collected: list[Pairing] = []
        for line in cell.text.split("\n"):
            fresh = [] if collected and _goes_on(collected[-1], line, self._lexicon) else list(pairs(line, self._lexicon))
            if fresh:
                collected += [Pairing(pair.label, pair.parts, pair.written, [pair.value]) for pair in fresh]
            elif collected:
                collected[-1].lines.append(line)
        known = [pairing for pairing in collected if pairing.label is not None]
        if len(known) == 1 == len(collected) and known[0].label is not None and self._lexicon.is_empty(known[0].text):
            return _Seen(known[0].label, known[0].parts, rest=known[0].text)
        return _Seen(
            finds=tuple(
                Find(pairing.label, pairing.written, pairing.text, self.place(cell), pairing.parts)
                for pairing in known
                if pairing.label is not None and pairing.label.specs
            )
        )

    def _is_head_row(self, row: int) -> bool:
        """Whether a row holds labels side by side and the row under it none: the values stand below."""
        cells = [cell for cell in self._grid.rows[row] if cell.row == row]
        labels = [self._is_label(cell) for cell in cells]
        if len(cells) < 2 or sum(labels) * 2 < len(cells) or (True, True) not in pairwise(labels):
            return False
        if not all(label or self._may_be_label(cell) for cell, label in zip(cells, labels, strict=True)):
            return False
        under = [self._grid.below(cell) for cell in cells]
        return all(cell is not None and not self._seen[id(cell)].is_label and not self._seen[id(cell)].finds for cell in under)

    def _may_be_label(self, cell: Cell) -> bool:
        """Whether a cell among labels may be one that no rule knows: a few letters, no number."""
        return 0 < len(folded(cell.text)) <= _STRANGER and not any(char.isdigit() for char in cell.text)

    # --- where its value is -------------------------------------------------------------------------------------------

    def _value_of(self, cell: Cell) -> Find | None:
        seen = self._seen[id(cell)]
        if seen.label is None or not (seen.label.specs or seen.parts):
            return None
        values = [] if cell.row in self._heads else self._beside(cell, seen.label)
        if values is None:
            return None
        if not values:
            values = self._under(cell, seen.label)
        if not values and (pair := self._first_pair(cell, seen.label)):
            return Find(seen.label, cell.text, pair.text, pair.place, seen.parts)
        self._taken.update(id(value) for value in values)
        text = "\n".join(self._text(value) for value in values) or seen.rest
        return Find(seen.label, cell.text, text, self.place(values[0] if values else cell), seen.parts)

    def _beside(self, cell: Cell, label: Label) -> list[Cell] | None:
        """The cells to the right that hold the value; None when labels stand there, so that this one is a heading over them."""
        found: list[Cell] = []
        rows = range(cell.row, cell.row + min(cell.row_span, 1000))
        groups = 0
        for row in rows:
            first = self._grid.right(cell, row)
            if first is None or first in found:
                continue
            if self._is_label(first):
                groups += 1
                if not found and not label.is_long and self._is_under(first, label):
                    found += self._sub_value(first)
                    self._taken.add(id(first))
            elif not self._belongs_elsewhere(first, label):
                found += self._run(cell, row, label)
                if not label.is_long:
                    break
        if groups and not found and (cell.row_span > 1 or groups == len(rows)):
            return None if self._has_values_beside(cell) else []
        if label.is_long and found and cell.row_span == 1:
            found += self._continuation(cell)
        return list(dict.fromkeys(found))

    def _run(self, cell: Cell, row: int, label: Label) -> Iterator[Cell]:
        """The value cells of one row: one for a short field, all up to the next label for a long one."""
        for other in self._grid.rest(cell, row):
            if self._is_label(other) or self._belongs_elsewhere(other, label):
                return
            yield other
            if not label.is_long:
                return

    def _belongs_elsewhere(self, cell: Cell, label: Label) -> bool:
        """Whether a cell holds pairs of its own. One that begins with this very label again, or as text, is the value."""
        finds = self._seen[id(cell)].finds
        return bool(finds) and not same_field(finds[0].label, label) and not (label.is_long and len(cell.text) > _PARAGRAPH)

    def _sub_value(self, sub: Cell) -> list[Cell]:
        """“负责人 | 姓名 | 张三”: the value of the first label under a heading is the heading's own."""
        value = self._grid.right(sub)
        return [] if value is None or self._is_label(value) or self._seen[id(value)].finds else [value]

    def _first_pair(self, cell: Cell, label: Label) -> Find | None:
        """“负责人 | 姓名：张三 电话：…”: the first of the pairs beside a short label is its own."""
        beside = None if label.is_long else self._grid.right(cell)
        return None if beside is None else next(iter(self._seen[id(beside)].finds), None)

    def _has_values_beside(self, cell: Cell) -> bool:
        """Whether anything but labels stands in the rows of a heading."""
        return any(
            not self._is_label(other)
            for row in range(cell.row, cell.row + min(cell.row_span, 1000))
            for other in self._grid.rest(cell, row)
        )

    def _continuation(self, cell: Cell) -> Iterator[Cell]:
        """Rows under a long field whose label cell is empty go on with its value."""
        below = self._grid.below(cell)
        while below is not None and below.column == cell.column and not below.text.strip() and not below.tables:
            first = self._grid.right(below)
            if first is None or self._is_label(first) or self._seen[id(first)].finds:
                return
            yield first
            below = self._grid.below(below)

    def _under(self, cell: Cell, label: Label) -> list[Cell]:
        """The cell under a label, unless it belongs to a label on its left; a long field goes on over rows of one cell."""
        below = self._grid.below(cell)
        found: list[Cell] = []
        while below is not None and below not in found and self._is_free(below, cell):
            found.append(below)
            if not (label.is_long and self._grid.is_alone(below)):
                break
            below = self._grid.below(below)
        return found

    def _is_free(self, value: Cell, label: Cell) -> bool:
        seen = self._seen[id(value)]
        if seen.is_label or seen.finds or id(value) in self._taken:
            return False
        left = self._grid.left(value)
        return label.row in self._heads or left is None or not self._is_label(left)

    # --- small questions ----------------------------------------------------------------------------------------------

    def _is_label(self, cell: Cell) -> bool:
        return self._seen[id(cell)].is_label

    def _is_under(self, cell: Cell, heading: Label) -> bool:
        """Whether a label can only be a part of what the heading beside it asks: no category has fields for both."""
        label = self._seen[id(cell)].label
        return label is not None and not (label.specs.keys() & heading.specs.keys())

    def _text(self, cell: Cell) -> str:
        nested = [inner.text for table in cell.tables for inner in table.cells]
        return "\n".join(text for text in (cell.text, *nested) if text)

    def place(self, cell: Cell) -> Place:
        """Where a cell stands."""
        table = self._grid.table
        return Place(self._file, page=table.page, sheet=table.sheet, table=table.number, row=cell.row, column=cell.column)


@dataclass(slots=True)
class Pairing:
    """A pair whose value may still grow by the lines under it."""

    label: Label | None
    parts: tuple[Label, ...]
    written: str
    lines: list[str]

    @property
    def text(self) -> str:
        """The value with all its lines."""
        return "\n".join(self.lines).strip()


def _goes_on(pairing: Pairing, line: str, lexicon: Lexicon) -> bool:
    """Whether a line belongs to a long value although it begins like a pair: its label is unknown or means the same field."""
    if pairing.label is None or not pairing.label.is_long:
        return False
    fresh = pairs(line, lexicon)
    if not fresh or fresh[0].label is None or not fresh[0].label.specs:
        return True
    return same_field(pairing.label, fresh[0].label)


def same_field(one: Label, other: Label) -> bool:
    """Whether two labels mean one field in some category."""
    return any(other.specs.get(category) == spec for category, spec in one.specs.items())
