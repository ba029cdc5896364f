"""All labelled cases, in one order."""

from tests.labelled import clean
from tests.labelled.converted import OFFICE
from tests.labelled.label import Case


def all_cases() -> list[Case]:
    """Every case this machine can make."""
    made = [*clean.cases()]
    names = [case.name for case in made]
    if len(set(names)) != len(names):
        raise ValueError("two cases have the same name")
    return [case for case in made if not case.needs or OFFICE]
