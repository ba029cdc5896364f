"""What a file of a mail is called: its name, an attached mail's subject, or a number and what it is by its content."""

from collections.abc import Mapping

from bot.model import Format
from bot.reading.encoded import decode_words
from bot.reading.limits import Limits
from bot.reading.message import Part, parse
from bot.reading.names import file_name
from bot.reading.parts import given_name, is_mail
from bot.reading.sniff import sniffed

_SUBJECT_LENGTH = 80  # characters of a subject that names a folder

_ENDS: Mapping[Format, str] = {
    Format.SEVENZIP: "7z",
    Format.CALENDAR: "ics",
    Format.EML: "eml",
    Format.HTML: "html",
    Format.IMAGE: "png",
    Format.MEDIA: "media",
    Format.PROGRAM: "bin",
    Format.TEXT: "txt",
    Format.TNEF: "dat",
    Format.MSG: "msg",
    Format.UNKNOWN: "bin",
    Format.EMPTY: "bin",
}


def name_of(part: Part, data: bytes, limits: Limits) -> str:
    """The name of a part, cleaned; of a nameless attached mail its subject; "" where there is neither."""
    name = file_name(given_name(part), limits.name_characters)
    if name or not is_mail(part):
        return name
    subject = decode_words(parse(data[: limits.header_bytes], limits).root.field("subject") or "")
    return file_name(subject.replace("/", "／").replace("\\", "＼"), _SUBJECT_LENGTH)


def nameless(data: bytes, number: int) -> str:
    """A name for a file without one: the same mail always gives the same."""
    format = sniffed(data, "").format
    end = _ENDS.get(format, format.value)
    if format is Format.IMAGE:
        end = "jpg" if data.startswith(b"\xff\xd8") else "gif" if data.startswith(b"GIF") else "png"
    return f"attachment-{number}.{end}"
