"""What an old Word document shows where no character says it: page breaks, symbols, check boxes, lists, formulas.

In the text of a .doc they are control characters or stand-ins, explained in tables beside it (MS-DOC). Before the text is
read, each is overwritten in place with a character that the document does not use, and told apart again afterwards.
"""

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO

import olefile

from bot.reading.doc_form_fields import entered
from bot.reading.doc_nested import BEGINNINGS, table_marks
from bot.reading.doc_tables import Pieces, Run, Tables
from bot.reading.overstrikes import formula
from bot.reading.symbols import is_symbol_font, shown

PAGE_BREAK = "\f"
"""Stands before the first character of a page."""

_SYMBOL = 0x6A09  # sprmCSymbol: number of the font, code of the character
_FONTS_OF = (0x4A4F, 0x4A51)  # sprmCRgFtc0 and sprmCRgFtc2: numbers of the fonts a run is set in
_UNSHOWN = (0x0800, 0x083C)  # sprmCFRMarkDel, sprmCFVanish: deleted but still there, hidden
_ON = b"\1"
_PICTURE = 0x6A03  # sprmCPicLocation: place in the Data stream
_PAGE_BEFORE = 0x2407  # sprmPFPageBreakBefore
_FORM_FIELD = re.compile("\x13[ \u00a0]*FORM(?:CHECKBOX|DROPDOWN)[^\x13\x15]{0,60}\x15")
_FORMULA = re.compile("\x13([ \u00a0]*[Ee][Qq][ \u00a0][^\x13-\x15]{0,500})(?:\x14[^\x13-\x15]{0,500})?\x15")
_INSTRUCTION = re.compile("\x13[^\x13-\x15]*\x14?")
_CONTROLS = re.compile("[\x00-\x06\x08\x0e-\x1f]")
_SHOWN = re.compile("[^\x00-\x20\u00a0\u3000\ud800-\udfff]")
_MOST_SYMBOLS = 1000  # side by side
_MOST_UNSHOWN = 100_000  # side by side
_FARTHEST = 400  # characters behind a break in which the first one of the page is looked for
_WIDE = "".join(map(chr, range(0xE000, 0xE800)))
"""Marks for text of 16 bits: characters of private use."""
_NARROW = "~^`|{}\\_=<>#$@+*&%;![]?'QZXJqzxj"
"""Marks for text of 8 bits: what every code page has at the same place."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A document with marks in its text, what each of them shows, and the lines of its headers and footers."""

    data: bytes
    meanings: Mapping[str, str] = field(default_factory=dict)
    margins: tuple[str, ...] = ()

    def shown(self, text: str) -> str:
        """A text that was read from it, as Word shows it; `PAGE_BREAK` before what begins a page."""
        return "".join(self.meanings.get(char, char) for char in text) if self.meanings else text


def marked(data: bytes) -> Marked:
    """The document with its marks; one whose tables are damaged as it is, for its reader to say what can be had of it."""
    copy = BytesIO(data)
    try:
        with olefile.OleFileIO(copy, write_mode=True) as ole:
            pen = _Pen(Tables.of(ole))
            for character, meaning in _meanings(pen.tables):
                pen.mark(character, meaning)
            if pen.meanings:
                ole.write_stream("WordDocument", bytes(pen.stream))
            return Marked(copy.getvalue(), pen.meanings, tuple(_margins(pen.tables)))
    except Exception:  # olefile over hostile bytes raises anything, and its tables lead anywhere
        return Marked(data)


