"""Deliver: each letter is claimed, committed, sent and settled; the outbox alone decides what a refusal means."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import Delivery, Event, Letter, OutboxRow, OutboxState, Verdict
from bot.ports import Clock, Courier, Store, Transaction
from bot.steps.bounced import mark_unreachable
from bot.steps.health import note_delivery
from bot.steps.rulings_post import PAUSED

STOPPED_UNTIL = "courier-stopped-until"
"""Mark: nothing is sent to anybody before this moment (ISO 8601)."""

STOPPED_WHY = "courier-stopped-why"
"""Mark: the server's words for it."""

PAUSES = (
    # After so many attempts the letter waits so long, unless the server asks for more.
    (1, timedelta(minutes=2)),
    (2, timedelta(minutes=5)),
    (3, timedelta(minutes=15)),
    (4, timedelta(minutes=30)),
    (6, timedelta(hours=1)),
)
LATER_PAUSES = timedelta(hours=2)

GIVE_UP_AFTER = timedelta(days=2)
"""A letter that could not be delivered for so long waits for a person."""

LONGEST_STOP = timedelta(hours=25)
"""A stop that seems to last longer was written under a clock that was wrong."""

_MINUTE = timedelta(minutes=1)
_LOGIN_REFUSED = ("login: ", "refuses a token")
"""What the courier's words for a refused login have in them (`bot/adapters/smtp_policy.py`, `bot/adapters/oauth2.py`)."""

_NEXT_DAY_BEGINS = timedelta(minutes=5)  # after midnight: the server's clock is not ours

TO_THE_OFFICE = frozenset({Letter.DIGEST, Letter.ORDERS, Letter.ALERT})
"""Letters that go while the office has letters paused: it must hear of it, and how to resume."""

COURTESIES = frozenset({Letter.HELD, Letter.FORMS})
"""Letters that anybody's question brings about; a flood of strangers must not use up the day for those who nominate."""

FOR_ALL = 0.75
"""Part of the day's budget that any letter may use; courtesies wait for tomorrow when it is gone."""

log = logging.getLogger("shouli.deliver")


def always(_row: OutboxRow) -> bool:
    """The default of `still_due`: what was queued is sent."""
    return True


@dataclass(frozen=True, slots=True)
class Sending:
    """Who sends, and within what.

    `still_due` is asked between claiming and sending, outside any transaction: a reminder whose reason has gone is dropped.
    `day_budget` is the number of letters a day, in the campaign's zone, after which the rest waits for tomorrow;
    `minute_budget` the number within any minute, after which it waits for the next round.
    """

    store: Store
    courier: Courier
    clock: Clock
    still_due: Callable[[OutboxRow], bool] = always
    day_budget: int | None = None
    minute_budget: int | None = None

    def claimed(self) -> OutboxRow | None:
        """The next letter, taken in a transaction of its own."""
        with self.store.begin() as transaction:
            return self.claim(transaction)

    def claim(self, transaction: Transaction) -> OutboxRow | None:
        """Take the next letter that may go now; None when there is none."""
        now = self.clock.now()
        if _stopped(transaction, now):
            return None
        if self.minute_budget is not None and transaction.outbox.sent_since(now - _MINUTE) >= self.minute_budget:
            return None
        return transaction.outbox.claim(now, _may_go(transaction, now, self.day_budget))

    def bring(self, row: OutboxRow) -> Delivery | None:
        """Send it; None when it is no longer due."""
        return _sent(self.courier, row) if self.still_due(row) else None

    def settle(self, transaction: Transaction, row: OutboxRow, delivery: Delivery | None) -> None:
        """Write what became of it."""
        now = self.clock.now()
        if delivery is None:
            transaction.outbox.settle(row.id, OutboxState.DROPPED, now, "no longer due")
            _tell(transaction, now, row, "dropped")
            return
        _settle(transaction, row, delivery, now)
        note_delivery(transaction, row, delivery, now)


def deliver(sending: Sending, go_on: Callable[[], bool]) -> None:
    """Send letters as long as there are some and `go_on` says so.

    One is settled and the next claimed in one transaction, so that the disk is waited for once a letter: what has left is
    settled before anything else leaves, and what leaves was claimed before.
    """
    row = sending.claimed() if go_on() else None
    while row is not None:
        delivery = sending.bring(row)
        more, following = False, None
        try:
            more = (delivery is None or delivery.verdict is not Verdict.STOP) and go_on()
        finally:  # whatever comes up now, the letter has left and is not sent again
            with sending.store.begin() as transaction:
                sending.settle(transaction, row, delivery)
                following = sending.claim(transaction) if more else None
        _log(row, delivery)
        row = following


def _log(row: OutboxRow, delivery: Delivery | None) -> None:
    if delivery is not None:
        about = {"letter": row.id, "verdict": delivery.verdict.value, "attempt": row.attempts}
        log.info("letter %d: %s, attempt %d", row.id, delivery.verdict.value, row.attempts, extra=about)


