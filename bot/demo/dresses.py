"""The ways in which units draw the fields of a form: tables of several shapes, content controls, or no table at all."""

from collections.abc import Callable, Mapping

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from bot.demo.banks import bank
from bot.demo.chance import pick
from bot.demo.nominees import Nominee

_CALLED: Mapping[str, tuple[str, ...]] = {
    "联系电话": ("联系电话", "联系方式", "电    话"),
    "主要事迹": ("主要事迹", "主要\n事迹"),
    "主要做法和成效": ("主要做法和成效", "主要做法及成效"),
    "推荐单位意见": ("推荐单位意见", "推荐单位\n意    见"),
    "出生年月": ("出生年月", "出生\n年月"),
}
"""How units write some labels; all others stand as the blank prints them."""


def _pairs(document: Document, nominee: Nominee) -> None:
    """Two pairs in a row, labels spaced out to one width, long fields across three columns."""
    table = _table(document, 4)
    for row in _rows(nominee):
        cells = _add_row(table)
        if len(row) == 1:
            _put(cells[0], _spaced(row[0], nominee))
            _put(cells[1].merge(cells[3]), _written(row[0], nominee))
            continue
        for column, label in enumerate(row):
            _put(cells[2 * column], _spaced(label, nominee))
            _put(cells[2 * column + 1], _written(label, nominee))


def _vertical(document: Document, nominee: Nominee) -> None:
    """Labels of long fields one character below the other; the cell of short fields on the left merged down (基本情况)."""
    table = _table(document, 5)
    rows = _rows(nominee)
    short = [row for row in rows if row[0] not in bank("nominees")["long"]]
    for row in short:
        cells = _add_row(table)
        _put(cells[1], row[0])
        if len(row) == 1:
            _put(cells[2].merge(cells[4]), _written(row[0], nominee))
        else:
            _put(cells[2], _written(row[0], nominee))
            _put(cells[3], row[1])
            _put(cells[4], _written(row[1], nominee))
    heading = table.cell(0, 0).merge(table.cell(len(short) - 1, 0))
    _put(heading, "基\n本\n情\n况")
    for row in rows[len(short) :]:
        cells = _add_row(table)
        _put(cells[0], "\n".join(row[0]))
        _put(cells[1].merge(cells[4]), _written(row[0], nominee))


def _in_cell(document: Document, nominee: Nominee) -> None:
    """Label and value in one cell, two cells in a row; long fields as a row of their own with the text below the label."""
    table = _table(document, 2)
    for row in _rows(nominee):
        cells = _add_row(table)
        target = cells[0].merge(cells[1]) if len(row) == 1 else cells[0]
        separator = "：\n" if row[0] in bank("nominees")["long"] else "："
        _put(target, f"{row[0]}{separator}{_written(row[0], nominee)}")
        if len(row) == 2:
            _put(cells[1], f"{row[1]}：{_written(row[1], nominee)}")


def _colons(document: Document, nominee: Nominee) -> None:
    """No table at all: “标签：值” paragraphs, opinions with the text below."""
    for label in nominee.fields:
        value = _written(label, nominee)
        separator = "：\n" if label in bank("nominees")["opinions"] else "："
        for line in f"{label}{separator}{value}".split("\n"):
            document.add_paragraph(line)


def _controls(document: Document, nominee: Nominee) -> None:
    """Every value inside a content control, as in forms made from a protected template."""
    table = _table(document, 4)
    for row in _rows(nominee):
        cells = _add_row(table)
        if len(row) == 1:
            _put(cells[0], row[0])
            _put_controlled(cells[1].merge(cells[3]), _written(row[0], nominee))
            continue
        for column, label in enumerate(row):
            _put(cells[2 * column], label)
            _put_controlled(cells[2 * column + 1], _written(label, nominee))


def _photo(document: Document, nominee: Nominee) -> None:
    """Three pairs wide, with a cell for the photograph merged down at the right."""
    table = _table(document, 5)
    rows = _rows(nominee)
    for number, row in enumerate(rows):
        cells = _add_row(table)
        right = 3 if number < 4 else 4
        _put(cells[0], _spaced(row[0], nominee))
        if len(row) == 1:
            _put(cells[1].merge(cells[right]), _written(row[0], nominee))
            continue
        _put(cells[1], _written(row[0], nominee))
        _put(cells[2], _spaced(row[1], nominee))
        _put(cells[3].merge(cells[right]) if right > 3 else cells[3], _written(row[1], nominee))
    _put(table.cell(0, 4).merge(table.cell(3, 4)), "照  片")


Dress = Callable[[Document, Nominee], None]
DRESSES: Mapping[str, Dress] = {
    "pairs": _pairs,
    "vertical": _vertical,
    "in-cell": _in_cell,
    "colons": _colons,
    "controls": _controls,
    "photo": _photo,
}
"""Every way of drawing a form."""


# --- how things are written ------------------------------------------------------------------------------------------------


def _rows(nominee: Nominee) -> list[tuple[str, ...]]:
    """The labels by rows: long ones and the nominating unit alone, short ones two by two."""
    rows: list[tuple[str, ...]] = []
    waiting: list[str] = []
    for label in nominee.fields:
        alone = label in bank("nominees")["long"] or len(nominee.fields[label]) > 16
        if alone or len(waiting) == 1:
            rows += [tuple(waiting)] if alone and waiting else []
            rows.append((label,) if alone else (waiting[0], label))
            waiting = []
        else:
            waiting = [label]
    return rows


def _spaced(label: str, nominee: Nominee) -> str:
    """The label as this unit writes it: “姓    名”, or with another usual word."""
    if len(label) == 2:
        return f"{label[0]}    {label[1]}"
    return pick(_CALLED.get(label, (label,)), nominee.unit, nominee.category, label)


def _written(label: str, nominee: Nominee) -> str:
    """The value; opinions end with the places for seal and date, filled or not as the opinion is."""
    value = nominee.fields[label]
    if label not in bank("nominees")["opinions"]:
        return value
    day = "2021年12月" if value else "年    月    日"
    return f"{value}\n（盖章）\n{day}{pick(('10日', '13日', '14日', '15日'), nominee.name) if value else ''}"


def _put(cell: _Cell, text: str) -> None:
    """The text, a paragraph a line."""
    first, *others = text.split("\n")
    cell.paragraphs[0].add_run(first)
    for line in others:
        cell.add_paragraph(line)


def _put_controlled(cell: _Cell, text: str) -> None:
    """The same, each paragraph's run wrapped into a w:sdt."""
    _put(cell, text)
    for paragraph in cell.paragraphs:
        _wrap(paragraph)


def _wrap(paragraph: Paragraph) -> None:
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(OxmlElement("w:sdtPr"))
    control.append(content)
    for run in paragraph._p.findall(qn("w:r")):
        content.append(run)
    paragraph._p.append(control)


def _table(document: Document, columns: int) -> Table:
    table: Table = document.add_table(rows=0, cols=columns, style="Table Grid")
    return table


def _add_row(table: Table) -> tuple[_Cell, ...]:
    row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx annotates only the result
    return tuple(row.cells)
