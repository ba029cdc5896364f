"""What summary tables miss, as a letter tells it: all nominees of one table together, both halves in one sentence."""

from collections.abc import Sequence
from dataclasses import replace

from bot.model import Finding


def missing_together(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings with those about listed nominees made one for each table, at the place of the first."""
    told: list[Finding] = []
    seen: set[str | None] = set()
    for finding in findings:
        if not finding.facts.get("listed"):
            told.append(finding)
        elif finding.file not in seen:
            seen.add(finding.file)
            told.append(_of_table(finding, findings))
    return tuple(told)


def _of_table(first: Finding, findings: Sequence[Finding]) -> Finding:
    of_table = (finding for finding in findings if finding.facts.get("listed") and finding.file == first.file)
    names = tuple(dict.fromkeys(str(finding.facts.get("nominee", "")) for finding in of_table))
    return replace(first, check="form-missing", facts={"names": names})
