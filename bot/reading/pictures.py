"""Scans as pictures: image files decoded and PDF pages drawn, as arrays of blue, green and red, of a bearable size.

Needs the extra `ocr` (OpenCV, NumPy); nothing here is imported where it is not installed.
"""

import os
from collections.abc import Iterator
from typing import Any

from bot.model import Format
from bot.reading.limits import Limits
from bot.reading.unreadable import Unreadable

Picture = Any
"""An array of height × width × 3 bytes. NumPy is not always there to name its type."""

DOTS = 200
"""Dots per inch at which pages are drawn: print of 8 points can be read, a page of A4 is 1654 × 2339."""

_LONGEST = 3400  # dots of the longer side of a picture; larger ones are made smaller
_MOST_DOTS = 100_000_000  # of an image file; more is refused before it is decoded


def pictures(data: bytes, format: Format, limits: Limits) -> Iterator[Picture]:
    """The pages of a scan in order, at most `limits.scan_pages`. Raises `Unreadable`."""
    if format is Format.PDF:
        yield from _pages(data, limits)
    else:
        yield _image(data)


def _image(data: bytes) -> Picture:
    os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(_MOST_DOTS))  # read when OpenCV is first used
    import cv2
    import numpy

    try:
        # Turned as the camera says (EXIF), and always three colours.
        picture = cv2.imdecode(numpy.frombuffer(data, dtype=numpy.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        raise Unreadable.damaged("image") from error
    if picture is None:
        raise Unreadable.damaged("image")
    return _bearable(picture)


def _pages(data: bytes, limits: Limits) -> Iterator[Picture]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable.damaged("pdf") from error
    try:
        for number in range(min(len(pdf), limits.scan_pages)):
            page = pdf[number]
            longest = max(*page.get_size(), 1.0)
            scale = min(DOTS / 72, _LONGEST / longest)
            yield page.render(scale=scale, rev_byteorder=False, may_draw_forms=False).to_numpy()[:, :, :3].copy()
    except pypdfium2.PdfiumError as error:
        raise Unreadable.damaged("pdf page") from error
    finally:
        pdf.close()


def _bearable(picture: Picture) -> Picture:
    import cv2

    longest = max(picture.shape[:2])
    if longest <= _LONGEST:
        return picture
    share = _LONGEST / longest
    return cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
