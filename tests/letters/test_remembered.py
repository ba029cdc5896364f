"""A sentence that was said before is said again only of the same values: never of those that are equal and read differently."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from bot.letters import remembered, render
from bot.letters.remembered import Remembered, known_by
from bot.letters.render import Wording
from bot.model import Finding, Outgoing
from tests.letters.build import found, wording
from tests.letters.scenes import SCENES

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2021, 12, 20, 12, 0, tzinfo=SHANGHAI)


class Mood(StrEnum):
    """A word."""

    GLAD = "glad"


@dataclass(frozen=True, slots=True)
class Mail:
    """What a sentence may be about; not to be hashed."""

    id: int
    facts: Mapping[str, str]


@dataclass
class Changing:
    """A value that may read differently tomorrow."""

    id: int


def saying(pattern: str) -> Wording:
    return Wording({}, {"letters": {"sentences": {"it": pattern}}})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (0, False),
        ("", None),
        ("glad", Mood.GLAD),
        ((1,), [1]),
        ((1, 1), (1, True)),
        (date(2021, 12, 20), datetime(2021, 12, 20)),  # noqa: DTZ001 - a moment without a zone
        (NOON, NOON.astimezone(UTC)),
        (NOON, NOON.astimezone(timezone(timedelta(hours=8)))),
        (NOON, NOON + timedelta(seconds=1)),
        (NOON, NOON.replace(fold=1)),
        (Mail(1, {}), Mail(1, {})),
    ],
)
def test_values_that_are_equal_and_may_read_differently_are_told_apart(one: object, other: object) -> None:
    known = known_by("it", {"x": one})
    assert known is not None
    assert known != known_by("it", {"x": other})
    assert known == known_by("it", {"x": one})


@pytest.mark.parametrize("value", [{}, {"a": 1}, {1}, 1.0, Changing(1), (1, Changing(1)), Markup("<b>"), b"1", object()])
def test_of_what_may_change_or_is_seldom_nothing_is_remembered(value: object) -> None:
    assert known_by("it", {"x": value}) is None


def test_which_value_is_which_counts() -> None:
    asked = [known_by(*one) for one in (("a", {"x": 1, "y": 2}), ("a", {"x": 2, "y": 1}), ("b", {"x": 1, "y": 2}))]
    assert len(set(asked)) == 3


def test_a_sentence_is_said_as_often_as_it_is_asked_for() -> None:
    words = saying("{{ x }}{% if x is sameas true %} yes{% endif %}")
    assert [words.sentence("it", x=x) for x in (1, True, 1, "1", None, True)] == ["1", "True yes", "1", "1", "None", "True yes"]


def test_a_moment_is_told_in_its_own_zone() -> None:
    words = saying("{{ x.hour }}")
    assert [words.sentence("it", x=x) for x in (NOON, NOON.astimezone(UTC), NOON)] == ["12", "4", "12"]


def test_a_list_is_what_is_in_it_when_the_sentence_is_asked_for() -> None:
    words, parts = saying("{{ x | join('、') }}"), ["甲"]
    assert words.sentence("it", x=parts) == "甲"
    parts.append("乙")
    assert words.sentence("it", x=parts) == "甲、乙"


def test_no_value_is_taken_for_one_that_is_gone() -> None:
    """Known by their identity, values must not give it to others."""
    words = saying("{{ x.id }}")
    for number in range(2 * remembered.MOST):
        assert words.sentence("it", x=Mail(number, {"a": "b"})) == str(number)
        if number % 500 == 0:
            gc.collect()


def test_nobody_remembers_for_ever() -> None:
    memory: Remembered[str] = Remembered()
    for number in range(remembered.MOST):
        memory.keep(number, str(number), None)
    assert memory.get(0) == "0"
    assert memory.keep("one more", "said", None) == memory.get("one more") == "said"
    assert memory.get(0) is None


def test_findings_that_are_equal_are_said_each_and_the_same() -> None:
    one = found("field-missing", "联系电话", "推荐表.docx")
    other: Finding = replace(one, field="姓名")
    words = wording()
    assert words.finding(one) == words.finding(replace(one)) == words.finding(one)
    assert "姓名" in words.finding(other).wrong + words.finding(other).title + words.finding(other).where
    assert words.finding(one) != words.finding(other)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_a_letter_reads_the_same_where_nothing_is_remembered(
    scene: Callable[[], Outgoing], monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = scene()
    monkeypatch.setattr(render, "known_by", lambda *_: None)
    assert scene() == letter
