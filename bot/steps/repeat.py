"""What persons of the office ruled, repeated in a ledger that is played again: admitted, sent back, given a longer time.

Without it a mail that came within a time the office had granted would look late, and what was sent back would keep its place.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.campaign import Rules
from bot.model import Event, Nomination, State
from bot.ports import Transaction
from bot.steps.rulings import Hand, NotReleasable, admit, refuse
from bot.steps.rulings_time import extend

NOMINATION = "nomination:"


def rulings_of(events: Iterable[Event]) -> list[Event]:
    """The rows of history that tell a ruling, by time; rows about others whose state moved with it are left out by `repeat`."""
    return sorted((event for event in events if event.what in _REPEATED), key=lambda event: event.at)


@dataclass(frozen=True, slots=True)
class Repeater:
    """Knows which nomination of the ledger played again is which of the live one; `numbers` gives "" for one it lacks."""

    rules: Rules
    numbers: Callable[[str], str]

    def repeat(self, event: Event, scratch: Transaction) -> None:
        """One ruling, in its person's name and at its time; nothing where nothing waits for it under these rules."""
        subject = event.subject
        if subject.startswith(NOMINATION):
            number = self.numbers(subject.removeprefix(NOMINATION))
            if not number:
                return
            subject = NOMINATION + number
        try:
            _REPEATED[event.what](Hand(scratch, event.who, event.at), subject, event, self.rules)
        except NotReleasable:
            return  # other rules let it stand by themselves, or file it otherwise: the comparison tells which


def _admit(hand: Hand, subject: str, _event: Event, rules: Rules) -> None:
    admit(hand, subject.removeprefix(NOMINATION), rules)


def _refuse(hand: Hand, subject: str, event: Event, rules: Rules) -> None:
    number = subject.removeprefix(NOMINATION)
    one = hand.transaction.nominations.get(number)
    if one is not None and _sent_back(one, event):
        refuse(hand, number, str(event.facts.get("reason", "")), rules)


def _sent_back(one: Nomination, event: Event) -> bool:
    """Whether the row is about what was sent back itself: gone, or a late version beside one that stands."""
    return event.facts.get("state") == State.WITHDRAWN or (one.state is State.LATE and bool(one.standing))


def _extend(hand: Hand, subject: str, event: Event, rules: Rules) -> None:
    if "state" not in event.facts:
        extend(hand, subject, date.fromisoformat(str(event.facts["until"])), rules)


_REPEATED: Mapping[str, Callable[[Hand, str, Event, Rules], None]] = {
    "admitted": _admit,
    "refused": _refuse,
    "extended": _extend,
}
"""Rows of history by the ruling they tell."""
