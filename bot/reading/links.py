"""Links under which files lie outside the mail; they are found and named, never fetched."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

_LINK = re.compile(
    r"(?:https?|ftp)://[^\s<>\"'“”‘’，。；、（）()【】《》\ufdd0\ufdd1]+"
    r"|(?<![\w@./-])(?:[A-Za-z0-9-]{1,40}\.){1,5}[A-Za-z]{2,6}/[^\s<>\"'“”‘’，。；、（）()【】《》\ufdd0\ufdd1]+"
)
_MOST = 200
_LONGEST = 2000


def cloud_links(texts: Iterable[str], phrases: tuple[str, ...]) -> tuple[str, ...]:
    """The links in the texts whose address holds one of the phrases, each once, in order."""
    if not phrases:
        return ()
    wanted = _pattern(phrases)
    found = dict.fromkeys(link for text in texts for link in _links(text) if _holds(link, wanted))
    return tuple(found)[:_MOST]


def _links(text: str) -> Iterator[str]:
    for match in _LINK.finditer(text):
        yield match[0][:_LONGEST].rstrip(".,;:!?]}")


def _holds(link: str, wanted: re.Pattern[str]) -> bool:
    # Redirecting services carry the real address percent-encoded inside their own.
    return wanted.search(unquote(link)) is not None


@lru_cache(maxsize=8)
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One of the phrases, not in the middle of a longer name: “pan.baidu.com” is not in “japan.baidu.com”."""
    either = "|".join(re.escape(phrase.strip()) for phrase in phrases if phrase.strip())
    return re.compile(rf"(?<![\w-])(?:{either or '(?!)'})", re.IGNORECASE)
