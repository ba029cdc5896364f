"""What goes with an answer: blank forms, annotated copies, the cover sheet of the stamped paper, the deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.campaign import Rules
from bot.letters.calendar import Appointment, calendar
from bot.letters.contents import Contents
from bot.letters.lines import one_line
from bot.letters.render import Wording
from bot.model import Attachment, Letter, Nomination, Outgoing, State
from bot.ports import Paper, PaperBundle, SheetScribe, Transaction
from bot.steps.copies import Copy, Wanted

FILING = frozenset({Letter.RECEIPT, Letter.DEFECTS, Letter.COMBINED})
"""Letters that answer a filing; only these bring enclosures besides blank forms."""

FIRST = "first-letter"
"""The history row of a unit that says it has had its first such letter."""

MOST_PAPERS = 60
"""Nominations on one cover sheet; a city may send thirty."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The enclosures of one letter, in the order in which they are attached."""

    forms: tuple[Attachment, ...] = ()
    copies: tuple[Attachment, ...] = ()
    sheet: Attachment | None = None
    calendar: Attachment | None = None

    @property
    def all(self) -> tuple[Attachment, ...]:
        """Every file."""
        single = tuple(one for one in (self.sheet, self.calendar) if one is not None)
        return (*self.copies, *self.forms, *single)


def cover_sheet(
    letter: Letter, contents: Contents, nominations: Sequence[Nomination], sheets: SheetScribe | None, rules: Rules
) -> Attachment | None:
    """For what is accepted and whose paper is still to come; what is to be mended is not to be sealed yet."""
    if sheets is None or contents.unit is None or letter not in FILING:
        return None
    told = {view.number for view in contents.filed}
    ready = [n for n in nominations if n.number in told and n.state is State.ACCEPTED and n.paper is None]
    return paper_sheet(contents.unit.name, ready, sheets, rules) if ready else None


def paper_sheet(unit: str, nominations: Sequence[Nomination], sheets: SheetScribe, rules: Rules) -> Attachment:
    """The cover sheet for the stamped papers of these nominations of one unit."""
    papers = tuple(_paper(nomination, rules) for nomination in nominations[:MOST_PAPERS])
    return sheets.cover_sheet(PaperBundle(rules.name, rules.office, one_line(unit, 60), papers))


def _paper(nomination: Nomination, rules: Rules) -> Paper:
    category = rules.category(nomination.category or "")
    return Paper(nomination.number, category.short if category else "", one_line(nomination.nominee, 60))


def deadlines(
    transaction: Transaction, letter: Letter, contents: Contents, wording: Wording, rules: Rules, domain: str
) -> Attachment | None:
    """The calendar file, with the first letter to a unit that answers a filing, while there is a deadline to come."""
    unit, frame = contents.unit, contents.frame
    if frame.closed or not contents.filed or not _is_first(transaction, letter, unit.id if unit else None):
        return None

    def say(key: str) -> str:
        until = wording.sentence("until", d=rules.last_day)
        return wording.phrase("enclosures", key, {"campaign": rules.name, "office": rules.office, "until": until})

    days = (("last_day", rules.last_day, 1), ("announced", rules.announced, None))
    appointments = [
        Appointment(f"{rules.id}-{key}", day, say(f"calendar_{key}"), say(f"calendar_{key}_more"), alarm)
        for key, day, alarm in days
    ]
    return Attachment(say("calendar_name"), calendar(appointments, domain, frame.now), "text/calendar")


def _is_first(transaction: Transaction, letter: Letter, unit: str | None) -> bool:
    if unit is None or letter not in FILING:
        return False
    return not any(event.what == FIRST for event in transaction.chronicle.of(f"unit:{unit}"))


def is_first_letter(transaction: Transaction, letter: Outgoing) -> bool:
    """Whether this letter is the first to its unit that answers a filing."""
    return bool(letter.numbers) and _is_first(transaction, letter.letter, letter.unit)


def still_wanted(copies: Sequence[Copy], wanted: Sequence[Wanted]) -> tuple[Attachment, ...]:
    """The copies whose findings are still the ledger's; what was corrected meanwhile needs no remarks."""
    return tuple(copy.attachment for copy in copies if copy.wanted in wanted)
