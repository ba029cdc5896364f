"""The tables beside the text of an old Word document (MS-DOC 2.4 and 2.8): where its characters lie and what is said of them.

Every number in them comes from outside. What leads out of the file raises IndexError, ValueError or struct.error.
"""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import olefile

_PAGE = 512  # bytes of a page of formatting (MS-DOC 2.9.33, 2.9.174)
_LENGTHS_AT = 0x4C  # how many characters each part of the text has: ccpText and what follows it (MS-DOC 2.5.4)
_TABLES_AT = 0x9A  # where the pairs of place and length begin in the FIB (MS-DOC 2.5.6)
_SECTIONS, _CHARACTERS, _PARAGRAPHS, _FONTS, _PIECES = 6, 12, 13, 15, 33  # which pair it is
_OTHER_TABLE = 0x0200  # fWhichTblStm
_EIGHT_BIT = 1 << 30  # fCompressed of a piece
_OPERANDS = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes by the top three bits of a sprm; 6 tells its own length
_DEFINE_TABLE = 0xD608  # its length has two bytes
_CHANGE_TABS = 0xC615
_MOST_SECTIONS = 2000
_SECTION_BREAK = 0x3009  # sprmSBkc: 0 is continuous
Properties = Mapping[int, bytes]
"""What is said of a stretch of text: operands by sprm (MS-DOC 2.6)."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the stream that is formatted alike: places of bytes, the end not included."""

    start: int
    end: int
    properties: Properties


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that lie side by side: from character `start` on, at byte `place`, each `width` bytes wide."""

    start: int
    end: int
    place: int
    width: int


class Pieces:
    """All characters of a document in their order, whatever order their bytes have in the stream."""

    def __init__(self, stream: bytes, pieces: list[Piece]) -> None:
        self._pieces = pieces
        self._starts = [piece.start for piece in pieces]
        self._by_place = sorted(pieces, key=lambda piece: piece.place)
        self._places = [piece.place for piece in self._by_place]
        self.text = "".join(_decoded(stream, piece) for piece in pieces)

    def spot(self, character: int) -> tuple[int, int]:
        """Byte and width of a character."""
        piece = self._pieces[bisect_right(self._starts, character) - 1]
        return piece.place + (character - piece.start) * piece.width, piece.width

    def at(self, place: int) -> int | None:
        """Which character the byte at this place begins, None where no text lies."""
        index = bisect_right(self._places, place) - 1
        piece = self._by_place[index]
        character = piece.start + (place - piece.place) // piece.width
        return character if index >= 0 and character < piece.end else None


class Tables:
    """The tables of one document, each read when it is asked for."""

    def __init__(self, stream: bytes, table: bytes, pictures: bytes) -> None:
        self.stream = stream
        self.pictures = pictures  # the Data stream
        self._table = table
        self.pieces = Pieces(stream, self._pieces())

    @classmethod
    def of(cls, ole: "olefile.OleFileIO[str]") -> "Tables":
        """Those of an opened file; whatever the library raises over a damaged one."""
        stream = ole.openstream("WordDocument").read()
        (flags,) = struct.unpack_from("<H", stream, 0x0A)
        table = ole.openstream("1Table" if flags & _OTHER_TABLE else "0Table").read()
        return cls(stream, table, ole.openstream("Data").read() if ole.exists("Data") else b"")

    @cached_property
    def characters(self) -> list[Run]:
        """Formatting of characters, in the order of the stream; runs of which nothing is said are left away."""
        return [*self._runs(_CHARACTERS, 1, 0)]

    @cached_property
    def paragraphs(self) -> list[Run]:
        """Formatting of paragraphs, likewise."""
        return [*self._runs(_PARAGRAPHS, 13, 2)]

    @cached_property
    def margins(self) -> str:
        """Headers and footers: their text follows that of the document and its footnotes (MS-DOC 2.4.1)."""
        text, notes, margins = struct.unpack_from("<III", self.stream, _LENGTHS_AT)
        return self.pieces.text[text + notes : text + notes + margins]

    @cached_property
    def fonts(self) -> list[str]:
        """The names of the fonts in the order in which they are referred to (MS-DOC 2.9.286, 2.9.87)."""
        data = self._part(_FONTS)
        names, at = list[str](), 4
        (count,) = struct.unpack_from("<H", data, 0)
        for _ in range(count):
            name = data[at + 40 : at + 1 + data[at]].decode("utf-16-le", "replace")
            names.append(name.partition("\0")[0])
            at += 1 + data[at]
        return names

    @cached_property
    def continuous(self) -> frozenset[int]:
        """The characters with which sections begin that begin on no new page."""
        data = self._part(_SECTIONS)
        count = max(len(data) - 4, 0) // 16
        begins = struct.unpack_from(f"<{count}I", data, 0)
        found = set()
        for index, begin in enumerate(begins[:_MOST_SECTIONS]):
            (place,) = struct.unpack_from("<I", data, 4 * (count + 1) + 12 * index + 2)
            if place < len(self.stream):
                (size,) = struct.unpack_from("<H", self.stream, place)
                kind = properties(self.stream[place + 2 : place + 2 + size]).get(_SECTION_BREAK, b"\2")
                found |= {begin} if kind == b"\0" else set()
        return frozenset(found)

    def _part(self, number: int) -> bytes:
        place, size = struct.unpack_from("<II", self.stream, _TABLES_AT + 8 * number)
        return self._table[place : place + size]

    def _pieces(self) -> list[Piece]:
        data, at = self._part(_PIECES), 0
        while data[at] == 1:  # formatting that pieces share
            at += 3 + int(struct.unpack_from("<H", data, at + 1)[0])
        count = (int(struct.unpack_from("<I", data, at + 1)[0]) - 4) // 12
        begins = struct.unpack_from(f"<{count + 1}I", data, at + 5)
        pieces: list[Piece] = []
        for index in range(count):
            (place,) = struct.unpack_from("<I", data, at + 5 + 4 * (count + 1) + 8 * index + 2)
            start, end = begins[index], begins[index + 1]
            width = 1 if place & _EIGHT_BIT else 2
            place = (place & ~_EIGHT_BIT) // (2 if width == 1 else 1)
            if end < start or place + (end - start) * width > len(self.stream):
                raise ValueError("a piece lies outside the file")
            pieces.append(Piece(start, end, place, width))
        if begins[-1] > len(self.stream):  # pieces lie on one another: a bomb
            raise ValueError("more text than the file has bytes")
        return pieces

    def _runs(self, number: int, entry: int, skipped: int) -> Iterator[Run]:
        """The runs on all pages that a table names; an entry of a page has so many bytes, the first is where it is told."""
        data = self._part(number)
        told = max(len(data) - 4, 0) // 8
        count = min(told, len(self.stream) // _PAGE)  # no page is named twice
        for place in struct.unpack_from(f"<{count}I", data, 4 * (told + 1)):
            page = self.stream[place * _PAGE : (place + 1) * _PAGE]
            runs = page[_PAGE - 1]
            edges = struct.unpack_from(f"<{runs + 1}I", page, 0)
            for index in range(runs):
                at = 2 * page[4 * (runs + 1) + entry * index]
                if at:
                    yield Run(edges[index], edges[index + 1], properties(_told(page, at, skipped)))


def _told(page: bytes, at: int, skipped: int) -> bytes:
    """What a page says at this place: a length and so many bytes; of a paragraph in words, after the number of its style."""
    if not skipped:
        return page[at + 1 : at + 1 + page[at]]
    size = 2 * page[at] - 1 if page[at] else 2 * page[at + 1]
    at += 1 if page[at] else 2
    return page[at + skipped : at + size]


def properties(data: bytes) -> Properties:
    """The operands of a list of sprms; of one that comes twice the last."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 2 < len(data):
        sprm = data[at] | data[at + 1] << 8
        at += 2
        size = _OPERANDS.get(sprm >> 13, 0)
        if sprm == _DEFINE_TABLE:
            size = 1 + int.from_bytes(data[at : at + 2], "little")
        elif sprm >> 13 == 6:
            size = 1 + data[at]
            if sprm == _CHANGE_TABS and data[at] == 255:
                return found  # its length is told elsewhere; what follows it is not needed
        found[sprm] = data[at : at + size]
        at += size
    return found


def _decoded(stream: bytes, piece: Piece) -> str:
    """One character for each unit, so that they can be counted."""
    data = stream[piece.place : piece.place + (piece.end - piece.start) * piece.width]
    if piece.width == 1:
        return data.decode("latin-1")
    text = data.decode("utf-16-le", "surrogatepass")
    return text if 2 * len(text) == len(data) else "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))
