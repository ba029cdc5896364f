"""Old Word documents for tests (MS-DOC), made byte by byte: what LibreOffice does not write, but Word does."""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.reading.ole_files import ole_of

_PAGE = 512
_TEXT_AT = 2 * _PAGE
SYMBOL, PICTURE, PAGE_BEFORE, SECTION_BREAK = 0x6A09, 0x6A03, 0x2407, 0x3009
Sprms = Mapping[int, bytes]


@dataclass(frozen=True)
class Styled:
    """Some text with its formatting of characters.

    `width` 1 puts it into a piece of 8 bits; `times` names that piece more than once.
    """

    text: str
    sprms: Sprms = field(default_factory=dict)
    width: int = 2
    times: int = 1


def doc(
    texts: Sequence[Styled],
    paragraphs: Mapping[int, Sprms] | None = None,
    fonts: Sequence[str] = ("宋体",),
    sections: Sequence[tuple[int, Sprms]] = (),
    data: bytes = b"",
    margins: int = 0,
) -> bytes:
    """A document of these texts; the last `margins` characters are headers and footers.

    `paragraphs` are told by the place of their first character, `sections` by where they end.
    """
    content = b"".join(one.text.encode("latin-1" if one.width == 1 else "utf-16-le") for one in texts)
    runs = _page_of([(_bytes(one), one.sprms) for one in texts], _characters)
    stops = _paragraph_lengths(texts)
    lines = _page_of([(size, (paragraphs or {}).get(at)) for at, size in stops], _paragraph)
    body = content.ljust(-(-len(content) // _PAGE) * _PAGE, b"\0")
    first = (_TEXT_AT + len(body)) // _PAGE
    tail = b"".join(_told(kind) for _, kind in sections)
    tables = {
        12: struct.pack("<III", _TEXT_AT, _TEXT_AT + len(content), first),
        13: struct.pack("<III", _TEXT_AT, _TEXT_AT + len(content), first + 1),
        15: _fonts(fonts),
        33: _pieces(texts),
    }
    if sections:
        tables[6] = _sections(sections, (first + 2) * _PAGE)
    table, places = b"", {}
    for number, part in tables.items():
        places[number] = (len(table), len(part))
        table += part
    head = _fib(places, sum(len(one.text) for one in texts) - margins, margins)
    stream = head.ljust(_TEXT_AT, b"\0") + body + runs + lines + tail
    return ole_of({"WordDocument": stream, "1Table": table, **({"Data": data} if data else {})})


def check_box(ticked: bool, touched: bool = True) -> bytes:
    """The data of a check box; `touched` by hand, or as it was made."""
    return _field_data(1, int(ticked) if touched else 25, struct.pack("<H", ticked))


def drop_down(entries: Sequence[str], chosen: int) -> bytes:
    """The data of a drop-down list."""
    texts = bytes(4) * 5
    listed = struct.pack("<HHH", 0xFFFF, len(entries), 0) + b"".join(_text(entry) for entry in entries)
    return _field_data(2, chosen, struct.pack("<H", 0) + texts + listed)


def _field_data(kind: int, result: int, rest: bytes) -> bytes:
    inner = struct.pack("<IHHH", 0xFFFFFFFF, kind | result << 2, 0, 20) + _text("名") + bytes(2) + rest
    return (struct.pack("<IH", 68 + len(inner), 68) + bytes(62)) + inner


def _text(text: str) -> bytes:
    return struct.pack("<H", len(text)) + text.encode("utf-16-le")


def _bytes(one: Styled) -> int:
    return len(one.text) * one.width


def _paragraph_lengths(texts: Sequence[Styled]) -> list[tuple[int, int]]:
    """First character and bytes of each paragraph."""
    found, start, size, at = [], 0, 0, 0
    for one in texts:
        for char in one.text:
            at, size = at + 1, size + one.width
            if char in "\r\f":
                found.append((start, size))
                start, size = at, 0
    return found


def _told(sprms: Sprms) -> bytes:
    grpprl = b"".join(sprm.to_bytes(2, "little") + operand for sprm, operand in sprms.items())
    return struct.pack("<H", len(grpprl)) + grpprl


def _characters(sprms: Sprms) -> bytes:
    grpprl = _told(sprms)[2:]
    return bytes([len(grpprl)]) + grpprl


def _paragraph(sprms: Sprms) -> bytes:
    grpprl = bytes(2) + _told(sprms)[2:]  # the number of its style before
    return b"\0" + bytes([-(-len(grpprl) // 2)]) + grpprl.ljust(-(-len(grpprl) // 2) * 2, b"\0")


def _page_of(runs: Sequence[tuple[int, Sprms | None]], written: Callable[[Sprms], bytes]) -> bytes:
    """A page of formatting: where each run begins, where it is told, and at its end what is told."""
    edges, entry = [_TEXT_AT], 1 if written is _characters else 13
    told, places, end = b"", [], _PAGE - 1
    for size, sprms in runs:
        edges.append(edges[-1] + size)
        place = 0
        if sprms:
            made = written(sprms)
            end = (end - len(made)) // 2 * 2
            place, told = end // 2, made.ljust(_PAGE - 1 - end - len(told), b"\0") + told
        places.append(bytes([place]) + bytes(entry - 1))
    head = struct.pack(f"<{len(edges)}I", *edges) + b"".join(places)
    return head.ljust(_PAGE - 1 - len(told), b"\0") + told + bytes([len(runs)])


def _fonts(names: Sequence[str]) -> bytes:
    made = b""
    for name in names:
        raw = (name + "\0").encode("utf-16-le")
        made += bytes([39 + len(raw)]) + bytes(39) + raw
    return struct.pack("<HH", len(names), 0) + made


def _pieces(texts: Sequence[Styled]) -> bytes:
    begins, told, at, place = [0], b"", 0, _TEXT_AT
    for one in texts:
        for _ in range(one.times):
            at += len(one.text)
            begins.append(at)
            told += struct.pack("<HIH", 0, place if one.width == 2 else place * 2 | 1 << 30, 0)
        place += _bytes(one)
    body = struct.pack(f"<{len(begins)}I", *begins) + told
    return b"\2" + struct.pack("<I", len(body)) + body


def _sections(sections: Sequence[tuple[int, Sprms]], place: int) -> bytes:
    begins, told = [0], b""
    for end, sprms in sections:
        begins.append(end)
        told += struct.pack("<HIHI", 0, place, 0, 0)
        place += len(_told(sprms))
    return struct.pack(f"<{len(begins)}I", *begins) + told


def _fib(places: Mapping[int, tuple[int, int]], characters: int, margins: int) -> bytes:
    base = struct.pack("<HHHHHHH", 0xA5EC, 0x00C1, 0, 0x0804, 0, 0x1200, 0x00BF).ljust(32, b"\0")
    words = struct.pack("<H", 14) + bytes(28)
    longs = struct.pack("<H", 22) + (bytes(12) + struct.pack("<III", characters, 0, margins)).ljust(88, b"\0")
    pairs = b"".join(struct.pack("<II", *places.get(number, (0, 0))) for number in range(93))
    return base + words + longs + struct.pack("<H", 93) + pairs
