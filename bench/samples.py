"""Files as people send them, for the benchmarks: one invented nomination in every format that this machine can make.

Word files are drawn by python-docx, their relatives written by LibreOffice where it is installed; an OFD page is drawn here.
"""

import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from struct import pack
from xml.sax.saxutils import escape

import openpyxl
import py7zr

from bench.mails import START, documents
from bot.demo.cast import Writer, cast
from bot.demo.programs import Enclosure, Note, compose
from bot.model import Format, Table
from bot.reading.documents import read_document
from bot.reading.limits import Limits
from tests.reading.office import SOFFICE, convert

PAIRS = 30
"""Nominations of a city's archive."""
LARGE = 20 * 1024 * 1024
"""Bytes of a mail full of photographs."""

Files = Mapping[str, bytes]


def samples() -> Iterator[tuple[str, Files]]:
    """What is measured: its name in the table, and the files it consists of."""
    writer = cast()[0]
    form, material = (enclosure.content for enclosure in documents(writer, 0))
    yield "docx, form", {"f.docx": form}
    yield "docx, form and material", {"f.docx": form, "m.docx": material}
    yield from _of_other_programs({"f": form, "m": material})
    yield "xlsx, form", {"f.xlsx": as_workbook(form)}
    yield "ofd, form and material", {"f.ofd": as_ofd(form), "m.ofd": as_ofd(material)}
    pairs = _pairs(writer)
    yield f"mail with a zip of {PAIRS} pairs", {"m.eml": _mail(writer, [Enclosure("推荐材料.zip", _zip(pairs))])}
    yield f"mail with a rar of {PAIRS} pairs, not packed", {"m.eml": _mail(writer, [Enclosure("推荐材料.rar", _rar(pairs))])}
    yield f"mail with a 7z of {PAIRS} pairs", {"m.eml": _mail(writer, [Enclosure("推荐材料.7z", _seven_zip(pairs))])}
    yield "mail of 20 MB", {"m.eml": _mail(writer, [*documents(writer, 0), *_photographs()])}


def _of_other_programs(pair: Files) -> Iterator[tuple[str, Files]]:
    if SOFFICE is None:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"{key}.docx" for key in pair]
        for file, content in zip(files, pair.values(), strict=True):
            file.write_bytes(content)
        sheet = folder / "s.xlsx"
        sheet.write_bytes(as_workbook(pair["f"]))
        for target in ("doc", "rtf", "pdf", "html"):
            convert(files, target, folder)
            made = {f"{file.stem}.{target}": file.with_suffix(f".{target}").read_bytes() for file in files}
            yield f"{target}, form and material", made
            if target == "doc":
                yield "wps, form and material", {f"{key[0]}.wps": content for key, content in made.items()}
        convert([sheet], "xls", folder)
        yield "xls, form", {"f.xls": sheet.with_suffix(".xls").read_bytes()}


def _table_of(form: bytes) -> Table:
    return next(block.table for block in read_document(form, Format.DOCX, Limits()).blocks if block.table)


def as_workbook(form: bytes) -> bytes:
    """The table of a form on a sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cell in _table_of(form).cells:
        sheet.cell(cell.row, cell.column, cell.text)
        if cell.row_span > 1 or cell.column_span > 1:
            below, right = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
            sheet.merge_cells(start_row=cell.row, start_column=cell.column, end_row=below, end_column=right)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pairs(writer: Writer) -> dict[str, bytes]:
    return {
        f"{number + 1:02}/{kind}.docx": enclosure.content
        for number in range(PAIRS)
        for kind, enclosure in zip(("form", "material"), documents(writer, number), strict=True)
    }


def _zip(files: Files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _seven_zip(files: Files) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(content, name)
    return out.getvalue()


def _rar(files: Files) -> bytes:
    """An archive of version 3 that only stores: packing is WinRAR's own, and no library does it."""
    out = b"Rar!\x1a\x07\x00" + _rar_block(0x73, 0, bytes(6))
    for name, content in files.items():
        place = name.encode()
        told = pack("<IIBIIBBHI", len(content), len(content), 3, zlib.crc32(content), 0, 29, 0x30, len(place), 0o100644)
        out += _rar_block(0x74, 0x8000, told + place) + content
    return out + _rar_block(0x7B, 0x4000, b"")


