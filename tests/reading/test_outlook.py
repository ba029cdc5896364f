import pytest

from bot.model import Format, Problem
from bot.reading.limits import Limits
from bot.reading.mail import read_mail
from bot.reading.outlook import saved_files
from bot.reading.sniff import format_of
from bot.reading.unreadable import Unreadable
from tests.reading.mail_rules import RULES
from tests.reading.mails import mixed, part, text_part
from tests.reading.ole_files import ole_of


def attached(number: int, name: str, content: bytes, under: str = "") -> dict[str, bytes]:
    place = f"{under}__attach_version1.0_#{number:08X}/"
    return {
        f"{place}__substg1.0_3707001F": name.encode("utf-16-le"),
        f"{place}__substg1.0_37010102": content,
    }


MSG = ole_of(
    {
        "__properties_version1.0": b"",
        **attached(0, "推荐表.txt", b"form"),
        "__attach_version1.0_#00000001/__substg1.0_3704001E": "材料.txt".encode("gb18030"),
        "__attach_version1.0_#00000001/__substg1.0_37010102": b"material",
        **attached(0, "更多.txt", b"more", "__attach_version1.0_#00000002/__substg1.0_3701000D/"),
    }
)


def test_a_mail_that_outlook_saved_gives_its_files_and_those_of_mails_in_it() -> None:
    found = [(name, content.rstrip(b"\0")) for name, content in saved_files(MSG)]
    assert found == [("推荐表.txt", b"form"), ("材料.txt", b"material"), ("更多.txt", b"more")]
    assert format_of(MSG, "转发.doc") is Format.MSG


def test_a_saved_mail_is_a_folder_of_the_mail_it_hangs_at() -> None:
    content = mixed([text_part("x"), part(MSG, 'Content-Disposition: attachment; filename="a.msg"')], "From: a@example.cn")
    files = read_mail(content, RULES, Limits()).files
    paths = ["a.msg", "a.msg/推荐表.txt", "a.msg/材料.txt", "a.msg/更多.txt"]
    assert [(file.path, file.container) for file in files] == [(path, path == "a.msg") for path in paths]


def test_a_saved_mail_without_files_is_no_fault_and_a_damaged_one_is() -> None:
    empty = ole_of({"__properties_version1.0": b""})
    content = mixed([text_part("x"), part(empty, 'Content-Disposition: attachment; filename="a.msg"')], "From: a@example.cn")
    assert [(file.format, file.problem) for file in read_mail(content, RULES, Limits()).files] == [(Format.MSG, None)]
    with pytest.raises(Unreadable):
        saved_files(MSG[:700])


def test_more_than_the_mail_may_hold_is_not_opened() -> None:
    content = mixed([text_part("x"), part(MSG, 'Content-Disposition: attachment; filename="a.msg"')], "From: a@example.cn")
    files = read_mail(content, RULES, Limits(unpacked_bytes=5000)).files
    assert [file.problem for file in files] == [
        Problem("attachment-unsafe", {"why": "too-large", "found": 3 * 4096, "most": 5000})
    ]
