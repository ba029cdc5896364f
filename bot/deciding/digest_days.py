"""When the office's digest is due: on working days by the campaign's calendar, and on every one of the last days."""

from datetime import date, datetime, timedelta

from bot.campaign import Rules
from bot.deciding.workdays import is_working_day


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
