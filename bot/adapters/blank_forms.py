"""Draws the forms (推荐表) of a campaign as Word files, empty or filled in, from the same fields the reader looks for."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from lxml import etree

from bot.adapters.blank_page import blank_page
from bot.adapters.form_layout import Row, layout
from bot.adapters.packages import sealed
from bot.campaign import Category, FieldKind, FieldSpec, Rules
from bot.letters.render import Wording
from bot.model import Attachment

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_COLUMNS = (Cm(3.1), Cm(4.9), Cm(3.1), Cm(4.9))  # six characters of a label fit in one line
_TEXT_WIDTH = Cm(16)  # A4 less the margins
_TITLE_SIZE = 18

_TIGHT = 7
"""Characters of a label that just miss its column: they are set smaller instead of leaving one alone on a second line."""

_GREY = RGBColor(0x80, 0x80, 0x80)
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - document properties know no zone; fixed so that bytes are reproducible
_SPREAD = {FieldKind.LONG_TEXT, FieldKind.OPINION, FieldKind.OFFICE}


class FormScribe:
    """Draws the forms of one campaign in the office's words."""

    def __init__(self, rules: Rules, wording: Wording) -> None:
        self.rules = rules
        self.words: Mapping[str, str] = wording.words["office"]["form"]

    def blank_form(self, category: Category) -> Attachment:
        """The empty form, named as the notice's annex."""
        name = self.words["file"].format(number=self._number(category), short=category.short, title=category.form_title)
        return Attachment(f"{_file_name(name)}.docx", self.form(category, {}), DOCX)

    def form(self, category: Category, values: Mapping[str, str]) -> bytes:
        """The form with these values by field name; a value of several lines becomes several paragraphs."""
        document = blank_page()
        _prepare(document, self.words, category)
        _line(document.add_paragraph(), self.words["annex"].format(number=self._number(category)), self.words["label_font"], 14)
        title = document.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(6), Pt(10)
        title.paragraph_format.left_indent = title.paragraph_format.right_indent = _title_indent(category.form_title)
        _line(title, category.form_title, self.words["title_font"], _TITLE_SIZE)
        _draw(document, layout(category), self.words, values)
        self._footer(document, category)
        buffer = io.BytesIO()
        document.save(buffer)
        return sealed(buffer.getvalue(), {"word/fontTable.xml": _font_table(self.words)})

    def _number(self, category: Category) -> int:
        """Which annex the form is: the place of its category in the campaign, from 1."""
        return self.rules.categories.index(category) + 1

    def _footer(self, document: Document, category: Category) -> None:
        """How to fill it in, small at the foot of the page."""
        required = self.words["separator"].join(spec.name for spec in category.fields if spec.required)
        paragraph = document.sections[0].footer.paragraphs[0]
        text = self.words["note"] + self.words["required"].format(fields=required)
        _line(paragraph, text, self.words["text_font"], 9, _GREY)


def _title_indent(title: str) -> Length:
    """Room to leave on both sides, so that a title too long for one line breaks into lines of like length.

    A line break in the text itself would make two titles of one for whoever reads the form.
    """
    width = sum(_TITLE_SIZE if ord(character) > 0x2000 else _TITLE_SIZE / 2 for character in title)
    lines = ceil(width / _TEXT_WIDTH.pt)
    if lines < 2:
        return Pt(0)
    return Pt(max(0.0, (_TEXT_WIDTH.pt - width / lines - 2 * _TITLE_SIZE) / 2))


