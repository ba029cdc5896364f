"""Rows of OpenDocument tables: cells that are written once and stand many times, and values as a person reads them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from bot.reading.docx_runs import attribute
from bot.reading.sheet import shown
from bot.reading.sheet_reach import WIDEST
from bot.reading.tables import LooseCell

MOST_ROWS = 1000
"""Rows that one may stand for."""

_SCIENTIFIC = re.compile(r"[-+]?\d[.,]?\d*E[-+]?\d+|#+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")


@dataclass(slots=True)
class Spread:
    """One row: its cells with how often each stands there, None for places that another cell covers."""

    repeated: int
    parts: list[tuple[LooseCell | None, int]] = field(default_factory=list)

    def add(self, cell: LooseCell, repeated: int) -> None:
        """So many cells that are alike."""
        self.parts.append((cell, repeated))

    def covered(self, repeated: int) -> None:
        """So many places without a cell of their own."""
        self.parts.append((None, repeated))

    def last_filled(self) -> int:
        """How many parts there are up to the last that says something or spans others."""
        for place in range(len(self.parts), 0, -1):
            cell, _ = self.parts[place - 1]
            if cell is not None and (cell.text.strip() or cell.tables or cell.row_span > 1 or cell.column_span > 1):
                return place
        return 0

    def cells(self, parts: int) -> list[LooseCell]:
        """The cells of so many parts at their columns, as far as the widest sheet that is read."""
        found: list[LooseCell] = []
        column = 1
        for cell, repeated in self.parts[:parts]:
            if cell is not None:
                found += (replace(cell, column=place) for place in range(column, min(column + repeated, WIDEST + 1)))
            column += repeated
            if column > WIDEST:
                break
        return found


def spread_rows(rows: Iterable[Spread]) -> Iterator[list[LooseCell]]:
    """The rows of a sheet up to its last filled one: of each its filled cells and one more, which may be a value left empty."""
    empty = 0
    for row in rows:
        filled = row.last_filled()
        if not filled:
            empty += row.repeated
            continue
        yield from ([] for _ in range(min(empty, MOST_ROWS)))
        empty = 0
        cells = row.cells(filled)
        if filled < len(row.parts) and row.parts[filled][0] is not None:
            cells += row.cells(filled + 1)[len(cells) : len(cells) + 1]
        for _ in range(min(row.repeated, MOST_ROWS)):
            yield cells


def number(element: etree._Element, name: str) -> int:
    """How often something is repeated or how far it spans, 1 where nothing is told."""
    value = attribute(element, name)
    return max(int(value), 1) if value.isdecimal() and len(value) < 8 else 1


def value_shown(cell: etree._Element, text: str) -> str:
    """A cell's text as it is displayed; a number or date that its format cuts short in full."""
    kind = attribute(cell, "value-type")
    if kind == "float":
        return _number_shown(attribute(cell, "value"), text)
    date = attribute(cell, "date-value")
    if kind == "date" and date and not _YEAR.search(text):
        return date.removesuffix("T00:00:00").replace("T", " ")
    return text


def _number_shown(value: str, text: str) -> str:
    try:
        told = float(value)
    except ValueError:
        return text
    exact = shown(told)
    return exact if not text.strip() or "E" in exact or _SCIENTIFIC.fullmatch(text.strip()) else text
