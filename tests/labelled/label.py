"""What must come of a mail, as the dry run would print it: the second opinion that the program is measured against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

CST = timezone(timedelta(hours=8))
"""China Standard Time."""

UNIT_OPEN = "?"
"""The unit of a mail about which the label says nothing (a body that is in no roster)."""

ANY = "*"
"""A path about which the label is silent."""


def at(day: int, hour: int = 10, minute: int = 0, *, month: int = 12, year: int = 2021, second: int = 0) -> datetime:
    """A moment of the campaign, Beijing time."""
    return datetime(year, month, day, hour, minute, second, tzinfo=CST)


@dataclass(frozen=True, slots=True)
class Filed:
    """A nomination that must be filed. `findings` are `check` or `check:field`; None means that the label is silent."""

    category: str | None
    nominee: str | None
    state: str = "accepted"
    findings: frozenset[str] = frozenset()
    form: str | None = None
    material: str | None = None
    characters: int | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """What must come of one mail. `findings` are the mail's own: `check` or `check@file`."""

    outcome: str
    unit: str | None = None
    command: str | None = None
    filed: tuple[Filed, ...] = ()
    findings: frozenset[str] = frozenset()
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mail:
    """A labelled mail."""

    content: bytes
    label: Label


@dataclass(frozen=True, slots=True)
class Case:
    """One or more mails with a name; several are judged together, in order, against one ledger."""

    name: str
    mails: tuple[Mail, ...]
    needs: str = ""  # a program of the machine without which the case cannot be made
