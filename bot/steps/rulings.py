"""What a person of the office rules about nominations: the one place for command line, orders by mail and workbook.

Each ruling leaves a row of history in the person's name, in the transaction of its hand. What a unit must hear of is noted,
to be told by letter (`bot/steps/tell.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.deeds import Deed
from bot.deciding.quota import settle
from bot.deciding.states import restated
from bot.model import LIVE, Event, Fact, Filed, Filing, Nomination, Note, NoteKind, State
from bot.ports import Transaction

UNDECIDED = frozenset({State.HELD, State.LATE, State.OVER_QUOTA})
"""States in which a nomination waits for a person."""

EVIDENT = frozenset({State.LATE, State.OVER_QUOTA})
"""States that are reason enough to send a nomination back; for any other a reason must be given: its unit will ask."""

IN_REVIEW = frozenset({State.ACCEPTED, State.SHORTLISTED, State.SELECTED, State.NOT_SELECTED})

HINTS = frozenset({"duplicate-nominee", "similar-material", "versions-differ"})
"""Findings that a person looks at and lets be."""


class NotReleasable(Exception):  # noqa: N818 - an answer to a person, read as a sentence
    """What is asked cannot be done; `why` is a key of the words `orders.why`, `facts` fill them."""

    def __init__(self, message: str, why: str = "not-possible", **facts: str) -> None:
        super().__init__(message)
        self.why, self.facts = why, facts


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose ruling it is, and when."""

    transaction: Transaction
    who: str  # operator, or an address of the office
    now: datetime

    def tell(self, subject: str, what: str, facts: Mapping[str, Fact] | None = None) -> None:
        """A row of history."""
        self.transaction.chronicle.add(Event(self.now, self.who, what, subject, facts or {}))

    def owe(self, subject: str, deed: Deed, reason: str = "") -> None:
        """What a unit is to hear by letter; of two rulings about one thing the later is told."""
        self.transaction.notes.put(Note(subject, NoteKind.TELL, f"{deed} {reason}".rstrip(), self.now, self.who))


def the_nomination(hand: Hand, number: str) -> Nomination:
    """A nomination that is on record."""
    found = hand.transaction.nominations.get(number)
    if found is None:
        raise NotReleasable(f"there is no nomination {number}", "no-such-nomination")
    return found


def admit(hand: Hand, number: str, rules: Rules) -> State:
    """Let a nomination stand although it is held, late, over quota or was sent back; its state afterwards."""
    nomination = the_nomination(hand, number)
    if nomination.state not in UNDECIDED and not sent_back(hand.transaction, nomination):
        raise NotReleasable(
            f"nomination {number} is {nomination.state}: nothing about it waits for a person",
            "nothing-waits",
            state=nomination.state,
        )
    hand.transaction.notes.remove(f"nomination:{number}", NoteKind.RETURNED)
    admitted = replace(nomination, admitted=True, standing=0)
    state = _settle(hand, restated(admitted, admitted.findings), rules, "admitted")
    hand.owe(f"nomination:{number}", Deed.ADMIT)
    return state


def refuse(hand: Hand, number: str, reason: str, rules: Rules) -> State:
    """Send a nomination back. Where a version in time stands beside a late one, that becomes the newest again."""
    nomination = the_nomination(hand, number)
    if nomination.state not in LIVE:
        raise NotReleasable(
            f"nomination {number} is {nomination.state}: it cannot be sent back", "not-live", state=nomination.state
        )
    if nomination.state not in EVIDENT and not reason:
        raise NotReleasable(f"nomination {number} is {nomination.state}: give the reason", "no-reason")
    left = _without(hand, nomination)
    if left.state is State.WITHDRAWN:
        text = f"{left.version} {reason}"
        hand.transaction.notes.put(Note(f"nomination:{number}", NoteKind.RETURNED, text, hand.now, hand.who))
    state = _settle(hand, left, rules, "refused", {"reason": reason})
    hand.owe(f"nomination:{number}", Deed.REFUSE, reason)
    return state


