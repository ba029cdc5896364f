"""Workbooks saved as XML (SpreadsheetML 2003), which often come under the name .xls."""

from lxml import etree

from bot.model import Document, Table
from bot.reading.docx_runs import attribute
from bot.reading.limits import Limits
from bot.reading.package import inner_text, local
from bot.reading.tables import LooseCell, Writer, lay_out


def read_sheet_xml(root: etree._Element, limits: Limits) -> Document:
    """Each worksheet is one table."""
    writer = Writer(limits)
    for sheet in root:
        if local(sheet.tag) == "Worksheet":
            for grid in sheet:
                if local(grid.tag) == "Table":
                    number = writer.next_table()
                    rows = [_row(row) for row in grid if local(row.tag) == "Row"]
                    writer.table(Table(number, lay_out(rows, writer), sheet=attribute(sheet, "Name")))
    return Document(tuple(writer.blocks))


def _row(row: etree._Element) -> list[LooseCell]:
    cells: list[LooseCell] = []
    column = 1
    for cell in row:
        if local(cell.tag) != "Cell":
            continue
        column = _number(cell, "Index", column)
        across = min(_number(cell, "MergeAcross", 0), 99) + 1
        text = "".join(inner_text(data) for data in cell if local(data.tag) == "Data")
        cells.append(LooseCell(text, min(_number(cell, "MergeDown", 0), 999) + 1, across, column=column))
        column += across
    return cells


def _number(element: etree._Element, name: str, otherwise: int) -> int:
    value = attribute(element, name)
    return int(value) if value.isdecimal() and len(value) < 6 else otherwise
