import io
import zipfile
from pathlib import Path

import pytest

from bot.model import Format
from bot.reading.ole import compound
from bot.reading.sniff import format_of, sniffed
from tests.reading.ole_files import ole_of


def package(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"", "推荐表.docx", Format.EMPTY),
        (package(TYPES, "word/document.xml"), "推荐表.doc", Format.DOCX),
        (package(TYPES, "word\\document.xml"), "推荐表.docx", Format.DOCX),
        (package(TYPES, "word/document.xml", "word/vbaProject.bin"), "推荐表.docx", Format.PROGRAM),
        (package(TYPES, "xl/workbook.xml"), "汇总表.docx", Format.XLSX),
        (package(TYPES, "xl/workbook.xml", "xl/vbaProject.bin"), "汇总表.xlsm", Format.PROGRAM),
        (package(TYPES, "ppt/presentation.xml"), "介绍.pptx", Format.PPTX),
        (package("OFD.xml", "Doc_0/Document.xml"), "函.ofd", Format.OFD),
        (package("mimetype", "content.xml"), "函.odt", Format.UNKNOWN),
        (package("AndroidManifest.xml", "classes.dex"), "报送.apk", Format.PROGRAM),
        (package("META-INF/MANIFEST.MF", "a/B.class"), "报送.jar", Format.PROGRAM),
        (package("推荐表.docx"), "新乡市.zip", Format.ZIP),
        (b"PK\x05\x06" + bytes(18), "空.zip", Format.ZIP),
        (package(TYPES, "word/document.xml")[:40] + b"word/", "截断.docx", Format.DOCX),
        (b"Rar!\x1a\x07\x00...", "a.rar", Format.RAR),
        (b"Rar!\x1a\x07\x01\x00...", "a.zip", Format.RAR),
        (b"7z\xbc\xaf\x27\x1c..", "a.zip", Format.SEVENZIP),
        (b"7z\xbc\xaf\x27\x1c\0\x04" + bytes(40) + b"%PDF-1.7\n", "推荐表.7z", Format.SEVENZIP),
        (b"Rar!\x1a\x07\x01\x00" + bytes(60) + b"%PDF-1.7\n", "推荐表.rar", Format.RAR),
        (bytes(257) + b"ustar\0" + bytes(249) + b"%PDF-1.7\n", "推荐表.tar", Format.TAR),
        (b"\x1f\x8b\x08..", "a.tgz", Format.TAR),
        (bytes(257) + b"ustar\0", "a.tar", Format.TAR),
        (b"\x78\x9f\x3e\x22..", "winmail.dat", Format.TNEF),
        (b"%PDF-1.4\n", "a.docx", Format.PDF),
        (b"\xef\xbb\xbfjunk\n%PDF-1.7\n", "a.pdf", Format.PDF),
        (b"{\\rtf1\\ansi", "推荐表.doc", Format.RTF),
        (b"\n {\\rtf1\\ansi", "推荐表.doc", Format.RTF),
        (b"<html><body>x</body></html>", "推荐表.doc", Format.HTML),
        ("\ufeff<!DOCTYPE html><p>x".encode(), "a", Format.HTML),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>', "推荐表.doc", Format.HTML),
        ("姓名：张三".encode("gb18030"), "推荐表.txt", Format.TEXT),
        ("姓名：张三".encode(), "推荐表.docx", Format.TEXT),
        ("姓名：张三".encode("utf-16"), "推荐表.txt", Format.TEXT),
        ("echo 你好".encode(), "安装.bat", Format.PROGRAM),
        (b"MsgBox 1", "推荐表.docx.vbs", Format.PROGRAM),
        (b"#!/bin/sh\n", "a", Format.PROGRAM),
        (b"MZ\x90\x00\x03\x00", "推荐表.docx", Format.PROGRAM),
        (b"MZ is how a text may begin", "a.txt", Format.TEXT),
        (b"\x7fELF\x02", "a.pdf", Format.PROGRAM),
        (b"L\x00\x00\x00\x01\x14\x02\x00\x00", "推荐表.lnk", Format.PROGRAM),
        (b"\x00\x01\x02\x03", "推荐表.scr", Format.PROGRAM),
        (b"\x00\x01\x02\x03", "推荐表.dat", Format.UNKNOWN),
        (b"\x89PNG\r\n\x1a\n", "a.jpg", Format.IMAGE),
        (b"\xff\xd8\xff\xe0", "a.png", Format.IMAGE),
        (b"GIF89a", "a", Format.IMAGE),
        (b"II*\x00", "a.tif", Format.IMAGE),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a", Format.IMAGE),
        (b"\x00\x00\x00\x18ftypheic", "IMG_0001.HEIC", Format.IMAGE),
        (b"BM" + bytes(12) + b"\x28\x00\x00\x00" + bytes(60), "a.bmp", Format.IMAGE),
        (b"\x00\x00\x00\x18ftypmp42", "a.mp4", Format.MEDIA),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "a.wav", Format.MEDIA),
        (b"ID3\x03", "a.mp3", Format.MEDIA),
        (b"\xff\xfb\x90\x00", "a.mp3", Format.MEDIA),
        (b"#!AMR\n", "a.amr", Format.MEDIA),
        (b"\x00\x01\x02\x03", "a.rmvb", Format.MEDIA),
        (b"BEGIN:VCALENDAR\r\n", "invite.ics", Format.CALENDAR),
        (b"BEGIN:VCARD\r\n", "a.vcf", Format.CALENDAR),
        (b"\x30\x82\x05\x00\x06\x09\x00", "smime.p7s", Format.CALENDAR),
        (b"From: a@example.cn\r\nSubject: x\r\nDate: y\r\n\r\nz", "材料", Format.EML),
        (b"Subject: x\r\n\r\nz", "材料.eml", Format.EML),
        (b"Subject: x\r\n\r\nz", "材料.txt", Format.TEXT),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\nX-Document-Type: Workbook\r\n\r\n", "表.doc", Format.EML),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_is_what_its_content_says(data: bytes, name: str, expected: Format) -> None:
    assert format_of(data, name) is expected


