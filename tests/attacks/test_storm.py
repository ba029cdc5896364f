"""A storm of replies provoked on purpose: what goes out is bounded for each address and each day, and nothing is dropped."""

from collections import Counter
from datetime import timedelta

import pytest

from bot.demo.cast import writer
from bot.model import AnswerState
from tests.faults.bench import LATER, Office
from tests.faults.conftest import Open
from tests.faults.mails import words

pytestmark = pytest.mark.server

A_DAY = 6
"""Letters that an address which files nothing gets in a day."""


def told(desk: Office) -> Counter[str]:
    return Counter(address for letter in desk.letters for address in letter.recipients)


def test_two_unmarked_machines_that_answer_every_letter_get_six_a_day_each(desk: Office) -> None:
    machines = ("one@robot.example", "other@robot.example")
    heard = dict.fromkeys(machines, -1)
    for turn in range(46):  # a day of half hours
        for address in machines:
            if told(desk)[address] > heard[address]:
                heard[address] = told(desk)[address]
                desk.arrives(words(address, f"Re: 工单 {turn}", f"请问推荐表在哪里？（第{turn}次）", f"{address}-{turn}"))
        desk.round(timedelta(minutes=30))
    assert told(desk) == dict.fromkeys(machines, A_DAY)


def test_a_hundred_mails_under_one_forged_address_bring_it_six_letters_at_most(desk: Office) -> None:
    for turn in range(10):
        desk.arrives(
            *(words("victim@people.example", "咨询", f"请问截止到哪天？{turn} {n}", f"v{turn}-{n}") for n in range(10))
        )
        desk.round(timedelta(minutes=20))
    desk.round(timedelta(hours=2))
    assert 1 <= told(desk)["victim@people.example"] <= A_DAY


def test_our_own_address_as_sender_or_as_reply_address_is_never_written_to(desk: Office) -> None:
    own = "sjhdz2021@126.com"
    desk.arrives(
        words(own, "咨询", "请问推荐表在哪里？", "own-from"),
        words("a@126.com", "咨询", "请问推荐表在哪里？", "own-reply", f"Reply-To: <{own}>"),
        words(own.upper(), "咨询", "请问推荐表在哪里？", "own-upper"),
        words("x@evil.example", "咨询", "请问推荐表在哪里？", "other-reply", "Reply-To: <victim@people.example>"),
    )
    for _ in range(4):
        desk.round(LATER)
    assert not any(address.lower() == own for address in told(desk))
    assert told(desk)["victim@people.example"] == 0


def test_a_flood_from_many_addresses_of_one_domain_is_held_to_the_days_budget_and_nothing_is_lost(opened: Open) -> None:
    desk = opened(day_budget=15)
    desk.arrives(*(words(f"u{n}@flood.example", "咨询", f"请问推荐表在哪里？{n}", f"f{n}") for n in range(40)))
    for _ in range(8):
        desk.round(LATER)
    assert sum(told(desk).values()) == 12
    desk.arrives(desk.nomination("water"))
    for _ in range(2):
        desk.round(LATER)
    assert told(desk)[writer("water").address] == 1
    for _ in range(3):
        desk.round(timedelta(days=1))
        desk.round(LATER)
    assert max(told(desk).values()) == 1
    assert sum(told(desk).values()) == 41
    assert all(mail.answer_state is not AnswerState.OWED for mail in desk.mails())
