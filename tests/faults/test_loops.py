"""Faults 1 to 10: letters that answer letters, and brakes that stop the wrong ones."""

import re
from datetime import timedelta

import pytest

from bot.demo.cast import writer
from bot.demo.machines import automatic_reply, delivery_report, returned_letter
from bot.demo.stage import arrived, body
from bot.model import Outcome, State
from tests.faults.bench import LATER, OFFICE, Office
from tests.faults.mails import letter_to, post_of, sent_back, words

pytestmark = pytest.mark.server

HOURS = tuple(range(12))


def test_fault_01_a_vacation_reply_to_the_receipt_is_the_end_of_it(desk: Office) -> None:
    who = writer("water")
    desk.arrives(desk.nomination("water"))
    desk.round(LATER)
    answered = 0
    for _ in HOURS:
        if len(desk.letters) > answered:  # the robot answers every letter it gets, once with and once without a mark
            answered = len(desk.letters)
            desk.arrives(*(automatic_reply(who, post_of(desk), desk.clock.now(), marked=marked) for marked in (True, False)))
        desk.round(timedelta(hours=1))
    assert answered == len(desk.letters) == 1
    assert [mail.outcome for mail in desk.mails()] == [Outcome.RECEIVED, Outcome.IGNORED, Outcome.IGNORED]


def test_fault_02_a_bounced_receipt_is_tied_to_its_unit_and_never_answered(desk: Office) -> None:
    desk.arrives(desk.nomination("water"))
    desk.round(LATER)
    for _ in range(3):  # a second server on the way reports as well, and the first one again
        desk.arrives(delivery_report(arrived(desk.letters[0].content), desk.clock.now()))
        desk.round(LATER)
    assert len(desk.letters) == 1
    assert [mail.outcome for mail in desk.mails()] == [Outcome.RECEIVED, *[Outcome.BOUNCE] * 3]


@pytest.mark.parametrize("name", ["noreply", "ticket-system"])
def test_fault_03_a_robot_whose_subject_grows_is_fed_a_few_letters_a_day(desk: Office, name: str) -> None:
    """Nothing marks it; each answer of ours brings another mail of it, with a longer subject and another body."""
    subject, told = "推荐表在哪里下载", -1
    for turn in HOURS * 4:
        if len(desk.letters) > told:
            told = len(desk.letters)
            subject = f"[工单#{turn}] 回复: {subject}"
            desk.arrives(words(f"{name}@robot.example", subject, f"请问推荐表在哪里？（第{turn}次）", f"robot-{turn}"))
        desk.round(timedelta(minutes=15))
    assert len(desk.letters) == (0 if name == "noreply" else 6)


def test_fault_04_our_own_letters_coming_back_are_known(desk: Office) -> None:
    """By an alias, by a forwarding rule, or because the office reads the same mailbox."""
    desk.arrives(desk.nomination("water"))
    desk.round(LATER)
    own = arrived(desk.letters[0].content)
    desk.arrives(
        returned_letter(own, desk.clock.now()),
        own.content.replace(b"Auto-Submitted: auto-replied\r\n", b"").replace(b"Message-ID: <", b"Message-ID: <copy-"),
        words("sjhdz2021@126.com", "推荐材料", "现报送推荐表，见附件。", "from-ourselves"),
    )
    desk.round(LATER)
    desk.round(LATER)
    assert len(desk.letters) == 1
    assert [mail.outcome for mail in desk.mails()][1:] == [Outcome.IGNORED] * 3


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("这是来自QQ邮箱的假期自动回复邮件。\r\n\r\n您好，我最近正在休假中。", id="QQ vacation"),
        pytest.param("您的邮件我已收到", id="already received"),
        pytest.param("您好，您的邮件我已收到，我会尽快给您回复。谢谢！", id="received and thanked"),
    ],
)
def test_fault_05_words_alone_tell_a_machine_that_carries_no_mark(desk: Office, said: str) -> None:
    desk.arrives(desk.nomination("water"))
    desk.round(LATER)
    desk.arrives(sent_back(desk.letters[0], "water", "自动回复", said))
    desk.round(LATER)
    desk.round(LATER)
    assert [mail.outcome for mail in desk.mails()] == [Outcome.RECEIVED, Outcome.IGNORED]
    assert len(desk.letters) == 1


def test_fault_06_a_digest_to_a_dead_address_is_sent_once_a_day_whatever_comes_back(desk: Office) -> None:
    desk.arrives(desk.nomination("water"))
    desk.round()
    for _ in HOURS:
        newest = desk.digests[-1]
        assert newest.recipients == (OFFICE,)
        desk.arrives(delivery_report(arrived(newest.content), desk.clock.now()))
        desk.round(timedelta(minutes=10))
    assert len(desk.digests) == 1
    assert {mail.outcome for mail in desk.mails()[1:]} == {Outcome.BOUNCE}
    assert len(desk.letters) == 1


def test_fault_07_a_header_that_asks_for_no_automatic_answer_makes_no_robot_of_a_submission(desk: Office) -> None:
    desk.arrives(b"X-Auto-Response-Suppress: All\r\n" + desk.nomination("water", "a"))
    desk.arrives(b"Auto-Submitted: no\r\n" + desk.nomination("insurance", "b"))
    desk.round(LATER)
    assert [mail.outcome for mail in desk.mails()] == [Outcome.RECEIVED] * 2
    assert [one.state for one in desk.nominations()] == [State.ACCEPTED] * 2
    assert [letter.recipients for letter in desk.letters] == [(writer("insurance").address,)]


def test_fault_08_a_chinese_delivery_report_in_gb2312_is_a_bounce(desk: Office) -> None:
    said = f"抱歉，您的邮件被退回来了。\r\n收件人 <{writer('water').address}>\r\n退信原因：用户不存在。"
    desk.arrives(words("postmaster@163.com", "系统退信", said, "dsn"))
    desk.round(LATER)
    assert [mail.outcome for mail in desk.mails()] == [Outcome.BOUNCE]
    assert desk.letters == []


def test_fault_09_a_city_that_sends_thirty_mails_in_ten_minutes_is_told_of_every_one(desk: Office) -> None:
    units = [("xinxiang", category, number) for number in range(10) for category in ("project", "team", "member")]
    for at, (unit, category, number) in enumerate(units):
        desk.arrives(desk.nomination(unit, f"{category} {number}", category, number))
        desk.clock.advance(seconds=20)
        if at % 6 == 5:
            desk.round()
    desk.round(LATER)
    numbers = {one.number for one in desk.nominations()}
    told = {number for letter in desk.letters for number in re.findall(r"\b0\d{3}\b", body(letter.message, "text/plain"))}
    assert len(numbers) == 30
    assert numbers <= told
    assert len(desk.letters) <= 2


def test_fault_10_no_two_receipts_are_the_same_words(desk: Office) -> None:
    units = ("water", "insurance", "transport", "education", "justice")
    for unit in units:
        desk.arrives(desk.nomination(unit, unit))
    desk.round(LATER)
    desk.arrives(desk.nomination("water", "second", "team"))
    desk.round(LATER)
    texts = [body(letter.message, "text/plain") for letter in desk.letters]
    assert len(texts) == len(units) + 1 == len(set(texts))
    assert len({letter.subject for letter in desk.letters}) == len(texts)
    assert letter_to(desk, "water") != ""
