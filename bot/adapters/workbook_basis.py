"""The hidden sheet of the workbook: what stood in it when it was written, so that it can be told what a clerk changed since.

Of each row that can be read back it keeps the cells of the clerks' own columns, and fingerprints of the others.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from bot.adapters import workbook_lists as lists
from bot.adapters.workbook_cells import Link, Value, plain
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

    def basis(self, board: Board, words: OfficeWords) -> Iterator[tuple[str, str, str]]:
        """The same for the hidden sheet: what tells a row from others, its own cells, the fingerprints of the others.

        Of a long list only those cells become texts that are kept or that tell rows from each other.
        """
        columns = self.columns
        own = [at for at, column in enumerate(columns) if column.own]
        others = [at for at, column in enumerate(columns) if not column.own]
        telling = [(at, column.key) for at, column in enumerate(columns) if column.key in TELLING]
        for row in self.rows(board, words):
            if key := self.key({name: as_text(row[at]) for at, name in telling}):
                mine = SHOWN.join([as_text(row[at]).replace(SHOWN, " ") if row[at] else "" for at in own])
                yield key, mine if mine.strip(SHOWN) else "", "".join([_print(row[at]) for at in others])


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
        return " ".join(plain(value).split())
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")[: 10 if (value.hour, value.minute) == (0, 0) else 16]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _print(value: Value) -> str:
    """The fingerprint of a cell."""
    return _print_of_text(value) if type(value) is str else fingerprint(as_text(value))


@lru_cache(maxsize=4096)
def _print_of_text(text: str) -> str:
    """That of a text, remembered: most cells of a list say what others say too."""
    return fingerprint(as_text(text))


def basis_rows(board: Board, words: OfficeWords) -> Iterator[Sequence[Value]]:
    """The rows of the hidden sheet: the campaign, then each sheet with its columns and rows."""
    yield TITLE, words.rules.id, "", ""
    for one in READ_BACK:
        yield one.sheet, TITLE, SHOWN.join(one.own), SHOWN.join(one.others)
        for row in one.basis(board, words):
            yield one.sheet, *row
