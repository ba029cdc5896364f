"""Draws the cover sheet of the stamped paper: one A4 page that says whose papers these are, with a code a scanner reads."""

import io
from collections.abc import Sequence
from datetime import datetime

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
from bot.adapters.packages import sealed
from bot.letters.render import Wording
from bot.model import Attachment
from bot.ports import Paper, PaperBundle

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_COLUMNS = (Cm(2.8), Cm(3.8), Cm(6.4), Cm(3.2))
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - document properties know no zone; fixed so that bytes are reproducible


class SheetScribe:
    """Implements `bot.ports.SheetScribe` in the campaign's words."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def cover_sheet(self, bundle: PaperBundle) -> Attachment:
        """The sheet, named by its unit and first number."""
        document = blank_page()
        self._prepare(document)
        self._title(document, bundle)
        self._table(document, bundle.papers)
        for key in ("sheet_check", "sheet_sender"):
            self._paragraph(document, self._say(key, bundle), 12, before=16)
        buffer = io.BytesIO()
        document.save(buffer)
        return Attachment(self._say("sheet_name", bundle), sealed(buffer.getvalue()), DOCX)

    def _say(self, key: str, bundle: PaperBundle) -> str:
        first = bundle.papers[0].number
        values = {"unit": bundle.unit, "count": len(bundle.papers), "first": first, "office": bundle.office}
        return self._wording.phrase("enclosures", key, values)

    def _word(self, key: str) -> str:
        return self._wording.phrase("enclosures", key, {})

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

    def _title(self, document: Document, bundle: PaperBundle) -> None:
        title = self._paragraph(document, self._word("sheet_title"), 22, bold=True)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        below = self._paragraph(document, bundle.campaign, 13)
        below.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for key in ("sheet_to", "sheet_from"):
            self._paragraph(document, self._say(key, bundle), 14, before=10)
        self._paragraph(document, bundle.office.paper, 12, before=4, after=10)

    def _paragraph(
        self, document: Document, text: str, size: float, *, bold: bool = False, before: float = 0, after: float = 4
    ) -> Paragraph:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
        _run(paragraph, text, size, bold=bold)
        return paragraph

    def _table(self, document: Document, papers: Sequence[Paper]) -> None:
        table = document.add_table(rows=1, cols=len(_COLUMNS), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, _COLUMNS, strict=True):
            column.width = width
        heads = ("sheet_number", "sheet_category", "sheet_nominee", "sheet_code")
        for cell, width, key in zip(table.rows[0].cells, _COLUMNS, heads, strict=True):
            cell.width = width
            _write(cell, self._word(key), 12, bold=True)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for paper in papers:
            row = table.add_row()
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            cells = row.cells  # worked out anew at every look
            for cell, width in zip(cells, _COLUMNS, strict=True):
                cell.width = width
            _write(cells[0], paper.number, 22, bold=True)
            _write(cells[1], paper.category, 12)
            _write(cells[2], paper.nominee, 12)
            _code(cells[3], paper.number)


def _write(cell: _Cell, text: str, size: float, *, bold: bool = False) -> None:
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, text, size, bold=bold)


def _run(paragraph: Paragraph, text: str, size: float, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold


def _code(cell: _Cell, number: str) -> None:
    """The number as a QR code of middling error correction, with the quiet zone the standard asks for (ISO/IEC 18004)."""
    picture = io.BytesIO()
    segno.make_qr(number, error="m").save(picture, kind="png", scale=8, border=4)
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
    paragraph.add_run().add_picture(picture, width=Cm(2.5))
