"""Writes comments into a copy of a Word document, at the cells and paragraphs the reader counts; its text stays as it was.

`python -m bot.adapters.annotating` does it to hostile documents within limits: started and watched by `annotate.py`.
"""

import io
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import docx
import msgspec
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from bot.adapters.packages import sealed
from bot.model import Place, Table
from bot.ports import Remark
from bot.reading.confine import confine, grant
from bot.reading.docx import read_docx
from bot.reading.docx_body import Body
from bot.reading.limits import Limits
from bot.reading.package import Package, local
from bot.reading.tables import LooseCell
from bot.reading.unreadable import Unreadable
from bot.reading.wire import Kind, decode_setup, frame, receive

LARGEST = 12 * 1024 * 1024
"""Bytes of an annotated copy; a form is a hundredth of it."""

_ACTIVE = ("vbaproject", "activex", "embeddings/", "afchunk", "attachedtoolbars")
"""Parts of a document that run or unpack something: what came to us with them does not leave in our name."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to write into the document whose bytes follow. `when` becomes the date of the comments."""

    remarks: tuple[Remark, ...]
    author: str
    when: datetime


class NotAnnotatedError(Exception):
    """This document gets no comments; the message says why."""


def annotated(data: bytes, job: Job, limits: Limits) -> bytes:
    """The document with its comments, the same bytes each time; raises `NotAnnotatedError` or `Unreadable`."""
    before = read_docx(data, limits)
    _refuse_active(data, limits)
    document = docx.Document(io.BytesIO(data))
    found = _Located(limits)
    found.read(document.element)
    for remark in job.remarks:
        comment = document.comments.add_comment(remark.text, author=job.author, initials=job.author[:1])
        comment._comment_elm.date = job.when.astimezone(UTC)
        _mark(found.paragraphs_at(remark.place), comment.comment_id)
    buffer = io.BytesIO()
    document.save(buffer)
    result = sealed(buffer.getvalue())
    if read_docx(result, limits) != before:
        raise NotAnnotatedError("its text would not stay the same")
    if len(result) > LARGEST:
        raise NotAnnotatedError("the copy is too large")
    return result


def _refuse_active(data: bytes, limits: Limits) -> None:
    """Only plain documents: nothing that runs, nothing that is fetched from elsewhere when it is opened."""
    package = Package(data, limits)
    for name in package.names():
        if any(word in name for word in _ACTIVE):
            raise NotAnnotatedError("it holds active parts")
        if name.endswith(".rels"):
            root = package.xml(name)
            for relation in () if root is None else root:
                kind = relation.get("Type", "").rpartition("/")[2]
                if relation.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
                    raise NotAnnotatedError("it refers to a file elsewhere")


# --- where --------------------------------------------------------------------------------------------------------------


class _Located(Body):
    """The reader of bodies, which also remembers the elements it counts."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self._cells: dict[tuple[int, int, int], etree._Element] = {}
        self._numbered: dict[int, etree._Element] = {}
        self._all: list[etree._Element] = []
        self._open: list[list[int]] = []  # number and row of the tables around

    def paragraphs_at(self, place: Place) -> Sequence[etree._Element]:
        """The paragraphs of the cell or paragraph meant; the document's first where no place is told."""
        cell = self._cells.get((place.table or 0, place.row or 0, place.column or 0))
        if cell is not None and (inside := list(_own_paragraphs(cell))):
            return inside
        numbered = self._numbered.get(place.paragraph or 0)
        if numbered is not None:
            return [numbered]
        first = next((p for cell in self._cells.values() for p in _own_paragraphs(cell)), None)
        if place.paragraph is None and place.table is None and self._numbered:
            first = min(self._numbered.items())[1]
        if first is None:
            raise NotAnnotatedError("it has no paragraph to write at")
        return [first]

    def _paragraph(self, element: etree._Element) -> None:
        super()._paragraph(element)
        self._numbered.setdefault(self.writer.paragraphs, element)

    def _table(self, element: etree._Element) -> Table:
        self._open.append([self.writer.tables + 1, 0])
        table = super()._table(element)
        self._open.pop()
        return table

    def _row(self, row: etree._Element) -> list[LooseCell]:
        self._open[-1][1] += 1
        return super()._row(row)

    def _cell(self, element: etree._Element, column: int) -> tuple[LooseCell, bool]:
        table, row = self._open[-1]
        self._cells.setdefault((table, row, column), element)
        return super()._cell(element, column)


def _own_paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs of a cell itself, not those of tables or text boxes within it."""
    for paragraph in cell.iter(qn("w:p")):
        around = next(a for a in paragraph.iterancestors() if local(a.tag) in ("tc", "txbxContent", "Fallback"))
        if around is cell:
            yield paragraph


# --- marks --------------------------------------------------------------------------------------------------------------


def _mark(paragraphs: Sequence[etree._Element], id: int) -> None:
    """Put a comment's range around paragraphs (ECMA-376 part 1, 17.13.4): from before their text to behind it."""
    first, last = paragraphs[0], paragraphs[-1]
    properties = first.find(qn("w:pPr"))
    first.insert(0 if properties is None else first.index(properties) + 1, _element("w:commentRangeStart", id))
    run = OxmlElement("w:r")
    style = OxmlElement("w:rPr")
    style.append(OxmlElement("w:rStyle", {qn("w:val"): "CommentReference"}))
    run.append(style)
    run.append(_element("w:commentReference", id))
    last.append(_element("w:commentRangeEnd", id))
    last.append(run)


def _element(name: str, id: int) -> etree._Element:
    return OxmlElement(name, {qn("w:id"): str(id)})


# --- the process --------------------------------------------------------------------------------------------------------


def main() -> int:
    """Take jobs with their documents until the input ends; give each copy, or nothing for a document that gets none."""
    source, out = sys.stdin.buffer, os.dup(1)
    # What libraries print must not get between the frames: standard output is taken away from them.
    os.dup2(2, 1)
    first = receive(source.read)
    if first is None or first[0] is not Kind.SETUP:
        return 2
    limits = decode_setup(first[1]).limits
    confine(limits, LARGEST)
    while receive(source.read) is not None:
        content = receive(source.read)
        if content is None:
            break
        grant(limits)
        data = memoryview(frame(Kind.DONE, _answer(content[1], limits)))
        while data:
            data = data[os.write(out, data) :]
    return 0


def _answer(content: bytes, limits: Limits) -> bytes:
    """The copy, empty when there is none. Whatever else a library raises over hostile bytes ends this process."""
    head, _, data = content.partition(b"\n")
    try:
        return annotated(data, msgspec.json.decode(head, type=Job), limits)
    except (NotAnnotatedError, Unreadable):
        return b""


if __name__ == "__main__":
    sys.exit(main())
