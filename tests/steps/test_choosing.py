"""A numbered question from letter to deed: asked, answered by a number, carried out once, and by nobody else."""

from dataclasses import replace

import pytest

from bot.model import (
    Address,
    AnswerState,
    Choice,
    Command,
    Count,
    Decision,
    Field,
    FileRead,
    Filing,
    Form,
    Format,
    Headers,
    Letter,
    MailState,
    Nomination,
    Outcome,
    Outgoing,
    Place,
    Reading,
    Section,
    State,
)
from bot.steps.judge import judge
from bot.steps.thread import thread_of
from tests.letters.build import RULES as PLAIN
from tests.letters.build import Ledger, at, found, mail, nomination
from tests.letters.regolden import parts

RULES = replace(PLAIN, checks=(), phrases=replace(PLAIN.phrases, choose=("选", "第", "项"), keep=("保留",), withdraw=("撤回",)))
SENDER = "a@p.example"


def over(number: str, *standing: str, quota: int = 1) -> Nomination:
    finding = found("over-quota", quota=quota, live=2, place=2, numbers=standing, nominees=("王安宁",))
    return nomination(number, f"人{number}", "member", "p1", state=State.OVER_QUOTA, findings=(finding,), received=at(10, 10))


class Desk:
    """A unit with one place that has nominated twice, and our letter that asks which stands."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.count = 0
        row = mail(1, Outcome.RECEIVED, Letter.DEFECTS, unit="p1", sender=Address(SENDER))
        self.ledger.put(row, nomination("0130", "王安宁", "member", "p1"), over("0131", "0130"))
        self.letter = self.sent()

    def sent(self) -> Outgoing:
        letter = self.ledger.letter(at(10, 9, 40))
        with self.ledger.store.begin() as transaction:
            transaction.outbox.add(letter, at(10, 9, 40), at(10, 9, 40))
        return letter

    def reply(self, text: str, sender: str = SENDER, authentication: str = "", earlier: Reading | None = None) -> Decision:
        """A mail that answers our letter, judged."""
        self.count += 1
        headers = Headers(
            f"<r{self.count}@p.example>",
            f"回复：{self.letter.subject}",
            Address(sender),
            in_reply_to=(self.letter.message_id,),
            authentication=authentication,
        )
        reading = Reading(headers, text, text)
        row = mail(100 + self.count, Outcome.HELD, None, received=at(11, 9, self.count), state=MailState.NEW)
        with self.ledger.store.begin() as transaction:
            id = transaction.mails.add(replace(row, answer_state=AnswerState.NONE, outcome=None))
            assert id is not None
            thread = thread_of(transaction, reading)
            return judge(transaction, transaction.mails.get(id), reading, earlier, thread, RULES, at(11, 9, 30))

    def states(self) -> dict[str, State]:
        with self.ledger.store.glance() as look:
            return {one.number: one.state for one in look.nominations.of_unit("p1")}


def test_the_letter_remembers_what_it_asks() -> None:
    desk = Desk()
    with desk.ledger.store.glance() as look:
        (row,) = look.outbox.find([desk.letter.message_id])
    question = row.outgoing.question
    assert question is not None
    assert question.choices == (
        Choice(stand=("0130",), withdraw=("0131",)),
        Choice(stand=("0131",), withdraw=("0130",)),
    )
    text = parts(desk.letter.content)[0]
    assert "  1. 保留 0130 王安宁\n  2. 保留 0131 人0131\n" in text


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("1", {"0130": State.ACCEPTED, "0131": State.WITHDRAWN}),
        ("选第2项", {"0130": State.WITHDRAWN, "0131": State.ACCEPTED}),
        ("保留2\n\n省示范厅\n12月11日", {"0130": State.WITHDRAWN, "0131": State.ACCEPTED}),
    ],
)
def test_a_number_decides_which_stands_and_the_other_is_withdrawn(text: str, after: dict[str, State]) -> None:
    desk = Desk()
    decision = desk.reply(text)
    assert (decision.outcome, decision.command, decision.letter) == (Outcome.COMMAND, Command.CHOOSE, Letter.WITHDRAWN)
    assert decision.verdict.unit == "p1"
    assert desk.states() == after
    assert [(one.nomination.number, one.filing) for one in decision.filed if one.filing is Filing.WITHDRAWN] == [
        (number, Filing.WITHDRAWN) for number, state in after.items() if state is State.WITHDRAWN
    ]


def test_the_same_answer_twice_does_nothing_twice() -> None:
    desk = Desk()
    desk.reply("2")
    before = desk.states()
    decision = desk.reply("2")
    assert (decision.outcome, decision.letter, decision.filed) == (Outcome.COMMAND, Letter.STATUS, ())
    assert desk.states() == before


def test_another_answer_afterwards_is_left_to_a_person() -> None:
    desk = Desk()
    desk.reply("2")
    before = desk.states()
    decision = desk.reply("1")
    assert (decision.outcome, decision.letter, decision.filed) == (Outcome.COMMAND, Letter.HELD, ())
    assert desk.states() == before


def test_when_another_nomination_has_come_meanwhile_a_person_looks() -> None:
    desk = Desk()
    late_comer = mail(7, Outcome.RECEIVED, None, unit="p1", sender=Address(SENDER))
    desk.ledger.put(late_comer, over("0132", "0130"))
    before = desk.states()
    assert desk.reply("1").letter is Letter.HELD
    assert desk.states() == before


@pytest.mark.parametrize(
    ("sender", "authentication"),
    [("stranger@elsewhere.example", ""), (SENDER, "mx.office.example; dmarc=fail header.from=p.example"), ("", "")],
)
def test_who_was_not_asked_decides_nothing(sender: str, authentication: str) -> None:
    desk = Desk()
    before = desk.states()
    decision = desk.reply("2", sender, authentication)
    assert decision.outcome is Outcome.HELD
    assert decision.filed == ()
    assert desk.states() == before


@pytest.mark.parametrize("text", ["我们于12月2日上报", "12.2", "3", "2021", "谢谢", "选2的意见再议"])
def test_other_numbers_in_a_reply_choose_nothing(text: str) -> None:
    desk = Desk()
    before = desk.states()
    assert desk.reply(text).command is not Command.CHOOSE
    assert desk.states() == before


def test_with_more_places_it_is_asked_which_go_and_several_may_be_named() -> None:
    desk = Desk()
    desk.ledger = Ledger()
    row = mail(1, Outcome.RECEIVED, Letter.DEFECTS, unit="c1")
    finding = found("over-quota", quota=10, live=12, place=11, numbers=("0001",), nominees=("项目1",))
    standing = [nomination(f"{n:04}", f"项目{n}", received=at(9, n)) for n in range(1, 11)]
    extra = [
        nomination(f"{n:04}", f"项目{n}", state=State.OVER_QUOTA, findings=(finding,), received=at(9, n)) for n in (11, 12)
    ]
    desk.ledger.put(row, *standing, *extra)
    desk.letter = desk.sent()
    assert "已超出名额2件，请确认撤回哪2件" in parts(desk.letter.content)[0]
    assert desk.reply("撤回3、12", "yunchuan@city.example").letter is Letter.WITHDRAWN
    with desk.ledger.store.glance() as look:
        states = {one.number: one.state for one in look.nominations.of_unit("c1")}
    assert {number for number, state in states.items() if state is State.WITHDRAWN} == {"0003", "0012"}
    assert State.OVER_QUOTA not in states.values()


def test_a_letter_that_asks_nothing_gives_a_number_no_meaning() -> None:
    desk = Desk()
    desk.ledger = Ledger()
    desk.ledger.put(
        mail(1, Outcome.RECEIVED, Letter.RECEIPT, unit="p1", sender=Address(SENDER)),
        nomination("0130", "王安宁", "member", "p1"),
    )
    desk.letter = desk.sent()
    assert desk.letter.question is None
    assert desk.reply("1").command is not Command.CHOOSE


def returned_for_its_unit() -> tuple[Desk, Reading]:
    """A mail in which two units stand, returned with the question which one nominates."""
    desk = Desk()
    desk.ledger = Ledger()
    ambiguous = found("unit-ambiguous", candidates=("c1", "c2"), names=("云川市", "临河市"))
    row = mail(1, Outcome.RETURNED, Letter.DEFECTS, unit=None, sender=Address(SENDER), findings=(ambiguous,))
    desk.ledger.put(row)
    desk.letter = desk.sent()
    value = Field("项目名称", "项目名称", "“家门口”养老服务项目", Place("推荐表.docx", table=1, row=1, column=2))
    form = Form("实事项目推荐表", (value,), titled=("project",), labelled=("project",))
    section = Section("实事项目推荐表", "实事项目推荐表", Count(9, 9), form)
    file = FileRead("推荐表.docx", "f" * 64, 49_971, Format.DOCX, sections=(section,))
    text = "云川市、临河市报送推荐表"
    return desk, Reading(Headers("<m1@city.example>", "推荐表", Address(SENDER)), text, text, files=(file,))


@pytest.mark.parametrize(("text", "unit"), [("1", "c1"), ("选2", "c2")])
def test_a_number_names_the_unit_and_files_the_mail_that_was_returned(text: str, unit: str) -> None:
    desk, earlier = returned_for_its_unit()
    decision = desk.reply(text, earlier=earlier)
    assert (decision.outcome, decision.verdict.unit) == (Outcome.RECEIVED, unit)
    assert [one.nomination.unit for one in decision.filed] == [unit]


def test_a_stranger_names_no_unit() -> None:
    desk, earlier = returned_for_its_unit()
    decision = desk.reply("1", "stranger@elsewhere.example", earlier=earlier)
    assert (decision.outcome, decision.filed) == (Outcome.HELD, ())
