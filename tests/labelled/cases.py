"""All labelled cases, in one order."""

from functools import cache

from tests.labelled import (
    bad_files,
    bundles,
    clean,
    conditions,
    fields,
    formats,
    life,
    pair_documents,
    pairs,
    requests,
    sequences,
    units,
)
from tests.labelled.clerks import cases as clerks
from tests.labelled.converted import OFFICE
from tests.labelled.label import Case
from tests.labelled.stranger import cases as stranger

ROOMS = (
    clean,
    fields,
    conditions,
    units,
    requests,
    bad_files,
    bundles,
    formats,
    life,
    sequences,
    pairs,
    pair_documents,
    stranger,
    clerks,
)


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case this machine can make; made once, some of them take a while."""
    made = [case for room in ROOMS for case in room.cases()]
    names = [case.name for case in made]
    if len(set(names)) != len(names):
        raise ValueError("two cases have the same name")
    return tuple(case for case in made if not case.needs or OFFICE)
