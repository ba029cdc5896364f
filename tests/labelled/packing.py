"""Archives and other wrappings: folders with Chinese names, passwords, traps, mails in mails."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache

import py7zr

from tests.labelled.ooxml import packed


def zipped(members: Mapping[str, bytes], *, gbk: bool = False) -> bytes:
    """A zip; with `gbk` its names are GBK and no flag says so, as Windows and WinRAR write them."""
    if not gbk:
        return packed(dict(members))
    names = {f"{number:04d}".ljust(len(name.encode("gb18030")), "_"): name for number, name in enumerate(members)}
    made = packed({stand_in: members[name] for stand_in, name in names.items()})
    for stand_in, name in names.items():
        made = made.replace(stand_in.encode(), name.encode("gb18030"))
    return made


def sevenzip(members: Mapping[str, bytes], password: str | None = None) -> bytes:
    """A 7z archive."""
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as archive:
        for name, content in members.items():
            archive.writestr(content, name)
    return out.getvalue()


def locked_zip(members: Mapping[str, bytes]) -> bytes:
    """A zip whose members are marked as encrypted."""
    made = bytearray(zipped(members))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = made.find(signature)
        while start >= 0:
            made[start + offset] |= 1
            start = made.find(signature, start + 4)
    return bytes(made)


@cache
def bomb() -> bytes:
    """A small zip that would unpack to half a gigabyte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for number in range(2):
            info = zipfile.ZipInfo(f"推荐表{number}.docx", (2021, 12, 9, 9, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(info, "w", force_zip64=True) as member:
                for _ in range(256):
                    member.write(bytes(1 << 20))
    return out.getvalue()


def locked_word() -> bytes:
    """A Word document with a password: an OLE file that holds EncryptionInfo and EncryptedPackage (MS-OFFCRYPTO 2.3.4)."""
    return ole(
        {
            "EncryptionInfo": bytes([4, 0, 4, 0, 64, 0, 0, 0]) + b"<encryption/>" * 400,
            "EncryptedPackage": bytes(range(256)) * 24,
        }
    )


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with these streams, each of 4,096 bytes and more (MS-CFB; sectors of 512 bytes, one FAT sector)."""
    free, end, fat_mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    fat, data, entries, sector = [fat_mark], b"", [], 1
    directory_sectors = (len(streams) + 4) // 4
    fat += [sector + index + 1 for index in range(directory_sectors - 1)] + [end]
    sector += directory_sectors
    for name, content in streams.items():
        size = max(4096, len(content))
        count = -(-size // 512)
        entries.append((name, 2, sector, size))
        fat += [sector + index + 1 for index in range(count - 1)] + [end]
        data += content.ljust(count * 512, b"\0")
        sector += count
    if len(fat) > 128:
        raise ValueError("one FAT sector holds 128 entries")
    fat += [free] * (128 - len(fat))
    rows = [_entry("Root Entry", 5, end, 0, 1)]
    for number, (name, kind, start, size) in enumerate(entries, 1):
        rows.append(_entry(name, kind, start, size, free, right=number + 1 if number < len(entries) else free))
    directory = b"".join(rows).ljust(directory_sectors * 512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<I", 0) + struct.pack("<I", free) * 108
    return header + struct.pack("<128I", *fat) + directory + data


def _entry(name: str, kind: int, start: int, size: int, child: int, right: int = 0xFFFFFFFF) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + struct.pack("<III", 0xFFFFFFFF, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


@cache
def scan(*, seal: bool = True) -> bytes:
    """A PDF of one scanned page: a picture with grey lines and a red ring, and no text at all."""
    width, height = 420, 594
    pixels = bytearray()
    for y in range(height):
        for x in range(width):
            ring = 34 <= ((x - 300) ** 2 + (y - 470) ** 2) ** 0.5 <= 42
            line = y % 30 < 3 and 40 < x < 380 and y < 430
            pixels += b"\xd8\x10\x18" if ring and seal else b"\x40\x40\x40" if line else b"\xfa\xfa\xfa"
    picture = zlib.compress(bytes(pixels), 9)
    drawing = b"q 595 0 0 842 0 0 cm /P Do Q"
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</P 5 0 R>>>>>>",
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/FlateDecode/Length %d"
            b">>stream\n%s\nendstream" % (width, height, len(picture), picture),
        ]
    )


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first of them its catalog."""
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + end % (len(objects) + 1, table, len(objects) + 1, len(out))


def picture(shade: int = 200) -> bytes:
    """A small PNG photograph."""
    rows = b"".join(b"\0" + bytes(min(255, shade + x % 17) for x in range(160 * 3)) for _ in range(120))
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", 160, 120, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
