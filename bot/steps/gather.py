"""Gathers from the ledger, at the moment of writing, what a letter tells: mails, nominations, quotas."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.campaign import Rules, Unit
from bot.deciding.due import Pace
from bot.letters.compose import Sender
from bot.letters.contents import Contents, Group, group, the_unit
from bot.letters.views import frame, mail_view, nomination_view
from bot.model import Brief, Command, Event, Filing, Letter, MailRow, Nomination
from bot.ports import Transaction
from bot.steps.rulings import sent_back
from bot.steps.rulings_time import granted


@dataclass(frozen=True, slots=True)
class Post:
    """How letters leave: who writes, whether a person looks first, and whom nothing is written to (lower case)."""

    sender: Sender
    review: bool = False  # letters wait until a person releases them
    silent: frozenset[str] = frozenset()  # the do-not-reply list
    pace: Pace = field(default_factory=Pace)
    also_own: frozenset[str] = frozenset()  # further addresses under which our own letters may come back

    @property
    def own(self) -> frozenset[str]:
        """Addresses that are ours."""
        return self.also_own | {self.sender.address.lower(), self.sender.reply_to.lower()} - {""}


@dataclass(frozen=True, slots=True)
class Told:
    """A letter's contents, and the nominations in it as the ledger has them."""

    contents: Contents
    nominations: tuple[Nomination, ...]


def gather(transaction: Transaction, letter: Letter, mails: Sequence[MailRow], rules: Rules, now: datetime) -> Told:
    """What the answer to these mails tells: what they filed, and what else of the unit moved because of them.

    An asked status shows everything of the unit.
    """
    numbers = {number for mail in mails for number in mail.filed}
    asked = {mail.unit for mail in mails if mail.command is Command.STATUS and mail.unit}
    rows = {one.number: one for one in transaction.nominations.some(sorted(numbers))}
    units = {mail.unit for mail in mails if mail.unit and mail.filed} | asked | {one.unit for one in rows.values()}
    of_units = sorted((unit for unit in rules.units if unit.id in units), key=lambda unit: unit.id)
    briefs = transaction.nominations.briefs([unit.id for unit in of_units])
    events = _doings(transaction, briefs, [f"mail:{mail.id}" for mail in mails])
    told = [one for one in briefs if one.number in numbers or one.unit in asked or _moved(events[one.number])]
    rows |= {one.number: one for one in transaction.nominations.some([one.number for one in told if one.number not in rows])}
    groups: list[Group] = []
    shown: list[Nomination] = []
    for unit in of_units:
        ours = [rows[one.number] for one in told if one.unit == unit.id]
        groups.append(_group(transaction, unit, ours, [one for one in briefs if one.unit == unit.id], events, rules))
        shown += ours
    about = the_unit([*(mail.unit for mail in mails), *units], rules)
    own = granted(transaction).rules_of(about.id if about else None, rules)
    views = tuple(mail_view(mail, own) for mail in mails)
    return Told(Contents(letter, frame(own, now), views, tuple(groups), about, ()), tuple(shown))


def _doings(transaction: Transaction, nominations: Sequence[Brief], doers: Sequence[str]) -> dict[str, list[Event]]:
    """What these mails did with each nomination, by its number, oldest first."""
    found: dict[str, list[Event]] = {one.number: [] for one in nominations}
    for event in transaction.chronicle.doings(doers, [f"nomination:{number}" for number in found]):
        found[event.subject.removeprefix("nomination:")].append(event)
    return found


def _moved(events: Sequence[Event]) -> bool:
    return any(event.what == Filing.RESTATED for event in events)


def _group(
    transaction: Transaction,
    unit: Unit,
    told: Sequence[Nomination],
    everything: Sequence[Brief],
    events: Mapping[str, Sequence[Event]],
    rules: Rules,
) -> Group:
    views = [nomination_view(one, rules, events[one.number], sent_back(transaction, one)) for one in told]
    return group(unit, views, everything, rules)
