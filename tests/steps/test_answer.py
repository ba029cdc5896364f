"""Answering: one letter an address, every owed mail answered once, automatic mail never."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.store import SqlStore, SqlTransaction
from bot.campaign import Category
from bot.deciding.due import Pace
from bot.letters.recompose import opened
from bot.letters.render import Wording, WordingError
from bot.model import (
    Address,
    AnswerState,
    Attachment,
    Filing,
    Letter,
    MailRow,
    Nomination,
    OutboxRow,
    OutboxState,
    Outcome,
    Role,
    State,
)
from bot.ports import Remark, StoreError
from bot.steps.answer import HANDFUL, PUT_OFF, Extras, answer
from bot.steps.answers_due import next_answer
from bot.steps.copies import Copyist
from bot.steps.writing import answer_key
from tests.fakes import FakeClock, FakeScribe
from tests.letters.build import POST, RULES, Ledger, at, file, found, mail, nomination, wording
from tests.letters.regolden import parts

START = at(10, 9, 30)


class Office:
    """A ledger with a clock, and the step under test."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.clock = FakeClock(START)
        self.post = POST
        self.words: Wording = wording()

    def mail(self, outcome: Outcome, letter: Letter | None, *nominations: Nomination, **changes: object) -> MailRow:
        """A mail that arrives and is handled now."""
        now = self.clock.now()
        id = len(self.ledger.mails) + 1
        row = mail(id, outcome, letter, f"来件{id}", received=now, handled=now, answer_by=now, **changes)
        return self.ledger.put(row, *nominations)

    def step(self) -> bool:
        return answer(self.ledger.store, self.words, FakeScribe(), RULES, self.clock, self.post)

    def run(self) -> None:
        """Answer until there is nothing to do now."""
        while self.step():
            pass

    def letters(self) -> list[OutboxRow]:
        with self.ledger.store.glance() as look:
            return list(look.outbox.all())

    def state(self, id: int) -> AnswerState | None:
        with self.ledger.store.glance() as look:
            return look.mails.get(id).answer_state


def test_a_single_mail_is_answered_within_a_minute() -> None:
    office = Office()
    row = office.mail(Outcome.RECEIVED, Letter.RECEIPT, nomination("0001", "惠民项目甲"))
    assert not office.step()
    office.clock.advance(seconds=30)
    assert office.step()
    (letter,) = office.letters()
    assert letter.outgoing.letter is Letter.RECEIPT
    assert letter.outgoing.recipients == ("yunchuan@city.example",)
    assert (letter.outgoing.mails, letter.outgoing.numbers, letter.outgoing.unit) == ((row.id,), ("0001",), "c1")
    assert letter.state is OutboxState.QUEUED
    assert office.state(row.id) is AnswerState.WRITTEN
    assert not office.step()


def test_fault_9_thirty_mails_in_ten_minutes_get_one_letter_that_names_every_nomination() -> None:
    office = Office()
    for index in range(1, 31):
        office.mail(Outcome.RECEIVED, Letter.RECEIPT, nomination(f"{index:04}", f"惠民项目{index}"))
        office.run()
        office.clock.advance(seconds=20)
    office.run()
    (letter,) = office.letters()
    assert letter.outgoing.letter is Letter.COMBINED
    assert letter.outgoing.numbers == tuple(f"{index:04}" for index in range(1, 31))
    assert letter.outgoing.mails == tuple(range(1, 31))


def test_what_comes_after_a_letter_waits_for_the_window_and_shares_the_next() -> None:
    office = Office()
    office.mail(Outcome.RECEIVED, Letter.RECEIPT, nomination("0001", "惠民项目甲"))
    office.clock.advance(seconds=30)
    office.run()
    for index in (2, 3):
        office.clock.advance(seconds=120)
        office.mail(Outcome.RECEIVED, Letter.RECEIPT, nomination(f"000{index}", f"惠民项目{index}"))
        office.run()
    assert len(office.letters()) == 1
    assert next_answer(office.ledger.store, RULES, office.post) == START + timedelta(seconds=30, minutes=10)
    office.clock.advance(minutes=6)
    office.run()
    assert [row.outgoing.mails for row in office.letters()] == [(1,), (2, 3)]


