"""Status: everything that needs an operator is one line, and nothing else is."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.model import Delivery, Verdict
from bot.ports import MailboxError
from bot.steps.status import Life, Status, note_trouble, status
from tests.deciding import build
from tests.steps.rounds import LATER, Rounds


@pytest.fixture
def office() -> Iterator[Rounds]:
    made = Rounds()
    yield made
    made.store.close()


def now(office: Rounds) -> Status:
    return status(office.store, office.clock.now())


def test_a_ledger_that_was_never_used_says_so(office: Rounds) -> None:
    assert now(office) == Status({}, {}, {}, 0, None, "", "", ("the mailbox has never been read",))
    assert not now(office).well


def test_after_a_round_all_is_well_and_counted(office: Rounds) -> None:
    office.arrives(build.mail(*build.whole("project")))
    office.round()
    assert now(office) == Status({"received": 1}, {"accepted": 1}, {}, 1, office.clock.now(), "", "", ())
    office.round(LATER)
    assert (now(office).letters, now(office).unanswered, now(office).well) == ({"sent": 1}, 0, True)


def test_a_mailbox_that_fails_and_one_that_was_not_read_for_long_are_told(office: Rounds) -> None:
    office.round()
    office.mailbox.unreachable = MailboxError("imap.example: timed out")
    with pytest.raises(MailboxError):
        office.round(timedelta(minutes=1))
    assert now(office).troubles == ("the mailbox says: imap.example: timed out",)
    office.clock.advance(minutes=20)
    assert [line.split(" 2021")[0] for line in now(office).troubles] == [
        "the mailbox was last read at",
        "the mailbox says: imap.example: timed out",
    ]
    office.mailbox.unreachable = None
    office.round()
    assert now(office).troubles == ()


def test_failed_mails_and_letters_that_were_refused_or_wait_are_told(office: Rounds) -> None:
    office.courier.answers = [Delivery(Verdict.PERMANENT, "550 no such user"), Delivery(Verdict.SUSPECT, "554 DT:SPM")]
    office.arrives(build.mail(*build.whole("project")), "a@xinxiang.example")
    office.arrives(build.mail(*build.whole("member")), "b@xinxiang.example")
    office.arrives(ValueError("poison"))
    for _ in range(3):
        office.round(LATER)
    assert now(office).troubles == (
        "1 mails failed and are held: shouli held",
        "1 letters were refused for good",
        "1 letters wait for a person: shouli held",
    )
    assert now(office).mails == {"received": 2, "failed": 1}


def test_a_stop_of_sending_is_told_while_it_lasts(office: Rounds) -> None:
    office.courier.answers = [Delivery(Verdict.STOP, "HL:ITC")]
    office.arrives(build.mail(*build.whole("project")))
    office.round()
    office.round(LATER)
    (line,) = now(office).troubles
    assert line.startswith("sending is stopped until 2021-12-17T00:05")
    office.clock.advance(days=1)
    office.round()
    assert now(office).troubles == ()


def test_what_went_wrong_in_the_last_round_is_told_until_a_round_goes_well(office: Rounds) -> None:
    office.round()
    note_trouble(office.store, "KeyError: 'digest'", office.clock.now())
    assert now(office).troubles == ("the last round met with an error: KeyError: 'digest'",)
    note_trouble(office.store, "", office.clock.now())
    assert now(office).well


def test_the_level_says_well_look_or_out_of_order(office: Rounds) -> None:
    office.round()
    assert now(office).level == 0
    office.mailbox.unreachable = MailboxError("imap.example: timed out")
    with pytest.raises(MailboxError):
        office.round(timedelta(minutes=1))
    since = office.clock.now()
    assert (now(office).level, now(office).outages) == (1, ())
    assert now(office).failing_since == {"polling": since}
    office.clock.advance(minutes=29)
    assert now(office).level == 1
    office.clock.advance(minutes=1)
    assert now(office).level == 2
    assert now(office).outages == (f"polling has been failing since {since:%Y-%m-%d %H:%M}: imap.example: timed out",)
    assert status(office.store, office.clock.now(), patience=timedelta(hours=1)).level == 1


def test_a_worker_that_shows_no_sign_of_life_is_out_of_order_however_well_the_ledger_looks(office: Rounds) -> None:
    office.round()
    at = office.clock.now()
    assert status(office.store, at + timedelta(minutes=15), Life(at, 20)).level == 0
    silent = status(office.store, at + timedelta(minutes=15, seconds=1), Life(at, 20))
    assert silent.outages == (f"no worker has shown a sign of life since {at:%Y-%m-%d %H:%M}: is `shouli run` still running?",)
    assert silent.level == 2
    assert status(office.store, at + timedelta(minutes=30), Life(at, 600)).outages == ()  # a slow rhythm is not silence
