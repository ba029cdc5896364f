"""Gathers the whole story of a nomination or of a mail from the ledger, which is only looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model import Event, Filing, MailRow, Nomination, OutboxRow
from bot.ports import Store, Transaction

MACHINES = frozenset({"clock", "courier", "worker"})
"""Who acts in the history without anybody having asked for it."""


class NothingToExplainError(Exception):
    """There is no such thing in the ledger; one line for the terminal."""


@dataclass(frozen=True, slots=True)
class Told:
    """A letter, and what happened to it."""

    letter: OutboxRow
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class NominationStory:
    """All that the ledger knows of one nomination; each tuple oldest first."""

    nomination: Nomination  # as it stands now
    versions: tuple[Nomination, ...]
    mails: tuple[MailRow, ...]  # that filed, completed, corrected, repeated or withdrew it
    letters: tuple[Told, ...]
    events: tuple[Event, ...]

    @property
    def hands(self) -> tuple[Event, ...]:
        """What people did to it or to its letters and mails' answers."""
        return by_hand([*self.events, *(event for told in self.letters for event in told.events)])


@dataclass(frozen=True, slots=True)
class MailStory:
    """All that the ledger knows of one mail; each tuple oldest first."""

    mail: MailRow
    nominations: tuple[Nomination, ...]  # that it touched, as they stand now
    moved: tuple[Nomination, ...]  # others of the unit whose state moved because of it
    letters: tuple[Told, ...]
    events: tuple[Event, ...]

    @property
    def hands(self) -> tuple[Event, ...]:
        """What people did to it or to its letters."""
        return by_hand([*self.events, *(event for told in self.letters for event in told.events)])


def by_hand(events: Iterable[Event]) -> tuple[Event, ...]:
    """Those of people, by time: neither a mail's doing nor that of clock, courier or worker."""
    people = (event for event in events if event.who not in MACHINES and not event.who.startswith("mail:"))
    return tuple(sorted(people, key=lambda event: event.at))


def explain_nomination(store: Store, number: str) -> NominationStory:
    """The story of the nomination with this number; raises `NothingToExplainError` when there is none."""
    with store.glance() as ledger:
        nomination = ledger.nominations.get(number)
        if nomination is None:
            raise NothingToExplainError(f"there is no nomination {number}")
        events = tuple(ledger.chronicle.of(f"nomination:{number}"))
        versions = tuple(ledger.nominations.versions(number))
        mails = tuple(ledger.mails.get(id) for id in _mails_of(versions, events))
        letters = _letters(ledger, (), number)
        return NominationStory(nomination, versions, mails, letters, events)


def explain_mail(store: Store, id: int) -> MailStory:
    """The story of the mail with this number; raises `NothingToExplainError` when there is none."""
    with store.glance() as ledger:
        try:
            mail = ledger.mails.get(id)
        except KeyError:
            raise NothingToExplainError(f"there is no mail {id}") from None
        found = (ledger.nominations.get(number) for number in mail.filed)
        touched = tuple(one for one in found if one is not None)
        moved = tuple(one for one in _of_unit(ledger, mail) if one not in touched and _moved_by(ledger, one, mail))
        events = tuple(ledger.chronicle.of(f"mail:{id}"))
        return MailStory(mail, touched, moved, _letters(ledger, (id,), None), events)


def _mails_of(versions: Sequence[Nomination], events: Sequence[Event]) -> list[int]:
    """The mails that touched a nomination itself; one that only moved its state is told in the history."""
    doers = {int(event.who[5:]) for event in events if event.who.startswith("mail:") and event.what != Filing.RESTATED}
    halves = {id for one in versions for id in (one.mail, one.form_mail, one.material_mail) if id is not None}
    return sorted(doers | halves)


def _of_unit(ledger: Transaction, mail: MailRow) -> list[Nomination]:
    return ledger.nominations.of_unit(mail.unit) if mail.unit else []


def _moved_by(ledger: Transaction, one: Nomination, mail: MailRow) -> bool:
    events = ledger.chronicle.of(f"nomination:{one.number}")
    return any(event.who == f"mail:{mail.id}" and event.what == Filing.RESTATED for event in events)


def _letters(ledger: Transaction, mails: Sequence[int], number: str | None) -> tuple[Told, ...]:
    """The letters about a nomination or in answer to a mail, without their bytes."""
    return tuple(
        Told(row, tuple(ledger.chronicle.of(f"letter:{row.id}")))
        for row in ledger.outbox.heads()
        if number in row.outgoing.numbers or not set(mails).isdisjoint(row.outgoing.mails)
    )
