"""The body of a Word document: paragraphs, tables and what is wrapped around them, in docx and in WordML 2003 alike.

Elements are told by their local names, because transitional, strict and 2003 documents differ only in namespaces.
"""

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from bot.model import Block, Table
from bot.reading.docx_runs import Runs, attribute, child, is_on, properties_of
from bot.reading.limits import Limits
from bot.reading.package import LOCAL, local
from bot.reading.tables import LooseCell, Writer, lay_out

# Left away whole: what was deleted or moved away, the second form of alternate content, properties.
_SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "sectPr", "sdtPr", "sdtEndPr", "customXmlPr", "tblPr", "tblGrid", "trPr", "tcPr", "pPr"}
)


class Body:
    """Reads one story of a document (body, notes, header) into `writer`; `images` counts the pictures met.

    `inside` writes the blocks of a document that lies in this one, by the id under which it is called.
    """

    def __init__(self, limits: Limits, inside: Callable[[str, Writer], None] | None = None) -> None:
        self.writer = Writer(limits)
        self._inside = inside
        self._runs = Runs()
        self._break_pending = False
        self._joined = ""  # text of a paragraph whose mark was deleted: it goes on in the next

    @property
    def images(self) -> int:
        """Pictures met so far."""
        return self._runs.images

    def read(self, parent: etree._Element) -> None:
        """All blocks below an element, through every wrapper."""
        for element in parent:
            name = LOCAL[element.tag]
            if name == "p":
                self._paragraph(element)
            elif name == "tbl":
                self.writer.table(self._table(element))
            elif name == "sdt":
                self._content_control(element)
            elif name == "AlternateContent":
                self.read(_chosen(element))
            elif name == "altChunk" and self._inside is not None:
                self._inside(attribute(element, "id"), self.writer)
            elif name not in _SKIPPED and not _is_deletion(element):
                self.read(element)

    def _content_control(self, element: etree._Element) -> None:
        content = child(element, "sdtContent")
        if content is not None and not _shows_placeholder(element):
            self.read(content)

    def _paragraph(self, element: etree._Element) -> None:
        properties = properties_of(element, "pPr")
        text, boxes = self._text_of(element)
        mark_deleted = _is_mark_deleted(properties)
        text = self._joined + text
        self._joined = text if mark_deleted else ""
        if not mark_deleted:
            first, *others = text.split("\f")
            self.writer.paragraph(first, starts_page=self._starts_page(properties, first))
            for part in others:
                self._break_pending = True
                self.writer.lines(part, starts_page=self._starts_page(properties, part))
        for box in boxes:
            self._text_box(box)

    def _starts_page(self, properties: Mapping[str, etree._Element], text: str) -> bool:
        """Whether a break stands before this text; one before empty paragraphs holds for the next that is not."""
        self._break_pending |= is_on(properties.get("pageBreakBefore"))
        starts = self._break_pending
        if text.strip():
            self._break_pending = "sectPr" in properties
        elif "sectPr" in properties:
            self._break_pending = True
        return starts

    def _text_box(self, content: etree._Element) -> None:
        """A text box in the body stands behind the paragraph it is anchored in and shares its number."""
        for element in _blocks(content):
            if LOCAL[element.tag] == "tbl":
                self.writer.table(self._table(element))
            elif LOCAL[element.tag] == "altChunk":
                self.writer.blocks += self._chunk(element)
            else:
                text, boxes = self._text_of(element)
                self.writer.lines(text.replace("\f", "\n"))
                for box in boxes:
                    self._text_box(box)

    def _text_of(self, element: etree._Element) -> tuple[str, list[etree._Element]]:
        self._runs.begin()
        self._runs.read(element)
        return self._runs.end()

    def _table(self, element: etree._Element) -> Table:
        number = self.writer.next_table()
        return Table(number, lay_out((self._row(row) for row in _inside(element, "tr")), self.writer))

    def _row(self, row: etree._Element) -> list[LooseCell]:
        properties = properties_of(row, "trPr")
        if "del" in properties:
            return []
        column = 1 + _number(properties.get("gridBefore"), 0)
        cells: list[LooseCell] = []
        for element in _inside(row, "tc"):
            cell, merged_left = self._cell(element, column)
            if merged_left and cells:
                cells[-1].column_span += cell.column_span
            elif cell.column_span:
                cells.append(cell)
            column += cell.column_span
        return cells

    def _cell(self, element: etree._Element, column: int) -> tuple[LooseCell, bool]:
        """A cell, and whether it is the right part of the one before it (hMerge). A deleted cell has no width."""
        properties = properties_of(element, "tcPr")
        if "cellDel" in properties:
            return LooseCell("", column=column, column_span=0), False
        cell = LooseCell("", column=column, column_span=max(1, min(_number(properties.get("gridSpan"), 1), 100)))
        cell.continues = any(_goes_on(properties.get(name)) for name in ("vMerge", "vmerge"))
        merged_left = _goes_on(properties.get("hMerge"))
        cell.text, cell.tables = self._cell_content(element)
        return cell, merged_left

    def _cell_content(self, element: etree._Element) -> tuple[str, tuple[Table, ...]]:
        lines: list[str] = []
        tables: list[Table] = []
        joined = ""
        for block in _blocks(element):
            name = LOCAL[block.tag]
            if name == "tbl":
                tables.append(self._table(block))
                continue
            if name == "altChunk":
                for inner in self._chunk(block):
                    lines += [inner.paragraph.text] if inner.paragraph is not None else []
                    tables += [inner.table] if inner.table is not None else []
                continue
            text, boxes = self._text_of(block)
            joined += text
            if not _is_mark_deleted(properties_of(block, "pPr")):
                lines.append(joined.replace("\f", "\n"))
                joined = ""
            for box in boxes:
                box_text, box_tables = self._cell_content(box)
                lines.append(box_text)
                tables.extend(box_tables)
        text = "\n".join(lines)
        return text if self.writer.room(len(text)) else "", tuple(tables)

    def _chunk(self, element: etree._Element) -> list[Block]:
        """The blocks of a document that lies in a cell; its paragraphs are no paragraphs of this one."""
        blocks, paragraphs = self.writer.blocks, self.writer.paragraphs
        self.writer.blocks = []
        if self._inside is not None:
            self._inside(attribute(element, "id"), self.writer)
        found, self.writer.blocks = self.writer.blocks, blocks
        self.writer.paragraphs = paragraphs
        return found


