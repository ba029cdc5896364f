"""Alert: one letter to the operator when the service has been out of order for some time, one when it is in order again."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.campaign import Rules
from bot.letters.compose import compose
from bot.letters.render import Wording
from bot.model import Event, Facts, Letter, OutboxRow, Outgoing, Trouble
from bot.ports import Clock, Store, Transaction
from bot.steps.gather import Post
from bot.steps.health import SUSPECTED, failing

OVER = ":over"
"""How the key of the second letter ends."""

LASTING = (Trouble.POLLING, Trouble.SENDING, Trouble.WORK)
"""What begins, lasts and is over."""

log = logging.getLogger("shouli.alert")


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is alerted, and how long something may fail before that. No address: it is only logged and shown in the status."""

    addresses: tuple[str, ...] = ()
    patience: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is told: that something has been failing since, or (`until`) that it failed from then to then."""

    what: Trouble
    since: datetime
    now: datetime
    why: str = ""
    until: datetime | None = None

    @property
    def key(self) -> str:
        """The dedup key: one outage is told once when it begins and once when it is over, whoever restarts in between.

        That letters are taken for spam is told once a day.
        """
        if self.what is Trouble.SUSPECT:
            return f"{Letter.ALERT}:{self.what}:{self.now.date().isoformat()}"
        return f"{Letter.ALERT}:{self.what}:{self.since.isoformat()}{OVER if self.until else ''}"


def alert(store: Store, wording: Wording, rules: Rules, clock: Clock, post: Post, watch: Watch) -> int:
    """Write the alerts that are due now, each once; says how many letters.

    That nothing can be sent cannot be sent: it is logged and stands in the status, and the letter that tells it comes when
    sending works again.
    """
    now = clock.now()
    with store.glance() as look:
        due = [alarm for what in LASTING if (alarm := _due(look, what, now, watch.patience))]
        due += [alarm] if (alarm := _suspected(look, now)) else []
    return sum(_told(store, alarm, _letter(alarm, wording, rules, post, watch)) for alarm in due)


def still_failing(store: Store) -> Callable[[OutboxRow], bool]:
    """The question asked at the moment of sending: an alert that has been overtaken by the end of its outage is dropped.

    The letter about the end says since when it lasted, so nothing is lost.
    """

    def ask(row: OutboxRow) -> bool:
        if row.outgoing.letter is not Letter.ALERT or row.outgoing.dedup_key.endswith(OVER):
            return True
        what = Trouble(row.outgoing.dedup_key.split(":")[1])
        if what is Trouble.SUSPECT:
            return True
        with store.glance() as look:
            known = failing(look, what)
        return known is not None and Alarm(what, known.since, known.since).key == row.outgoing.dedup_key

    return ask


def _due(look: Transaction, what: Trouble, now: datetime, patience: timedelta) -> Alarm | None:
    known, told = failing(look, what), _told_since(look, what)
    if told is not None and (known is None or known.since != told):
        ended = known.since if known else now  # not before it began, whatever the clock did meanwhile
        return Alarm(what, told, now, until=max(told, ended))
    if told is None and known is not None and now - known.since >= patience:
        return Alarm(what, known.since, now, known.why)
    return None


def _suspected(look: Transaction, now: datetime) -> Alarm | None:
    word, told = look.marks.get(SUSPECTED), look.marks.get(_mark(Trouble.SUSPECT))
    if word is None or (told is not None and datetime.fromisoformat(told).date() == now.date()):
        return None
    since, _, why = word.partition(" ")
    return Alarm(Trouble.SUSPECT, datetime.fromisoformat(since), now, why)


def _told_since(look: Transaction, what: Trouble) -> datetime | None:
    word = look.marks.get(_mark(what))
    return datetime.fromisoformat(word) if word else None


def _told(store: Store, alarm: Alarm, letter: Outgoing | None) -> bool:
    """Remember that it is told, in the transaction that queues the letter."""
    word = "over" if alarm.until else "began"
    with store.begin() as transaction:
        queued = letter is not None and transaction.outbox.add(letter, alarm.now, alarm.now)
        if alarm.what is Trouble.SUSPECT:
            transaction.marks.put(SUSPECTED, None)
        told = alarm.now if alarm.what is Trouble.SUSPECT else alarm.since
        transaction.marks.put(_mark(alarm.what), None if alarm.until else told.isoformat())
        facts: Facts = {"since": alarm.since.isoformat(), "why": alarm.why, "letter": queued}
        transaction.chronicle.add(Event(alarm.now, "worker", f"outage-{word}", str(alarm.what), facts))
    if alarm.until:
        log.warning("%s works again; it failed from %s to %s", alarm.what, alarm.since, alarm.until)
    elif alarm.what is Trouble.SUSPECT:
        log.error("letters are taken for spam and wait for a person: %s", alarm.why)
    else:
        log.error("%s has been failing since %s: %s", alarm.what, alarm.since, alarm.why)
    return queued


def _letter(alarm: Alarm, wording: Wording, rules: Rules, post: Post, watch: Watch) -> Outgoing | None:
    if not watch.addresses or (alarm.what is Trouble.SENDING and alarm.until is None):
        return None
    return alert_letter(alarm, wording, rules, post, watch.addresses)


def alert_letter(alarm: Alarm, wording: Wording, rules: Rules, post: Post, addresses: tuple[str, ...]) -> Outgoing:
    """The letter itself."""
    facts = {
        "what": alarm.what,
        "since": alarm.since,
        "until": alarm.until,
        "now": alarm.now,
        "minutes": int(((alarm.until or alarm.now) - alarm.since).total_seconds()) // 60,
        "why": alarm.why,
        "campaign": rules.name,
        "office": rules.office,
    }
    return compose(Letter.ALERT, alarm.key, wording.render(Letter.ALERT, facts), addresses, post.sender, alarm.now)


def _mark(what: Trouble) -> str:
    return f"{what}-alerted"
