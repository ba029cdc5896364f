"""Which of the folders for people a handled mail belongs into: one ordered table, the first row that fits decides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.model import MailRow, Nomination, Outcome, Severity, State


class Shelf(StrEnum):
    """The folders that people look into."""

    ACCEPTED = "accepted"  # 已受理
    DEFECTIVE = "defective"  # 待补正
    HELD = "held"  # 待核定


UNDECIDED = frozenset({State.HELD, State.LATE, State.OVER_QUOTA})


@dataclass(frozen=True, slots=True)
class _Case:
    """A mail, and the nominations whose newest version it brought: what came later lies with the later mail."""

    mail: MailRow
    nominations: Sequence[Nomination]

    @property
    def states(self) -> frozenset[State]:
        return frozenset(nomination.state for nomination in self.nominations)

    @property
    def own_defect(self) -> bool:
        return any(finding.severity is Severity.DEFECT for finding in self.mail.findings)


_TABLE: tuple[tuple[Shelf, Callable[[_Case], bool]], ...] = (
    (Shelf.HELD, lambda case: case.mail.waits),  # a person must look at the mail
    (Shelf.HELD, lambda case: bool(case.states & UNDECIDED)),  # … or at something in it
    (Shelf.DEFECTIVE, lambda case: case.mail.outcome is Outcome.RETURNED),  # nothing could be filed
    (Shelf.DEFECTIVE, lambda case: State.DEFECTIVE in case.states or case.own_defect),  # the unit has something to mend
    (Shelf.ACCEPTED, lambda case: case.mail.outcome is Outcome.RECEIVED),
)


def shelf(mail: MailRow, nominations: Sequence[Nomination]) -> Shelf | None:
    """The folder for a mail as things stand; None for mails that are done with (requests, reports, advertisements)."""
    case = _Case(mail, [nomination for nomination in nominations if nomination.mail == mail.id])
    return next((place for place, fits in _TABLE if fits(case)), None)
