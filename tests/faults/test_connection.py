"""Faults 24 to 28: connections that die without a word, accounts that are locked, and what NetEase wants and says."""

import re
from datetime import timedelta

import pytest

from bot.model import OutboxState, Outcome
from bot.steps.deliver import STOPPED_UNTIL
from bot.steps.status import status
from tests.faults.bench import LATER, Office
from tests.faults.conftest import Open
from tests.faults.mails import words

pytestmark = pytest.mark.server

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("command", ["LOGIN", "EXAMINE", "UID SEARCH", "UID FETCH"])
def test_fault_24_a_server_that_falls_silent_costs_its_patience_and_one_round(desk: Office, command: str) -> None:
    desk.arrives(desk.nomination("water"))
    desk.settle(imap_patience=2)  # that it ends is what is tested
    desk.restart()
    desk.imap.breaks(command, silent=True)
    assert not desk.round().well
    assert desk.mails() == []
    desk.imap.twists.clear()
    desk.settle()
    desk.restart()
    desk.round(LATER)
    assert [mail.outcome for mail in desk.mails()] == [Outcome.RECEIVED]
    assert len(desk.letters) == 1


@pytest.mark.parametrize("verb", ["EHLO", "RCPT", "END"])
def test_fault_24_a_letter_server_that_falls_silent_keeps_the_letter_in_the_queue(desk: Office, verb: str) -> None:
    desk.arrives(desk.nomination("water"))
    desk.round()
    desk.settle(smtp_patience=2)
    desk.restart()
    desk.smtp.breaks(verb, silent=True)
    desk.round(LATER)
    assert [row.state for row in desk.outbox()] == [OutboxState.QUEUED]
    desk.smtp.twists.clear()
    desk.settle()
    desk.restart()
    desk.round(LATER)
    assert [row.state for row in desk.outbox()] == [OutboxState.SENT]
    assert len({letter.content for letter in desk.letters}) == 1


def test_fault_25_credentials_that_die_are_told_from_the_first_round_on(desk: Office) -> None:
    desk.round()
    assert status(desk.app.store, desk.clock.now()).well
    desk.imap.breaks("LOGIN", 99, refuse="NO LOGIN Login error or password error")
    assert not desk.round(MINUTE).well
    told = status(desk.app.store, desk.clock.now())
    assert not told.well
    assert any("password error" in trouble for trouble in told.troubles)
    desk.round(timedelta(days=3))  # nobody looked; the next digest says it
    assert any("password error" in trouble for trouble in status(desk.app.store, desk.clock.now()).troubles)
    desk.imap.twists.clear()
    desk.round(timedelta(hours=3))
    assert status(desk.app.store, desk.clock.now()).well


def test_fault_26_a_refused_login_is_asked_again_after_growing_pauses_and_across_restarts(desk: Office) -> None:
    desk.imap.breaks("LOGIN", 99, refuse="NO LOGIN too much fail authentication")
    for _ in range(60):  # an hour of rounds
        desk.round(MINUTE)
        desk.restart()
    assert 1 <= desk.imap.count("LOGIN") <= 4


def test_fault_26_a_refused_login_to_send_stops_sending_and_the_letter_waits(opened: Open) -> None:
    desk = opened(smtp_user="sjhdz2021@126.com")
    desk.smtp.breaks("EHLO", 99, change=lambda answer: answer.replace(b"250 HELP", b"250-HELP\r\n250 AUTH LOGIN PLAIN"))
    desk.smtp.breaks("AUTH", 99, refuse="535 Error: authentication failed")
    desk.arrives(desk.nomination("water"))
    for _ in range(20):
        desk.round(3 * MINUTE)
        desk.restart()
    assert [row.state for row in desk.outbox()] == [OutboxState.QUEUED]
    assert 1 <= desk.smtp.count("AUTH") <= 2


def said_who_it_is(heard: "list[str] | tuple[str, ...]") -> bool:
    return sum(command.startswith("ID ") for command in heard) >= 2


