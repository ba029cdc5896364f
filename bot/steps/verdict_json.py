"""One judged mail as the JSON object of the dry run; its keys are a contract with programs outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.campaign import NOT_ENTITLED, Rules
from bot.model import Decision, Filed, Filing, Finding, Outgoing, Reading, Role


@dataclass(frozen=True, slots=True)
class Judged:
    """A mail with what was read, decided and would be written."""

    path: str
    reading: Reading
    decision: Decision
    letters: tuple[Outgoing, ...]


def as_json(judged: Judged, rules: Rules) -> dict[str, Any]:
    """All keys present, None or [] where empty."""
    decision, files = judged.decision, {file.path for file in judged.reading.files}
    return {
        "path": judged.path,
        "message_id": judged.reading.headers.message_id or None,
        "outcome": decision.outcome.value,
        "reason": decision.reason,
        "command": decision.command.value if decision.command else None,
        "unit": _unit(decision, rules),
        "nominations": [_nomination(filed, files) for filed in _of_this_mail(decision)],
        "findings": [_finding(finding) for finding in decision.findings],
        "files": [
            {
                "file": file.path,
                "sha256": file.sha256,
                "bytes": file.size,
                "format": file.format.value,
                "role": decision.roles.get(file.path, Role.OTHER).value,
            }
            for file in judged.reading.files
            if not file.container
        ],
        "letters": [
            {"letter": letter.letter.value, "to": list(letter.recipients), "subject": letter.subject}
            for letter in judged.letters
        ],
    }


_OF_THE_MAIL = {Filing.FILED, Filing.COMPLETED, Filing.CORRECTED, Filing.REPEATED}


def _of_this_mail(decision: Decision) -> Sequence[Filed]:
    """What the mail filed, completed, corrected or sent again; a state that only moved is another mail's doing."""
    return [filed for filed in decision.filed if filed.filing in _OF_THE_MAIL]


def _unit(decision: Decision, rules: Rules) -> dict[str, str] | None:
    unit = next((unit for unit in rules.units if unit.id == decision.verdict.unit), None)
    if unit is None or decision.verdict.finding in {"unit-unknown", "unit-ambiguous"}:
        return None
    return {"id": unit.id, "name": unit.name, "kind": unit.kind if unit.kind in rules.kinds else NOT_ENTITLED}


def _nomination(filed: Filed, files: set[str]) -> dict[str, Any]:
    nomination = filed.nomination
    return {
        "number": nomination.number,
        "version": nomination.version,
        "category": nomination.category,
        "nominee": nomination.nominee,
        "unit": nomination.unit,
        "state": nomination.state.value,
        "form": nomination.form if nomination.form in files else None,
        "material": nomination.material if nomination.material in files else None,
        "characters": nomination.count.words if nomination.count else None,
        "fields": dict(nomination.fields),
        "findings": [_finding(finding) for finding in nomination.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "field": finding.field,
        "file": finding.file,
        "facts": dict(finding.facts),
    }
