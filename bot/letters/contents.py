"""The contents of a letter: the views of everything it tells, grouped by unit, and the blank forms that go with it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from bot.campaign import NOT_ENTITLED, Category, Rules, Unit
from bot.letters.lines import one_line
from bot.letters.remedies import Remedy, remedies
from bot.letters.views import Frame, MailView, NominationView, Quota, Tone, quotas, tone
from bot.model import LIVE, PAPER_WANTED, Brief, Filing, Finding, Letter, MailRow, Nomination, Outcome, State

WAITING = (State.HELD, State.LATE, State.DEFECTIVE, State.OVER_QUOTA)
"""States in which nothing is promised; the last two come with defects, as a rule."""

PLAIN = (State.ACCEPTED, State.WITHDRAWN)

ASK = "ask"
"""The banner of a letter that asks its unit to choose, and needs nothing else of it."""


@dataclass(frozen=True, slots=True)
class Group:
    """What a letter tells of one unit; `filed` came with the answered mails, `moved` changed its state because of them."""

    unit: Unit
    filed: tuple[NominationView, ...]
    moved: tuple[NominationView, ...]
    quotas: tuple[Quota, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A numbered choice as a letter shows it: `kind` is unit, stand, withdraw, material, form or none."""

    kind: str
    number: str = ""  # of the nomination
    name: str = ""  # of the unit or the nominee
    pairs: tuple[tuple[str, str], ...] = ()  # nominees, each with the half that would be theirs


def shown_option(option: Option) -> Option:
    """A choice with all words from outside as lines of a letter."""
    pairs = tuple((one_line(nominee, 40), one_line(half, 80)) for nominee, half in option.pairs)
    return Option(option.kind, option.number, one_line(option.name, 60), pairs)


@dataclass(frozen=True, slots=True)
class Contents:
    """All that a letter tells. `unit` is the one unit it is about; None when there is none or several."""

    letter: Letter
    frame: Frame
    mails: tuple[MailView, ...]
    groups: tuple[Group, ...]
    unit: Unit | None
    forms: tuple[str, ...]  # file names of the blank forms that go with it
    copies: tuple[str, ...] = ()  # of the annotated copies
    sheet: str = ""  # of the cover sheet
    calendar: str = ""  # of the calendar file
    options: tuple[Option, ...] = ()  # what the letter asks, to be answered by number
    most: int = 1  # of them at most so many are taken
    asked: str = ""  # subject of an earlier letter whose question is still open

    @property
    def filed(self) -> tuple[NominationView, ...]:
        """Every nomination of the answered mails, withdrawn ones too, by number."""
        return tuple(sorted((view for group in self.groups for view in group.filed), key=lambda view: view.number))

    @property
    def tone(self) -> Tone:
        """What the letter says in one word."""
        return tone(self.mails, [view for group in self.groups for view in (*group.filed, *group.moved)])

    @property
    def banner(self) -> str:
        """The word that opens subject and page: where all that is open is a question to the unit, it is asked to choose."""
        return ASK if self.options and self.tone is Tone.LOOK else self.tone

    @property
    def remedies(self) -> frozenset[Remedy]:
        """What the letter asks for; each mail counts by itself: one that goes through another unit excuses no other."""
        asked: set[Remedy] = set(remedies(finding for view in self.filed for finding in view.defects))
        for mail in self.mails:
            asked |= remedies(mail.defects)
        return frozenset(asked)

    def facts(self) -> dict[str, object]:
        """The variables of the templates."""
        filed = self.filed
        told_first = (*(view for view in filed if view.defects), *(view for view in filed if view.state in (*WAITING, *PLAIN)))
        return {
            **{field.name: getattr(self.frame, field.name) for field in fields(self.frame)},
            "closed": self.frame.closed,
            "letter": self.letter,
            "tone": self.tone,
            "banner": self.banner,
            "mails": self.mails,
            "groups": self.groups,
            "unit": one_line(self.unit.name, 60) if self.unit else "",
            "forms": self.forms,
            "copies": self.copies,
            "sheet": self.sheet,
            "calendar": self.calendar,
            "options": tuple(shown_option(one) for one in self.options),
            "most": self.most,
            "asked": one_line(self.asked, 120),
            "nominations": filed,
            "accepted": tuple(view for view in filed if view.state is State.ACCEPTED and not view.defects),
            "mending": tuple(view for view in filed if view.defects),
            "waiting": tuple(view for view in filed if not view.defects and view.state in WAITING),
            "withdrawn": tuple(view for view in filed if view.state is State.WITHDRAWN and not view.sent_back),
            "sent_back": tuple(view for view in filed if view.sent_back),
            "returned": tuple(mail for mail in self.mails if mail.outcome is Outcome.RETURNED),
            "looked_at": tuple(mail for mail in self.mails if mail.outcome is Outcome.HELD),
            "others": tuple(view for view in filed if view not in told_first),
            "live": tuple(view for view in filed if view.state in LIVE),
            "unsealed": tuple(view for view in filed if view.state in PAPER_WANTED and not view.paper_in),
            "remedies": self.remedies,
            "mail_defects": tuple(finding for mail in self.mails for finding in mail.defects),
            "defect_count": sum(len(v.defects) for v in filed)
            + sum(len(mail.defects) + mail.more_defects for mail in self.mails),
        }


def group(unit: Unit, shown: Sequence[NominationView], all_of_unit: Sequence[Nomination | Brief], rules: Rules) -> Group:
    """One unit's part of a letter. A unit that may not nominate by itself has no quota to show."""
    filed = tuple(view for view in shown if view.filing is not Filing.RESTATED)
    moved = tuple(view for view in shown if view.filing is Filing.RESTATED)
    return Group(unit, filed, moved, () if unit.kind == NOT_ENTITLED else quotas(unit, all_of_unit, rules))


def the_unit(ids: Sequence[str | None], rules: Rules) -> Unit | None:
    """The one unit that all these ids name, if they name exactly one; `None` among them names none."""
    named = {id for id in ids if id}
    if len(named) != 1:
        return None
    (only,) = named
    return next((unit for unit in rules.units if unit.id == only), None)


FORM_WANTED = frozenset({"form-missing", "category-unknown", "category-ambiguous"})
"""Findings that are mended with a blank form."""


def blank_forms(
    letter: Letter, mails: Sequence[MailRow], nominations: Sequence[Nomination], rules: Rules
) -> tuple[Category, ...]:
    """The categories whose blank forms go with a letter, in the order of the rules.

    All of them where forms were asked for, or where the category is open; else those of the nominations that lack theirs.
    """
    if letter is Letter.FORMS or any(mail.letter is Letter.FORMS for mail in mails):
        return rules.categories
    wanted: set[str] = set()
    for nomination in nominations:
        for finding in nomination.findings:
            if finding.check in FORM_WANTED:
                wanted |= _candidates(finding, nomination.category)
    return tuple(category for category in rules.categories if category.id in wanted or "*" in wanted)


def _candidates(finding: Finding, category: str | None) -> set[str]:
    candidates = finding.facts.get("candidates")
    if isinstance(candidates, tuple):
        return set(candidates)
    return {category} if category else {"*"}
