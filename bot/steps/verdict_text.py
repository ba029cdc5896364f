"""One judged mail as a person at a terminal reads it: what was decided, and why."""

from collections.abc import Iterator

from bot.campaign import Rules
from bot.model import Filed, Finding, Role
from bot.steps.verdict_json import Judged


def as_text(judged: Judged, rules: Rules) -> str:
    """Several lines, the decision first, then its reasons."""
    return "\n".join(_lines(judged, rules)) + "\n"


def _lines(judged: Judged, rules: Rules) -> Iterator[str]:
    decision = judged.decision
    yield f"{judged.path}: {decision.outcome} - {decision.reason}"
    names = {unit.id: unit.name for unit in rules.units}
    if decision.verdict.unit:
        yield f"  unit      {names.get(decision.verdict.unit, '?')} ({decision.verdict.unit})"
    for evidence in decision.verdict.evidence:
        yield f"  evidence  {evidence.weight} {evidence.source}: {evidence.found} -> {names.get(evidence.unit, evidence.unit)}"
    for file in judged.reading.files:
        if not file.container:
            yield f"  file      {file.path}: {decision.roles.get(file.path, Role.OTHER)}, {file.format}, {file.size} bytes"
    yield from (f"  finding   {_finding(finding)}" for finding in decision.findings)
    for filed in decision.filed:
        yield from _nomination(filed)
    for letter in judged.letters:
        yield f"  letter    {letter.letter} to {', '.join(letter.recipients)}: {letter.subject}"


def _nomination(filed: Filed) -> Iterator[str]:
    nomination = filed.nomination
    yield (
        f"  {filed.filing:<9} {nomination.number} v{nomination.version} {nomination.category or 'no category'}: "
        f"{nomination.nominee or '(no name)'} - {nomination.state}"
    )
    for change in filed.changes:
        yield f"            {change.field}: {change.before!r} -> {change.after!r}"
    yield from (f"            {_finding(finding)}" for finding in nomination.findings)


def _finding(finding: Finding) -> str:
    where = " ".join(part for part in (finding.field, finding.file) if part)
    facts = ", ".join(f"{key}={value}" for key, value in finding.facts.items())
    return f"{finding.check} ({finding.severity})" + (f" at {where}" if where else "") + (f": {facts}" if facts else "")