def _prepare(document: Document, words: Mapping[str, str], category: Category) -> None:
    """Page, fonts and properties."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.2)
    section.footer_distance = Cm(1.1)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = words["latin_font"], Pt(12)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), words["text_font"])
    properties = document.core_properties
    properties.title, properties.author, properties.comments = category.form_title, "", ""
    properties.created = properties.modified = _FIXED


def _draw(document: Document, rows: Sequence[Row], words: Mapping[str, str], values: Mapping[str, str]) -> None:
    """The table with its rows."""
    table = document.add_table(rows=0, cols=len(_COLUMNS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, _COLUMNS, strict=True):
        column.width = width
    for row in rows:
        _draw_row(table, row, words, values)


def _draw_row(table: Table, row: Row, words: Mapping[str, str], values: Mapping[str, str]) -> None:
    """One row; a single field has everything right of its label."""
    drawn = table.add_row()  # type: ignore[no-untyped-call]  # python-docx annotates only the result
    drawn.height, drawn.height_rule = Cm(row.height), WD_ROW_HEIGHT_RULE.AT_LEAST
    cells = drawn.cells
    for cell, width in zip(cells, _COLUMNS, strict=True):
        cell.width = width
    if row.signed:
        _keep_whole(drawn)
    if len(row.fields) == 1:
        pairs = [(row.fields[0], cells[0], cells[1].merge(cells[3]))]
    else:
        pairs = [(row.fields[0], cells[0], cells[1]), (row.fields[1], cells[2], cells[3])]
    for spec, label, value in pairs:
        _draw_label(label, spec, words)
        _draw_value(value, spec, values.get(spec.name, ""), words)


def _draw_label(cell: _Cell, spec: FieldSpec, words: Mapping[str, str]) -> None:
    """The label exactly as the rules name it, its hint small below."""
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _line(paragraph, spec.name, words["label_font"], 10.5 if len(spec.name) == _TIGHT else 12)
    if spec.hint:
        hint = cell.add_paragraph()
        hint.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _line(hint, spec.hint, words["text_font"], 9, _GREY)


def _draw_value(cell: _Cell, spec: FieldSpec, value: str, words: Mapping[str, str]) -> None:
    """The value, and below an opinion the places for seal and date."""
    spread = spec.kind in _SPREAD
    cell.vertical_alignment = WD_ALIGN_VERTICAL.TOP if spread and value else WD_ALIGN_VERTICAL.CENTER
    paragraph = cell.paragraphs[0]
    for index, text in enumerate(value.split("\n")):
        paragraph = cell.add_paragraph() if index else paragraph
        if spread and text:
            paragraph.paragraph_format.first_line_indent = Pt(24)
        _line(paragraph, text, words["text_font"], 12)
    if spec.kind in (FieldKind.OPINION, FieldKind.OFFICE):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
        paragraph.paragraph_format.space_after = Pt(18)
        for text in (words["seal"], words["date"]):
            foot = cell.add_paragraph()
            foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            foot.paragraph_format.right_indent = Pt(18)
            _line(foot, text, words["text_font"], 12)


def _line(paragraph: Paragraph, text: str, font: str, size: float, color: RGBColor | None = None) -> None:
    """A run of text in a font; East Asian characters take theirs from their own attribute."""
    paragraph.paragraph_format.line_spacing = 1.15
    if not text:
        return
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    fonts = run.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)
    if not text.isascii():
        fonts.set(qn("w:hint"), "eastAsia")  # “ ” — … belong to both scripts; Word would take them from the Latin font
    if color is not None:
        run.font.color.rgb = color


def _keep_whole(row: _Row) -> None:
    """An opinion with its seal is not torn over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _font_table(words: Mapping[str, str]) -> bytes:
    """Which font stands in where a machine lacks one: fonts of official documents are not on every computer."""
    fonts = etree.Element(qn("w:fonts"), nsmap={"w": nsmap["w"]})
    for name in ("title_font", "label_font", "text_font", "latin_font"):
        font = etree.SubElement(fonts, qn("w:font"), {qn("w:name"): words[name]})
        etree.SubElement(font, qn("w:altName"), {qn("w:val"): words[f"{name}_else"]})
    return etree.tostring(fonts, xml_declaration=True, encoding="UTF-8", standalone=True)


def _file_name(name: str) -> str:
    """Without what a file system or a header would misread."""
    return "".join(" " if character in '\\/:*?"<>|\r\n\t' else character for character in name).strip()
