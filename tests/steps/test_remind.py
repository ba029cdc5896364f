"""Reminding: only units that owe something, once a stage, with their own list, asked again when sending."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.deciding.owing import all_owing, owes
from bot.letters.recompose import opened
from bot.model import (
    Address,
    Alternative,
    AnswerState,
    Filing,
    Letter,
    MailRow,
    Nomination,
    OutboxRow,
    OutboxState,
    Outcome,
    Outgoing,
    State,
)
from bot.steps.deliver import Sending, deliver
from bot.steps.remind import remind, reminders_now, still_due
from tests.fakes import FakeClock, FakeCourier, FakeSheets
from tests.letters.build import POST, RULES, Ledger, at, found, mail, nomination, wording
from tests.letters.regolden import parts

MISSING = found("field-missing", "联系电话", "推荐表.docx", wanted="telephone")
LOCKED = found("attachment-encrypted", None, "云川市.zip")


def open_one(number: str, unit: str = "c1") -> Nomination:
    """A nomination with something to mend."""
    return nomination(number, f"项目{number}", unit=unit, state=State.DEFECTIVE, findings=(MISSING,))


class Drive:
    """A ledger, a clock and the step under test."""

    def __init__(self, now: datetime) -> None:
        self.ledger = Ledger()
        self.clock = FakeClock(now)

    def remind(self) -> int:
        return remind(self.ledger.store, wording(), RULES, self.clock, POST)

    def put(self, row: MailRow, *nominations: Nomination) -> MailRow:
        return self.ledger.put(row, *nominations)

    def letters(self) -> list[OutboxRow]:
        with self.ledger.store.glance() as look:
            return list(look.outbox.all())

    def send(self) -> list[str]:
        """Deliver everything, asking again; the states afterwards."""
        ask = still_due(self.ledger.store, RULES, self.clock)
        deliver(Sending(self.ledger.store, FakeCourier(), self.clock, ask), lambda: True)
        return [row.state.value for row in self.letters()]


def test_only_units_that_owe_something_are_reminded_of_their_own_list() -> None:
    drive = Drive(at(13, 9, 0))
    drive.put(mail(1, Outcome.RECEIVED, None), nomination("0001", "惠民项目甲"), open_one("0002"))
    drive.put(
        mail(2, Outcome.RECEIVED, None, unit="c2", sender=Address("l@c2.example")), nomination("0003", "项目丙", unit="c2")
    )
    drive.put(mail(3, Outcome.RECEIVED, None, unit="p1", sender=Address("a@p.example")), open_one("0004", "p1"))
    assert drive.remind() == 2
    first, second = (row.outgoing for row in drive.letters())
    assert (first.dedup_key, first.unit, first.numbers, first.recipients) == (
        "reminder:drive-2021:c1:7d",
        "c1",
        ("0002",),
        ("yunchuan@city.example",),
    )
    assert (second.dedup_key, second.numbers, second.recipients) == ("reminder:drive-2021:p1:7d", ("0004",), ("a@p.example",))
    text = parts(first.content)[0]
    assert "还有7天" in text
    assert "0002" in text
    assert not any(other in text for other in ("0001", "0003", "0004"))


def test_fault_22_a_double_run_reminds_once() -> None:
    drive = Drive(at(13, 9, 0))
    drive.put(mail(1, Outcome.RECEIVED, None), open_one("0002"))
    assert [drive.remind(), drive.remind()] == [1, 0]
    with drive.ledger.store.begin() as transaction:
        transaction.marks.put("reminders:drive-2021:7d", None)
    assert drive.remind() == 0


def test_who_gets_a_notice_an_hour_after_the_stage_is_not_reminded_the_same_day() -> None:
    drive = Drive(at(13, 9, 0))
    assert drive.remind() == 0
    drive.put(mail(1, Outcome.RECEIVED, None), open_one("0002"))
    drive.clock.advance(hours=1)
    assert drive.remind() == 0
    drive.clock.moment = at(17, 9, 0)
    assert drive.remind() == 1


def test_each_stage_has_its_letter_and_after_the_deadline_there_is_none() -> None:
    drive = Drive(at(1, 9, 0))
    drive.put(mail(1, Outcome.RECEIVED, None), open_one("0002"))
    for day in range(1, 31):
        drive.clock.moment = at(day, 9, 0)
        drive.remind()
    assert [row.outgoing.dedup_key.rpartition(":")[2] for row in drive.letters()] == ["7d", "3d", "1d", "0d"]
    assert "今日是报送的最后一天" in parts(drive.letters()[-1].outgoing.content)[0]
    assert len({row.outgoing.subject for row in drive.letters()}) == 4


def test_fault_22_a_unit_that_is_done_by_the_time_of_sending_gets_nothing() -> None:
    drive = Drive(at(13, 9, 0))
    row = drive.put(mail(1, Outcome.RECEIVED, None), open_one("0002"))
    drive.remind()
    drive.ledger.put_again(row, nomination("0002", "项目0002"))
    assert drive.send() == [OutboxState.DROPPED.value]


def test_a_unit_that_still_owes_gets_its_reminder() -> None:
    drive = Drive(at(13, 9, 0))
    drive.put(mail(1, Outcome.RECEIVED, None), open_one("0002"))
    drive.remind()
    assert drive.send() == [OutboxState.SENT.value]


@pytest.mark.parametrize("later", [at(17, 9, 0), at(21, 0, 0)])
def test_a_reminder_that_was_held_up_until_the_next_one_is_not_sent(later: datetime) -> None:
    drive = Drive(at(13, 9, 0))
    drive.put(mail(1, Outcome.RECEIVED, None), open_one("0002"))
    drive.remind()
    drive.clock.moment = later
    assert drive.send() == [OutboxState.DROPPED.value]


def test_other_letters_are_never_asked_again() -> None:
    drive = Drive(at(22))
    drive.ledger.put(mail(1, Outcome.HELD, Letter.HELD))
    letter = drive.ledger.letter(at(22))
    with drive.ledger.store.begin() as transaction:
        transaction.outbox.add(letter, at(22), at(22))
    assert drive.send() == [OutboxState.SENT.value]


def test_a_returned_mail_is_open_until_the_unit_files_something() -> None:
    drive = Drive(at(13, 9, 0))
    drive.put(mail(1, Outcome.RETURNED, None, findings=(LOCKED,)))
    assert drive.remind() == 1
    drive.put(mail(2, Outcome.RECEIVED, None), nomination("0001", "惠民项目甲"))
    assert drive.send() == [OutboxState.DROPPED.value]


@pytest.mark.parametrize(
    "changes",
    [
        {"state": State.WITHDRAWN},
        {"state": State.SUPERSEDED},
        {"state": State.ACCEPTED, "findings": ()},
        {"state": State.ACCEPTED, "admitted": True},
        {"state": State.HELD, "findings": (found("late", days=1),)},
        {"state": State.SELECTED},
    ],
)
def test_a_nomination_that_waits_for_nobody_or_for_the_office_is_not_owed(changes: dict[str, object]) -> None:
    one = replace(open_one("0001"), **changes)  # type: ignore[arg-type]  # the table names fields of the row
    assert not owes(one)


def test_a_county_that_was_told_its_city_owes_nothing_more() -> None:
    county = mail(1, Outcome.RETURNED, None, unit="n1", findings=(found("unit-not-entitled", name="青石县"), LOCKED))
    nobody = mail(2, Outcome.RETURNED, None, unit=None, findings=(found("unit-unknown"),))
    assert all_owing([], [county, nobody]) == ()


def test_a_defect_beside_good_nominations_is_owed_too() -> None:
    row = mail(1, Outcome.RECEIVED, None, findings=(LOCKED,))
    (one,) = all_owing([], [row])
    assert (one.unit, one.mails, one.nominations) == ("c1", (row,), ())


NEW = found("sender-new", address="x@y.example")


@pytest.mark.parametrize(
    ("senders", "recipients"),
    [
        ([("a@c.example", ())], ("a@c.example",)),
        ([("a@c.example", ()), ("b@c.example", ())], ("b@c.example", "a@c.example")),
        ([("a@c.example", ()), ("x@y.example", (NEW,))], ("a@c.example",)),
        ([("x@y.example", (NEW,))], ("yunchuan@city.example",)),  # the roster's address
        ([(f"{n}@c.example", ()) for n in "abcde"], ("e@c.example", "d@c.example", "c@c.example")),
        ([("no-reply@c.example", ())], ("no-reply@c.example",)),
        ([("sjtj2021@office.example", ())], ("yunchuan@city.example",)),
    ],
)
def test_a_reminder_goes_to_who_sent_what_is_open(senders: list[tuple[str, tuple[()]]], recipients: tuple[str, ...]) -> None:
    drive = Drive(at(13, 9, 0))
    for id, (sender, findings) in enumerate(senders, 1):
        drive.put(mail(id, Outcome.RECEIVED, None, sender=Address(sender), findings=findings), open_one(f"{id:04}"))
    drive.remind()
    assert drive.letters()[0].outgoing.recipients == recipients


def test_a_unit_without_any_address_is_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    drive = Drive(at(13, 9, 0))
    drive.put(mail(1, Outcome.RECEIVED, None, unit="p1", sender=Address("")), open_one("0001", "p1"))
    assert drive.remind() == 0
    assert "unit p1: owes something, and no address is known" in caplog.text


def test_reminders_wait_for_a_person_when_the_office_wants_to_see_them() -> None:
    drive = Drive(at(13, 9, 0))
    drive.put(mail(1, Outcome.RECEIVED, None), open_one("0002"))
    remind(drive.ledger.store, wording(), RULES, drive.clock, replace(POST, review=True))
    assert [row.state for row in drive.letters()] == [OutboxState.WAITING]


# --- stamped papers ---------------------------------------------------------------------------------------------------


def test_after_the_deadline_units_are_reminded_of_papers_that_are_not_in() -> None:
    drive = Drive(at(22, 9, 0))
    drive.put(
        mail(1, Outcome.RECEIVED, None),
        nomination("0001", "惠民项目甲"),
        nomination("0002", "惠民项目乙", paper=at(21)),
        open_one("0003"),
        nomination("0004", "惠民项目丁", state=State.LATE),
    )
    assert drive.remind() == 1
    (letter,) = (row.outgoing for row in drive.letters())
    assert (letter.letter, letter.dedup_key, letter.numbers) == (
        Letter.PAPERS,
        "reminder:drive-2021:c1:papers-2d",
        ("0001", "0003"),
    )
    assert "1件推荐的盖章纸质件尚未收到" in letter.subject
    text = parts(letter.content)[0]
    assert "0001" in text
    assert "0003" in text
    assert not any(other in text for other in ("0002", "0004"))


@pytest.mark.parametrize(
    "one",
    [
        nomination("0001", "惠民项目甲", paper=at(21)),
        open_one("0001"),
        nomination("0001", "惠民项目甲", state=State.LATE),
        nomination("0001", "惠民项目甲", state=State.HELD),
        nomination("0001", "惠民项目甲", state=State.WITHDRAWN),
        nomination("0001", "惠民项目甲", state=State.NOT_SELECTED),
    ],
    ids=["paper in", "to mend", "late", "held", "withdrawn", "not selected"],
)
def test_no_unit_is_asked_for_papers_that_are_in_or_not_wanted(one: Nomination) -> None:
    drive = Drive(at(22, 9, 0))
    drive.put(mail(1, Outcome.RECEIVED, None), one)
    assert drive.remind() == 0


def test_papers_are_asked_for_on_each_of_their_days_and_once_a_day() -> None:
    drive = Drive(at(1, 9, 0))
    drive.put(mail(1, Outcome.RECEIVED, None), nomination("0001", "惠民项目甲"))
    for day in range(1, 32):
        drive.clock.moment = at(day, 9, 0)
        drive.remind()
        drive.remind()
    assert [row.outgoing.dedup_key.rpartition(":")[2] for row in drive.letters()] == ["papers-2d", "papers-5d"]


def test_fault_22_papers_that_came_by_the_time_of_sending_are_not_asked_for() -> None:
    drive = Drive(at(22, 9, 0))
    row = drive.put(mail(1, Outcome.RECEIVED, None), nomination("0001", "惠民项目甲"))
    drive.remind()
    drive.ledger.put_again(row, nomination("0001", "惠民项目甲", paper=at(22)))
    assert drive.send() == [OutboxState.DROPPED.value]


def test_a_reminder_of_papers_brings_the_cover_sheet_of_just_these() -> None:
    drive = Drive(at(22, 9, 0))
    drive.put(mail(1, Outcome.RECEIVED, None), nomination("0001", "惠民项目甲"), open_one("0002"))
    assert remind(drive.ledger.store, wording(), RULES, drive.clock, POST, FakeSheets()) == 1
    (row,) = drive.letters()
    assert [(one.name, one.content) for one in opened(row.outgoing).attachments] == [("封面.docx", b"0001")]


@pytest.mark.parametrize(("day", "letter"), [(10, Letter.REMINDER), (23, Letter.PAPERS)])
def test_a_preview_on_any_day_shows_what_would_be_written_and_queues_nothing(day: int, letter: Letter) -> None:
    drive = Drive(at(day, 15, 0))
    drive.put(mail(1, Outcome.RECEIVED, None), nomination("0001", "惠民项目甲"), open_one("0002"))
    shown = reminders_now(drive.ledger.store, wording(), RULES, drive.clock, POST)
    assert [one.letter for one in shown] == [letter]
    assert drive.letters() == []


def ask(drive: Drive, *nominations: Nomination) -> Outgoing:
    """A mail with two materials that nothing tells apart, and the letter that asks about them, queued."""
    halves = tuple(Alternative("material", f"典型材料{n}.docx", str(n) * 64) for n in (1, 2))
    held = replace(nomination("0123", "王安宁", "member", state=State.HELD), material=None, form_mail=1, alternatives=halves)
    row = drive.put(mail(1, Outcome.RECEIVED, Letter.RECEIPT), held, *nominations)
    asked = drive.ledger.letter(drive.clock.now())
    assert asked.question is not None
    with drive.ledger.store.begin() as transaction:
        transaction.outbox.add(asked, drive.clock.now(), drive.clock.now())
        transaction.mails.save(replace(row, answer_state=AnswerState.WRITTEN))
    return asked


def settle(drive: Drive) -> None:
    """The unit has chosen."""
    with drive.ledger.store.glance() as look:
        held = look.nominations.get("0123")
    assert held is not None
    drive.ledger.file(drive.ledger.mails[0], replace(held, state=State.ACCEPTED, alternatives=(), mail=1), Filing.COMPLETED)


def test_a_reminder_repeats_the_question_that_is_still_open_once_it_has_been_sent_until_it_is_answered() -> None:
    drive = Drive(at(10, 9, 31))
    ask(drive, open_one("0124"))

    def shown() -> Outgoing:
        (letter,) = reminders_now(drive.ledger.store, wording(), RULES, FakeClock(at(13, 9)), POST)
        return letter

    assert (shown().question, shown().numbers) == (None, ("0124",))
    assert drive.send() == ["sent"]
    asked = drive.letters()[0].outgoing.question
    assert (shown().question, shown().numbers) == (asked, ("0123", "0124"))
    text = parts(shown().content)[0]
    assert "另有一处请贵单位确认" in text
    assert "1. 王安宁——《典型材料1.docx》" in text
    assert "尚有1处待补正" in shown().subject
    settle(drive)
    assert (shown().question, shown().numbers) == (None, ("0124",))
    assert "请您选择" not in parts(shown().content)[0]


def test_a_unit_that_owes_nothing_but_an_answer_is_reminded_of_it_where_it_was_asked() -> None:
    drive = Drive(at(10, 9, 31))
    asked = ask(drive)
    drive.send()
    drive.clock.moment = at(13, 9, 0)
    assert drive.remind() == 1
    reminder = drive.letters()[-1].outgoing
    assert (reminder.letter, reminder.recipients, reminder.question) == (Letter.REMINDER, asked.recipients, asked.question)
    assert (reminder.numbers, "有一处请您确认" in reminder.subject, "0处" in reminder.subject) == (("0123",), True, False)
    text = parts(reminder.content)[0]
    assert "还没有收到答复，请尽快回复。" in text
    assert "补正" not in text
    assert drive.send() == ["sent", "sent"]


def test_a_reminder_of_an_answer_that_has_come_meanwhile_is_not_sent() -> None:
    drive = Drive(at(10, 9, 31))
    ask(drive)
    drive.send()
    drive.clock.moment = at(13, 9, 0)
    drive.remind()
    settle(drive)
    assert drive.send() == ["sent", "dropped"]
    drive.clock.moment = at(17, 9, 0)
    assert drive.remind() == 0
