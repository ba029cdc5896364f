"""Deliver: every verdict has its end, a stop is obeyed, no letter goes twice."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.adapters.store import SqlStore
from bot.model import Delivery, Letter, OutboxRow, OutboxState, Outgoing, Verdict
from bot.steps.deliver import GIVE_UP_AFTER, STOPPED_UNTIL, Sending, ask_again, deliver, recover
from tests.fakes import NOON, ZONE, FakeClock, FakeCourier, memory_store, outgoing


class Bench:
    """One outbox with everything that delivering needs."""

    def __init__(self) -> None:
        self.store: SqlStore = memory_store()
        self.clock = FakeClock()
        self.courier = FakeCourier()
        self.budget: int | None = None
        self.pace: int | None = None

    def queue(self, *letters: Outgoing) -> None:
        with self.store.begin() as transaction:
            for letter in letters:
                assert transaction.outbox.add(letter, self.clock.now(), self.clock.now())

    def answers(self, *answers: Delivery | Exception) -> None:
        self.courier.answers = list(answers)

    def once(self) -> bool:
        """Send one letter; False when there is none to send now, or the server wants none."""
        asked = 0

        def go_on() -> bool:
            nonlocal asked
            asked += 1
            return asked == 1

        deliver(Sending(self.store, self.courier, self.clock, day_budget=self.budget, minute_budget=self.pace), go_on)
        return asked > 1

    def round(self) -> None:
        while self.once():
            pass

    def rows(self) -> list[OutboxRow]:
        with self.store.glance() as transaction:
            return list(transaction.outbox.all())

    def states(self) -> list[OutboxState]:
        return [row.state for row in self.rows()]

    def events(self, subject: str) -> list[str]:
        with self.store.glance() as transaction:
            return [event.what for event in transaction.chronicle.of(subject)]

    def sent(self) -> list[str]:
        return [letter.dedup_key for letter in self.courier.sent]


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    yield made
    made.store.close()


def temporary(seconds: int = 0) -> Delivery:
    return Delivery(Verdict.TEMPORARY, "450 later", seconds)


def test_a_call_sends_one_letter_and_says_whether_to_go_on(bench: Bench) -> None:
    bench.queue(outgoing("a"), outgoing("b"))
    assert [(bench.once(), bench.sent()) for _ in range(3)] == [(True, ["a"]), (True, ["a", "b"]), (False, ["a", "b"])]
    assert [(row.state, row.sent, row.attempts) for row in bench.rows()] == [(OutboxState.SENT, NOON, 1)] * 2
    assert bench.events("letter:1") == ["sent"]


def test_the_claim_is_committed_before_the_letter_leaves(bench: Bench) -> None:
    seen: list[OutboxState] = []

    class Looking(FakeCourier):
        def send(self, letter: Outgoing) -> Delivery:
            seen.extend(bench.states())
            return super().send(letter)

    bench.queue(outgoing())
    bench.courier = Looking()
    bench.once()
    assert seen == [OutboxState.SENDING]


@pytest.mark.parametrize(
    ("delivery", "state", "event"),
    [
        (Delivery(Verdict.PERMANENT, "550 no such user"), OutboxState.FAILED, "refused"),
        (Delivery(Verdict.SUSPECT, "554 DT:SPM"), OutboxState.WAITING, "taken-for-spam"),
        (Delivery(Verdict.TEMPORARY, "450 later"), OutboxState.QUEUED, "put-off"),
    ],
)
def test_fault_21_a_refused_letter_has_its_end_and_the_next_one_goes(
    bench: Bench, delivery: Delivery, state: OutboxState, event: str
) -> None:
    bench.queue(outgoing("a"), outgoing("b"))
    bench.answers(delivery)
    bench.round()
    assert [(row.state, row.error) for row in bench.rows()] == [(state, delivery.detail), (OutboxState.SENT, "")]
    assert (bench.sent(), bench.events("letter:1")) == (["b"], [event])


def test_a_refused_recipient_of_a_sent_letter_is_on_record(bench: Bench) -> None:
    bench.queue(outgoing())
    bench.answers(Delivery(Verdict.SENT, "gone@example.com 550 no such user", refused=("gone@example.com",)))
    bench.round()
    assert [(row.state, row.error) for row in bench.rows()] == [(OutboxState.SENT, "gone@example.com 550 no such user")]
    with bench.store.glance() as transaction:
        (event,) = transaction.chronicle.of("letter:1")
    assert event.facts["refused"] == ("gone@example.com",)


def test_a_letter_put_off_comes_again_after_longer_and_longer_pauses(bench: Bench) -> None:
    bench.queue(outgoing())
    pauses = []
    for _ in range(8):
        bench.answers(temporary())
        bench.round()
        (row,) = bench.rows()
        pauses.append((row.due - bench.clock.now()) // timedelta(minutes=1))
        bench.clock.advance(row.due - bench.clock.now())
    assert pauses == [2, 5, 15, 30, 60, 60, 120, 120]
    bench.round()
    assert bench.states() == [OutboxState.SENT]


def test_the_server_may_ask_for_a_longer_pause_but_for_no_shorter_one(bench: Bench) -> None:
    bench.queue(outgoing("a"), outgoing("b"))
    bench.answers(temporary(900), temporary(1))
    bench.round()
    assert [row.due - NOON for row in bench.rows()] == [timedelta(minutes=15), timedelta(minutes=2)]


def test_a_letter_that_cannot_be_delivered_for_two_days_waits_for_a_person(bench: Bench) -> None:
    bench.queue(outgoing())
    bench.clock.advance(GIVE_UP_AFTER)
    bench.answers(temporary())
    bench.round()
    assert (bench.states(), bench.events("letter:1")) == ([OutboxState.WAITING], ["given-up"])


def test_fault_28_a_stop_holds_everything_back_and_a_restart_does_not_lift_it(bench: Bench) -> None:
    bench.queue(outgoing("a"), outgoing("b"))
    bench.answers(Delivery(Verdict.STOP, "421 HL:ICC", 600))
    assert not bench.once()
    assert bench.states() == [OutboxState.QUEUED] * 2
    bench.clock.advance(seconds=599)
    bench.courier = FakeCourier()
    assert not bench.once()
    assert bench.sent() == []
    bench.clock.advance(seconds=1)
    bench.round()
    assert bench.sent() == ["a", "b"]
    assert bench.events("courier") == ["stopped", "resumed"]


def test_fault_28_a_stop_for_the_day_ends_after_midnight_in_the_campaigns_zone(bench: Bench) -> None:
    bench.queue(outgoing())
    bench.answers(Delivery(Verdict.STOP, "450 MI:STC"))
    bench.round()
    with bench.store.glance() as transaction:
        assert transaction.marks.get(STOPPED_UNTIL) == datetime(2021, 12, 11, 0, 5, tzinfo=ZONE).isoformat()
    bench.clock.advance(hours=12, minutes=4)
    bench.round()
    assert bench.sent() == []
    bench.clock.advance(minutes=1)
    bench.round()
    assert bench.sent() == [outgoing().dedup_key]


def test_a_stop_written_under_a_wrong_clock_does_not_silence_the_bot_for_ever(bench: Bench) -> None:
    bench.queue(outgoing())
    bench.clock.advance(days=30)
    bench.answers(Delivery(Verdict.STOP, "421", 600))
    bench.round()
    bench.clock.advance(days=-29)
    bench.round()
    assert bench.states() == [OutboxState.SENT]


def test_stops_alone_never_wear_a_letter_out(bench: Bench) -> None:
    bench.queue(outgoing())
    for _ in range(200):
        bench.answers(Delivery(Verdict.STOP, "nobody listening", 120))
        bench.round()
        bench.clock.advance(seconds=120)
    assert [(row.state, row.due) for row in bench.rows()] == [(OutboxState.QUEUED, NOON)]
    bench.round()
    assert bench.states() == [OutboxState.SENT]


def test_an_address_that_the_server_refuses_for_good_is_marked_and_others_are_not(bench: Bench) -> None:
    bench.queue(outgoing("0", to=["Gone@city.example"]), outgoing("1", to=["full@city.example"]))
    bench.answers(
        Delivery(Verdict.PERMANENT, "recipient: 550 no such user", refused=("Gone@city.example",)),
        Delivery(Verdict.TEMPORARY, "recipient: 452 mailbox full"),
    )
    bench.round()
    assert bench.events("address:gone@city.example") == ["bounced"]
    assert bench.events("address:full@city.example") == []


def test_the_days_budget_leaves_the_rest_for_tomorrow(bench: Bench) -> None:
    bench.queue(*(outgoing(str(n)) for n in range(5)))
    bench.budget = 2
    bench.round()
    assert bench.sent() == ["0", "1"]
    bench.clock.advance(hours=11, minutes=59)
    bench.round()
    assert bench.sent() == ["0", "1"]
    bench.clock.advance(minutes=1)
    bench.round()
    assert bench.sent() == ["0", "1", "2", "3"]


def test_a_flood_of_questions_leaves_a_quarter_of_the_day_to_those_who_nominate(bench: Bench) -> None:
    bench.queue(*(outgoing(f"question {n}", letter=Letter.HELD) for n in range(5)))
    bench.queue(outgoing("receipt"), outgoing("digest", letter=Letter.DIGEST))
    bench.budget = 4
    bench.round()
    assert bench.sent() == ["question 0", "question 1", "question 2", "receipt"]
    bench.clock.advance(hours=12)
    bench.round()
    assert bench.sent()[4:] == ["question 3", "question 4", "digest"]


def test_the_minutes_budget_leaves_the_rest_for_the_rounds_to_come(bench: Bench) -> None:
    bench.queue(*(outgoing(str(n)) for n in range(5)))
    bench.pace = 2
    bench.round()
    assert bench.sent() == ["0", "1"]
    bench.clock.advance(seconds=20)
    bench.round()
    assert bench.sent() == ["0", "1"]
    bench.clock.advance(seconds=41)
    bench.round()
    assert bench.sent() == ["0", "1", "2", "3"]
    bench.clock.advance(minutes=2)
    bench.round()
    assert bench.sent() == ["0", "1", "2", "3", "4"]


def test_fault_22_a_reminder_is_asked_again_at_the_moment_of_sending(bench: Bench) -> None:
    bench.queue(outgoing("reminder:x", letter=Letter.REMINDER), outgoing("receipt"))
    asked: list[tuple[str, OutboxState]] = []

    def still_due(row: OutboxRow) -> bool:
        with bench.store.glance() as transaction:  # it may look at the ledger: no transaction is open
            asked.append((row.outgoing.dedup_key, next(iter(transaction.outbox.all())).state))
        return row.outgoing.letter is not Letter.REMINDER

    deliver(Sending(bench.store, bench.courier, bench.clock, still_due), lambda: True)
    assert asked == [("reminder:x", OutboxState.SENDING), ("receipt", OutboxState.DROPPED)]
    assert (bench.sent(), bench.states()) == (["receipt"], [OutboxState.DROPPED, OutboxState.SENT])
    assert bench.events("letter:1") == ["dropped"]


def test_fault_20_a_letter_in_flight_at_a_crash_goes_again_with_the_same_bytes_and_message_id(bench: Bench) -> None:
    class Dying(FakeCourier):
        def send(self, letter: Outgoing) -> Delivery:
            super().send(letter)
            raise KeyboardInterrupt  # the process ends between the server's acceptance and our settling

    bench.queue(outgoing())
    dying = bench.courier = Dying()
    with pytest.raises(KeyboardInterrupt):
        bench.once()
    assert bench.states() == [OutboxState.SENDING]
    bench.courier = FakeCourier()
    bench.round()
    assert bench.sent() == []  # nobody sends what another may be sending
    assert (recover(bench.store, bench.clock), recover(bench.store, bench.clock)) == (1, 0)
    bench.round()
    assert bench.courier.sent == dying.sent == [outgoing()]


def test_a_courier_that_raises_costs_its_letter_an_attempt_and_not_the_others_their_turn(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.queue(outgoing("a"), outgoing("b"))
    bench.answers(RuntimeError("a bug"))
    bench.round()
    assert [(row.state, row.error) for row in bench.rows()] == [
        (OutboxState.QUEUED, "RuntimeError: a bug"),
        (OutboxState.SENT, ""),
    ]
    assert "Traceback" in caplog.text


def test_the_log_names_letters_by_number_and_nobody_by_name(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.queue(outgoing("a"))
    with caplog.at_level("INFO"):
        bench.round()
    assert "letter 1: sent" in caplog.text
    assert "li@example.com" not in caplog.text


@pytest.mark.parametrize(
    ("why", "again"),
    [
        ("login: 535 authentication failed", True),
        ("login.example refuses a token: invalid_grant", True),
        ("sender: 554 MI:STC", False),
        ("smtp.example: ConnectionRefusedError: refused", False),
    ],
)
def test_a_person_who_put_a_login_right_need_not_wait_and_any_other_stop_is_obeyed(bench: Bench, why: str, again: bool) -> None:
    bench.queue(outgoing("a"))
    bench.answers(Delivery(Verdict.STOP, why, 1800))
    bench.round()
    ask_again(bench.store, bench.clock)
    bench.round()
    assert bench.sent() == (["a"] if again else [])
    assert bench.events("courier") == (["stopped", "resumed"] if again else ["stopped"])


def test_asking_again_without_a_stop_changes_nothing(bench: Bench) -> None:
    ask_again(bench.store, bench.clock)
    assert bench.events("courier") == []


# --- one after the other ----------------------------------------------------------------------------------------------


class Numbered(FakeCourier):
    """A courier that sees the states of all letters whenever one is brought."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.seen: list[list[OutboxState]] = []

    def send(self, letter: Outgoing) -> Delivery:
        self.seen.append(self.bench.states())
        return super().send(letter)


