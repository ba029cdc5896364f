"""Draws the cover sheet of the stamped paper: one A4 page that says whose papers these are, with a code a scanner reads."""

import io
from datetime import datetime
from functools import cached_property

import segno
from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from bot.adapters.blank_page import blank_page
from bot.adapters.package_pattern import Pattern, Row, mark, pattern_of
from bot.letters.render import Wording
from bot.model import Attachment
from bot.ports import PaperBundle

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_ABOVE, _BELOW = ("sheet_to", "sheet_from"), ("sheet_check", "sheet_sender")
"""Keys of the sentences above and below the table."""

_MASK = 3
_COLUMNS = (Cm(2.8), Cm(3.8), Cm(6.4), Cm(3.2))
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - document properties know no zone; fixed so that bytes are reproducible


class SheetScribe:
    """Implements `bot.ports.SheetScribe` in the campaign's words: the page is drawn once, then filled in for each letter."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def cover_sheet(self, bundle: PaperBundle) -> Attachment:
        """The sheet, named by its unit and first number."""
        values = {key: self._say(key, bundle) for key in (*_ABOVE, *_BELOW)}
        values |= {"campaign": bundle.campaign, "paper": bundle.office.paper}
        rows = [
            Row({"number": paper.number, "category": paper.category, "nominee": paper.nominee}, _code(paper.number))
            for paper in bundle.papers
        ]
        return Attachment(self._say("sheet_name", bundle), self._pattern.filled(values, rows), DOCX)

    def _say(self, key: str, bundle: PaperBundle) -> str:
        first = bundle.papers[0].number
        values = {"unit": bundle.unit, "count": len(bundle.papers), "first": first, "office": bundle.office}
        return self._wording.phrase("enclosures", key, values)

    def _word(self, key: str) -> str:
        return self._wording.phrase("enclosures", key, {})

    @cached_property
    def _pattern(self) -> Pattern:
        document = blank_page()
        self._prepare(document)
        self._title(document)
        self._table(document)
        for key in _BELOW:
            _paragraph(document, mark(key), 12, before=16)
        return pattern_of(document)

    def _prepare(self, document: Document) -> None:
        section = document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.4)
        section.top_margin = section.bottom_margin = Cm(2.2)
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = self._word("sheet_latin_font"), Pt(12)
        normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), self._word("sheet_font"))
        properties = document.core_properties
        properties.title, properties.author, properties.comments = self._word("sheet_title"), "", ""
        properties.created = properties.modified = _FIXED

    def _title(self, document: Document) -> None:
        title = _paragraph(document, self._word("sheet_title"), 22, bold=True)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        below = _paragraph(document, mark("campaign"), 13)
        below.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for key in _ABOVE:
            _paragraph(document, mark(key), 14, before=10)
        _paragraph(document, mark("paper"), 12, before=4, after=10)

    def _table(self, document: Document) -> None:
        table = document.add_table(rows=2, cols=len(_COLUMNS), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, _COLUMNS, strict=True):
            column.width = width
        heads, cells = (row.cells for row in table.rows)
        for cell, width in zip((*heads, *cells), _COLUMNS * 2, strict=True):
            cell.width = width
        for cell, key in zip(heads, ("sheet_number", "sheet_category", "sheet_nominee", "sheet_code"), strict=True):
            _write(cell, self._word(key), 12, bold=True)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        _write(cells[0], mark("number"), 22, bold=True)
        _write(cells[1], mark("category"), 12)
        _write(cells[2], mark("nominee"), 12)
        _picture(cells[3])


def _paragraph(
    document: Document, text: str, size: float, *, bold: bool = False, before: float = 0, after: float = 4
) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    _run(paragraph, text, size, bold=bold)
    return paragraph


def _write(cell: _Cell, text: str, size: float, *, bold: bool = False) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, size, bold=bold)


def _run(paragraph: Paragraph, text: str, size: float, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold


def _picture(cell: _Cell) -> None:
    """A place for a code; every row brings its own."""
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
    paragraph.add_run().add_picture(io.BytesIO(_code("0000")), width=Cm(2.5))


def _code(number: str) -> bytes:
    """The number as a QR code, with the quiet zone the standard asks for (ISO/IEC 18004), as PNG.

    Four digits leave room for the highest error correction. The mask is given: weighing all eight takes five times as long, and
    at 2.5 cm every scanner reads each of them.
    """
    picture = io.BytesIO()
    segno.make_qr(number, error="h", mask=_MASK).save(picture, kind="png", scale=4, border=4)
    return picture.getvalue()
