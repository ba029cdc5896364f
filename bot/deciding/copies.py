"""Materials that are largely the same as another nomination's: for the office's eyes only."""

from collections.abc import Mapping

from bot.campaign import Rules
from bot.deciding.alike import most_alike
from bot.deciding.facts import OF_COMPARISON
from bot.deciding.states import restated
from bot.model import SEVERITIES, Draft, Facts, Finding, Nomination

SIMILAR = "similar-material"


def compared(one: Nomination, draft: Draft, kin: Mapping[str, str], rules: Rules) -> Nomination:
    """The nomination with what comparing its material found; where no material came, what was found before stands.

    `kin` are the materials it may be a copy of, by number. Earlier versions of the same nomination are no others.
    """
    if not draft.material_text or draft.material_digest != one.material_digest:
        return one
    findings = [finding for finding in one.findings if finding.check not in OF_COMPARISON]
    others = [(number, text) for number, text in kin.items() if number != one.number]
    if found := most_alike(draft.material_text, others, rules.commonplace):
        number, alike = found
        facts: Facts = {"number": number, "score": round(alike.score * 100), "passages": alike.passages}
        findings.append(Finding(SIMILAR, SEVERITIES[SIMILAR], file=one.material, facts=facts))
    return restated(one, findings)
