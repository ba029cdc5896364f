"""Any sequence of real mails: each is answered at most once and every human one is, machines never, and nothing is dropped."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.rules import load_rules
from bot.campaign import Rules
from bot.deciding.due import BRAKE
from bot.model import AnswerState, Outcome, Reading
from bot.reading.limits import Limits
from bot.reading.mail import read_mail
from tests.steps.rounds import LATER, Rounds

RULES = Path(__file__).parents[2] / "rules" / "3x100-2021"
CLERKS = ("clerk@puyang.example", "office@luohe.example", "li@university.example")
DAEMON = "mailer-daemon@126.com"


@cache
def campaign() -> Rules:
    return load_rules(RULES)


def words(subject: str, body: str, *fields: str) -> bytes:
    """A mail of plain words."""
    head = "\r\n".join(("From: <x@y.example>", "Message-ID: <x@y.example>", f"Subject: {subject}", *fields))
    return f"{head}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n".encode()


REPORT = """--b\r
Content-Type: text/plain; charset=utf-8\r
\r
无法送达\r
--b\r
Content-Type: message/delivery-status\r
\r
Reporting-MTA: dns; mx.example\r
\r
Final-Recipient: rfc822; clerk@puyang.example\r
Action: failed\r
Status: 5.1.1\r
\r
--b--"""

HUMAN: Mapping[str, Callable[[], bytes]] = {
    **{
        name: (RULES / "examples" / f"{name}.eml").read_bytes
        for name in (
            *("all-in-order", "telephone-missing", "county-by-itself", "locked-archive", "file-left-in-a-cloud"),
            *("where-are-the-forms", "material-too-long"),
        )
    },
    "a question": lambda: words("请问公示几天", "请问推荐名单要公示几个工作日？谢谢"),
    "a query": lambda: words("查询", "请问我们报的情况怎么样，查询"),
    "a withdrawal": lambda: words("撤回 0001", "撤回 0001"),
}

MACHINE: Mapping[str, Callable[[], bytes]] = {
    "QQ's vacation reply": lambda: words(
        "自动回复：【受理回执】", "这是来自QQ邮箱的假期自动回复邮件。\n您好，我最近正在休假中。"
    ),
    "a vacation reply without any mark": lambda: words("Re: 【受理回执】濮阳市", "您的邮件我已收到，会尽快回复。"),
    "a marked answer": lambda: words("Out of office", "I am away.", "Auto-Submitted: auto-replied"),
    "a list": lambda: words("周报", "本周要闻", "List-Id: <news.example>", "Precedence: bulk"),
    "a delivery report": lambda: words(
        "系统退信", REPORT, "Return-Path: <>", 'Content-Type: multipart/report; report-type=delivery-status; boundary="b"'
    ),
    "a bounce in words": lambda: words(
        "系统退信", "您发往 clerk@puyang.example 的邮件无法送达，收件人不存在。", "Return-Path: <>"
    ),
    "our own letter": lambda: words(
        "【受理回执】濮阳市", "贵单位的邮件收悉。", "X-Shouli: receipt answer:1", "Auto-Submitted: auto-replied"
    ),
}

KINDS = (*HUMAN, *MACHINE)


@cache
def reading(kind: str) -> Reading:
    """What a mail of this kind says, read as in service."""
    return read_mail((HUMAN.get(kind) or MACHINE[kind])(), campaign(), Limits())


def sender_of(kind: str, clerk: str) -> str:
    return DAEMON if kind in ("a delivery report", "a bounce in words") else clerk


ARRIVALS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(CLERKS), st.integers(0, 1500)),  # seconds until the next
    max_size=9,
)


@settings(max_examples=25, deadline=None)
@given(ARRIVALS)
def test_any_sequence_of_mails_gets_one_reply_each_at_the_most_and_machines_none(arrivals: list[tuple[str, str, int]]) -> None:
    office = Rounds(campaign())
    office.clock.moment = office.clock.moment.replace(day=10, hour=9)
    for kind, clerk, pause in arrivals:
        office.arrives(reading(kind), sender_of(kind, clerk))
        office.round(timedelta(seconds=pause))
    office.round(LATER)
    office.round(timedelta(days=2))
    answers = Counter(id for row in office.outbox() for id in row.outgoing.mails)
    for id, (kind, _, _) in enumerate(arrivals, 1):
        mail = office.mail(id)
        assert mail.answer_state is not AnswerState.OWED, kind
        assert answers[id] == (1 if kind in HUMAN else 0), kind
        if kind in MACHINE:
            assert mail.outcome in (Outcome.IGNORED, Outcome.BOUNCE), kind
    texts = [letter.content for letter in office.sent]
    assert len(set(texts)) == len(texts) == len(office.outbox())


def test_fault_9_thirty_mails_in_ten_minutes_get_one_letter_and_each_is_in_it() -> None:
    office = Rounds(campaign())
    office.clock.moment = office.clock.moment.replace(day=10, hour=9)
    for _ in range(30):
        office.arrives(reading("telephone-missing"), CLERKS[0])
        office.round(timedelta(seconds=19))
    office.round(LATER)
    assert [row.outgoing.mails for row in office.outbox()] == [tuple(range(1, 31))]
    assert all(office.mail(id).outcome is Outcome.RECEIVED for id in range(1, 31))


@pytest.mark.parametrize("kind", ["a question", "a vacation reply without any mark"])
def test_fault_1_two_machines_that_answer_each_other_come_to_an_end(kind: str) -> None:
    """Whatever comes back from whoever gets our letters, a day of it costs no more letters than the brake allows."""
    office = Rounds(campaign())
    office.clock.moment = office.clock.moment.replace(day=10, hour=0)
    office.arrives(reading("a question"), CLERKS[0])
    answered = 0
    for _ in range(60):
        office.round(LATER)
        for _letter in office.sent[answered:]:
            again = reading(kind)
            office.arrives(replace(again, fresh_text=f"{again.fresh_text} {len(office.readings)}"), CLERKS[0])
        answered = len(office.sent)
    assert 1 <= len(office.sent) <= BRAKE + 1
