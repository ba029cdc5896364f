"""How alike two case materials are: shingles to find candidates, common passages and their share to judge them.

A material is written anew or it is not: a copy keeps whole stretches in their order, even half a copy, even with a third of its
words changed. What many materials say alike (the notice's own sentences, headings, set phrases) comes in short pieces and in
any order; pieces alone are no copy.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, count

from rapidfuzz.distance import Indel

from bot.text import folded

SHINGLE = 5
"""Folded characters of a shingle: of a text with three of ten characters changed every sixth shingle is left whole."""

SAMPLED = 16
"""One of so many shingles is kept, chosen by its hash: 120 of a material of full length."""

COMMON = 32
"""A shingle that so many materials on file share tells nothing about any two of them."""

FEWEST = 4
"""Sampled shingles that two materials must share before they are compared in full."""

ENOUGH = 0.33
"""Share of the shorter text, in common passages, from which two texts are largely the same."""

ALIKE = 0.58
"""Likeness by insertions and deletions from which two texts are largely the same though no passage is left whole."""

_PIECE = 8
"""Folded characters of the shortest common piece."""

_BRIDGE = 16
"""Folded characters that may differ between two pieces of one passage."""

_PASSAGE = 40
"""Folded characters that a passage must have in common: more than a set phrase or the frame of a sentence."""

LONGEST = 20_000
"""Characters of a material that are compared: ten times what the notice allows."""

_SHORTEST = 200
"""Folded characters below which a text is too short to be a copy of anything."""

_QUOTES, _LONGEST_QUOTE = 3, 100
_BLANK = re.compile(r"\s+")
_CLAUSE = re.compile(r"[^。！？!?；;，,\n]*[。！？!?；;，,\n]|[^。！？!?；;，,\n]+$")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of two texts is the same, 0 to 1, and the passages as the first text writes them, longest first."""

    score: float
    passages: tuple[str, ...]


@lru_cache(maxsize=64)
def shingles_of(text: str) -> frozenset[int]:
    """The sampled shingles of a text, 32-bit hashes that are the same on every machine."""
    key = folded(said_once(text)).encode("utf-32-le", "replace")
    width, last = 4 * SHINGLE, len(key) - 4 * SHINGLE
    hashes = map(zlib.crc32, [key[at : at + width] for at in range(0, last + 1, 4)])
    return frozenset([number for number in hashes if number % SAMPLED == 0])


def said_once(text: str) -> str:
    """A text without the clauses it has said before: who repeats one sentence for pages has said little."""
    return "".join(dict.fromkeys(_CLAUSE.findall(text)))


def likeness(text: str, other: str, commonplace: str = "") -> Likeness | None:
    """How alike two materials are; None when they are not largely the same.

    `commonplace` is a text whose words anybody may use.
    """
    found = _compared(_said(text, commonplace), _said(other, commonplace))
    return found and _told(_said(text, commonplace), *found)


