"""The calendar of reminders: what is to be mended before the last day, stamped papers after it."""

from dataclasses import replace
from datetime import datetime

import pytest

from bot.deciding.stages import Stage, next_stage, reminder_key, reminder_stage, stage_word, upcoming
from tests.letters.build import RULES, at

CHINA = replace(RULES, work_calendar="china")


def nine(day: int) -> datetime:
    """The very moment at which reminders fall due on a day."""
    return at(day, 9, 0).replace(second=0)


@pytest.mark.parametrize(
    ("moment", "word"),
    [
        (datetime(2021, 11, 30, 23, 59, tzinfo=at(1).tzinfo), None),
        (at(13, 8, 59), None),
        (at(13, 9, 0), "7d"),
        (at(13, 23, 59), "7d"),
        (at(14, 0, 0), None),
        (at(17, 8, 59), None),
        (at(17, 9, 0), "3d"),
        (at(19, 9, 0), "1d"),
        (at(20, 8, 59), None),
        (at(20, 9, 0), "0d"),
        (at(20, 23, 59), "0d"),
        (at(21, 0, 0), None),
        (at(22, 8, 59), None),
        (at(22, 9, 0), "papers-2d"),
        (at(22, 23, 59), "papers-2d"),
        (at(25, 9, 0), None),  # a Saturday: five working days are not over
        (at(27, 9, 0), "papers-5d"),
        (at(28, 9, 0), None),
    ],
)
def test_a_reminder_falls_due_at_its_hour_and_lasts_to_the_end_of_its_day(moment: datetime, word: str | None) -> None:
    stage = reminder_stage(moment, CHINA)
    assert (stage.word if stage else None) == word


def test_the_next_reminder_can_be_planned() -> None:
    assert next_stage(at(13, 8, 59), CHINA) == nine(13)
    assert next_stage(at(13, 9, 0), CHINA) == nine(17)
    assert next_stage(at(20, 9, 30), CHINA) == nine(22)
    assert next_stage(at(22, 9, 0), CHINA) == nine(27)
    assert next_stage(at(27, 9, 0), CHINA) is None


def test_the_office_is_told_the_next_of_each_kind() -> None:
    assert upcoming(at(18), CHINA) == {False: nine(19), True: nine(22)}
    assert upcoming(at(21), CHINA) == {True: nine(22)}


def test_a_campaign_that_asks_for_no_papers_reminds_of_none() -> None:
    plain = replace(RULES, reminders=replace(RULES.reminders, paper_days_after=()))
    assert reminder_stage(at(22, 9, 0), plain) is None
    assert next_stage(at(20, 9, 30), plain) is None


@pytest.mark.parametrize(("stage", "word"), [(Stage(7), "7d"), (Stage(2, papers=True), "papers-2d")])
def test_a_key_tells_its_stage(stage: Stage, word: str) -> None:
    key = reminder_key("410700", stage, RULES)
    assert key == f"reminder:drive-2021:410700:{word}"
    assert stage_word(key) == stage.word
