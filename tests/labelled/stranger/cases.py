"""All that the stranger sends."""

from collections.abc import Iterator
from dataclasses import replace

from tests.labelled.label import Case
from tests.labelled.stranger import categories, dressed, fields, letters, offices, outcomes, publicity, sequences, units, words

ROOMS = (units, letters, fields, publicity, categories, dressed, offices, words, outcomes, sequences)


def cases() -> Iterator[Case]:
    """Every case, its name marked as the stranger's."""
    for room in ROOMS:
        for each in room.cases():
            yield replace(each, name=f"stranger-{each.name}")
