"""What templates see: frozen values made of ledger rows and rules, without one word of wording."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.campaign import Office, Rules, Unit
from bot.letters.card import CardLine, Mark, Part, card, defects
from bot.letters.lines import file_name, one_line
from bot.letters.listing import missing_together
from bot.model import (
    LIVE,
    Brief,
    Change,
    Command,
    Event,
    Filing,
    Finding,
    Format,
    Letter,
    MailRow,
    Nomination,
    Outcome,
    Role,
    Severity,
    State,
)


class Tone(StrEnum):
    """What a letter says in one word: the first that applies, so that a reader sees from the subject what is asked of him."""

    MEND = "mend"  # the unit has to do something
    LOOK = "look"  # a person will look
    LATE = "late"  # filed after the deadline, the office decides
    ORDER = "order"  # all in order
    REPLY = "reply"  # nothing of it is accepted or to be: withdrawals, forms, an answered question


MOST_FILES = 120
MOST_DEFECTS = 40
"""Lines of one mail in a letter: a city's thirty nominations fit, an archive of two thousand odd files does not."""


@dataclass(frozen=True, slots=True)
class FileView:
    """A file of a mail. `read` is False when a finding says that it could not be used."""

    name: str
    size: int  # bytes
    sha256: str
    role: Role
    format: Format
    read: bool


@dataclass(frozen=True, slots=True)
class NominationView:
    """A nomination as its unit sees it: no finding that is for the office alone."""

    number: str
    version: int
    category: str  # the full name, "" while it is unknown
    short: str
    nominee: str
    state: State
    card: tuple[CardLine, ...]
    defects: tuple[Finding, ...]
    notices: tuple[Finding, ...]
    received: datetime
    updated: datetime
    late: Mapping[str, object] | None  # the facts of `late`: days, hours, minutes
    uncertain: tuple[str, ...]
    filing: Filing | None = None  # what the answered mail did with it
    changes: tuple[Change, ...] = ()
    sent_back: bool = False  # withdrawn because the office sent it back

    @property
    def paper_in(self) -> bool:
        """Whether the stamped paper has come."""
        return any(line.part is Part.PAPER and line.mark is Mark.IN for line in self.card)

    @property
    def title(self) -> str:
        """The nominee, or the number while nobody is named."""
        return self.nominee or self.number


@dataclass(frozen=True, slots=True)
class MailView:
    """An answered mail. `files` and `defects` are the first so many; `more_files` and `more_defects` count the rest."""

    id: int
    subject: str
    received: datetime
    outcome: Outcome | None
    letter: Letter | None
    command: Command | None
    files: tuple[FileView, ...]
    defects: tuple[Finding, ...]
    notices: tuple[Finding, ...]
    filed: tuple[str, ...]
    late: bool
    size: int
    complete: bool
    more_files: int = 0
    more_defects: int = 0


@dataclass(frozen=True, slots=True)
class Quota:
    """How many live nominations of a category a unit has, of how many it may have."""

    category: str  # the short name
    used: int
    limit: int

    @property
    def over(self) -> int:
        """By how many it is over its quota."""
        return max(0, self.used - self.limit)


@dataclass(frozen=True, slots=True)
class Frame:
    """What every letter of a campaign knows: who writes, until when, what moment it is."""

    campaign: str
    office: Office
    last_day: date
    announced: date
    days_left: int  # whole days from today to the last day; negative after it
    now: datetime
    settings: Mapping[str, str]

    @property
    def closed(self) -> bool:
        """Whether the deadline has passed."""
        return self.days_left < 0


def frame(rules: Rules, now: datetime) -> Frame:
    """The frame of a letter written `now`; every moment a letter shows is in the campaign's zone."""
    now = now.astimezone(ZoneInfo(rules.zone))
    days = (rules.last_day - now.date()).days
    return Frame(rules.name, rules.office, rules.last_day, rules.announced, days, now, rules.settings)


