"""A longer time that the office grants: to a unit, for one nomination, or to everybody."""

from collections.abc import Mapping
from dataclasses import replace
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


def rules_now(transaction: Transaction, rules: Rules) -> Rules:
    """The rules with the last day that everybody has been given."""
    return until(rules, _granted(transaction, EVERYBODY))


def rules_of(transaction: Transaction, unit: str | None, rules: Rules) -> Rules:
    """The rules with the last day that a unit has been given."""
    return until(rules, _granted(transaction, f"unit:{unit}")) if unit else rules


def longer_times(transaction: Transaction) -> Mapping[str, date]:
    """The nominations that are in time to the end of a later day, by number."""
    found = (note for note in transaction.notes.of(NoteKind.EXTENDED) if note.subject.startswith("nomination:"))
    return {note.subject.partition(":")[2]: date.fromisoformat(note.text) for note in found}


def until(rules: Rules, day: date | None) -> Rules:
    """The rules with a later last day; an earlier one changes nothing."""
    return replace(rules, last_day=day) if day and day > rules.last_day else rules


def _granted(transaction: Transaction, subject: str) -> date | None:
    note = transaction.notes.get(subject, NoteKind.EXTENDED)
    return date.fromisoformat(note.text) if note else None
