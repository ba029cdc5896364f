"""Workbooks (xlsx, xls, et): each sheet is one table, with its merged cells; dates and numbers as a person would read them."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from bot.model import Document, Table
from bot.reading import xls_reach
from bot.reading.limits import Limits
from bot.reading.package import Package
from bot.reading.sheet_reach import WIDEST, within_reach
from bot.reading.tables import LooseCell, Writer, lay_out
from bot.reading.unreadable import Unreadable

_EXACT = 1e15  # from here on a workbook keeps only the first fifteen digits (a number of an identity card)
_ZIP = b"PK"


def read_sheet(data: bytes, limits: Limits) -> Document:
    """All visible sheets of the workbook; raises `Unreadable`."""
    # The package refuses what would unpack to too much.
    data = within_reach(data, Package(data, limits)) if data.startswith(_ZIP) else xls_reach.within_reach(data)
    writer = Writer(limits)
    try:
        workbook = load_workbook(io.BytesIO(data))
        for sheet in workbook.sheets_metadata:
            if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible:
                _table(workbook.get_sheet_by_name(sheet.name), writer)
    except PasswordError as error:
        raise Unreadable.encrypted() from error
    except (CalamineError, ValueError, OSError) as error:
        raise Unreadable.damaged("workbook") from error
    return Document(tuple(writer.blocks))


def _table(sheet: CalamineSheet, writer: Writer) -> None:
    """One sheet as a table. Empty rows are no rows of it, but keep their number, so that places agree with the sheet."""
    if sheet.start is None:
        return
    spans = _spans(sheet)
    covered = {
        (row, column)
        for (top, left), (down, across) in spans.items()
        for row in range(top, top + down)
        for column in range(left, left + across)
        if (row, column) != (top, left)
    }
    number = writer.next_table()
    rows: list[list[LooseCell]] = []
    blank = [""] * sheet.start[1]  # `iter_rows` begins at the first row, but only at the first column used
    merged = _merged(spans)
    cells = writer.cells
    for row, used in enumerate(sheet.iter_rows()):
        if row not in merged and used.count("") == len(used):  # one stray cell far below makes thousands of these
            rows.append([])
            continue
        values = [*blank, *used]
        kept = _filled(values[:WIDEST], merged.get(row, 0))
        rows.append(
            [
                LooseCell(shown(values[column]), *spans.get((row, column), (1, 1)), column=column + 1)
                for column in range(kept)
                if (row, column) not in covered
            ]
        )
        cells += len(rows[-1])
        if cells > writer.limits.cells:
            break
    writer.table(Table(number, lay_out(rows, writer), sheet=sheet.name))


def _spans(sheet: CalamineSheet) -> dict[tuple[int, int], tuple[int, int]]:
    """Rows and columns that each merged cell spans, by its top left corner; rows as `iter_rows` counts them."""
    return {
        (top, left): (min(bottom - top + 1, 1000), min(right - left + 1, 100))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    }


def _merged(spans: dict[tuple[int, int], tuple[int, int]]) -> dict[int, int]:
    """Up to which column, counted from 1, a row has cells at which merged ones begin."""
    merged: dict[int, int] = {}
    for top, column in spans:
        merged[top] = max(merged.get(top, 0), column + 1)
    return merged


def _filled(values: Sequence[object], merged: int) -> int:
    """How many cells of a row to keep: up to its last filled or merged one, and one more, which may be a value left empty."""
    last = max((place for place, value in enumerate(values) if value not in ("", None)), default=-1)
    return min(max(last + 2 if last >= 0 else 0, merged), len(values))


def shown(value: object) -> str:
    """A cell's value as a person reads it: dates as dates, whole numbers without a fraction, all digits of long ones."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        if abs(value) >= _EXACT:
            return f"{value:.14E}"  # as Excel shows it: digits beyond the fifteenth are lost, and nothing is made up for them
        return f"{value:.0f}" if value.is_integer() else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time.min else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, time | timedelta):
        return str(value)
    return "" if value is None else str(value)
