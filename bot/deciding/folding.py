"""Lists of words folded once: rules name the same few lists for every mail."""

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
