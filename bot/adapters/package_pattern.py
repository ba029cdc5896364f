"""A Word document drawn once and filled in many times: marks in its text become words, its one marked row many rows.

Drawing a page with python-docx takes ten times as long as filling in what is different from one page to the next.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from docx.document import Document

from bot.adapters.packages import FixedZip, sealed
from bot.letters.lines import one_line

PICTURE = "word/media/image1.png"
"""The picture that the drawn row holds, as python-docx names the first one of a document."""

LONGEST = 2000
"""Characters of one value."""

_DOCUMENT = "word/document.xml"
_RELATIONS = "word/_rels/document.xml.rels"
_ROW = re.compile(r"<w:tr>(?:(?!</w:tr>).)*</w:tr>", re.DOTALL)
_EMBED = re.compile(r'r:embed="(\w+)"')
_DRAWING = re.compile(r'<wp:docPr id="\d+"')


def mark(name: str) -> str:
    """What stands in a drawn text where the value of this name comes: private characters, which no text from outside keeps."""
    return f"\ue000{name}\ue001"


@dataclass(frozen=True, slots=True)
class Row:
    """One row to be filled in: its values by name, and its picture (PNG)."""

    values: Mapping[str, str]
    picture: bytes


@dataclass(frozen=True, slots=True)
class Pattern:
    """A drawn document taken apart."""

    fixed: bytes  # the package without document, relations and picture
    before: str  # the document up to the marked row, the row, and what follows
    row: str
    after: str
    relations: str
    picture: str  # the id of the picture's relationship

    def filled(self, values: Mapping[str, str], rows: Sequence[Row]) -> bytes:
        """The document with these words and rows; the same bytes each time."""
        body = "".join(self._row(number, row) for number, row in enumerate(rows, 1))
        document = _put(self.before, values) + body + _put(self.after, values)
        result = io.BytesIO(self.fixed)
        with FixedZip(result, "a") as package:
            package.writestr(_DOCUMENT, document)
            package.writestr(_RELATIONS, self._related(len(rows)))
            for number, row in enumerate(rows, 1):
                package.writestr(_picture(number), row.picture)
        return result.getvalue()

    def _row(self, number: int, row: Row) -> str:
        """The row with its own picture; ids of drawings are unique in a document (ISO/IEC 29500-1, 20.4.2.5)."""
        embedded = self.row.replace(f'r:embed="{self.picture}"', f'r:embed="{self._id(number)}"')
        return _put(_DRAWING.sub(f'<wp:docPr id="{number}"', embedded), row.values)

    def _related(self, rows: int) -> str:
        """The relationships with one for each picture; the drawn one is the first row's."""
        (one,) = re.findall(rf'<Relationship [^>]*Id="{self.picture}"[^>]*/>', self.relations)
        every = [
            one.replace(f'Id="{self.picture}"', f'Id="{self._id(number)}"').replace("image1.png", f"image{number}.png")
            for number in range(1, rows + 1)
        ]
        return self.relations.replace(one, "".join(every))

    def _id(self, number: int) -> str:
        return self.picture if number == 1 else f"{self.picture}p{number}"


def pattern_of(document: Document) -> Pattern:
    """A drawn document with marks, of which one table row holds marks and a picture, made ready to be filled in."""
    drawn = io.BytesIO()
    document.save(drawn)
    with zipfile.ZipFile(drawn) as package:
        text, relations = package.read(_DOCUMENT).decode(), package.read(_RELATIONS).decode()
    (found,) = [row for row in _ROW.finditer(text) if "\ue000" in row[0]]
    (picture,) = _EMBED.findall(found[0])
    fixed = sealed(drawn.getvalue(), without=(_DOCUMENT, _RELATIONS, PICTURE))
    return Pattern(fixed, text[: found.start()], found[0], text[found.end() :], relations, picture)


def _picture(number: int) -> str:
    return PICTURE.replace("1", str(number))


def _put(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(mark(name), escape(one_line(value, LONGEST)))
    return text