def test_two_addresses_get_their_own_letters() -> None:
    office = Office()
    office.mail(Outcome.RECEIVED, Letter.RECEIPT, nomination("0001", "惠民项目甲"))
    office.mail(
        Outcome.RECEIVED, Letter.RECEIPT, nomination("0002", "王安宁", "member", "p1"), unit="p1", sender=Address("a@p.example")
    )
    office.clock.advance(minutes=1)
    office.run()
    assert [(row.outgoing.recipients, row.outgoing.unit) for row in office.letters()] == [
        (("yunchuan@city.example",), "c1"),
        (("a@p.example",), "p1"),
    ]


def test_a_letter_says_how_things_stand_when_it_is_written() -> None:
    office = Office()
    row = office.mail(Outcome.RECEIVED, Letter.RECEIPT, nomination("0001", "惠民项目甲"))
    over = found("over-quota", quota=10, live=11, numbers=("0002",), nominees=("惠民项目乙",))
    with office.ledger.store.begin() as transaction:
        one = transaction.nominations.get("0001")
        assert one is not None
    office.ledger.file(row, replace(one, state=State.OVER_QUOTA, findings=(over,)), Filing.RESTATED)
    office.clock.advance(minutes=1)
    office.run()
    (letter,) = office.letters()
    assert letter.outgoing.letter is Letter.DEFECTS
    assert letter.outgoing.subject.startswith("【需补正】")


def test_a_blank_form_goes_with_a_letter_that_asks_for_one() -> None:
    office = Office()
    missing = found("form-missing", None, "典型材料.docx", nominee="惠民项目甲")
    office.mail(
        Outcome.RECEIVED,
        Letter.DEFECTS,
        nomination("0001", "惠民项目甲", form=None, state=State.DEFECTIVE, findings=(missing,)),
    )
    office.clock.advance(minutes=1)
    office.run()
    assert b"Content-Disposition: attachment" in office.letters()[0].outgoing.content


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"outcome": Outcome.IGNORED}, "automatic mail"),
        ({"sender": Address("sjtj2021@office.example")}, "our own address"),
        ({"sender": Address("no-reply@b.example")}, "an address that no person reads"),
        ({"sender": Address("李@b.example")}, "an address that cannot stand in a header"),
    ],
)
def test_who_gets_no_letter_is_recorded_with_the_reason_at_once(changes: dict[str, object], reason: str) -> None:
    office = Office()
    row = office.mail(Outcome.HELD, Letter.HELD)
    with office.ledger.store.begin() as transaction:
        transaction.mails.save(replace(row, **changes))  # type: ignore[arg-type]  # the table names fields of the row
    office.run()
    assert office.letters() == []
    assert office.state(row.id) is AnswerState.NONE
    with office.ledger.store.glance() as look:
        events = [event for event in look.chronicle.of(f"mail:{row.id}") if event.what == "not-answered"]
    assert [event.facts["reason"] for event in events] == [reason]


def test_letters_wait_for_a_person_when_the_office_wants_to_see_them() -> None:
    office = Office()
    office.post = replace(POST, review=True)
    office.mail(Outcome.HELD, Letter.HELD)
    office.clock.advance(minutes=1)
    office.run()
    assert [row.state for row in office.letters()] == [OutboxState.WAITING]


def test_a_mail_handled_again_is_answered_again() -> None:
    office = Office()
    row = office.mail(Outcome.HELD, Letter.HELD)
    office.clock.advance(minutes=1)
    office.run()
    office.clock.advance(hours=1)
    again = replace(row, outcome=Outcome.RECEIVED, letter=Letter.RECEIPT, handled=office.clock.now())
    assert answer_key([again]) != answer_key([row])
    office.ledger.put_again(again, nomination("0001", "惠民项目甲"))
    office.clock.advance(minutes=1)
    office.run()
    assert [letter.outgoing.letter for letter in office.letters()] == [Letter.HELD, Letter.RECEIPT]


class BrokenScribe:
    """Cannot write."""

    def blank_form(self, category: Category) -> Attachment:
        raise OSError("no font")


def test_a_letter_that_cannot_be_written_costs_its_own_address_an_hour_and_nobody_else() -> None:
    office = Office()
    office.mail(Outcome.COMMAND, Letter.FORMS)
    office.mail(
        Outcome.RECEIVED, Letter.RECEIPT, nomination("0002", "王安宁", "member", "p1"), unit="p1", sender=Address("a@p.example")
    )
    office.clock.advance(minutes=1)
    while answer(office.ledger.store, office.words, BrokenScribe(), RULES, office.clock, office.post):
        pass
    assert [row.outgoing.recipients for row in office.letters()] == [("a@p.example",)]
    assert next_answer(office.ledger.store, RULES, office.post) == office.clock.now() + PUT_OFF
    with office.ledger.store.glance() as look:
        assert look.chronicle.of("mail:1")[-1].facts == {"error": "OSError: no font"}
    office.clock.advance(PUT_OFF)
    office.run()
    assert len(office.letters()) == 2


