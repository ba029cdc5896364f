"""Which nomination on file a new draft is about, and what becomes of it: completed, corrected or merely repeated."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from bot.campaign import Category, Rules
from bot.deciding.facts import OF_COMPARISON, OF_LEDGER, OF_MATERIAL, OF_PAIR
from bot.deciding.nominees import bare, nominee, same_name, similar_names, speaks_of
from bot.deciding.stamped import OF_STAMPED
from bot.model import LIVE, Change, Draft, Filed, Filing, Finding, History, Nomination, State, Submission
from bot.text import folded

OF_FORM_PAIR = frozenset({"category-unknown", "category-ambiguous"})

_TELLING = 4
"""Folded characters from which a part of a name tells the whole."""

_LONGER_NAME = 2
"""Characters by which one person's name may be longer than another within it; what is longer still is a title."""

CATEGORY, MATERIAL = "category", "material"
"""Names of changes that are no field of a form: the category's id, the material's 字数."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """When and in which mail a draft came; `order` is its place within the mail."""

    received: datetime
    mail: int
    order: int


# --- which one --------------------------------------------------------------------------------------------------------


def match(draft: Draft, submission: Submission, history: History, rules: Rules, taken: Set[str]) -> Nomination | None:
    """The nomination of this unit that the draft is about, None when it is a new one; `taken` has been met in this mail.

    In this order: the same nominee in the same category; the number in the mail; the answered letter; the half that lacks; the
    whole name in the title of a material.
    """
    if draft.number:
        return next((one for one in history.nominations if one.number == draft.number and one.state in LIVE), None)
    free = [one for one in history.nominations if one.number not in taken]
    live = [one for one in free if one.state in LIVE]
    single = len(submission.drafts) == 1
    return (
        _by_name(draft, live, rules)
        or _only(free if single else (), submission.numbers, {*LIVE, State.WITHDRAWN})
        or (_by_thread(draft, live, history, rules) if single else None)
        or _by_half(draft, live, rules)
        or _by_title(draft, live, rules)
    )


def _by_name(draft: Draft, live: Sequence[Nomination], rules: Rules) -> Nomination | None:
    named = [one for one in live if _fits(draft, one) and draft.nominee and same_name(draft.nominee, one.nominee, rules)]
    exact = [one for one in named if one.category == draft.category]
    found = exact or named
    return found[0] if len(found) == 1 or exact else None


def _fits(draft: Draft, one: Nomination) -> bool:
    return draft.category is None or one.category is None or draft.category == one.category


def _only(candidates: Iterable[Nomination], numbers: Sequence[str], states: Set[State]) -> Nomination | None:
    """The one nomination that the mail names by its number."""
    found = [one for one in candidates if one.number in numbers and one.state in states]
    return found[0] if len(found) == 1 else None


def _by_thread(draft: Draft, live: Sequence[Nomination], history: History, rules: Rules) -> Nomination | None:
    """Of those the answered letter was about: the one that lacks this half, or whose name this may be mended.

    A whole nomination of another name that comes as an answer is a new one: nothing on file is pushed aside by a reply.
    """
    about = [one for one in live if one.number in history.thread]
    lacking = [one for one in about if _lacks(one, draft) and _fits(draft, one)]
    if draft.form is None or draft.material is None:
        if len(lacking) == 1 and _may_be(draft, lacking[0], rules):
            return lacking[0]
        about = [one for one in about if _fits(draft, one)]
    alike = [one for one in about if similar_names(draft.nominee, one.nominee, rules)]
    return alike[0] if len(alike) == 1 else None


def _by_half(draft: Draft, live: Sequence[Nomination], rules: Rules) -> Nomination | None:
    """A half that came alone, and a nomination that lacks it and that it speaks of, or the only one it can be of.

    A whole nomination is that of a material which came before it and called its nominee by a part of the name.
    """
    lacking = [one for one in live if _lacks(one, draft) and _fits(draft, one)]
    # What a material alone calls its nominee is a guess from its title; the form that comes after it has the whole name.
    told = folded(draft.nominee if draft.form is not None else f"{draft.material or ''} {draft.opening}")
    spoken = [one for one in lacking if _speaks_of(told, one, draft, rules)]
    if not spoken and draft.form is None:  # a title that is a saying names nobody: the text does, further down
        spoken = [one for one in lacking if _speaks_of(folded(draft.material_text), one, draft, rules)]
    if len(spoken) == 1:
        return spoken[0]
    whole = draft.form is not None and draft.material is not None
    return lacking[0] if len(lacking) == 1 and not draft.nominee and not whole else None


def _speaks_of(told: str, one: Nomination, draft: Draft, rules: Rules) -> bool:
    """Whether a text speaks of a nomination's nominee; 李丽 in 李丽娟 is somebody else."""
    who, own = nominee(one.nominee, _category(one, rules), rules), nominee(draft.nominee, None, rules)
    longer = len(own.whole.rstrip("0123456789")) - len(who.whole)  # a copy's number (张三2.docx) makes nobody else
    if who.whole in own.whole and who.whole != own.core and 0 < longer <= _LONGER_NAME and len(who.whole) < _TELLING:
        return False
    return speaks_of(told, who) > 0


