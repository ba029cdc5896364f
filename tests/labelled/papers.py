"""Files of a nomination: the form, the material, both in one document, several in one, in every format made here."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import docx
import docx.table
import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.labelled import dresses, ooxml
from tests.labelled.chance import Dice
from tests.labelled.dresses import Look
from tests.labelled.entry import LONG, NAMES, Entry


def form(entry: Entry, look: Look, dice: Dice) -> bytes:
    """The form as a Word document."""
    return ooxml.document(dresses.body(entry, look, dice))


def _prose(entry: Entry) -> str:
    return ooxml.paragraph(entry.heading, centred=True) + "".join(ooxml.paragraphs(text) for text in entry.body)


def material(entry: Entry) -> bytes:
    """The material as a Word document: its heading and its paragraphs, nothing else."""
    return ooxml.document(_prose(entry))


def both(entry: Entry, look: Look, dice: Dice) -> bytes:
    """Form and material in one document, the material on a new page."""
    return ooxml.document(dresses.body(entry, look, dice) + ooxml.PAGE_BREAK + _prose(entry))


def several(entries: Sequence[Entry], look: Look, dice: Dice, *, materials: bool) -> bytes:
    """Several nominations in one document, one after the other."""
    parts = []
    for entry in entries:
        parts.append(dresses.body(entry, look, dice))
        if materials:
            parts.append(_prose(entry))
    return ooxml.document(ooxml.PAGE_BREAK.join(parts))


def by_python_docx(entry: Entry) -> bytes:
    """A form as another program writes it: styles, a header, a footer with page numbers, a table with merged cells."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "“我为群众办实事”实践活动"
    made.sections[0].footer.paragraphs[0].text = "第 1 页"
    made.add_heading(f"{NAMES[entry.category]}推荐表", level=1)
    table = made.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    waiting: list[tuple[str, str]] = []
    for label, value in entry.pairs:
        if label in LONG or len(waiting) == 2:
            _row(table, waiting)
            waiting = []
        if label in LONG:
            cells = table.add_row().cells
            cells[0].text = label
            cells[1].merge(cells[3]).text = value
        else:
            waiting.append((label, value))
    made.core_properties.created = made.core_properties.modified = datetime(2021, 12, 9)  # noqa: DTZ001 the format keeps no zone
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _row(table: docx.table.Table, pairs: Sequence[tuple[str, str]]) -> None:
    if not pairs:
        return
    cells = table.add_row().cells  # type: ignore[no-untyped-call]  # python-docx is typed in part
    for number, (label, value) in enumerate(pairs):
        cells[number * 2].text, cells[number * 2 + 1].text = label, value
    if len(pairs) == 1:
        cells[1].merge(cells[3])


def sheet(entry: Entry, look: Look, dice: Dice, *, dates: bool = False) -> bytes:
    """The form as a spreadsheet, merged cells and all; with `dates` the month of birth is a date of the spreadsheet."""
    return sheets([entry], look, dice, dates=dates)


def sheets(entries: Sequence[Entry], look: Look, dice: Dice, *, dates: bool = False) -> bytes:
    """A workbook with one form a sheet."""
    book = openpyxl.Workbook()
    for number, entry in enumerate(entries):
        page = book.active if number == 0 else book.create_sheet()
        if not isinstance(page, Worksheet):
            raise TypeError("a new workbook has a sheet")
        page.title = f"推荐表{number or ''}"
        _fill(page, entry, look, dice, dates)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Worksheet, entry: Entry, look: Look, dice: Dice, dates: bool) -> None:
    page.append([dresses.title(entry, look)])
    page.merge_cells("A1:D1")
    row, column = 2, 1
    for pair in dresses.drawn(entry, replace(look, outside=False), dice):
        if pair.long or column > 3:
            row, column = row + (column > 1), 1
        page.cell(row, column, pair.label)
        born = dates and pair.label.replace(" ", "").startswith("出生年月")
        page.cell(row, column + 1, datetime(1975, 8, 1) if born else pair.value or None)  # noqa: DTZ001 cells have no zone
        if pair.long:
            page.merge_cells(start_row=row, start_column=2, end_row=row, end_column=4)
            row += 1
        else:
            column += 2


def summary(entries: Sequence[Entry], unit: str) -> bytes:
    """A list of all nominations of a unit (汇总表)."""
    book = openpyxl.Workbook()
    page = book.active
    if page is None:
        raise LookupError("a new workbook has a sheet")
    page.append([f"{unit}“三个100”推荐汇总表"])
    page.append(["序号", "类别", "推荐对象", "联系电话", "备注"])
    for number, entry in enumerate(entries, 1):
        page.append([number, NAMES[entry.category], entry.nominee, entry.values["联系电话"], ""])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pasted(entry: Entry, look: Look, dice: Dice) -> str:
    """The form as a table in the HTML of a mail."""
    cell = '<td style="border:1px solid"><p><span>{}</span></p></td>'
    rows = "".join(
        f"<tr>{cell.format(pair.label)}{cell.format(pair.value.replace(chr(10), '<br>'))}</tr>"
        for pair in dresses.drawn(entry, look, dice)
    )
    return f"<p align=center><b>{dresses.title(entry, look)}</b></p><table border=1><tbody>{rows}</tbody></table>"


def plain(entry: Entry, look: Look, dice: Dice) -> str:
    """The form as lines of text."""
    pairs = dresses.drawn(entry, look, dice)
    return "\n".join((dresses.title(entry, look), *(f"{pair.label.rstrip('：')}：{pair.value}" for pair in pairs)))
