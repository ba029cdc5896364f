"""The quota (notice, 二（一）): which live nominations of a unit and category stand, which are too many.

The oldest stand; late ones count after all others. None is dropped: those too many carry `over-quota` and name the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.campaign import Rules
from bot.deciding.states import restated
from bot.model import LIVE, SEVERITIES, Facts, Finding, Nomination


def settle(nominations: Iterable[Nomination], kind: str, rules: Rules) -> tuple[Nomination, ...]:
    """All the unit's nominations again, those of each category with or without `over-quota` as their order now asks.

    `kind` is the unit's. Nominations that are not live, and those without category, pass unchanged.
    """
    given = tuple(nominations)
    groups: defaultdict[str, list[Nomination]] = defaultdict(list)
    for nomination in given:
        if nomination.state in LIVE and nomination.category is not None:
            groups[nomination.category].append(nomination)
    settled = {n.number: n for group in groups.values() for n in _settled(group, rules.quota(kind))}
    return tuple(settled.get(nomination.number, nomination) for nomination in given)


def in_order(nominations: Iterable[Nomination]) -> list[Nomination]:
    """Live nominations as the quota counts them; of one moment the lower number, which stands for mail and file order."""
    return sorted(nominations, key=lambda n: (_late(n), n.received, len(n.number), n.number))


def _late(nomination: Nomination) -> bool:
    """Late and not let in; one of which a version in time stands keeps the place of that."""
    return (
        not nomination.admitted and not nomination.standing and any(finding.check == "late" for finding in nomination.findings)
    )


def _settled(group: Sequence[Nomination], quota: int) -> list[Nomination]:
    ordered = in_order(group)
    standing = ordered[:quota]
    settled: list[Nomination] = []
    for place, nomination in enumerate(ordered, 1):
        findings = [finding for finding in nomination.findings if finding.check != "over-quota"]
        if place > quota and not nomination.admitted:
            findings.append(_over(place, len(ordered), quota, standing))
        settled.append(restated(nomination, findings))
    return settled


def _over(place: int, live: int, quota: int, standing: Sequence[Nomination]) -> Finding:
    facts: Facts = {
        "quota": quota,
        "live": live,
        "place": place,
        "numbers": tuple(nomination.number for nomination in standing),
        "nominees": tuple(nomination.nominee for nomination in standing),
    }
    return Finding("over-quota", SEVERITIES["over-quota"], facts=facts)
