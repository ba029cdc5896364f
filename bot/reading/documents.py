"""A document of any format to the one model of paragraphs and tables: one reader a format, chosen by what the bytes are."""

from collections.abc import Callable, Mapping

from bot.model import Document, Format
from bot.reading.doc import read_doc
from bot.reading.docx import read_docx
from bot.reading.html import read_html
from bot.reading.limits import Limits
from bot.reading.odf import read_odf
from bot.reading.ofd import read_ofd
from bot.reading.pdf import read_pdf
from bot.reading.plaintext import read_text
from bot.reading.rtf import read_rtf
from bot.reading.sheet import read_sheet
from bot.reading.unreadable import Unreadable

__all__ = ["READABLE", "Unreadable", "read_document"]

_READERS: Mapping[Format, Callable[[bytes, Limits], Document]] = {
    Format.DOCX: read_docx,
    Format.DOC: read_doc,
    Format.RTF: read_rtf,
    Format.XLSX: read_sheet,
    Format.XLS: read_sheet,
    Format.ET: read_sheet,
    Format.ODT: read_odf,
    Format.ODS: read_odf,
    Format.PDF: read_pdf,
    Format.OFD: read_ofd,
    Format.HTML: read_html,
    Format.TEXT: read_text,
}

READABLE = frozenset(_READERS) | {Format.IMAGE}
"""The formats `read_document` takes; an image gives a scanned document without text."""


def read_document(data: bytes, format: Format, limits: Limits) -> Document:
    """The document in these bytes.

    Raises `Unreadable`: damaged, empty or locked files, formats without a reader, and documents beyond the limits. What a
    parser raises over broken bytes is the same finding; a crash or a hang is caught by the process around it.
    """
    if not data:
        raise Unreadable("attachment-unreadable", {"why": "empty"})
    if format is Format.IMAGE:
        return Document((), images=1, pages=1, scanned=True)
    reader = _READERS.get(format)
    if reader is None:
        raise Unreadable("attachment-unsupported", {"format": format.value})
    try:
        return reader(data, limits)
    except (Unreadable, MemoryError):
        raise
    except BaseException as error:  # parsers over hostile bytes raise anything; the file is the finding
        # A panic of a parser written in Rust is no Exception, but no reason to stop either.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise Unreadable("attachment-unreadable", {"why": "damaged", "detail": type(error).__name__}) from error
        raise