@dataclass
class Commits:
    """A store that remembers how many letters each of its transactions brought; the one with this number fails at its end."""

    store: SqlStore
    failing: int = 0
    brought: list[int] = field(default_factory=list)

    @contextmanager
    def begin(self) -> Iterator[SqlTransaction]:
        with self.store.begin() as transaction:
            before = sum(1 for _ in transaction.outbox.heads())
            yield transaction
            self.brought.append(sum(1 for _ in transaction.outbox.heads()) - before)
            if len(self.brought) == self.failing:
                raise StoreError("the disk is full")

    def glance(self) -> AbstractContextManager[SqlTransaction]:
        return self.store.glance()

    def close(self) -> None:
        self.store.close()


def many(count: int, broken: int = 0) -> Office:
    """An office that owes so many letters to as many addresses, that to mail `broken` with a blank form."""
    office = Office()
    for index in range(1, count + 1):
        outcome, letter = (Outcome.COMMAND, Letter.FORMS) if index == broken else (Outcome.HELD, Letter.HELD)
        office.mail(outcome, letter, sender=Address(f"u{index}@a.example"))
    office.clock.advance(minutes=1)
    return office


def test_letters_are_written_by_the_handful() -> None:
    office = many(2 * HANDFUL + 3)
    commits = Commits(office.ledger.store)
    assert answer(commits, office.words, FakeScribe(), RULES, office.clock, office.post)
    assert commits.brought == [HANDFUL, HANDFUL, 3]
    assert [row.outgoing.mails for row in office.letters()] == [(index,) for index in range(1, 2 * HANDFUL + 4)]
    assert {office.state(index) for index in range(1, 2 * HANDFUL + 4)} == {AnswerState.WRITTEN}


def test_a_letter_that_cannot_be_written_takes_none_of_its_handful_with_it(caplog: pytest.LogCaptureFixture) -> None:
    office = many(HANDFUL + 2, broken=5)
    commits = Commits(office.ledger.store)
    with caplog.at_level("INFO", "shouli.answer"):
        answer(commits, office.words, BrokenScribe(), RULES, office.clock, office.post)
    assert commits.brought == [*[1] * 4, 0, *[1] * (HANDFUL - 5), 2]
    assert [row.outgoing.mails[0] for row in office.letters()] == [i for i in range(1, HANDFUL + 3) if i != 5]
    assert [office.state(index) for index in (4, 5, 6)] == [AnswerState.WRITTEN, AnswerState.OWED, AnswerState.WRITTEN]
    told = [record.getMessage() for record in caplog.records]
    assert told.count("a letter could not be written") == 1
    assert told.count("letter held for 1 mails, 0 nominations") == HANDFUL + 1


def test_a_ledger_that_fails_costs_no_letter_anything() -> None:
    office = many(HANDFUL + 2)
    with pytest.raises(StoreError):
        answer(Commits(office.ledger.store, failing=1), office.words, FakeScribe(), RULES, office.clock, office.post)
    assert office.letters() == []
    with office.ledger.store.glance() as look:
        assert [row.answer_by for row in look.mails.owed()] == [START] * (HANDFUL + 2)
        assert not [event for event in look.chronicle.all() if event.what in ("answered", "answer-put-off")]
    office.run()
    assert len(office.letters()) == HANDFUL + 2


class Drawing:
    """Annotates whatever it is given."""

    def annotate(self, mail: bytes, remarks: Mapping[str, Sequence[Remark]], author: str, now: datetime) -> dict[str, bytes]:
        return dict.fromkeys(remarks, b"copy")

    def close(self) -> None:
        """Nothing runs."""


class OneMail:
    """Originals of which each is the same."""

    def keep(self, content: bytes) -> str:
        raise NotImplementedError

    def load(self, path: str) -> bytes:
        return b"mail"


