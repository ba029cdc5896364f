"""Rows of a sheet as SpreadsheetML, written straight to a file: openpyxl's own rows cost ten times the time and memory.

Every text is typed as text (`inlineStr`), so nothing that came from outside is ever a formula (fault 46); a text that begins
like one carries a style with the quote prefix, so that it stays text when a person edits the cell.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import getitem
from typing import IO
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

LONGEST = 2000
"""Characters of a cell; a spreadsheet allows 32,767, but nobody reads a row that fills three screens."""

LINE, HIGHEST = 15, 409
"""Points of a line of text, and of the highest row a spreadsheet allows."""

MOST_LINKS = 65_000
"""Hyperlinks of a sheet; Excel calls a file with more than 65,530 damaged."""

MOST_ROWS = 1_048_575
"""Rows of a sheet below its head."""

_AT_ONCE = 256
"""Rows that go to the file together."""

_REMEMBERED = 1024
"""Values of a column whose cells are kept ready."""

_EPOCH = date(1899, 12, 30).toordinal()  # day 0 of a spreadsheet, which knows no zone
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_DELICATE = re.compile("[\\s&<>\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What a text without any of it can go into XML as it is."""

_TOTALS = {"percent": "total-percent"}
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True, eq=False)  # no two are asked to be equal, and a row is looked up by its cells
class Link:
    """A text that leads to a file by its path relative to the workbook."""

    text: str
    target: str


Value = str | int | float | datetime | date | Link | None


class _Column(dict[Value, tuple[str, int]]):
    """What stands in a row from a cell's row number to the next one, and how many lines the cell's text takes; by its value.

    Most cells of a column say what others have said, so the first of them are remembered.
    """

    def __init__(self, writer: "RowWriter", at: int, look: int) -> None:
        super().__init__()
        self._writer, self._letter = writer, get_column_letter(at + 1)
        self._look, self._guarded, self._link = map(_styled, (look, writer.styles["guarded"], writer.styles["link"]))
        width = writer.widths[at]
        self._room = max(1, int(width) - 1) if width else sys.maxsize
        self._next = f'<c r="{get_column_letter(at + 2)}' if at + 1 < len(writer.formats) else "</row>"
        self._short = min(self._room // 2, LONGEST)
        self._before, self._after = f'{self._look} t="inlineStr"><is><t>', f"</t></is></c>{self._next}"

    def __missing__(self, value: Value) -> tuple[str, int]:
        if isinstance(value, str) and value:
            simple = value.isalnum() and len(value) <= self._short  # most are: nothing to escape, guard, cut or wrap
            made = (f"{self._before}{value}{self._after}", 1) if simple else self._text(value)
        elif isinstance(value, Link):  # never remembered: each leads to a place of its own
            look = self._link if self._writer.lead(self._letter, value) else self._look
            return f"{look}{_element(value.text)}{self._next}", 1
        else:
            made = f"{self._look}{_number(value)}{self._next}", 1
        if len(self) < _REMEMBERED:
            self[value] = made
        return made

    def _text(self, text: str) -> tuple[str, int]:
        look = self._guarded if text.startswith(_FORMULA_LIKE) else self._look
        several = len(text) * 2 > self._room or "\n" in text
        return f"{look}{_element(text)}{self._next}", _lines(text, self._room) if several else 1


@dataclass(slots=True)
class RowWriter:
    """Writes rows from row 2 on.

    `styles` gives the number of each cell format, `formats` and `widths` the format and width of each column; one of width 0
    does not make its rows higher (what is not printed may be cut off).
    """

    out: IO[bytes]
    styles: Mapping[str, int]
    formats: Sequence[str]
    widths: Sequence[float]
    rows: int = 1
    links: list[tuple[str, str]] = field(default_factory=list)  # cell reference and target
    _columns: tuple[_Column, ...] = ()
    _sums: tuple[_Column, ...] = ()
    _pending: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        looks = [self.styles[format] for format in self.formats]
        bold = [self.styles.get(_TOTALS.get(format, "total"), look) for format, look in zip(self.formats, looks, strict=True)]
        self._columns = tuple(_Column(self, at, look) for at, look in enumerate(looks))
        self._sums = tuple(_Column(self, at, look) for at, look in enumerate(bold))

    def write(self, row: Sequence[Value], bold: bool = False) -> None:
        """One row, unless the sheet is full; `bold` for a closing line of sums. It may lie in the file after `finish` only."""
        if self.rows > MOST_ROWS:
            return
        self._pending.append(self._row(row, self._sums if bold else self._columns))
        if len(self._pending) >= _AT_ONCE:
            self.finish()

    def finish(self) -> None:
        """What has been written lies in the file."""
        self.out.write("".join(self._pending).encode())
        self._pending.clear()

    def lead(self, letter: str, link: Link) -> bool:
        """Remember where the cell of this column in the present row leads; False when there are too many links."""
        if room := len(self.links) < MOST_LINKS:
            self.links.append((f"{letter}{self.rows}", link.target))
        return room

    def _row(self, row: Sequence[Value], columns: Sequence[_Column]) -> str:
        """No Python is run for a cell that was seen before: of a large ledger there are millions."""
        if len(row) != len(columns):
            raise ValueError(f"{len(row)} cells for {len(columns)} columns")
        self.rows += 1
        number = str(self.rows)
        pieces, lines = zip(*map(getitem, columns, row), strict=True)
        height = min(LINE * max(lines) + 4, HIGHEST)
        return f'<row r="{number}" ht="{height}" customHeight="1"><c r="A{number}{number.join(pieces)}'


def _styled(look: int) -> str:
    """The end of a cell's reference and its style."""
    return f'" s="{look}"'


def _element(text: str) -> str:
    """A cell of text from its type on."""
    if _DELICATE.search(text) is None and len(text) <= LONGEST:
        return f' t="inlineStr"><is><t>{text}</t></is></c>'
    text = plain(text)
    spaced = "\n" in text or "  " in text or text != text.strip()
    space = ' xml:space="preserve"' if spaced else ""
    return f' t="inlineStr"><is><t{space}>{escape(text)}</t></is></c>'


def _number(value: str | float | date | None) -> str:
    """A number, a day, a moment or nothing from where its type would stand."""
    if not value and value != 0:
        return "/>"
    return f"><v>{_serial(value) if isinstance(value, date) else value}</v></c>"


def plain(text: str) -> str:
    """A text as a cell may hold it: no control characters, not too long."""
    if _NOT_XML.search(text):
        text = _NOT_XML.sub("", text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _lines(text: str, room: int) -> int:
    """Lines of a text in a column: not every program fits rows to their texts by itself."""
    text = text[:LONGEST]
    if "\n" in text:
        return sum(_lines(line, room) if line else 1 for line in text.split("\n"))
    # In GB 18030 a Chinese character takes two bytes, as it takes two widths.
    return -(-(len(text) if text.isascii() else len(text.encode("gb18030", "replace"))) // room)


def _serial(value: date) -> float | int:
    """A day or a moment as a spreadsheet counts: days since 1899-12-30, in the zone of the moment itself."""
    day = value.toordinal() - _EPOCH
    if not isinstance(value, datetime):
        return day
    return (day * 86400 + value.hour * 3600 + value.minute * 60 + value.second) / 86400