def _by_title(draft: Draft, live: Sequence[Nomination], rules: Rules) -> Nomination | None:
    """A material that came alone, in whose title or file name the whole name stands of which it calls its nominee by a part.

    “一窗通办” in “‘一窗通办’便民服务项目典型材料” is the project of that name, whether or not it has a material yet.
    """
    if draft.form is not None or draft.material is None or not draft.nominee:
        return None
    title = folded(f"{draft.material} {draft.opening.partition(chr(10))[0]}")
    part = bare(draft.nominee, rules)
    told = [one for one in live if _fits(draft, one) and part in (name := bare(one.nominee, rules)) and name in title]
    return told[0] if len(told) == 1 else None


def _category(one: Nomination, rules: Rules) -> Category | None:
    return rules.category(one.category) if one.category else None


def _lacks(one: Nomination, draft: Draft) -> bool:
    return (one.material is None and draft.material is not None and draft.form is None) or (
        one.form is None and draft.form is not None
    )


def _may_be(draft: Draft, one: Nomination, rules: Rules) -> bool:
    """Nothing in the half names somebody else."""
    if not draft.nominee or not one.nominee or similar_names(draft.nominee, one.nominee, rules):
        return True
    told = folded(f"{draft.material or ''} {draft.opening}")
    return draft.form is None and speaks_of(told, nominee(one.nominee, _category(one, rules), rules)) > 0


# --- what becomes of it -----------------------------------------------------------------------------------------------


def renewed(one: Nomination, draft: Draft, arrival: Arrival) -> Filed:
    """The nomination with what the draft brings; findings of the ledger (quota, lateness, doubles) are left to `decide`.

    A half that arrived before the one on file, and is handled only now, takes nobody's place: what came last stands. The place
    in the quota is that of the first mail.
    """
    one = replace(one, received=min(one.received, arrival.received))
    draft = _not_outdated(one, draft, arrival)
    merged = _merged(one, draft, arrival)
    changes = _changes(one, merged, draft)
    told = _told(one) == _told(merged) and one.state is not State.WITHDRAWN
    brings = (draft.form is not None and one.form is None) or (draft.material is not None and one.material is None)
    if not changes and brings:
        return Filed(merged, Filing.COMPLETED)
    if not changes and told:
        return Filed(replace(one, form_at=merged.form_at, material_at=merged.material_at), Filing.REPEATED)
    corrected = replace(merged, version=one.version + 1, mail=arrival.mail)
    return Filed(corrected, Filing.CORRECTED, changes)


def settled_by_choice(one: Nomination, draft: Draft, arrival: Arrival) -> Filed:
    """The nomination with the halves that its unit has chosen among those that one mail brought; what others
    have taken is no choice any more.

    Another form than the one on file is a new version; a material, or that there is none, completes what is there.
    """
    merged = _merged(one, draft, arrival)
    settled = replace(merged, uncertain=draft.uncertain, alternatives=draft.alternatives)
    if draft.uncertain:
        return Filed(settled, Filing.RESTATED)
    if one.form_digest == merged.form_digest:
        return Filed(settled, Filing.COMPLETED)
    other = replace(settled, version=one.version + 1, mail=arrival.mail)
    return Filed(other, Filing.CORRECTED, _changes(one, merged, draft))


