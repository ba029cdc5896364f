"""Bombs in the limited process: each costs its file, which becomes a finding; the mail beside it is read."""

import struct
import zlib
from collections.abc import Callable, Iterator

import pytest

from bot.adapters.worker import LimitedReader
from bot.model import FileRead
from bot.reading.limits import MIB, Limits
from tests.documents import raw_docx, zip_bytes
from tests.labelled.packing import pdf
from tests.reading.mail_rules import RULES
from tests.reading.mails import mixed, part, text_part
from tests.reading.packing import zip_of

LIMITS = Limits(memory=700 * MIB)


@pytest.fixture(scope="module")
def reader() -> Iterator[LimitedReader]:
    running = LimitedReader(RULES, LIMITS)
    yield running
    running.close()


def laughs(quadratic: bool) -> str:
    """Entities that unfold to gigabytes: ten times ten to the ninth, or one long one fifty thousand times."""
    if quadratic:
        return f'<!DOCTYPE d [<!ENTITY a "{"x" * 100_000}">]><d>{"&a;" * 50_000}</d>'
    steps = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE d [<!ENTITY l0 "lol">{steps}]><d>&l9;</d>'


def picture(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that claims, and holds, this many pixels of nothing."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(4_000_000), 9)) + chunk(b"IEND", b"")
    )


def page_bomb() -> bytes:
    """A page whose content unpacks to seventy megabytes."""
    content = zlib.compress(b"0 0 m 9 9 l S " * 5_000_000, 9)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(content) + content + b"\nendstream"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99999999 99999999] /Contents 4 0 R >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream])


def nested(depth: int) -> bytes:
    inner = zip_of([("x.txt", b"x")])
    for level in range(depth):
        inner = zip_of([(f"{level}.zip", inner)])
    return inner


BOMBS: dict[str, Callable[[], bytes]] = {
    "billion laughs.docx": lambda: raw_docx("", {"word/footnotes.xml": laughs(False)}),
    "laughs as document.docx": lambda: zip_bytes({"[Content_Types].xml": "<Types/>", "word/document.xml": laughs(False)}),
    "quadratic.xlsx": lambda: zip_bytes({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": laughs(True)}),
    "laughs.ofd": lambda: zip_bytes({"OFD.xml": laughs(False)}),
    "deep.docx": lambda: raw_docx("<w:p>" * 20_000 + "</w:p>" * 20_000),
    "large part.docx": lambda: zip_bytes({"[Content_Types].xml": "<Types/>", "word/document.xml": " " * 65_000_000}),
    "page.pdf": page_bomb,
    "sixty thousand.png": lambda: picture(60_000, 60_000),
    "archives.zip": lambda: nested(40),
    "many.zip": lambda: zip_of([(f"{n}.txt", b"") for n in range(5_000)]),
    "zeros.zip": lambda: zip_of([("z.docx", bytes(60_000_000))]),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_costs_its_file_and_the_mail_beside_it_is_read(reader: LimitedReader, name: str) -> None:
    fields = f'Content-Disposition: attachment; filename="{name}"'
    good = part("姓名：张三".encode(), 'Content-Disposition: attachment; filename="good.txt"')
    reading = reader.read(mixed([text_part("见附件"), part(BOMBS[name](), fields), good], "Subject: x", "From: a@b.example"))
    files = {file.path: file for file in reading.files}
    assert reading.headers.subject == "x"
    assert name in files
    assert files["good.txt"].problem is None
    assert size_of(files[name]) < 4_000_000


def size_of(file: FileRead) -> int:
    """Characters that came of it."""
    return sum(len(str(section)) for section in file.sections)
