"""Makes a submission of a reading: what the mail wants, from which unit, which nominations it brings; no ledger is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.choices import refuted
from bot.deciding.drafts import Circumstances, draft_of
from bot.deciding.due import answer_address
from bot.deciding.intent import Brings, Intent, intent_of
from bot.deciding.listing import listed
from bot.deciding.mail_findings import of_attachments, of_nothing, of_scans, of_unit
from bot.deciding.numbers import numbers_in
from bot.deciding.own_words import Words
from bot.deciding.pairing import Pair, Paired, pair
from bot.deciding.parts import BODY, MaterialPart, Parts, parts_of
from bot.deciding.settling import UNSETTLED, Settlement
from bot.deciding.units import match_unit
from bot.model import Draft, Finding, Format, Outcome, Reading, Role, Submission, UnitVerdict
from bot.text import folded

_NOBODY = UnitVerdict(None, None)
_SAID = 2_000
"""Characters of a mail's own words that a submission keeps."""


def understand(
    reading: Reading,
    rules: Rules,
    received: datetime,
    thread_unit: str | None = None,
    named: UnitVerdict | None = None,
    sender_unit: str | None = None,
    settled: Settlement = UNSETTLED,
) -> Submission:
    """What one mail says by itself. `received` is the server's time in the campaign's zone.

    `thread_unit` is the unit our letter went to that this mail answers, `sender_unit` the only one that this sender has
    filed for before. `named` is the unit that a person, or the sender's reply, has named for it: then the mail's own words
    are not asked. `settled` is what its unit has chosen meanwhile about halves that could not be paired.
    """
    parts = _of_the_campaign(parts_of(reading, rules), reading, rules)
    intent = intent_of(reading, rules, _brings(parts, reading))
    if intent.outcome in {Outcome.BOUNCE, Outcome.IGNORED}:
        return _submission(reading, intent, intent.outcome, _NOBODY, parts.roles)
    verdict = named or match_unit(reading, rules, thread_unit, sender_unit)
    if intent.outcome is not Outcome.RECEIVED:
        return _submission(reading, intent, intent.outcome, verdict, parts.roles)
    if _means_the_blank(parts):
        parts = replace(parts, forms=parts.blanks, roles={**parts.roles, **{form.path: Role.FORM for form in parts.blanks}})
    paired = pair(parts, rules, settled)
    roles = {**parts.roles, **paired.roles}
    rows = listed(parts.lists, rules)
    if not _brings_a_file(paired.pairs):
        findings = of_nothing(reading, parts)
        return replace(_submission(reading, intent, Outcome.RETURNED, verdict, roles, findings=findings), listed=rows)
    return replace(_nominating(reading, intent, verdict, parts, paired, roles, rules, received), listed=rows)


def _nominating(
    reading: Reading,
    intent: Intent,
    verdict: UnitVerdict,
    parts: Parts,
    paired: Paired,
    roles: Mapping[str, Role],
    rules: Rules,
    received: datetime,
) -> Submission:
    unit = next((unit for unit in rules.units if unit.id == verdict.unit), None)
    around = Circumstances(
        reading=reading,
        rules=rules,
        arrived=received.date(),
        unit_kind=unit.kind if unit and verdict.finding is None else None,
        proof=Role.PUBLICITY in roles.values(),
    )
    submission = _submission(
        reading,
        intent,
        Outcome.RECEIVED,
        verdict,
        roles,
        findings=(*of_unit(verdict, reading, rules), *of_attachments(reading)),
    )
    drafts = tuple(draft_of(one, around) for one in paired.pairs)
    return replace(submission, drafts=drafts, findings=(*submission.findings, *of_scans(parts, drafts, rules)))


def _submission(
    reading: Reading,
    intent: Intent,
    outcome: Outcome,
    verdict: UnitVerdict,
    roles: Mapping[str, Role],
    *,
    findings: tuple[Finding, ...] = (),
) -> Submission:
    subject = reading.headers.subject
    return Submission(
        intent=outcome,
        reason=intent.reason,
        command=intent.command,
        automatic=intent.automatic,
        verdict=verdict,
        drafts=(),
        findings=findings,
        roles=dict(roles),
        numbers=numbers_in(reading),
        hold_receipt=intent.hold_receipt,
        sender=reading.headers.sender.address,
        disowned=refuted(reading.headers.authentication),
        answerable=bool(answer_address(reading.headers).address),
        said=f"{subject}\n{reading.fresh_text}"[:_SAID],
    )


def _brings_a_file(pairs: Sequence[Pair]) -> bool:
    """Whether a half of a nomination came as a file: what is only typed into the mail is none (`no-attachment`)."""
    return any(half is not None and half.path != BODY for one in pairs for half in (one.form, one.material))


def _means_the_blank(parts: Parts) -> bool:
    """Whether a form is meant as a nomination although nothing was written into it: nothing else came, or the one material."""
    if not parts.blanks:
        return False
    return not parts.any or (not parts.forms and len(parts.blanks) == 1 == len(parts.materials))


# --- what the files amount to -----------------------------------------------------------------------------------------


def _of_the_campaign(parts: Parts, reading: Reading, rules: Rules) -> Parts:
    """Without running text that only its length makes a material, on a mail that nowhere speaks of the campaign."""
    if parts.forms or any(material.named for material in parts.materials):
        return parts
    names = " ".join(file.path for file in reading.files)
    words = Words(reading, rules)

    def ours(material: MaterialPart) -> bool:
        said = folded(f"{names} {material.title} {material.opening}")
        return bool(words.hits(rules.phrases.submission) or words.hits(rules.phrases.submission, said))

    kept = tuple(material for material in parts.materials if ours(material))
    dropped = {material.path: Role.OTHER for material in parts.materials if material not in kept}
    return replace(parts, materials=kept, roles={**parts.roles, **dropped})


def _brings(parts: Parts, reading: Reading) -> Brings:
    mails = tuple(f"{file.path}/" for file in reading.files if file.container and file.format is Format.EML)
    return Brings(
        halves=parts.any,
        forms=any(not form.path.startswith(mails) for form in parts.forms) if mails else bool(parts.forms),
        blanks=bool(parts.blanks),
        unread=any(file.problem for file in reading.files),
        scans=bool(parts.scans),
        lists=bool(parts.lists),
    )


# --- halves chosen later ----------------------------------------------------------------------------------------------


def chosen_halves(
    earlier: Reading, rules: Rules, received: datetime, unit: UnitVerdict, settled: Settlement
) -> tuple[Draft, ...] | None:
    """The nominations of an earlier mail about which its unit has chosen; None where the mail does not hold them all."""
    drafts = understand(earlier, rules, received, named=unit, settled=settled).drafts
    found = tuple(
        replace(draft, number=settled.numbers[draft.form_digest]) for draft in drafts if draft.form_digest in settled.numbers
    )
    return found if {draft.number for draft in found} == set(settled.numbers.values()) else None


# --- a unit named later -----------------------------------------------------------------------------------------------


def joined(reply: Reading, earlier: Reading) -> Reading:
    """An earlier mail that was returned for want of a unit, with the words of the reply that names it on top."""
    return replace(
        reply,
        text=f"{reply.text}\n{earlier.text}",
        fresh_text=f"{reply.fresh_text}\n{earlier.fresh_text}",
        files=(*earlier.files, *reply.files),
        links=(*reply.links, *earlier.links),
        defects=(*reply.defects, *earlier.defects),
        body_sections=earlier.body_sections or reply.body_sections,
    )
