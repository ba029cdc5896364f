"""Scanned pages to a document: words by OCR, tables by their ruled lines, and whether a red seal is to be seen.

Takes seconds a page, so it is done in the background only, for mails that have been answered. Needs the extra `ocr`.
"""

from bot.model import Document, Format
from bot.reading.limits import Limits
from bot.reading.ocr import glyphs_of, is_lying, upright, words_of
from bot.reading.page_layout import Pages
from bot.reading.page_strokes import strokes
from bot.reading.pictures import Picture, pictures
from bot.reading.seal import has_seal, without_red
from bot.reading.tables import Writer

_UPSIDE_DOWN = 0.8  # of 1: a page of which the recogniser is less sure may lie the other way round
_A4 = 842.0  # points of the longer side: what a picture shows is taken for a page of that size


def read_scan(data: bytes, format: Format, limits: Limits) -> Document:
    """The document in an image or in a PDF of pictures; raises `Unreadable`."""
    pages = Pages(Writer(limits))
    sealed = False
    count = 0
    for picture in pictures(data, format, limits):
        count += 1
        seal = has_seal(picture)
        sealed = sealed or seal
        _take(pages, count, without_red(picture) if seal else picture)
    pages.finish()
    margins = tuple(dict.fromkeys(pages.margins))
    return Document(tuple(pages.writer.blocks), images=count, pages=count, scanned=True, red_seal=sealed, margins=margins)


def _take(pages: Pages, number: int, picture: Picture) -> None:
    seen = words_of(picture)
    if is_lying(seen.words):
        picture = picture.transpose(1, 0, 2)[:, ::-1].copy()  # a quarter turn clockwise
        seen = words_of(picture)
    if seen.trust < _UPSIDE_DOWN:
        turned = picture[::-1, ::-1].copy()
        other = words_of(turned)
        if other.trust > seen.trust:
            picture, seen = turned, other
    picture, words = upright(picture, seen.words)
    scale = _A4 / max(picture.shape[:2])
    pages.take(number, picture.shape[0] * scale, glyphs_of(words, scale), strokes(picture, words, scale))
