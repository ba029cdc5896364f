"""winmail.dat packets for tests (MS-OXTNEF), with names in the code page of a Chinese Windows."""

import struct
from collections.abc import Iterable

_ATTACHMENT, _MESSAGE = 2, 1
_RENDERING, _TITLE, _DATA, _VERSION, _CODEPAGE = 0x00069002, 0x00018010, 0x0006800F, 0x00089006, 0x00069007


def tnef_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A packet of these files."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    out += _attribute(_MESSAGE, _VERSION, struct.pack("<I", 0x10000)) + _attribute(
        _MESSAGE, _CODEPAGE, struct.pack("<II", 936, 0)
    )
    for name, content in files:
        out += _attribute(_ATTACHMENT, _RENDERING, bytes(14))
        out += _attribute(_ATTACHMENT, _TITLE, name.encode("gb18030") + b"\0")
        out += _attribute(_ATTACHMENT, _DATA, content)
    return out


def _attribute(level: int, name: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
