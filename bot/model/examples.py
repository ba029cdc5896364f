"""A golden case: a mail that travels with the rules, and what must become of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.model.judgement import Command, Letter, Outcome
from bot.model.nomination import State


@dataclass(frozen=True, slots=True)
class ExpectedNomination:
    """What must be filed about one nominee. Findings are ids, with a field after a space where one is meant."""

    nominee: str
    category: str | None
    state: State
    findings: tuple[str, ...] = ()
    version: int = 1


@dataclass(frozen=True, slots=True)
class Example:
    """One golden case. `after` names cases whose mails came before it; without any the ledger is empty."""

    name: str
    mail: bytes
    outcome: Outcome
    about: str = ""
    at: datetime | None = None  # arrival; None: as the mail's own header tells it
    after: tuple[str, ...] = ()
    unit: str | None = None  # id or full name
    command: Command | None = None
    letter: Letter | None = None  # None: not compared
    findings: tuple[str, ...] = ()  # the mail's own
    nominations: tuple[ExpectedNomination, ...] = ()


@dataclass(frozen=True, slots=True)
class Examples:
    """The golden cases of a campaign; `unexplained` are mails without a file that says what must become of them."""

    cases: tuple[Example, ...]
    unexplained: Mapping[str, bytes]
    problems: tuple[str, ...]
