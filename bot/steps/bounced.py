"""Bounced: a delivery report is tied to its letter and unit, and the address is marked until somebody writes from it again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.deciding.due import address_of
from bot.model import Event, Fact, Letter, MailRow, OutboxRow, Outcome, Reading
from bot.ports import Transaction
from bot.steps.thread import message_ids

BOUNCED = "bounced"
"""What the history says of the mail, the letter and each address that could not be reached."""

LOOK_BACK = timedelta(days=7)
"""A report without our Message-ID is about the newest letter to its address, sent within these days: servers give up sooner."""


def note_bounce(transaction: Transaction, mail: MailRow, reading: Reading, now: datetime) -> None:
    """Tie a delivery report to its letter; nothing where it is about none of ours.

    Anybody can forge a report, so only an address that we did write to is marked, and the mark costs it no more than reminders:
    whoever writes is answered. A report of mere delay names no address that failed, and marks none.
    """
    failed = tuple(address.lower() for address in reading.headers.failed_recipients)
    letter = _letter(transaction, message_ids(reading), failed, mail.received)
    if letter is None:
        return
    about = letter.outgoing
    ours = {address.lower() for address in about.recipients}
    unreached = tuple(address for address in dict.fromkeys(failed) if address in ours)
    transaction.mails.save(replace(mail, unit=about.unit))
    facts: dict[str, Fact] = {"letter": letter.id, "kind": about.letter.value, "subject": about.subject, "addresses": unreached}
    transaction.chronicle.add(Event(now, f"mail:{mail.id}", BOUNCED, f"mail:{mail.id}", facts))
    transaction.chronicle.add(Event(now, f"mail:{mail.id}", BOUNCED, f"letter:{letter.id}", {"addresses": unreached}))
    for address in unreached:
        mark_unreachable(transaction, address, letter, f"mail:{mail.id}", mail.received)


def mark_unreachable(transaction: Transaction, address: str, letter: OutboxRow, who: str, at: datetime) -> None:
    """Remember that a letter did not reach an address: by a delivery report, or because the server refused it for good."""
    told: dict[str, Fact] = {"letter": letter.id, "unit": letter.outgoing.unit or ""}
    transaction.chronicle.add(Event(at, who, BOUNCED, f"address:{address.lower()}", told))


def _letter(transaction: Transaction, ids: Sequence[str], failed: Iterable[str], received: datetime) -> OutboxRow | None:
    """The letter by its Message-ID, else the newest one to an address that failed."""
    if found := transaction.outbox.find(ids):
        return found[-1]
    newest = (transaction.outbox.newest_to(address, received - LOOK_BACK) for address in failed)
    return max((row for row in newest if row), key=lambda row: row.id, default=None)


@dataclass(frozen=True, slots=True)
class Returned:
    """What the history knows of a delivery report."""

    kind: Letter
    subject: str
    addresses: tuple[str, ...]


def returned_letter(transaction: Transaction, mail: int) -> Returned | None:
    """The letter that a delivery report is about; None where it could not be tied to any."""
    events = [event for event in transaction.chronicle.of(f"mail:{mail}") if event.what == BOUNCED]
    if not events:
        return None
    facts = events[-1].facts
    addresses = facts.get("addresses")
    return Returned(Letter(str(facts["kind"])), str(facts["subject"]), addresses if isinstance(addresses, tuple) else ())


def unreachable(transaction: Transaction, address: str, mails: Iterable[MailRow]) -> bool:
    """Whether the newest letter to an address came back, and no person has written from it since."""
    bounced = [event.at for event in transaction.chronicle.of(f"address:{address}") if event.what == BOUNCED]
    if not bounced:
        return False
    machines = (Outcome.BOUNCE, Outcome.IGNORED)
    wrote = (mail.received for mail in mails if mail.outcome not in machines and address_of(mail) == address)
    return max(wrote, default=bounced[-1]) <= bounced[-1]
