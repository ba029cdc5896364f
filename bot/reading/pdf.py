"""PDF through pdfium: characters with their boxes and the strokes of tables; `page_layout.py` makes blocks of them.

A page is taken as it is shown: turned, cut to its visible part, with what was written into its form fields and notes.
"""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

import pypdfium2
import pypdfium2.raw as raw

from bot.model import Document
from bot.reading.limits import Limits
from bot.reading.page_grid import Rule
from bot.reading.page_layout import Glyph, Pages
from bot.reading.symbols import guessed, shown
from bot.reading.tables import Writer
from bot.reading.unreadable import Unreadable

_STRAIGHT = 1.5  # points a line may lean and still be a rule
_FEW = 8  # characters: a page with fewer and with a picture is a scan
_SEGMENTS = 20_000  # of the paths of one page
_MAY_BE_MARKS = frozenset(map(ord, "OPQRST*nopqrux\u00a3\u00a8\u00fb\u00fc\u00fd\u00fe"))
"""Of the characters that Wingdings shows as boxes and ticks those under which the font of each is asked for."""
_WINGDINGS = re.compile(r"wingdings[ -]?([23]?)")
_HYPHENS = (0x02, 0xFFFE)  # what pdfium makes of a hyphen at a line's end; behind a Chinese character it is one (6日-8日)


