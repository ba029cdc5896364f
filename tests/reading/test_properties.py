"""Whatever bytes come in, a reading comes out that can go over the wire and come back the same."""

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.model import Reading
from bot.reading.addresses import addresses
from bot.reading.charsets import decode
from bot.reading.encoded import decode_header
from bot.reading.htmltext import html_text
from bot.reading.limits import MIB, Limits
from bot.reading.mail import read_header, read_mail
from bot.reading.names import file_name, parameters
from bot.reading.quoting import fresh
from bot.reading.sniff import format_of
from tests.reading.mail_rules import RULES
from tests.reading.mails import PNG, mixed, part, text_part, word
from tests.reading.packing import tar_of, zip_of
from tests.reading.tnef_files import tnef_of

LIMITS = Limits(unpacked_bytes=4 * MIB, member_bytes=MIB, ratio_free_bytes=MIB)
SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

FRAGMENTS = [
    b"From: ", b"Subject: ", b"Content-Type: ", b"Content-Disposition: attachment; ", b"filename", b"*0*=", b"*=",
    b"''", b'"', b"=?", b"?=", b"?B?", b"?Q?", b"utf-8", b"gb2312", b"multipart/mixed; boundary=b", b"--b", b"--b--",
    b"\r\n", b"\r\n\r\n", b"\n", b"\r", b" ", b"\t", b";", b"<", b">", b"(", b")", b"@", b",", b":", b"\\", b"\x00",
    b"\xff", b"\x81", b"message/rfc822", b"text/html", b"<table><tr><td>", b"Content-Transfer-Encoding: base64\r\n",
    b"begin 644 x\r\n", b"PK\x03\x04", b"PK\x01\x02", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Received: ", b"Date: ",
    b"Message-ID: <[", b"%", b"format=flowed", b"> ", "推荐表".encode(), "新乡".encode("gb18030"), b"7z\xbc\xaf'\x1c",
]  # fmt: skip
MAILS = st.one_of(st.binary(max_size=2000), st.lists(st.sampled_from(FRAGMENTS), max_size=60).map(b"".join))

ARCHIVE = zip_of([("新乡/推荐表.png", PNG), (b"b.png", PNG * 20), ("昞.png".encode("gb18030"), b"x")])
NESTED = zip_of([("新乡/推荐表.png".encode("gb18030"), PNG), ("b.zip", ARCHIVE)])
INNER = mixed([text_part(), part(PNG, "Content-Type: image/png")], "Subject: x", boundary="in")
RICH = mixed(
    [
        text_part("正文"),
        part(NESTED, 'Content-Disposition: attachment; filename="a.zip"'),
        part(tnef_of([("推荐表.png", PNG)]), 'Content-Type: application/ms-tnef; name="winmail.dat"'),
        part(tar_of([(b"a.png", PNG)], "w:gz"), 'Content-Disposition: attachment; filename="a.tgz"'),
        part(INNER, "Content-Type: message/rfc822", encode=False),
    ],
    f"Subject: {word('报送')}",
    "From: a@example.cn",
)
WOUNDS = st.lists(st.tuples(st.integers(0, len(RICH) - 1), st.binary(min_size=1, max_size=4)), max_size=12)


def survives(content: bytes) -> None:
    reading = read_mail(content, RULES, LIMITS)
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading
    assert not any("crash" in defect for defect in reading.defects), reading.defects
    assert all(".." not in file.path.split("/") and not file.path.startswith("/") for file in reading.files)
    assert len({file.path for file in reading.files}) == len(reading.files)


@SETTINGS
@given(MAILS)
def test_arbitrary_bytes_never_raise(content: bytes) -> None:
    survives(content)
    read_header(content, LIMITS)


@SETTINGS
@given(
    st.lists(st.tuples(st.integers(0, len(RICH) - 1), st.binary(min_size=1, max_size=4)), max_size=12),
    st.integers(0, len(RICH)),
)
def test_a_rich_mail_damaged_anywhere_never_raises(wounds: list[tuple[int, bytes]], end: int) -> None:
    content = bytearray(RICH)
    for at, scrap in wounds:
        content[at : at + len(scrap)] = scrap
    survives(bytes(content))
    survives(bytes(content[:end]))


@SETTINGS
@given(st.lists(st.tuples(st.integers(0, len(ARCHIVE) - 1), st.integers(0, 255)), max_size=8))
def test_a_damaged_archive_never_raises(wounds: list[tuple[int, int]]) -> None:
    content = bytearray(ARCHIVE)
    for at, byte in wounds:
        content[at] = byte
    survives(mixed([part(bytes(content), 'Content-Disposition: attachment; filename="a.zip"')]))


@SETTINGS
@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_have_a_text_and_a_format(data: bytes, name: str) -> None:
    for text in (decode(data, name), decode_header(data), html_text(decode(data))):
        text.encode()
    format_of(data, name)


@SETTINGS
@given(st.text(max_size=300))
def test_any_header_has_addresses_and_parameters(value: str) -> None:
    addresses(value)
    parameters(value)
    fresh(value)
    assert not set(file_name(value)) & set("/\\\0\r\n")


@SETTINGS
@given(st.text(max_size=60), st.integers(1, 20), st.sampled_from(["utf-8", "gb18030"]))
def test_encoded_words_cut_anywhere_come_back_whole(text: str, size: int, codec: str) -> None:
    text = "".join(char for char in text if char.isprintable())
    data = text.encode(codec)
    words = [word(data[at : at + size], "gb2312" if codec == "gb18030" else "utf-8") for at in range(0, len(data), size)]
    assert decode_header("\r\n ".join(words).encode()) == text
