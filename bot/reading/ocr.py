"""Words on a scanned page by RapidOCR, whose models lie in its package: nothing is fetched. Needs the extra `ocr`."""

import importlib.util
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import Any

from bot.reading.page_layout import Glyph
from bot.reading.pictures import Picture

_PACKAGES = ("rapidocr", "onnxruntime", "cv2", "numpy")
_SURE = 0.6  # of 1: what the recogniser is less sure of is no word
_LEAN = 0.15  # degrees from which a page is set upright
_MOST_LEAN = 15.0  # degrees; what leans more is no page


def installed() -> bool:
    """Whether the extra `ocr` is there."""
    return all(importlib.util.find_spec(name) is not None for name in _PACKAGES)


@dataclass(frozen=True, slots=True)
class Word:
    """A line of characters and the corners of its box in dots: top left, top right, bottom right, bottom left."""

    text: str
    corners: tuple[tuple[float, float], ...]

    @property
    def lean(self) -> float:
        """Degrees by which its upper edge falls to the right."""
        (x0, y0), (x1, y1) = self.corners[:2]
        return math.degrees(math.atan2(y1 - y0, x1 - x0))

    @property
    def width(self) -> float:
        """Dots along its upper edge."""
        return math.dist(self.corners[0], self.corners[1])

    @property
    def height(self) -> float:
        """Dots along its left edge."""
        return math.dist(self.corners[0], self.corners[3])


@dataclass(frozen=True, slots=True)
class Seen:
    """The words of a page, and how sure the recogniser is of them on the whole (0 to 1; 1 where there are none)."""

    words: tuple[Word, ...]
    trust: float


def words_of(picture: Picture) -> Seen:
    """The lines of words on a page that the recogniser is sure of."""
    found = _engine()(picture)
    if found.boxes is None or found.txts is None:
        return Seen((), 1.0)
    lines = [(box, text, float(score)) for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)]
    words = (
        Word(text, tuple((float(x), float(y)) for x, y in box)) for box, text, score in lines if score >= _SURE and text.strip()
    )
    boxes = sum(math.dist(box[0], box[1]) for box, _, _ in lines)
    sure = sum(math.dist(box[0], box[1]) * score for box, text, score in lines if text.strip())
    return Seen(tuple(words), sure / boxes if boxes else 1.0)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    # One thread each: two cores read mails meanwhile, and a page may take its time.
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    # Which way up a line stands is asked of the page as a whole (`scan.py`): of two characters it is often told wrongly, and
    # a label is lost. Nothing is dropped by score here: how bad the lines of a page are tells that it lies upside down.
    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False, "Global.text_score": 0.0, **threads})


def upright(picture: Picture, words: Sequence[Word]) -> tuple[Picture, list[Word]]:
    """The page and its words turned so that lines of words lie level."""
    leans = [word.lean for word in words if word.width > 4 * word.height]
    lean = median(leans) if leans else 0.0
    if not _LEAN < abs(lean) < _MOST_LEAN:
        return picture, list(words)
    import cv2

    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), lean, 1.0)
    turned = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    (a, b, c), (d, e, f) = turn.tolist()
    return turned, [Word(word.text, tuple((a * x + b * y + c, d * x + e * y + f) for x, y in word.corners)) for word in words]


def is_lying(words: Sequence[Word]) -> bool:
    """Whether the page lies on its side: most lines of some length stand."""
    long = [word for word in words if len(word.text) >= 4]
    standing = sum(_spans(word)[1] > 2 * _spans(word)[0] for word in long)
    return len(long) >= 4 and standing > 0.6 * len(long)


def glyphs_of(words: Sequence[Word], scale: float) -> list[Glyph]:
    """The characters of the words, each with its share of the box; `scale` makes points of dots."""
    glyphs: list[Glyph] = []
    for word in words:
        xs, ys = [x * scale for x, _ in word.corners], [y * scale for _, y in word.corners]
        weights = [1.0 if ord(char) > 0x2E7F else 0.55 for char in word.text]
        total, at = sum(weights), 0.0
        standing = max(ys) - min(ys) > 1.6 * (max(xs) - min(xs)) and len(word.text) > 1
        for char, weight in zip(word.text, weights, strict=True):
            start, end = at / total, (at + weight) / total
            at += weight
            if char.strip():
                glyphs.append(_share(char, xs, ys, start, end, standing))
    return glyphs


def _share(char: str, xs: Sequence[float], ys: Sequence[float], start: float, end: float, standing: bool) -> Glyph:
    left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    if standing:
        return Glyph(char, left, top + (bottom - top) * start, right, top + (bottom - top) * end)
    return Glyph(char, left + (right - left) * start, top, left + (right - left) * end, bottom)


def _spans(word: Word) -> tuple[float, float]:
    xs, ys = [x for x, _ in word.corners], [y for _, y in word.corners]
    return max(xs) - min(xs), max(ys) - min(ys)
