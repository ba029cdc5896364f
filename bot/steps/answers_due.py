"""Which mails are answered now, and which of them together; when the next ones are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.due import BRAKE_SPAN, Answered, address_of, answer_due, silence
from bot.letters.compose import writable
from bot.model import AnswerState, Event, Letter, MailRow
from bot.ports import Store, Transaction
from bot.steps.copies import Wanted, wanted_copies
from bot.steps.gather import Post


@dataclass(frozen=True, slots=True)
class Due:
    """Mails that are settled together: by one letter to their address, or each by the reason why it gets none."""

    mails: tuple[int, ...]
    wanted: tuple[Wanted, ...] = ()  # the annotated copies that go with the letter


def ready(look: Transaction, rules: Rules, now: datetime, post: Post, *, copies: bool) -> list[Due]:
    """What is settled now; with `copies`, together with the annotated copies that are to be made for it."""
    by_address = _by_address(look)
    events = _answers(look, by_address)
    due: list[Due] = []
    for (address, _), mails in by_address.items():
        reasons = {mail.id: why_silent(mail, rules, post) for mail in mails}
        answered = [mail for mail in mails if reasons[mail.id] is None]
        if silent := tuple(id for id, reason in reasons.items() if reason is not None):
            due.append(Due(silent))
        if answered and _due(events.get(address, ()), answered, post) <= now:
            wanted = tuple(wanted_copies(look, answered)) if copies else ()
            due.append(Due(tuple(mail.id for mail in answered), wanted))
    return due


def still_owed(transaction: Transaction, ids: Sequence[int]) -> list[MailRow]:
    """The rows as they are now; a mail that has been settled meanwhile is left out."""
    rows = (transaction.mails.get(id) for id in ids)
    return [row for row in rows if row.answer_state is AnswerState.OWED]


def next_answer(store: Store, rules: Rules, post: Post) -> datetime | None:
    """The earliest moment at which an answer is due; None when none is owed."""
    with store.glance() as look:
        by_address = _by_address(look)
        events = _answers(look, by_address)
        at_once = [mail.received for mails in by_address.values() for mail in mails if why_silent(mail, rules, post)]
        later = (_due(events.get(address, ()), mails, post) for (address, _), mails in by_address.items())
        return min((*at_once, *later), default=None)


def why_silent(mail: MailRow, rules: Rules, post: Post) -> str | None:
    """Why this mail gets no letter, None when it does."""
    if reason := silence(mail, post.own, post.silent, rules):
        return reason
    return None if writable(address_of(mail)) else "an address that cannot stand in a header"


def _by_address(look: Transaction) -> dict[tuple[str, bool], list[MailRow]]:
    """Owed mails by the address that is answered, each in order of arrival; the address that waits longest first.

    The office's orders are answered by themselves: what became of them stands in no letter about anything else.
    """
    groups: dict[tuple[str, bool], list[MailRow]] = {}
    for mail in look.mails.owed():
        groups.setdefault((address_of(mail), mail.letter is Letter.ORDERS), []).append(mail)
    return groups


def _answers(look: Transaction, by_address: Iterable[tuple[str, bool]]) -> dict[str, list[Event]]:
    """What went to these addresses, oldest first."""
    found: dict[str, list[Event]] = {}
    for event in look.chronicle.about([f"address:{address}" for address, _ in by_address]):
        if event.what == "answered":
            found.setdefault(event.subject.removeprefix("address:"), []).append(event)
    return found


def _due(events: Sequence[Event], mails: Sequence[MailRow], post: Post) -> datetime:
    """When the letter to these mails of one address is due; `events` are the answers that went there."""
    since = max(mail.handled or mail.received for mail in mails) - BRAKE_SPAN
    answered = [Answered(event.at, bool(event.facts.get("filed"))) for event in events if event.at >= since]
    return answer_due(mails, answered, post.pace)
