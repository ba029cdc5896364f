"""A longer time that the office grants: to a unit, for one nomination, or to everybody."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.campaign import NOT_ENTITLED, Rules
from bot.deciding.deeds import Deed
from bot.deciding.states import restated
from bot.model import Finding, Note, NoteKind, State
from bot.ports import Transaction
from bot.steps.rulings import Hand, NotReleasable, file_all, the_nomination

EVERYBODY = "campaign"
"""The subject of a time that everybody is given."""


def extend(hand: Hand, about: str, until: date, rules: Rules) -> int:
    """Mail of a unit, about a nomination or of everybody is in time to the end of a day; how many were late until now.

    What lies there late and came by that day is not late any more.
    """
    if not rules.last_day < until <= rules.announced:
        first, last = rules.last_day.isoformat(), rules.announced.isoformat()
        raise NotReleasable(f"{until}: a day after {first}, not after {last}", "day-out-of-reach", first=first, last=last)
    units = _whose(hand, about, rules)
    hand.transaction.notes.put(Note(about, NoteKind.EXTENDED, until.isoformat(), hand.now, hand.who))
    hand.tell(about, "extended", {"until": until.isoformat()})
    number = about.removeprefix("nomination:") if about.startswith("nomination:") else None
    moved = sum(_in_time(hand, unit, until, number, rules) for unit in units)
    for unit in units:
        hand.owe(about if number else f"unit:{unit}", Deed.EXTEND)
    return moved


def _whose(hand: Hand, about: str, rules: Rules) -> list[str]:
    kind, _, id = about.partition(":")
    if kind == "nomination":
        return [the_nomination(hand, id).unit]
    return [unit.id for unit in rules.units if unit.kind != NOT_ENTITLED and (kind == "campaign" or unit.id == id)]


def _in_time(hand: Hand, unit: str, until: date, number: str | None, rules: Rules) -> int:
    """Take lateness from the unit's nominations that came by a day; how many."""
    before = {one.number: one for one in hand.transaction.nominations.of_unit(unit)}
    longer = replace(rules, last_day=until)
    saved = {
        one.number: replace(restated(one, _not_late(one.findings)), standing=0)
        for one in before.values()
        if one.state is State.LATE and number in (None, one.number) and longer.late_by(one.updated).total_seconds() < 0
    }
    if saved:
        file_all(hand, before, before | saved, rules, "extended", {"until": until.isoformat()})
    return len(saved)


def _not_late(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.check != "late")


# --- what it means for mail that comes --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Granted:
    """The longer times that stand on record, by what they were given to: a few rows, read together."""

    days: Mapping[str, date]

    def rules_of(self, unit: str | None, rules: Rules) -> Rules:
        """The rules with the last day that everybody, and this unit, has been given."""
        return until(until(rules, self.days.get(EVERYBODY)), self.days.get(f"unit:{unit}"))

    def nominations(self) -> Mapping[str, date]:
        """The nominations that are in time to the end of a later day, by number."""
        return {about.partition(":")[2]: day for about, day in self.days.items() if about.startswith("nomination:")}


def granted(transaction: Transaction) -> Granted:
    """All longer times of the ledger."""
    return Granted({note.subject: date.fromisoformat(note.text) for note in transaction.notes.of(NoteKind.EXTENDED)})


def rules_now(transaction: Transaction, rules: Rules) -> Rules:
    """The rules with the last day that everybody has been given."""
    return granted(transaction).rules_of(None, rules)


def until(rules: Rules, day: date | None) -> Rules:
    """The rules with a later last day; an earlier one changes nothing."""
    return replace(rules, last_day=day) if day and day > rules.last_day else rules
