"""Working days, against the State Council's announcements for 2021, 2022 and 2024."""

from datetime import date

import pytest

from bot.deciding.workdays import add_working_days, covers, is_working_day, latest_start, working_days


@pytest.mark.parametrize(
    ("first", "last", "china", "weekends"),
    [
        pytest.param(date(2021, 12, 15), date(2021, 12, 17), 3, 3, id="three days of an ordinary week"),
        pytest.param(date(2021, 12, 16), date(2021, 12, 20), 3, 3, id="over a weekend"),
        pytest.param(date(2021, 12, 17), date(2021, 12, 20), 2, 2, id="a start on Friday is one day too late"),
        pytest.param(date(2021, 12, 18), date(2021, 12, 19), 0, 0, id="a weekend"),
        pytest.param(date(2021, 9, 30), date(2021, 10, 8), 2, 7, id="National Day 2021 rests seven days"),
        pytest.param(date(2021, 10, 1), date(2021, 10, 9), 2, 6, id="Saturday 9 October is worked"),
        pytest.param(date(2021, 9, 25), date(2021, 9, 27), 2, 1, id="Sunday 26 September is worked"),
        pytest.param(date(2021, 9, 18), date(2021, 9, 21), 1, 2, id="Mid-Autumn: Saturday 18 worked, Monday and Tuesday rest"),
        pytest.param(date(2021, 12, 31), date(2022, 1, 4), 2, 3, id="New Year 2022 rests Monday 3 January"),
        pytest.param(date(2022, 1, 29), date(2022, 2, 7), 3, 6, id="Spring Festival 2022 with the weekend worked before it"),
        pytest.param(
            date(2024, 2, 9), date(2024, 2, 18), 2, 6, id="New Year's Eve 2024 is no public holiday, the Sunday after is worked"
        ),
        pytest.param(date(2021, 12, 20), date(2021, 12, 20), 1, 1, id="one day"),
        pytest.param(date(2021, 12, 20), date(2021, 12, 17), 0, 0, id="the end before the beginning"),
    ],
)
def test_working_days_between_two_days_both_included(first: date, last: date, china: int, weekends: int) -> None:
    assert working_days(first, last, "china") == china
    assert working_days(first, last, "weekends") == weekends


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2021, 12, 17), 0, date(2021, 12, 17)),
        (date(2021, 12, 18), 0, date(2021, 12, 20)),
        (date(2021, 12, 17), 1, date(2021, 12, 20)),
        (date(2021, 12, 18), 1, date(2021, 12, 20)),
        (date(2021, 9, 30), 1, date(2021, 10, 8)),
        (date(2021, 9, 30), 2, date(2021, 10, 9)),
        (date(2021, 9, 30), 3, date(2021, 10, 11)),
        (date(2022, 1, 4), -1, date(2021, 12, 31)),
        (date(2021, 10, 8), -1, date(2021, 9, 30)),
        (date(2021, 12, 31), 3, date(2022, 1, 6)),
    ],
)
def test_so_many_working_days_later_or_earlier(day: date, count: int, expected: date) -> None:
    assert add_working_days(day, count, "china") == expected


@pytest.mark.parametrize(
    ("last", "count", "expected"),
    [
        (date(2021, 12, 17), 3, date(2021, 12, 15)),
        (date(2021, 12, 19), 3, date(2021, 12, 15)),
        (date(2021, 12, 20), 3, date(2021, 12, 16)),
        (date(2021, 10, 8), 3, date(2021, 9, 29)),
        (date(2021, 12, 20), 1, date(2021, 12, 20)),
    ],
)
def test_the_latest_day_a_publicity_may_start(last: date, count: int, expected: date) -> None:
    assert latest_start(last, count, "china") == expected
    assert working_days(expected, last, "china") == count


def test_beyond_the_years_of_the_calendar_weekends_count_and_that_is_told() -> None:
    assert not covers("china", date(2026, 12, 30), date(2099, 1, 4))
    assert not covers("china", date(2003, 12, 31), date(2004, 1, 2))
    assert covers("china", date(2021, 12, 1), date(2021, 12, 31))
    assert covers("weekends", date(1900, 1, 1), date(2999, 1, 1))
    assert working_days(date(2099, 10, 1), date(2099, 10, 7), "china") == 5
    assert is_working_day(date(2099, 10, 1), "china")
    assert not is_working_day(date(2099, 10, 3), "china")
