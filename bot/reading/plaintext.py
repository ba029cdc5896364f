"""Plain text, in whatever character set it is."""

from bot.model import Document
from bot.reading.charsets import decode
from bot.reading.limits import Limits
from bot.reading.tables import Writer


def read_text(data: bytes, limits: Limits) -> Document:
    """Each line a paragraph; a form feed begins a page."""
    writer = Writer(limits)
    for page, text in enumerate(decode(data).replace("\x0b", "\n").split("\f")):
        starts_page = page > 0
        for line in text.splitlines():
            writer.paragraph(line, starts_page=starts_page)
            starts_page &= not line.strip()
    return Document(tuple(writer.blocks))
