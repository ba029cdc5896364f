"""What the office is told each day, as values: when the digest is due and what it says, from one look at the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from bot.campaign import NOT_ENTITLED, Category, Rules, UnitKind
from bot.deciding.board import Board, Line, MailLine, Tally, UnitBoard
from bot.deciding.stages import upcoming
from bot.deciding.waiting import Waiting, waiting_lines
from bot.deciding.workdays import covers, is_working_day
from bot.model import Change, Event, Outcome, State

LONGEST_LIST = 30
"""Entries of a list in the letter; the workbook has all of them."""

RING_DAYS = 1
"""So many days before the last day, and on it, the letter carries the telephone list."""

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
    bounces: Listing[MailLine]


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

    @property
    def well(self) -> bool:
        """Nothing needs an operator."""
        return not (self.mailbox_error or self.stopped_until or self.failed or self.last_poll is None)


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
    returned: Listing[MailLine]
    papers: Listing[UnitBoard]  # units whose stamped papers have not all come
    papers_due: int
    late: Listing[Line]
    alike: Listing[Line]
    health: Health
    deadlines: tuple[Deadline, ...]
    ring: Listing[UnitBoard]  # on the last days: open units that can be reached
    ring_unreachable: int  # open units of which neither telephone nor address is known
    calendar_known: bool  # False: only weekends count as rest days


def digest_key(now: datetime) -> str:
    """The key under which the digest of a day is queued once."""
    return f"digest:{now.date().isoformat()}"


def digest_due(now: datetime, rules: Rules) -> bool:
    """Whether the digest of today is due: from its minute on, on working days and on every one of the last days.

    It comes from the opening of the campaign to the day its result is to be announced, also when nothing happened: silence
    means that something is broken.
    """
    day = now.date()
    if not rules.opens <= day <= max(rules.announced, rules.last_day) or now < _minute(day, now, rules):
        return False
    return 0 <= (rules.last_day - day).days < rules.reminders.last_days or is_working_day(day, rules.work_calendar)


def next_digest(now: datetime, rules: Rules) -> datetime | None:
    """The next moment at which a digest falls due; None when the campaign is over."""
    day = now.date()
    while day <= max(rules.announced, rules.last_day):
        moment = _minute(day, now, rules)
        if moment > now and digest_due(moment, rules):
            return moment
        day += timedelta(days=1)
    return None


def _minute(day: date, now: datetime, rules: Rules) -> datetime:
    """The minute of the digest on a day, in the zone of `now`."""
    at = rules.reminders
    return datetime(day.year, day.month, day.day, at.digest_hour, at.digest_minute, tzinfo=now.tzinfo)


def briefing(
    board: Board,
    changes: Mapping[str, Sequence[Event]],
    health: Health,
    rules: Rules,
    now: datetime,
    since: datetime,
) -> Briefing:
    """What the office is told now; `board` counts mails since `since`, `changes` are the events of renewed nominations."""
    days_left = (rules.last_day - now.date()).days
    papers = [unit for unit in board.units if unit.papers_due]
    ring = [unit for unit in board.units if unit.open] if 0 <= days_left <= RING_DAYS else []
    reached = [unit for unit in ring if unit.contacts or unit.addresses or unit.unit.addresses]
    return Briefing(
        now=now,
        since=since,
        days_left=days_left,
        on_file=len(board.on_file),
        ready=board.ready,
        came=_came(board, changes, since),
        waiting=listing(list(waiting_lines(board))),
        categories=tuple(zip(rules.categories, board.totals, strict=True)),
        units=listing([unit for unit in board.units if not unit.silent], 60),
        silent=_silent(board, rules),
        silent_count=len(board.silent),
        defective=listing(board.defective),
        returned=listing(board.returned),
        papers=listing(papers),
        papers_due=sum(unit.papers_due for unit in papers),
        late=listing(board.with_state(State.LATE)),
        alike=listing(board.alike),
        health=health,
        deadlines=_deadlines(rules, now),
        ring=listing(reached, 300),
        ring_unreachable=len(ring) - len(reached),
        calendar_known=covers(rules.work_calendar, rules.opens, rules.announced),
    )


def renewed(board: Board, since: datetime) -> tuple[Line, ...]:
    """Nominations that stood before and came anew or were completed since."""
    return tuple(line for line in board.lines if line.received < since <= line.updated)


def _came(board: Board, changes: Mapping[str, Sequence[Event]], since: datetime) -> Came:
    """What came since."""
    fresh = [line for line in board.lines if line.received >= since]
    again = [(line, _changed(changes.get(line.number, ()), since)) for line in renewed(board, since)]
    bounces = [mail for mail in board.bounces if mail.received >= since]
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
