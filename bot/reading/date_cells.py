"""A date written over several cells (“1970 | 年 | 12 | 月”), as forms have it whose cells were drawn for the figures."""

import re
from collections.abc import Iterable, Iterator

from bot.campaign import FieldKind
from bot.model import Cell
from bot.reading.labels import Label
from bot.text import folded

_PIECE = re.compile(r"(?:\d{1,4})?[年月日号]?")
_UNIT = re.compile(r"\d*[年月日号]")
_MOST = 6  # cells of one date: three figures, three words


def asks_date(label: Label) -> bool:
    """Whether some category has a date under this label."""
    return any(spec.kind in (FieldKind.DATE, FieldKind.MONTH) for spec in label.specs.values())


def date_cells(cells: Iterable[Cell]) -> Iterator[Cell]:
    """The cells at the beginning that are one date, empty ones between its words included; none when it is in one cell."""
    run: list[Cell] = []
    for cell in cells:
        if len(run) == _MOST or cell.tables or _PIECE.fullmatch(folded(cell.text)) is None:
            break
        run.append(cell)
    while run and not _UNIT.fullmatch(folded(run[-1].text)):
        run.pop()
    if len(run) > 1:
        yield from run