def notices(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Those that the submitter is told without having to do anything."""
    return tuple(finding for finding in findings if finding.severity is Severity.NOTICE)


def mail_view(mail: MailRow, rules: Rules) -> MailView:
    """A mail as the letter shows it. Files that were opened as folders are shown too: they are what the sender attached.

    Of a mail that was too large to fetch nothing is shown but that.
    """
    findings = mail.findings if mail.complete else tuple(replace(f, file=None, place=None) for f in mail.findings)
    to_mend = missing_together(defects(findings))
    received = mail.received.astimezone(ZoneInfo(rules.zone))
    unread = {finding.file for finding in mail.findings if finding.check.startswith("attachment-")}
    files = tuple(
        FileView(file_name(f.path), f.size, f.sha256, f.role, f.format, f.path not in unread and f.role is not Role.UNREAD)
        for f in (mail.files if mail.complete else ())
    )
    return MailView(
        id=mail.id,
        subject=one_line(mail.subject, 60),
        received=received,
        outcome=Outcome.HELD if mail.waits else mail.outcome,
        letter=mail.letter,
        command=mail.command,
        files=files[:MOST_FILES],
        defects=to_mend[:MOST_DEFECTS],
        notices=notices(findings),
        filed=mail.filed,
        late=rules.late_by(received).total_seconds() > 0,
        size=mail.size,
        complete=mail.complete,
        more_files=max(0, len(files) - MOST_FILES),
        more_defects=max(0, len(to_mend) - MOST_DEFECTS),
    )


def nomination_view(
    nomination: Nomination, rules: Rules, events: Sequence[Event] = (), sent_back: bool = False
) -> NominationView:
    """A nomination as its unit sees it; `events` are its rows of the history by the answered mails, oldest first.

    Of one that is withdrawn nothing is to be mended any more.
    """
    findings = () if nomination.state is State.WITHDRAWN else nomination.findings
    category = rules.category(nomination.category) if nomination.category else None
    late = next((finding.facts for finding in findings if finding.check == "late"), None)
    return NominationView(
        number=nomination.number,
        version=nomination.version,
        category=category.name if category else "",
        short=category.short if category else "",
        nominee=one_line(nomination.nominee, 60),
        state=nomination.state,
        card=card(nomination, rules),
        defects=defects(findings),
        notices=notices(findings),
        received=nomination.received,
        updated=nomination.updated,
        late=late,
        uncertain=tuple(one_line(choice, 80) for choice in nomination.uncertain),
        filing=_filing(events),
        changes=tuple(_named(change, rules) for change in changes(events)),
        sent_back=sent_back,
    )


def _filing(events: Sequence[Event]) -> Filing | None:
    """What the answered mails did with a nomination, in one word: filing it outweighs what came after."""
    words = [event.what for event in events if event.what in set(Filing)]
    return Filing(words[0]) if words else None


FIELD = "field:"
"""Prefix of the facts of a history row that say what a new version wrote otherwise."""


CATEGORY, MATERIAL = "category", "material"
"""Names of changes that are no field of a form: the category by its id, the material by its 字数."""


def _named(change: Change, rules: Rules) -> Change:
    """A change of category in the names people know."""
    if change.field != CATEGORY:
        return change
    before, after = (category.short if (category := rules.category(id)) else id for id in (change.before, change.after))
    return replace(change, before=before, after=after)


def changes(events: Sequence[Event]) -> tuple[Change, ...]:
    """What these history rows say was changed, each field once: from its first value to its last.

    A material that was rewritten at the same length is a change all the same.
    """
    found: dict[str, Change] = {}
    for event in events:
        for name, fact in event.facts.items():
            if name.startswith(FIELD) and isinstance(fact, tuple) and len(fact) == 2:
                field = name.removeprefix(FIELD)
                before = found[field].before if field in found else one_line(fact[0], 60)
                found[field] = Change(one_line(field, 40), before, one_line(fact[1], 60))
    return tuple(change for change in found.values() if change.before != change.after or change.field == MATERIAL)


def quotas(unit: Unit, nominations: Sequence[Nomination | Brief], rules: Rules) -> tuple[Quota, ...]:
    """How a unit stands in every category; `nominations` are all of the unit's."""
    live = [nomination.category for nomination in nominations if nomination.state in LIVE]
    limit = rules.quota(unit.kind)
    return tuple(Quota(category.short, live.count(category.id), limit) for category in rules.categories)


# --- what a letter says in one word -----------------------------------------------------------------------------------

_STANDING = (State.ACCEPTED, State.SHORTLISTED, State.SELECTED, State.NOT_SELECTED)
_TO_MEND = (State.DEFECTIVE, State.OVER_QUOTA)


def tone(mails: Sequence[MailView], nominations: Sequence[NominationView]) -> Tone:
    """Never “all in order” unless every mail and every nomination of the letter is."""
    if any(mail.defects for mail in mails) or any(n.defects or n.state in _TO_MEND for n in nominations):
        return Tone.MEND
    if any(mail.outcome is Outcome.HELD for mail in mails) or any(n.state is State.HELD for n in nominations):
        return Tone.LOOK
    if any(nomination.state is State.LATE or nomination.late for nomination in nominations):
        return Tone.LATE
    return Tone.ORDER if any(nomination.state in _STANDING for nomination in nominations) else Tone.REPLY
