"""What the office is told each day, as values: what the digest says, from one look at the ledger."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Generic, TypeVar

from bot.campaign import NOT_ENTITLED, Category, Rules, UnitKind
from bot.deciding.board import Board, Line, MailLine, Missing, Reminded, Tally, UnitBoard
from bot.deciding.stages import upcoming
from bot.deciding.waiting import Waiting, waiting_lines
from bot.deciding.workdays import covers
from bot.model import PAPER_WANTED, Change, Event, Letter, Outcome, State

LONGEST_LIST = 30
"""Entries of a list in the letter; the workbook has all of them."""

RING_DAYS = 1
"""So many days before the last day, and on it, the letter carries the telephone list."""

LEAST_DISK = 2 << 30
"""Bytes; a campaign's originals with its exports take about as much."""

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Listing(Generic[Entry]):
    """The first entries of a list, and how many there are in all."""

    shown: tuple[Entry, ...]
    count: int

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


def listing(entries: Sequence[Entry], longest: int = LONGEST_LIST) -> Listing[Entry]:
    """A list cut to what a letter bears."""
    return Listing(tuple(entries[:longest]), len(entries))


@dataclass(frozen=True, slots=True)
class Came:
    """What came since the digest before."""

    mails: Mapping[Outcome, int]
    filed: Listing[Line]  # new nominations
    renewed: Listing[tuple[Line, tuple[Change, ...]]]  # corrected or completed, with what changed
    bounces: Listing["Bounced"]


@dataclass(frozen=True, slots=True)
class Bounced:
    """A delivery report; `letter` is None where it could not be tied to a letter of ours."""

    mail: MailLine
    letter: Letter | None = None
    subject: str = ""  # of that letter
    addresses: tuple[str, ...] = ()  # that could not be reached


@dataclass(frozen=True, slots=True)
class Escalated:
    """A unit that was reminded again and again and still owes: how often and when last, of what kind, and what is open."""

    unit: UnitBoard
    papers: bool
    reminded: Reminded
    open: int  # nominations to mend with mails to mend, or papers that are not in


@dataclass(frozen=True, slots=True)
class Health:
    """How mailbox and outbox do."""

    last_poll: datetime | None
    mailbox_error: str
    stopped_until: datetime | None
    unhandled: int  # mails taken in, not yet judged
    unanswered: int
    queued: int
    waiting: int  # letters for a person to release
    failed: int
    sent_today: int
    budget: int  # letters a day; 0 means none is set
    quarantined: int = 0  # mails set aside because handling them raised again and again
    disk_free: int | None = None  # bytes where the ledger and the originals lie; None where nobody looked

    @property
    def disk_low(self) -> bool:
        """Whether the disk will soon be full."""
        return self.disk_free is not None and self.disk_free < LEAST_DISK

    @property
    def well(self) -> bool:
        """Nothing needs an operator."""
        troubles = (
            self.mailbox_error,
            self.stopped_until,
            self.failed,
            self.quarantined,
            self.disk_low,
            self.last_poll is None,
        )
        return not any(troubles)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day ahead: `what` is reminders, last_day, papers (their reminder) or announced."""

    what: str
    day: date


@dataclass(frozen=True, slots=True)
class Silent:
    """The units of one kind that have nothing on file."""

    kind: UnitKind
    units: Listing[UnitBoard]


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that the digest says; the templates name these fields."""

    now: datetime
    since: datetime
    days_left: int  # to the last day; 0 on it, negative after it
    on_file: int
    ready: int
    came: Came
    waiting: Listing[Waiting]
    categories: tuple[tuple[Category, Tally], ...]
    units: Listing[UnitBoard]  # that have something on file
    silent: tuple[Silent, ...]
    silent_count: int
    defective: Listing[Line]
    missing: Listing[Missing]
    returned: Listing[MailLine]
    papers: Listing[UnitBoard]  # units whose stamped papers have not all come
    papers_due: int
    late: Listing[Line]
    alike: Listing[Line]
    health: Health
    deadlines: tuple[Deadline, ...]
    ring: Listing[UnitBoard]  # on the last days: open units that can be reached
    ring_unreachable: int  # open units of which neither telephone nor address is known
    escalated: Listing[Escalated]
    calendar_known: bool  # False: only weekends count as rest days