def _without(hand: Hand, nomination: Nomination) -> Nomination:
    """What is left of a nomination that is sent back."""
    if nomination.state is not State.LATE or not nomination.standing:
        return replace(nomination, state=State.WITHDRAWN, admitted=False)
    versions = hand.transaction.nominations.versions(nomination.number)
    before = next(one for one in versions if one.version == nomination.standing)
    again = replace(before, version=nomination.version + 1, paper=nomination.paper)
    return restated(again, before.findings)


def sent_back(transaction: Transaction, nomination: Nomination) -> bool:
    """Whether a nomination is withdrawn because the office sent this version of it back."""
    if nomination.state is not State.WITHDRAWN:
        return False
    note = transaction.notes.get(f"nomination:{nomination.number}", NoteKind.RETURNED)
    return note is not None and note.text.split(" ")[0] == str(nomination.version)


def paper(hand: Hand, number: str, since: datetime | None) -> bool:
    """Note since when the stamped paper is in, or that it is not; whether that is new."""
    nomination = the_nomination(hand, number)
    if nomination.paper == since or (since and nomination.paper and nomination.paper.date() == since.date()):
        return False
    filed = Filed(replace(nomination, paper=since), Filing.RESTATED)
    hand.transaction.nominations.file(filed, nomination.mail, hand.now)
    facts: dict[str, Fact] = {"on": since.date().isoformat()} if since and since.date() != hand.now.date() else {}
    hand.tell(f"nomination:{number}", "paper" if since else "paper-missing", facts)
    return True


def check(hand: Hand, number: str) -> bool:
    """Note that the hints of a nomination's newest version were looked at; whether there were any."""
    nomination = the_nomination(hand, number)
    checks = sorted({finding.check for finding in nomination.findings} & HINTS)
    if not checks:
        raise NotReleasable(f"nomination {number}: there is no hint to look at", "no-hint")
    text = " ".join((str(nomination.version), *checks))
    hand.transaction.notes.put(Note(f"nomination:{number}", NoteKind.CHECKED, text, hand.now, hand.who))
    hand.tell(f"nomination:{number}", "checked", {"checks": tuple(checks)})
    return True


def review(hand: Hand, number: str, state: State, rules: Rules) -> State:
    """The state of a nomination in review; units hear of it by the announcement alone."""
    nomination = the_nomination(hand, number)
    if nomination.state not in IN_REVIEW:
        raise NotReleasable(
            f"nomination {number} is {nomination.state}: only accepted ones are reviewed",
            "not-reviewed",
            state=nomination.state,
        )
    return _settle(hand, replace(nomination, state=state), rules, "reviewed")


def _settle(hand: Hand, changed: Nomination, rules: Rules, what: str, facts: Mapping[str, Fact] | None = None) -> State:
    """File a nomination as the person wants it, with the unit's others whose state moves; its state afterwards."""
    before = {one.number: one for one in hand.transaction.nominations.of_unit(changed.unit)}
    file_all(hand, before, before | {changed.number: changed}, rules, what, facts or {})
    return the_nomination(hand, changed.number).state


def file_all(
    hand: Hand,
    before: Mapping[str, Nomination],
    after: Mapping[str, Nomination],
    rules: Rules,
    what: str,
    facts: Mapping[str, Fact],
) -> None:
    """Settle the quota of a unit's nominations and file those that are not what they were."""
    unit = next(iter(after.values())).unit
    kind = next((row.kind for row in rules.units if row.id == unit), "")
    for one in settle(after.values(), kind, rules):
        if one != before[one.number]:
            hand.transaction.nominations.file(Filed(one, Filing.RESTATED), one.mail, hand.now)
            told = {"state": one.state.value, "admitted": one.admitted, "version": one.version, **facts}
            hand.tell(f"nomination:{one.number}", what, told)
