"""Names of archive members: which encoding they are in, and whether they stay inside the archive."""

import re

from bot.reading.charsets import GB18030, decode, likely
from bot.reading.names import shortened
from bot.reading.unreadable import Unreadable

_DRIVE = re.compile(r"^[A-Za-z]:")
_SLASHED = re.compile(rb"((?:[\x00-\x80]|[\x81-\xfe][\x40-\x7e\x80-\xfe])*)([\x81-\xfe])/")
_UNFIT = re.compile(r"[\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_BOXES = re.compile(r"[\u2500-\u259f]")
_JUNK = frozenset(
    {".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", ".localized", "picasa.ini", ".picasa.ini"}
)
_OFFICE_LEFTOVERS = ("~$", "._", "~wrl", "~wrd", "~wrf", "~wra")
"""Beginnings of names: locks of open documents, what a Mac keeps beside a file, what a Word that crashed left."""


def member_name(raw: bytes) -> str:
    """A name without a declared encoding: strict UTF-8, else GB18030, each name by itself, for archives mix them."""
    for data in (raw, _unslashed(raw)):
        text = likely(data)
        if text is not None:
            return text
    return decode(raw)


def restored(name: str) -> str:
    """A name that a tool read as code page 437 and wrote on as UTF-8 (“╨┬╧τ”), turned back where the bytes are GB18030."""
    if not _BOXES.search(name):
        return name
    try:
        return name.encode("cp437").decode(GB18030)
    except UnicodeError:
        return name


def _unslashed(raw: bytes) -> bytes:
    """GBK characters whose second byte 0x5C a tool took for a backslash and turned into “/” (kuba--/zip#233), undone."""
    out, at = bytearray(), 0
    while (match := _SLASHED.match(raw, at)) is not None:
        out += match[1] + match[2] + b"\\"
        at = match.end()
    return bytes(out + raw[at:])


def inner_path(name: str, longest: int) -> str:
    """The path of a member below its archive, “/” between its parts; "" for the archive's own folder.

    Raises `Unreadable` with `attachment-unsafe` when the path would lead out of the archive (CVE-2022-30333 and all its kin).
    """
    slashed = name.replace("\\", "/")
    parts = [_UNFIT.sub("", part).strip() for part in slashed.split("/")]
    if slashed.startswith("/") or _DRIVE.match(slashed) or ".." in parts:
        raise Unreadable("attachment-unsafe", {"why": "path-outside"})
    return "/".join(shortened(part, longest) for part in parts if part not in ("", "."))


def is_junk(path: str) -> bool:
    """What systems and programs leave beside files without anybody wanting it."""
    parts = path.lower().split("/")
    return "__macosx" in parts or parts[-1] in _JUNK or parts[-1].startswith(_OFFICE_LEFTOVERS)
