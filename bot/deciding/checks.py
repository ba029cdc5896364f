"""The checks of the campaign on one nomination: required fields, kinds of fields, and the rows of `checks.toml`.

What a row's parameters mean, and the findings it names in this order:

| kind | parameters | findings |
|---|---|---|
| `word-limit` | `limit`: most 字数 | too long, near the limit |
| `publicity` | `field`; `limit`: fewest working days; `refused`: words that mean there was none | missing, too short, [no dates: `field-invalid`] |
| `accepted-values` | `field`; `values` accepted; `refused`: words that are refused though an accepted one stands beside | refused |
| `in-service` | `field` of the month of birth; `limit`: age in years that must not be reached at the deadline; `refused`: words of retirement; `values`: fields they are looked for in | not in service |
| `individual` | `field` of the name; `refused`: words of a team | not a person |
| `precedence` | `values`: words whose sentences are quoted | none |
"""  # noqa: E501 a table is read by its rows

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.campaign import Category, Check, CheckKind, FieldKind, FieldSpec, Rules
from bot.deciding.folding import folded_words
from bot.deciding.publicity import Shown, publicity
from bot.deciding.values import born, effective, is_empty, wanted_instead
from bot.model import SEVERITIES, Count, Facts, Finding, Form, Place
from bot.text import folded, tidy

_LONGEST_QUOTE = 200
"""Characters of a found value that go into facts and letters."""


@dataclass(frozen=True, slots=True)
class Case:
    """One nomination as it is checked; a half that did not come is None and is not checked."""

    form: Form | None
    form_path: str | None
    material_path: str | None
    material_text: str
    count: Count | None
    category: Category | None  # None: unknown; then only checks for all categories apply
    unit_kind: str | None
    rules: Rules
    arrived: date  # the day the mail came, campaign zone

    def written(self, name: str) -> str:
        """A field's value, of ticked options only the ticked; "" when nothing was written."""
        if self.form is None:
            return ""
        value = tidy(self.form.value(name))
        spec = self.category.field(name) if self.category else None
        if is_empty(value, spec or FieldSpec(name, FieldKind.TEXT), self.rules):
            return ""
        return effective(value)

    def place(self, name: str) -> Place | None:
        """Where the field stands in the form; None when the form lacks it."""
        if self.form is None:
            return None
        places = sorted((f for f in self.form.fields if f.name == name), key=lambda f: not f.value)
        return places[0].place if places else None


def check(case: Case) -> tuple[Finding, ...]:
    """All findings of a nomination that need no ledger, in the order of the form, each once."""
    found = [*_fields(case), *_rows(case)]
    unique: dict[tuple[str, str | None], Finding] = {}
    for finding in found:
        unique.setdefault((finding.check, finding.field), finding)
    return tuple(unique.values())


def _at_field(check: str, name: str, case: Case, facts: Facts) -> Finding:
    return Finding(check, SEVERITIES[check], name, case.form_path, case.place(name), facts)


def _quoted(value: str) -> str:
    return value if len(value) <= _LONGEST_QUOTE else value[: _LONGEST_QUOTE - 1] + "…"


# --- fields -----------------------------------------------------------------------------------------------------------


def _fields(case: Case) -> Iterator[Finding]:
    if case.form is None or case.category is None:
        return
    judged_elsewhere = {row.field for row in _applying(case) if row.kind in {CheckKind.ACCEPTED_VALUES, CheckKind.PUBLICITY}}
    for spec in case.category.fields:
        if spec.kind is FieldKind.OFFICE:
            continue
        if not case.written(spec.name):
            if spec.required:
                yield _at_field("field-missing", spec.name, case, _wanting(spec))
        elif spec.name not in judged_elsewhere:
            yield from _invalid(spec, case)


def _wanting(spec: FieldSpec) -> Facts:
    facts: dict[str, str | tuple[str, ...]] = {"wanted": spec.kind.value}
    if spec.choices:
        facts["choices"] = spec.choices
    return facts


def _invalid(spec: FieldSpec, case: Case) -> Iterator[Finding]:
    value = tidy(case.form.value(spec.name)) if case.form else ""
    wanted = wanted_instead(value, spec, case.rules, case.arrived)
    nothing = folded(value) in {"无", "暂无", "没有"} and not spec.required  # an answer where none is asked for
    if wanted and not nothing:
        facts: dict[str, str | tuple[str, ...]] = {"found": _quoted(value), "wanted": wanted}
        if spec.choices:
            facts["choices"] = spec.choices
        yield _at_field("field-invalid", spec.name, case, facts)


# --- rows -------------------------------------------------------------------------------------------------------------


def _applying(case: Case) -> tuple[Check, ...]:
    """The rows for this category and kind of unit."""
    category = case.category.id if case.category else None
    return tuple(
        row
        for row in case.rules.checks
        if (not row.categories or category in row.categories) and (not row.unit_kinds or case.unit_kind in row.unit_kinds)
    )