def briefing(
    board: Board,
    changes: Mapping[str, Sequence[Event]],
    health: Health,
    rules: Rules,
    now: datetime,
    since: datetime,
    bounced: Mapping[int, Bounced] = MappingProxyType({}),
) -> Briefing:
    """What the office is told now; `board` counts mails since `since`, `changes` are the events of renewed nominations.

    `bounced` are delivery reports by the id of their mail, as far as they could be tied to a letter.
    """
    papers = [unit for unit in board.units if unit.papers_due]
    ring, unreachable = _ring(board, rules, now)
    return Briefing(
        now=now,
        since=since,
        days_left=_days_left(rules, now),
        on_file=len(board.on_file),
        ready=board.ready,
        came=_came(board, changes, since, bounced),
        waiting=listing(list(waiting_lines(board))),
        categories=tuple(zip(rules.categories, board.totals, strict=True)),
        units=listing([unit for unit in board.units if not unit.silent], 60),
        silent=_silent(board, rules),
        silent_count=len(board.silent),
        defective=listing(board.defective),
        missing=listing(board.missing),
        returned=listing(board.returned),
        papers=listing(papers),
        papers_due=sum(unit.papers_due for unit in papers),
        late=listing(board.with_state(State.LATE)),
        alike=listing(board.alike),
        health=health,
        deadlines=_deadlines(rules, now),
        ring=listing(ring, 300),
        ring_unreachable=unreachable,
        escalated=listing(escalated(board, rules)),
        calendar_known=covers(rules.work_calendar, rules.opens, rules.announced),
    )


def _days_left(rules: Rules, now: datetime) -> int:
    return (rules.last_day - now.date()).days


def _ring(board: Board, rules: Rules, now: datetime) -> tuple[list[UnitBoard], int]:
    """On the last days whom to ring, and how many units there are of which nothing is known by which to reach them."""
    if not 0 <= _days_left(rules, now) <= RING_DAYS:
        return [], 0
    open_units = [unit for unit in board.units if unit.open]
    reached = [unit for unit in open_units if unit.contacts or unit.addresses or unit.unit.addresses]
    return reached, len(open_units) - len(reached)


def renewed(board: Board, since: datetime) -> tuple[Line, ...]:
    """Nominations that stood before and came anew or were completed since."""
    return tuple(line for line in board.lines if line.received < since <= line.updated)


def fresh_bounces(board: Board, since: datetime) -> tuple[MailLine, ...]:
    """Delivery reports that came since."""
    return tuple(mail for mail in board.bounces if mail.received >= since)


def escalated(board: Board, rules: Rules) -> tuple[Escalated, ...]:
    """Units that were reminded as often as the rules say and still owe what they were reminded of, the most often first."""
    enough = rules.reminders.escalate_after
    if not enough:
        return ()
    mails = Counter((*(mail.unit for mail in board.returned), *(one.unit for one in board.missing)))
    papers = Counter(line.unit for line in board.lines if line.state in PAPER_WANTED and line.paper is None)
    found = []
    for unit in board.units:
        owed = ((False, unit.defective + mails[unit.unit.id]), (True, papers[unit.unit.id]))
        for kind, count in owed:
            reminded = unit.reminded_papers if kind else unit.reminded
            if count and reminded.times >= enough:
                found.append(Escalated(unit, kind, reminded, count))
    return tuple(sorted(found, key=lambda one: -one.reminded.times))


def _came(board: Board, changes: Mapping[str, Sequence[Event]], since: datetime, bounced: Mapping[int, Bounced]) -> Came:
    """What came since."""
    fresh = [line for line in board.lines if line.received >= since]
    again = [(line, _changed(changes.get(line.number, ()), since)) for line in renewed(board, since)]
    bounces = [bounced.get(mail.id) or Bounced(mail) for mail in fresh_bounces(board, since)]
    return Came(board.fresh, listing(fresh), listing(again), listing(bounces))


def _changed(events: Sequence[Event], since: datetime) -> tuple[Change, ...]:
    """What new versions wrote otherwise, field by field: the oldest value of the span against the newest."""
    first: dict[str, Change] = {}
    for event in events:
        for key, fact in event.facts.items():
            if event.at >= since and key.startswith("field:") and isinstance(fact, tuple) and len(fact) == 2:
                name = key.removeprefix("field:")
                before = first[name].before if name in first else fact[0]
                first[name] = Change(name, before, fact[1])
    return tuple(change for change in first.values() if change.before != change.after)


def _silent(board: Board, rules: Rules) -> tuple[Silent, ...]:
    """Units without anything on file, by kind in the order of the rules."""
    kinds = [kind for kind in rules.kinds.values() if kind.id != NOT_ENTITLED]
    by_kind = ((kind, [unit for unit in board.silent if unit.unit.kind == kind.id]) for kind in kinds)
    return tuple(Silent(kind, listing(units, 300)) for kind, units in by_kind if units)


def _deadlines(rules: Rules, now: datetime) -> tuple[Deadline, ...]:
    """What comes next, nearest first."""
    stages = upcoming(now, rules)
    days = [Deadline("papers" if papers else "reminders", moment.date()) for papers, moment in stages.items()]
    days += [Deadline("last_day", rules.last_day), Deadline("announced", rules.announced)]
    return tuple(sorted((one for one in days if one.day >= now.date()), key=lambda one: one.day))