@pytest.mark.parametrize(
    ("streams", "name", "expected", "locked"),
    [
        ({"WordDocument": bytes(64)}, "推荐表.wps", Format.DOC, False),
        ({"WordDocument": bytes(10) + b"\x00\x01" + bytes(52)}, "推荐表.doc", Format.DOC, True),
        ({"Workbook": b"\x09\x08\x10\x00" + bytes(64)}, "汇总表.xls", Format.XLS, False),
        ({"Workbook": b"\x09\x08\x10\x00" + bytes(64)}, "汇总表.et", Format.ET, False),
        ({"Workbook": b"\x09\x08\x04\x00\0\0\0\0\x2f\x00\x02\x00" + bytes(64)}, "汇总表.xls", Format.XLS, True),
        ({"Book": b"\x09\x08\x10\x00" + bytes(64)}, "汇总表.xls", Format.XLS, False),
        ({"EncryptedPackage": bytes(64), "EncryptionInfo": bytes(64)}, "推荐表.docx", Format.DOCX, True),
        ({"EncryptedPackage": bytes(64), "EncryptionInfo": bytes(64)}, "汇总表.xlsx", Format.XLSX, True),
        ({"PowerPoint Document": bytes(64)}, "介绍.ppt", Format.PPTX, False),
        ({"CONTENTS": bytes(64)}, "推荐表.wps", Format.WPS, False),
        ({"Something": bytes(64)}, "a.bin", Format.UNKNOWN, False),
        ({"WordDocument": bytes(64), "Macros/VBA/dir": bytes(64)}, "推荐表.doc", Format.PROGRAM, False),
        ({"Workbook": bytes(64), "_VBA_PROJECT_CUR/VBA/dir": bytes(64)}, "汇总表.xls", Format.PROGRAM, False),
        ({"WordDocument": bytes(64), "ObjectPool/_1/Workbook": bytes(64)}, "推荐表.doc", Format.DOC, False),
    ],
)
def test_an_ole_file_is_what_its_streams_say(streams: dict[str, bytes], name: str, expected: Format, locked: bool) -> None:
    seen = sniffed(ole_of(streams), name)
    assert (seen.format, seen.locked) == (expected, locked)


def test_a_damaged_ole_file_is_still_known_by_its_directory() -> None:
    data = ole_of({"WordDocument": bytes(64)})
    broken = data[:8] + b"\xff" * 68 + data[76:]
    assert format_of(broken, "推荐表.doc") is Format.DOC
    assert compound(data[:300]).paths == frozenset()


def test_content_wins_over_every_name(tmp_path: Path) -> None:
    document = package(TYPES, "word/document.xml")
    assert {format_of(document, f"a.{end}") for end in ("exe", "zip", "pdf", "txt", "")} == {Format.DOCX}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_with_a_few_damaged_bytes_is_still_text(encoding: str) -> None:
    page = ("<html><body><p>" + "推荐表，党员服务标兵。" * 40 + "</p></body></html>").encode(encoding)
    for at in (20, 101, 202):
        page = page[:at] + b"\xff" + page[at + 1 :]
    assert format_of(page, "a.doc") is Format.HTML
    assert format_of(page[15:], "a.txt") is Format.TEXT


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.doc", Format.DOC), ("a.wps", Format.DOC), ("a.xls", Format.XLS), ("a.et", Format.ET), ("a.bin", Format.UNKNOWN)],
)
def test_an_ole_file_without_its_directory_is_what_its_name_says(name: str, format: Format) -> None:
    assert format_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), name) is format


@pytest.mark.parametrize(
    "page",
    [
        b'<?xml version="1.0"?>\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">',
        b'<?xml version="1.0"?>\n<uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof">',
    ],
)
def test_documents_that_nothing_here_reads_are_no_plain_text(page: bytes) -> None:
    assert format_of(page, "a.xml") is Format.UNKNOWN


@pytest.mark.parametrize("data", [b"\x00\x01\x02garbage" * 50, b"this is no such file"])
@pytest.mark.parametrize(
    ("end", "format"), [("docx", Format.DOCX), ("pdf", Format.PDF), ("zip", Format.ZIP), ("7z", Format.SEVENZIP)]
)
def test_bytes_of_no_kind_are_a_damaged_file_of_the_kind_its_name_says(data: bytes, end: str, format: Format) -> None:
    assert format_of(data, f"a.{end}") is format


def test_plain_text_under_the_name_of_an_old_document_is_text() -> None:
    assert format_of(b"words", "a.doc") is Format.TEXT
    assert format_of(b"\0\1\2", "a.doc") is Format.DOC
