"""A scene of the play: one mail, when it arrives, and what must become of it by the rules of the campaign."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from datetime import time as clock
from zoneinfo import ZoneInfo

from bot.demo.programs import Arrived
from bot.model import Command, Outcome, State

ZONE = ZoneInfo("Asia/Shanghai")
MAILBOX = "sjhdz2021@126.com"
_NUMBER = re.compile(r"(?<![\d-])0\d{3}(?![\d-])")


class NoLetterError(Exception):
    """A writer wants to answer a letter that has not come."""


def on(day: int, time: str) -> datetime:
    """A moment of December 2021, local time."""
    return datetime.combine(date(2021, 12, day), clock.fromisoformat(time), ZONE)


@dataclass(frozen=True, slots=True)
class Post:
    """The letters that have gone out so far, oldest first."""

    letters: Sequence[Arrived] = ()

    def last(self, address: str) -> Arrived:
        """The newest letter to this address; NoLetterError when there is none."""
        for letter in reversed(self.letters):
            if address in letter.recipients:
                return letter
        msg = f"no letter to {address} yet"
        raise NoLetterError(msg)

    def number(self, address: str, nominee: str) -> str:
        """The number of a nomination as a letter to this address tells it, in the lines about the nominee."""
        for letter in reversed(self.letters):
            lines = letter.text.splitlines() if address in letter.recipients else []
            for at, line in enumerate(lines):
                if nominee in line and (found := _NUMBER.search(" ".join((line, *lines[max(0, at - 2) : at + 3])))):
                    return found[0]
        msg = f"no letter to {address} tells the number of {nominee}"
        raise NoLetterError(msg)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What must be filed of one nominee by one mail. Findings are ids, with a field after a space where one is meant."""

    nominee: str
    category: str | None  # None: whatever it is
    state: State = State.ACCEPTED
    findings: tuple[str, ...] = ()
    version: int | None = 1  # None: whatever it is


@dataclass(frozen=True, slots=True)
class Expected:
    """What must become of a mail."""

    outcome: Outcome
    unit: str | None = None  # by its name in the roster; None: not compared
    command: Command | None = None
    findings: tuple[str, ...] = ()  # the mail's own
    filed: tuple[Wanted, ...] = ()
    moved: Mapping[str, State] = field(default_factory=dict)  # other nominations whose state this mail changes, by nominee


@dataclass(frozen=True, slots=True)
class Scene:
    """One mail. `write` gives its bytes when its time has come: a reply needs the letter it answers."""

    key: str  # unique; makes the Message-ID
    at: datetime
    write: Callable[[Post], bytes]
    expected: Expected
