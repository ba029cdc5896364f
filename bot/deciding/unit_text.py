"""A text as names of units are looked for in it: folded, with what parted the characters remembered."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from bot.text import folded

_LONGEST_REST = 24
"""Characters behind a unit's name within which the name of a body below it must end."""

_SOFT = frozenset(" \t\u3000\xa0()（）[]【】〔〕“”\"'‘’《》〈〉<>「」")
"""These may stand between the parts of one name (“新 乡 市”, “郑州市（盖章）”); other signs and line ends part names."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as names are looked for in it; `gaps[i]` is what stood before character i: 0 nothing, 1 soft, 2 a parting sign."""

    chars: str
    gaps: tuple[int, ...]
    places: tuple[int, ...]  # of each character in the text
    text: str

    def written(self, start: int, end: int) -> str:
        """The words as they stand in the text."""
        return self.text[self.places[start] : self.places[end - 1] + 1] if end > start else ""

    def rest(self, start: int) -> int:
        """Where the run of characters from `start` is parted from what follows."""
        stop = min(start + _LONGEST_REST, len(self.chars))
        return next((i for i in range(start, stop) if self.gaps[i] == 2), stop)


def fold(text: str) -> Folded:
    """The text without signs and spaces, in half width and lower case, with the gaps remembered."""
    chars: list[str] = []
    gaps: list[int] = []
    places: list[int] = []
    gap = 2
    for place, letter in enumerate(text):
        kept = _kept(letter)
        if kept is None:
            continue
        if not kept:
            gap = max(gap, 1 if letter in _SOFT else 2)
        for char in kept:
            chars.append(char)
            gaps.append(gap)
            places.append(place)
            gap = 0
    return Folded("".join(chars), tuple(gaps), tuple(places), text)


@lru_cache(maxsize=8192)
def _kept(letter: str) -> str | None:
    """What is kept of a character: "" of a sign or space, None of one that is invisible and so neither letter nor gap."""
    if unicodedata.category(letter) == "Cf":
        return None
    return folded(letter)


def by_first(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The words by their first character, in the order given."""
    grouped: dict[str, tuple[str, ...]] = {}
    for word in words:
        grouped[word[0]] = (*grouped.get(word[0], ()), word)
    return grouped


def folded_words(words: Iterable[str]) -> list[str]:
    """Folded, without doubles, longest first."""
    return sorted({folded(word) for word in words} - {""}, key=lambda word: (-len(word), word))
