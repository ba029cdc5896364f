"""Choices that look random and are always the same: everything invented hangs on a key, never on a clock or a hash seed."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


def dice(*key: object) -> Random:
    """A generator that depends on the key alone; adding a scene to the play moves no other."""
    return Random("/".join(str(part) for part in key))  # noqa: S311 - inventing people, not keys


def pick(items: Sequence[Item], *key: object) -> Item:
    """One of the items, by key."""
    return dice(*key).choice(items)
