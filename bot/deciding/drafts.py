"""Nominations as one mail tells them: each pair of halves with its category, nominee, fields and findings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.campaign import Category, CheckKind, FieldKind, Rules
from bot.deciding.alike import LONGEST
from bot.deciding.category import category_of
from bot.deciding.checks import Case, check
from bot.deciding.pairing import Pair, nominee_of
from bot.deciding.precedence import precedence
from bot.deciding.publicity import Shown, publicity
from bot.deciding.stamped import OF_WORDS, of_copy, unsealed
from bot.model import SEVERITIES, Draft, Facts, Finding, Reading
from bot.text import tidy

_OF_PUBLICITY = frozenset({"publicity-missing", "publicity-too-short"})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What holds for every nomination of a mail."""

    reading: Reading
    rules: Rules
    arrived: date
    unit_kind: str | None
    proof: bool  # a file that proves the publicity came with it


def draft_of(pair: Pair, around: Circumstances) -> Draft:
    """One nomination of the mail with all findings that need no ledger."""
    rules, form, material = around.rules, pair.form, pair.material
    verdict = category_of(pair, around.reading, rules, nominee_of(pair, rules))
    category = rules.category(verdict.category) if verdict.category else None
    case = _case_of(pair, category, around)
    nominee = tidy(nominee_of(pair, rules, person=_is_person(category)))
    findings = [verdict.finding] if verdict.finding else []
    findings += _halves(pair, category, nominee, rules)
    findings += check(case)
    if form is not None and form.scanned:  # a person confirms what only OCR has read
        findings = [finding for finding in findings if finding.check not in OF_WORDS]
    findings += _of_stamped(pair, rules)
    return Draft(
        category=verdict.category,
        nominee=nominee,
        nominee_unit=tidy(case.written(category.nominee_unit)) if category and category.nominee_unit else "",
        form=case.form_path,
        material=case.material_path,
        fields={name: tidy(value) for name, value in form.written.items()} if form else {},
        count=case.count,
        findings=tuple(findings),
        publicity_shown=_publicity_shown(case, findings, around),
        uncertain=pair.uncertain or ((form.path,) if form is not None and form.scanned else ()),
        alternatives=pair.alternatives,
        opening=f"{material.title}\n{material.opening}" if material else "",
        form_digest=form.digest if form else "",
        material_digest=material.digest if material else "",
        precedence=precedence(case),
        material_text=material.text[:LONGEST] if material else "",
    )


def _case_of(pair: Pair, category: Category | None, around: Circumstances) -> Case:
    """What the checks look at."""
    form, material = pair.form, pair.material
    return Case(
        form=form.form if form else None,
        form_path=form.path if form else None,
        material_path=material.path if material else None,
        material_text=material.text if material else "",
        count=material.count if material else None,
        category=category,
        unit_kind=around.unit_kind,
        rules=around.rules,
        arrived=around.arrived,
    )


def _of_stamped(pair: Pair, rules: Rules) -> Iterator[Finding]:
    if pair.form is not None:
        yield from unsealed(pair.form)
        for copy in pair.copies:
            yield from of_copy(pair.form, copy, rules)


def _is_person(category: Category | None) -> bool:
    spec = category.field(category.nominee) if category else None
    return spec is not None and spec.kind is FieldKind.PERSON


def _halves(pair: Pair, category: Category | None, nominee: str, rules: Rules) -> Iterator[Finding]:
    """The half that did not come; nothing where a person has to choose it among several."""
    if pair.form is None and pair.material is not None:
        facts: dict[str, str | int] = {"nominee": nominee}
        if category:
            facts["form_title"] = category.form_title
        if pair.scan:
            facts["scan"] = pair.scan
        yield Finding("form-missing", SEVERITIES["form-missing"], file=pair.material.path, facts=facts)
    elif pair.material is None and pair.form is not None and not pair.uncertain:
        limit = next((row.limit for row in rules.checks if row.kind is CheckKind.WORD_LIMIT), 0)
        told: Facts = {"nominee": nominee, "limit": limit} if limit else {"nominee": nominee}
        yield Finding("material-missing", SEVERITIES["material-missing"], file=pair.form.path, facts=told)


def _publicity_shown(case: Case, findings: list[Finding], around: Circumstances) -> bool:
    """For the completeness card: publicity is told or proved, and nothing is wrong with it."""
    for row in around.rules.checks:
        if row.kind is not CheckKind.PUBLICITY:
            continue
        if any(finding.check in _OF_PUBLICITY or finding.field == row.field for finding in findings):
            return False
        seen = publicity(case.written(row.field), case.arrived, case.rules.work_calendar, row.refused)
        if seen.shown in {Shown.UNDATED, Shown.DATED} or (around.proof and seen.shown is Shown.NOTHING):
            return True
    return False
