"""Reads a workbook of ours that a clerk worked in, as Excel, WPS or LibreOffice saved it, into rows that can be compared.

Sheets are known by their columns and rows by their numbers: sorted, filtered, moved, renamed or with rows of the clerk's own,
a copy reads like the original. Nothing in it is ever run, no link is followed.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, load_workbook

from bot.adapters.workbook_basis import BASIS, READ_BACK, SHOWN, TITLE, ReadBack, as_text
from bot.adapters.workbook_words import OfficeWords
from bot.campaign import Rules
from bot.deciding.board import Board
from bot.deciding.edits import PRINT, BasisRow, Book, BookCell, BookRow, LedgerRow, fingerprint
from bot.letters.render import Wording
from bot.reading.limits import Limits
from bot.reading.package import Package
from bot.reading.unreadable import Unreadable

HEAD_WITHIN = 20
"""Rows among which the head of a list is looked for: a clerk may have put a title above it."""

SPARED = 3
"""Columns of a list that a clerk may have deleted."""

MOST_COLUMNS = 256


class BookError(Exception):
    """The file is no workbook of ours that can be read back; one line says why and what to do."""


@dataclass(frozen=True, slots=True)
class LedgerBookReader:
    """Reads workbooks of one campaign."""

    rules: Rules
    wording: Wording
    limits: Limits

    def read(self, data: bytes) -> Book:
        """What the file says; raises `BookError`."""
        sheets = self._sheets(data)
        words = OfficeWords(self.rules, self.wording)
        campaign, basis = self._basis(sheets, words)
        rows = [row for title, lines in sheets.items() for row in _rows(title, lines, words)]
        return Book(campaign, tuple(rows), basis)

    def _sheets(self, data: bytes) -> dict[str, list[list[str]]]:
        """Every sheet, hidden ones too, as rows of texts from A1 on."""
        try:
            Package(data, self.limits)  # refuses what would unpack to too much
            workbook: CalamineWorkbook = load_workbook(io.BytesIO(data))
            return {name: list(_lines(workbook, name)) for name in workbook.sheet_names}
        except (Unreadable, PasswordError) as error:
            raise BookError("the file is damaged, protected by a password, or no xlsx: save it as .xlsx") from error
        except (CalamineError, ValueError, OSError) as error:
            raise BookError(f"the file cannot be read as a workbook ({error}): save it as .xlsx") from error

    def _basis(
        self, sheets: Mapping[str, Sequence[Sequence[str]]], words: OfficeWords
    ) -> tuple[str, dict[tuple[str, str], BasisRow]]:
        headings = [words.table("columns")[column.key] for column in BASIS]
        for lines in sheets.values():
            if lines and list(lines[0][: len(headings)]) == headings:
                return _basis_of(lines[1:])
        raise BookError("the file has no basis to tell what was changed: take a workbook that `shouli export` has written")


def ledger_rows(board: Board, rules: Rules, wording: Wording) -> dict[tuple[str, str], LedgerRow]:
    """The rows as the workbook would have them now."""
    words = OfficeWords(rules, wording)
    found = {}
    for one in READ_BACK:
        for key, cells in one.written(board, words):
            others = {name: cells[name] for name in one.others}
            prints = {name: fingerprint(text) for name, text in others.items()}
            found[one.sheet, key] = LedgerRow({name: cells[name] for name in one.own}, others, prints)
    return found


def _lines(workbook: CalamineWorkbook, name: str) -> Iterator[list[str]]:
    sheet = workbook.get_sheet_by_name(name)
    if sheet.start is None:
        return
    blank = [""] * sheet.start[1]  # `iter_rows` begins at the first row, but only at the first column used
    for row in sheet.iter_rows():
        yield [*blank, *(_text(value) for value in row)][:MOST_COLUMNS]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return as_text(value) if isinstance(value, str | int | float | datetime | date) else as_text(str(value))


def _basis_of(lines: Sequence[Sequence[str]]) -> tuple[str, dict[tuple[str, str], BasisRow]]:
    """The campaign and the rows as they were written."""
    campaign, columns, rows = "", dict[str, tuple[list[str], list[str]]](), dict[tuple[str, str], BasisRow]()
    for line in lines:
        sheet, key, own, prints = (*line, "", "", "", "")[:4]
        if sheet == TITLE:
            campaign = key
        elif key == TITLE:
            columns[sheet] = (own.split(SHOWN), prints.split(SHOWN))
        elif sheet in columns:
            mine, others = columns[sheet]
            texts = own.split(SHOWN) if own else [""] * len(mine)
            pieces = [prints[at : at + PRINT] for at in range(0, len(prints), PRINT)]
            if len(texts) == len(mine) and len(pieces) == len(others):
                texts = [" ".join(text.split()) for text in texts]
                rows[sheet, key] = BasisRow(dict(zip(mine, texts, strict=True)), dict(zip(others, pieces, strict=True)))
    return campaign, rows


@dataclass(frozen=True, slots=True)
class _Head:
    """The head of a list in a sheet: which list it is, at which row (from 0), and where its columns are."""

    of: ReadBack
    row: int
    places: Mapping[str, int]


def _head(lines: Sequence[Sequence[str]], words: OfficeWords) -> _Head | None:
    """The list a sheet holds, by its headings: of several that fit the one with the most columns; None for any other sheet."""
    found: list[_Head] = []
    for one in READ_BACK:
        headings = {words.table("columns")[column.key]: column.key for column in one.columns}
        for row, line in enumerate(lines[:HEAD_WITHIN]):
            places = {headings[text]: at for at, text in enumerate(line) if text in headings}
            if {*one.own, *one.others[:2]} <= places.keys() and len(places) >= len(headings) - SPARED:
                found.append(_Head(one, row, places))
                break
    return max(found, key=lambda head: len(head.places), default=None)


def _rows(title: str, lines: Sequence[Sequence[str]], words: OfficeWords) -> Iterator[BookRow]:
    """The rows of a sheet that can be read back."""
    head = _head(lines, words)
    if head is None:
        return
    for number, line in enumerate(lines[head.row + 1 :], head.row + 2):
        cells = {
            name: BookCell(f"{title}!{get_column_letter(at + 1)}{number}", line[at] if at < len(line) else "")
            for name, at in head.places.items()
        }
        if not any(cell.text for cell in cells.values()):
            continue
        key = head.of.key({name: cell.text for name, cell in cells.items()})
        own = {name: cell for name, cell in cells.items() if name in head.of.own}
        others = {name: cell for name, cell in cells.items() if name not in own}
        yield BookRow(head.of.sheet, key, f"{title}!{number}", own, others)