def recover(store: Store, clock: Clock) -> int:
    """At start-up: letters in flight when the worker died go again, under the same Message-ID. Says how many."""
    with store.begin() as transaction:
        count = transaction.outbox.recover()
        if count:
            transaction.chronicle.add(Event(clock.now(), "worker", "recovered", "courier", {"letters": count}))
    return count


def ask_again(store: Store, clock: Clock) -> None:
    """A person has put a login right and wants it tried now; other stops are the server's word and stay."""
    with store.glance() as look:
        why = look.marks.get(STOPPED_WHY) or ""
    if not any(sign in why for sign in _LOGIN_REFUSED):
        return
    with store.begin() as transaction:
        transaction.marks.put(STOPPED_UNTIL, None)
        transaction.marks.put(STOPPED_WHY, None)
        transaction.chronicle.add(Event(clock.now(), "operator", "resumed", "courier"))


def _may_go(transaction: Transaction, now: datetime, day_budget: int | None) -> frozenset[Letter] | None:
    """The kinds of letters that may go at this moment; None: all of them."""
    kinds = TO_THE_OFFICE if transaction.marks.get(PAUSED) else frozenset(Letter)
    if day_budget is not None:
        sent = transaction.outbox.sent_since(now.replace(hour=0, minute=0, second=0, microsecond=0))
        kinds -= frozenset(Letter) if sent >= day_budget else COURTESIES if sent >= FOR_ALL * day_budget else frozenset()
    return None if kinds == frozenset(Letter) else kinds


def _stopped(transaction: Transaction, now: datetime) -> bool:
    """Whether a stop is in force; one that is over is forgotten."""
    word = transaction.marks.get(STOPPED_UNTIL)
    if word is None:
        return False
    if now < datetime.fromisoformat(word) <= now + LONGEST_STOP:
        return True
    transaction.marks.put(STOPPED_UNTIL, None)
    transaction.marks.put(STOPPED_WHY, None)
    transaction.chronicle.add(Event(now, "courier", "resumed", "courier"))
    return False


def _sent(courier: Courier, row: OutboxRow) -> Delivery:
    """The courier's answer; a courier that breaks its promise costs this letter an attempt, not the others their turn."""
    try:
        return courier.send(row.outgoing)
    except Exception as error:
        log.exception("letter %d: the courier raised", row.id)
        return Delivery(Verdict.TEMPORARY, f"{type(error).__name__}: {error}")


def _settle(transaction: Transaction, row: OutboxRow, delivery: Delivery, now: datetime) -> None:
    """What each verdict does to the letter, and what the history is told."""
    settle = transaction.outbox.settle
    match delivery.verdict:
        case Verdict.SENT:
            settle(row.id, OutboxState.SENT, now, delivery.detail if delivery.refused else "")
            _tell(transaction, now, row, "sent", delivery)
        case Verdict.PERMANENT:
            settle(row.id, OutboxState.FAILED, now, delivery.detail)
            _tell(transaction, now, row, "refused", delivery)
            for address in delivery.refused:
                mark_unreachable(transaction, address, row, "courier", now)
        case Verdict.SUSPECT:
            settle(row.id, OutboxState.WAITING, now, delivery.detail)
            _tell(transaction, now, row, "taken-for-spam", delivery)
        case Verdict.STOP:
            settle(row.id, OutboxState.QUEUED, now, delivery.detail, row.due)
            _stop(transaction, delivery, now)
        case Verdict.TEMPORARY if now - row.queued >= GIVE_UP_AFTER:
            settle(row.id, OutboxState.WAITING, now, delivery.detail)
            _tell(transaction, now, row, "given-up", delivery)
        case Verdict.TEMPORARY:
            settle(row.id, OutboxState.QUEUED, now, delivery.detail, now + _pause(row.attempts, delivery))
            _tell(transaction, now, row, "put-off", delivery)


def _pause(attempts: int, delivery: Delivery) -> timedelta:
    own = next((pause for up_to, pause in PAUSES if attempts <= up_to), LATER_PAUSES)
    return max(own, timedelta(seconds=delivery.retry_after))


def _stop(transaction: Transaction, delivery: Delivery, now: datetime) -> None:
    """Remember the stop, so that a restart obeys it too."""
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1) + _NEXT_DAY_BEGINS
    until = now + timedelta(seconds=delivery.retry_after) if delivery.retry_after else tomorrow
    transaction.marks.put(STOPPED_UNTIL, until.isoformat())
    transaction.marks.put(STOPPED_WHY, delivery.detail)
    transaction.chronicle.add(Event(now, "courier", "stopped", "courier", {"until": until.isoformat(), "why": delivery.detail}))
    log.error("sending stops until %s: %s", until.isoformat(), delivery.detail)


def _tell(transaction: Transaction, now: datetime, row: OutboxRow, what: str, delivery: Delivery | None = None) -> None:
    facts: dict[str, str | tuple[str, ...]] = {"letter": row.outgoing.letter.value}
    if delivery is not None and delivery.detail:
        facts["detail"] = delivery.detail
    if delivery is not None and delivery.refused:
        facts["refused"] = delivery.refused
    transaction.chronicle.add(Event(now, "courier", what, f"letter:{row.id}", facts))
