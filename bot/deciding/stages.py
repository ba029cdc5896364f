"""Which reminder the calendar calls for: before the last day of what is to be mended, after it of the stamped papers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.campaign import Rules
from bot.deciding.workdays import add_working_days

_PAPERS = "papers-"


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the days on which units are reminded: whole days before the last day, or working days after it of `papers`."""

    days: int
    papers: bool = False

    @property
    def word(self) -> str:
        """The stage in one word, as keys and marks carry it: 7d, papers-2d."""
        return f"{_PAPERS if self.papers else ''}{self.days}d"


def reminder_stage(now: datetime, rules: Rules) -> Stage | None:
    """The reminder that is due now; None when there is none.

    A stage is due from its hour to the end of its day: a worker that stood still over the hour catches up, and no letter
    speaks of so many days on another day; the step remembers which stages are done.
    """
    if now < _midnight(rules.opens, now):
        return None
    stages = ((stage, _moment(stage, now, rules)) for stage in _stages(rules))
    return next((stage for stage, at in stages if at <= now and at.date() == now.date()), None)


def next_stage(now: datetime, rules: Rules) -> datetime | None:
    """When the next reminder falls due, for whoever plans the day; None after the last."""
    return min(upcoming(now, rules).values(), default=None)


def upcoming(now: datetime, rules: Rules) -> dict[bool, datetime]:
    """When the next reminder of each kind falls due: of papers (True), of what is to be mended (False); past ones left out."""
    found: dict[bool, datetime] = {}
    for stage in _stages(rules):
        moment = _moment(stage, now, rules)
        if moment > now and moment < found.get(stage.papers, moment + timedelta(seconds=1)):
            found[stage.papers] = moment
    return found


def _stages(rules: Rules) -> Iterator[Stage]:
    yield from (Stage(days) for days in rules.reminders.days_before)
    yield from (Stage(days, papers=True) for days in rules.reminders.paper_days_after)


def _moment(stage: Stage, now: datetime, rules: Rules) -> datetime:
    """The moment from which a stage is due, in the zone of `now`."""
    if stage.papers:
        day = add_working_days(rules.last_day, stage.days, rules.work_calendar)
    else:
        day = rules.last_day - timedelta(days=stage.days)
    return _midnight(day, now).replace(hour=rules.reminders.hour)


def _midnight(day: date, now: datetime) -> datetime:
    """The first moment of a day, in the zone of `now`."""
    return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo)


def reminder_key(unit: str, stage: Stage, rules: Rules) -> str:
    """The key under which a unit's reminder of a stage is queued once, whoever asks."""
    return f"reminder:{rules.id}:{unit}:{stage.word}"


def stage_word(key: str) -> str:
    """The stage of a reminder by its key, to be compared with `Stage.word`."""
    return key.rpartition(":")[2]