class _Pen:
    """Overwrites characters in place; `meanings` says what each mark stands for."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.stream = bytearray(tables.stream)
        self.meanings: dict[str, str] = {}
        self._used = set(tables.pieces.text)
        self._marks: dict[tuple[int, str], str] = {}
        self._written: dict[int, str] = {}

    def mark(self, character: int, meaning: str) -> None:
        """Let this character show something else; what begins here stands before what it showed until now."""
        if meaning == PAGE_BREAK or meaning[:1] in BEGINNINGS:
            meaning += self._written.get(character, self.tables.pieces.text[character])
        place, width = self.tables.pieces.spot(character)
        mark = self._marks.get((width, meaning)) or self._new(width, meaning)
        if mark:
            self._written[character] = meaning
            self.stream[place : place + width] = ord(mark).to_bytes(width, "little")

    def _new(self, width: int, meaning: str) -> str:
        """A mark that the document does not use; "" when all are used up."""
        found = next((char for char in (_WIDE if width == 2 else _NARROW) if char not in self._used), "")
        if found:
            self._used.add(found)
            self.meanings[found] = meaning
            self._marks[width, meaning] = found
        return found


def _meanings(tables: Tables) -> Iterator[tuple[int, str]]:
    """Which characters show something else, page breaks last."""
    yield from _symbols(tables)
    yield from table_marks(tables)
    for match in _FORM_FIELD.finditer(tables.pieces.text):
        value = _field_value(tables, match.start(), match.end())
        if value is not None:
            yield from _instead(match, value)
    for match in _FORMULA.finditer(tables.pieces.text):
        yield from _instead(match, formula(match[1]))
    yield from _unshown(tables)
    for character in _page_breaks(tables):
        first = _SHOWN.search(tables.pieces.text, character, character + _FARTHEST)
        if first:
            yield first.start(), PAGE_BREAK


def _margins(tables: Tables) -> Iterator[str]:
    """The lines of headers and footers, each once; fields as what they show."""
    text = _CONTROLS.sub("", _INSTRUCTION.sub("", tables.margins))
    lines = dict.fromkeys(line.strip() for line in re.split("[\x07\x0b-\r]", text))
    return (line for line in lines if line)


def _instead(match: re.Match[str], value: str) -> Iterator[tuple[int, str]]:
    """A value in place of all that was matched."""
    yield match.start(), value
    yield from ((character, "") for character in range(match.start() + 1, match.end()))


def _symbols(tables: Tables) -> Iterator[tuple[int, str]]:
    """Symbols put in from another font, for which a “(” stands in the text."""
    for run in tables.characters:
        told = run.properties.get(_SYMBOL)
        if told is not None:
            number, code = struct.unpack("<HH", told)
            for character in _characters(tables.pieces, run, _MOST_SYMBOLS):
                yield character, shown(tables.fonts[number], chr(code))
        elif font := _symbol_font(tables, run):
            for character in _characters(tables.pieces, run, _MOST_SYMBOLS):
                written = tables.pieces.text[character]
                if written > " " and shown(font, written) != written:
                    yield character, shown(font, written)


def _symbol_font(tables: Tables, run: Run) -> str:
    """The font of a run in which letters are marks (“R” of Wingdings 2 is a ticked box), "" for any other."""
    for sprm in _FONTS_OF:
        told = run.properties.get(sprm)
        number = -1 if told is None else int.from_bytes(told, "little")
        if 0 <= number < len(tables.fonts) and is_symbol_font(tables.fonts[number]):
            return tables.fonts[number]
    return ""


def _unshown(tables: Tables) -> Iterator[tuple[int, str]]:
    """Characters that were deleted while changes were tracked, and hidden ones; what ends a paragraph or cell stays."""
    for run in tables.characters:
        if any(run.properties.get(sprm) == _ON for sprm in _UNSHOWN):
            for character in _characters(tables.pieces, run, _MOST_UNSHOWN):
                if tables.pieces.text[character] >= " ":
                    yield character, ""


def _characters(pieces: Pieces, run: Run, most: int) -> Iterator[int]:
    first, last = pieces.at(run.start), pieces.at(run.end - 1)
    return iter(() if first is None or last is None else range(first, min(last + 1, first + most)))


def _field_value(tables: Tables, start: int, end: int) -> str | None:
    """What a form field shows; where its data lie is said of the one picture character in it."""
    picture = tables.pieces.text.find("\x01", start, end)
    if picture < 0:
        return None
    place, _ = tables.pieces.spot(picture)
    runs = tables.characters
    run = runs[bisect_right(runs, place, key=lambda run: run.start) - 1]
    told = run.properties.get(_PICTURE) if run.start <= place < run.end else None
    return None if told is None else entered(tables.pictures, int.from_bytes(told, "little"))


def _page_breaks(tables: Tables) -> Iterator[int]:
    """The characters with which pages begin by the author's will."""
    text = tables.pieces.text
    at = text.find("\f")
    while at >= 0:
        if at + 1 not in tables.continuous:
            yield at + 1
        at = text.find("\f", at + 1)
    for run in tables.paragraphs:
        if run.properties.get(_PAGE_BEFORE) == b"\1":
            character = tables.pieces.at(run.start)
            if character:
                yield character
