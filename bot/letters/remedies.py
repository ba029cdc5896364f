"""How defects are mended: by sending, by a word in reply, or by nobody here; one table."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from bot.model import Finding


class Remedy(StrEnum):
    """How a defect is mended: which of the closing sentences a letter needs."""

    RESEND = "resend"  # send files, or better ones
    NAME = "name"  # say which unit it is; the files are here
    CHOOSE = "choose"  # say which nominations stand
    THROUGH = "through"  # go through another unit; nothing can be mended here


REMEDIES: Mapping[str, Remedy] = {
    "unit-unknown": Remedy.NAME,
    "unit-ambiguous": Remedy.NAME,
    "unit-not-entitled": Remedy.THROUGH,
    "over-quota": Remedy.CHOOSE,
}
"""All other defects are mended by sending."""


def remedies(findings: Iterable[Finding]) -> frozenset[Remedy]:
    """How these defects are mended. What a unit must not file it need not send again either."""
    found = frozenset(REMEDIES.get(finding.check, Remedy.RESEND) for finding in findings)
    return frozenset({Remedy.THROUGH}) if Remedy.THROUGH in found else found