def _rows(case: Case) -> Iterator[Finding]:
    for row in _applying(case):
        yield from _KINDS[row.kind](row, case)


def _word_limit(row: Check, case: Case) -> Iterator[Finding]:
    """字数 decides; characters without spaces only warn."""
    if case.count is None:
        return
    too_long, near = row.findings[0], row.findings[1] if len(row.findings) > 1 else None
    words, characters = case.count.words, case.count.characters
    if words > row.limit:
        facts: Facts = {"count": words, "limit": row.limit, "over": words - row.limit}
        yield Finding(too_long, SEVERITIES[too_long], None, case.material_path, None, facts)
    elif near and characters > row.limit:
        facts = {"count": words, "characters": characters, "limit": row.limit}
        yield Finding(near, SEVERITIES[near], None, case.material_path, None, facts)


def _publicity(row: Check, case: Case) -> Iterator[Finding]:
    if case.form is None:
        return
    missing, short, undated = (*row.findings, "field-invalid")[:3]
    text = case.written(row.field)
    seen = publicity(text, case.arrived, case.rules.work_calendar, row.refused)
    match seen.shown:
        case Shown.NOTHING | Shown.DENIED:
            facts: dict[str, str | int | bool] = {"days": row.limit}
            if text:
                facts["found"] = _quoted(text)
            yield _at_field(missing, row.field, case, facts)
        case Shown.UNDATED:
            yield _at_field(undated, row.field, case, {"found": _quoted(text), "wanted": "publicity-dates"})
        case Shown.DATED if not seen.enough(row.limit, case.arrived) and seen.first and seen.last:
            facts = {
                "found": _quoted(text),
                "first": seen.first.isoformat(),
                "last": seen.last.isoformat(),
                "days": seen.days,
                "limit": row.limit,
                "over": seen.last < case.arrived,
                "arrived": case.arrived.isoformat(),
            }
            yield _at_field(short, row.field, case, facts)


def _accepted_values(row: Check, case: Case) -> Iterator[Finding]:
    """Accepted when an accepted word stands in it and no refused one; an empty field is told as missing only."""
    value = case.written(row.field)
    if not value:
        return
    text = folded(value)
    refused = any(word in text for word in folded_words(row.refused))
    if refused or not any(word in text for word in folded_words(row.values)):
        facts: Facts = {"found": _quoted(value), "wanted": row.values}
        yield _at_field(row.findings[0], row.field, case, facts)


_OF_RETIRED = re.compile(
    r"(?:离)?(?:退休|离休)(?:老?干部|人员|职工|教职工|教师|党员|军人|党)?"
    r"(?:工作|管理|服务|活动|党建|支部|人员|事务|审核|审批|待遇|养老|保险|保障|社会化|医疗|安置|就医|核定|发放)*(?:处|科|局|办|中心|办公室|部|党委|党工委|党总支|总支|党支部|支部|党小组|站|室|所|协会|大学)"
)
"""Offices that look after the retired: to work there is service."""


def _in_service(row: Check, case: Case) -> Iterator[Finding]:
    for name in row.values:
        value = _OF_RETIRED.sub("", case.written(name))
        if any(word in folded(value) for word in folded_words(row.refused)):
            facts: Facts = {"found": _quoted(case.written(name)), "reason": "retired"}
            yield _at_field(row.findings[0], name, case, facts)
            return
    birth = born(case.written(row.field))
    if birth is None or birth > case.arrived:
        return  # empty or impossible: told as that
    deadline = case.rules.last_day
    age = deadline.year - birth.year - ((deadline.month, deadline.day) < (birth.month, birth.day))
    if age >= row.limit:
        facts = {
            "found": _quoted(case.written(row.field)),
            "reason": "age",
            "age": age,
            "limit": row.limit,
            "deadline": deadline.isoformat(),
        }
        yield _at_field(row.findings[0], row.field, case, facts)


def _individual(row: Check, case: Case) -> Iterator[Finding]:
    """A name with a word of a team in it, or several names, is no person."""
    value = case.written(row.field)
    names = [name for name in re.split(r"[、,，;；/和及与]", value) if len(folded(name)) > 1]
    if value and (len(names) > 1 or any(word in folded(value) for word in folded_words(row.refused))):
        facts: Facts = {"found": _quoted(value), "wanted": "person"}
        yield _at_field(row.findings[0], row.field, case, facts)


def _nothing(_row: Check, _case: Case) -> Iterator[Finding]:
    """Precedence is quoted (`bot/deciding/precedence.py`), never found fault with."""
    return iter(())


_KINDS: Mapping[CheckKind, Callable[[Check, Case], Iterator[Finding]]] = {
    CheckKind.WORD_LIMIT: _word_limit,
    CheckKind.PUBLICITY: _publicity,
    CheckKind.ACCEPTED_VALUES: _accepted_values,
    CheckKind.IN_SERVICE: _in_service,
    CheckKind.INDIVIDUAL: _individual,
    CheckKind.PRECEDENCE: _nothing,
}
