import bz2
import gzip
import io
import lzma
import struct
import zipfile
import zlib

import py7zr
import pytest

from bot.model import Format, Problem
from bot.reading import archive_rar, unrar
from bot.reading.archives import Budget, Member, members
from bot.reading.limits import MIB, Limits
from bot.reading.unreadable import Unreadable
from tests.reading.packing import tar_of, zip_of
from tests.reading.rar_files import RAR3, RAR5, RAR5_LINK, RAR5_LOCKED

NAME = "新乡市/推荐表镕.txt"
GBK, UTF8 = NAME.encode("gb18030"), NAME.encode()


def unpack(data: bytes, format: Format = Format.ZIP, name: str = "a.zip", limits: Limits | None = None) -> list[Member]:
    limits = limits or Limits()
    return list(members(data, format, name, limits, Budget.of(limits)))


def refusal(data: bytes, format: Format = Format.ZIP, limits: Limits | None = None) -> tuple[str, object]:
    with pytest.raises(Unreadable) as caught:
        unpack(data, format, limits=limits)
    return caught.value.check, caught.value.facts.get("why")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(zip_of([(NAME, b"x")]), id="UTF-8 with its flag"),
        pytest.param(zip_of([(UTF8, b"x")]), id="UTF-8 without its flag"),
        pytest.param(zip_of([(GBK, b"x")]), id="GBK without a flag"),
        pytest.param(zip_of([(GBK, b"x")], flag=True), id="GBK that claims to be UTF-8"),
        pytest.param(zip_of([(GBK.replace(b"/", b"\\"), b"x")]), id="GBK with backslashes"),
        pytest.param(zip_of([(GBK.decode("cp437"), b"x")]), id="GBK read as code page 437"),
        pytest.param(
            zip_of(
                [(b"????.txt", b"x")],
                extra=struct.pack("<HHBL", 0x7075, 5 + len(UTF8), 1, zlib.crc32(b"????.txt")) + UTF8,
            ),
            id="Unicode path field",
        ),
    ],
)
def test_a_name_in_a_zip_is_read_in_every_encoding(data: bytes) -> None:
    assert unpack(data) == [Member(NAME, b"x")]


def test_an_archive_may_mix_encodings() -> None:
    data = zip_of([(GBK, b"1"), (UTF8 + b"2", b"2"), (NAME + "3", b"3")])
    assert [member.path for member in unpack(data)] == [NAME, NAME + "2", NAME + "3"]


def test_a_gbk_second_byte_turned_into_a_slash_is_turned_back() -> None:
    name = "昞/表.txt"
    raw = name.encode("gb18030")
    assert raw[1] == 0x5C
    broken = raw.replace(b"\\", b"/")
    assert [member.path for member in unpack(zip_of([(broken, b"x")]))] == [name]


def test_a_gbk_name_that_happens_to_be_utf_8_is_chinese_all_the_same() -> None:
    raw = "学校".encode("gb18030")
    assert raw.decode("utf-8") == "ѧУ"
    assert [member.path for member in unpack(zip_of([(raw + b".txt", b"x"), ("café.txt".encode(), b"x")]))] == [
        "学校.txt",
        "café.txt",
    ]


def test_folders_and_what_systems_leave_behind_are_left_out() -> None:
    junk = ["文件夹/", "__MACOSX/._a.txt", ".DS_Store", "文件夹/Thumbs.db", "desktop.ini", "~$推荐表.docx", "文件夹/._a.txt"]
    junk += ["~WRL0003.tmp", "ehthumbs.db"]
    data = zip_of([(name, b"") for name in junk] + [("./文件夹//a.txt", b"x")])
    assert unpack(data) == [Member("文件夹/a.txt", b"x")]


def test_members_of_one_name_stay_apart() -> None:
    assert [member.path for member in unpack(zip_of([("a.txt", b"1"), ("a.txt", b"2")]))] == ["a.txt", "a (2).txt"]


@pytest.mark.parametrize("name", ["../a.txt", "a/../../b.txt", "/etc/passwd", "C:\\a.txt", "..\\a.txt", "c:a.txt"])
def test_a_path_outside_the_archive_refuses_the_whole_of_it(name: str) -> None:
    assert refusal(zip_of([("good.txt", b"x"), (name, b"x")])) == ("attachment-unsafe", "path-outside")


