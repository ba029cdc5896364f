"""The completeness card that follows a nomination everywhere: form, material, publicity, paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.campaign import Rules
from bot.model import Finding, Nomination, Severity


class Part(StrEnum):
    """What makes a nomination complete: the lines of its completeness card."""

    FORM = "form"  # 推荐表
    MATERIAL = "material"  # 典型材料
    PUBLICITY = "publicity"  # 公示
    PAPER = "paper"  # 盖章纸质件


class Mark(StrEnum):
    """How a part of a nomination stands."""

    IN = "in"  # there, nothing to mend
    OPEN = "open"  # there, something to mend
    MISSING = "missing"
    AWAITED = "awaited"  # still to come, or to be found among the files by a person
    NOT_ASKED = "not-asked"  # this unit need not show it


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of the completeness card. `count`: open findings, or the length of a material; `since`: when it came in."""

    part: Part
    mark: Mark
    count: int = 0
    since: datetime | None = None


def defects(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Those that the submitter must mend."""
    return tuple(finding for finding in findings if finding.severity is Severity.DEFECT)


OF_MATERIAL = frozenset({"material-too-long"})
"""Defects of the material; publicity's are told by their check, all others stand at the form."""


def card(nomination: Nomination, rules: Rules) -> tuple[CardLine, ...]:
    """The completeness card: form, material, publicity, paper."""
    open_findings = [finding for finding in defects(nomination.findings) if finding.check != "over-quota"]
    field = publicity_field(nomination, rules)
    publicity = [f for f in open_findings if f.check.startswith("publicity-") or (field and f.field == field)]
    material = [finding for finding in open_findings if finding.check in OF_MATERIAL]
    halves = ("form-missing", "material-missing")
    form = [f for f in open_findings if f not in publicity and f not in material and f.check not in halves]
    length = nomination.count.words if nomination.count else 0
    return (
        _half(Part.FORM, nomination, nomination.form, len(form)),
        _half(Part.MATERIAL, nomination, nomination.material, len(material), length),
        _publicity(nomination, asked=field is not None, findings=publicity),
        CardLine(Part.PAPER, Mark.IN if nomination.paper else Mark.AWAITED, since=nomination.paper),
    )


def _half(part: Part, nomination: Nomination, file: str | None, findings: int, length: int = 0) -> CardLine:
    if file is None:
        return CardLine(part, Mark.AWAITED if nomination.uncertain else Mark.MISSING)
    return CardLine(part, Mark.OPEN, findings) if findings else CardLine(part, Mark.IN, length)


def _publicity(nomination: Nomination, asked: bool, findings: Sequence[Finding]) -> CardLine:
    if any(finding.check in ("publicity-missing", "field-missing") for finding in findings):
        return CardLine(Part.PUBLICITY, Mark.MISSING)
    if findings:
        return CardLine(Part.PUBLICITY, Mark.OPEN, len(findings))
    if nomination.publicity_shown:
        return CardLine(Part.PUBLICITY, Mark.IN)
    # Without its form nobody has seen what the form says of publicity.
    return CardLine(Part.PUBLICITY, Mark.AWAITED if asked else Mark.NOT_ASKED)


def publicity_field(nomination: Nomination, rules: Rules) -> str | None:
    """The field in which this unit has to show publicity; None when the rules do not ask it of this unit and category."""
    kind = next((unit.kind for unit in rules.units if unit.id == nomination.unit), "")
    check = rules.publicity_check(nomination.category, kind)
    return check.field if check else None