def test_fault_27_unsafe_login_is_answered_with_id_and_the_folder_opens(desk: Office) -> None:
    """NetEase refuses to open a folder until ID came, and now and then does not take note of the first one."""
    desk.imap.breaks(
        "EXAMINE",
        99,
        refuse="NO EXAMINE Unsafe Login. Please contact kefu@188.com for help",
        when=lambda heard: not said_who_it_is(list(heard)),
    )
    advertised = rb"\1 SASL-IR AUTH=XOAUTH2 IDLE ID"
    desk.imap.breaks("CAPABILITY", 99, change=lambda answer: re.sub(rb"(\* CAPABILITY IMAP4rev1)", advertised, answer))
    desk.imap.breaks("AUTHENTICATE", 99, refuse="BAD Parse command error")
    desk.arrives(desk.nomination("water"))
    desk.round(LATER)
    assert [mail.outcome for mail in desk.mails()] == [Outcome.RECEIVED]
    order = [command.split(" ")[0] for command in desk.imap.heard if command.split(" ")[0] in ("LOGIN", "ID", "EXAMINE")]
    assert order[:5] == ["LOGIN", "ID", "EXAMINE", "ID", "EXAMINE"]
    assert desk.imap.count("AUTHENTICATE") == desk.imap.count("IDLE") == 0


def test_fault_27_unsafe_login_that_stays_is_no_password_error(desk: Office) -> None:
    desk.imap.breaks("EXAMINE", 99, refuse="NO EXAMINE Unsafe Login. Please contact kefu@188.com for help")
    for _ in range(3):
        assert "Unsafe Login" in desk.round(MINUTE).trouble
    assert desk.imap.count("LOGIN") == 3  # no pause as after a refused password: the next round may be let in
    assert desk.imap.count("EXAMINE") == 6


DAY = timedelta(days=1)
REFUSALS = (
    # what the server says and where, what becomes of the letter at once, after how long it has gone out
    ("CONNECT", "421 HL:ICC 163 smtp7", OutboxState.QUEUED, LATER),
    ("MAIL", "421 HL:IFC 163 smtp7", OutboxState.QUEUED, LATER),
    ("CONNECT", "550 HL:REP 163 smtp7", OutboxState.QUEUED, LATER),
    ("END", "451 DT:SPM 163 smtp7", OutboxState.QUEUED, LATER),
    ("MAIL", "451 MI:SFQ 163 smtp7", OutboxState.QUEUED, timedelta(minutes=16)),
    ("RCPT", "450 MI:DMC 163 smtp7", OutboxState.QUEUED, timedelta(minutes=16)),
    ("RCPT", "450 RP:CEL 163 smtp7", OutboxState.QUEUED, timedelta(minutes=16)),
    ("MAIL", "550 MI:STC 163 smtp7", OutboxState.QUEUED, DAY),
    ("RCPT", "554 RP:TRC 163 smtp7", OutboxState.QUEUED, DAY),
    ("CONNECT", "450 HL:ITC 163 smtp7", OutboxState.QUEUED, DAY),
    ("END", "554 DT:SPM 163 smtp7", OutboxState.WAITING, None),
    ("END", "550 DT:SPM 163 smtp7", OutboxState.WAITING, None),
    ("RCPT", "451 RP:RCL 163 smtp7", OutboxState.QUEUED, timedelta(minutes=16)),
)


@pytest.mark.parametrize(("verb", "reply", "state", "gone"), REFUSALS, ids=[row[1][:10].replace(" ", "-") for row in REFUSALS])
def test_fault_28_the_letters_of_netease_decide(
    desk: Office, verb: str, reply: str, state: OutboxState, gone: timedelta | None
) -> None:
    desk.round()  # the digest of the day is out of the way
    desk.arrives(words("li@people.example", "索取表格", "请发推荐表空白表格。", "forms"))
    desk.round()
    desk.smtp.breaks(verb, refuse=reply)
    desk.round(LATER)
    (row,) = desk.outbox()
    assert (row.state, len(desk.letters)) == (state, 0)
    assert reply[4:10] in row.error
    if gone is None:
        told = status(desk.app.store, desk.clock.now())
        assert any("wait for a person" in trouble for trouble in told.troubles)
        desk.round(DAY)
        assert desk.letters == []
        return
    if gone is DAY:
        desk.round(timedelta(hours=2))
        desk.restart()
        desk.round(timedelta(hours=2))
        assert desk.letters == []
        assert desk.marked(STOPPED_UNTIL) is not None
    desk.round(gone)
    assert len(desk.letters) == 1
