"""Links under which files lie outside the mail; they are found and named, never fetched."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from bot.text import folded

_LINK = re.compile(
    r"(?:https?|ftp)://[^\s<>\"'“”‘’，。；、（）()【】《》\ufdd0\ufdd1]+"
    r"|(?<![\w@./-])(?:[A-Za-z0-9-]{1,40}\.){1,5}[A-Za-z]{2,6}/[^\s<>\"'“”‘’，。；、（）()【】《》\ufdd0\ufdd1]+"
)
_MOST = 200
_LONGEST = 2000


def cloud_links(texts: Iterable[str], phrases: tuple[str, ...]) -> tuple[str, ...]:
    """The links in the texts whose address holds one of the phrases, each once, in order."""
    wanted = tuple(word for word in (folded(phrase) for phrase in phrases) if word)
    if not wanted:
        return ()
    found = dict.fromkeys(link for text in texts for link in _links(text) if _holds(link, wanted))
    return tuple(found)[:_MOST]


def _links(text: str) -> Iterator[str]:
    for match in _LINK.finditer(text):
        yield match[0][:_LONGEST].rstrip(".,;:!?]}")


def _holds(link: str, wanted: tuple[str, ...]) -> bool:
    # Redirecting services carry the real address percent-encoded inside their own.
    said = folded(unquote(link))
    return any(word in said for word in wanted)