def test_what_has_left_is_settled_before_the_next_leaves_and_what_leaves_was_claimed(bench: Bench) -> None:
    bench.courier = courier = Numbered(bench)
    bench.queue(*(outgoing(key) for key in "abc"))
    deliver(Sending(bench.store, courier, bench.clock), lambda: True)
    sent, sending, queued = OutboxState.SENT, OutboxState.SENDING, OutboxState.QUEUED
    assert courier.seen == [[sending, queued, queued], [sent, sending, queued], [sent, sent, sending]]
    assert bench.states() == [sent] * 3
    assert [row.attempts for row in bench.rows()] == [1, 1, 1]


@pytest.mark.parametrize("allowed", [0, 1, 2, 3])
def test_nothing_is_claimed_that_is_not_to_go(bench: Bench, allowed: int) -> None:
    """Asked before each claim; who says no finds no letter in flight afterwards."""
    bench.queue(*(outgoing(key) for key in "abc"))
    words = iter([True] * allowed + [False])
    deliver(Sending(bench.store, bench.courier, bench.clock), lambda: next(words))
    assert bench.states() == [OutboxState.SENT] * allowed + [OutboxState.QUEUED] * (3 - allowed)
    assert [row.attempts for row in bench.rows()] == [1] * allowed + [0] * (3 - allowed)


