"""Whom the office can ring: telephone numbers of the roster and of a unit's own forms, with the persons beside them."""

from dataclasses import dataclass, field

from bot.campaign import Category, FieldKind, Unit
from bot.deciding.board import Contact
from bot.model import Nomination

CONTACTS = 3
"""Telephone numbers kept of a unit's own forms, newest first: more than these nobody rings."""


def telephone_fields(category: Category) -> tuple[tuple[str, str], ...]:
    """Each telephone field of a form with the person it stands beside: the nearest person field before it, or ""."""
    pairs: list[tuple[str, str]] = []
    person = ""
    for spec in category.fields:
        if spec.kind is FieldKind.PERSON:
            person = spec.name
        elif spec.kind is FieldKind.TELEPHONE:
            pairs.append((person, spec.name))
    return tuple(pairs)


def contact_of(nomination: Nomination, telephones: tuple[tuple[str, str], ...]) -> Contact | None:
    """The first telephone number of the form with the person beside it."""
    for person, telephone in telephones:
        if number := nomination.fields.get(telephone, "").strip():
            return Contact(nomination.fields.get(person, "").strip(), number, nomination.number)
    return None


@dataclass(slots=True)
class Contacts:
    """What is being gathered of one unit from its forms: a person by each number, and whether it is the nominee's own."""

    by_telephone: dict[str, tuple[bool, Contact]] = field(default_factory=dict)

    def add(self, contact: Contact, *, own: bool) -> None:
        """Add what one form says; a form that names nobody does not take the name another gave."""
        before = self.by_telephone.pop(contact.telephone, None)
        self.by_telephone[contact.telephone] = (own, contact) if contact.name or not before else before
        while len(self.by_telephone) > CONTACTS:
            self.by_telephone.pop(self._least_use())

    def _least_use(self) -> str:
        """The telephone number to forget: the oldest nominee's own, else the oldest."""
        return next((number for number, (own, _) in self.by_telephone.items() if own), next(iter(self.by_telephone)))

    def of(self, unit: Unit) -> tuple[Contact, ...]:
        """The roster's first, then those of its forms, newest first, nominees' own numbers last."""
        roster = [Contact(unit.contact, unit.telephone)] if unit.telephone else []
        newest = list(reversed(self.by_telephone.values()))
        found = sorted(newest, key=lambda entry: entry[0])
        return (*roster, *(contact for _, contact in found if contact.telephone != unit.telephone))
