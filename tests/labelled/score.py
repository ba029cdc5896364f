"""Compares verdicts with labels: every disagreement by name, and the rates by which progress is seen."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.labelled.label import ANY, UNIT_OPEN, Case, Filed, Label

Verdict = dict[str, Any]
BY_FIELD = frozenset({"field-missing", "field-invalid"})
"""Findings whose field is part of the verdict; of the others the check alone counts."""
ANYWHERE = frozenset({"late", "sender-new", "over-quota"})
"""Findings that may stand at the mail or at its nominations."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing in which program and label differ."""

    case: str
    mail: int
    what: str
    expected: str
    got: str


@dataclass(slots=True)
class Tally:
    """What has been compared so far."""

    disagreements: list[Disagreement] = field(default_factory=list)
    right: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)  # findings in both
    missed: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)

    def add(self, case: Case, verdicts: Sequence[Verdict]) -> None:
        """Compare one case."""
        for number, (mail, verdict) in enumerate(zip(case.mails, verdicts, strict=True)):
            for what, expected, got in self._compare(mail.label, verdict):
                why = f" ({verdict['reason']})" if what in {"outcome", "nominations"} else ""
                self.disagreements.append(Disagreement(case.name, number, what, str(expected), f"{got}{why}"))

    def _compare(self, label: Label, verdict: Verdict) -> Iterator[tuple[str, object, object]]:
        unit = (verdict["unit"] or {}).get("id")
        yield from self._same("outcome", label.outcome, verdict["outcome"])
        yield from self._same("command", label.command, verdict["command"])
        yield from self._same("unit", label.unit, UNIT_OPEN if label.unit == UNIT_OPEN else unit)
        yield from self._same("nominations", len(label.filed), len(verdict["nominations"]))
        pairs = list(matched(label.filed, verdict["nominations"]))
        for expected, got in pairs:
            yield from self._nomination(expected, got)
        yield from self._findings("mail finding", label.findings - ANYWHERE, _own(verdict["findings"], label.findings))
        high, low = _anywhere(label, verdict)
        yield from self._findings("finding", high, low)
        roles = {file["file"]: file["role"] for file in verdict["files"]}
        for path, role in label.roles.items():
            yield from self._same("role", f"{role} {path}", f"{roles.get(path)} {path}")

    def _nomination(self, label: Filed, got: Verdict) -> Iterator[tuple[str, object, object]]:
        yield from self._same("category", label.category, got["category"])
        if label.nominee is not None:
            yield from self._same("nominee", folded(label.nominee), folded(got["nominee"]))
        yield from self._same("state", label.state, got["state"])
        if label.form != ANY:
            yield from self._same("form", label.form, got["form"])
        if label.material != ANY:
            yield from self._same("material", label.material, got["material"])
        if label.characters is not None:
            yield from self._same("characters", label.characters, got["characters"])
        if label.number is not None:
            yield from self._same("number", label.number, got["number"])
        for name, value in label.fields.items():
            yield from self._same("field", f"{name}={folded(value)}", f"{name}={folded(got['fields'].get(name, ''))}")
        low = {_key(finding) for finding in got["findings"]} - ANYWHERE
        yield from self._findings(f"finding of {label.nominee}", label.findings - ANYWHERE, low)

    def _same(self, what: str, expected: object, got: object) -> Iterator[tuple[str, object, object]]:
        self.seen[what] += 1
        if expected == got:
            self.right[what] += 1
        else:
            yield what, expected, got

    def _findings(self, what: str, expected: frozenset[str] | set[str], got: set[str]) -> Iterator[tuple[str, object, object]]:
        self.found.update(_check(key) for key in expected & got)
        self.missed.update(_check(key) for key in expected - got)
        self.invented.update(_check(key) for key in got - expected)
        if expected != got:
            yield what, sorted(expected), sorted(got)

    def lines(self) -> Iterator[str]:
        """The report: rates, precision and recall, then every disagreement."""
        for what in self.seen:
            yield f"{what:<12} {self.right[what]:>5} of {self.seen[what]:>5}  {self.right[what] / self.seen[what]:.4f}"
        yield f"{'finding':<24} {'both':>5} {'missed':>7} {'invented':>9}  precision  recall"
        for check in sorted(self.found | self.missed | self.invented):
            both, missed, invented = self.found[check], self.missed[check], self.invented[check]
            precision, recall = both / (both + invented or 1), both / (both + missed or 1)
            yield f"{check:<24} {both:>5} {missed:>7} {invented:>9}  {precision:>9.3f}  {recall:.3f}"
        for item in self.disagreements:
            yield f"- {item.case} [{item.mail}] {item.what}: expected {item.expected}, got {item.got}"


def matched(labels: Sequence[Filed], got: Sequence[Verdict]) -> Iterator[tuple[Filed, Verdict]]:
    """Labels with the nominations they speak of: by nominee and category, by nominee, then what is left in order."""
    left, open_labels = list(got), list(labels)
    for category in (True, False):
        for label in list(open_labels):
            found = next((item for item in left if _fits(label, item, category)), None)
            if found:
                yield label, found
                left.remove(found)
                open_labels.remove(label)
    yield from zip(open_labels, left, strict=False)


def _fits(label: Filed, got: Verdict, category: bool) -> bool:
    same = label.nominee is not None and folded(label.nominee) == folded(got["nominee"])
    return same and (not category or label.category == got["category"])


def folded(text: str | None) -> str:
    """Text without the spaces and widths in which writings of the same value differ."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


def _key(finding: Verdict) -> str:
    return f"{finding['check']}:{finding['field']}" if finding["check"] in BY_FIELD else str(finding["check"])


def _check(key: str) -> str:
    return re.split("[:@]", key)[0]


def _own(findings: Sequence[Verdict], labels: frozenset[str]) -> set[str]:
    """The mail's findings in the label's terms: the file is named where a label of the same check names one."""
    named = {_check(key) for key in labels if "@" in key}
    keys = {f"{f['check']}@{f['file']}" if f["check"] in named else str(f["check"]) for f in findings}
    return {key for key in keys if _check(key) not in ANYWHERE}


def _anywhere(label: Label, verdict: Verdict) -> tuple[set[str], set[str]]:
    expected = {key for key in label.findings if key in ANYWHERE}
    expected |= {key for filed in label.filed for key in filed.findings if key in ANYWHERE}
    everywhere = [*verdict["findings"], *(finding for item in verdict["nominations"] for finding in item["findings"])]
    return expected, {str(finding["check"]) for finding in everywhere if finding["check"] in ANYWHERE}