def _not_outdated(one: Nomination, draft: Draft, arrival: Arrival) -> Draft:
    """The draft without halves that are older than those on file."""
    form = one.form is not None and one.form_at is not None and arrival.received < one.form_at
    material = one.material is not None and one.material_at is not None and arrival.received < one.material_at
    if not form and not material:
        return draft
    return replace(
        draft,
        form=None if form else draft.form,
        material=None if material else draft.material,
        material_text="" if material else draft.material_text,
        uncertain=(),
        alternatives=(),
    )


def _told(one: Nomination) -> set[tuple[str, str | None]]:
    later = OF_LEDGER | OF_COMPARISON | OF_STAMPED
    return {(finding.check, finding.field) for finding in one.findings if finding.check not in later}


def _merged(one: Nomination, draft: Draft, arrival: Arrival) -> Nomination:
    form, material = draft.form is not None, draft.material is not None
    whole = bool((form or one.form) and (material or one.material))
    merged = replace(
        one,
        category=_merged_category(one, draft),
        findings=_merged_findings(one, draft),
        uncertain=draft.uncertain or (() if whole else one.uncertain),
        alternatives=draft.alternatives if draft.uncertain else () if whole else one.alternatives,
        updated=max(one.updated, arrival.received),
        precedence=draft.precedence if form and material else tuple(dict.fromkeys((*one.precedence, *draft.precedence))),
    )
    if form or (one.form is None and draft.nominee):
        merged = replace(merged, nominee=draft.nominee or one.nominee)
    if form:
        merged = replace(
            merged,
            form=draft.form,
            form_mail=arrival.mail,
            form_at=arrival.received,
            form_digest=draft.form_digest,
            fields=draft.fields,
            nominee_unit=draft.nominee_unit,
            publicity_shown=draft.publicity_shown,
        )
    if material:
        merged = replace(
            merged,
            material=draft.material,
            material_mail=arrival.mail,
            material_at=arrival.received,
            material_digest=draft.material_digest,
            count=draft.count,
        )
    return merged


def _merged_category(one: Nomination, draft: Draft) -> str | None:
    """The form decides; a material alone tells a category only where no form has told one."""
    if draft.form is not None:
        ambiguous = any(finding.check == "category-ambiguous" for finding in draft.findings)
        return draft.category if draft.category or ambiguous else one.category
    return one.category or draft.category


def _merged_findings(one: Nomination, draft: Draft) -> tuple[Finding, ...]:
    """Each half's findings from where the half now comes; those about the pair as the pair now is."""
    form = draft.findings if draft.form is not None else one.findings
    material = draft.findings if draft.material is not None else one.findings
    both = (*draft.findings, *one.findings)
    found: list[Finding] = []
    if _merged_category(one, draft) is None:
        source = draft if draft.form is not None or one.form is None else one
        found += [f for f in source.findings if f.check in OF_FORM_PAIR]
    if draft.form is None and one.form is None:
        found += [f for f in both if f.check == "form-missing"][:1]
    if draft.material is None and one.material is None and not draft.uncertain:
        found += [f for f in both if f.check == "material-missing"][:1]
    found += [f for f in form if f.check not in OF_MATERIAL | OF_LEDGER | OF_PAIR]
    found += [f for f in material if f.check in OF_MATERIAL]
    return tuple(found)


def _changes(one: Nomination, merged: Nomination, draft: Draft) -> tuple[Change, ...]:
    """Field by field what a half that was on file now says otherwise."""
    changes: list[Change] = []
    if one.category is not None and merged.category is not None and one.category != merged.category:
        changes.append(Change(CATEGORY, one.category, merged.category))
    if draft.form is not None and one.form is not None and one.form_digest != merged.form_digest:
        changes += _fields(one.fields, merged.fields)
    if draft.material is not None and one.material is not None and one.material_digest != merged.material_digest:
        before, after = (str(n.count.words) if n.count else "" for n in (one, merged))
        changes.append(Change(MATERIAL, before, after))
    return tuple(changes)


def _fields(before: Mapping[str, str], after: Mapping[str, str]) -> list[Change]:
    names = dict.fromkeys((*after, *before))
    changed = [name for name in names if folded(before.get(name, "")) != folded(after.get(name, ""))]
    return [Change(name, before.get(name, ""), after.get(name, "")) for name in changed]
