"""After a refused login the mailbox is left alone for a while, across restarts: asking on locks the account (NetEase 451)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.ports import Store

REFUSED = "login-refused"
"""Mark: how often in a row the login was refused, and until when nobody asks again (`3 2021-12-10T12:30:00+08:00`)."""

PAUSES = (timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=2))
"""After one, two, three and more refusals."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """How often in a row, and until when to wait."""

    count: int
    until: datetime


def refusals(store: Store) -> Refusals | None:
    """What is remembered; None when the last login went well."""
    with store.glance() as look:
        word = look.marks.get(REFUSED)
    if word is None:
        return None
    count, _, until = word.partition(" ")
    return Refusals(int(count), datetime.fromisoformat(until))


def waiting_until(store: Store, now: datetime) -> datetime | None:
    """Until when the mailbox is to be left alone; None when it may be asked. A pause written under a wrong clock is void."""
    known = refusals(store)
    return known.until if known and now < known.until <= now + PAUSES[-1] else None


def refused(store: Store, now: datetime) -> datetime:
    """Remember one more refusal; the moment from which the mailbox may be asked again."""
    known = refusals(store)
    count = known.count if known else 0
    until = now + PAUSES[min(count, len(PAUSES) - 1)]
    with store.begin() as transaction:
        transaction.marks.put(REFUSED, f"{count + 1} {until.isoformat()}")
    return until


def forget(store: Store) -> None:
    """The login went well, or a person has put something right and wants it tried now."""
    if refusals(store) is not None:
        with store.begin() as transaction:
            transaction.marks.put(REFUSED, None)
