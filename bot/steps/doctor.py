"""Doctor: checks in order, each told in one line with what to do; what rests on a failed one is skipped and says so."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

log = logging.getLogger("shouli.doctor")


class State(StrEnum):
    """How a check came out."""

    GOOD = "good"
    ABSENT = "absent"  # something that helps and need not be there is not there
    ATTENTION = "attention"  # it works, but somebody should look
    BAD = "bad"  # it does not work
    SKIPPED = "skipped"  # not asked: it rests on something that failed, or was not wanted


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The line about one check. `remedy`: what to do; empty where nothing is to be done."""

    check: str
    state: State
    said: str
    remedy: str = ""


class Ailing(Exception):  # noqa: N818 - what a check finds, not an error of this program
    """What a check found that is not good, and what to do about it."""

    def __init__(self, said: str, remedy: str = "", state: State = State.BAD) -> None:
        super().__init__(said)
        self.said = said
        self.remedy = remedy
        self.state = state


@dataclass(frozen=True, slots=True)
class Check:
    """One check: `ask` gives the words for “good” or raises `Ailing`. `needs` names checks that must not have failed."""

    name: str
    ask: Callable[[], str]
    needs: tuple[str, ...] = ()


def examine(checks: Iterable[Check]) -> Iterator[Diagnosis]:
    """Check after check, each told as soon as it is known. A check that stumbles is bad, and the others go on."""
    failed: set[str] = set()
    for check in checks:
        if missing := [name for name in check.needs if name in failed]:
            failed.add(check.name)
            yield Diagnosis(check.name, State.SKIPPED, f"rests on: {', '.join(missing)}")
            continue
        diagnosis = _asked(check)
        if diagnosis.state in (State.BAD, State.SKIPPED):
            failed.add(check.name)
        yield diagnosis


def _asked(check: Check) -> Diagnosis:
    try:
        return Diagnosis(check.name, State.GOOD, _line(check.ask()))
    except Ailing as found:
        return Diagnosis(check.name, found.state, _line(found.said), found.remedy)
    except Exception as error:
        log.debug("check %s", check.name, exc_info=True)
        told = _line(f"{type(error).__name__}: {error}")
        return Diagnosis(check.name, State.BAD, told, "report this to who maintains shouli")


def verdict(found: Iterable[Diagnosis]) -> int:
    """The exit code: 0 all that must be good is, 1 somebody should look, 2 something does not work."""
    states = {diagnosis.state for diagnosis in found}
    return 2 if State.BAD in states else 1 if State.ATTENTION in states else 0


def _line(text: str) -> str:
    return " ".join(text.split())
