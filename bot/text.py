"""How texts are compared and tidied: one place for width, spaces and case, so that every room means the same by “equal”."""

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_USUAL = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    r"\s，。、；：？！“”‘’（）《》〈〉【】…—·,.;:?!()\"'\-]+"
)
"""The invisible, spaces and punctuation of every sentence: gone before the text is normalised, which a clean text passes at a
glance."""

_SHORT = 80  # characters: labels, titles and names are asked again and again, and remembered
_DANGEROUS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def tidy(text: str) -> str:
    """A value as written: no invisible and no control characters, runs of white space made one space, trimmed."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def folded(text: str) -> str:
    """A text as it is compared: half-width (NFKC), lower case, without spaces, punctuation and invisible characters."""
    return _folded_short(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    # What is letters and digits alone has nothing to lose: asking costs a tenth of looking for it.
    words = text if text.isalnum() else _USUAL.sub("", text)
    words = unicodedata.normalize("NFKC", words).lower()
    return words if words.isalnum() else _NOT_WORD.sub("", words)


_folded_short = lru_cache(maxsize=8192)(_folded)


def halfwidth(text: str) -> str:
    """Full-width digits, letters and punctuation made half-width (NFKC); spaces stay."""
    return unicodedata.normalize("NFKC", text)


def printable(text: str, keep: str = "") -> str:
    """A text from outside as a terminal may show it: escape sequences, line breaks, reversals become visible (`\\x1b`).

    Characters in `keep` stay as they are.
    """
    return _DANGEROUS.sub(lambda found: found[0] if found[0] in keep else _visible(found[0]), text)


def _visible(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