def most_alike(text: str, others: Iterable[tuple[str, str]], commonplace: str = "") -> tuple[str, Likeness] | None:
    """Of others (name and text) the one that is most alike, the first of several; None when none is largely the same."""
    said = _said(text, commonplace)
    best: tuple[str, float, list[_Passage]] | None = None
    for name, other in others:
        found = _compared(said, _said(other, commonplace))
        if found and (best is None or found[0] > best[1]):
            best = (name, *found)
    return best and (best[0], _told(said, best[1], best[2]))


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of the first text, and how many of its characters are in the other, in this order."""

    start: int
    end: int
    common: int


@dataclass(frozen=True, slots=True)
class _Said:
    """A material made ready to be compared with several others."""

    text: str  # without what it says twice
    key: str  # folded
    own: str  # folded, less what anybody may say
    low: str  # the last byte of each character of `own`: what is not alike in these is not alike at all
    grams: tuple[str, ...]  # the piece that begins at each place of `key`
    places: Mapping[str, int]  # each piece that not anybody may say, and where it stands first


def _made_ready(text: str, commonplace: str) -> _Said:
    once = said_once(text)
    key = folded(once)
    grams = _grams(key)
    places = dict(zip(reversed(grams), range(len(grams) - 1, -1, -1), strict=True))
    anybodys = places.keys() & _pieces_of(commonplace)
    for piece in anybodys:
        del places[piece]
    own = _without(key, anybodys)
    low = own.encode("utf-32-le", "surrogatepass")[::4].decode("latin-1")
    return _Said(once, key, own, low, grams, places)


_remembered = lru_cache(maxsize=96)(_made_ready)

_REMEMBERED = 4_000
"""Characters of the longest text that is kept made ready; it then takes some 200 bytes a character."""


def _said(text: str, commonplace: str) -> _Said:
    """A text made ready to be compared; the one it is compared with is often the same again."""
    return _remembered(text, commonplace) if len(text) <= _REMEMBERED else _made_ready(text, commonplace)


def _without(key: str, anybodys: Set[str]) -> str:
    """A folded text less the stretches that anybody may use: the pieces given, wherever they stand in it."""
    own, free = [], 0
    for at in sorted(at for piece in anybodys for at in _all_places(key, piece)):
        if at > free:
            own.append(key[free:at])
        free = at + _PIECE
    return "".join((*own, key[free:]))


def _all_places(key: str, piece: str) -> Iterator[int]:
    at = key.find(piece)
    while at >= 0:
        yield at
        at = key.find(piece, at + 1)


def _compared(one: _Said, two: _Said) -> tuple[float, list[_Passage]] | None:
    """The score and the passages of two materials that are largely the same."""
    shorter = min(len(one.own), len(two.own))
    if shorter < _SHORTEST:
        return None
    passages = _passages(one, two)
    share, ratio = sum(passage.common for passage in passages) / shorter, _ratio(one, two)
    return None if share < ENOUGH and ratio < ALIKE else (min(1.0, max(share, ratio)), passages)


def _ratio(one: _Said, two: _Said) -> float:
    """The likeness by insertions and deletions, 0 below ALIKE.

    Texts of one-byte characters are compared seven times as fast, and equal characters have equal last bytes: their
    likeness is never below that of the texts.
    """
    if Indel.normalized_similarity(one.low, two.low, score_cutoff=ALIKE) < ALIKE:
        return 0.0
    return Indel.normalized_similarity(one.own, two.own, score_cutoff=ALIKE)


def _told(said: _Said, score: float, passages: Sequence[_Passage]) -> Likeness:
    """The score with the longest passages as the text writes them."""
    longest = sorted(passages, key=lambda passage: (-passage.common, passage.start))[:_QUOTES]
    return Likeness(score, tuple(_quoted(said.text, said.key, passage) for passage in longest))


# --- passages ---------------------------------------------------------------------------------------------------------


def _passages(one: _Said, two: _Said) -> list[_Passage]:
    """Pieces near each other in both texts are one passage; short passages are nothing."""
    found: list[_Passage] = []
    run: list[tuple[int, int, int]] = []
    for piece in _pieces(one, two):
        if run and not _near(run[-1], piece):
            found.append(_passage(run))
            run = []
        run.append(piece)
    if run:
        found.append(_passage(run))
    return [passage for passage in found if passage.common >= _PASSAGE]


def _near(piece: tuple[int, int, int], following: tuple[int, int, int]) -> bool:
    (start, there, length), (next_start, next_there, _) = piece, following
    return next_start - start - length <= _BRIDGE and 0 <= next_there - there - length <= _BRIDGE


def _passage(run: Sequence[tuple[int, int, int]]) -> _Passage:
    return _Passage(run[0][0], run[-1][0] + run[-1][2], sum(length for _, _, length in run))


def _pieces(one: _Said, two: _Said) -> Iterator[tuple[int, int, int]]:
    """The pieces both have, in the order of the first text: where they begin in both, and their length."""
    here, there, end, expected = one.key, two.key, 0, -1
    for at in compress(count(), map(two.places.__contains__, one.grams)):
        if at < end:
            continue
        gram = one.grams[at]
        # Of several places the one that goes on from the last piece.
        place = expected if there[expected : expected + _PIECE] == gram else two.places[gram]
        length = _PIECE + _same(here[at + _PIECE :], there[place + _PIECE :])
        yield at, place, length
        end, expected = at + length, place + length


def _same(one: str, two: str) -> int:
    """How many characters two texts begin with alike."""
    for length, (mine, theirs) in enumerate(zip(one, two, strict=False)):
        if mine != theirs:
            return length
    return min(len(one), len(two))


def _grams(key: str) -> tuple[str, ...]:
    return tuple([key[at : at + _PIECE] for at in range(len(key) - _PIECE + 1)])


@lru_cache(maxsize=4)
def _pieces_of(text: str) -> frozenset[str]:
    return frozenset(_grams(folded(text)))


# --- quoting ----------------------------------------------------------------------------------------------------------


def _quoted(text: str, key: str, passage: _Passage) -> str:
    """The passage with the punctuation and spaces of the text it stands in."""
    written = _written(text, passage.start, passage.end) or key[passage.start : passage.end]
    line = _BLANK.sub(" ", written).strip()
    return line if len(line) <= _LONGEST_QUOTE else line[: _LONGEST_QUOTE - 1] + "…"


def _written(text: str, start: int, end: int) -> str:
    """The stretch of a text whose folded characters have these places; "" where folding went across characters."""
    composed = unicodedata.normalize("NFC", text)
    lengths = [len(folded(character)) for character in composed]
    if sum(lengths) != len(folded(text)):
        return ""
    place, first, last = 0, 0, len(composed)
    for at, length in enumerate(lengths):
        if length and place <= start:
            first = at
        place += length
        if place >= end:
            last = at + 1
            break
    return composed[first:last]
