"""Which codes hold: those of the last two digests that were written, each by the day of its digest."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.deciding.codes import day_code
from bot.deciding.digest_days import digest_key
from bot.deciding.order_choices import Listed
from bot.ports import Transaction

DAYS = "order-days"
"""Mark: the days of the newest digests and when they were written, as JSON; the codes themselves are kept nowhere."""

HOLDING = 2
"""Codes that hold at a time: who answers yesterday's digest is no forger."""

LONGEST = timedelta(days=10)
"""A code holds no longer, whatever comes after it: no rest days of the calendar are so many."""

AHEAD = timedelta(hours=1)
"""How far the mail server's clock may be behind ours."""

KEPT = 8


@dataclass(frozen=True, slots=True)
class OrderDay:
    """A digest that carried a code."""

    day: date
    written: datetime


def order_days(transaction: Transaction) -> tuple[OrderDay, ...]:
    """The newest digests, oldest first."""
    found = json.loads(transaction.marks.get(DAYS) or "[]")
    return tuple(OrderDay(date.fromisoformat(day), datetime.fromisoformat(written)) for day, written in found)


def add_day(transaction: Transaction, now: datetime) -> None:
    """Today's digest carries a code."""
    days = [one for one in order_days(transaction) if one.day != now.date()][1 - KEPT :]
    known = [*((one.day.isoformat(), one.written.isoformat()) for one in days), (now.date().isoformat(), now.isoformat())]
    transaction.marks.put(DAYS, json.dumps(known))


def holding(days: Sequence[OrderDay], received: datetime) -> tuple[OrderDay, ...]:
    """Whose codes hold for a mail of this moment: a mail is judged by when it came, not by when it is handled."""
    there = [one for one in days if one.written <= received + AHEAD]
    return tuple(one for one in there[-HOLDING:] if received - one.written <= LONGEST)


def codes_of(days: Sequence[OrderDay], secret: bytes, campaign: str) -> list[tuple[date, str]]:
    """Days with their codes."""
    return [(one.day, day_code(secret, campaign, one.day)) for one in days]


def listed_on(transaction: Transaction, day: date) -> tuple[Listed, ...]:
    """What the digest of a day listed, in its order."""
    key = digest_key(datetime.combine(day, time(), tzinfo=UTC))  # only the day counts
    for event in reversed(transaction.chronicle.of(f"letter:{key}")):
        items = event.facts.get("items")
        if event.what == "digest" and isinstance(items, tuple):
            return tuple(Listed(*item.split(" ", 1)) for item in items)
    return ()
