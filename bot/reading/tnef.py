"""winmail.dat (MS-OXTNEF): what Outlook packs attachments into when it takes the receiver for another Outlook."""

import logging

from tnefparse import TNEF

from bot.reading.charsets import decode
from bot.reading.unreadable import Unreadable

# The library reports every odd attribute; names of people's files do not belong into the log.
logging.getLogger("tnefparse").setLevel(logging.CRITICAL)


def packed_files(data: bytes) -> list[tuple[str, bytes]]:
    """The attachments, (name, bytes). Raises `Unreadable` when the packet is damaged."""
    try:
        packet = TNEF(data, do_checksum=False)
        return [(_name(one), bytes(one.data)) for one in packet.attachments if isinstance(one.data, bytes | bytearray)]
    except Exception as error:  # the library meets damage with whatever it stumbles over
        raise Unreadable.damaged("tnef") from error


def _name(attachment: "object") -> str:
    """The long name where there is one; names in the sender's code page come as bytes."""
    long_name = getattr(attachment, "long_filename", None)
    try:
        name = long_name() if callable(long_name) else ""
    except UnicodeDecodeError:
        name = getattr(attachment, "_name", b"")
    return (decode(name) if isinstance(name, bytes) else str(name)).strip("\0 ")