def test_a_link_refuses_the_whole_archive() -> None:
    assert refusal(zip_of([("a", b"/etc/passwd")], mode=0o120777)) == ("attachment-unsafe", "link")
    assert refusal(tar_of([(b"a", b"")], link=True), Format.TAR) == ("attachment-unsafe", "link")


def test_a_bomb_is_refused_by_what_its_directory_promises() -> None:
    bomb = zip_of([("a", bytes(40 * MIB))])
    assert len(bomb) < 64 * 1024
    assert refusal(bomb) == ("attachment-unsafe", "ratio")
    assert refusal(bomb, limits=Limits(member_bytes=MIB)) == ("attachment-unsafe", "too-large")


def test_members_that_share_bytes_are_a_bomb() -> None:
    data = bytearray(zip_of([("a", b"x" * 100), ("b", b"x" * 100)]))
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)  # the second entry points at the first member
    assert refusal(bytes(data)) == ("attachment-unsafe", "overlap")


def test_bytes_lost_on_the_way_are_damage_and_no_bomb() -> None:
    data = zip_of([("a.txt", b"one" * 50), ("b.txt", b"two" * 50)])
    assert refusal(data[:40] + data[50:])[0] == "attachment-unreadable"


def test_a_directory_that_lies_about_a_size_costs_that_member_only() -> None:
    data = bytearray(zip_of([("a", b"x" * 1000), ("b", b"y")]))
    first = data.find(b"PK\x01\x02")
    data[first + 24 : first + 28] = (10).to_bytes(4, "little")
    found = unpack(bytes(data))
    assert [(member.path, member.problem and member.problem.check) for member in found] == [
        ("a", "attachment-unreadable"),
        ("b", None),
    ]


def test_too_many_members_refuse_the_archive() -> None:
    data = zip_of([(f"{n}.txt", b"") for n in range(20)])
    assert refusal(data, limits=Limits(members=10)) == ("attachment-unsafe", "too-many-members")
    assert refusal(data, limits=Limits(files=10)) == ("attachment-unsafe", "too-many-files")


def test_the_budget_is_for_the_whole_mail() -> None:
    limits = Limits(unpacked_bytes=15)
    budget = Budget.of(limits)
    data = zip_of([("a", b"x" * 10)])
    assert len(list(members(data, Format.ZIP, "a.zip", limits, budget))) == 1
    with pytest.raises(Unreadable) as caught:
        members(data, Format.ZIP, "b.zip", limits, budget)
    assert caught.value.check == "attachment-unsafe"


def locked(data: bytes, which: int) -> bytes:
    out, at = bytearray(data), -1
    for _ in range(which + 1):
        at = data.find(b"PK\x01\x02", at + 1)
    out[at + 8] |= 1
    return bytes(out)


def test_an_encrypted_archive_is_told_once_and_an_encrypted_member_by_itself() -> None:
    assert refusal(locked(zip_of([("a", b"x")]), 0)) == ("attachment-encrypted", "password")
    mixed = unpack(locked(zip_of([("a", b"x"), ("b", b"y")]), 0))
    assert mixed == [Member("a", b"", Problem("attachment-encrypted", {"why": "password"})), Member("b", b"y")]


@pytest.mark.parametrize(
    ("data", "format"),
    [
        (b"PK\x03\x04 nothing", Format.ZIP),
        (b"7z\xbc\xaf\x27\x1c" + bytes(50), Format.SEVENZIP),
        (b"Rar!\x1a\x07\x00" + bytes(50), Format.RAR),
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), Format.RAR),
        (b"\x1f\x8b" + bytes(50), Format.TAR),
    ],
)
def test_a_damaged_archive_is_unreadable(data: bytes, format: Format) -> None:
    assert refusal(data, format)[0] == "attachment-unreadable"


def test_a_member_with_a_wrong_checksum_is_unreadable_and_the_rest_is_read() -> None:
    data = bytearray(zip_of([("a", b"x" * 50), ("b", b"y")]))
    first = data.find(b"PK\x01\x02")
    data[first + 16 : first + 20] = b"\1\2\3\4"
    checks = [(member.path, member.problem and member.problem.check) for member in unpack(bytes(data))]
    assert checks == [("a", "attachment-unreadable"), ("b", None)]


