"""Lists of words folded once: rules name the same few lists for every mail."""

import re
from functools import lru_cache

from bot.text import folded


@lru_cache(maxsize=256)
def folded_words(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words as they are compared, empty ones left out, in their order."""
    return tuple(word for word in map(folded, words) if word)


@lru_cache(maxsize=256)
def longest_first(words: tuple[str, ...]) -> tuple[str, ...]:
    """The folded words, the longest first, each once."""
    return tuple(sorted(set(folded_words(words)), key=lambda word: (-len(word), word)))


_GAP = "…"
_WIDEST = 6
"""Folded characters that may stand where a phrase of the rules has a gap (“取消…推荐”)."""


def found_in(text: str, phrases: tuple[str, ...]) -> list[str]:
    """The phrases that stand in a folded text, each as it stands there."""
    plain, gapped = _phrases(phrases)
    found = [phrase for phrase in plain if phrase in text]
    return found + [match[0] for pattern in gapped if (match := pattern.search(text))]


@lru_cache(maxsize=256)
def _phrases(phrases: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[re.Pattern[str], ...]]:
    """The phrases without a gap, folded, and patterns for those with one."""
    gapped = [[re.escape(folded(part)) for part in phrase.split(_GAP)] for phrase in phrases if _GAP in phrase.strip(_GAP)]
    plain = tuple(phrase for phrase in phrases if _GAP not in phrase.strip(_GAP))
    return folded_words(plain), tuple(re.compile(f".{{0,{_WIDEST}}}?".join(parts)) for parts in gapped)
