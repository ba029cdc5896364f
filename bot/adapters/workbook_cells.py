"""Rows of a sheet as SpreadsheetML, written straight to a file: openpyxl's own rows cost ten times the time and memory.

Every text is typed as text (`inlineStr`), so nothing that came from outside is ever a formula (fault 46); a text that begins
like one carries a style with the quote prefix, so that it stays text when a person edits the cell.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
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

_EPOCH = date(1899, 12, 30).toordinal()  # day 0 of a spreadsheet, which knows no zone
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACED = re.compile(r"^\s|\s$|\n|  ")
_TOTALS = {"percent": "total-percent"}
_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads to a file by its path relative to the workbook."""

    text: str
    target: str


Value = str | int | float | datetime | date | Link | None


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
    _letters: tuple[str, ...] = ()
    _plain: tuple[int, ...] = ()
    _bold: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self._letters = tuple(get_column_letter(number) for number in range(1, len(self.formats) + 1))
        self._plain = tuple(self.styles[format] for format in self.formats)
        self._bold = tuple(
            self.styles.get(_TOTALS.get(format, "total"), look) for format, look in zip(self.formats, self._plain, strict=True)
        )

    def write_all(self, rows: Iterable[Sequence[Value]]) -> None:
        """Every row until the sheet is full."""
        for row in rows:
            if self.rows > MOST_ROWS:
                return
            self.write(row)

    def write(self, row: Sequence[Value], bold: bool = False) -> None:
        """One row; `bold` for a closing line of sums.

        The commonest kinds of cells are written right here: of a large ledger this loop makes millions.
        """
        self.rows += 1
        number = self.rows
        looks = self._bold if bold else self._plain
        cells = [f'<row r="{number}" ht="{_height(row, self.widths)}" customHeight="1">']
        for letter, value, look in zip(self._letters, row, looks, strict=True):
            if type(value) is str and value:
                element, guarded = _element(value)
                cells.append(f'<c r="{letter}{number}" s="{self.styles["guarded"] if guarded else look}"{element}')
            elif value is None or value == "":
                cells.append(f'<c r="{letter}{number}" s="{look}"/>')
            else:
                cells.append(self._cell(f"{letter}{number}", value, look))
        cells.append("</row>")
        self.out.write("".join(cells).encode())

    def _cell(self, ref: str, value: Value, look: int) -> str:
        """A cell of a rarer kind."""
        if isinstance(value, Link):
            if len(self.links) < MOST_LINKS:
                self.links.append((ref, value.target))
                look = self.styles["link"]
            return f'<c r="{ref}" s="{look}"{_element(value.text)[0]}'
        if isinstance(value, str):
            return f'<c r="{ref}" s="{look}"{_element(value)[0]}'
        if isinstance(value, date):
            value = _serial(value)
        return f'<c r="{ref}" s="{look}"><v>{value}</v></c>'


@lru_cache(maxsize=4096)
def _element(text: str) -> tuple[str, bool]:
    """A cell of text from its type on, and whether it begins like a formula. Names of units, states and the like recur."""
    text = plain(text)
    space = ' xml:space="preserve"' if _SPACED.search(text) else ""
    return f' t="inlineStr"><is><t{space}>{escape(text)}</t></is></c>', text.startswith(_FORMULA_LIKE)


def plain(text: str) -> str:
    """A text as a cell may hold it: no control characters, not too long."""
    if _NOT_XML.search(text):
        text = _NOT_XML.sub("", text)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _height(row: Sequence[Value], widths: Sequence[float]) -> int:
    """Points that the longest wrapped text of a row takes: not every program fits rows to their texts by itself."""
    lines = 1
    for value, width in zip(row, widths, strict=True):
        if width and type(value) is str and (len(value) * 2 >= width or "\n" in value):
            lines = max(lines, _lines(value, int(width)))
    return min(LINE * lines + 4, HIGHEST)


@lru_cache(maxsize=4096)
def _lines(text: str, width: int) -> int:
    """Lines of a text in a column: in GB 18030 a Chinese character takes two bytes, as it takes two widths."""
    room = max(1, width - 1)
    return sum(max(1, -(-len(line.encode("gb18030", "replace")) // room)) for line in text[:LONGEST].split("\n"))


def _serial(value: date) -> float | int:
    """A day or a moment as a spreadsheet counts: days since 1899-12-30, in the zone of the moment itself."""
    day = value.toordinal() - _EPOCH
    if not isinstance(value, datetime):
        return day
    return (day * 86400 + value.hour * 3600 + value.minute * 60 + value.second) / 86400
