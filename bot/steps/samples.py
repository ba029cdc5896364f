"""Sample facts for looking at letters: a small ledger made of the campaign's own rules, a scene a letter; nobody is real."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.campaign import NOT_ENTITLED, Category, CheckKind, Rules, Unit
from bot.deciding.deeds import Deed
from bot.model import (
    SEVERITIES,
    Address,
    AnswerState,
    Change,
    Command,
    Count,
    Event,
    Fact,
    Filed,
    FileRow,
    Filing,
    Finding,
    Format,
    Letter,
    MailRow,
    MailState,
    Nomination,
    Note,
    NoteKind,
    Outcome,
    Place,
    Role,
    State,
)
from bot.ports import Transaction
from bot.steps.orders import ORDERED

BEFORE_CLOSING = timedelta(days=6, hours=-9, minutes=-30)
"""How long before the last day the samples' mails come: at half past nine."""


@dataclass(frozen=True, slots=True)
class Sampler:
    """Puts a scene into an empty ledger."""

    ledger: Transaction
    rules: Rules

    @property
    def unit(self) -> Unit:
        """The first unit of the roster that may nominate."""
        return next(unit for unit in self.rules.units if unit.kind != NOT_ENTITLED)

    @property
    def moment(self) -> datetime:
        """When the mails came."""
        day = self.rules.last_day
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.rules.zone)) - BEFORE_CLOSING

    def mail(self, outcome: Outcome, letter: Letter, **changes: object) -> MailRow:
        """A handled mail whose answer is owed."""
        digest = hashlib.sha256(f"{letter}{changes}".encode()).hexdigest()
        row = MailRow(
            id=0,
            message_id=f"<{digest[:16]}@sender.example>",
            sha256=digest,
            position=None,
            received=self.moment,
            size=120_000,
            original="",
            complete=True,
            state=MailState.HANDLED,
            outcome=outcome,
            unit=self.unit.id,
            sender=Address("clerk@sender.example"),
            subject=f"{self.unit.name} {self._file(Role.FORM)}",
            files=(self._row(Role.FORM, 49_971), self._row(Role.MATERIAL, 31_204)),
            letter=letter,
            answer_state=AnswerState.OWED,
            handled=self.moment,
        )
        row = replace(row, **changes)  # type: ignore[arg-type]  # a scene names fields of the row
        id = self.ledger.mails.add(row)
        if id is None:
            raise LookupError("samples go into an empty ledger")
        return replace(row, id=id)

    def nomination(self, mail: MailRow, place: int = 0, **changes: object) -> Nomination:
        """A nomination that is in order unless `changes` say otherwise; `place` counts the mail's from 0."""
        category = self.rules.categories[place % len(self.rules.categories)]
        number = f"{123 + place:04d}"
        row = Nomination(
            number=number,
            version=1,
            unit=mail.unit or self.unit.id,
            category=category.id,
            nominee=f"{self.unit.name} {category.short} {number}",
            nominee_unit="",
            state=State.ACCEPTED,
            received=mail.received,
            updated=mail.received,
            mail=mail.id,
            form=self._file(Role.FORM),
            material=self._file(Role.MATERIAL),
            fields={},
            count=Count(1873, 1950),
            findings=(),
            publicity_shown=True,
            order=place,
        )
        return replace(row, **changes)  # type: ignore[arg-type]  # a scene names fields of the row

    def put(
        self, mail: MailRow, *nominations: Nomination, filing: Filing = Filing.FILED, changes: tuple[Change, ...] = ()
    ) -> MailRow:
        """Write a mail with what it did."""
        row = replace(mail, filed=tuple(one.number for one in nominations))
        self.ledger.mails.save(row)
        for one in nominations:
            facts: dict[str, Fact] = {"state": one.state.value, "version": one.version}
            facts |= {f"field:{change.field}": (change.before, change.after) for change in changes}
            self.ledger.nominations.file(Filed(one, filing, changes), row.id, row.received)
            self.ledger.chronicle.add(Event(row.received, f"mail:{row.id}", filing.value, f"nomination:{one.number}", facts))
        return row

    def defects(self, category: Category) -> tuple[Finding, ...]:
        """One finding of each common kind, at fields that the category has."""
        form, material = self._file(Role.FORM), self._file(Role.MATERIAL)
        fields = [spec for spec in category.fields if spec.required and spec.name != category.nominee]
        found = [
            Finding(
                "field-missing", SEVERITIES["field-missing"], spec.name, form, Place(form, table=1, row=row, column=2), facts
            )
            for row, spec in enumerate(fields[:2], 2)
            if (facts := {"wanted": spec.kind.value})
        ]
        for check in self.rules.checks:
            if check.kind is CheckKind.WORD_LIMIT:
                over: Mapping[str, Fact] = {"count": check.limit + 145, "limit": check.limit, "over": 145}
                found.append(Finding(check.findings[0], SEVERITIES[check.findings[0]], None, material, None, over))
        return tuple(found)

    def _file(self, role: Role) -> str:
        words = self.rules.phrases.form_names if role is Role.FORM else self.rules.phrases.material_names
        return f"{words[0] if words else role.value}.docx"

    def _row(self, role: Role, size: int) -> FileRow:
        name = self._file(role)
        return FileRow(name, hashlib.sha256(name.encode()).hexdigest(), size, Format.DOCX, role)


