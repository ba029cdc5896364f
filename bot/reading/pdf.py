"""PDF through pdfium: characters with their boxes and the strokes of tables; `page_layout.py` makes blocks of them."""

import ctypes
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as raw

from bot.model import Document
from bot.reading.limits import Limits
from bot.reading.page_grid import Rule
from bot.reading.page_layout import Glyph, Pages
from bot.reading.tables import Writer
from bot.reading.unreadable import Unreadable

_STRAIGHT = 1.5  # points a line may lean and still be a rule
_FEW = 8  # characters: a page with fewer and with a picture is a scan
_SEGMENTS = 20_000  # of the paths of one page


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
        return _read(pdf, limits)
    finally:
        pdf.close()


def _read(pdf: pypdfium2.PdfDocument, limits: Limits) -> Document:
    pages = Pages(Writer(limits))
    images = characters = opened = 0
    count = len(pdf)
    for number in range(min(count, limits.pages)):
        try:
            page = pdf[number]
        except pypdfium2.PdfiumError:
            # A page tree may promise more pages than it holds, and no reader shows one that is broken: the others are read.
            continue
        opened += 1
        glyphs = _glyphs(page, limits.document_characters - characters)
        rules, pictures = _strokes(page)
        images += pictures
        characters += len(glyphs)
        pages.take(number + 1, page.get_height(), glyphs, rules)
        page.close()
    pages.finish()
    if not opened:
        raise Unreadable.damaged("no pages")
    scanned = images > 0 and characters < _FEW * count
    margins = tuple(dict.fromkeys(pages.margins))
    return Document(tuple(pages.writer.blocks), images=images, pages=count, scanned=scanned, margins=margins)


def _glyphs(page: pypdfium2.PdfPage, most: int) -> list[Glyph]:
    """The characters of a page; what lies outside it or shows nothing is left away."""
    text_page = page.get_textpage()
    width, height = page.get_size()
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    glyphs: list[Glyph] = []
    for index in range(min(text_page.count_chars(), max(most, 0))):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if code <= 0x20 or code in (0xA0, 0xAD, 0x3000, 0xFFFE, 0xFFFF) or (0xDC00 <= code < 0xE000 and not glyphs):
            continue
        if not raw.FPDFText_GetLooseCharBox(text_page, index, reference):
            continue
        if 0xDC00 <= code < 0xE000:
            glyphs[-1] = _with_low_half(glyphs[-1], code)
        elif -1 <= box.left <= width + 1 and -1 <= box.bottom <= height + 1:
            glyphs.append(Glyph(chr(code), box.left, height - box.top, box.right, height - box.bottom))
    text_page.close()
    return glyphs


def _with_low_half(glyph: Glyph, code: int) -> Glyph:
    """pdfium gives UTF-16 units: a character beyond the first plane comes as two."""
    pair = (glyph.text[-1] + chr(code)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return Glyph(pair, glyph.x0, glyph.y0, glyph.x1, glyph.y1)


def _strokes(page: pypdfium2.PdfPage) -> tuple[list[Rule], int]:
    """The straight lines of a page, and how many pictures it has."""
    rules: list[Rule] = []
    pictures = 0
    _, height = page.get_size()
    for item in page.get_objects(max_depth=2):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif item.type == raw.FPDF_PAGEOBJ_PATH and len(rules) < _SEGMENTS:
            rules += _lines_of(item.raw, height)
    return rules, pictures


def _lines_of(path: "raw.FPDF_PAGEOBJECT", height: float) -> Iterator[Rule]:
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
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            height - (matrix.b * x.value + matrix.d * y.value + matrix.f),
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
