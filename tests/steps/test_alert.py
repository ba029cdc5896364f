"""Alert: one letter when something has failed for long, one when it works again, whatever happens to the worker between."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.model import Delivery, Letter, OutboxState, Trouble, Verdict
from bot.ports import LoginError, MailboxError
from bot.steps.alert import Watch, alert, still_failing
from bot.steps.answer import answer
from bot.steps.deliver import Sending, deliver
from bot.steps.health import Failing, failing, fails
from bot.steps.intake import take_in
from bot.steps.status import note_trouble, status
from tests.deciding import build
from tests.fakes import FakeScribe
from tests.steps.rounds import LATER, Rounds, wording

MINUTES = timedelta(minutes=1)
WATCH = Watch(("operator@office.example",), 30 * MINUTES)


@pytest.fixture
def office() -> Iterator[Rounds]:
    made = Rounds()
    yield made
    made.store.close()


def turn(office: Rounds, after: timedelta = timedelta(0), watch: Watch = WATCH) -> int:
    """A round with its alerts; a mailbox that fails is part of it. Says how many alerts were written."""
    office.clock.advance(after)
    with contextlib.suppress(MailboxError):  # intake has remembered it
        while take_in(office.mailbox, office.originals, office.store, office.clock):
            pass
    while office.handling.batch(set()):
        pass
    while answer(office.store, wording(office.rules), FakeScribe(), office.rules, office.clock, office.post):
        pass
    written = alert(office.store, wording(office.rules), office.rules, office.clock, office.post, watch)
    deliver(Sending(office.store, office.courier, office.clock, still_failing(office.store)), lambda: True)
    return written


def alerts(office: Rounds) -> list[str]:
    """The subjects of the alerts that left, without their moments."""
    return [letter.subject.split("自")[0] for letter in office.sent if letter.letter is Letter.ALERT]


def known(office: Rounds, what: Trouble) -> Failing | None:
    with office.store.glance() as look:
        return failing(look, what)


def test_a_mailbox_that_fails_is_told_once_after_half_an_hour_and_once_when_it_is_read_again(office: Rounds) -> None:
    turn(office)
    office.mailbox.unreachable = MailboxError("imap.example: timed out")
    written = [turn(office, 10 * MINUTES) for _ in range(9)]
    assert written == [0, 0, 0, 1, 0, 0, 0, 0, 0]
    office.mailbox.unreachable = None
    assert [turn(office, 10 * MINUTES) for _ in range(3)] == [1, 0, 0]
    began, over = [letter for letter in office.sent if letter.letter is Letter.ALERT]
    assert began.recipients == over.recipients == ("operator@office.example",)
    first = office.clock.now() - 110 * MINUTES
    assert (began.dedup_key, over.dedup_key) == (
        f"alert:polling:{first.isoformat()}",
        f"alert:polling:{first.isoformat()}:over",
    )
    assert alerts(office) == ["【系统告警】读取邮箱", "【系统恢复】读取邮箱已恢复（12月16日09:10至12月16日10:40中断）"]


def test_trouble_that_passes_by_itself_is_told_to_nobody(office: Rounds) -> None:
    for _ in range(3):
        office.mailbox.unreachable = MailboxError("imap.example: timed out")
        turn(office, 29 * MINUTES)
        office.mailbox.unreachable = None
        turn(office, MINUTES)
    assert alerts(office) == []


def test_fault_25_a_password_that_died_is_told_although_the_mailbox_is_left_alone_meanwhile(office: Rounds) -> None:
    office.mailbox.unreachable = LoginError("imap.example refuses the login")
    turn(office)
    office.mailbox.unreachable = None
    for _ in range(4):  # the pause after a refusal: nobody asks, so nothing succeeds either
        office.clock.advance(10 * MINUTES)
        alert(office.store, wording(office.rules), office.rules, office.clock, office.post, WATCH)
    deliver(Sending(office.store, office.courier, office.clock, still_failing(office.store)), lambda: True)
    assert alerts(office) == ["【系统告警】读取邮箱"]


def test_that_nothing_can_be_sent_is_told_when_it_can_be_again_and_stands_in_the_status_until_then(
    office: Rounds, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = Delivery(Verdict.STOP, "smtp.example: connection refused", 120)
    office.courier.answers = [refusal] * 20
    office.arrives(build.mail(*build.whole("project")))
    turn(office)
    written = [turn(office, LATER) for _ in range(5)]
    assert written == [0] * 5
    assert "sending has been failing since 2021-12-16 09:11:00+08:00: smtp.example: connection refused" in caplog.text
    now = status(office.store, office.clock.now())
    assert now.level == 2
    assert now.outages == ("sending has been failing since 2021-12-16 09:11: smtp.example: connection refused",)
    office.courier.answers = []
    assert [turn(office, LATER) for _ in range(2)] == [0, 1]
    assert [letter.letter for letter in office.sent] == [Letter.RECEIPT, Letter.ALERT]
    assert alerts(office) == ["【系统恢复】发送邮件已恢复（12月16日09:11至12月16日10:17中断）"]
    assert status(office.store, office.clock.now()).level == 0


def test_an_alert_that_could_not_leave_before_its_outage_was_over_is_dropped_and_the_end_says_since_when(
    office: Rounds,
) -> None:
    office.courier.answers = [Delivery(Verdict.STOP, "smtp.example: connection refused", 120)] * 20
    office.mailbox.unreachable = MailboxError("imap.example: timed out")
    assert [turn(office, 20 * MINUTES) for _ in range(3)] == [0, 0, 1]
    office.mailbox.unreachable = None
    office.courier.answers = []
    turn(office, 20 * MINUTES)
    turn(office, 20 * MINUTES)
    assert [line.split("（")[0] for line in alerts(office)] == ["【系统恢复】读取邮箱已恢复"]
    polling = [row for row in office.outbox() if "polling" in row.outgoing.dedup_key]
    states = {row.outgoing.dedup_key.endswith(":over"): row.state for row in polling}
    assert states == {False: OutboxState.DROPPED, True: OutboxState.SENT}


def test_a_restart_in_the_middle_of_an_outage_tells_nothing_twice(office: Rounds) -> None:
    office.mailbox.unreachable = MailboxError("imap.example: timed out")
    turn(office)
    turn(office, 40 * MINUTES)
    again = Rounds()  # another process: all it has in common with the first is the ledger
    again.store.close()
    again.store, again.clock, again.mailbox, again.courier = office.store, office.clock, office.mailbox, office.courier
    assert [turn(again, 10 * MINUTES) for _ in range(3)] == [0, 0, 0]
    again.mailbox.unreachable = None
    turn(again)
    assert len(alerts(again)) == 2


def test_a_second_outage_is_told_like_the_first(office: Rounds) -> None:
    for _ in range(2):
        office.mailbox.unreachable = MailboxError("imap.example: timed out")
        turn(office)
        turn(office, 31 * MINUTES)
        office.mailbox.unreachable = None
        turn(office, MINUTES)
    assert len(alerts(office)) == 4


def test_rounds_that_go_wrong_are_told_too(office: Rounds) -> None:
    note_trouble(office.store, "WordingError: letters/receipt", office.clock.now())
    turn(office, 31 * MINUTES)
    note_trouble(office.store, "", office.clock.now())
    turn(office, MINUTES)
    assert [line.split("（")[0] for line in alerts(office)] == ["【系统告警】办理来件", "【系统恢复】办理来件已恢复"]


def test_alerts_go_out_although_letters_wait_for_a_person(office: Rounds) -> None:
    office.post = replace(office.post, review=True)
    office.arrives(build.mail(*build.whole("project")))
    turn(office)
    turn(office, LATER)
    assert office.sent == []
    office.mailbox.unreachable = MailboxError("imap.example: timed out")
    turn(office)
    turn(office, 31 * MINUTES)
    assert alerts(office) == ["【系统告警】读取邮箱"]


def test_without_an_address_it_is_logged_and_in_the_history_and_no_letter_is_written(
    office: Rounds, caplog: pytest.LogCaptureFixture
) -> None:
    office.mailbox.unreachable = MailboxError("imap.example: timed out")
    nobody = Watch((), 30 * MINUTES)
    turn(office, watch=nobody)
    turn(office, 31 * MINUTES, nobody)
    assert "polling has been failing since" in caplog.text
    assert [event.what for event in office.events("polling")] == ["outage-began"]
    office.mailbox.unreachable = None
    turn(office, watch=nobody)
    assert [event.what for event in office.events("polling")] == ["outage-began", "outage-over"]
    assert office.outbox() == []


def test_fault_28_that_letters_are_taken_for_spam_is_told_once_a_day_and_not_of_the_alert_itself(office: Rounds) -> None:
    for sender in "abcd":
        office.arrives(build.mail(*build.whole("project")), f"{sender}@xinxiang.example")
    turn(office)
    office.courier.answers = [Delivery(Verdict.SUSPECT, "content: 554 DT:SPM")] * 4
    assert [turn(office, LATER) for _ in range(3)] == [0, 1, 0]
    assert alerts(office) == ["【系统告警】有信件被邮件服务商当作垃圾邮件，等待人工处理（12月16日09:11）"]
    office.arrives(build.mail(*build.whole("team")), "e@xinxiang.example")
    office.courier.answers = [Delivery(Verdict.SUSPECT, "content: 554 DT:SPM")]
    assert [turn(office, timedelta(hours=2)) for _ in range(3)] == [0, 0, 0]  # told today
    office.courier.answers = [Delivery(Verdict.SUSPECT, "content: 554 DT:SPM")] * 9
    assert [turn(office, timedelta(days=1)) for _ in range(3)] == [1, 0, 0]


# --- what counts as sending that fails ---------------------------------------------------------------------------------


def put_off(office: Rounds, *senders: str) -> None:
    for sender in senders:
        office.arrives(build.mail(*build.whole("project")), sender)
    office.courier.answers = [Delivery(Verdict.TEMPORARY, "451 later")] * len(senders)
    turn(office)
    turn(office, LATER)


def test_one_letter_that_is_put_off_is_its_own_matter(office: Rounds) -> None:
    put_off(office, "a@xinxiang.example")
    assert known(office, Trouble.SENDING) is None


def test_two_different_letters_put_off_one_after_the_other_are_not(office: Rounds) -> None:
    put_off(office, "a@xinxiang.example", "b@xinxiang.example")
    assert known(office, Trouble.SENDING) == Failing(office.clock.now(), "451 later")


@pytest.mark.parametrize("verdict", [Verdict.SENT, Verdict.PERMANENT, Verdict.SUSPECT])
def test_a_server_that_decides_about_a_letter_works(office: Rounds, verdict: Verdict) -> None:
    put_off(office, "a@xinxiang.example", "b@xinxiang.example")
    office.courier.answers = [Delivery(verdict)]
    turn(office, LATER)
    assert known(office, Trouble.SENDING) is None


def test_a_failure_remembered_under_a_clock_that_ran_ahead_counts_from_now(office: Rounds) -> None:
    now = office.clock.now()
    with office.store.begin() as ledger:
        fails(ledger, Trouble.POLLING, now + timedelta(days=400), "timed out")
        fails(ledger, Trouble.POLLING, now, "timed out")
    assert known(office, Trouble.POLLING) == Failing(now, "timed out")


def test_the_first_moment_stays_and_the_words_are_the_newest(office: Rounds) -> None:
    now: datetime = office.clock.now()
    with office.store.begin() as ledger:
        fails(ledger, Trouble.POLLING, now, "timed out")
        fails(ledger, Trouble.POLLING, now + MINUTES, "connection refused")
    assert known(office, Trouble.POLLING) == Failing(now, "connection refused")
