"""The ledger as a workbook (xlsx): openpyxl makes its frame, looks and charts, the rows of the lists are streamed into it.

The same ledger gives the same bytes: no clock is read, the properties are fixed. A list is written to a file of its own
before the frame is made, so that filters and colours know where it ends; a hundred thousand rows cost little memory.
"""

import io
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import IO

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.adapters import workbook_lists as lists
from bot.adapters import workbook_streams as streams
from bot.adapters.workbook_basis import BASIS, Basis
from bot.adapters.workbook_cells import RowWriter, Value
from bot.adapters.workbook_join import join
from bot.adapters.workbook_overview import draw_overview
from bot.adapters.workbook_style import (
    OUTBOX_COLOURS,
    OUTCOME_COLOURS,
    STANDING_COLOURS,
    STATE_COLOURS,
    Column,
    bars,
    colour,
    for_print,
    formats,
    head,
)
from bot.adapters.workbook_words import OfficeWords
from bot.campaign import Rules
from bot.deciding.board import Board
from bot.deciding.standing import Correspondence
from bot.letters.render import Wording
from bot.model import Attachment, Event
from bot.ports import Passing, Transaction

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - document properties know no zone; fixed so that bytes are reproducible
_MEMORY = 4 << 20
"""Bytes of a list kept in memory before it goes to a temporary file."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list: its key in the words, its columns, its rows, a closing row of sums, and which columns are coloured."""

    key: str
    columns: Sequence[Column]
    rows: Callable[[], Iterator[Sequence[Value]]] = lambda: iter(())
    total: Callable[[], Sequence[Value]] | None = None
    colours: Mapping[str, tuple[str, Mapping[str, tuple[str, str]]]] | None = None  # column key to table and colours
    share: str = ""  # the column with bars


_POST = Sheet("mails", streams.MAILS, colours={"result": ("outcomes", OUTCOME_COLOURS), "result ": ("outbox", OUTBOX_COLOURS)})
_HIDDEN = Sheet("basis", BASIS)


@dataclass(frozen=True, slots=True)
class _Listing:
    """A list and what writes its rows."""

    sheet: Sheet
    writer: RowWriter

    @property
    def last(self) -> int:
        """Row number of the last line without the sums."""
        return self.writer.rows - (self.sheet.total is not None)

    def write(self, basis: Basis) -> None:
        """All its rows; the hidden sheet is told of them."""
        for row in basis.noting(self.sheet.key, self.sheet.rows()):
            self.writer.write(row)
        if self.sheet.total:
            self.writer.write(self.sheet.total(), bold=True)


@dataclass(frozen=True, slots=True)
class LedgerBook:
    """Writes the workbook of one campaign."""

    rules: Rules
    wording: Wording

    @property
    def name(self) -> str:
        """Its file name."""
        return f"{OfficeWords(self.rules, self.wording).table('book')['file']}.xlsx"

    def write(self, ledger: Transaction, look: Callable[[Passing], Board]) -> tuple[Board, Attachment]:
        """The whole workbook of a look at this ledger, and what it showed."""
        target = io.BytesIO()
        board = self.write_from(look, ledger.chronicle.all, target)
        return board, Attachment(self.name, target.getvalue(), XLSX)

    def write_from(self, look: Callable[[Passing], Board], events: Callable[[], Iterator[Event]], target: IO[bytes]) -> Board:
        """Write the lists, the correspondence while the look is taken, then the frame around them."""
        workbook, words = openpyxl.Workbook(), OfficeWords(self.rules, self.wording)
        styles = formats(workbook, words.table("book"))
        with ExitStack() as stack:

            def begun(sheet: Sheet) -> _Listing:
                file = stack.enter_context(tempfile.SpooledTemporaryFile(_MEMORY))
                widths = [column.width if column.printed else 0 for column in sheet.columns]
                return _Listing(sheet, RowWriter(file, styles, [column.format for column in sheet.columns], widths))

            post, hidden = begun(_POST), begun(_HIDDEN)
            board = look(lambda correspondence: _written_down(correspondence, post.writer, words))
            of_board, changes = [begun(sheet) for sheet in _sheets(board, words)], begun(_changes(events, words))
            basis = Basis(hidden.writer)
            basis.begin(self.rules.id)
            for one in (*of_board, changes):
                one.write(basis)
            written = (*of_board, post, changes, hidden)
            _frame(workbook, board, written, words)
            join(workbook, [one.writer for one in written], target)
        return board


def _written_down(correspondence: Correspondence, writer: RowWriter, words: OfficeWords) -> Correspondence:
    """Mails and letters, each a row as it passes by."""
    for one in correspondence:
        writer.write(streams.post_row(one, words))
        yield one


def _sheets(board: Board, words: OfficeWords) -> tuple[Sheet, ...]:
    """The lists that are made of the board, in their order."""
    state = {"state": ("states", STATE_COLOURS)}
    return (
        Sheet("ledger", lists.LEDGER, lambda: lists.ledger_rows(board, words), colours=state),
        Sheet(
            "progress",
            lists.progress_columns(words),
            lambda: lists.progress_rows(board, words),
            total=lambda: lists.progress_total(board, words),
            colours={"standing": ("standings", STANDING_COLOURS)},
            share="share",
        ),
        Sheet("defects", lists.DEFECTS, lambda: lists.defect_rows(board, words), colours=state),
        Sheet("waiting", lists.WAITING, lambda: lists.waiting_rows(board, words)),
        Sheet("papers", lists.PAPERS, lambda: lists.paper_rows(board, words), colours=state),
    )


def _changes(events: Callable[[], Iterator[Event]], words: OfficeWords) -> Sheet:
    return Sheet("changes", streams.CHANGES, lambda: streams.change_rows(events(), words))


def _frame(workbook: openpyxl.Workbook, board: Board, written: Sequence[_Listing], words: OfficeWords) -> None:
    """Overview, heads, filters, colours, print setup; everything but the rows."""
    names, book = words.table("sheets"), words.table("book")
    overview = workbook.active
    assert isinstance(overview, Worksheet)  # noqa: S101 - a new workbook has one
    overview.title = names["overview"]
    extent = draw_overview(overview, board, words)
    for_print(overview, words.rules.name, book["page"], extent, pages=1)
    for one in written:
        sheet = workbook.create_sheet(names[one.sheet.key])
        _frame_list(sheet, one, words)
        printed = get_column_letter(sum(column.printed for column in one.sheet.columns))
        if one.sheet is _HIDDEN:
            sheet.sheet_state = "veryHidden"
        for_print(sheet, f"{words.rules.name}  {names[one.sheet.key]}", book["page"], f"A1:{printed}{one.writer.rows}")
    properties = workbook.properties
    properties.title, properties.creator = words.rules.name, words.rules.office.name
    properties.created = properties.modified = _FIXED


def _frame_list(sheet: Worksheet, one: _Listing, words: OfficeWords) -> None:
    """Head, filter and colours of a list."""
    columns = one.sheet.columns
    head(sheet, columns, words.table("columns"), words.table("book")["font"])
    keys = [column.key for column in columns]
    end = get_column_letter(len(columns))
    sheet.auto_filter.ref = f"A1:{end}{max(2, one.last)}"
    for key, (table, colours) in (one.sheet.colours or {}).items():
        colour(sheet, keys.index(key.strip()) + 1, one.last, words.table(table), colours)
    if one.sheet.share:
        bars(sheet, keys.index(one.sheet.share) + 1, one.last)