def _rar_block(kind: int, flags: int, body: bytes) -> bytes:
    head = pack("<BHH", kind, flags, 7 + len(body)) + body
    return pack("<H", zlib.crc32(head) & 0xFFFF) + head


def _photographs() -> list[Enclosure]:
    chance = Random(1)  # noqa: S311 - bytes of no meaning
    head = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
    return [Enclosure(f"现场{number}.jpg", head + chance.randbytes(LARGE * 3 // 16)) for number in range(4)]


def _mail(writer: Writer, enclosures: Sequence[Enclosure]) -> bytes:
    note = Note(
        key="bench/formats",
        at=START,
        sender="clerk@units.example",
        name=writer.clerk.name,
        to="sjhdz2021@126.com",
        subject=f"{writer.unit}报送推荐材料",
        text="现报送推荐材料，请查收。",
        enclosures=tuple(enclosures),
    )
    return compose(note, writer.program)


# --- OFD ----------------------------------------------------------------------------------------------------------------

_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_WIDTH, _SIZE = 170.0, 4.0  # millimetres: of the text, of a character
_LINES = 40  # lines of a page


def as_ofd(document: bytes) -> bytes:
    """A Word document drawn on OFD pages: its table with lines, its paragraphs broken at the edge."""
    drawn = list(_drawn(document))
    pages = [drawn[at : at + _LINES] for at in range(0, len(drawn), _LINES)]
    parts = {
        "OFD.xml": f"<ofd:OFD {_SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{number}" BaseLoc="Pages/{number}.xml"/>' for number in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for number, rows in enumerate(pages):
        content = "".join(_row(row, 20 + 6 * at) for at, row in enumerate(rows))
        parts[f"Doc_0/Pages/{number}.xml"] = (
            f"<ofd:Page {_SPACE}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return _zip({name: text.encode() for name, text in parts.items()})


def _drawn(document: bytes) -> Iterator[tuple[str, ...]]:
    """Lines of text, alone or side by side as cells."""
    most = int(_WIDTH / _SIZE)
    for block in read_document(document, Format.DOCX, Limits()).blocks:
        if block.paragraph:
            text = block.paragraph.text
            yield from ((text[at : at + most],) for at in range(0, len(text), most))
        elif block.table:
            for row in sorted({cell.row for cell in block.table.cells}):
                cells = [cell.text.replace("\n", "") for cell in block.table.cells if cell.row == row]
                wide = most // len(cells)
                yield tuple(text[:wide] for text in cells)


def _row(texts: Sequence[str], y: float) -> str:
    if len(texts) == 1:
        return _words(texts[0], 20, y)
    step = _WIDTH / len(texts)
    edges = "".join(_line(20 + step * at, y, 0, 6) for at in range(len(texts) + 1))
    return (
        _line(20, y, _WIDTH, 0)
        + _line(20, y + 6, _WIDTH, 0)
        + edges
        + "".join(_words(text, 21 + step * at, y + 1) for at, text in enumerate(texts))
    )


def _words(text: str, x: float, y: float) -> str:
    told = f'<ofd:TextCode X="0" Y="{_SIZE}" DeltaX="g {max(len(text) - 1, 0)} {_SIZE}">{escape(text)}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="{x} {y} {_WIDTH} 6" Size="{_SIZE}">{told}</ofd:TextObject>'


def _line(x: float, y: float, across: float, down: float) -> str:
    data = f"<ofd:AbbreviatedData>M 0 0 L {across} {down}</ofd:AbbreviatedData>"
    return f'<ofd:PathObject Boundary="{x} {y} {across + 0.2} {down + 0.2}">{data}</ofd:PathObject>'
