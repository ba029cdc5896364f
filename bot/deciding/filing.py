"""Files the drafts of one submission under its unit: numbers, versions, lateness, doubles, and the quota settled anew."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.campaign import Rules, Unit
from bot.deciding.copies import compared
from bot.deciding.doubles import double_of
from bot.deciding.facts import OF_LEDGER
from bot.deciding.quota import settle
from bot.deciding.states import restated
from bot.deciding.versions import Arrival, match, renewed, settled_by_choice
from bot.model import LIVE, SEVERITIES, Draft, Filed, Filing, Finding, History, Nomination, State, Submission


def file_all(
    submission: Submission, unit: Unit, history: History, rules: Rules, received: datetime, mail: int
) -> tuple[Filed, ...]:
    """Every nomination the mail touches, in the order of its files, then those whose state moved because of them."""
    filed: dict[str, Filed] = {}
    kin = {one.number: one.text for one in history.kin}
    next_number = history.next_number
    for order, draft in enumerate(submission.drafts):
        arrival = Arrival(received, mail, order)
        known = match(draft, submission, history, rules, filed.keys())
        if known is None:
            one = _new(draft, unit, arrival, f"{next_number:04d}")
            entry = Filed(one, Filing.FILED)
            next_number += 1
        else:
            entry = _of_known(known, draft, arrival, in_time_until(rules, history, known.number))
        if entry.filing is not Filing.REPEATED:
            own = in_time_until(rules, history, entry.nomination.number)
            one = _judged(entry.nomination, history, filed, own)
            entry = replace(entry, nomination=compared(one, draft, kin, rules))
        filed[entry.nomination.number] = entry
        if entry.nomination.material_digest == draft.material_digest:
            kin[entry.nomination.number] = draft.material_text
    return settled(filed, unit, history, rules)


def in_time_until(rules: Rules, history: History, number: str) -> Rules:
    """The rules with the last day that the office has given one nomination, where that is later."""
    day = history.longer.get(number, rules.last_day)
    return replace(rules, last_day=day) if day > rules.last_day else rules


def _of_known(known: Nomination, draft: Draft, arrival: Arrival, rules: Rules) -> Filed:
    entry = settled_by_choice(known, draft, arrival) if draft.number else renewed(known, draft, arrival)
    if rules.late_by(arrival.received) >= timedelta(0):
        return kept_apart(known, entry, arrival.mail)
    if known.standing and entry.filing is not Filing.REPEATED:
        return replace(entry, nomination=replace(entry.nomination, standing=0))
    return entry


def _new(draft: Draft, unit: Unit, arrival: Arrival, number: str) -> Nomination:
    return Nomination(
        number=number,
        version=1,
        unit=unit.id,
        category=draft.category,
        nominee=draft.nominee,
        nominee_unit=draft.nominee_unit,
        state=State.ACCEPTED,  # until its findings have been looked at
        received=arrival.received,
        updated=arrival.received,
        mail=arrival.mail,
        form=draft.form,
        material=draft.material,
        fields=draft.fields,
        count=draft.count,
        findings=draft.findings,
        form_mail=arrival.mail if draft.form else None,
        material_mail=arrival.mail if draft.material else None,
        form_at=arrival.received if draft.form else None,
        material_at=arrival.received if draft.material else None,
        publicity_shown=draft.publicity_shown,
        order=arrival.order,
        form_digest=draft.form_digest,
        material_digest=draft.material_digest,
        precedence=draft.precedence,
        uncertain=draft.uncertain,
        alternatives=draft.alternatives,
    )


def _judged(one: Nomination, history: History, filed: dict[str, Filed], rules: Rules) -> Nomination:
    """With lateness and doubles told anew; the quota comes last, over all of them."""
    findings = [finding for finding in one.findings if finding.check not in OF_LEDGER]
    findings += lateness(rules, one.updated, one.standing)
    own = {other.number: other for other in history.nominations} | {n: entry.nomination for n, entry in filed.items()}
    if double := double_of(one, (*own.values(), *history.namesakes), rules):
        findings.append(double)
    return restated(one, findings)


def kept_apart(known: Nomination, entry: Filed, mail: int) -> Filed:
    """What comes after the deadline does not push aside what came before it: that stands until the office decides.

    The late one is a version of its own, a completed half too, so that the one before can be had again. What a person let
    stand was the version before, not this one.
    """
    if entry.filing is Filing.REPEATED or known.state is State.WITHDRAWN:
        return entry
    late = any(finding.check == "late" for finding in known.findings) and not known.admitted
    standing = known.standing if late else known.version
    if not standing:
        return entry
    apart = replace(entry.nomination, version=known.version + 1, mail=mail, standing=standing, admitted=False)
    return replace(entry, nomination=apart)


def lateness(rules: Rules, received: datetime, standing: int = 0) -> Iterator[Finding]:
    """By how much the mail missed the deadline, whole minutes; at midnight the next day has begun."""
    late = rules.late_by(received)
    if late < timedelta(0):
        return
    minutes = int(late.total_seconds() // 60)
    facts: dict[str, str | int] = {
        "days": minutes // 1440,
        "hours": minutes // 60 % 24,
        "minutes": minutes % 60,
        "deadline": rules.last_day.isoformat(),
        "received": received.isoformat(),
    }
    if standing:
        facts["standing"] = standing
    yield Finding("late", SEVERITIES["late"], facts=facts)


def settled(filed: dict[str, Filed], unit: Unit, history: History, rules: Rules) -> tuple[Filed, ...]:
    """What was touched, in the state the quota leaves it, and then the unit's others whose state moved."""
    before = {one.number: one for one in history.nominations if one.state in LIVE}
    now = before | {number: entry.nomination for number, entry in filed.items()}
    after = {one.number: one for one in settle(now.values(), unit.kind, rules)}
    touched = [replace(entry, nomination=after[number]) for number, entry in filed.items()]
    moved = [
        Filed(after[number], Filing.RESTATED) for number, one in before.items() if number not in filed and after[number] != one
    ]
    return (*touched, *moved)
