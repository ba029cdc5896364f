"""Shelving: each mail goes where people look for it, once; a mailbox that fails costs nothing but time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deciding.shelf import Shelf
from bot.model import Filed, Filing, Position, State
from bot.ports import LoginError, MailboxError
from bot.steps.shelve import AGAIN, Labels, shelve
from tests.deciding import build
from tests.fakes import FakeCabinet
from tests.steps.rounds import Rounds

NAMES = {Shelf.ACCEPTED: "已受理", Shelf.DEFECTIVE: "待补正", Shelf.HELD: "待核定"}
COPY, MOVE = Labels(NAMES), Labels(NAMES, move=True)


@pytest.fixture
def office() -> Iterator[Rounds]:
    made = Rounds()
    yield made
    made.store.close()


@pytest.fixture
def cabinet() -> FakeCabinet:
    return FakeCabinet()


def filed(office: Rounds, *senders: str) -> None:
    for sender in senders:
        office.arrives(build.mail(*build.whole("project")), sender)
    office.round()


def turn(office: Rounds, cabinet: FakeCabinet, labels: Labels = COPY) -> None:
    """All that a round would put away."""
    for _ in range(20):
        if not shelve(office.store, cabinet, labels):
            return
    raise AssertionError("it never ends")


def restated(office: Rounds, number: str, state: State) -> None:
    """What an office's decision does: the nomination stands otherwise, and the history says so."""
    from bot.model import Event

    with office.store.begin() as ledger:
        one = ledger.nominations.get(number)
        assert one is not None
        ledger.nominations.file(Filed(replace(one, state=state), Filing.RESTATED), one.mail, office.clock.now())
        ledger.chronicle.add(Event(office.clock.now(), "operator", "admitted", f"nomination:{number}"))


def test_a_filed_mail_is_put_away_once(office: Rounds, cabinet: FakeCabinet) -> None:
    filed(office, "a@xinxiang.example")
    turn(office, cabinet)
    turn(office, cabinet)
    assert cabinet.folders == {"<1@xinxiang.example>": "已受理"}
    (asked,) = cabinet.asked
    assert asked.position == Position("INBOX", 1, 1)
    assert asked.size == office.mail(1).size


def test_a_mail_that_has_not_been_handled_stays_where_it_is(office: Rounds, cabinet: FakeCabinet) -> None:
    office.arrives(ValueError("poison"))
    office.round()
    turn(office, cabinet)
    assert cabinet.asked == []
    for _ in range(2):
        office.round(timedelta(minutes=1))
    turn(office, cabinet)  # three attempts failed: a person must look
    assert list(cabinet.folders.values()) == ["待核定"]


def test_what_is_decided_later_goes_into_its_new_folder_from_where_it_was_moved(office: Rounds, cabinet: FakeCabinet) -> None:
    filed(office, "a@xinxiang.example")
    restated(office, "0001", State.HELD)
    turn(office, cabinet, MOVE)
    restated(office, "0001", State.ACCEPTED)
    turn(office, cabinet, MOVE)
    assert cabinet.folders == {"<1@xinxiang.example>": "已受理"}
    assert [asked.position for asked in cabinet.asked] == [Position("INBOX", 1, 1), Position("待核定", 5, 101)]
    assert cabinet.cleared == []


def test_a_copy_in_the_folder_before_is_taken_away(office: Rounds, cabinet: FakeCabinet) -> None:
    filed(office, "a@xinxiang.example")
    restated(office, "0001", State.HELD)
    turn(office, cabinet)
    restated(office, "0001", State.ACCEPTED)
    turn(office, cabinet)
    assert [asked.position for asked in cabinet.asked] == [Position("INBOX", 1, 1)] * 2
    assert cabinet.cleared == [Position("待核定", 5, 101)]


def test_a_mail_that_people_have_moved_or_deleted_is_left_to_them(
    office: Rounds, cabinet: FakeCabinet, caplog: pytest.LogCaptureFixture
) -> None:
    cabinet.gone = {"<1@xinxiang.example>"}
    filed(office, "a@xinxiang.example", "b@xinxiang.example")
    with caplog.at_level("INFO"):
        turn(office, cabinet)
        turn(office, cabinet)
    assert [asked.message_id for asked in cabinet.asked] == ["<1@xinxiang.example>", "<2@xinxiang.example>"]
    assert "mail 1: lies no more where it did" in caplog.text


def test_a_mailbox_that_fails_is_asked_again_in_the_next_round_and_one_bad_mail_does_not_bar_the_others(
    office: Rounds, cabinet: FakeCabinet, caplog: pytest.LogCaptureFixture
) -> None:
    filed(office, *(f"{name}@xinxiang.example" for name in "abc"))
    cabinet.trouble = {"<1@xinxiang.example>": MailboxError("imap.example: over quota")}
    assert [shelve(office.store, cabinet, COPY) for _ in range(3)] == [False, False, False]
    assert set(cabinet.folders) == {"<2@xinxiang.example>", "<3@xinxiang.example>"}
    assert "mail 1: not put into its folder, tried again in the next round: imap.example: over quota" in caplog.text
    cabinet.trouble = {}
    turn(office, cabinet)
    assert set(cabinet.folders) == {f"<{number}@xinxiang.example>" for number in (1, 2, 3)}
    with office.store.glance() as look:
        assert look.marks.get(AGAIN) is None


def test_what_comes_while_the_mailbox_fails_is_not_forgotten(office: Rounds, cabinet: FakeCabinet) -> None:
    filed(office, "a@xinxiang.example")
    cabinet.trouble = {f"<{number}@xinxiang.example>": MailboxError("gone") for number in (1, 2)}
    shelve(office.store, cabinet, COPY)
    filed(office, "b@xinxiang.example")
    shelve(office.store, cabinet, COPY)
    cabinet.trouble = {}
    turn(office, cabinet)
    assert len(cabinet.folders) == 2


def test_a_refused_login_is_passed_on_so_that_nobody_asks_on(office: Rounds, cabinet: FakeCabinet) -> None:
    filed(office, "a@xinxiang.example")
    cabinet.trouble = {"<1@xinxiang.example>": LoginError("no")}
    with pytest.raises(LoginError):
        shelve(office.store, cabinet, COPY)
    cabinet.trouble = {}
    turn(office, cabinet)
    assert len(cabinet.folders) == 1


def test_a_crash_between_two_mails_repeats_neither(office: Rounds, cabinet: FakeCabinet) -> None:
    filed(office, "a@xinxiang.example", "b@xinxiang.example")
    cabinet.trouble = {"<2@xinxiang.example>": KeyboardInterrupt()}  # type: ignore[dict-item]  # the end of the process
    with pytest.raises(KeyboardInterrupt):
        shelve(office.store, cabinet, COPY)
    cabinet.trouble = {}
    turn(office, cabinet)
    assert [asked.message_id for asked in cabinet.asked] == [f"<{number}@xinxiang.example>" for number in (1, 2, 2)]


def test_a_ledger_of_many_events_is_looked_through_page_by_page(office: Rounds, cabinet: FakeCabinet) -> None:
    filed(office, *(f"s{number}@xinxiang.example" for number in range(90)))
    turn(office, cabinet)
    assert len(cabinet.folders) == 90
