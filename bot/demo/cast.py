"""Who writes: the units of the play as they write themselves, each with an invented clerk, an address and a mail program."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.demo.banks import bank
from bot.demo.people import Person, person


@dataclass(frozen=True, slots=True)
class Writer:
    """A unit and its clerk. `unit` is its name in the roster; addresses lie under domains that exist nowhere (RFC 2606)."""

    unit: str
    written: str  # how it calls itself in forms and letters
    place: str  # how its own texts speak of it
    address: str
    program: str  # a mail program of `bot/demo/programs.py`
    clerk: Person
    medium: str = ""  # where a city publishes; empty for all others
    parts: tuple[str, ...] = ()  # counties and districts of a city, departments of others

    @property
    def city(self) -> bool:
        """Whether publicity is asked of it."""
        return bool(self.medium)

    def part(self, number: int) -> str:
        """The county, district or department behind the nomination with this number, from 0."""
        return self.parts[number % len(self.parts)]


@cache
def writer(key: str) -> Writer:
    """The writer under this key of `cast.toml`; KeyError when there is none."""
    row: Mapping[str, Any] = bank("cast")[key]
    return Writer(**{**row, "parts": tuple(row["parts"])}, clerk=person("clerk", row["unit"]))


def cast() -> tuple[Writer, ...]:
    """Everybody who writes for a unit that may nominate."""
    return tuple(writer(key) for key in bank("cast"))
