"""What a summary table misses goes when it comes, in whatever mail and order; what a unit owes tells what is missed by then."""

import itertools

import pytest

from bot.deciding.owing import owing
from bot.model import AnswerState, FileRead, MailRow, Outcome, Reading
from tests.deciding.build import at, file, filled, mail, rows, text, unread
from tests.steps.judging import Desk

UNIT = "410700"
HEAD = ("序号", "类别", "推荐对象")


def table(*names: str, path: str = "汇总表.xlsx") -> FileRead:
    lines = [(str(number), "党员服务标兵", name) for number, name in enumerate(names, 1)]
    return file(path, rows(HEAD, *lines))


def pair(name: str) -> tuple[FileRead, FileRead]:
    return (
        file(f"{name}推荐表.docx", *filled("member", {"姓名": name}).sections),
        file(f"{name}典型材料.docx", text(f"{name}典型材料", about=name, body=f"{name}为群众办实事。")),
    )


def sent(*files: FileRead) -> Reading:
    return mail(*files)


def mails(desk: Desk) -> list[MailRow]:
    with desk.store.glance() as look:
        return list(look.mails.all())


def missed(row: MailRow) -> list[str]:
    return [str(finding.facts["nominee"]) for finding in row.findings if finding.check == "form-missing"]


def test_what_a_table_misses_goes_when_another_mail_brings_it() -> None:
    desk = Desk()
    desk.take(sent(*pair("游庆穗"), table("游庆穗", "柏知远", "祝青禾")), at(16, 9))
    assert missed(mails(desk)[0]) == ["柏知远", "祝青禾"]
    desk.take(sent(*pair("柏知远")), at(16, 10))
    assert missed(mails(desk)[0]) == ["祝青禾"]
    desk.take(sent(pair("祝青禾")[1]), at(16, 11))
    assert mails(desk)[0].findings == ()


def test_a_table_that_came_first_is_done_with_once_all_of_it_is_there() -> None:
    desk = Desk()
    desk.take(sent(table("游庆穗", "柏知远")), at(16, 9))
    desk.take(sent(*pair("游庆穗")), at(16, 9, 1))
    row = mails(desk)[0]
    assert (row.outcome, [f.check for f in row.findings]) == (Outcome.RETURNED, ["form-missing", "material-missing"])
    desk.take(sent(*pair("柏知远")), at(16, 9, 2))
    row = mails(desk)[0]
    assert (row.outcome, row.findings, row.filed) == (Outcome.RECEIVED, (), ("0001", "0002"))
    assert row.answer_state is AnswerState.OWED


SENT = (
    sent(table("游庆穗", "柏知远", "祝青禾")),
    sent(*pair("游庆穗")),
    sent(*pair("柏知远")),
    sent(*pair("庄以宁"), table("庄以宁", "柳见山", path="第二批汇总表.xlsx")),
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))), ids=str)
def test_the_order_of_handling_makes_no_difference_to_what_is_missed(order: tuple[int, ...]) -> None:
    desk = Desk()
    ids = [desk.take_in(reading, at(16, 9, number)) for number, reading in enumerate(SENT)]
    for number in order:
        desk.handle(ids[number])
    found = [sorted(missed(row)) for row in mails(desk)]
    assert found == [["祝青禾"], [], [], ["柳见山"]]


def test_a_table_sent_again_is_told_once() -> None:
    desk = Desk()
    desk.take(sent(*pair("游庆穗"), table("游庆穗", "柏知远")), at(16, 9))
    desk.take(sent(table("游庆穗", "柏知远", path="汇总表（新）.xlsx")), at(16, 10))
    assert [missed(row) for row in mails(desk)] == [[], ["柏知远"]]


def test_who_is_no_longer_in_the_newer_table_is_not_missed() -> None:
    desk = Desk()
    desk.take(sent(*pair("游庆穗"), table("游庆穗", "柏知远")), at(16, 9))
    desk.take(sent(*pair("祝青禾"), table("游庆穗", "祝青禾", path="汇总表（新）.xlsx")), at(16, 10))
    assert [missed(row) for row in mails(desk)] == [[], []]


def test_what_a_locked_file_may_hold_is_missed_once_others_came_after_it() -> None:
    desk = Desk()
    desk.take(sent(*pair("游庆穗"), unread("其余.zip"), table("游庆穗", "柏知远", "祝青禾")), at(16, 9))
    assert missed(mails(desk)[0]) == []
    desk.take(sent(*pair("柏知远")), at(16, 10))
    assert missed(mails(desk)[0]) == ["祝青禾"]


def test_a_nominee_withdrawn_before_the_table_came_is_missed_and_one_withdrawn_after_it_is_not() -> None:
    desk = Desk()
    desk.take(sent(*pair("游庆穗")), at(16, 9))
    withdrawal = mail(subject="新乡市撤回 0001", body="新乡市撤回 0001 号推荐。")
    desk.take(withdrawal, at(16, 10))
    desk.take(sent(*pair("柏知远"), table("游庆穗", "柏知远")), at(16, 11))
    assert missed(mails(desk)[2]) == ["游庆穗"]
    desk.take(sent(*pair("游庆穗")), at(16, 12))
    assert missed(mails(desk)[2]) == []
    desk.take(mail(subject="新乡市撤回 0003", body="新乡市撤回 0003 号推荐。"), at(16, 13))
    assert missed(mails(desk)[2]) == []


def test_a_unit_owes_what_its_table_misses_although_it_filed_since() -> None:
    desk = Desk()
    desk.take(sent(*pair("游庆穗"), table("游庆穗", "柏知远", "祝青禾")), at(16, 9))
    desk.take(sent(*pair("柏知远")), at(16, 10))
    owed = owing(UNIT, desk.nominations, mails(desk))
    assert [(row.id, missed(row)) for row in owed.mails] == [(1, ["祝青禾"])]
    desk.take(sent(*pair("祝青禾")), at(16, 11))
    assert not owing(UNIT, desk.nominations, mails(desk))


def test_of_an_older_mail_only_what_is_missed_is_owed() -> None:
    desk = Desk()
    desk.take(sent(*pair("游庆穗"), unread("其余.zip"), table("游庆穗", "柏知远", "祝青禾")), at(16, 9))
    desk.take(sent(*pair("柏知远")), at(16, 10))
    (row,) = owing(UNIT, desk.nominations, mails(desk)).mails
    assert [finding.check for finding in row.findings] == ["form-missing", "material-missing"]
