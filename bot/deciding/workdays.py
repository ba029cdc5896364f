"""Working days: by the Chinese work calendar with its shifted days (调休), or by weekends alone where a campaign says so.

The Chinese calendar is announced a year at a time, so the package knows only some years. Outside them weekends count, and
`covers` tells that a count rests on weekends only, for the digest to say.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar
from chinese_calendar.constants import holidays

CHINA = "china"

_FIRST_YEAR, _LAST_YEAR = min(holidays).year, max(holidays).year
_DAY = timedelta(days=1)


def covers(calendar: str, first: date, last: date) -> bool:
    """Whether the calendar knows every year from `first` to `last`; weekends are known for ever."""
    return calendar != CHINA or (first.year >= _FIRST_YEAR and last.year <= _LAST_YEAR)


def is_working_day(day: date, calendar: str) -> bool:
    """Whether people work on this day: shifted weekends count in, public holidays out."""
    if calendar == CHINA and covers(calendar, day, day):
        return _is_working_day_in_china(day)
    return day.weekday() < 5


@lru_cache(maxsize=1024)
def _is_working_day_in_china(day: date) -> bool:
    """Remembered: the package goes through all its years whenever it is asked."""
    return bool(chinese_calendar.is_workday(day))


def working_days(first: date, last: date, calendar: str) -> int:
    """How many working days lie from `first` to `last`, both included; 0 when `last` is before `first`.

    A notice of “at least 3 working days” is met when this is 3 or more.
    """
    return sum(is_working_day(day, calendar) for day in days(first, last))


def add_working_days(day: date, count: int, calendar: str) -> date:
    """The day that is `count` working days after `day` (before it, when negative); `day` itself is not counted.

    With 0 it is `day`, or the next working day when nobody works then.
    """
    step = _DAY if count >= 0 else -_DAY
    left = abs(count)
    while left or not is_working_day(day, calendar):
        day += step
        left -= left > 0 and is_working_day(day, calendar)
    return day


def latest_start(last: date, count: int, calendar: str) -> date:
    """The latest first day from which `count` working days end on or before `last`; `count` is 1 or more."""
    day, left = last, count
    while True:
        left -= is_working_day(day, calendar)
        if left <= 0:
            return day
        day -= _DAY


def days(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    return (first + n * _DAY for n in range((last - first).days + 1))
