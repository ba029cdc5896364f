"""Finds labels and their values in a table, however the form was drawn.

For each label the value is looked for to the right; under it where the row is a head row, where another label stands to its
right, or where the row ends. A label over several rows takes all that stands in them; a long field goes on in rows whose
label cell is empty. A cell that is itself a label never is a value.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.campaign import FieldKind, FieldSpec
from bot.model import Cell, Place, Table
from bot.reading.answers import ticked
from bot.reading.date_cells import asks_date, date_cells
from bot.reading.form_cells import PARAGRAPH, Seen, look
from bot.reading.forms import Find
from bot.reading.grid import Grid
from bot.reading.head_rows import head_rows
from bot.reading.labels import Label, Lexicon
from bot.reading.pairs import pairs
from bot.reading.titles import TitleWords, is_heading, is_title
from bot.text import folded

_AS_LONG = Label("", {"": FieldSpec("", FieldKind.LONG_TEXT)})  # looks for a value over several cells
_FIELDS = 2  # fields in a nested table that make it a part of the form and no value


class TableForm:
    """The finds of one table; `finds` are in reading order, with the row each begins in."""

    def __init__(self, table: Table, file: str, lexicon: Lexicon) -> None:
        self._grid = Grid(table, lexicon)
        self._file = file
        self._lexicon = lexicon
        self._seen = {id(cell): self._look(cell) for cell in self._grid.cells}
        self._nested = {id(cell): self._finds_in(cell) for cell in self._grid.cells if cell.tables}
        self._heads = head_rows(self._grid, self._seen)
        self._taken: set[int] = set()

    def _look(self, cell: Cell) -> Seen:
        """What a cell says by itself; one that frames a table, what it says from its first pair on, below a title."""
        seen = look(cell, self.place(cell), self._lexicon)
        if not cell.tables or seen.is_label or seen.is_paired:
            return seen
        lines = cell.text.split("\n")
        first = next((index for index, line in enumerate(lines) if pairs(line, self._lexicon)), 0)
        return look(replace(cell, text="\n".join(lines[first:])), self.place(cell), self._lexicon) if first else seen

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
                found += [(cell.row, find) for find in (*self._own_finds(cell), *self._nested.get(id(cell), ()))]
        return sorted(found, key=lambda pair: (pair[0], pair[1].place.column or 0))

    def _own_finds(self, cell: Cell) -> tuple[Find, ...]:
        """The pairs in a cell; a long value goes on in rows of one cell below that say nothing else (after a page's end)."""
        finds = self._seen[id(cell)].finds
        if not finds or not finds[-1].label.is_long or not self._grid.is_alone(cell):
            return finds
        texts = [finds[-1].text]
        below = self._grid.below(cell)
        while below is not None and self._grid.is_alone(below) and self._says_nothing_new(below):
            texts.append(self._text(below))
            self._taken.add(id(below))
            below = self._grid.below(below)
        return (*finds[:-1], replace(finds[-1], text="\n".join(texts)))

    def _says_nothing_new(self, cell: Cell) -> bool:
        """Whether a cell is text alone: neither label nor pair, and no title of what comes next."""
        seen = self._seen[id(cell)]
        plain = not seen.is_label and not seen.finds and not cell.tables and id(cell) not in self._taken
        return plain and not is_title(cell.text) and not _begins_with_pair(cell, self._lexicon)

    def _finds_in(self, cell: Cell) -> list[Find]:
        """The finds of the tables nested in a cell."""
        return [find for table in cell.tables for _, find in TableForm(table, self._file, self._lexicon).finds()]

    def choices(self) -> Iterator[str]:
        """What stands beside labels that are no field (推荐类别) or is ticked anywhere: it may name the category."""
        for cell in self._grid.cells:
            label = self._seen[id(cell)].label
            beside = self._grid.right(cell) if label is not None and not label.specs else None
            if beside is not None and len(beside.text) <= PARAGRAPH:
                yield beside.text if ticked(beside.text) is None else ticked(beside.text) or ""
            elif len(cell.text) <= PARAGRAPH:
                yield ticked(cell.text) or ""

    def materials(self, words: TitleWords) -> Iterator[str]:
        """Case materials written into the form itself, under or beside a cell that calls them so."""
        for cell in self._grid.cells:
            label = self._seen[id(cell)].label
            if label is not None and not label.specs and words.is_material_title(label.key):
                values = self._beside(cell, _AS_LONG) or self._under(cell, _AS_LONG)
                text = "\n".join(self._text(value) for value in values)
                if len(text) >= PARAGRAPH:
                    yield text

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
        text = self._own_words(values, seen.label) or seen.rest
        return Find(seen.label, cell.text, text, self.place(values[0] if values else cell), seen.parts)

    def _beside(self, cell: Cell, label: Label) -> list[Cell] | None:
        """The cells to the right that hold the value; None when labels stand there, so that this one is a heading over them."""
        found: dict[int, Cell] = {}
        rows = range(cell.row, cell.row + min(cell.row_span, 1000))
        groups = 0
        for row in rows:
            first = self._grid.right(cell, row)
            if first is None or id(first) in found:
                continue
            if self._holds_form(first):
                return None
            if self._is_label(first):
                groups += 1
                if not found and not label.is_long and self._is_under(first, label):
                    found |= _by_id(self._sub_value(first))
                    self._taken.add(id(first))
            elif not self._belongs_elsewhere(first, label):
                found |= _by_id(self._run(cell, row, label))
                if not label.is_long:
                    break
        if groups and not found and cell.row_span > 1:
            return None if self._has_values_beside(cell) else []
        if label.is_long and found:
            found |= _by_id(self._continuation(cell))
        return list(found.values())

    def _run(self, cell: Cell, row: int, label: Label) -> Iterator[Cell]:
        """The value cells of one row: one for a short field, all up to the next label for a long one."""
        if asks_date(label) and (date := list(date_cells(self._grid.rest(cell, row)))):
            yield from date
            return
        for other in self._grid.rest(cell, row):
            if self._is_label(other) or self._belongs_elsewhere(other, label):
                return
            yield other
            if not label.is_long:
                yield from self._behind_gap(other, row)
                return

    def _behind_gap(self, cell: Cell, row: int) -> Iterator[Cell]:
        """The value behind an empty cell that is nobody's: it stands alone before the next label or the end of the row."""
        if cell.text.strip() or cell.tables:
            return
        following = list(self._grid.rest(cell, row))
        free = following and not self._is_label(following[0]) and not self._seen[id(following[0])].finds
        if free and (not _filled(following[1:]) or self._is_label(following[1])):
            yield following[0]

    def _belongs_elsewhere(self, cell: Cell, label: Label) -> bool:
        """Whether a cell beside a label holds pairs of its own.

        One that begins with this very label again is its value. Beside a long field it is text that begins like a pair
        (“一、基本情况：…”), unless it is an opinion: two of them often stand side by side.
        """
        seen = self._seen[id(cell)]
        if not label.is_long:
            return seen.is_paired and not any(find.label.asks_the_same(label) for find in seen.finds[:1])
        return any(find.label.is_signed and not find.label.asks_the_same(label) for find in seen.finds[:1])

    def _sub_value(self, sub: Cell) -> list[Cell]:
        """“负责人 | 姓名 | 张三”: the value of the first label under a heading is the heading's own."""
        value = self._grid.right(sub)
        return [] if value is None or self._is_label(value) or self._seen[id(value)].finds else [value]

    def _first_pair(self, cell: Cell, label: Label) -> Find | None:
        """“负责人 | 姓名：张三 电话：…”: the first of the pairs beside a short label is its own."""
        beside = None if label.is_long else self._grid.right(cell)
        first = None if beside is None else next(iter(self._seen[id(beside)].finds), None)
        return None if first is None or first.label.specs.keys() & label.specs.keys() else first

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
            beside = [self._grid.right(below, row) for row in range(below.row, below.row + min(below.row_span, 1000))]
            for value in _by_id(other for other in beside if other is not None).values():
                if self._is_label(value) or self._seen[id(value)].finds:
                    return
                yield value
            if not any(beside):
                return
            below = self._grid.below(below)

    def _under(self, cell: Cell, label: Label) -> list[Cell]:
        """The cell under a label, unless it belongs to a label on its left; a long field goes on over rows of one cell."""
        below = self._grid.below(cell)
        found: dict[int, Cell] = {}
        while below is not None and id(below) not in found and self._is_free(below, cell):
            found[id(below)] = below
            if not (label.is_long and self._grid.is_alone(below)):
                break
            below = self._grid.below(below)
        return list(found.values())

    def _is_free(self, value: Cell, label: Cell) -> bool:
        seen = self._seen[id(value)]
        if seen.is_label or id(value) in self._taken:
            return False
        if seen.is_paired and not self._is_text_of(label, value):
            return False
        found = self._seen[id(label)].label
        if label.row not in self._heads and found is not None and not found.is_long and _begins_with_pair(value, self._lexicon):
            return False
        left = self._grid.left(value)
        return label.row in self._heads or left is None or not self._is_label(left)

    def _is_text_of(self, label: Cell, value: Cell) -> bool:
        """Whether a cell that begins like a pair is the text of a long label: it is numbered, and the labels are not."""
        found = self._seen[id(label)].label
        return found is not None and found.is_long and is_heading(value.text) and not is_heading(label.text)

    # --- small questions ----------------------------------------------------------------------------------------------

    def _is_label(self, cell: Cell) -> bool:
        return self._seen[id(cell)].is_label

    def _holds_form(self, cell: Cell) -> bool:
        """Whether a cell holds a nested table with fields of its own: what stands beside it is a heading over them."""
        return len({find.label.key for find in self._nested.get(id(cell), ())}) >= _FIELDS

    def _is_under(self, cell: Cell, heading: Label) -> bool:
        """Whether a label can only be a part of what the heading beside it asks: no category has fields for both."""
        label = self._seen[id(cell)].label
        return label is not None and not (label.specs.keys() & heading.specs.keys())

    def _own_words(self, values: list[Cell], label: Label) -> str:
        """The text of the value; one cell that begins with the label once more (“姓名 | 姓名：张三”) has what follows it."""
        finds = self._seen[id(values[0])].finds if len(values) == 1 else ()
        again = len(finds) == 1 and folded(values[0].text).startswith(folded(finds[0].written))
        if again and not label.is_long and finds[0].label.asks_the_same(label):
            return finds[0].text
        return "\n".join(self._text(value) for value in values)

    def _text(self, cell: Cell) -> str:
        nested = [inner.text for table in cell.tables for inner in table.cells]
        return "\n".join(text for text in (cell.text, *nested) if text)

    def place(self, cell: Cell) -> Place:
        """Where a cell stands."""
        table = self._grid.table
        return Place(self._file, page=table.page, sheet=table.sheet, table=table.number, row=cell.row, column=cell.column)


def _begins_with_pair(cell: Cell, lexicon: Lexicon) -> bool:
    """Whether a cell begins with a label of its own, if only one that no rule knows (“资金投入：320万元”)."""
    return bool(pairs(cell.text.partition("\n")[0], lexicon))


def _filled(cells: Iterable[Cell]) -> bool:
    return any(cell.text.strip() or cell.tables for cell in cells)


def _by_id(cells: Iterable[Cell]) -> dict[int, Cell]:
    """Cells in order, each once."""
    return {id(cell): cell for cell in cells}
