"""The body of a Word document: paragraphs, tables and what is wrapped around them, in docx and in WordML 2003 alike.

Elements are told by their local names, because transitional, strict and 2003 documents differ only in namespaces.
"""

from collections.abc import Callable, Iterator

from lxml import etree

from bot.model import Table
from bot.reading.docx_runs import Runs, attribute, child, is_on
from bot.reading.limits import Limits
from bot.reading.package import local
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
            name = local(element.tag)
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
        text, boxes, mark_deleted = self._text_of(element)
        text = self._joined + text
        self._joined = text if mark_deleted else ""
        if not mark_deleted:
            first, *others = text.split("\f")
            self.writer.paragraph(first, starts_page=self._starts_page(element, first))
            for part in others:
                self._break_pending = True
                self.writer.lines(part, starts_page=self._starts_page(element, part))
        for box in boxes:
            self._text_box(box)

    def _starts_page(self, element: etree._Element, text: str) -> bool:
        """Whether a break stands before this text; one before empty paragraphs holds for the next that is not."""
        properties = child(element, "pPr")
        if properties is not None:
            self._break_pending |= is_on(child(properties, "pageBreakBefore"))
        starts = self._break_pending
        if text.strip():
            self._break_pending = properties is not None and child(properties, "sectPr") is not None
        elif properties is not None and child(properties, "sectPr") is not None:
            self._break_pending = True
        return starts

    def _text_box(self, content: etree._Element) -> None:
        """A text box in the body stands behind the paragraph it is anchored in and shares its number."""
        for element in _blocks(content):
            if local(element.tag) == "tbl":
                self.writer.table(self._table(element))
            else:
                text, boxes, _ = self._text_of(element)
                self.writer.lines(text.replace("\f", "\n"))
                for box in boxes:
                    self._text_box(box)

    def _text_of(self, element: etree._Element) -> tuple[str, list[etree._Element], bool]:
        self._runs.begin()
        self._runs.read(element)
        text, boxes = self._runs.end()
        properties = child(element, "pPr")
        mark = None if properties is None else child(properties, "rPr")
        return text, boxes, mark is not None and child(mark, "del") is not None

    def _table(self, element: etree._Element) -> Table:
        number = self.writer.next_table()
        return Table(number, lay_out((self._row(row) for row in _inside(element, "tr")), self.writer))

    def _row(self, row: etree._Element) -> list[LooseCell]:
        properties = child(row, "trPr")
        column = 1
        if properties is not None:
            if child(properties, "del") is not None:
                return []
            column += _number(child(properties, "gridBefore"), 0)
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
        properties = child(element, "tcPr")
        cell = LooseCell("", column=column)
        merged_left = False
        if properties is not None:
            cell.column_span = max(1, min(_number(child(properties, "gridSpan"), 1), 100))
            for name in ("vMerge", "vmerge"):
                merge = child(properties, name)
                cell.continues |= merge is not None and attribute(merge, "val") != "restart"
            merge = child(properties, "hMerge")
            merged_left = merge is not None and attribute(merge, "val") != "restart"
            if child(properties, "cellDel") is not None:
                return LooseCell("", column=column, column_span=0), False
        cell.text, cell.tables = self._cell_content(element)
        return cell, merged_left

    def _cell_content(self, element: etree._Element) -> tuple[str, tuple[Table, ...]]:
        lines: list[str] = []
        tables: list[Table] = []
        joined = ""
        for block in _blocks(element):
            if local(block.tag) == "tbl":
                tables.append(self._table(block))
                continue
            text, boxes, mark_deleted = self._text_of(block)
            joined += text
            if not mark_deleted:
                lines.append(joined.replace("\f", "\n"))
                joined = ""
            for box in boxes:
                box_text, box_tables = self._cell_content(box)
                lines.append(box_text)
                tables.extend(box_tables)
        text = "\n".join(lines)
        return text if self.writer.room(len(text)) else "", tuple(tables)


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables below an element, through every wrapper."""
    for element in parent:
        name = local(element.tag)
        if name in ("p", "tbl"):
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
        name = local(element.tag)
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
