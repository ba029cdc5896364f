"""The incidents of other systems that concern the reading of a mail, each by its number."""

import time

import pytest

from bot.model import Address, Format, Reading
from bot.reading.limits import Limits
from bot.reading.mail import read_mail
from tests.reading.mail_rules import RULES
from tests.reading.mails import PNG, mail, mixed, part, text_part, word
from tests.reading.packing import zip_of
from tests.reading.tnef_files import tnef_of


def read(content: bytes) -> Reading:
    return read_mail(content, RULES, Limits())


def test_fault_8_a_chinese_bounce_without_a_report_names_who_was_not_reached() -> None:
    words = "系统退信\r\n您的邮件无法送达 zhang@nowhere.example.cn，原因：用户不存在。\r\n联系 postmaster@163.com"
    bounce = mail(
        words.encode("gb18030"),
        "From: postmaster@163.com",
        "To: <office@example.cn>",
        f"Subject: {word('系统退信')}",
        "Content-Type: text/plain; charset=gb2312",
    )
    assert read(bounce).headers.failed_recipients == ("zhang@nowhere.example.cn",)
    assert read(bounce).text.startswith("系统退信")


def test_fault_29_an_unknown_charset_label_costs_nothing() -> None:
    reading = read(
        mail("报送".encode(), f"Subject: {word('报送', 'x-martian')}", "Content-Type: text/plain; charset=x-martian")
    )
    assert (reading.headers.subject, reading.text) == ("报送", "报送")


def test_fault_30_gb2312_labels_over_gb18030_bytes_and_raw_headers_keep_rare_characters() -> None:
    name = "张镕㛃𠮷"
    reading = read(
        mail(
            name.encode("gb18030"),
            f"Subject: {word(name)}",
            b"From: " + name.encode("gb18030") + b" <zhang@example.cn>",
            b"Reply-To: " + name.encode() + b" <zhang@example.cn>",
            "Content-Type: text/plain; charset=gb2312",
        )
    )
    assert (reading.headers.subject, reading.text) == (name, name)
    assert (reading.headers.sender, *reading.headers.reply_to) == (Address("zhang@example.cn", name),) * 2


def test_fault_31_encoded_words_split_inside_a_character_of_a_file_name_are_joined() -> None:
    raw = "新乡市推荐表.png".encode("gb18030")
    named = f'Content-Disposition: attachment; filename="{word(raw[:5])}\r\n {word(raw[5:11])}\r\n {word(raw[11:])}"'
    assert [file.path for file in read(mixed([part(PNG, named)])).files] == ["新乡市推荐表.png"]


@pytest.mark.parametrize(
    "field",
    [
        pytest.param('From: "', id="cpython, lone quote"),
        pytest.param("Message-ID: <[a]>", id="cpython, brackets in an id"),
        pytest.param("Subject: =?utf-8?q?=?= =?", id="cpython#105802"),
        pytest.param("Content-Type: text/plain; charset*=utf-8''%80; charset*0=x", id="cpython#94306"),
        pytest.param("Content-Type: multipart/mixed; boundary*1=b; boundary*x=c", id="cpython, segments without a first"),
        pytest.param("Content-Disposition: attachment; filename*=''; filename*999=x", id="cpython#117849"),
        pytest.param("To: <a@b, (c <d>: ;", id="brackets across a list"),
        pytest.param("Date: Mon, 99 Foo 99999 99:99:99 +9999999999", id="a date out of all measure"),
        pytest.param("Received: (((((", id="a hop that never ends"),
        pytest.param("Content-Transfer-Encoding: \x80\xff", id="a transfer encoding in 8 bits"),
    ],
)
def test_fault_32_no_header_makes_reading_raise(field: str) -> None:
    content = mail("正文", field.encode("latin-1"), "X-Last: 1")
    reading = read(content)
    assert "正文" in reading.text or [file.size for file in reading.files] == [len("正文".encode())]
    assert not any("mail-parser: " in defect for defect in reading.defects)


