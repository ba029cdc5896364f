"""Old Word documents (.doc, and .wps of WPS Writer, which is the same) through office-oxide: its tree becomes our blocks."""

from collections.abc import Mapping, Sequence
from typing import Any

from office_oxide import Document as OxideDocument
from office_oxide import OfficeOxideError

from bot.model import Document, Table
from bot.reading.doc_marks import PAGE_BREAK, Marked, marked
from bot.reading.doc_nested import without_tables
from bot.reading.limits import Limits
from bot.reading.ole import compound
from bot.reading.symbols import guessed
from bot.reading.tables import LooseCell, Writer, lay_out
from bot.reading.unreadable import Unreadable

Node = Mapping[str, Any]
"""A node of office-oxide's tree: JSON-like, told by its `type`."""


def read_doc(data: bytes, limits: Limits) -> Document:
    """The document; raises `Unreadable`."""
    if compound(data).locked:
        raise Unreadable.encrypted()
    document = marked(data)
    try:
        tree: Node = OxideDocument.from_bytes(document.data, "doc").to_ir()
    except OfficeOxideError as error:
        raise Unreadable.damaged("doc") from error
    reader = _Tree(limits, document)
    for section in tree.get("sections", ()):
        reader.blocks(section.get("elements", ()))
    return Document(tuple(reader.writer.blocks), images=reader.images, margins=document.margins)


class _Tree:
    """Walks the tree and writes blocks; `images` counts pictures."""

    def __init__(self, limits: Limits, document: Marked) -> None:
        self.writer = Writer(limits)
        self._document = document
        self.images = 0
        self._break_pending = False

    def blocks(self, elements: Sequence[Node]) -> None:
        rows: list[Node] = []
        for element in elements:
            kind = element.get("type", "")
            if kind == "table":
                # The tree begins a new table where cells are merged down; in Word two tables never touch.
                rows += element.get("rows", ())
                continue
            self._table(rows)
            rows = []
            if kind == "list":
                for item in element.get("items", ()):
                    self.blocks(item.get("content", ()))
                    self.blocks([nested for nested in (item.get("nested"),) if nested])
            elif kind == "page_break":
                self._break_pending = True
            elif kind == "text_box":
                self.blocks(element.get("content", ()))
            else:
                self._paragraph(element)
        self._table(rows)

    def _paragraph(self, element: Node) -> None:
        text = self._inline(element)
        if text.startswith(PAGE_BREAK):
            self._break_pending, text = True, text[1:]
        for place, part in enumerate(text.split(PAGE_BREAK)):
            self._break_pending |= place > 0
            self.writer.paragraph(part, starts_page=self._break_pending)
            self._break_pending &= not part.strip()

    def _inline(self, element: Node) -> str:
        """The text of a paragraph, of a heading, or of whatever else holds runs."""
        kind = element.get("type", "")
        if kind == "text":
            return guessed(self._document.shown(str(element.get("text", ""))))
        if kind == "line_break":
            return "\n"
        if kind == "page_break":
            return PAGE_BREAK
        if kind == "image":
            self.images += 1
            return ""
        return "".join(self._inline(inner) for inner in element.get("content", ()) if isinstance(inner, Mapping))

    def _table(self, rows: Sequence[Node]) -> None:
        if rows:
            number = self.writer.next_table()
            self.writer.table(Table(number, lay_out((self._row(row) for row in rows), self.writer)))

    def _row(self, row: Node) -> list[LooseCell]:
        return [self._cell(cell) for cell in row.get("cells", ())]

    def _cell(self, cell: Node) -> LooseCell:
        lines: list[str] = []
        for element in cell.get("content", ()):
            if element.get("type") == "table":
                inner = (self._cell(nested).text for row in element.get("rows", ()) for nested in row.get("cells", ()))
                lines.extend(inner)
            else:
                lines.append(self._inline(element).replace(PAGE_BREAK, "\n"))
        text, tables = without_tables("\n".join(lines), self.writer)
        across = max(1, min(int(cell.get("col_span") or 1), 100))
        down = max(1, min(int(cell.get("row_span") or 1), 1000))
        return LooseCell(text if self.writer.room(len(text)) else "", down, across, tables=tables)
