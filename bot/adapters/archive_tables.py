"""The tables of an archive's index as files: sheets of a workbook, and CSV for whoever has no spreadsheet in fifty years."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from bot.adapters.packages import FixedZip
from bot.adapters.workbook_cells import plain

WIDEST = 34
"""Characters of the widest column: a SHA-256 takes two lines."""

LINE, MOST_LINES = 15, 8
"""Points of a line of text, and lines of the highest row."""

A4 = 9
"""Paper size as spreadsheets number it (ECMA-376, 18.3.1.63)."""

TOP = Alignment(vertical="top", wrap_text=True)

_FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")

Value = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of the index, which is one file of text too."""

    name: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]
    printed: int  # so many columns go on paper: a page bears no more


def workbook(tables: Sequence[Table], title: str) -> bytes:
    """All tables as sheets. Every text is typed as text: what came from outside is never a formula."""
    book = openpyxl.Workbook(write_only=True)
    book.properties.title = title
    for table in tables:
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        widths = _widths(table)
        _for_print(sheet, f"A1:{get_column_letter(table.printed)}{len(table.rows) + 1}")
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
        sheet.append([_cell(sheet, heading, bold=True) for heading in table.columns])
        for number, row in enumerate(table.rows, 2):
            sheet.row_dimensions[number].height = LINE * _lines(row, widths)
            sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    ExcelWriter(book, FixedZip(out, "w", compresslevel=6)).save()
    return out.getvalue()


def _width(value: Value) -> int:
    """How many columns of print a value takes: in GB 18030 a Chinese character takes two bytes, as it takes two widths."""
    return len(str(value).encode("gb18030", "replace"))


def _widths(table: Table) -> list[int]:
    """The width of each column: that of its widest value, within limits that can be read."""
    lines = (table.columns, *table.rows)
    return [min(WIDEST, max(_width(line[at]) for line in lines) + 2) for at in range(len(table.columns))]


def _lines(row: Sequence[Value], widths: Sequence[int]) -> int:
    """Lines of the longest value of a row: not every program fits rows to their texts by itself."""
    lines = max(-(-_width(value) // (width - 2)) for value, width in zip(row, widths, strict=True))
    return max(1, min(lines, MOST_LINES))


def _for_print(sheet: Any, area: str) -> None:
    """The width of it on one page, its head on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_area, sheet.print_title_rows = area, "1:1"


def _cell(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, plain(value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_LIKE)
    cell.alignment = TOP
    if bold:
        cell.font = Font(bold=True)
    return cell


def comma_separated(table: Table) -> bytes:
    """A table as CSV (RFC 4180) in UTF-8 with the mark that spreadsheets need; a text like a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.columns)
    writer.writerows([_harmless(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _harmless(value: Value) -> Value:
    if isinstance(value, int):
        return value
    value = plain(value)
    return f"'{value}" if value.startswith(_FORMULA_LIKE) else value
