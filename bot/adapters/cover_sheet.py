"""Draws the cover sheet of the stamped paper: one A4 page that says whose papers these are, with a code a scanner reads."""

import copy
import io
from dataclasses import dataclass
from datetime import datetime

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from bot.adapters.blank_page import blank_page
from bot.adapters.number_code import number_code
from bot.adapters.package_pattern import Pattern, Row, mark, pattern_of
from bot.letters.lines import one_line
from bot.letters.render import Wording
from bot.model import Attachment
from bot.ports import PaperBundle

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_ABOVE, _BELOW = ("sheet_to", "sheet_from"), ("sheet_check", "sheet_sender")
"""Keys of the sentences above and below the table."""

_GAP = 0.6


@dataclass(frozen=True, slots=True)
class Layout:
    """How large things are on a sheet that holds up to so many papers on one page; lengths in cm, letters in points."""

    most: int
    columns: int  # side by side, in which the table runs on
    widths: tuple[float, float, float, float]  # number, category, nominee, code
    code: float  # a module of the code is a 29th of it: 0.3 mm at the least, which telephones read
    space: float  # points above and below a code
    number: float
    text: float
    longest: int  # characters of a nominee
    margin: float  # above and below everything


LAYOUTS = (
    Layout(5, 1, (2.8, 3.8, 6.4, 3.2), 2.5, 6, 22, 12, 60, 2.2),
    Layout(12, 2, (1.6, 1.7, 2.3, 2.2), 1.7, 2, 15, 9, 40, 1.8),
    Layout(30, 2, (1.4, 1.5, 3.4, 1.5), 0.95, 0, 13, 8, 30, 1.3),
)
"""By how many papers there are; a city's thirty fit on one page, more go on on a second."""
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - document properties know no zone; fixed so that bytes are reproducible


class SheetScribe:
    """Implements `bot.ports.SheetScribe` in the campaign's words: each layout is drawn once, then filled in for each letter."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording
        self._patterns: dict[Layout, Pattern] = {}

    def cover_sheet(self, bundle: PaperBundle) -> Attachment:
        """The sheet, named by its unit and first number."""
        values = {key: self._say(key, bundle) for key in (*_ABOVE, *_BELOW)}
        values |= {"campaign": bundle.campaign, "paper": bundle.office.paper}
        layout = next((one for one in LAYOUTS if len(bundle.papers) <= one.most), LAYOUTS[-1])
        rows = [
            Row(
                {"number": one.number, "category": one.category, "nominee": one_line(one.nominee, layout.longest)},
                number_code(one.number),
            )
            for one in bundle.papers
        ]
        return Attachment(self._say("sheet_name", bundle), self._pattern(layout).filled(values, rows), DOCX)

    def _say(self, key: str, bundle: PaperBundle) -> str:
        first = bundle.papers[0].number
        values = {"unit": bundle.unit, "count": len(bundle.papers), "first": first, "office": bundle.office}
        return self._wording.phrase("enclosures", key, values)

    def _word(self, key: str) -> str:
        return self._wording.phrase("enclosures", key, {})

    def _pattern(self, layout: Layout) -> Pattern:
        if layout not in self._patterns:
            self._patterns[layout] = self._drawn(layout)
        return self._patterns[layout]

    def _drawn(self, layout: Layout) -> Pattern:
        document = blank_page()
        self._prepare(document, layout)
        self._title(document)
        if layout.columns > 1:
            _columns(document, 1)
        self._table(document, layout)
        if layout.columns > 1:
            _columns(document, layout.columns)
        for key in _BELOW:
            _paragraph(document, mark(key), 12, before=16 if layout.columns == 1 else 8)
        return pattern_of(document)

    def _prepare(self, document: Document, layout: Layout) -> None:
        section = document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.4)
        section.top_margin = section.bottom_margin = Cm(layout.margin)
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

    def _table(self, document: Document, layout: Layout) -> None:
        table = document.add_table(rows=2, cols=len(layout.widths), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        widths = [Cm(width) for width in layout.widths]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        heads, cells = (row.cells for row in table.rows)
        for cell, width in zip((*heads, *cells), widths * 2, strict=True):
            cell.width = width
        for cell, key in zip(heads, ("sheet_number", "sheet_category", "sheet_nominee", "sheet_code"), strict=True):
            _write(cell, self._word(key), layout.text, bold=True)
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        _write(cells[0], mark("number"), layout.number, bold=True)
        _write(cells[1], mark("category"), layout.text)
        _write(cells[2], mark("nominee"), layout.text)
        _picture(cells[3], layout)


def _columns(document: Document, count: int) -> None:
    """End a section here without a new page: what stands before it is set in so many columns."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(1)
    section = copy.deepcopy(document.sections[-1]._sectPr)
    for old in (*section.findall(qn("w:type")), *section.findall(qn("w:cols"))):
        section.remove(old)
    kind, columns = OxmlElement("w:type"), OxmlElement("w:cols")
    kind.set(qn("w:val"), "continuous")
    columns.set(qn("w:num"), str(count))
    columns.set(qn("w:space"), str(round(_GAP * 567)))
    section.insert(0, kind)  # ECMA-376, 17.6.17: the type comes before the size of the page, columns after its margins
    margins = [child.tag for child in section].index(qn("w:pgMar"))
    section.insert(margins + 1, columns)
    paragraph._p.get_or_add_pPr().append(section)
    last = document.sections[-1]._sectPr
    if last.find(qn("w:type")) is None:
        last.insert(0, copy.deepcopy(kind))


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


def _picture(cell: _Cell, layout: Layout) -> None:
    """A place for a code; every row brings its own."""
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(layout.space)
    shape = paragraph.add_run().add_picture(io.BytesIO(number_code("0000")), width=Cm(layout.code))
    for side in ("distT", "distB", "distL", "distR"):  # without them LibreOffice keeps 3 mm free on each side
        shape._inline.set(side, "0")
