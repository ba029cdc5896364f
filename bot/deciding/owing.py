"""What a unit still owes: nominations with something to mend, mails of which something could not be filed, stamped papers."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.deciding.gaps import is_gap
from bot.model import LIVE, PAPER_WANTED, Finding, MailRow, Nomination, Outcome, Severity, State

NOT_OWED = frozenset({"unit-not-entitled"})
"""Defects of a mail that its sender cannot mend here: it was told to go through another unit, and owes nothing more."""


@dataclass(frozen=True, slots=True)
class Owing:
    """What one unit owes at this moment."""

    unit: str
    nominations: tuple[Nomination, ...]
    mails: tuple[MailRow, ...]

    def __bool__(self) -> bool:
        """Whether it owes anything."""
        return bool(self.nominations or self.mails)


def owes(nomination: Nomination) -> bool:
    """Whether a nomination waits for its unit: it lives, and something of it is to be mended."""
    if nomination.state not in LIVE or (nomination.admitted and nomination.state is State.ACCEPTED):
        return False
    return any(finding.severity is Severity.DEFECT for finding in nomination.findings)


def waits_for_choice(nomination: Nomination) -> bool:
    """Whether its unit may say which halves are its."""
    return nomination.state is State.HELD and bool(nomination.alternatives)


def owes_answer(nomination: Nomination) -> bool:
    """Whether it waits for a choice of its unit: which halves are its, or which of too many stand."""
    return waits_for_choice(nomination) or nomination.state is State.OVER_QUOTA


def owes_paper(nomination: Nomination) -> bool:
    """Whether a nomination stands and its stamped paper has not come."""
    return nomination.state in PAPER_WANTED and nomination.paper is None


def owing(unit: str, nominations: Iterable[Nomination], mails: Sequence[MailRow]) -> Owing:
    """What a unit owes; `nominations` are the unit's, `mails` all or the unit's, in order of arrival."""
    own = [mail for mail in mails if mail.unit == unit]
    return Owing(unit, tuple(n for n in nominations if owes(n)), _open_mails(own))


def _open_mails(mails: Sequence[MailRow]) -> tuple[MailRow, ...]:
    """Mails with something to mend that no later filing of the unit has answered; what a summary table misses no other does."""
    last_filing = max((index for index, mail in enumerate(mails) if mail.outcome is Outcome.RECEIVED), default=-1)
    still = (mail if index >= last_filing else _missing_only(mail) for index, mail in enumerate(mails))
    return tuple(mail for mail in still if _to_mend(mail.findings))


def _missing_only(mail: MailRow) -> MailRow:
    return replace(mail, findings=tuple(finding for finding in mail.findings if is_gap(finding)))


def _to_mend(findings: Sequence[Finding]) -> bool:
    found = [finding.check for finding in findings if finding.severity is Severity.DEFECT]
    return bool(found) and not NOT_OWED.intersection(found)


def all_owing(nominations: Iterable[Nomination], mails: Sequence[MailRow]) -> tuple[Owing, ...]:
    """Every unit that owes something, by id."""
    by_unit: dict[str, list[Nomination]] = defaultdict(list)
    for nomination in nominations:
        if owes(nomination):
            by_unit[nomination.unit].append(nomination)
    of_unit: dict[str, list[MailRow]] = defaultdict(list)
    for mail in mails:
        if mail.unit:
            of_unit[mail.unit].append(mail)
    units = sorted({*by_unit, *of_unit})
    found = (owing(unit, by_unit[unit], of_unit[unit]) for unit in units)
    return tuple(one for one in found if one)


def all_owing_papers(nominations: Iterable[Nomination]) -> tuple[Owing, ...]:
    """Every unit whose stamped papers are not all in, by id; what it also has to mend is told with them."""
    by_unit: dict[str, list[Nomination]] = defaultdict(list)
    for nomination in nominations:
        if owes_paper(nomination) or owes(nomination):
            by_unit[nomination.unit].append(nomination)
    return tuple(Owing(unit, tuple(found), ()) for unit, found in sorted(by_unit.items()) if any(map(owes_paper, found)))
