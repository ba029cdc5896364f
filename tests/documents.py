"""Documents made by program for the tests of reading: docx from plain nested lists, and from raw XML parts."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

import docx
from docx.document import Document as Docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"

Row = Sequence[str | tuple[str, int] | tuple[str, int, int] | None]
"""Cells of a row: a text, (text, columns), (text, columns, rows); None is the place under a cell that spans rows."""


def docx_bytes(document: Docx) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def form_docx(blocks: Sequence[str | Sequence[Row]]) -> bytes:
    """A docx of paragraphs (strings) and tables (lists of rows), by python-docx with real merged cells."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            add_table(document, block)
    return docx_bytes(document)


def add_table(document: Docx, rows: Sequence[Row]) -> None:
    spread = [_spread(row) for row in rows]
    width = max(sum(columns for _, columns, _ in row) for row in spread)
    table = document.add_table(len(rows), width)
    table.style = "Table Grid"
    for number, row in enumerate(spread):
        column = 0
        for text, columns, down in row:
            if text is not None:
                cell = table.cell(number, column)
                if columns > 1 or down > 1:
                    cell = cell.merge(table.cell(number + down - 1, column + columns - 1))
                cell.text = text
            column += columns


def _spread(row: Row) -> list[tuple[str | None, int, int]]:
    cells: list[tuple[str | None, int, int]] = []
    for cell in row:
        if cell is None or isinstance(cell, str):
            cells.append((cell, 1, 1))
        else:
            text, columns, *down = cell
            cells.append((text, columns, down[0] if down else 1))
    return cells


def raw_docx(body: str, parts: Mapping[str, str] | None = None, namespace: str = W) -> bytes:
    """A docx whose document.xml has exactly this body (prefixes w, w14, mc, wp, a, pic, v, wps, r are bound)."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{namespace}"'
        ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
        ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        f' xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{body}</w:body></w:document>'
    )
    relationships = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/>'
        "</Relationships>"
    )
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Default'
        ' Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
    )
    return zip_bytes(
        {"[Content_Types].xml": types, "_rels/.rels": relationships, "word/document.xml": document, **(parts or {})}
    )


def zip_bytes(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def p(*runs: str) -> str:
    """A paragraph of runs; what starts with “<” is taken as it is."""
    return "<w:p>" + "".join(run if run.startswith("<") else r(run) for run in runs) + "</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    """A cell; plain text becomes a paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tbl(*rows: Sequence[str]) -> str:
    """A table of rows of cells; cells that start with “<” are taken as they are."""
    cells = ["".join(cell if cell.startswith(("<w:tc", "<w:sdt")) else tc(cell) for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"
