"""Since when polling, sending or the work between them has been failing, remembered across restarts."""

from dataclasses import dataclass
from datetime import datetime

from bot.model import Delivery, Letter, OutboxRow, Trouble, Verdict
from bot.ports import Transaction

PUT_OFF = "sending-put-off"
"""Mark: the letter that was put off last, while none has been sent since."""


SUSPECTED = "sending-suspected"
"""Mark: when a letter was taken for spam, and the server's words; until the operator has been told."""


@dataclass(frozen=True, slots=True)
class Failing:
    """Since when, and what was said last."""

    since: datetime
    why: str


def failing(ledger: Transaction, what: Trouble) -> Failing | None:
    """What is remembered; None while all is well."""
    word = ledger.marks.get(_mark(what))
    if word is None:
        return None
    since, _, why = word.partition(" ")
    return Failing(datetime.fromisoformat(since), why)


def fails(ledger: Transaction, what: Trouble, now: datetime, why: str) -> None:
    """Remember a failure: the first one's moment stays, the words are the newest.

    A first moment that lies ahead was written under a wrong clock and counts from now.
    """
    known = failing(ledger, what)
    since = known.since if known and known.since <= now else now
    if known != Failing(since, why):
        ledger.marks.put(_mark(what), f"{since.isoformat()} {why}")


def works(ledger: Transaction, what: Trouble) -> None:
    """Forget it: there was a success."""
    if ledger.marks.get(_mark(what)) is not None:
        ledger.marks.put(_mark(what), None)


def note_delivery(ledger: Transaction, row: OutboxRow, delivery: Delivery, now: datetime) -> None:
    """What one sending says of sending at all.

    A stop is the server's word to everybody. One letter put off is that letter's own matter; two different ones after each
    other with none sent between are not. Any other verdict was spoken by a server that works.
    """
    if delivery.verdict is Verdict.STOP:
        fails(ledger, Trouble.SENDING, now, delivery.detail)
    elif delivery.verdict is Verdict.TEMPORARY:
        before = ledger.marks.get(PUT_OFF)
        if before is None:
            ledger.marks.put(PUT_OFF, f"{row.id} {now.isoformat()}")
        elif before.partition(" ")[0] != str(row.id):
            since = datetime.fromisoformat(before.partition(" ")[2])
            fails(ledger, Trouble.SENDING, min(since, now), delivery.detail)
    else:
        if delivery.verdict is Verdict.SUSPECT and row.outgoing.letter is not Letter.ALERT:
            ledger.marks.put(SUSPECTED, f"{now.isoformat()} {delivery.detail}")
        if ledger.marks.get(PUT_OFF) is not None:
            ledger.marks.put(PUT_OFF, None)
        works(ledger, Trouble.SENDING)


def _mark(what: Trouble) -> str:
    return f"{what}-failing"
