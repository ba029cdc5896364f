"""Faults 11 to 23: mails and letters that were lost, or came twice, because something broke at the wrong moment."""

import re
from collections import Counter
from datetime import timedelta

import pytest

from bot.adapters.files import StateError, only_worker
from bot.config import load_config
from bot.demo.cast import writer
from bot.model import MailState, OutboxState, Outcome, Reading
from bot.opening import open_app
from bot.ports import Reader
from bot.steps.remind import remind
from tests.faults.bench import LATER, Office, ids
from tests.faults.conftest import Open
from tests.faults.mails import words

pytestmark = pytest.mark.server

MINUTE = timedelta(minutes=1)


def many(desk: Office, count: int) -> list[str]:
    """So many small mails of as many people; their Message-IDs in order."""
    desk.arrives(*(words(f"p{n}@people.example", "咨询", f"请问报送截止到哪天？{n}", f"q{n}") for n in range(count)))
    return [f"<q{n}@test.example>" for n in range(count)]


def known(desk: Office) -> list[str]:
    return [mail.message_id for mail in desk.mails()]


def test_fault_11_a_crash_after_the_bodies_came_leaves_them_unread_and_takes_them_again(
    desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.arrives(desk.nomination("water"))
    before = desk.flags()
    with monkeypatch.context() as patched:  # the body is on disk, the row is not committed: here the process dies
        patched.setattr("bot.steps.intake._commit", dies)
        with pytest.raises(KeyboardInterrupt):
            desk.round()
    assert (desk.mails(), desk.flags()) == ([], before)
    desk.restart()
    desk.round(LATER)
    assert [mail.outcome for mail in desk.mails()] == [Outcome.RECEIVED]
    assert (len(desk.letters), desk.flags()) == (1, before)


def dies(*_: object) -> None:
    raise KeyboardInterrupt


def test_fault_12_a_mail_that_staff_opened_flagged_and_answered_first_is_taken_in_all_the_same(desk: Office) -> None:
    desk.arrives(desk.nomination("water"), seen=True)
    desk.hand.add_flags([1], [b"\\Answered", b"\\Flagged"])
    flags = desk.flags()
    desk.round(LATER)
    assert [mail.outcome for mail in desk.mails()] == [Outcome.RECEIVED]
    assert (len(desk.letters), desk.flags()) == (1, flags)


class Poisoned:
    """A reader that one mail breaks, whatever its limits."""

    width = 1

    def __init__(self, reader: Reader) -> None:
        self._reader, self.tries = reader, 0

    def read(self, content: bytes) -> Reading:
        if b"poison" in content:
            self.tries += 1
            raise RuntimeError("nobody thought of this")
        return self._reader.read(content)

    def close(self) -> None:
        """The reader is others' too."""


def test_fault_13_a_poison_mail_is_held_after_three_attempts_and_nothing_waits_or_grows(desk: Office) -> None:
    poisoned = Poisoned(desk.app.reader)
    desk.app.reader = poisoned  # type: ignore[assignment]  # a pool of one
    desk.arrives(words("a@b.example", "推荐表", "报送", "poison"), desk.nomination("water"))
    for _ in range(20):
        desk.round(MINUTE)
    poison, good = desk.mails()
    assert (poison.state, poison.outcome, poisoned.tries) == (MailState.FAILED, Outcome.HELD, 3)
    assert "nobody thought of this" in poison.traceback
    assert good.outcome is Outcome.RECEIVED
    assert sorted(letter.recipients[0] for letter in desk.letters) == ["a@b.example", writer("water").address]
    assert len(list((desk.folder / "state" / "mail").rglob("*.eml"))) == 2


def test_fault_14_mails_that_staff_remove_between_listing_and_fetching_shift_nothing(desk: Office) -> None:
    expected = many(desk, 6)

    def staff() -> None:
        desk.hand.delete_messages([1, 3], silent=True)
        desk.hand.expunge()

    desk.imap.breaks("UID FETCH", skip=1, first=staff)  # the first fetch asks for the sizes
    desk.round()
    desk.arrives(words("p9@people.example", "咨询", "还有一个问题", "q9"))
    desk.round()
    got = known(desk)
    assert set(got) >= {expected[n] for n in (1, 3, 4, 5)} | {"<q9@test.example>"}
    assert len(got) == len(set(got))


@pytest.mark.parametrize("octets", [0, 300, 900])
def test_fault_15_a_fetch_that_breaks_off_loses_no_mail_and_takes_none_twice(desk: Office, octets: int) -> None:
    expected = many(desk, 5)
    desk.imap.breaks("UID FETCH", skip=1, cut=octets)
    assert not desk.round().well
    desk.arrives(words("p9@people.example", "咨询", "还有一个问题", "q9"))
    assert desk.round(MINUTE).well
    assert known(desk) == [*expected, "<q9@test.example>"]


def test_fault_16_a_new_uidvalidity_or_uids_used_again_double_nothing_and_miss_nothing(desk: Office) -> None:
    desk.arrives(desk.nomination("water"))
    desk.round(LATER)
    desk.renumber()
    desk.arrives(desk.nomination("insurance"))
    desk.round(LATER)
    desk.round(LATER)
    assert [mail.outcome for mail in desk.mails()] == [Outcome.RECEIVED] * 2
    told = Counter(letter.recipients for letter in desk.letters)
    assert told == {(writer("water").address,): 1, (writer("insurance").address,): 1}


def test_fault_16_a_uidvalidity_that_changes_between_listing_and_fetching_is_noticed(desk: Office) -> None:
    expected = many(desk, 3)
    desk.imap.breaks("UID FETCH", skip=1, cut=0)  # the connection dies, and behind the next one lies another mailbox
    desk.round()
    desk.imap.breaks("EXAMINE", change=lambda answer: re.sub(rb"UIDVALIDITY \d+", b"UIDVALIDITY 99", answer))
    desk.round(MINUTE)
    desk.round(MINUTE)
    assert known(desk) == expected


def test_fault_17_no_message_id_and_one_message_id_for_two_mails(desk: Office) -> None:
    nameless = re.sub(rb"Message-ID: .*\r\n", b"", desk.nomination("water"))
    one, other = (desk.nomination("insurance", "same", category) for category in ("project", "team"))
    desk.arrives(nameless, nameless, one, other, one)
    desk.round(LATER)
    desk.round(LATER)
    assert len(desk.mails()) == 3
    assert sorted(Counter(one.unit for one in desk.nominations()).values()) == [1, 2]
    assert len(desk.letters) == 2


def test_fault_18_a_second_worker_is_refused_and_even_without_the_lock_nothing_is_done_twice(desk: Office) -> None:
    state = desk.folder / "state"
    with only_worker(state), pytest.raises(StateError, match="another worker"), open_app(load_config(desk.settings, {})):
        pass
    desk.arrives(desk.nomination("water"), desk.nomination("insurance"))
    first, second = desk.app, desk._app()
    for app in (first, second, first, second):
        desk.clock.advance(LATER)
        app.round()
    second.store.close()
    assert len(desk.mails()) == 2
    assert len(desk.letters) == 2 == len(set(ids(desk.letters)))


@pytest.mark.parametrize(("times", "complete"), [(1, True), (99, False)], ids=["once", "for ever"])
def test_fault_19_an_empty_body_is_asked_for_again_and_never_stored_as_the_mail(
    desk: Office, times: int, complete: bool
) -> None:
    desk.arrives(desk.nomination("water"))
    desk.imap.breaks("UID FETCH 1 (BODY.PEEK[])", times, change=emptied)
    for _ in range(6):
        desk.round(MINUTE)
    (mail,) = desk.mails()
    assert mail.complete is complete
    assert mail.outcome is (Outcome.RECEIVED if complete else Outcome.HELD)
    assert mail.sha256 != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def emptied(answer: bytes) -> bytes:
    """The same FETCH with nothing in its body."""
    at = answer.index(b"{")
    size = int(answer[at + 1 : answer.index(b"}", at)])
    end = answer.index(b"\r\n", at) + 2
    return answer[:at] + b"{0}\r\n" + answer[end + size :]


def test_fault_20_accepted_and_dead_before_the_answer_the_same_letter_goes_again_under_its_message_id(desk: Office) -> None:
    desk.arrives(desk.nomination("water"))
    desk.round()
    desk.smtp.breaks("END", cut=0)
    desk.round(LATER)
    assert [row.state for row in desk.outbox()] == [OutboxState.QUEUED]
    desk.restart()
    for _ in range(3):
        desk.round(LATER)
    assert [row.state for row in desk.outbox()] == [OutboxState.SENT]
    first, again = desk.letters
    assert (first.content, first.recipients) == (again.content, again.recipients)


def test_fault_21_one_refusal_costs_one_letter(desk: Office) -> None:
    for unit in ("water", "insurance", "transport"):
        desk.arrives(desk.nomination(unit, unit))
    desk.round()
    gone = writer("insurance").address
    desk.smtp.breaks(f"RCPT TO:<{gone.upper()}>", 9, refuse="550 User not found")
    desk.round(LATER)
    assert {letter.recipients for letter in desk.letters} == {(writer("water").address,), (writer("transport").address,)}
    assert Counter(row.state for row in desk.outbox()) == {OutboxState.SENT: 2, OutboxState.FAILED: 1}


def test_fault_22_a_reminder_goes_once_and_not_to_who_is_done_when_it_is_sent(desk: Office) -> None:
    desk.arrives(
        desk.nomination("water", "a", "project", 0, "联系电话"), desk.nomination("insurance", "b", "team", 0, "联系电话")
    )
    desk.round(LATER)
    desk.smtp.breaks("MAIL", refuse="421 HL:ICC too many connections")
    desk.clock.moment = desk.clock.moment.replace(day=13, hour=9, minute=0)
    desk.round()  # both are reminded; nothing can be sent for some minutes
    with desk.app.store.glance() as ledger:
        assert sum(row.outgoing.letter.value == "reminder" for row in ledger.outbox.heads()) == 2
    desk.arrives(desk.nomination("water", "mended"))
    for _ in range(4):
        desk.round(LATER)
        remind(desk.app.store, desk.app.wording, desk.app.rules, desk.clock, desk.app.post)
    states = {row.outgoing.recipients[0]: row.state for row in desk.outbox() if row.outgoing.letter.value == "reminder"}
    assert states == {writer("water").address: OutboxState.DROPPED, writer("insurance").address: OutboxState.SENT}


def test_fault_23_a_poll_that_is_interrupted_again_and_again_takes_and_answers_each_mail_once(opened: Open) -> None:
    desk = opened()
    units = ("water", "insurance", "transport", "education", "justice", "culture", "market", "labour")
    for unit in units:
        desk.arrives(desk.nomination(unit, unit))
    for turn in range(1, 9):  # each poll comes a little further before the line is dead, and each time the worker is new
        desk.imap.breaks("UID FETCH", skip=1, cut=4000 * turn)
        desk.round(MINUTE)
        desk.imap.twists.clear()
        desk.restart()
    desk.round(LATER)
    desk.round(LATER)
    assert sorted(letter.recipients for letter in desk.letters) == sorted((writer(unit).address,) for unit in units)
    assert len(known(desk)) == len(set(known(desk))) == len(units)
