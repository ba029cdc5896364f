"""Follows a mail to what it answers: a letter of ours, or an earlier mail of the same sender."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import MailRow, Outcome, Question, Reading
from bot.ports import Transaction

OF_THE_UNIT = frozenset({"unit-unknown", "unit-ambiguous", "unit-not-entitled"})
"""Findings for which a mail is returned though its files are good: a reply that names the unit files them."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The letter a mail answers: the unit it went to, and the mail it returned for want of a unit, if it did."""

    unit: str | None = None
    returned: MailRow | None = None
    question: Question | None = None  # what that letter asked, to be answered by a number
    asked: tuple[str, ...] = ()  # the addresses it went to
    halves: MailRow | None = None  # the mail whose halves it asked about

    @property
    def earlier(self) -> MailRow | None:
        """The mail that is read once more to judge this one."""
        return self.returned or self.halves


def thread_of(transaction: Transaction, reading: Reading) -> Thread:
    """Follow In-Reply-To and References (RFC 5322, 3.6.4) to our own letter, or else to the sender's own earlier mail."""
    ids = message_ids(reading)
    if not ids:
        return Thread()
    letters = sorted(transaction.outbox.find(ids), key=lambda row: row.id, reverse=True)
    if letters:
        answered = [transaction.mails.get(id) for id in letters[0].outgoing.mails]
        unit = next((row.outgoing.unit for row in letters if row.outgoing.unit), None)
        newest = letters[0].outgoing
        about = newest.question.mail if newest.question else None
        halves = transaction.mails.get(about) if about is not None else None
        return Thread(unit, _returned(answered), newest.question, newest.recipients, halves)
    # A program that drops our id, or a second thought before our letter came; only its own sender may go on with a mail.
    own = [mail for mail in transaction.mails.answering(ids) if mail.sender.address == reading.headers.sender.address]
    return Thread(None, _returned(own))


def _returned(mails: Sequence[MailRow]) -> MailRow | None:
    """The one mail among these that was returned for want of its unit."""
    found = [mail for mail in mails if mail.outcome is Outcome.RETURNED and _for_its_unit(mail)]
    return found[0] if len(found) == 1 else None


def _for_its_unit(mail: MailRow) -> bool:
    return any(finding.check in OF_THE_UNIT for finding in mail.findings)


def message_ids(reading: Reading) -> tuple[str, ...]:
    """The ids a mail says it answers, the nearest first, each once."""
    headers = reading.headers
    return tuple(dict.fromkeys((*headers.in_reply_to, *reversed(headers.references))))
