"""The ledger as a workbook (xlsx): openpyxl makes its frame, looks and charts, the rows of the lists are streamed into it.

The same ledger gives the same bytes: no clock is read, the properties are fixed. A list is written to a file of its own
before the frame is made, so that filters and colours know where it ends; a hundred thousand rows cost little memory.
"""

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from xml.sax.saxutils import quoteattr

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from bot.adapters import workbook_lists as lists
from bot.adapters import workbook_streams as streams
from bot.adapters.packages import FixedZip
from bot.adapters.workbook_basis import BASIS, Basis
from bot.adapters.workbook_cells import RowWriter, Value
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
from bot.letters.render import Wording
from bot.model import Attachment, Event, MailRow, OutboxRow
from bot.ports import Transaction

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - document properties know no zone; fixed so that bytes are reproducible
_MEMORY = 4 << 20
"""Bytes of a list kept in memory before it goes to a temporary file."""

_LINK_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINK_TYPE = f"{_LINK_SPACE}/hyperlink"
_RELS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list: its key in the words, its columns, its rows, a closing row of sums, and which columns are coloured."""

    key: str
    columns: Sequence[Column]
    rows: Callable[[], Iterator[Sequence[Value]]] = lambda: iter(())
    total: Callable[[], Sequence[Value]] | None = None
    colours: Mapping[str, tuple[str, Mapping[str, tuple[str, str]]]] | None = None  # column key to table and colours
    share: str = ""  # the column with bars


@dataclass(frozen=True, slots=True)
class _Written:
    """A list whose rows lie in a file."""

    sheet: Sheet
    rows: IO[bytes]
    last: int  # row number of the last line without the sums
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class LedgerBook:
    """Writes the workbook of one campaign."""

    rules: Rules
    wording: Wording

    @property
    def name(self) -> str:
        """Its file name."""
        return f"{OfficeWords(self.rules, self.wording).table('book')['file']}.xlsx"

    def write(self, board: Board, ledger: Transaction) -> Attachment:
        """The whole workbook; `board` was made from the same look at the ledger."""
        target = io.BytesIO()
        words = OfficeWords(self.rules, self.wording)
        self.write_from(board, ledger.mails.all, ledger.outbox.heads, ledger.chronicle.all, words, target)
        return Attachment(self.name, target.getvalue(), XLSX)

    def write_from(
        self,
        board: Board,
        mails: Callable[[], Iterator[MailRow]],
        letters: Callable[[], Iterator[OutboxRow]],
        events: Callable[[], Iterator[Event]],
        words: OfficeWords,
        target: IO[bytes],
    ) -> None:
        """Write the lists, then the frame around them."""
        workbook = openpyxl.Workbook()
        styles = formats(workbook, words.table("book"))
        hidden = Sheet("basis", BASIS)
        with ExitStack() as stack:

            def writer(sheet: Sheet) -> RowWriter:
                return _writer(sheet, stack.enter_context(tempfile.SpooledTemporaryFile(_MEMORY)), styles)

            basis = Basis(writer(hidden))
            basis.begin(self.rules.id)
            sheets = _sheets(board, mails, letters, events, words)
            written = [_write_list(sheet, writer(sheet), basis) for sheet in sheets]
            written.append(_Written(hidden, basis.writer.out, basis.writer.rows))
            _frame(workbook, board, written, words)
            _join(workbook, written, target)


def _sheets(
    board: Board,
    mails: Callable[[], Iterator[MailRow]],
    letters: Callable[[], Iterator[OutboxRow]],
    events: Callable[[], Iterator[Event]],
    words: OfficeWords,
) -> tuple[Sheet, ...]:
    """The lists in their order."""
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
        Sheet(
            "mails",
            streams.MAILS,
            lambda: streams.mail_rows(mails(), letters(), words),
            colours={"result": ("outcomes", OUTCOME_COLOURS), "result ": ("outbox", OUTBOX_COLOURS)},
        ),
        Sheet("changes", streams.CHANGES, lambda: streams.change_rows(events(), words)),
    )


def _writer(sheet: Sheet, file: IO[bytes], styles: Mapping[str, int]) -> RowWriter:
    """What writes the rows of a list into its file."""
    widths = [column.width if column.printed else 0 for column in sheet.columns]
    return RowWriter(file, styles, [column.format for column in sheet.columns], widths)


def _write_list(sheet: Sheet, writer: RowWriter, basis: Basis) -> _Written:
    """Stream the rows of a list into its file; the hidden sheet is told of them."""
    writer.write_all(basis.noting(sheet.key, sheet.rows()))
    last = writer.rows
    if sheet.total:
        writer.write(sheet.total(), bold=True)
    return _Written(sheet, writer.out, last, writer.links)


def _frame(workbook: openpyxl.Workbook, board: Board, written: Sequence[_Written], words: OfficeWords) -> None:
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
        last = one.last + (1 if one.sheet.total else 0)
        if one.sheet.key == "basis":
            sheet.sheet_state = "veryHidden"
        for_print(sheet, f"{words.rules.name}  {names[one.sheet.key]}", book["page"], f"A1:{printed}{last}")
    properties = workbook.properties
    properties.title, properties.creator = words.rules.name, words.rules.office.name
    properties.created = properties.modified = _FIXED


def _frame_list(sheet: Worksheet, one: _Written, words: OfficeWords) -> None:
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


def _join(workbook: openpyxl.Workbook, written: Sequence[_Written], target: IO[bytes]) -> None:
    """The frame as openpyxl writes it, with the rows put between its tags."""
    frame = io.BytesIO()
    ExcelWriter(workbook, FixedZip(frame, "w")).save()
    lists_by_name = {f"xl/worksheets/sheet{index}.xml": one for index, one in enumerate(written, 2)}
    with zipfile.ZipFile(frame) as source, FixedZip(target, "w", compresslevel=3) as result:
        for member in source.infolist():
            content = source.read(member)
            if member.filename in lists_by_name:
                _put_list(result, member.filename, content, lists_by_name[member.filename])
            else:
                result.writestr(member.filename, content)


def _put_list(result: FixedZip, name: str, frame: bytes, one: _Written) -> None:
    """One sheet: what stands before the rows, the rows, what stands after them, and where its links lead."""
    before, mark, after = frame.partition(b"</sheetData>")
    assert mark, name  # noqa: S101 - openpyxl writes the head of every list
    with result.open(result.member(name), "w", force_zip64=True) as out:
        out.write(_without_dimension(before))
        one.rows.seek(0)
        while piece := one.rows.read(1 << 20):
            out.write(piece)
        out.write(mark)
        out.write(_with_links(after, one.links))
    if one.links:
        folder, _, file = name.rpartition("/")
        result.writestr(f"{folder}/_rels/{file}.rels", _relationships(one.links))


def _without_dimension(before: bytes) -> bytes:
    """The frame knows one row only; the extent is optional (ECMA-376, 18.3.1.35) and left to the reader."""
    start = before.index(b"<dimension")
    return before[:start] + before[before.index(b"/>", start) + 2 :]


def _with_links(after: bytes, links: Sequence[tuple[str, str]]) -> bytes:
    """The list of links in its place: before the print options (ECMA-376, 18.3.1.99)."""
    if not links:
        return after
    entries = "".join(f'<hyperlink ref="{ref}" r:id="rId{number}"/>' for number, (ref, _) in enumerate(links, 1))
    at = after.index(b"<printOptions")
    return after[:at] + f'<hyperlinks xmlns:r="{_LINK_SPACE}">{entries}</hyperlinks>'.encode() + after[at:]


def _relationships(links: Sequence[tuple[str, str]]) -> bytes:
    """Where the links lead."""
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_LINK_TYPE}" Target={quoteattr(target)} TargetMode="External"/>'
        for number, (_, target) in enumerate(links, 1)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_RELS_SPACE}">{entries}</Relationships>'.encode()
