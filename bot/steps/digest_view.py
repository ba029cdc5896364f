"""What the digest's templates see: the briefing, and the words around its values."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.campaign import Rules
from bot.deciding.board import Line, UnitBoard
from bot.deciding.briefing import Bounced, Briefing, Escalated
from bot.deciding.standing import unit_standing
from bot.deciding.waiting import Waiting
from bot.letters.lines import one_line
from bot.letters.render import Wording
from bot.model import Finding
from bot.steps.digest_orders import OrderHints

MOST_SENTENCES = 3
"""Precedence sentences shown of one nominee; the workbook has all."""


@dataclass(frozen=True, slots=True)
class DigestWords:
    """Words for what the digest tells, each asked by its meaning."""

    wording: Wording
    rules: Rules

    def put(self, key: str, **values: object) -> str:
        """A sentence of `words/digest.toml`."""
        return self.wording.phrase("digest", key, values)

    def unit_name(self, id: str | None) -> str:
        """A unit's name; its id when the roster has lost it."""
        return next((unit.name for unit in self.rules.units if unit.id == id), id or "")

    def category_name(self, id: str | None) -> str:
        """A category's short name, "" when there is none."""
        category = self.rules.category(id or "")
        return category.short if category else ""

    def waiting_title(self, one: Waiting) -> str:
        """Which thing waits."""
        return self.put(
            f"waiting_{one.what}",
            id=one.mail if one.what == "mail" else one.letter,
            number=one.number,
            unit=self.unit_name(one.unit),
            category=self.category_name(one.category) or self._office("book", "none"),
            nominee=one_line(one.nominee),
            sender=one_line(one.sender),
            subject=one_line(one.subject),
        )

    def waiting_reason(self, one: Waiting) -> str:
        """Why it waits: the general reason, what findings say, the choices judging left open."""
        reason = self._office("waiting", one.reason).replace("{subject}", one_line(one.subject))
        told = [self.wording.finding(finding).wrong for finding in one.findings]
        details = [self.put("choice", number=number, text=one_line(detail)) for number, detail in enumerate(one.details, 1)]
        return self._office("book", "separator").join([reason, *(text.rstrip("。.") for text in told), *details])

    def waiting_choices(self, one: Waiting) -> str:
        """What can be done about it."""
        return self._office("waiting", f"{one.reason}_choice")

    def titles(self, findings: Sequence[Finding]) -> list[str]:
        """What findings are called, each once."""
        return list(dict.fromkeys(self.wording.finding(finding).title for finding in findings))

    def wrongs(self, findings: Sequence[Finding]) -> str:
        """What findings say."""
        return "".join(self.wording.finding(finding).wrong for finding in findings)

    def precedence(self, line: Line) -> str:
        """The first sentences that give a nominee precedence, and how many there are."""
        shown = line.precedence[:MOST_SENTENCES]
        return self.put("precedence", sentences=shown, more=len(line.precedence) > len(shown), count=len(line.precedence))

    def escalated_line(self, one: Escalated) -> str:
        """A unit that was reminded again and again: how often, when last, what is open."""
        last = self.put("moment", t=one.reminded.last)
        return self.put(
            "escalated", unit=one.unit.unit.name, times=one.reminded.times, last=last, papers=one.papers, count=one.open
        )

    def bounce_line(self, one: Bounced) -> str:
        """A delivery report with the letter and the unit it is about, as far as they are known."""
        known = {"id": one.mail.id, "moment": self.put("moment", t=one.mail.received), "unit": self.unit_name(one.mail.unit)}
        if one.letter is None:
            return self.put("bounce_unknown", **known, subject=one_line(one.mail.subject))
        key = "bounce" if one.addresses else "bounce_delayed"
        kind = self._office("letters", one.letter)
        return self.put(key, **known, kind=kind, subject=one_line(one.subject), addresses=one.addresses)

    def came_parts(self, told: Briefing) -> list[str]:
        """How many mails came of each outcome, the most first."""
        counts = sorted(told.came.mails.items(), key=lambda entry: -entry[1])
        return [self.put("came_part", name=self._office("outcomes", outcome), count=count) for outcome, count in counts]

    def standing(self, unit: UnitBoard) -> str:
        """A unit's progress, a key of the words `standings`."""
        return unit_standing(unit)

    def _office(self, table: str, key: str) -> str:
        return str(self.wording.words["office"][table][key])


def facts(told: Briefing, wording: Wording, rules: Rules, workbook: str, orders: OrderHints) -> dict[str, object]:
    """What the templates see; `workbook` is the name of the attached file, empty when it is too large."""
    says = DigestWords(wording, rules)
    return {
        "told": told,
        "workbook": workbook,
        "campaign": rules.name,
        "office": rules.office,
        "came_parts": says.came_parts(told),
        "put": says.put,
        "unit_name": says.unit_name,
        "category_name": says.category_name,
        "waiting_title": says.waiting_title,
        "waiting_reason": says.waiting_reason,
        "waiting_choices": lambda one: orders.options(one) or says.waiting_choices(one),
        "orders": orders,
        "precedence": says.precedence,
        "escalated_line": says.escalated_line,
        "bounce_line": says.bounce_line,
        "titles": says.titles,
        "wrongs": says.wrongs,
        "standing": says.standing,
    }
