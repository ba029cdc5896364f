"""Makes the Word files of a nomination: forms (推荐表) as units fill them in, materials, both together.

Made with python-docx and sealed, so that their bytes never change; how a form is drawn is `dresses.py`.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.shared import Pt
from docx.table import _Cell

from bot.adapters.blank_page import blank_page
from bot.adapters.packages import sealed
from bot.demo.banks import bank
from bot.demo.dresses import DRESSES
from bot.demo.nominees import Nominee

_FIXED = datetime(2021, 12, 1)  # noqa: DTZ001 - document properties know no zone


def form(nominee: Nominee, dress: str = "pairs") -> bytes:
    """The form as a Word file."""
    document = _new_document()
    draw_form(document, nominee, dress)
    return saved(document)


def form_with_material(nominee: Nominee, dress: str = "pairs") -> bytes:
    """Form and material in one Word file, a page break between."""
    document = _new_document()
    draw_form(document, nominee, dress)
    _new_page(document)
    draw_text(document, nominee.material)
    return saved(document)


def forms_together(nominees: Sequence[Nominee], dress: str = "pairs") -> bytes:
    """Several forms in one Word file, each on its own page."""
    document = _new_document()
    for number, nominee in enumerate(nominees):
        if number:
            _new_page(document)
        draw_form(document, nominee, dress)
    return saved(document)


def filled(blank: bytes, nominee: Nominee) -> bytes:
    """A blank form of the office, filled in at the keyboard: each value goes into the cell right of its label."""
    document = docx.Document(io.BytesIO(blank))
    for table in document.tables:
        for row in table.rows:
            cells = list(dict.fromkeys(row.cells))
            for label, value in pairwise(cells):
                if label.paragraphs[0].text in nominee.fields:
                    _fill(value, nominee.fields[label.paragraphs[0].text])
    return saved(document)


def _fill(cell: _Cell, text: str) -> None:
    """Into the first paragraph of the cell, before what the blank prints there (the places for seal and date)."""
    first = cell.paragraphs[0]
    for number, line in enumerate(text.split("\n")):
        if number:
            first.add_run().add_break()
        first.add_run(line)


def text_document(paragraphs: Sequence[str]) -> bytes:
    """Running text with its title first: a material, a letter."""
    document = _new_document()
    draw_text(document, paragraphs)
    return saved(document)


def draw_form(document: Document, nominee: Nominee, dress: str) -> None:
    """Annex line, title and the fields in one of the dresses."""
    document.add_paragraph(str(bank("nominees")[nominee.category]["annex"]))
    _centred(document, f"“三个100”推选活动\n{nominee.called}推荐表")
    DRESSES[dress](document, nominee)
    if dress != "colons":
        document.add_paragraph("注：本表一式两份，请勿改变格式。")


def draw_text(document: Document, paragraphs: Sequence[str]) -> None:
    """A title and its paragraphs."""
    _centred(document, paragraphs[0])
    for paragraph in paragraphs[1:]:
        document.add_paragraph(paragraph).paragraph_format.first_line_indent = Pt(24)


def saved(document: Document) -> bytes:
    """Its bytes, the same at every run."""
    buffer = io.BytesIO()
    document.save(buffer)
    return sealed(buffer.getvalue())


def _new_page(document: Document) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _new_document() -> Document:
    document = blank_page()
    properties = document.core_properties
    properties.author, properties.created, properties.modified = "", _FIXED, _FIXED
    return document


def _centred(document: Document, text: str) -> None:
    for line in text.split("\n"):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(line)
        run.bold, run.font.size = True, Pt(18)
