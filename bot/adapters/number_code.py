"""The code of a nomination's number: a QR code as a picture (PNG) that scanners and telephones read."""

import struct
import zlib
from functools import lru_cache

import segno

_MASK = 3
_PIXELS = 4  # a side of a module: half a byte at one bit a pixel
_QUIET = 4  # modules of white around it, as ISO/IEC 18004 asks for
_HALF_BYTES = bytes.maketrans(b"\x00\x01", b"f0")
"""A light module is four white pixels, a dark one four black ones."""


@lru_cache(maxsize=1024)
def number_code(number: str) -> bytes:
    """The number as a QR code with its quiet zone, as PNG: the bytes that segno writes, which goes pixel by pixel.

    Four digits leave room for the highest error correction. The mask is given: weighing all eight takes five times as long, and
    from 1 cm on scanners and telephones read each of them.
    """
    matrix = segno.make_qr(number, error="h", mask=_MASK).matrix
    modules = len(matrix) + 2 * _QUIET
    side = modules * _PIXELS
    margin = "f" * _QUIET
    quiet = _scanline("f" * modules) * (_QUIET * _PIXELS)
    rows = (_scanline(f"{margin}{row.translate(_HALF_BYTES).decode()}{margin}") for row in matrix)
    again = (b"\x02" + bytes((side + 7) // 8)) * (_PIXELS - 1)  # filter “Up”: as the line above (PNG, 9.2)
    lines = b"".join((quiet, *(row + again for row in rows), quiet))
    head = struct.pack(">2I5B", side, side, 1, 0, 0, 0, 0)  # one bit a pixel, greyscale
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines, 9)) + _chunk(b"IEND", b"")


def _scanline(half_bytes: str) -> bytes:
    """A line of pixels as it is (filter “None”), filled up to whole bytes: every QR code has an odd number of modules."""
    return b"\x00" + bytes.fromhex(f"{half_bytes}0")


def _chunk(name: bytes, content: bytes) -> bytes:
    """A chunk with its length and checksum (PNG, 5.3)."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
