"""What the store promises, on SQLite in a file, on SQLite in memory and on a real PostgreSQL."""

import itertools
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from bot.adapters import store_tables
from bot.adapters.store import SqlStore, StoreError, copy_to_memory
from bot.model import (
    Address,
    AnswerState,
    Brief,
    Event,
    Filing,
    History,
    Letter,
    MailRow,
    MailState,
    Nomination,
    Note,
    NoteKind,
    OutboxRow,
    OutboxState,
    Outgoing,
    Position,
    State,
)
from bot.ports import Mark
from tests.adapters.values import filed, full_mail, full_nomination
from tests.fakes import NOON, ZONE, outgoing

_databases = itertools.count(1)


LASTING = pytest.mark.parametrize("url", ["file", pytest.param("postgres", marks=pytest.mark.server)], indirect=True)
"""For what makes sense only of a ledger that outlives its process; one in memory does not."""


@pytest.fixture(params=["file", "memory", pytest.param("postgres", marks=pytest.mark.server)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "file":
        return f"sqlite:///{tmp_path}/ledger.db"
    if request.param == "memory":
        return "sqlite://"
    server: str = request.getfixturevalue("postgres_url")
    name = f"ledger{next(_databases)}"
    engine = sa.create_engine(server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.rsplit("/", 1)[0] + f"/{name}"


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    made = SqlStore(url, ZONE)
    yield made
    made.close()


def add_mail(store: SqlStore, mail: MailRow) -> int:
    with store.begin() as transaction:
        id = transaction.mails.add(mail)
    assert id is not None
    return id


def mail(n: int, **other: Any) -> MailRow:
    return full_mail(message_id=f"<{n}@example.com>", sha256=f"{n:064x}", **other)


def file(store: SqlStore, nomination: Nomination, filing: Filing = Filing.FILED) -> None:
    with store.begin() as transaction:
        transaction.nominations.file(filed(nomination, filing), nomination.mail, NOON)


def history(store: SqlStore, unit: str | None = "410700", **asked: tuple[str, ...]) -> History:
    known = {"nominees": (), "message_ids": (), "numbers": ()}
    with store.glance() as transaction:
        return transaction.nominations.history(unit, **{**known, **asked})


# --- transactions ------------------------------------------------------------------------------------------------------


def test_what_raises_leaves_nothing_behind(store: SqlStore) -> None:
    def half_done() -> None:
        with store.begin() as transaction:
            transaction.mails.add(full_mail())
            transaction.marks.put("a", "b")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        half_done()
    with store.glance() as transaction:
        assert (list(transaction.mails.all()), transaction.marks.get("a")) == ([], None)


def test_a_glance_can_write_nothing_and_the_next_transaction_can(store: SqlStore) -> None:
    with pytest.raises(DBAPIError), store.glance() as transaction:
        transaction.marks.put("a", "b")
    with store.begin() as transaction:
        transaction.marks.put("a", "c")
    with store.glance() as transaction:
        assert transaction.marks.get("a") == "c"


def test_a_row_that_is_there_already_does_not_spoil_the_rest_of_its_transaction(store: SqlStore) -> None:
    add_mail(store, mail(1))
    with store.begin() as transaction:
        assert transaction.mails.add(mail(1)) is None
        assert transaction.mails.add(mail(2)) is not None
        assert transaction.outbox.add(outgoing("a"), NOON, NOON)
        assert not transaction.outbox.add(outgoing("a"), NOON, NOON)
        assert transaction.outbox.add(outgoing("b"), NOON, NOON)
    with store.glance() as transaction:
        assert [row.message_id for row in transaction.mails.all()] == ["<1@example.com>", "<2@example.com>"]
        assert [row.outgoing.dedup_key for row in transaction.outbox.all()] == ["a", "b"]


@LASTING
def test_the_ledger_is_there_after_a_restart(url: str) -> None:
    first = SqlStore(url, ZONE)
    id = add_mail(first, full_mail())
    first.close()
    second = SqlStore(url, UTC)
    with second.glance() as transaction:
        found = transaction.mails.get(id)
    second.close()
    assert found == full_mail(id)
    assert found.received.tzinfo is UTC


def test_moments_come_back_in_the_campaigns_zone(store: SqlStore) -> None:
    id = add_mail(store, full_mail(received=NOON.astimezone(UTC)))
    with store.glance() as transaction:
        received = transaction.mails.get(id).received
    assert (received, received.tzinfo) == (NOON, ZONE)


def test_a_moment_without_a_zone_is_refused(store: SqlStore) -> None:
    with pytest.raises(Exception, match="no zone"), store.begin() as transaction:
        transaction.mails.add(full_mail(received=datetime(2021, 12, 1)))  # noqa: DTZ001 - the naive moment is the point


def test_text_that_no_database_takes_is_kept_as_far_as_it_can_be(store: SqlStore) -> None:
    hostile = "a\x00b\ud800c\udce9"
    finding = replace(full_mail().findings[0], facts={"found": hostile, "names": (hostile,)})
    id = add_mail(store, full_mail(subject=hostile, sender=Address("x@y", hostile), findings=(finding,), traceback=hostile))
    with store.glance() as transaction:
        found = transaction.mails.get(id)
    assert found.subject == found.traceback == "a\ufffdb\ufffdc\ufffd"
    assert found.sender.name.endswith("\ufffdc\ufffd")
    assert set(found.findings[0].facts) == {"found", "names"}


# --- mails -------------------------------------------------------------------------------------------------------------


def test_a_mail_comes_back_as_it_was_put(store: SqlStore) -> None:
    empty = MailRow(0, "<2@x>", "b" * 64, None, NOON, 0, "", True, MailState.NEW)
    ids = [add_mail(store, full_mail()), add_mail(store, empty)]
    with store.glance() as transaction:
        assert [transaction.mails.get(id) for id in ids] == [full_mail(ids[0]), replace(empty, id=ids[1])]
        with pytest.raises(KeyError):
            transaction.mails.get(99)


def test_saving_writes_every_column(store: SqlStore) -> None:
    id = add_mail(store, MailRow(0, "<2@x>", "b" * 64, None, NOON, 0, "", True, MailState.NEW))
    with store.begin() as transaction:
        transaction.mails.save(full_mail(id))
        with pytest.raises(KeyError):
            transaction.mails.save(mail(2, id=99))
    with store.glance() as transaction:
        assert transaction.mails.get(id) == full_mail(id)


def test_what_became_of_an_answer_is_written_and_nothing_else(store: SqlStore) -> None:
    one, other = add_mail(store, mail(1)), add_mail(store, mail(2))
    with store.begin() as transaction:
        transaction.mails.answered(one, AnswerState.WRITTEN)
        with pytest.raises(KeyError):
            transaction.mails.answered(99, AnswerState.WRITTEN)
    with store.glance() as transaction:
        assert transaction.mails.get(one) == replace(mail(1), id=one, answer_state=AnswerState.WRITTEN)
        assert transaction.mails.owed() == [replace(mail(2), id=other)]


def test_fault_17_one_message_id_with_other_content_is_another_mail(store: SqlStore) -> None:
    add_mail(store, full_mail())
    with store.begin() as transaction:
        assert transaction.mails.add(full_mail(received=NOON + timedelta(days=1))) is None
        assert transaction.mails.add(full_mail(sha256="b" * 64)) is not None
        assert transaction.mails.add(full_mail(message_id="<other@example.com>")) is not None


def test_waiting_mails_come_in_order_of_arrival(store: SqlStore) -> None:
    later = NOON + timedelta(seconds=1)
    order = [
        mail(1, received=NOON, position=Position("INBOX", 1, 9)),
        mail(2, received=NOON, position=Position("INBOX", 1, 10)),
        mail(3, received=NOON, position=Position("收件", 1, 1)),
        mail(4, received=later, position=None),
        mail(5, received=later, position=Position("INBOX", 1, 1)),
    ]
    for one in reversed(order):
        add_mail(store, replace(one, state=MailState.NEW))
    add_mail(store, mail(6, state=MailState.HANDLED, answer_state=AnswerState.NONE))
    with store.begin() as transaction:
        assert [row.message_id for row in transaction.mails.unhandled(4)] == [one.message_id for one in order[:4]]
        assert [row.message_id for row in transaction.mails.owed()] == [one.message_id for one in order]
        assert len(list(transaction.mails.all())) == 6


def test_mails_are_found_by_message_id_however_many_are_asked_for(store: SqlStore) -> None:
    add_mail(store, mail(1))
    add_mail(store, mail(2))
    with store.glance() as transaction:
        asked = [f"<{n}@nowhere>" for n in range(40_000)] + ["<2@example.com>"]
        assert [row.message_id for row in transaction.mails.answering(asked)] == ["<2@example.com>"]
        assert transaction.mails.answering([]) == []


# --- nominations -------------------------------------------------------------------------------------------------------


def test_a_nomination_comes_back_as_it_was_put(store: SqlStore) -> None:
    bare = full_nomination("0002", category=None, form=None, material=None, count=None, paper=None, fields={}, findings=())
    file(store, full_nomination())
    file(store, bare)
    with store.glance() as transaction:
        assert list(transaction.nominations.all()) == [full_nomination(), bare]
        assert transaction.nominations.get("0002") == bare
        assert transaction.nominations.get("0003") is None


def test_a_corrected_version_leaves_the_one_before_on_record_as_superseded(store: SqlStore) -> None:
    first = full_nomination(state=State.DEFECTIVE)
    second = full_nomination(version=2, state=State.ACCEPTED, mail=2, nominee="另一个名称")
    file(store, first)
    file(store, second, Filing.CORRECTED)
    with store.glance() as transaction:
        assert transaction.nominations.get("0001") == second
        assert transaction.nominations.versions("0001") == [replace(first, state=State.SUPERSEDED), second]
        assert transaction.nominations.of_unit("410700") == [second]


def test_nominations_are_got_by_their_numbers_and_counted_by_their_units(store: SqlStore) -> None:
    first, second = full_nomination("9999"), full_nomination("10000", unit="410100", category=None)
    newer = full_nomination("9999", version=2, state=State.WITHDRAWN, category="team")
    for one in (first, second, full_nomination("0003", unit="c1")):
        file(store, one)
    file(store, newer, Filing.CORRECTED)
    with store.glance() as transaction:
        assert transaction.nominations.some(["10000", "9999", "9999", "7777"]) == [newer, second]
        assert transaction.nominations.some([]) == []
        assert transaction.nominations.briefs(["410700", "410100", "nobody"]) == [
            Brief("9999", "410700", "team", State.WITHDRAWN),
            Brief("10000", "410100", None, second.state),
        ]
        assert transaction.nominations.briefs([]) == []


def test_a_restated_nomination_stays_the_version_it_is(store: SqlStore) -> None:
    file(store, full_nomination(state=State.OVER_QUOTA))
    file(store, full_nomination(state=State.ACCEPTED), Filing.RESTATED)
    with store.glance() as transaction:
        assert transaction.nominations.versions("0001") == [full_nomination(state=State.ACCEPTED)]


def test_an_older_version_never_takes_the_place_of_a_newer_one(store: SqlStore) -> None:
    file(store, full_nomination(version=2))
    with pytest.raises(ValueError, match="version 1 after 2"):
        file(store, full_nomination(version=1))


def test_numbers_go_on_after_9999_and_are_never_given_twice(store: SqlStore) -> None:
    assert history(store).next_number == 1
    for number in ("10000", "9999", "0002"):
        file(store, full_nomination(number))
    file(store, full_nomination("10000", state=State.WITHDRAWN), Filing.WITHDRAWN)
    assert history(store).next_number == 10001
    with store.glance() as transaction:
        assert [one.number for one in transaction.nominations.all()] == ["0002", "9999", "10000"]


def test_history_holds_the_units_live_nominations_oldest_first_and_those_the_mail_names(store: SqlStore) -> None:
    at = [NOON + timedelta(minutes=n) for n in range(5)]
    file(store, full_nomination("0001", received=at[4]))
    file(store, full_nomination("0002", received=at[1], state=State.LATE, order=2))
    file(store, full_nomination("0003", received=at[1], state=State.HELD, order=1))
    file(store, full_nomination("0004", received=at[0], state=State.WITHDRAWN))
    file(store, full_nomination("0005", received=at[0], state=State.WITHDRAWN))
    file(store, full_nomination("0006", received=at[0], unit="410100"))
    found = history(store, numbers=("0004", "0006", "0099"))
    assert [one.number for one in found.nominations] == ["0004", "0003", "0002", "0001"]


def test_a_mail_without_a_unit_learns_nothing_of_any_unit(store: SqlStore) -> None:
    file(store, full_nomination("0001"))
    found = history(store, None, numbers=("0001",))
    assert (found.nominations, found.addresses) == ((), ())


def test_namesakes_are_live_ones_of_other_units_however_the_name_is_spaced(store: SqlStore) -> None:
    file(store, full_nomination("0001", unit="410100", nominee="张 三"))
    file(store, full_nomination("0002", unit="410200", nominee="张三", state=State.WITHDRAWN))
    file(store, full_nomination("0003", unit="410700", nominee="张三"))
    file(store, full_nomination("0004", unit="410300", nominee="张三丰"))
    file(store, full_nomination("0005", unit="410300", nominee=""))
    assert [one.number for one in history(store, nominees=("张　三", "")).namesakes] == ["0001"]
    assert [one.number for one in history(store, None, nominees=("张三",)).namesakes] == ["0001", "0003"]


def test_a_corrected_name_has_no_namesakes_under_its_old_one(store: SqlStore) -> None:
    file(store, full_nomination("0001", unit="410100", nominee="张三"))
    file(store, full_nomination("0001", unit="410100", nominee="李四", version=2), Filing.CORRECTED)
    assert history(store, nominees=("张三",)).namesakes == ()


def test_a_very_long_nominee_is_filed_and_found(store: SqlStore) -> None:
    long = "项目" * 20_000
    file(store, full_nomination("0001", unit="410100", nominee=long))
    assert [one.nominee for one in history(store, nominees=(long,)).namesakes] == [long]


def test_addresses_of_accepted_mails_are_remembered_once_in_lower_case(store: SqlStore) -> None:
    with store.begin() as transaction:
        for address in ("Li@Example.com", "li@example.com", "an@example.com", "", "a" * 5000 + "@x"):
            transaction.nominations.learn("410700", Address(address, "李"), 1)
        transaction.nominations.learn("410100", Address("wang@example.com"), 2)
    assert history(store).addresses == ("an@example.com", "li@example.com")


def test_the_answered_letter_leads_to_its_nominations_and_unit(store: SqlStore) -> None:
    add_mail(store, mail(1, filed=("0007",), unit="410100"))
    letter, other = outgoing("a"), replace(outgoing("b"), numbers=("0009",), unit="410200")
    with store.begin() as transaction:
        transaction.outbox.add(letter, NOON, NOON)
        transaction.outbox.add(other, NOON, NOON)
    mine = ("<1@example.com>",)
    assert [
        (found.thread, found.thread_unit)
        for found in (
            history(store, message_ids=("<nobody@x>", letter.message_id, other.message_id, *mine)),
            history(store, message_ids=(other.message_id, letter.message_id)),
            history(store, message_ids=mine),
            history(store, message_ids=("<nobody@x>",)),
        )
    ] == [(("0001",), "410700"), (("0009",), "410200"), (("0007",), "410100"), ((), None)]


# --- outbox ------------------------------------------------------------------------------------------------------------


def queue(store: SqlStore, *letters: Outgoing, due: datetime = NOON, state: OutboxState = OutboxState.QUEUED) -> None:
    with store.begin() as transaction:
        for letter in letters:
            assert transaction.outbox.add(letter, NOON, due, state)


def claim(store: SqlStore, now: datetime = NOON) -> OutboxRow | None:
    with store.begin() as transaction:
        return transaction.outbox.claim(now)


def settle(store: SqlStore, id: int, state: OutboxState, now: datetime = NOON, **more: Any) -> None:
    with store.begin() as transaction:
        transaction.outbox.settle(id, state, now, **more)


def rows(store: SqlStore) -> list[OutboxRow]:
    with store.glance() as transaction:
        return list(transaction.outbox.all())


def test_a_letter_is_claimed_once_with_the_bytes_it_was_queued_with(store: SqlStore) -> None:
    letter = replace(outgoing(), content=bytes(range(256)) * 1000)
    queue(store, letter)
    assert claim(store) == OutboxRow(1, letter, OutboxState.SENDING, NOON, NOON, attempts=1)
    assert claim(store) is None


@LASTING
def test_fault_18_two_workers_at_once_never_claim_the_same_letter(url: str) -> None:
    stores = [SqlStore(url, ZONE), SqlStore(url, ZONE)]
    queue(stores[0], *(outgoing(str(n)) for n in range(30)))
    both_ready = threading.Barrier(2)

    def work(store: SqlStore) -> list[int]:
        both_ready.wait(10)
        return [row.id for row in iter(lambda: claim(store), None)]

    with ThreadPoolExecutor(2) as pool:
        claimed = [id for ids in pool.map(work, stores) for id in ids]
    for store in stores:
        store.close()
    assert sorted(claimed) == list(range(1, 31))


def test_the_oldest_due_letter_goes_first_and_none_before_its_time(store: SqlStore) -> None:
    queue(store, outgoing("later"), due=NOON + timedelta(minutes=5))
    queue(store, outgoing("now"), outgoing("now too"))
    queue(store, outgoing("waits"), state=OutboxState.WAITING)
    claimed = [claim(store, NOON), claim(store, NOON), claim(store, NOON), claim(store, NOON + timedelta(minutes=5))]
    assert [row and row.outgoing.dedup_key for row in claimed] == ["now", "now too", None, "later"]


def test_what_was_settled_stands(store: SqlStore) -> None:
    queue(store, *(outgoing(str(n)) for n in range(4)))
    later = NOON + timedelta(minutes=2)
    for _ in range(4):
        claim(store)
    settle(store, 1, OutboxState.SENT, later)
    settle(store, 2, OutboxState.FAILED, error="550 no such user")
    settle(store, 3, OutboxState.QUEUED, error="450 later", due=later)
    settle(store, 4, OutboxState.WAITING, error="554 DT:SPM")
    assert [(row.state, row.sent, row.error, row.due) for row in rows(store)] == [
        (OutboxState.SENT, later, "", NOON),
        (OutboxState.FAILED, None, "550 no such user", NOON),
        (OutboxState.QUEUED, None, "450 later", later),
        (OutboxState.WAITING, None, "554 DT:SPM", NOON),
    ]


def test_what_was_sent_is_never_queued_again(store: SqlStore) -> None:
    queue(store, outgoing())
    claim(store)
    settle(store, 1, OutboxState.SENT)
    with pytest.raises(KeyError):
        settle(store, 1, OutboxState.QUEUED)
    with pytest.raises(KeyError):
        settle(store, 99, OutboxState.SENT)


def test_a_waiting_letter_can_be_released(store: SqlStore) -> None:
    queue(store, outgoing(), state=OutboxState.WAITING)
    assert claim(store) is None
    settle(store, 1, OutboxState.QUEUED)
    assert claim(store) is not None


def test_what_was_in_flight_at_a_crash_goes_again_with_the_same_message_id(store: SqlStore) -> None:
    queue(store, outgoing("a"), outgoing("b"))
    before = claim(store)
    with store.begin() as transaction:
        assert transaction.outbox.recover() == 1
    after = claim(store)
    assert before is not None
    assert after == replace(before, attempts=2)


def test_letters_are_found_by_message_id(store: SqlStore) -> None:
    queue(store, outgoing("a"), outgoing("b"))
    with store.glance() as transaction:
        asked = [f"<{n}@nowhere>" for n in range(2000)] + [outgoing("b").message_id]
        assert [row.outgoing for row in transaction.outbox.find(asked)] == [replace(outgoing("b"), content=b"")]


def test_the_brake_sees_answers_to_any_recipient_but_no_reminders_and_no_dropped_ones(store: SqlStore) -> None:
    def last_sent(address: str) -> datetime | None:
        with store.glance() as transaction:
            return transaction.outbox.last_sent(address)

    queue(store, outgoing("a", to=["Li@Example.com", "an@example.com"]))
    queue(store, outgoing("b", to=["wang@example.com"], letter=Letter.REMINDER), outgoing("c", to=["zhao@example.com"]))
    settle(store, 3, OutboxState.FAILED)
    assert [last_sent(who) for who in ("li@example.com", "AN@example.com", "wang@example.com", "zhao@example.com")] == [
        NOON,
        NOON,
        None,
        None,
    ]
    claim(store)
    settle(store, 1, OutboxState.SENT, NOON + timedelta(minutes=3))
    found = last_sent("li@example.com")
    assert (found, found and found.tzinfo) == (NOON + timedelta(minutes=3), ZONE)


def test_the_days_budget_counts_what_was_sent_since(store: SqlStore) -> None:
    queue(store, *(outgoing(str(n)) for n in range(3)))
    for n in (1, 2):
        settle(store, n, OutboxState.SENT, NOON + timedelta(hours=n))
    with store.glance() as transaction:
        since = [transaction.outbox.sent_since(NOON + timedelta(hours=hours)) for hours in (0, 1, 2, 3)]
    assert since == [2, 2, 1, 0]


# --- history and marks -------------------------------------------------------------------------------------------------


def test_the_chronicle_keeps_events_in_the_order_they_came(store: SqlStore) -> None:
    events = [
        Event(NOON, "mail:1", "filed", "nomination:0001", {"state": "accepted", "n": 1, "files": ("a", "b")}),
        Event(NOON - timedelta(days=1), "operator", "state", "nomination:0002"),
        Event(NOON, "clock", "state", "nomination:0001", {"late": True}),
    ]
    with store.begin() as transaction:
        for event in events:
            transaction.chronicle.add(event)
    with store.glance() as transaction:
        assert list(transaction.chronicle.all()) == events
        assert transaction.chronicle.of("nomination:0001") == [events[0], events[2]]
        assert transaction.chronicle.about(["nomination:0002", "nomination:0001", "nomination:0002"]) == events
        assert transaction.chronicle.about([]) == []


def test_the_doings_of_some_hands_come_oldest_first_however_many_are_asked_about(store: SqlStore) -> None:
    many = [f"mail:{n}" for n in range(1200)]
    events = [
        Event(NOON, who, "filed", subject)
        for who, subject in (("mail:1100", "nomination:7"), ("mail:1", "nomination:1100"), ("mail:1100", "nomination:1"))
    ]
    others = [Event(NOON, "clock", "state", "nomination:7"), Event(NOON, "mail:1", "handled", "mail:1")]
    with store.begin() as transaction:
        transaction.chronicle.add(events[0], *others, *events[1:])
    with store.glance() as transaction:
        asked = [f"nomination:{n}" for n in range(1200)]
        assert transaction.chronicle.doings(many, asked) == events
        assert transaction.chronicle.doings(["mail:1100"], ["nomination:1", "nomination:1"]) == events[2:]
        assert transaction.chronicle.doings([], asked) == transaction.chronicle.doings(many, []) == []


def test_marks_are_remembered_replaced_and_forgotten(store: SqlStore) -> None:
    with store.begin() as transaction:
        marks = transaction.marks
        assert (marks.get("a"), marks.folder("INBOX")) == (None, None)
        marks.put("a", "1")
        marks.put("a", "2")
        marks.put("b", "")
        marks.advance(Mark("INBOX", 7, 1))
        marks.advance(Mark("INBOX", 8, 4_000_000_000))
    with store.begin() as transaction:
        assert (transaction.marks.get("a"), transaction.marks.get("b")) == ("2", "")
        assert transaction.marks.folder("INBOX") == Mark("INBOX", 8, 4_000_000_000)
        transaction.marks.put("a", None)
        assert transaction.marks.get("a") is None


# --- the database ------------------------------------------------------------------------------------------------------


@LASTING
def test_a_copy_for_a_dry_run_knows_everything_but_the_letters_bytes_and_changes_nothing(url: str) -> None:
    live = SqlStore(url, ZONE)
    id = add_mail(live, full_mail())
    file(live, full_nomination())
    queue(live, outgoing())
    with live.begin() as transaction:  # the worker is in the middle of something
        transaction.marks.put("a", "uncommitted")
        copy = copy_to_memory(url, ZONE)
    with copy.begin() as transaction:
        assert transaction.mails.get(id) == full_mail(id)
        assert transaction.nominations.get("0001") == full_nomination()
        assert [row.outgoing for row in transaction.outbox.all()] == [replace(outgoing(), content=b"")]
        assert transaction.outbox.last_sent("li@example.com") == NOON
        assert transaction.marks.get("a") is None
        assert transaction.mails.add(mail(2)) == id + 1
    with live.glance() as transaction:
        assert [row.id for row in transaction.mails.all()] == [id]
    copy.close()
    live.close()


def test_a_database_that_lacks_a_column_is_told_by_its_name(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/ledger.db"
    SqlStore(url, ZONE).close()
    connection = sqlite3.connect(tmp_path / "ledger.db")
    connection.execute("ALTER TABLE mails DROP COLUMN traceback")
    connection.close()
    with pytest.raises(StoreError, match="mails lacks traceback"):
        SqlStore(url, ZONE)


def test_only_sqlite_and_postgresql_are_taken() -> None:
    with pytest.raises(StoreError, match="mysql"):
        SqlStore("mysql://localhost/x")


def test_sqlite_keeps_a_commit_on_the_disk(tmp_path: Path) -> None:
    store = SqlStore(f"sqlite:///{tmp_path}/ledger.db", ZONE)
    with store._engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        assert [connection.exec_driver_sql(f"PRAGMA {word}").scalar() for word in asked] == ["wal", 2, 1, 30_000]
    store.close()


def test_a_transaction_within_another_is_told_instead_of_hanging_for_ever() -> None:
    store = SqlStore("sqlite://", ZONE)
    with pytest.raises(StoreError, match="within another"), store.begin(), store.begin():
        pass
    with store.begin() as transaction:  # and the store is usable afterwards
        transaction.marks.put("a", "b")


def test_every_field_of_a_value_is_a_column() -> None:
    for table, kind in (
        (store_tables.nominations, Nomination),
        (store_tables.mails, MailRow),
        (store_tables.outbox, Outgoing),
        (store_tables.chronicle, Event),
    ):
        assert {one.name for one in fields(kind)} <= set(table.c.keys())


Query = Callable[[], sa.Select[Any]]


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (lambda: _newest(store_tables.nominations.c.unit == "410700"), "nominations_unit"),
        (lambda: _newest(store_tables.nominations.c.nominee_key.in_(["a", "b"])), "nominations_nominee"),
        (lambda: _newest(store_tables.nominations.c.number == "0001"), "sqlite_autoindex_nominations"),
        (lambda: sa.select(sa.func.max(store_tables.nominations.c.ordinal)), "nominations_ordinal"),
        (lambda: _mails(store_tables.mails.c.message_id.in_(["a"])), "mails_identity|sqlite_autoindex_mails"),
        (lambda: _mails(store_tables.mails.c.state == MailState.NEW), "mails_state"),
        (lambda: _mails(store_tables.mails.c.answer_state == AnswerState.OWED), "mails_answer"),
        (lambda: _letters(store_tables.outbox.c.message_id.in_(["a"])), "outbox_message_id"),
        (lambda: _letters(store_tables.outbox.c.state == OutboxState.SENT, store_tables.outbox.c.sent >= NOON), "outbox_sent"),
        (lambda: _due(), "outbox_due"),
        (lambda: sa.select(store_tables.recipients).where(store_tables.recipients.c.address == "a"), "recipients_address"),
        (lambda: sa.select(store_tables.chronicle).where(store_tables.chronicle.c.subject == "a"), "chronicle_subject"),
    ],
)
def test_what_is_asked_on_every_mail_is_answered_by_an_index(tmp_path: Path, query: Query, index: str) -> None:
    store = SqlStore(f"sqlite:///{tmp_path}/ledger.db", ZONE)
    with store._engine.connect() as connection:
        words = str(query().compile(store._engine, compile_kwargs={"literal_binds": True}))
        plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}"))
    store.close()
    assert any(name in plan for name in index.split("|")), plan
    assert "SCAN" not in plan or "max" in words, plan


def _newest(*where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(store_tables.nominations).where(store_tables.nominations.c.newest.is_(True), *where)


def _mails(*where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(store_tables.mails).where(*where)


def _letters(*where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(store_tables.outbox).where(*where)


def _due() -> sa.Select[Any]:
    table = store_tables.outbox
    due = _letters(table.c.state == OutboxState.QUEUED, table.c.due <= NOON)
    return due.order_by(table.c.due, table.c.id).limit(1)


def test_a_thing_has_at_most_one_note_of_a_kind(store: SqlStore) -> None:
    first = Note("nomination:0123", NoteKind.REMARK, "已电话核实", NOON, "clerk@office.example")
    second = replace(first, text="=1+1", who="operator", at=NOON + timedelta(hours=1))
    other = Note("mail:17", NoteKind.SETTLED, "", NOON, "operator")
    with store.begin() as transaction:
        for note in (first, other, second):
            transaction.notes.put(note)
    with store.glance() as look:
        assert look.notes.get("nomination:0123", NoteKind.REMARK) == second
        assert look.notes.get("nomination:0123", NoteKind.OPINION) is None
        assert look.notes.of(NoteKind.SETTLED) == [other]
        assert list(look.notes.all()) == [other, second]
    with store.begin() as transaction:
        transaction.notes.remove("nomination:0123", NoteKind.REMARK)
        transaction.notes.remove("nomination:0123", NoteKind.REMARK)
    with store.glance() as look:
        assert list(look.notes.all()) == [other]


def test_the_mails_of_a_unit_that_list_nominees_are_found(store: SqlStore) -> None:
    listing = full_mail(message_id="<1@x>", received=NOON + timedelta(hours=1))
    rows = [
        listing,
        replace(listing, message_id="<2@x>", received=NOON),
        replace(listing, message_id="<3@x>", listed=()),
        replace(listing, message_id="<4@x>", unit="410100"),
    ]
    with store.begin() as transaction:
        for row in rows:
            transaction.mails.add(row)
        assert [row.message_id for row in transaction.mails.listing("410700")] == ["<2@x>", "<1@x>"]


def test_the_history_is_read_on_from_where_somebody_stopped(store: SqlStore) -> None:
    with store.begin() as transaction:
        for number in range(5):
            transaction.chronicle.add(Event(NOON, "clock", "seen", f"mail:{number}"))
    with store.glance() as look:
        first = look.chronicle.since(0, 3)
        rest = look.chronicle.since(first[-1].id, 3)
        assert [entry.event.subject for entry in (*first, *rest)] == [f"mail:{number}" for number in range(5)]
        assert look.chronicle.since(rest[-1].id, 3) == []