def test_a_letter_with_copies_is_written_by_itself() -> None:
    office = Office()
    for index in range(1, 7):
        missing = (found("field-missing", "联系电话", "推荐表.docx"),) if index in (3, 4) else ()
        state = State.DEFECTIVE if missing else State.ACCEPTED
        one = nomination(f"{index:04}", f"项目{index}", state=state, findings=missing, form="推荐表.docx", form_mail=index)
        letter = Letter.DEFECTS if missing else Letter.RECEIPT
        files = (file("推荐表.docx", Role.FORM),)
        office.mail(Outcome.RECEIVED, letter, one, sender=Address(f"u{index}@a.example"), files=files)
    office.clock.advance(minutes=1)
    commits, extras = Commits(office.ledger.store), Extras(copyist=Copyist(OneMail(), Drawing()))
    answer(commits, office.words, FakeScribe(), RULES, office.clock, office.post, extras)
    assert commits.brought == [2, 1, 1, 2]
    enclosed = [len(opened(row.outgoing).attachments) for row in office.letters()]
    assert enclosed == [0, 0, 1, 1, 0, 0]


def test_a_broken_template_is_a_put_off_letter_too() -> None:
    office = Office()
    office.words = Wording({f"letters/held/{part}": "{{ nothing }}" for part in ("subject.txt", "body.txt", "body.html")}, {})
    with pytest.raises(WordingError):
        office.words.render(Letter.HELD, {})
    office.mail(Outcome.HELD, Letter.HELD)
    office.clock.advance(minutes=1)
    office.run()
    assert office.letters() == []
    assert office.state(1) is AnswerState.OWED


# --- any sequence of mails --------------------------------------------------------------------------------------------

SENDERS = ("yunchuan@city.example", "linhe@city.example", "no-reply@b.example", "sjtj2021@office.example", "")
ARRIVALS = st.lists(
    st.tuples(
        st.sampled_from(SENDERS),
        st.sampled_from([Outcome.RECEIVED, Outcome.RETURNED, Outcome.HELD, Outcome.BOUNCE, Outcome.IGNORED]),
        st.booleans(),  # whether an answer is owed, however wrongly
        st.integers(0, 900),  # seconds until the next
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(ARRIVALS)
def test_any_sequence_of_mails_gets_at_most_one_answer_each_and_machines_none(
    arrivals: list[tuple[str, Outcome, bool, int]],
) -> None:
    office = Office()
    for index, (sender, outcome, owed, pause) in enumerate(arrivals, 1):
        filed = [nomination(f"{index:04}", f"项目{index}")] if outcome is Outcome.RECEIVED else []
        office.mail(outcome, Letter.HELD if owed else None, *filed, sender=Address(sender))
        office.run()
        office.clock.advance(seconds=pause)
    office.clock.advance(days=2)
    office.run()
    answers = Counter(id for row in office.letters() for id in row.outgoing.mails)
    assert max(answers.values(), default=0) <= 1
    for id, (sender, outcome, owed, _) in enumerate(arrivals, 1):
        human = "city" in sender or (sender.startswith("no-reply") and outcome is Outcome.RECEIVED)
        expected = owed and human and outcome not in (Outcome.BOUNCE, Outcome.IGNORED)
        assert answers[id] == expected
        assert office.state(id) is (AnswerState.WRITTEN if expected else AnswerState.NONE)
    assert all(row.outgoing.recipients[0] not in ("sjtj2021@office.example", "") for row in office.letters())
    for first, second in zip(office.letters(), office.letters()[1:], strict=False):
        if first.outgoing.recipients == second.outgoing.recipients:
            assert second.queued - first.queued >= Pace().window - Pace().quiet


def test_fault_10_no_two_receipts_have_the_same_words() -> None:
    office = Office()
    for index in range(1, 4):
        sender = Address(f"clerk{index}@city.example")
        office.mail(Outcome.RECEIVED, Letter.RECEIPT, nomination(f"000{index}", "惠民项目"), sender=sender)
    office.clock.advance(minutes=1)
    office.run()
    letters = [parts(row.outgoing.content) for row in office.letters()]
    assert len({row.outgoing.subject for row in office.letters()}) == 3
    assert len({text.split("\n\n", 1)[1] for text, _ in letters}) == len({html for _, html in letters}) == 3


def test_the_answer_goes_where_the_mail_asks_within_its_thread() -> None:
    office = Office()
    office.mail(Outcome.HELD, Letter.HELD, answer_to="Section@city.example", references=("<first@x>",))
    office.clock.advance(minutes=1)
    office.run()
    (letter,) = office.letters()
    assert letter.outgoing.recipients == ("section@city.example",)
    assert b"References: <first@x>\r\n <m1@city.example>" in letter.outgoing.content
