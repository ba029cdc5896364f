"""Documents inside a Word document (w:altChunk, ECMA-376 part 1, 17.17.2.1): programs put whole pages in, Word shows them."""

import posixpath
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.model import Block, Cell, Document, Format, Table
from bot.reading.html import read_html
from bot.reading.limits import Limits
from bot.reading.package import Package
from bot.reading.plaintext import read_text
from bot.reading.rtf import read_rtf
from bot.reading.sniff import format_of
from bot.reading.tables import Writer
from bot.reading.unreadable import Unreadable
from bot.reading.web_archive import saved_page

_DEEPEST = 3  # documents inside one another
_MOST = 100  # of one document


@dataclass(slots=True)
class Chunks:
    """The documents that one Word document holds; `depth` is how deep that one lies in others itself."""

    package: Package
    main: str
    limits: Limits
    depth: int
    read_docx: Callable[[bytes, Limits, int], Document]
    left: int = _MOST

    def write(self, id: str, writer: Writer) -> None:
        """The blocks of the document that the main part calls so; raises `Unreadable` when it cannot be read."""
        path = self._path(id)
        data = None if path is None else self.package.read(path)
        if path is None or data is None or self.depth >= _DEEPEST or self.left <= 0:
            return
        self.left -= 1
        for block in self._read(posixpath.basename(path), data):
            if block.paragraph is not None:
                writer.paragraph(block.paragraph.text, starts_page=block.paragraph.starts_page)
            elif block.table is not None:
                writer.table(_renumbered(block.table, writer))

    def _read(self, name: str, data: bytes) -> Sequence[Block]:
        format = format_of(data, name)
        if format is Format.DOCX:
            return self.read_docx(data, self.limits, self.depth + 1).blocks
        if format is Format.EML:
            data, format = saved_page(data, self.limits), Format.HTML
        readers = {Format.HTML: read_html, Format.RTF: read_rtf, Format.TEXT: read_text}
        if format not in readers:
            raise Unreadable.damaged("a foreign document inside")
        return readers[format](data, self.limits).blocks

    def _path(self, id: str) -> str | None:
        """The part that bears this id; what lies outside the package has none."""
        folder, name = posixpath.split(self.main)
        relationships = self.package.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        for one in () if relationships is None else relationships:
            if one.get("Id") == id and one.get("TargetMode", "") != "External":
                target = one.get("Target", "")
                path = target if target.startswith("/") else posixpath.join(folder, target)
                return posixpath.normpath(path)
        return None


def _renumbered(table: Table, writer: Writer) -> Table:
    """A table with a number of the document it has come to."""
    number = writer.next_table()
    cells = tuple(_moved(cell, writer) for cell in table.cells)
    return replace(table, number=number, cells=cells)


def _moved(cell: Cell, writer: Writer) -> Cell:
    tables = tuple(_renumbered(table, writer) for table in cell.tables)
    return replace(cell, text=cell.text if writer.room(len(cell.text)) else "", tables=tables)
