"""A form and its stamped copy, a PDF or a scan: whether they are one form, and in which fields they disagree.

What OCR reads is mostly right, never surely: small slips are forgiven, and what is told goes to the office alone.
"""

import re
from collections.abc import Iterator, Mapping

from rapidfuzz import fuzz

from bot.campaign import FieldKind, FieldSpec, Rules
from bot.deciding.nominees import similar_names
from bot.deciding.parts import FormPart
from bot.model import SEVERITIES, Finding
from bot.text import folded, halfwidth, tidy

OF_STAMPED = frozenset({"versions-differ", "stamp-not-seen"})
"""Findings about a form and its stamped copy; they may come later than the others."""

OF_WORDS = frozenset(
    {"field-missing", "field-invalid", "publicity-missing", "publicity-too-short", "not-party-member", "not-in-service"}
)
"""Findings about what stands in a form; of a form that only OCR has read a person tells them."""

_SHARED = 3
"""Fields that both must have filled in before they are compared as wholes."""
_ALIKE = 75
"""Of 100: so much alike on average are the fields of one form and its scan."""
_SAME_LONG = 88
"""Of 100: a long text this alike is the same; a PDF breaks and loses some characters, a scan more."""
_SAME_WORDS = 85
"""Of 100: some words read from a scan that are this alike are the same."""
_SOME = 6
"""Characters from which a slip of the recogniser is forgiven; in fewer it may be another name."""
_TOLD = 200
"""Characters of a value that a finding carries."""
_SIGNED = frozenset({FieldKind.OPINION, FieldKind.OFFICE})
"""Fields that are filled in on paper after the form was printed."""
_NUMBERS = frozenset({FieldKind.DATE, FieldKind.MONTH, FieldKind.TELEPHONE, FieldKind.NUMBER})


def is_scan_of(scan: FormPart, form: FormPart, rules: Rules) -> bool:
    """Whether a scanned form is a copy of a written one, although a character of the name may have been misread."""
    if not scan.scanned or form.scanned or (scan.category and form.category and scan.category != form.category):
        return False
    if not similar_names(scan.who.name, form.who.name, rules):
        return False
    shared = [name for name in form.written if name in scan.written]
    ratios = [fuzz.ratio(folded(form.written[name]), folded(scan.written[name])) for name in shared]
    return len(shared) >= _SHARED and sum(ratios) / len(ratios) >= _ALIKE


def of_copy(form: FormPart, copy: FormPart, rules: Rules) -> Iterator[Finding]:
    """What a stamped copy shows beside its form: fields that say something else, and that no seal is to be seen."""
    specs = _specs(form, rules)
    yield from differences(form.written, copy.written, specs, copy.path, scanned=copy.scanned)
    yield from unsealed(copy)


def unsealed(copy: FormPart) -> Iterator[Finding]:
    """A scan of a form on which nobody sees a red seal; where nobody looked there is nothing to tell."""
    if copy.scanned and copy.sealed is False:
        yield Finding("stamp-not-seen", SEVERITIES["stamp-not-seen"], file=copy.path)


def differences(
    form: Mapping[str, str], copy: Mapping[str, str], specs: Mapping[str, FieldSpec], path: str, *, scanned: bool
) -> Iterator[Finding]:
    """Fields in which both say something and not the same; `path` is the copy's."""
    for name, value in form.items():
        spec, other = specs.get(name), copy.get(name, "")
        if spec is not None and spec.kind not in _SIGNED and other and not _same(value, other, spec.kind, scanned=scanned):
            facts = {"word": tidy(value)[:_TOLD], "scan": tidy(other)[:_TOLD]}
            yield Finding("versions-differ", SEVERITIES["versions-differ"], field=name, file=path, facts=facts)


def _specs(form: FormPart, rules: Rules) -> dict[str, FieldSpec]:
    categories = [form.category] if form.category else list(rules.categories)
    return {spec.name: spec for category in categories for spec in category.fields}


def _same(one: str, other: str, kind: FieldKind, *, scanned: bool) -> bool:
    a, b = folded(one), folded(other)
    if a == b:
        return True
    if kind in _NUMBERS:
        return _numbers(one) == _numbers(other)
    if kind is FieldKind.LONG_TEXT:
        return fuzz.ratio(a, b) >= _SAME_LONG
    if kind is FieldKind.PERSON:
        return False
    if a in b or b in a:  # words of a neighbouring cell on top, or a line that was lost
        return True
    # The recogniser takes one character for another; it seldom leaves one out or adds one, as people do.
    return scanned and len(a) == len(b) >= _SOME and fuzz.ratio(a, b) >= _SAME_WORDS


def _numbers(text: str) -> list[int]:
    return [int(run) for run in re.findall(r"\d+", halfwidth(text))] or [-1]
