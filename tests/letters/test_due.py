"""When letters are due: a table of an address's mails, the brake, the silent ones."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.deciding.due import (
    BRAKE,
    Answered,
    Pace,
    address_of,
    answer_address,
    answer_due,
    silence,
)
from bot.model import Address, Headers, Letter, MailRow, Outcome
from tests.letters.build import RULES, at, mail

START = at(10, 9, 30)
PACE = Pace()


def after(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def owed(*seconds: float, outcome: Outcome = Outcome.RECEIVED) -> list[MailRow]:
    """Mails that arrived so many seconds after the start and were handled at once."""
    return [
        mail(i, outcome, Letter.RECEIPT, received=after(s), handled=after(s + 2), answer_by=after(s))
        for i, s in enumerate(seconds, 1)
    ]


@pytest.mark.parametrize(
    ("arrived", "last", "due"),
    [
        # alone: half a minute of quiet
        ([0], None, 30),
        # two that belong together: quiet counts from the second
        ([0, 20], None, 50),
        # a pause longer than the quiet: the first would have gone already, together they go at once
        ([0, 100], None, 130),
        # thirty in ten minutes: never later than the window after the first
        ([20.0 * n for n in range(30)], None, 600),
        # after a letter the window is waited for
        ([0], -60, 540),
        # after a letter long ago it is not
        ([0], -600, 30),
        # a letter went in the very second, and a mail came with it: the window after the oldest bounds the wait
        ([0, 590], 0, 600),
    ],
)
def test_an_answer_is_due(arrived: list[float], last: float | None, due: float) -> None:
    before = [] if last is None else [Answered(after(last), filed=True)]
    assert answer_due(owed(*arrived), before, PACE) == after(due)


def test_a_mail_server_whose_clock_is_ahead_does_not_delay_an_answer() -> None:
    ahead = replace(owed(0)[0], received=after(7200), handled=after(2), answer_by=None)
    assert answer_due([replace(ahead, answer_by=ahead.handled)], [], PACE) == after(32)


def test_a_letter_that_could_not_be_written_is_put_off() -> None:
    assert answer_due([replace(owed(0)[0], answer_by=after(3600))], [], PACE) == after(3600)


def test_fault_3_a_machine_that_answers_every_letter_is_fed_a_few_a_day() -> None:
    before = [Answered(after(-3600 * n), filed=False) for n in range(1, BRAKE + 1)]
    held = owed(0, outcome=Outcome.HELD)
    assert answer_due(held, before[:-1], PACE) == after(30)
    assert answer_due(held, before, PACE) == before[-1].at + timedelta(days=1)


def test_fault_9_the_brake_never_holds_a_mail_that_filed_something() -> None:
    before = [Answered(after(-3600 * n), filed=False) for n in range(1, 20)]
    assert answer_due(owed(0), before, PACE) == after(30)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, None),
        ({"outcome": Outcome.BOUNCE}, "automatic mail"),
        ({"outcome": Outcome.IGNORED}, "automatic mail"),
        ({"sender": Address("")}, "no address to answer"),
        ({"sender": Address("undisclosed")}, "no address to answer"),
        ({"sender": Address("Office@Own.example")}, "our own address"),
        (
            {"sender": Address("sjtj2021@office.example")},
            "our own address",
        ),  # the campaign's mailbox, whoever sends the letters
        ({"sender": Address("quiet@b.example")}, "on the do-not-reply list"),
        ({"sender": Address("no-reply@b.example")}, "an address that no person reads"),
        ({"sender": Address("noreply-2021@b.example")}, "an address that no person reads"),
        ({"sender": Address("bot@b.example")}, "an address that no person reads"),
        ({"sender": Address("botany@b.example")}, None),
        ({"sender": Address("no-reply@b.example"), "outcome": Outcome.RECEIVED}, None),
        ({"sender": Address("no-reply@b.example"), "answer_to": "clerk@b.example"}, None),
    ],
)
def test_who_gets_no_letter_is_told_why(changes: dict[str, object], reason: str | None) -> None:
    row = mail(1, Outcome.HELD, Letter.HELD)
    row = replace(row, **changes)  # type: ignore[arg-type]  # the table names fields of the row
    assert silence(row, frozenset({"office@own.example"}), frozenset({"quiet@b.example"}), RULES) == reason


@pytest.mark.parametrize(
    ("sender", "reply_to", "goes_to"),
    [
        ("li@city.example", (), "li@city.example"),
        ("li@city.example", ("section@city.example",), "section@city.example"),
        ("li@city.example", ("thief@else.example",), "li@city.example"),
        ("li@city.example", ("thief@else.example", "section@City.example"), "section@City.example"),
        ("", ("anybody@else.example",), "anybody@else.example"),
        ("", (), ""),
    ],
)
def test_an_answer_follows_reply_to_only_within_one_house(sender: str, reply_to: tuple[str, ...], goes_to: str) -> None:
    headers = Headers("<m@x>", "", Address(sender), reply_to=tuple(Address(word) for word in reply_to))
    assert answer_address(headers).address == goes_to


def test_the_address_answered_is_kept_with_the_mail() -> None:
    assert address_of(mail(1, Outcome.HELD, None, sender=Address("Li@City.example"))) == "li@city.example"
    assert address_of(mail(1, Outcome.HELD, None, answer_to="Section@City.example")) == "section@city.example"
