"""The ruled lines of a scanned page. Needs the extra `ocr`.

A long unbroken run of dark dots is a line wherever it is; a shorter or broken one only where no words stand, for strokes of
letters below one another look just like it.
"""

from collections.abc import Iterator, Sequence

from bot.reading.ocr import Word
from bot.reading.page_grid import Rule
from bot.reading.pictures import Picture

_SURE = 0.045  # of the page's longer side: a run of this length is no letter
_LEAST = 0.014  # of the page's longer side: a line between words is at least so long
_GAP = 0.005  # of the page's longer side: a line between words that is broken for so long goes on
_THICK = 0.005  # of the page's longer side: what is thicker is no line
_INSET = 0.08  # of the height of a box of words: its edge may lie on a line
_NEAR = 4.0  # points


def strokes(picture: Picture, words: Sequence[Word], scale: float) -> list[Rule]:
    """The lines of an upright page with these words on it; `scale` makes points of its dots."""
    import cv2

    side = max(picture.shape[:2])
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    bare = _without_words(dark, words)
    lying, standing = ([*_lines(dark, bare, side, scale, lying=lying)] for lying in (True, False))
    return [*lying, *(rule for rule in standing if any(_meet(rule, other) for other in lying))]


def _meet(standing: Rule, lying: Rule) -> bool:
    """Whether a standing line begins or ends at a lying one, or crosses it, as those of a table do."""
    return lying.x0 - _NEAR <= standing.x0 <= lying.x1 + _NEAR and standing.y0 - _NEAR <= lying.y0 <= standing.y1 + _NEAR


def _without_words(dark: Picture, words: Sequence[Word]) -> Picture:
    import cv2
    import numpy

    bare = dark.copy()
    for word in words:
        corners = numpy.array(word.corners)
        inwards = numpy.sign(corners.mean(axis=0) - corners)
        inset = _INSET * min(word.width, word.height)
        cv2.fillPoly(bare, [(corners + inwards * inset).astype(numpy.int32)], 0)
    return bare


def _lines(dark: Picture, bare: Picture, side: int, scale: float, *, lying: bool) -> Iterator[Rule]:
    import cv2
    import numpy

    def along(length: float) -> Picture:
        dots = max(3, int(length * side))
        return numpy.ones((1, dots) if lying else (dots, 1), numpy.uint8)

    # A line that leans by a dot or two comes in steps: made thicker across they are one.
    across = numpy.ones((3, 1) if lying else (1, 3), numpy.uint8)
    sure = cv2.morphologyEx(cv2.dilate(dark, across), cv2.MORPH_OPEN, along(_SURE))
    joined = cv2.morphologyEx(cv2.dilate(bare, across), cv2.MORPH_CLOSE, along(_GAP))
    found = cv2.bitwise_or(sure, cv2.morphologyEx(joined, cv2.MORPH_OPEN, along(_LEAST)))
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(found, cv2.MORPH_CLOSE, along(4 * _GAP)))
    for left, top, width, height, _area in stats[1:count]:
        length, thickness = (width, height) if lying else (height, width)
        if length >= _LEAST * side and thickness <= max(6, _THICK * side):
            x, y = (left + width / 2) * scale, (top + height / 2) * scale
            if lying:
                yield Rule(float(left * scale), float(y), float((left + width) * scale), float(y))
            else:
                yield Rule(float(x), float(top * scale), float(x), float((top + height) * scale))
