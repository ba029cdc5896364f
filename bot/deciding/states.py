"""The state of a nomination: the first that applies of held, late, over quota, defective, accepted."""

from collections.abc import Iterable
from dataclasses import replace

from bot.model import Finding, Nomination, Severity, State


def state_of(nomination: Nomination) -> State:
    """From its findings alone; what a person let stand is neither held nor late nor over quota."""
    checks = {finding.check for finding in nomination.findings}
    if not nomination.admitted:
        if nomination.uncertain:
            return State.HELD
        if "late" in checks:
            return State.LATE
        if "over-quota" in checks:
            return State.OVER_QUOTA
    defects = any(f.severity is Severity.DEFECT and f.check != "over-quota" for f in nomination.findings)
    return State.DEFECTIVE if defects else State.ACCEPTED


def restated(nomination: Nomination, findings: Iterable[Finding]) -> Nomination:
    """The nomination with these findings, in the state they give it."""
    changed = replace(nomination, findings=tuple(findings))
    return replace(changed, state=state_of(changed))
