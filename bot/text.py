"""How texts are compared and tidied: one place for width, spaces and case, so that every room means the same by “equal”."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def tidy(text: str) -> str:
    """A value as written: no invisible characters, runs of white space made one space, trimmed."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def folded(text: str) -> str:
    """A text as it is compared: half-width (NFKC), lower case, without spaces, punctuation and invisible characters."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower())


def halfwidth(text: str) -> str:
    """Full-width digits, letters and punctuation made half-width (NFKC); spaces stay."""
    return unicodedata.normalize("NFKC", text)
