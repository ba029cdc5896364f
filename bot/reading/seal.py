"""Whether a red seal is on a page: a red ring of a seal's size. A hint for people, never proof of anything.

The share of red alone does not tell a seal from a red letterhead; a ring does. Needs the extra `ocr`.
"""

import math
from collections.abc import Iterator

from bot.reading.pictures import Picture

_WIDTH = 700  # dots to which a page is made smaller: a seal keeps some hundred
_REDDER = 32  # so much more red than green or blue is red
_LEAST, _MOST = 0.13, 0.42  # width of a seal, of the page's: 42 mm of 210 is 0.2, a photo may show a part of the page
_SECTORS = 72  # stretches of the ring, each 5 degrees
_ENOUGH = 0.7  # of the stretches must show red: text, folds and other seals hide some
_SOLID = 0.75  # of the disc: a red disc or a block of colour is no seal


def has_seal(picture: Picture) -> bool:
    """Whether a page shows a red ring of a seal's size."""
    mask = _red(picture)
    if int(mask.sum()) // 255 < _SECTORS:
        return False
    return any(_is_ring(mask, *place) for place in _places(mask))


def without_red(picture: Picture) -> Picture:
    """The page as seen in red light: a seal is as bright as the paper, what it covers can be read."""
    import cv2

    red = picture[:, :, 2]
    return cv2.merge([red, red, red])


def _red(picture: Picture) -> Picture:
    """What is red on a page, 255 on 0, small."""
    import cv2
    import numpy

    share = _WIDTH / picture.shape[1]
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA).astype(numpy.int16)
    blue, green, red = small[:, :, 0], small[:, :, 1], small[:, :, 2]
    found = (red - numpy.maximum(blue, green) >= _REDDER) & (abs(blue - green) <= 70) & (red >= 90)
    return found.astype(numpy.uint8) * 255


def _places(mask: Picture) -> Iterator[tuple[float, float, float, float]]:
    """Middle and half axes of what may be a seal: round patches of red, then circles that lie across one another."""
    import cv2
    import numpy

    joined = cv2.dilate(mask, numpy.ones((5, 5), numpy.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    for left, top, width, height, _area in stats[1 : min(count, 400)]:
        if _LEAST * _WIDTH <= max(width, height) <= _MOST * _WIDTH and 0.55 <= width / height <= 1.8:
            yield left + width / 2, top + height / 2, width / 2 - 2, height / 2 - 2
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(mask, (5, 5), 0),
        cv2.HOUGH_GRADIENT,
        dp=1.5,
        minDist=20,
        param1=100,
        param2=45,
        minRadius=int(_LEAST * _WIDTH / 2),
        maxRadius=int(_MOST * _WIDTH / 2),
    )
    for x, y, radius in [] if circles is None else circles.reshape(-1, 3)[:20]:
        yield float(x), float(y), float(radius), float(radius)


def _is_ring(mask: Picture, x: float, y: float, across: float, down: float) -> bool:
    """Whether red goes round this ellipse, without filling it."""
    height, width = mask.shape
    hit = 0
    for sector in range(_SECTORS):
        angle = 2 * math.pi * sector / _SECTORS
        spots = ((x + across * part * math.cos(angle), y + down * part * math.sin(angle)) for part in _PARTS)
        hit += any(0 <= px < width and 0 <= py < height and mask[int(py), int(px)] for px, py in spots)
    inner = mask[
        max(0, int(y - 0.7 * down)) : int(y + 0.7 * down) + 1, max(0, int(x - 0.7 * across)) : int(x + 0.7 * across) + 1
    ]
    return hit >= _ENOUGH * _SECTORS and inner.size > 0 and float(inner.mean()) / 255 < _SOLID


_PARTS = (0.88, 0.92, 0.96, 1.0, 1.04)
