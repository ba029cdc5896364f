"""Packs papers as clerks do: archives with GBK or UTF-8 names, with a password, a summary table, a PDF page, a photograph."""

import io
import struct
import zlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from bot.adapters.packages import FixedZip

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip with UTF-8 names and the flag that says so."""
    buffer = io.BytesIO()
    with FixedZip(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def zipped_gbk(files: Mapping[str, bytes]) -> bytes:
    """A zip as Windows in Chinese writes it: names in GBK, no flag (zipfile cannot, so names are put in afterwards)."""
    names = {name: name.encode("gbk") for name in files}
    stand_ins = {name: f"{number:04}".ljust(len(encoded), "~") for number, (name, encoded) in enumerate(names.items())}
    whole = zipped({stand_ins[name]: content for name, content in files.items()})
    for name, encoded in names.items():
        whole = whole.replace(stand_ins[name].encode(), encoded)
    return whole


def zipped_with_password(files: Mapping[str, bytes], password: bytes) -> bytes:
    """A zip in the traditional encryption (APPNOTE 6.1), ASCII names."""
    local, central = b"", b""
    for name, content in files.items():
        crc = zlib.crc32(content)
        sealed = _Keys(password).encrypt(bytes(11) + bytes([crc >> 24]) + content)
        common = struct.pack("<HHHHHIIIHH", 20, 1, 0, 0x4800, 0x538D, crc, len(sealed), len(content), len(name), 0)
        central += (
            b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, len(local)) + name.encode()
        )
        local += b"PK\x03\x04" + common + name.encode() + sealed
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(central), len(local), 0)
    return local + central + b"PK\x05\x06" + end


class _Keys:
    """The three keys of the traditional zip encryption."""

    def __init__(self, password: bytes) -> None:
        self._keys = [0x12345678, 0x23456789, 0x34567890]
        for octet in password:
            self._turn(octet)

    def encrypt(self, plain: bytes) -> bytes:
        sealed = bytearray()
        for octet in plain:
            word = (self._keys[2] | 2) & 0xFFFF
            sealed.append(octet ^ ((word * (word ^ 1)) >> 8) & 0xFF)
            self._turn(octet)
        return bytes(sealed)

    def _turn(self, octet: int) -> None:
        first, second, third = self._keys
        first = _crc_step(first, octet)
        second = ((second + (first & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        self._keys = [first, second, _crc_step(third, second >> 24)]


def _crc_step(value: int, octet: int) -> int:
    return zlib.crc32(bytes([octet]), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF


def summary(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with one sheet: a merged title, then the rows, header first."""
    last = _column(max(map(len, rows)) - 1)
    lines = [_row(1, (title,)), *(_row(number, row) for number, row in enumerate(rows, 2))]
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData><mergeCells count="1">'
    sheet += f'<mergeCell ref="A1:{last}1"/></mergeCells></worksheet>'
    return zipped({name: f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode() for name, text in _workbook(sheet).items()})


def _workbook(sheet: str) -> Mapping[str, str]:
    overrides = (("/xl/workbook.xml", "sheet.main"), ("/xl/worksheets/sheet1.xml", "worksheet"))
    kinds = "".join(f'<Override PartName="{part}" ContentType="{_SHEET}.{kind}+xml"/>' for part, kind in overrides)
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{kinds}</Types>',
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="汇总表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": sheet,
    }


def _relation(kind: str, target: str) -> str:
    one = f'<Relationship Id="rId1" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{one}</Relationships>'


def _row(number: int, cells: Sequence[str]) -> str:
    written = (
        f'<c r="{_column(column)}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        for column, text in enumerate(cells)
    )
    return f'<row r="{number}">{"".join(written)}</row>'


def _column(number: int) -> str:
    return chr(ord("A") + number)


def page(lines: Sequence[str]) -> bytes:
    """A PDF of one page with these lines as text, in a font that every reader brings itself (Adobe-GB1)."""
    shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T*\n" for line in lines)
    stream = f"BT /F1 14 Tf 22 TL 72 770 Td\n{shown}ET".encode()
    descendant = "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) "
    descendant += "/Ordering (GB1) /Supplement 2 >> /DW 1000 >>"
    return _pdf(
        (
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
            descendant.encode(),
        )
    )


def _pdf(objects: Sequence[bytes]) -> bytes:
    """The objects with their cross-reference table."""
    whole, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(whole))
    return whole + table + trailer


def photograph(shade: int, width: int = 120, height: int = 80) -> bytes:
    """A PNG of one colour running into another."""
    rows = b"".join(
        b"\0" + bytes(value for x in range(width) for value in (shade, (x * 2) & 255, (y * 3) & 255)) for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
