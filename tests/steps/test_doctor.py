"""The doctor's rounds: one line a check, what rests on a failed one is skipped, a check that stumbles stops nobody."""

import pytest

from bot.steps.doctor import Ailing, Check, Diagnosis, State, examine, verdict


def fine() -> str:
    return "fine\n  enough"


def ill() -> str:
    raise Ailing("not well", "lie down")


def absent() -> str:
    raise Ailing("not there", state=State.ABSENT)


def weak() -> str:
    raise Ailing("weak", "eat", State.ATTENTION)


def stumbling() -> str:
    raise KeyError("key")


def test_each_check_is_one_line_with_what_to_do() -> None:
    checks = [Check("a", fine), Check("b", ill), Check("c", absent), Check("d", weak), Check("e", stumbling)]
    assert list(examine(checks)) == [
        Diagnosis("a", State.GOOD, "fine enough"),
        Diagnosis("b", State.BAD, "not well", "lie down"),
        Diagnosis("c", State.ABSENT, "not there"),
        Diagnosis("d", State.ATTENTION, "weak", "eat"),
        Diagnosis("e", State.BAD, "KeyError: 'key'", "report this to who maintains shouli"),
    ]


def test_what_rests_on_a_failed_check_is_skipped_and_so_is_what_rests_on_that_and_the_rest_goes_on() -> None:
    checks = [
        Check("a", ill),
        Check("b", fine, ("a",)),
        Check("c", fine, ("b",)),
        Check("d", fine),
        Check("e", fine, ("d",)),
        Check("f", weak),
        Check("g", absent),
        Check("h", fine, ("f", "g")),
    ]
    assert [(found.check, found.state, found.said) for found in examine(checks)] == [
        ("a", State.BAD, "not well"),
        ("b", State.SKIPPED, "rests on: a"),
        ("c", State.SKIPPED, "rests on: b"),
        ("d", State.GOOD, "fine enough"),
        ("e", State.GOOD, "fine enough"),
        ("f", State.ATTENTION, "weak"),
        ("g", State.ABSENT, "not there"),
        ("h", State.GOOD, "fine enough"),  # what works, if not well, can be rested on
    ]


@pytest.mark.parametrize(
    ("asked", "level"), [([fine], 0), ([fine, absent], 0), ([fine, weak], 1), ([weak, ill, fine], 2), ([stumbling], 2)]
)
def test_the_exit_code_is_that_of_the_worst(asked: list[object], level: int) -> None:
    checks = [Check(str(number), one) for number, one in enumerate(asked)]  # type: ignore[arg-type]  # they are functions
    assert verdict(list(examine(checks))) == level
