"""Mails as mail programs write them, read back: whatever their faults, subject, text, names and files survive."""

from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.rules import load_rules
from bot.campaign import Rules
from bot.demo.packing import photograph, summary, zipped, zipped_gbk, zipped_with_password
from bot.demo.programs import PROGRAMS, Arrived, Enclosure, Note, compose
from bot.model import Format, Reading
from bot.reading.limits import Limits
from bot.reading.mail import read_mail

SUBJECT = "回复：【需补正】濮阳市“三个100”推荐材料（共三类九个），请谷汀同志、邵垚同志分别核对后重新报送"
NAME = "附件1 群众满意度高的实事（服务项目）推荐表——濮阳市华龙区“暖巢”老旧小区综合改造项目.txt"
TEXT = "实践活动组：\n　　按照通知要求，现将推荐材料报上。\n联系人：谷汀"
LETTER = Arrived("<letter-1@office.example>", "【需补正】", ("dsb@puyang.example",), "您好\n请补正。", b"")
AT = datetime(2021, 12, 17, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@cache
def rules() -> Rules:
    return load_rules(Path(__file__).parents[2] / "rules" / "3x100-2021")


def note(*files: Enclosure, answers: Arrived | None = None) -> Note:
    return Note("key", AT, "dsb@puyang.example", "濮阳市党史办—谷汀", "office@126.example", SUBJECT, TEXT, files, answers)


def read(content: bytes) -> Reading:
    return read_mail(content, rules(), Limits())


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_mail_of_any_program_reads_back_as_it_was_meant(program: str) -> None:
    reading = read(compose(note(Enclosure(NAME, "一行字".encode())), program))
    assert reading.headers.subject == SUBJECT
    assert reading.headers.sender.address == "dsb@puyang.example"
    assert reading.headers.sender.name == "濮阳市党史办—谷汀"
    assert reading.headers.top_received == AT
    assert [file.path for file in reading.files] == [NAME]
    assert reading.fresh_text.split() == TEXT.split()


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_a_reply_quotes_is_not_its_own_text(program: str) -> None:
    reading = read(compose(note(answers=LETTER), program))
    assert reading.headers.in_reply_to == (LETTER.message_id,)
    assert reading.fresh_text.split() == TEXT.split()
    assert "请补正" in reading.text


def test_the_same_note_gives_the_same_bytes() -> None:
    assert compose(note(), "foxmail") == compose(note(), "foxmail")


def test_foxmail_cuts_a_character_in_two() -> None:
    words = [line for line in compose(note(), "foxmail").split(b"\r\n") if b"=?GB2312?B?" in line]
    assert len(words) > 2


def test_the_old_program_writes_bytes_into_header_fields() -> None:
    head = compose(note(), "old").partition(b"\r\n\r\n")[0]
    assert SUBJECT.encode("gb18030") in head


NAMES = {"新乡市/1.实事项目/推荐表.txt": "推荐".encode(), "新乡市/说明.txt": "说明".encode()}


@pytest.mark.parametrize("pack", [zipped, zipped_gbk])
def test_names_in_archives_are_read(pack: object) -> None:
    assert callable(pack)
    reading = read(compose(note(Enclosure("新乡.zip", pack(NAMES))), "qq"))
    assert [file.path for file in reading.files] == ["新乡.zip", *(f"新乡.zip/{name}" for name in NAMES)]


def test_an_archive_with_a_password_is_told() -> None:
    (file,) = read(compose(note(Enclosure("密.zip", zipped_with_password({"1.txt": b"x"}, b"2021"))), "qq")).files
    assert file.problem is not None
    assert file.problem.check == "attachment-encrypted"


def test_a_summary_table_and_a_photograph_are_what_they_seem() -> None:
    head, row = ("序号", "类别", "项目名称", "联系电话"), ("1", "实事项目", "“暖巢”项目", "0371-55501234")
    other = ("2", "实事项目", "“清源”项目", "0371-55505678")
    files = (Enclosure("汇总表.xlsx", summary("汇总表", [head, row, other])), Enclosure("1.png", photograph(90)))
    table, picture = read(compose(note(*files), "netease")).files
    assert (table.format, picture.format) == (Format.XLSX, Format.IMAGE)
    assert table.problem is None
    assert table.sections[0].rows == (head, row, other)
