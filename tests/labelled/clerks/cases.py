"""All that the clerks send."""

from collections.abc import Iterator
from dataclasses import replace

from tests.labelled.clerks import (
    bundles,
    clock,
    contradictions,
    corrections,
    county,
    forwards,
    length,
    machines,
    merged,
    names,
    publicity,
    quota,
    values,
)
from tests.labelled.label import Case

ROOMS = (
    names,
    county,
    forwards,
    bundles,
    merged,
    corrections,
    clock,
    quota,
    publicity,
    length,
    values,
    contradictions,
    machines,
)


def cases() -> Iterator[Case]:
    """Every case, its name marked as the clerks'."""
    for room in ROOMS:
        for each in room.cases():
            yield replace(each, name=f"clerks-{each.name}")
