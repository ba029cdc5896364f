"""Intake: nothing lost, nothing twice, nothing that stops the rest."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.adapters.store import SqlStore
from bot.model import MailRow, MailState, Outcome, Position
from bot.ports import LoginError, MailboxError, Mark
from bot.steps.intake import BODY_TRIES, LAST_POLL, MAILBOX_ERROR, IntakeLimits, take_in
from bot.steps.message_id import message_id
from tests.fakes import NOON, FakeClock, FakeMailbox, FakeOriginals, mail_bytes, memory_store


class Bench:
    """One intake with everything it needs."""

    def __init__(self) -> None:
        self.mailbox = FakeMailbox()
        self.originals = FakeOriginals()
        self.store: SqlStore = memory_store()
        self.clock = FakeClock()
        self.limits = IntakeLimits(batch=3)

    def once(self) -> bool:
        return take_in(self.mailbox, self.originals, self.store, self.clock, "INBOX", self.limits)

    def round(self) -> None:
        while self.once():
            pass

    def rows(self) -> list[MailRow]:
        with self.store.glance() as transaction:
            return list(transaction.mails.all())

    def contents(self) -> list[bytes]:
        return [self.originals.load(row.original) for row in self.rows()]

    def mark(self) -> Mark | None:
        with self.store.glance() as transaction:
            return transaction.marks.folder("INBOX")


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.store.close()


def mails(count: int) -> list[bytes]:
    return [mail_bytes(str(n)) for n in range(count)]


def test_a_mail_becomes_an_original_and_a_row(bench: Bench) -> None:
    content = mail_bytes("1")
    bench.mailbox.put(content, NOON - timedelta(minutes=1))
    bench.round()
    sha256 = hashlib.sha256(content).hexdigest()
    assert bench.rows() == [
        MailRow(
            id=1,
            message_id="<1@example.com>",
            sha256=sha256,
            position=Position("INBOX", 1, 1),
            received=NOON - timedelta(minutes=1),
            size=len(content),
            original=f"mail/{sha256[:2]}/{sha256}.eml",
            complete=True,
            state=MailState.NEW,
        )
    ]
    assert bench.contents() == [content]


def test_a_call_takes_one_batch_and_says_whether_there_is_more(bench: Bench) -> None:
    for content in mails(7):
        bench.mailbox.put(content)
    assert [(bench.once(), len(bench.rows())) for _ in range(4)] == [(True, 3), (True, 6), (True, 7), (False, 7)]
    assert bench.contents() == mails(7)
    assert bench.mark() == Mark("INBOX", 1, 7)


def test_fault_23_what_was_taken_in_is_not_fetched_again(bench: Bench) -> None:
    for content in mails(4):
        bench.mailbox.put(content)
    bench.round()
    bench.round()
    bench.mailbox.put(mail_bytes("new"))
    bench.round()
    assert bench.mailbox.fetched == [1, 2, 3, 4, 5]


def test_fault_16_a_new_uidvalidity_takes_nothing_twice_and_misses_nothing(bench: Bench) -> None:
    for content in mails(4):
        bench.mailbox.put(content)
    bench.round()
    bench.mailbox.remove(2)
    bench.mailbox.put(mail_bytes("new"))
    bench.mailbox.renumber()
    bench.round()
    assert bench.contents() == [*mails(4), mail_bytes("new")]
    assert bench.mark() == Mark("INBOX", 2, 4)


def test_fault_17_a_mail_without_message_id_has_one_made_of_its_bytes(bench: Bench) -> None:
    first, second = mail_bytes(None, "一"), mail_bytes(None, "二")
    for content in (first, second, first):
        bench.mailbox.put(content)
    bench.round()
    assert [row.message_id for row in bench.rows()] == [
        f"<{hashlib.sha256(content).hexdigest()}@no-message-id.invalid>" for content in (first, second)
    ]


def test_fault_17_the_same_message_id_twice_with_other_content_is_two_mails(bench: Bench) -> None:
    bench.mailbox.put(mail_bytes("1", "一"))
    bench.mailbox.put(mail_bytes("1", "二"))
    bench.round()
    assert [row.message_id for row in bench.rows()] == ["<1@example.com>"] * 2


def test_fault_39_a_mail_over_the_limit_is_recorded_by_its_header(bench: Bench) -> None:
    bench.limits = IntakeLimits(largest=1000)
    large = mail_bytes("large", body="x" * 5000)
    bench.mailbox.put(large)
    bench.mailbox.put(mail_bytes("small"))
    bench.round()
    assert [(row.message_id, row.complete, row.size) for row in bench.rows()] == [
        ("<large@example.com>", False, len(large)),
        ("<small@example.com>", True, len(mail_bytes("small"))),
    ]
    assert bench.contents()[0] == large.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert bench.mailbox.fetched == [2]


def test_a_vanished_mail_does_not_hold_up_the_mark(bench: Bench) -> None:
    for content in mails(3):
        bench.mailbox.put(content)

    class Vanishing(FakeMailbox):
        def survey(self, after: Mark | None) -> object:  # type: ignore[override]  # narrower in the port
            survey = super().survey(after)
            self.mails.pop(3, None)
            return survey

    bench.mailbox.__class__ = Vanishing
    bench.round()
    assert (bench.contents(), bench.mark()) == (mails(2), Mark("INBOX", 1, 3))


def test_mails_from_before_the_campaign_are_passed_over_without_being_fetched(bench: Bench) -> None:
    bench.limits = IntakeLimits(batch=3, since=NOON)
    for n in range(7):
        bench.mailbox.put(mail_bytes(f"old{n}"), NOON - timedelta(seconds=1))
    bench.mailbox.put(mail_bytes("new"), NOON)
    assert [bench.once(), bench.once()] == [True, False]
    assert bench.contents() == [mail_bytes("new")]
    assert (bench.mailbox.fetched, bench.mark()) == ([8], Mark("INBOX", 1, 8))


# --- trouble -----------------------------------------------------------------------------------------------------------


def test_fault_15_a_connection_that_breaks_in_a_batch_loses_nothing_of_it(bench: Bench) -> None:
    for content in mails(5):
        bench.mailbox.put(content)
    bench.mailbox.broken = {3}
    with pytest.raises(MailboxError):
        bench.round()
    assert (bench.contents(), bench.mark()) == (mails(2), Mark("INBOX", 1, 2))
    bench.mailbox.broken = set()
    bench.round()
    assert bench.contents() == mails(5)
    assert bench.mailbox.fetched == [1, 2, 3, 4, 5]


def test_a_mailbox_that_cannot_be_reached_says_so_and_is_no_successful_poll(bench: Bench) -> None:
    bench.mailbox.unreachable = LoginError("refused")
    with pytest.raises(LoginError):
        bench.once()
    with bench.store.glance() as transaction:
        assert transaction.marks.get(LAST_POLL) is None


def test_fault_25_a_mailbox_that_fails_is_on_record_from_its_first_failure_to_its_next_success(bench: Bench) -> None:
    def standing() -> tuple[str | None, list[tuple[str, int]]]:
        with bench.store.glance() as transaction:
            events = [(event.what, (event.at - NOON) // timedelta(minutes=1)) for event in transaction.chronicle.of("mailbox")]
            return transaction.marks.get(MAILBOX_ERROR), events

    bench.mailbox.unreachable = LoginError("the password is refused")
    for _ in range(3):
        with pytest.raises(LoginError):
            bench.once()
        bench.clock.advance(minutes=1)
    assert standing() == ("the password is refused", [("failed", 0)])
    bench.mailbox.unreachable = None
    bench.once()
    assert standing() == (None, [("failed", 0), ("recovered", 3)])


def test_a_successful_poll_is_remembered_even_when_there_was_nothing(bench: Bench) -> None:
    bench.once()
    bench.clock.advance(minutes=1)
    bench.once()
    with bench.store.glance() as transaction:
        assert transaction.marks.get(LAST_POLL) == (NOON + timedelta(minutes=1)).isoformat()


def test_fault_19_a_mail_of_which_the_server_gives_nothing_is_never_stored_as_empty(bench: Bench) -> None:
    for content in mails(3):
        bench.mailbox.put(content)
    bench.mailbox.empty = {2}
    bench.round()
    assert (bench.contents(), bench.mark()) == (mails(1), Mark("INBOX", 1, 1))
    bench.mailbox.empty = set()
    bench.round()
    assert bench.contents() == mails(3)


def test_fault_13_a_mail_that_never_comes_is_held_after_some_rounds_and_the_others_go_on(bench: Bench) -> None:
    for content in mails(2):
        bench.mailbox.put(content)
    header_only, third = mail_bytes("stuck"), mail_bytes("third")
    bench.mailbox.put(header_only)
    bench.mailbox.put(third)
    bench.mailbox.empty = {3}
    for _ in range(BODY_TRIES):
        assert [row.state for row in bench.rows()] in ([], [MailState.NEW] * 2)
        bench.round()
    assert [(row.state, row.outcome, row.complete, row.size) for row in bench.rows()][2:] == [
        (MailState.FAILED, Outcome.HELD, False, len(header_only)),
    ]
    bench.round()
    assert bench.contents()[-1] == third
    assert len(bench.rows()) == 4
    with bench.store.glance() as transaction:
        assert transaction.marks.get("no-body:INBOX:1:3") is None


def test_two_mails_of_which_nothing_comes_are_two_rows(bench: Bench) -> None:
    for content in mails(3):
        bench.mailbox.put(content)
    bench.mailbox.empty = {1, 2}
    for _ in range(2 * BODY_TRIES + 1):
        bench.round()
    assert [row.state for row in bench.rows()] == [MailState.FAILED, MailState.FAILED, MailState.NEW]
    assert len({row.sha256 for row in bench.rows()}) == 3


def test_a_disk_that_is_full_leaves_the_mark_where_it_was(bench: Bench) -> None:
    for content in mails(2):
        bench.mailbox.put(content)

    class Full(FakeOriginals):
        def keep(self, content: bytes) -> str:
            raise OSError(28, "No space left on device")

    good, bench.originals = bench.originals, Full()
    with pytest.raises(OSError, match="No space left"):
        bench.once()
    assert (bench.rows(), bench.mark()) == ([], None)
    bench.originals = good
    bench.round()
    assert bench.contents() == mails(2)


def test_every_mail_taken_in_is_in_the_history_by_its_number(bench: Bench) -> None:
    for content in mails(2):
        bench.mailbox.put(content)
    bench.round()
    with bench.store.glance() as transaction:
        told = [(event.at, event.who, event.what, event.subject) for event in transaction.chronicle.all()]
    assert told == [(NOON, "worker", "taken-in", f"mail:{n}") for n in (1, 2)]


# --- Message-ID --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (b"Message-ID: <a@b>", "<a@b>"),
        (b"message-id:<a@b>", "<a@b>"),
        (b"MESSAGE-ID \t:  <a@b> (comment)", "<a@b>"),
        (b"Subject: x\r\nMessage-ID:\r\n <a\r\n\t@b>\r\nTo: y", "<a@b>"),
        (b"Subject: x\nMessage-ID:\n <a@b>\nTo: y", "<a@b>"),
        (b"Message-ID: a@b", "<a@b>"),
        (b"Message-ID: <[a]>", "<[a]>"),
        (b"Message-ID: <>", ""),
        (b"Message-ID:", ""),
        (b"Message-ID:   \r\nSubject: <no@id>", ""),
        (b"X-Message-ID: <a@b>", ""),
        (b"Subject: x", ""),
        (b"", ""),
        (b"Message-ID: <first@b>\r\nMessage-ID: <second@b>", "<first@b>"),
        (b"Message-ID: <" + b"a" * 501 + b">", ""),
        (b"Message-ID: <\xff\x00\xe5\xad\x97@b>", "<\ufffd\x00字@b>"),
    ],
)
def test_the_message_id_of_any_header(header: bytes, expected: str) -> None:
    assert message_id(header + b"\r\n\r\nMessage-ID: <in@body>\r\n") == expected
    assert message_id(header) == expected


def test_a_message_id_with_odd_bytes_still_tells_a_mail_seen_before(bench: Bench) -> None:
    content = mail_bytes("a").replace(b"<a@", b"<\xff\x00@")
    bench.mailbox.put(content)
    bench.mailbox.put(content)
    bench.round()
    assert len(bench.rows()) == 1