def test_budgets_and_stops_hold_from_one_letter_to_the_next(bench: Bench) -> None:
    bench.queue(*(outgoing(key) for key in "abcdef"))
    deliver(Sending(bench.store, bench.courier, bench.clock, minute_budget=2), lambda: True)
    assert bench.sent() == ["a", "b"]
    bench.clock.advance(minutes=2)
    deliver(Sending(bench.store, bench.courier, bench.clock, day_budget=4), lambda: True)
    assert bench.sent() == ["a", "b", "c", "d"]
    bench.answers(Delivery(Verdict.STOP, "421 go away", 600))
    deliver(Sending(bench.store, bench.courier, bench.clock), lambda: True)
    assert bench.states()[4:] == [OutboxState.QUEUED] * 2
    with bench.store.glance() as look:
        assert look.marks.get(STOPPED_UNTIL) is not None


def test_letters_that_fail_and_letters_no_longer_due_let_the_others_go(bench: Bench) -> None:
    bench.queue(*(outgoing(key) for key in "abcd"))
    bench.answers(temporary(), Delivery(Verdict.PERMANENT, "550 no"), RuntimeError("broken"))
    dropped = [row.id for row in bench.rows()][1]
    deliver(Sending(bench.store, bench.courier, bench.clock, lambda row: row.id != dropped), lambda: True)
    assert bench.states() == [OutboxState.QUEUED, OutboxState.DROPPED, OutboxState.FAILED, OutboxState.QUEUED]
    assert [bench.events(f"letter:{n}") for n in range(1, 5)] == [["put-off"], ["dropped"], ["refused"], ["put-off"]]


def test_what_has_left_is_settled_though_the_question_whether_to_go_on_fails(bench: Bench) -> None:
    bench.queue(*(outgoing(key) for key in "ab"))
    answers = iter([True])
    with pytest.raises(StopIteration):
        deliver(Sending(bench.store, bench.courier, bench.clock), lambda: next(answers))
    assert bench.states() == [OutboxState.SENT, OutboxState.QUEUED]
