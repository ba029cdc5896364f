"""What was said with the same values is not worked out again: text and HTML of a letter say the same sentences."""

from collections.abc import Hashable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, Generic, TypeVar

T = TypeVar("T")

MOST = 1024
"""Sayings kept; then all are forgotten. A letter about a city's thirty nominations has some three hundred."""

_PLAIN = frozenset({str, int, bool, NoneType, date})


class Remembered(Generic[T]):
    """Sayings by what they were made of. A saying must depend on nothing else."""

    def __init__(self) -> None:
        self._sayings: dict[Hashable, tuple[T, object]] = {}

    def get(self, known: Hashable) -> T | None:
        """What was said of it; None when nothing was, or nobody remembers."""
        found = self._sayings.get(known)
        return None if found is None else found[0]

    def keep(self, known: Hashable, saying: T, values: object) -> T:
        """Remember a saying. The values are held with it: those known by identity must not give theirs to another."""
        if len(self._sayings) >= MOST:
            self._sayings.clear()
        self._sayings[known] = saying, values
        return saying


def known_by(key: str, values: Mapping[str, object]) -> Hashable | None:
    """What tells these values from all others that would say something else; None when that cannot be told."""
    try:
        return (key, *((name, _identity(value)) for name, value in values.items()))
    except _UntellableError:
        return None


class _UntellableError(Exception):
    """A value that may change, or is equal to one that reads differently."""


def _identity(value: object) -> Hashable:
    """Type and value: 1 and True are equal and read differently. Frozen values of ours are known by being the same one."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return kind, value
    if isinstance(value, datetime):
        return kind, value, value.tzinfo, value.fold  # one moment reads differently in two zones
    if isinstance(value, tuple | list):
        return kind, *map(_identity, value)
    if isinstance(value, Enum):
        return kind, value.name
    if _is_frozen(kind):
        return kind, id(value)
    raise _UntellableError


@cache
def _is_frozen(kind: Any) -> bool:
    parameters = getattr(kind, "__dataclass_params__", None)
    return parameters is not None and bool(parameters.frozen)
