"""Bounces: each is tied to its letter and unit, the address is marked, and reminders go elsewhere until it writes again."""

from dataclasses import replace

import pytest

from bot.deciding.stages import Stage
from bot.model import Address, Filing, Headers, Letter, MailRow, Note, NoteKind, OutboxState, Outcome, Reading, State
from bot.steps.bounced import note_bounce, returned_letter, unreachable
from bot.steps.reminder_letters import Reminding
from bot.steps.tell import decision_letter
from tests.letters.build import POST, RULES, Ledger, at, found, mail, nomination, wording

DAEMON = Address("mailer-daemon@126.com")
YUNCHUAN = "yunchuan@city.example"


class Post:
    """A ledger with one letter that went, and reports about it."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.ledger.put(mail(1, Outcome.RECEIVED, Letter.RECEIPT), nomination("0123", "养老服务项目"))
        self.letter = self.ledger.letter(at(10, 9, 31))
        with self.ledger.store.begin() as ledger:
            ledger.outbox.add(self.letter, at(10, 9, 31), at(10, 9, 31))
            row = ledger.outbox.claim(at(10, 9, 31))
            assert row is not None
            ledger.outbox.settle(row.id, OutboxState.SENT, at(10, 9, 31))

    def report(self, day: int = 10, ids: tuple[str, ...] = (), failed: tuple[str, ...] = ()) -> MailRow:
        """A delivery report with this day, references and failed recipients, noted."""
        row = self.ledger.put(mail(90 + day, Outcome.BOUNCE, None, "系统退信", unit=None, sender=DAEMON, received=at(day, 10)))
        headers = Headers(
            message_id=row.message_id, subject=row.subject, sender=DAEMON, references=ids, failed_recipients=failed
        )
        with self.ledger.store.begin() as ledger:
            note_bounce(ledger, row, Reading(headers, "", ""), at(day, 10))
            return ledger.mails.get(row.id)

    def marked(self, address: str) -> bool:
        with self.ledger.store.glance() as look:
            return unreachable(look, address, list(look.mails.all()))


def test_a_report_with_our_message_id_is_tied_to_its_letter_and_unit_and_marks_the_address() -> None:
    post = Post()
    row = post.report(ids=(post.letter.message_id,), failed=(YUNCHUAN,))
    assert row.unit == "c1"
    with post.ledger.store.glance() as look:
        told = returned_letter(look, row.id)
        assert told is not None
        assert (told.kind, told.subject, told.addresses) == (Letter.RECEIPT, post.letter.subject, (YUNCHUAN,))
        assert [event.what for event in look.chronicle.of("letter:1")] == ["bounced"]
    assert post.marked(YUNCHUAN)


def test_a_report_in_words_alone_is_about_the_newest_letter_to_its_address() -> None:
    post = Post()
    row = post.report(failed=("YunChuan@city.example",))
    assert row.unit == "c1"
    assert post.marked(YUNCHUAN)


@pytest.mark.parametrize(
    ("day", "failed"),
    [(18, (YUNCHUAN,)), (10, ("somebody@else.example",)), (10, ())],
    ids=["long after", "another address", "nobody named"],
)
def test_a_report_about_none_of_our_letters_marks_nobody(day: int, failed: tuple[str, ...]) -> None:
    post = Post()
    row = post.report(day, failed=failed)
    assert row.unit is None
    with post.ledger.store.glance() as look:
        assert returned_letter(look, row.id) is None
    assert not post.marked(YUNCHUAN)
    assert not post.marked("somebody@else.example")


def test_a_report_of_delay_is_tied_to_its_letter_and_marks_nobody() -> None:
    post = Post()
    assert post.report(ids=(post.letter.message_id,)).unit == "c1"
    assert not post.marked(YUNCHUAN)


def test_a_report_cannot_mark_an_address_that_its_letter_did_not_go_to() -> None:
    post = Post()
    post.report(ids=(post.letter.message_id,), failed=("linhe@city.example",))
    assert not post.marked("linhe@city.example")


def test_who_writes_again_is_reached_again() -> None:
    post = Post()
    post.report(failed=(YUNCHUAN,))
    post.ledger.put(mail(5, Outcome.HELD, None, received=at(11)))
    assert not post.marked(YUNCHUAN)
    post.report(12, ids=(post.letter.message_id,), failed=(YUNCHUAN,))
    assert post.marked(YUNCHUAN)


def test_reminders_go_to_the_units_other_address_when_the_first_came_back() -> None:
    missing = found("field-missing", "联系电话", "推荐表.docx", wanted="telephone")
    open_one = nomination("0124", "便民服务队", "team", state=State.DEFECTIVE, findings=(missing,))
    post = Post()
    post.ledger.put(mail(2, Outcome.RECEIVED, None, sender=Address("other@city.example"), received=at(10, 8)), open_one)
    post.ledger.put_again(replace(mail(3, Outcome.RECEIVED, None, received=at(10, 9)), id=1), replace(open_one, number="0125"))

    def recipients() -> tuple[str, ...]:
        with post.ledger.store.glance() as look:
            (letter,) = Reminding(look, wording(), RULES, at(13), POST).letters(Stage(7))
        return letter.recipients

    assert set(recipients()) == {YUNCHUAN, "other@city.example"}
    post.report(failed=(YUNCHUAN,))
    assert recipients() == ("other@city.example",)


def test_a_decision_goes_to_another_address_when_one_came_back_and_is_told_all_the_same_where_there_is_none() -> None:
    post = Post()
    with post.ledger.store.begin() as ledger:
        ledger.notes.put(Note("nomination:0123", NoteKind.TELL, "admit", at(11), "office@office.example"))

    def recipients() -> tuple[str, ...]:
        with post.ledger.store.glance() as look:
            letter = decision_letter(look, "c1", wording(), RULES, at(11), POST)
        assert letter is not None
        return letter.recipients

    post.report(failed=(YUNCHUAN,))
    assert recipients() == (YUNCHUAN,)
    other = mail(2, Outcome.RECEIVED, None, sender=Address("other@city.example"), received=at(9))
    row = post.ledger.put(other)
    post.ledger.file(row, nomination("0123", "养老服务项目", mail=1, material_mail=row.id), Filing.COMPLETED)
    assert recipients() == ("other@city.example",)
