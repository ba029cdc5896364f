"""Turns parsed TOML into the frozen values of `bot/campaign.py`, noting every wrong key and type and going on."""

import dataclasses
import difflib
import types
import typing
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")


class _Wrong:
    """What stands for a value that could not be made; its problem has been noted."""


_WRONG = _Wrong()

_SINGULAR: Mapping[str, str] = {"categories": "category", "fields": "field", "kinds": "kind", "checks": "check"}
"""Lists of tables are written one table at a time, `[[category]]`, so their key in TOML is the singular."""

_PLAIN: Mapping[type, str] = {
    str: 'a text in quotation marks, like "…"',
    int: "a whole number without quotation marks",
    bool: "true or false",
    date: "a date without quotation marks, like 2021-12-20",
}
"""The plain types of rules, each with what a person must write for it."""


class Shaper:
    """Makes values of one file and collects the problems on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[str] = []

    def note(self, key: str, problem: str) -> None:
        """Remember a problem of the form “file: key: what is wrong and what to write instead”."""
        self.problems.append(f"{self.file}: {key}: {problem}" if key else f"{self.file}: {problem}")

    def make(self, cls: type[T], table: object, where: str = "") -> T | None:
        """A value of a dataclass from a TOML table, None if anything in it is wrong (then it has been noted)."""
        made = self._record(cls, table, where)
        return made if isinstance(made, cls) else None

    def _record(self, cls: type[Any], table: object, where: str) -> Any:
        if not isinstance(table, dict):
            self.note(where, "must be a table of keys")
            return _WRONG
        hints = typing.get_type_hints(cls)
        names = {spec.name: _written(spec.name, hints[spec.name]) for spec in dataclasses.fields(cls)}
        self._unknown_keys(table, names.values(), where)
        values: dict[str, Any] = {}
        for spec in dataclasses.fields(cls):
            name = names[spec.name]
            key = f"{where}.{name}" if where else name
            if name in table:
                values[spec.name] = self._value(hints[spec.name], table[name], key)
            elif spec.default is dataclasses.MISSING and spec.default_factory is dataclasses.MISSING:
                values[spec.name] = self._absent(hints[spec.name], key)
        return _WRONG if _WRONG in values.values() else cls(**values)

    def _unknown_keys(self, table: Mapping[str, object], known: Iterable[str], where: str) -> None:
        known = tuple(known)
        for name in table:
            if name not in known:
                self.note(f"{where}.{name}" if where else name, f"unknown key{like(name, known)}")

    def _absent(self, hint: Any, key: str) -> Any:
        """A key without default that is not there: None where None is a meaning, else a problem."""
        if type(None) in typing.get_args(hint):
            return None
        self.note(key, f"is missing: write {self._wanted(hint)}")
        return _WRONG

    def _value(self, hint: Any, raw: object, key: str) -> Any:
        origin = typing.get_origin(hint)
        if origin is tuple:
            return self._items(typing.get_args(hint)[0], raw, key)
        if origin in (types.UnionType, typing.Union):
            return self._value(next(h for h in typing.get_args(hint) if h is not type(None)), raw, key)
        if origin is not None and issubclass(origin, Mapping):
            return self._words(raw, key)
        if dataclasses.is_dataclass(hint):
            return self._record(typing.cast(type[Any], hint), raw, key)
        if issubclass(hint, StrEnum):
            return self._choice(hint, raw, key)
        return self._plain(hint, raw, key)

    def _items(self, hint: Any, raw: object, key: str) -> Any:
        if not isinstance(raw, list):
            self.note(key, "must be a list in square brackets")
            return _WRONG
        items = tuple(self._value(hint, item, f"{key}[{self._name(item, n)}]") for n, item in enumerate(raw, 1))
        return _WRONG if _WRONG in items else items

    def _words(self, raw: object, key: str) -> Any:
        if not isinstance(raw, dict) or not all(isinstance(value, str) for value in raw.values()):
            self.note(key, "must be a table whose values are texts in quotation marks")
            return _WRONG
        return dict(raw)

    def _choice(self, hint: type[StrEnum], raw: object, key: str) -> Any:
        known = [member.value for member in hint]
        if raw in known:
            return hint(raw)
        self.note(key, f"unknown {raw!r}{like(str(raw), known)}; known are {', '.join(known)}")
        return _WRONG

    def _plain(self, hint: type, raw: object, key: str) -> Any:
        # In Python a bool is an int and a datetime is a date; in rules neither may stand for the other.
        confused = (isinstance(raw, bool) and hint is not bool) or isinstance(raw, datetime)
        if not isinstance(raw, hint) or confused:
            self.note(key, f"must be {_PLAIN[hint]}")
            return _WRONG
        if isinstance(raw, str) and raw != raw.strip():
            self.note(key, "has white space at its ends: take it away")
            return _WRONG
        return raw

    def _wanted(self, hint: Any) -> str:
        if hint in _PLAIN:
            return _PLAIN[hint]
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return "one of " + ", ".join(member.value for member in hint)
        return "a list" if typing.get_origin(hint) is tuple else "a table"

    def _name(self, item: object, number: int) -> str:
        """How a list item is named in a problem: by its own id or name where it has one, else by its number."""
        if isinstance(item, dict):
            return str(item.get("id") or item.get("name") or number)
        return str(number)


def _written(name: str, hint: Any) -> str:
    """The key of a field as TOML writes it."""
    of_tables = typing.get_origin(hint) is tuple and dataclasses.is_dataclass(typing.get_args(hint)[0])
    return _SINGULAR[name] if of_tables else name


def like(name: str, known: Iterable[str]) -> str:
    """“ (do you mean 'x'?)” when a known word is close, else nothing."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f" (do you mean {close[0]!r}?)" if close else ""