def _is_mark_deleted(properties: Mapping[str, etree._Element]) -> bool:
    """Whether the mark at the end of a paragraph was deleted, so that it goes on in the next."""
    mark = properties.get("rPr")
    return mark is not None and child(mark, "del") is not None


def _goes_on(merge: etree._Element | None) -> bool:
    """Whether a cell is the lower or right part of a merged one."""
    return merge is not None and attribute(merge, "val") != "restart"


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables below an element, through every wrapper."""
    for element in parent:
        name = LOCAL[element.tag]
        if name in ("p", "tbl", "altChunk"):
            yield element
        elif name == "sdt":
            content = child(element, "sdtContent")
            if content is not None and not _shows_placeholder(element):
                yield from _blocks(content)
        elif name == "AlternateContent":
            yield from _blocks(_chosen(element))
        elif name not in _SKIPPED and not _is_deletion(element):
            yield from _blocks(element)


def _inside(parent: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, through content controls and other wrappers."""
    for element in parent:
        name = LOCAL[element.tag]
        if name == wanted:
            yield element
        elif name == "AlternateContent":
            yield from _inside(_chosen(element), wanted)
        elif name not in _SKIPPED and name not in ("p", "tbl", "tc") and not _is_deletion(element):
            yield from _inside(element, wanted)


def _chosen(element: etree._Element) -> etree._Element:
    """The branch of alternate content to read: the first choice, the fallback only where there is no choice."""
    choice = child(element, "Choice")
    return choice if choice is not None else next((e for e in element if local(e.tag) == "Fallback"), element)


def _is_deletion(element: etree._Element) -> bool:
    """WordML 2003 writes deletions and comments as annotations with a type."""
    return local(element.tag) == "annotation" and attribute(element, "type") in ("Word.Deletion", "Word.Comment")


def _shows_placeholder(control: etree._Element) -> bool:
    properties = child(control, "sdtPr")
    return properties is not None and is_on(child(properties, "showingPlcHdr"))


def _number(element: etree._Element | None, otherwise: int) -> int:
    value = "" if element is None else attribute(element, "val")
    return int(value) if value.isdecimal() and len(value) < 5 else otherwise
