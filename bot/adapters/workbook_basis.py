"""The hidden sheet of the workbook: what stood in it when it was written, so that it can be told what a clerk changed since.

Of each row that can be read back it keeps the cells of the clerks' own columns, and fingerprints of the others.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import getitem, itemgetter

from bot.adapters import workbook_lists as lists
from bot.adapters.workbook_cells import LONGEST, Link, RowWriter, Value, plain
from bot.adapters.workbook_style import Column
from bot.adapters.workbook_words import OfficeWords
from bot.deciding.board import Board
from bot.deciding.edits import fingerprint

BASIS = (
    Column("basis_sheet", 10),
    Column("basis_row", 24),
    Column("basis_own", 40),
    Column("basis_prints", 60),
)

TITLE = "*"
"""Row of a sheet in the basis that names its columns; the one of the sheet `TITLE` names the campaign."""

SHOWN = "␟"
"""Between values in one cell of the basis."""

_REMEMBERED = 1024
"""Values of a column whose fingerprints are kept."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """A sheet that is read back: its columns, its rows, and what tells one row from another."""

    sheet: str
    columns: Sequence[Column]
    rows: Callable[[Board, OfficeWords], Iterator[Sequence[Value]]]
    key: Callable[[Mapping[str, str]], str]

    @property
    def own(self) -> tuple[str, ...]:
        """The clerks' columns."""
        return tuple(column.key for column in self.columns if column.own)

    @property
    def others(self) -> tuple[str, ...]:
        """The columns that are the ledger's."""
        return tuple(column.key for column in self.columns if not column.own)

    def written(self, board: Board, words: OfficeWords) -> Iterator[tuple[str, dict[str, str]]]:
        """Each row as it is written now: what tells it from others, and its cells as text."""
        names = [column.key for column in self.columns]
        for row in self.rows(board, words):
            cells = dict(zip(names, map(as_text, row), strict=True))
            if key := self.key(cells):
                yield key, cells


TELLING = frozenset({"number", "mail", "reason"})
"""The columns that `ReadBack.key` looks at."""


def _number(cells: Mapping[str, str]) -> str:
    number = cells.get("number", "")
    return number.zfill(4) if number.isdecimal() else number


def _waiting(cells: Mapping[str, str]) -> str:
    """A thing may wait for several reasons; a letter that waits has no row of its own to know it by."""
    thing = _number(cells) or cells.get("mail", "")
    return f"{thing}/{cells.get('reason', '').partition(' ')[0]}" if thing else ""


READ_BACK = (
    ReadBack("ledger", lists.LEDGER, lists.ledger_rows, _number),
    ReadBack("papers", lists.PAPERS, lists.paper_rows, _number),
    ReadBack("waiting", lists.WAITING, lists.waiting_rows, _waiting),
)
"""The sheets whose own columns are read back."""


def as_text(value: Value) -> str:
    """A cell's value as it is compared: moments to the minute, whole numbers without a point, white space made one."""
    if value is None:
        return ""
    if isinstance(value, Link):
        value = value.text
    if isinstance(value, str):
        return value if value.isalnum() and len(value) <= LONGEST else " ".join(plain(value).split())
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")[: 10 if (value.hour, value.minute) == (0, 0) else 16]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


class _Prints(dict[Value, str]):
    """The fingerprints of one column's cells by their values; the first are remembered, as most cells say what others said."""

    def __missing__(self, value: Value) -> str:
        found = fingerprint(as_text(value))
        if len(self) < _REMEMBERED:
            self[value] = found
        return found


class _Noting:
    """What is kept of each row of one sheet: what tells it from others, its own cells, the fingerprints of the others.

    Of a long list only those cells become texts that are kept or that tell rows from each other.
    """

    def __init__(self, of: ReadBack) -> None:
        places = list(enumerate(of.columns))
        self._of = of
        self._own = [at for at, column in places if column.own]
        self._telling = [(at, column.key) for at, column in places if column.key in TELLING]
        self._others = itemgetter(*(at for at, column in places if not column.own))
        self._prints = [_Prints() for _ in of.others]

    def row(self, row: Sequence[Value]) -> Sequence[Value] | None:
        """The row of the hidden sheet; None for one that nothing tells from others."""
        key = self._of.key({name: as_text(row[at]) for at, name in self._telling})
        if not key:
            return None
        own = SHOWN.join([as_text(row[at]).replace(SHOWN, " ") if row[at] else "" for at in self._own])
        return self._of.sheet, key, own if own.strip(SHOWN) else "", "".join(map(getitem, self._prints, self._others(row)))


@dataclass(frozen=True, slots=True)
class Basis:
    """The hidden sheet, written beside the sheets it is about: the campaign, then each sheet with its columns and rows."""

    writer: RowWriter

    def begin(self, campaign: str) -> None:
        """Its first row."""
        self.writer.write((TITLE, campaign, "", ""))

    def noting(self, sheet: str, rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
        """The same rows; what has to be known of them is written down as they go by, if it is a sheet that is read back."""
        of = next((one for one in READ_BACK if one.sheet == sheet), None)
        return iter(rows) if of is None else self._noted(of, rows)

    def _noted(self, of: ReadBack, rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
        noting = _Noting(of)
        self.writer.write((of.sheet, TITLE, SHOWN.join(of.own), SHOWN.join(of.others)))
        for row in rows:
            if kept := noting.row(row):
                self.writer.write(kept)
            yield row
