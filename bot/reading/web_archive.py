"""A page that was saved with its pictures in one file (MHTML, RFC 2557): a mail by its bytes, a document by its use."""

from bot.reading.limits import Limits
from bot.reading.message import parse
from bot.reading.parts import sorted_parts
from bot.reading.unreadable import Unreadable


def saved_page(data: bytes, limits: Limits) -> bytes:
    """The page itself, as HTML; raises `Unreadable` when there is none."""
    for words in sorted_parts(parse(data, limits).root).words:
        for part in words.html:
            return part.content()
    raise Unreadable.damaged("web archive")
