"""Holds the parts of a campaign against each other: what one file names must be there in another, and names must be unique."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.adapters.rules_roster import Line
from bot.adapters.rules_shape import like
from bot.campaign import NOT_ENTITLED, Category, Check, CheckKind, FieldKind, Reminders, Unit, UnitKind
from bot.model import SEVERITIES
from bot.text import folded

Note = Callable[[str, str], None]
"""Takes key and problem."""

CALENDARS = ("weekends", "china")

MOST_DAYS_AFTER = 60
"""Working days after the last day on which papers may still be asked for."""

NEEDED: Mapping[CheckKind, tuple[str, ...]] = {
    CheckKind.WORD_LIMIT: ("limit",),
    CheckKind.PUBLICITY: ("field", "limit"),
    CheckKind.ACCEPTED_VALUES: ("field", "values"),
    CheckKind.IN_SERVICE: ("field", "limit"),
    CheckKind.INDIVIDUAL: (),
    CheckKind.PRECEDENCE: ("values",),
}
"""The parameters without which a check of a kind means nothing."""


def check_campaign(zone: str, calendar: str, dates: Sequence[tuple[str, object]], note: Note) -> None:
    """Zone, calendar and the order of the dates."""
    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError):  # ZoneInfoNotFoundError is a KeyError; a folder's name gives an OSError
        note("zone", f"unknown time zone {zone!r}: write an IANA name like Asia/Shanghai")
    if calendar not in CALENDARS:
        note("work_calendar", f"unknown {calendar!r}{like(calendar, CALENDARS)}; known are {', '.join(CALENDARS)}")
    for (earlier, first), (later, second) in pairwise(dates):
        if str(first) > str(second):  # ISO dates sort as texts
            note(later, f"{second} lies before {earlier} {first}")


def check_reminders(reminders: Reminders, note: Note) -> None:
    """Hours of a day and days that can be counted."""
    for key, value, top in (
        ("hour", reminders.hour, 23),
        ("digest_hour", reminders.digest_hour, 23),
        ("digest_minute", reminders.digest_minute, 59),
        ("last_days", reminders.last_days, 366),
        ("escalate_after", reminders.escalate_after, 99),
    ):
        if not 0 <= value <= top:
            note(f"reminders.{key}", f"is {value}: write a number from 0 to {top}")
    for days in reminders.days_before:
        if days < 0:
            note("reminders.days_before", f"holds {days}: write days before the last day, 0 for the last day itself")
    for days in reminders.paper_days_after:
        if not 1 <= days <= MOST_DAYS_AFTER:
            note("reminders.paper_days_after", f"holds {days}: write working days after the last day, 1 to {MOST_DAYS_AFTER}")


def check_kinds(kinds: Iterable[UnitKind], note: Note) -> None:
    """Unique ids, quotas that can be."""
    kinds = tuple(kinds)
    unique((kind.id for kind in kinds), "kind", note)
    unique((kind.name for kind in kinds), "kind", note)
    for kind in kinds:
        if kind.quota < 0:
            note(f"kind[{kind.id}].quota", f"is {kind.quota}: write 0 or more")
        if kind.id == NOT_ENTITLED and kind.quota:
            note(f"kind[{kind.id}].quota", f"is {kind.quota}: units that must go through another have 0")


def check_categories(categories: Sequence[Category], note: Note) -> None:
    """Unique ids and titles, and fields that the category really has."""
    unique((category.id for category in categories), "category", note)
    # A title written twice in one category is only a longer list; in two categories it would speak for both.
    titles = ({folded(title): title for title in category.titles}.values() for category in categories)
    unique((title for own in titles for title in own), "category.titles", note)
    for category in categories:
        _check_category(category, note)


def _check_category(category: Category, note: Note) -> None:
    key = f"category[{category.id}]"
    names = [spec.name for spec in category.fields]
    unique(names, f"{key}.field", note)
    # One label for two fields would put a value into either; said twice for one field it is only a longer list.
    labels = ({folded(word): word for word in (spec.name, *spec.synonyms)}.values() for spec in category.fields)
    unique((label for own in labels for label in own), f"{key}.field.synonyms", note)
    for part in ("nominee", "nominee_unit", "unit_field", "seal_field"):
        name = getattr(category, part)
        if name and name not in names:
            note(f"{key}.{part}", f"{name!r} is no field of this category{like(name, names)}")
    for spec in category.fields:
        if spec.kind is FieldKind.OFFICE and spec.required:
            note(f"{key}.field[{spec.name}].required", "the office's own field cannot be asked of submitters")
        if spec.choices and spec.kind is not FieldKind.CHOICE:
            note(f"{key}.field[{spec.name}].choices", f'belong to a field of kind "{FieldKind.CHOICE}"')


def check_checks(checks: Sequence[Check], categories: Sequence[Category], kinds: Iterable[str], note: Note) -> None:
    """Every finding, category, unit kind and field that a check names must be there."""
    kinds = tuple(kinds)
    for number, check in enumerate(checks, 1):
        key = f"check[{number}]"
        for finding in check.findings:
            if finding not in SEVERITIES:
                note(f"{key}.findings", f"unknown finding {finding!r}{like(finding, SEVERITIES)}")
        for kind in check.unit_kinds:
            if kind not in kinds:
                note(f"{key}.unit_kinds", f"unknown kind {kind!r}{like(kind, kinds)}")
        for parameter in NEEDED[check.kind]:
            if not getattr(check, parameter):
                note(f"{key}.{parameter}", f'is missing: a check of kind "{check.kind}" needs it')
        _check_scope(key, check, categories, note)


def _check_scope(key: str, check: Check, categories: Sequence[Category], note: Note) -> None:
    known = {category.id: category for category in categories}
    for id in check.categories:
        if id not in known:
            note(f"{key}.categories", f"unknown category {id!r}{like(id, known)}")
    for id in check.categories or known:
        if check.field and id in known and known[id].field(check.field) is None:
            names = [spec.name for spec in known[id].fields]
            note(f"{key}.field", f"{check.field!r} is no field of category {id!r}{like(check.field, names)}")


def roster(lines: Sequence[Line], kinds: Mapping[str, UnitKind], note: Note) -> tuple[Unit, ...]:
    """The units with their parents as ids; doubtful lines are noted: doubled ids and names, parents, residents."""
    _doubled(lines, note)
    by_id = {line.unit.id: line.unit for line in lines}
    by_name = {folded(line.unit.name): line.unit for line in lines}
    units = []
    for line in lines:
        parent = by_id.get(line.unit.parent or "") or by_name.get(folded(line.unit.parent or ""))
        _check_parent(line, parent, by_name, note)
        _check_population(line, kinds[line.unit.kind], note)
        units.append(_with_parent(line.unit, parent))
    _check_circles(units, {line.unit.id: line.number for line in lines}, note)
    return tuple(units)


def _doubled(lines: Sequence[Line], note: Note) -> None:
    """Two lines with one id, or with one name or alias as names are compared; an address that two units claim."""
    claims: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        claims["id", line.unit.id].append(line)
        for name in {folded(word): word for word in (line.unit.name, *line.unit.aliases)}.values():
            claims["name or alias", folded(name)].append(line)
            if len(folded(name)) < 2:
                note(f"line {line.number}", f"alias {name!r} is too short to be recognised: write at least two characters")
        for address in set(line.unit.addresses):
            claims["address", address].append(line)
    for (what, value), claimants in claims.items():
        if len(claimants) > 1:
            names = " and ".join(f"{line.unit.name} (line {line.number})" for line in claimants)
            note(f"line {claimants[-1].number}", f"{what} {value!r} belongs to {names}: keep it at one of them")


def _check_parent(line: Line, parent: Unit | None, by_name: Mapping[str, Unit], note: Note) -> None:
    unit, key = line.unit, f"line {line.number}"
    if unit.parent and parent is None:
        names = [known.name for known in by_name.values()]
        note(key, f"parent {unit.parent!r} of {unit.name} is not in the roster{like(unit.parent, names)}")
    elif unit.kind == NOT_ENTITLED and not unit.parent:
        note(key, f"{unit.name} is not entitled: write the unit it goes through into the column 上级单位 (parent)")


def _check_population(line: Line, kind: UnitKind, note: Note) -> None:
    residents, key = line.unit.population, f"line {line.number}"
    if residents is None:
        return
    if kind.population_from is not None and residents < kind.population_from:
        note(key, f"{line.unit.name} has {residents} residents; kind {kind.id} begins at {kind.population_from}")
    if kind.population_below is not None and residents >= kind.population_below:
        note(key, f"{line.unit.name} has {residents} residents; kind {kind.id} ends below {kind.population_below}")


def _with_parent(unit: Unit, parent: Unit | None) -> Unit:
    """The unit with its parent's id instead of whatever its cell named it by."""
    return Unit(
        id=unit.id,
        name=unit.name,
        kind=unit.kind,
        aliases=unit.aliases,
        parent=parent.id if parent else None,
        addresses=unit.addresses,
        population=unit.population,
        contact=unit.contact,
        telephone=unit.telephone,
    )


def _check_circles(units: Sequence[Unit], numbers: Mapping[str, int], note: Note) -> None:
    """Going up from any unit must end at one that may nominate."""
    by_id = {unit.id: unit for unit in units}
    for unit in units:
        seen, at = {unit.id}, unit
        while at.kind == NOT_ENTITLED and at.parent in by_id and at.parent not in seen:
            at = by_id[at.parent]
            seen.add(at.id)
        if at.kind == NOT_ENTITLED and at.parent in seen:
            note(f"line {numbers[unit.id]}", f"{unit.name} goes through itself: no unit above it may nominate")


def unique(names: Iterable[str], key: str, note: Note) -> None:
    """Two equal names (as names are compared) under one key are noted."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(folded(name), name)
        if other is not name:
            note(key, f"{name!r} stands there twice")