def read_pdf(data: bytes, limits: Limits) -> Document:
    """The document; `scanned` when there are pictures but no text. Raises `Unreadable`."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        message = str(error).lower()
        if "password" in message or "security" in message:
            raise Unreadable.encrypted() from error
        raise Unreadable.damaged("pdf") from error
    try:
        if pdf.get_formtype() != raw.FORMTYPE_NONE:
            pdf.init_forms()  # gives fields that were filled in by a program without drawing them a look
        return _read(pdf, limits)
    finally:
        pdf.close()


def _read(pdf: pypdfium2.PdfDocument, limits: Limits) -> Document:
    pages = Pages(Writer(limits))
    images = characters = opened = 0
    count = len(pdf)
    for number in range(min(count, limits.pages)):
        try:
            page = _shown(pdf, number)
        except pypdfium2.PdfiumError:
            # A page tree may promise more pages than it holds, and no reader shows one that is broken: the others are read.
            continue
        opened += 1
        frame = _Frame.of(page)
        glyphs = _glyphs(page, frame, limits.document_characters - characters)
        rules, pictures = _strokes(page, frame)
        images += pictures
        characters += len(glyphs)
        pages.take(number + 1, frame.height, glyphs, rules)
        page.close()
    pages.finish()
    if not opened:
        raise Unreadable.damaged("no pages")
    scanned = images > 0 and characters < _FEW * count
    margins = tuple(dict.fromkeys(pages.margins))
    return Document(tuple(pages.writer.blocks), images=images, pages=count, scanned=scanned, margins=margins)


def _shown(pdf: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    """The page with its annotations and form fields drawn into it; what they show is not among its characters otherwise."""
    page = pdf[number]
    if not raw.FPDFPage_GetAnnotCount(page) or raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return page
    page.close()
    return pdf[number]


@dataclass(frozen=True, slots=True)
class _Frame:
    """How a page is shown: its visible part, turned by quarters; x to the right, y downwards from its corner, in points."""

    width: float
    height: float
    x: tuple[float, float, float]  # factors of the two coordinates, and what is added
    y: tuple[float, float, float]

    @classmethod
    def of(cls, page: pypdfium2.PdfPage) -> Self:
        """That of this page."""
        left, bottom, right, top = page.get_bbox()
        across, down = right - left, top - bottom
        match page.get_rotation():
            case 90:
                return cls(down, across, (0, 1, -bottom), (1, 0, -left))
            case 180:
                return cls(across, down, (-1, 0, right), (0, 1, -bottom))
            case 270:
                return cls(down, across, (0, -1, top), (-1, 0, right))
            case _:
                return cls(across, down, (1, 0, -left), (0, -1, top))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as it is shown."""
        return self.x[0] * x + self.x[1] * y + self.x[2], self.y[0] * x + self.y[1] * y + self.y[2]

    def glyph(self, text: str, box: raw.FS_RECTF, apart: bool) -> Glyph:
        """A character with its box as it is shown."""
        one, other = self.point(box.left, box.bottom), self.point(box.right, box.top)
        (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        return Glyph(text, x0, y0, x1, y1, apart)

    def holds(self, glyph: Glyph) -> bool:
        """Whether anything of it is to be seen."""
        return -1 <= glyph.x0 <= self.width + 1 and -1 <= glyph.y1 <= self.height + 1


def _glyphs(page: pypdfium2.PdfPage, frame: _Frame, most: int) -> list[Glyph]:
    """The characters of a page; what lies outside it or shows nothing is left away."""
    text_page = page.get_textpage()
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    glyphs: list[Glyph] = []
    apart = False
    for index in range(min(text_page.count_chars(), max(most, 0))):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code in _HYPHENS and glyphs and not glyphs[-1].text.isascii():
            code = ord("-")
        if code <= 0x20 or code in (0xA0, 0xAD, 0x3000, 0xFFFE, 0xFFFF) or (0xDC00 <= code < 0xE000 and not glyphs):
            apart |= code in (0x20, 0xA0)
            continue
        if not raw.FPDFText_GetLooseCharBox(text_page, index, reference):
            continue
        if 0xDC00 <= code < 0xE000:
            glyphs[-1] = _with_low_half(glyphs[-1], code)
        elif frame.holds(glyph := frame.glyph(_shown_as(text_page, index, code), box, apart)) and glyph.text:
            glyphs.append(glyph)
        apart = False
    text_page.close()
    return glyphs


def _shown_as(text_page: pypdfium2.PdfTextPage, index: int, code: int) -> str:
    """A character as it shows: in Wingdings letters are marks, which forms are ticked with."""
    is_private = 0xF020 <= code <= 0xF0FF
    if code not in _MAY_BE_MARKS and not is_private:
        return chr(code)
    font = _WINGDINGS.search(_font_of(text_page, index))
    if font is not None:
        return shown(f"wingdings {font[1]}".strip(), chr(code))
    return guessed(chr(code)) if is_private else chr(code)


def _font_of(text_page: pypdfium2.PdfTextPage, index: int) -> str:
    """The name of the font in which a character is set, in lower case."""
    buffer = ctypes.create_string_buffer(128)
    length = raw.FPDFText_GetFontInfo(text_page, index, buffer, len(buffer), None)
    return buffer.raw[: min(length, len(buffer))].decode("latin-1").strip("\0").lower()


def _with_low_half(glyph: Glyph, code: int) -> Glyph:
    """pdfium gives UTF-16 units: a character beyond the first plane comes as two."""
    pair = (glyph.text[-1] + chr(code)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return replace(glyph, text=pair)


def _strokes(page: pypdfium2.PdfPage, frame: _Frame) -> tuple[list[Rule], int]:
    """The straight lines of a page, and how many pictures it has."""
    rules: list[Rule] = []
    pictures = 0
    for item in page.get_objects(max_depth=2):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif item.type == raw.FPDF_PAGEOBJ_PATH and len(rules) < _SEGMENTS:
            rules += _lines_of(item.raw, frame)
    return rules, pictures


def _lines_of(path: "raw.FPDF_PAGEOBJECT", frame: _Frame) -> Iterator[Rule]:
    """The axis-parallel segments of one path, in page coordinates with y downwards."""
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    start: tuple[float, float] | None = None
    last: tuple[float, float] | None = None
    for index in range(min(raw.FPDFPath_CountSegments(path), _SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        point = frame.point(
            matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f
        )
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None:
            yield from _rule(last, point)
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            yield from _rule(point, start)
        last = point


def _rule(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if (x1 - x0 <= _STRAIGHT) != (y1 - y0 <= _STRAIGHT):
        yield Rule(x0, y0, x1, y1)
