"""Nominees that stand on file already, from another unit or in another category: for the office's eyes only."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from bot.campaign import Category, FieldKind, Rules
from bot.deciding.nominees import same_name
from bot.model import LIVE, SEVERITIES, Facts, Finding, Nomination
from bot.text import folded

_TELLING = 6
"""Folded characters from which the name of a project or team alone tells it from others."""

_SAME_PLACE = 80
"""Of 100: two writings of one place of work."""


def double_of(nomination: Nomination, others: Iterable[Nomination], rules: Rules) -> Finding | None:
    """A finding that names every other live nomination of the same nominee; None when there is none."""
    twins = [one for one in others if _same(nomination, one, rules)]
    if not twins:
        return None
    units = {unit.id: unit.name for unit in rules.units}
    categories = {category.id: category.short for category in rules.categories}
    facts: Facts = {
        "numbers": tuple(one.number for one in twins),
        "nominees": tuple(one.nominee for one in twins),
        "units": tuple(units.get(one.unit, one.unit) for one in twins),
        "categories": tuple(categories.get(one.category or "", "") for one in twins),
    }
    return Finding("duplicate-nominee", SEVERITIES["duplicate-nominee"], facts=facts)


def _same(one: Nomination, other: Nomination, rules: Rules) -> bool:
    """The same name, and for a person or a name that many bear the same place as well: a name alone is not enough."""
    if other.number == one.number or other.state not in LIVE or not same_name(one.nominee, other.nominee, rules):
        return False
    if (one.unit, one.category) == (other.unit, other.category):
        return False
    if one.nominee_unit and other.nominee_unit:
        return _same_place(one.nominee_unit, other.nominee_unit)
    person = _is_person(one, rules) or _is_person(other, rules)
    return not person and len(folded(one.nominee)) >= _TELLING


def _same_place(one: str, other: str) -> bool:
    a, b = folded(one), folded(other)
    short, long = sorted((a, b), key=len)
    return (len(short) >= 3 and short in long) or fuzz.ratio(a, b) >= _SAME_PLACE


def _is_person(one: Nomination, rules: Rules) -> bool:
    category: Category | None = rules.category(one.category) if one.category else None
    spec = category.field(category.nominee) if category else None
    return spec is not None and spec.kind is FieldKind.PERSON