def test_a_local_name_in_another_encoding_than_the_directory_is_forgiven() -> None:
    data = bytearray(zip_of([(GBK, b"x")]))
    data[30 : 30 + len(GBK)] = b"?" * len(GBK)
    assert unpack(bytes(data)) == [Member(NAME, b"x")]


@pytest.mark.parametrize(("mode", "end"), [("w", ".tar"), ("w:gz", ".tar.gz"), ("w:bz2", ".tar.bz2"), ("w:xz", ".tar.xz")])
@pytest.mark.parametrize("raw", [GBK, UTF8], ids=["GBK", "UTF-8"])
def test_tar_archives_are_opened(mode: str, end: str, raw: bytes) -> None:
    assert unpack(tar_of([(raw, b"x")], mode), Format.TAR, f"a{end}") == [Member(NAME, b"x")]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_single_file_under_gzip_keeps_its_name(pack: object) -> None:
    end = {gzip.compress: "gz", bz2.compress: "bz2", lzma.compress: "xz"}[pack]  # type: ignore[index] # one of the three
    data = pack("推荐".encode())  # type: ignore[operator] # one of the three
    assert unpack(data, Format.TAR, f"推荐表.txt.{end}") == [Member("推荐表.txt", "推荐".encode())]


def test_a_gzip_bomb_is_stopped_while_it_unpacks() -> None:
    bomb = gzip.compress(bytes(40 * MIB))
    assert refusal(bomb, Format.TAR, Limits(ratio_free_bytes=MIB)) == ("attachment-unsafe", "too-large")


def seven(password: str | None = None, header: bool = False) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password, header_encryption=header) as archive:
        archive.writestr("推荐".encode(), NAME)
        archive.writestr(b"2", "b.txt")
    return out.getvalue()


def test_a_7z_archive_is_opened() -> None:
    assert unpack(seven(), Format.SEVENZIP) == [Member(NAME, "推荐".encode()), Member("b.txt", b"2")]


@pytest.mark.parametrize("header", [False, True])
def test_an_encrypted_7z_archive_is_encrypted(header: bool) -> None:
    assert refusal(seven("secret", header), Format.SEVENZIP) == ("attachment-encrypted", "password")


def test_a_zip_method_nobody_knows_costs_that_member_only() -> None:
    data = bytearray(zip_of([("a", b"x"), ("b", b"y")]))
    data[data.find(b"PK\x01\x02") + 10] = 99
    data[8] = 99
    assert [member.problem and member.problem.check for member in unpack(bytes(data))] == ["attachment-unreadable", None]


def test_a_plain_zip_is_what_zipfile_writes() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("推荐表.txt", "x")
    assert unpack(out.getvalue()) == [Member("推荐表.txt", b"x")]


@pytest.mark.skipif(not unrar.is_there(), reason="the extra “rar” is not installed")
@pytest.mark.parametrize("data", [RAR3, RAR5], ids=["RAR3", "RAR5"])
def test_a_packed_rar_archive_is_opened_in_memory(data: bytes) -> None:
    assert [(member.path, len(member.data), member.problem) for member in unpack(data, Format.RAR)] == [
        ("stest1.txt", 2048, None),
        ("stest2.txt", 2048, None),
    ]


def test_a_packed_rar_archive_without_a_tool_says_which_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_rar, "is_there", lambda: False)
    monkeypatch.setattr(archive_rar, "_tool", lambda: False)
    with pytest.raises(Unreadable) as caught:
        unpack(RAR5, Format.RAR)
    assert (caught.value.check, caught.value.facts) == ("attachment-unsupported", {"why": "no-tool", "tool": "unrar"})


def test_an_encrypted_rar_archive_is_encrypted_and_links_in_one_are_refused() -> None:
    assert refusal(RAR5_LOCKED, Format.RAR) == ("attachment-encrypted", "password")
    assert refusal(RAR5_LINK, Format.RAR) == ("attachment-unsafe", "link")


@pytest.mark.skipif(not unrar.is_there(), reason="the extra “rar” is not installed")
def test_a_damaged_member_of_a_rar_archive_is_unreadable() -> None:
    data = bytearray(RAR5)
    data[len(data) // 2] ^= 0xFF
    assert "attachment-unreadable" in {member.problem and member.problem.check for member in unpack(bytes(data), Format.RAR)}
