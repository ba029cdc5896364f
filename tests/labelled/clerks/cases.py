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
    own_forms,
    publicity,
    quota,
    several_days,
    values,
    wrappings,
)
from tests.labelled.label import Case

ROOMS = (
    names,
    county,
    own_forms,
    wrappings,
    forwards,
    bundles,
    merged,
    corrections,
    several_days,
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
