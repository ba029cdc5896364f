"""The code of a nomination's number: a QR code as a picture (PNG) that scanners and telephones read."""

import re
import struct
import zlib
from collections.abc import Sequence
from functools import cache, lru_cache

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
    matrix = _matrix(number)
    modules = len(matrix) + 2 * _QUIET
    side = modules * _PIXELS
    margin = "f" * _QUIET
    quiet = _scanline("f" * modules) * (_QUIET * _PIXELS)
    rows = (_scanline(f"{margin}{row.translate(_HALF_BYTES).decode()}{margin}") for row in matrix)
    again = (b"\x02" + bytes((side + 7) // 8)) * (_PIXELS - 1)  # filter “Up”: as the line above (PNG, 9.2)
    lines = b"".join((quiet, *(row + again for row in rows), quiet))
    head = struct.pack(">2I5B", side, side, 1, 0, 0, 0, 0)  # one bit a pixel, greyscale
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(lines, 9)) + _chunk(b"IEND", b"")


def _matrix(number: str) -> list[bytes]:
    """The modules of the code, a byte each, row by row.

    Codes of one size, level and mask differ as sums differ (modulo 2): error correction is linear, and the mask is added to it.
    So four digits are put together from the codes of their bits: ten of the first three digits, four of the last.
    """
    if not re.fullmatch("[0-9]{4}", number):
        return [bytes(row) for row in _drawn(number)]
    side, code, bits = _bits_of_four()
    told = int(number[:3]) << 4 | int(number[3])
    for place, bit in enumerate(bits):
        if told >> place & 1:
            code ^= bit
    whole = code.to_bytes(side * side, "big")
    return [whole[start : start + side] for start in range(0, len(whole), side)]


@cache
def _bits_of_four() -> tuple[int, int, tuple[int, ...]]:
    """The side of the code of four digits, the code of 0000, and what each bit of a number changes in it."""
    none = _drawn("0000")
    code = int.from_bytes(b"".join(none), "big")
    places = (*(f"000{1 << bit}" for bit in range(4)), *(f"{1 << bit:03}0" for bit in range(10)))
    return len(none), code, tuple(code ^ int.from_bytes(b"".join(_drawn(place)), "big") for place in places)


def _drawn(number: str) -> Sequence[bytearray]:
    return segno.make_qr(number, error="h", mask=_MASK).matrix


def _scanline(half_bytes: str) -> bytes:
    """A line of pixels as it is (filter “None”), filled up to whole bytes: every QR code has an odd number of modules."""
    return b"\x00" + bytes.fromhex(f"{half_bytes}0")


def _chunk(name: bytes, content: bytes) -> bytes:
    """A chunk with its length and checksum (PNG, 5.3)."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
