"""Mails that Outlook saved as files (.msg, MS-OXMSG): an OLE file in which each attachment is a storage of its own."""

from collections.abc import Iterator
from io import BytesIO

import olefile

from bot.reading.charsets import decode
from bot.reading.unreadable import Unreadable

_ATTACHMENT = "__attach_version1.0_"  # MS-OXMSG 2.2.2
_CONTENT = "__substg1.0_37010102"  # PidTagAttachDataBinary
_MAIL = "__substg1.0_3701000d"  # a mail attached to the mail, a storage
_NAMES = ("3707", "3704", "3001")  # PidTagAttachLongFilename, PidTagAttachFilename, PidTagDisplayName
_DEPTH = 5  # mails within mails
_MOST = 2000


def saved_files(data: bytes) -> list[tuple[str, bytes]]:
    """The attachments (name, bytes) of the mail and of the mails attached to it. Raises `Unreadable` when it is damaged."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            paths = [tuple(path) for path in ole.listdir(streams=True, storages=True)]
            return list(_files(ole, paths, (), 0))[:_MOST]
    except Exception as error:  # the library meets damage with whatever it stumbles over
        raise Unreadable.damaged("msg") from error


def _files(
    ole: "olefile.OleFileIO[str]", paths: list[tuple[str, ...]], under: tuple[str, ...], depth: int
) -> Iterator[tuple[str, bytes]]:
    here = {path[len(under)] for path in paths if len(path) > len(under) and path[: len(under)] == under}
    for storage in sorted(name for name in here if name.lower().startswith(_ATTACHMENT)):
        place = (*under, storage)
        inside = {path[-1].lower(): path for path in paths if len(path) == len(place) + 1 and path[:-1] == place}
        if _CONTENT in inside:
            yield _name(ole, inside), ole.openstream("/".join(inside[_CONTENT])).read()
        elif _MAIL in inside and depth < _DEPTH:
            yield from _files(ole, paths, inside[_MAIL], depth + 1)


def _name(ole: "olefile.OleFileIO[str]", inside: dict[str, tuple[str, ...]]) -> str:
    """The long name where there is one; Unicode before the sender's code page."""
    for tag in _NAMES:
        for kind in ("001f", "001e"):
            path = inside.get(f"__substg1.0_{tag}{kind}")
            if path is not None:
                raw = ole.openstream("/".join(path)).read(2048)
                name = (raw.decode("utf-16-le", "replace") if kind == "001f" else decode(raw)).strip("\0 ")
                if name:
                    return name
    return ""