@pytest.mark.parametrize("disposition", ["", "Content-Disposition:", "Content-Disposition: inline", "Content-Disposition: x"])
def test_fault_33_no_disposition_hides_a_pdf(disposition: str) -> None:
    fields = ['Content-Type: application/pdf; name="scan.pdf"', *([disposition] if disposition else [])]
    assert [file.format for file in read(mixed([text_part(), part(b"%PDF-1.4", *fields)])).files] == [Format.PDF]


def test_fault_33_material_in_an_attached_mail_is_found() -> None:
    inner = mixed(
        [text_part(), part(PNG, 'Content-Disposition: attachment; filename="材料.png"')], "Subject: 材料", boundary="in"
    )
    reading = read(mixed([text_part(), part(inner, 'Content-Type: message/rfc822; name="材料.eml"', encode=False)]))
    assert [file.path for file in reading.files] == ["材料.eml", "材料.eml/材料.png"]


def test_fault_34_winmail_dat_is_unpacked() -> None:
    packet = tnef_of([("推荐表.png", PNG), ("照片.png", PNG)])
    reading = read(mixed([text_part(), part(packet, 'Content-Type: application/ms-tnef; name="winmail.dat"')]))
    assert [(file.path, file.format) for file in reading.files] == [
        ("winmail.dat", Format.TNEF),
        ("winmail.dat/推荐表.png", Format.IMAGE),
        ("winmail.dat/照片.png", Format.IMAGE),
    ]


def test_fault_35_zip_names_in_three_encodings_in_one_mail() -> None:
    name = "新乡市/昞表.png"
    gbk = name.encode("gb18030")
    assert b"\\" in gbk
    archives = [zip_of([(raw, PNG)]) for raw in (gbk, name.encode(), gbk.replace(b"\\", b"/"))]
    parts = [part(data, f'Content-Disposition: attachment; filename="{n}.zip"') for n, data in enumerate(archives)]
    files = [file.path for file in read(mixed(parts)).files if not file.container]
    assert files == [f"{n}.zip/{name}" for n in range(3)]


@pytest.mark.parametrize(
    ("data", "check"),
    [
        (zip_of([("../../x.png", PNG)]), "attachment-unsafe"),
        (zip_of([("x.png", b"/etc/passwd")], mode=0o120777), "attachment-unsafe"),
        (zip_of([("x.png", bytes(40_000_000))]), "attachment-unsafe"),
    ],
    ids=["slip", "symlink", "bomb"],
)
def test_fault_36_slips_links_and_bombs_are_refused_whole(data: bytes, check: str) -> None:
    reading = read(mixed([part(data, 'Content-Disposition: attachment; filename="a.zip"')]))
    assert [(file.path, file.problem and file.problem.check) for file in reading.files] == [("a.zip", check)]


@pytest.mark.parametrize("shape", ["multiparts", "mails"])
def test_fault_40_a_nesting_bomb_costs_its_inside_only(shape: str) -> None:
    if shape == "multiparts":
        bomb = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000))
    else:
        bomb = b"Content-Type: message/rfc822\r\n\r\n" * 3000
    content = mixed([text_part("正文"), bomb], "Subject: x")
    started = time.process_time()
    reading = read(content)
    assert (reading.headers.subject, reading.text.split("\n")[0]) == ("x", "正文")
    assert time.process_time() - started < 5


def test_fault_41_names_in_both_forms_agree_and_either_form_is_enough() -> None:
    percent = "".join(f"%{byte:02X}" for byte in "受理回执.png".encode())
    forms = (f"filename*=utf-8''{percent}", f'filename="{word("受理回执.png", "utf-8", "utf-8")}"')
    for given in (forms[0], forms[1], "; ".join(forms), "; ".join(reversed(forms))):
        assert [file.path for file in read(mixed([part(PNG, f"Content-Disposition: attachment; {given}")])).files] == [
            "受理回执.png"
        ]
