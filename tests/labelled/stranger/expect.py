"""What the stranger expects of a mail, written shortly and put into the form of all labels."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bot.adapters.rules import load_rules
from bot.campaign import NOT_ENTITLED, Unit
from tests.labelled.label import ANY, UNIT_OPEN, Case, Filed, Label, Mail

SOFT = frozenset(
    {"material-near-limit", "duplicate-nominee", "similar-material", "versions-differ", "stamp-not-seen", "sender-new"}
)
"""Findings that leave a nomination accepted."""


def n(category: str | None, nominee: str | None, *finds: str, **more: Any) -> Filed:
    """A nomination with its findings, `check` or `check:field`; its state follows from them."""
    checks = {find.partition(":")[0] for find in finds}
    state = next((state for state in ("late", "over-quota") if state in checks), "defective" if checks - SOFT else "accepted")
    return Filed(category, nominee, state, frozenset(finds), form=ANY, material=ANY, **more)


def case(
    name: str,
    content: bytes,
    outcome: str,
    unit: str | None = "*",
    noms: Sequence[Filed] = (),
    finds: frozenset[str] = frozenset(),
    command: str | None = None,
) -> Case:
    """One mail with its label. `unit` is a name of the roster, “~” before a part of its shortest, None for none, “*” for any."""
    return Case(name, (Mail(content, label(outcome, unit, noms, finds, command)),))


def label(
    outcome: str,
    unit: str | None = "*",
    noms: Sequence[Filed] = (),
    finds: frozenset[str] = frozenset(),
    command: str | None = None,
) -> Label:
    """The label by itself, for a mail of a sequence."""
    return Label(outcome, _id(unit), command, tuple(noms), finds)


def _id(unit: str | None) -> str | None:
    if unit is None:
        return None
    if unit == "*":
        return UNIT_OPEN
    part = unit.removeprefix("~")
    exact = [row.id for row in _roster() if row.name == part]
    within = [row for row in _roster() if unit != part and part in row.name and row.kind != NOT_ENTITLED]
    shortest = [row.id for row in sorted(within, key=lambda row: len(row.name))]
    if not exact and not shortest:
        raise ValueError(f"{unit} is no unit of the roster")
    return (exact or shortest)[0]


@cache
def _roster() -> tuple[Unit, ...]:
    return load_rules(Path(__file__).parents[3] / "rules" / "3x100-2021").units