def _receipt(sampler: Sampler) -> None:
    mail = sampler.mail(Outcome.RECEIVED, Letter.RECEIPT)
    sampler.put(mail, sampler.nomination(mail))


def _defects(sampler: Sampler) -> None:
    mail = sampler.mail(Outcome.RECEIVED, Letter.DEFECTS)
    sampler.put(mail, _to_mend(sampler, mail, 0))


def _to_mend(sampler: Sampler, mail: MailRow, place: int) -> Nomination:
    category = sampler.rules.categories[place % len(sampler.rules.categories)]
    return sampler.nomination(mail, place, state=State.DEFECTIVE, findings=sampler.defects(category))


def _held(sampler: Sampler) -> None:
    sampler.put(sampler.mail(Outcome.HELD, Letter.HELD, files=()))


def _combined(sampler: Sampler) -> None:
    for place in range(3):
        moment = sampler.moment + timedelta(minutes=place)
        mail = sampler.mail(Outcome.RECEIVED, Letter.RECEIPT, received=moment, handled=moment)
        sampler.put(mail, _to_mend(sampler, mail, place) if place == 1 else sampler.nomination(mail, place))


def _asked(command: Command, letter: Letter) -> Callable[[Sampler], None]:
    def scene(sampler: Sampler) -> None:
        before = sampler.mail(Outcome.RECEIVED, Letter.RECEIPT, answer_state=AnswerState.WRITTEN)
        sampler.put(before, sampler.nomination(before), _to_mend(sampler, before, 1))
        mail = sampler.mail(Outcome.COMMAND, letter, command=command, files=())
        if command is Command.WITHDRAW:
            gone = sampler.nomination(mail, 0, state=State.WITHDRAWN)
            sampler.put(mail, gone, filing=Filing.WITHDRAWN)

    return scene


def _orders(sampler: Sampler) -> None:
    """Two orders carried out, one that cannot be."""
    before = sampler.mail(Outcome.RECEIVED, Letter.RECEIPT, answer_state=AnswerState.WRITTEN)
    sampler.put(before, sampler.nomination(before))
    office = Address(sampler.rules.office.addresses[0] if sampler.rules.office.addresses else "office@sender.example")
    mail = sampler.mail(Outcome.COMMAND, Letter.ORDERS, command=Command.ORDER, files=(), sender=office, unit=None, subject="")
    sampler.put(mail)
    orders: tuple[Mapping[str, Fact], ...] = (
        {"deed": Deed.PAPER, "about": "nomination:0123", "new": True},
        {"deed": Deed.ADMIT, "about": "nomination:0123", "state": State.ACCEPTED.value},
        {"deed": Deed.ADMIT, "about": "nomination:0999", "said": "0999", "why": "no-such-nomination"},
    )
    for facts in orders:
        sampler.ledger.chronicle.add(Event(mail.received, office.address, ORDERED, f"mail:{mail.id}", facts))


def _decision(sampler: Sampler) -> None:
    """One nomination admitted, one sent back."""
    mail = sampler.mail(Outcome.RECEIVED, Letter.RECEIPT, answer_state=AnswerState.WRITTEN)
    sampler.put(mail, sampler.nomination(mail), sampler.nomination(mail, 1, state=State.WITHDRAWN))
    for number, text in (("0123", Deed.ADMIT.value), ("0124", Deed.REFUSE.value)):
        note = Note(f"nomination:{number}", NoteKind.TELL, text, mail.received, "operator")
        sampler.ledger.notes.put(note)


SCENES: Mapping[Letter, Callable[[Sampler], None]] = {
    Letter.RECEIPT: _receipt,
    Letter.DEFECTS: _defects,
    Letter.HELD: _held,
    Letter.COMBINED: _combined,
    Letter.STATUS: _asked(Command.STATUS, Letter.STATUS),
    Letter.FORMS: _asked(Command.FORMS, Letter.FORMS),
    Letter.WITHDRAWN: _asked(Command.WITHDRAW, Letter.WITHDRAWN),
    Letter.REMINDER: _combined,
    Letter.PAPERS: _combined,
    Letter.DIGEST: _combined,
    Letter.ORDERS: _orders,
    Letter.DECISION: _decision,
    Letter.ALERT: _combined,
}
"""Which ledger each letter is shown from."""
