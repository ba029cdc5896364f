"""How the campaign stands, as values: per unit and category what is on file, what is owed and what waits for a person.

Of each nomination and mail only what the office reads is kept, so that a large ledger costs little memory. Made by
`bot/deciding/standing.py`; used by the workbook, the digest and the status command.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.campaign import Unit
from bot.model import LIVE, Finding, OutboxRow, OutboxState, Outcome, Severity, State

ON_FILE = LIVE | {State.SHORTLISTED, State.SELECTED, State.NOT_SELECTED}
"""States of a nomination that stands, in review too."""

ALIKE = frozenset({"duplicate-nominee", "similar-material"})
"""Findings that say two nominations may be one."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many nominations stand in one category, by state; `quota` is what may stand there."""

    quota: int
    states: Mapping[State, int]

    def of(self, *states: State) -> int:
        """How many are in one of these states."""
        return sum(self.states.get(state, 0) for state in states)

    @property
    def live(self) -> int:
        """How many count against the quota."""
        return self.of(*ON_FILE)

    @property
    def ready(self) -> int:
        """How many are accepted or further."""
        return self.of(State.ACCEPTED, State.SHORTLISTED, State.SELECTED, State.NOT_SELECTED)

    @property
    def free(self) -> int:
        """How many more may come."""
        return max(0, self.quota - self.live)


@dataclass(frozen=True, slots=True)
class Line:
    """A nomination as lists show it, without its texts."""

    number: str
    version: int
    unit: str
    category: str | None
    nominee: str
    state: State
    received: datetime
    updated: datetime
    mail: int
    findings: tuple[Finding, ...]
    has_form: bool
    has_material: bool
    publicity_shown: bool
    paper: datetime | None
    admitted: bool
    uncertain: tuple[str, ...]
    precedence: tuple[str, ...]
    nominee_unit: str
    words: int | None  # 字数 of the material
    contact: "Contact | None"  # person and telephone in its own form
    checked: frozenset[str] = frozenset()  # hints that a person has looked at
    sent_back: bool = False  # withdrawn because the office sent it back
    remark: str = ""  # 备注 of the office
    opinion: str = ""  # 核定意见 of the office

    @property
    def stands(self) -> bool:
        """Whether it is on file."""
        return self.state in ON_FILE

    @property
    def defects(self) -> tuple[Finding, ...]:
        """What the submitter must mend."""
        return tuple([finding for finding in self.findings if finding.severity is Severity.DEFECT])

    @property
    def alike(self) -> tuple[Finding, ...]:
        """What says that it may be another one's double."""
        return tuple(finding for finding in self.findings if finding.check in ALIKE)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the office can ring: from the roster (`number` empty) or from the unit's own form."""

    name: str
    telephone: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class MailLine:
    """A mail as lists show it."""

    id: int
    received: datetime
    sender: str
    name: str
    subject: str
    outcome: Outcome | None
    unit: str | None
    reason: str
    findings: tuple[Finding, ...]
    failed: bool
    command: bool  # it asks for something in words


@dataclass(frozen=True, slots=True)
class Reminded:
    """How often a unit was reminded of one kind of thing, and when last; reminders that really went."""

    times: int = 0
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnitBoard:
    """One unit: a tally for each category in the order of the rules, and what it still owes."""

    unit: Unit
    tallies: tuple[Tally, ...]
    uncategorised: int  # on file without a category
    defective: int  # nominations with something to mend
    papers_due: int  # nominations on file whose stamped paper has not come
    papers_in: int
    withdrawn: int
    mails: int  # all it wrote
    last_mail: datetime | None
    contacts: tuple[Contact, ...]
    addresses: tuple[str, ...]  # it wrote from, newest first
    reminded: Reminded = Reminded()  # of what is to be mended
    reminded_papers: Reminded = Reminded()

    @property
    def live(self) -> int:
        """Nominations on file."""
        return sum(tally.live for tally in self.tallies) + self.uncategorised

    @property
    def silent(self) -> bool:
        """Whether nothing of it is on file (应报未报)."""
        return self.live == 0

    @property
    def open(self) -> bool:
        """Whether the office has reason to ring: nothing on file, or something to mend."""
        return self.silent or self.defective > 0


@dataclass(frozen=True, slots=True)
class Missing:
    """Nominees that a summary table of a mail lists and about whom nothing has come."""

    unit: str
    mail: int
    nominees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole campaign."""

    units: tuple[UnitBoard, ...]  # entitled units in the order of the roster, then such as are no longer in it
    totals: tuple[Tally, ...]  # by category, quotas of all units together
    lines: tuple[Line, ...]  # all nominations but superseded ones, by number
    waiting: tuple[MailLine, ...]  # mails that a person must look at
    missing: tuple[Missing, ...]  # what summary tables list and what is nowhere on file
    returned: tuple[MailLine, ...]  # returned mails of which nothing has come since: no unit known, or nothing filed
    bounces: tuple[MailLine, ...]
    outcomes: Mapping[Outcome, int]
    fresh: Mapping[Outcome, int]  # the same of mails since the moment that was asked about
    unhandled: int  # mails taken in and not yet judged
    unanswered: int  # mails whose answer is owed
    letters: Mapping[OutboxState, int]
    held_letters: tuple[OutboxRow, ...]  # that were refused or wait to be released
    originals: Mapping[int, str]  # where the original of each mail lies, below the state folder
    changed: datetime | None  # when the ledger last changed by a mail

    def with_state(self, *states: State) -> tuple[Line, ...]:
        """Nominations in one of these states."""
        return tuple(line for line in self.lines if line.state in states)

    @property
    def on_file(self) -> tuple[Line, ...]:
        """Nominations that stand."""
        return tuple(line for line in self.lines if line.state in ON_FILE)

    @property
    def defective(self) -> tuple[Line, ...]:
        """Nominations on file with something to mend, whatever else they wait for."""
        return tuple(line for line in self.lines if line.state in LIVE and line.defects)

    @property
    def papers_due(self) -> tuple[Line, ...]:
        """Nominations on file whose stamped paper has not come."""
        return tuple(line for line in self.lines if line.state in ON_FILE and line.paper is None)

    @property
    def alike(self) -> tuple[Line, ...]:
        """Nominations that may be doubles."""
        return tuple(line for line in self.lines if line.state in ON_FILE and line.alike)

    @property
    def silent(self) -> tuple[UnitBoard, ...]:
        """Units that have nothing on file."""
        return tuple(unit for unit in self.units if unit.silent)

    @property
    def ready(self) -> int:
        """Nominations accepted or further."""
        return sum(1 for line in self.lines if line.state in ON_FILE - LIVE or line.state is State.ACCEPTED)
