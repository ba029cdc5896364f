"""What the ledger keeps, each kind of it as a collection: mails, nominations, materials, letters, history, notes, marks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model import (
    Address,
    AnswerState,
    Brief,
    Event,
    Filed,
    History,
    Kin,
    Letter,
    MailRow,
    Nomination,
    Note,
    NoteKind,
    OutboxRow,
    OutboxState,
    Outgoing,
)
from bot.ports.mailbox import Mark


class Mails(Protocol):
    """The mails of the ledger."""

    def add(self, mail: MailRow) -> int | None:
        """Insert (its `id` is ignored) and give the id; None when (Message-ID, SHA-256) is already there."""
        ...

    def get(self, id: int) -> MailRow:
        """One mail; KeyError when unknown."""
        ...

    def answered(self, id: int, state: AnswerState) -> None:
        """Write what became of its answer, and nothing else; KeyError when unknown."""
        ...

    def save(self, mail: MailRow) -> None:
        """Write every column of the row with this id."""
        ...

    def unhandled(self, limit: int) -> list[MailRow]:
        """NEW mails in order of arrival: received, folder, uid, id."""
        ...

    def next_after(self, id: int) -> MailRow | None:
        """The mail with the next higher id, None when there is none."""
        ...

    def owed(self) -> list[MailRow]:
        """Handled mails whose answer is OWED, in order of arrival."""
        ...

    def answering(self, message_ids: Sequence[str]) -> list[MailRow]:
        """Mails with one of these Message-IDs (for threads that lead to the sender's own earlier mail)."""
        ...

    def listing(self, unit: str) -> list[MailRow]:
        """Mails of a unit whose summary tables list nominees, in order of arrival."""
        ...

    def all(self) -> Iterator[MailRow]:
        """Every mail in order of arrival."""
        ...


class Nominations(Protocol):
    """The nominations, in their newest version, and the old ones."""

    def history(self, unit: str | None, nominees: Sequence[str], message_ids: Sequence[str], numbers: Sequence[str]) -> History:
        """What bears on a submission: the unit's nominations, namesakes elsewhere, its addresses, the answered letter.

        `numbers` are nominations the mail names; they are in the answer only if they belong to `unit`.
        """
        ...

    def file(self, filed: Filed, mail: int, now: datetime) -> None:
        """Insert or renew a nomination and keep its version; CORRECTED leaves the version before on record."""
        ...

    def of_unit(self, unit: str) -> list[Nomination]:
        """All of a unit's, withdrawn ones too, by number."""
        ...

    def briefs(self, units: Sequence[str]) -> list[Brief]:
        """All of these units', withdrawn ones too, by number: as much of them as is counted."""
        ...

    def get(self, number: str) -> Nomination | None:
        """One, in its newest version."""
        ...

    def some(self, numbers: Sequence[str]) -> list[Nomination]:
        """Those of these numbers that there are, in their newest version, by number within each stretch of them."""
        ...

    def all(self) -> Iterator[Nomination]:
        """Every nomination by number."""
        ...

    def versions(self, number: str) -> list[Nomination]:
        """All its versions, oldest first."""
        ...

    def filed_from(self, address: str) -> tuple[str, ...]:
        """The ids of the units for which mail from this address has been accepted, each once; none for ""."""
        ...

    def learn(self, unit: str, address: Address, mail: int) -> None:
        """Remember that an accepted mail of this unit came from this address."""
        ...


class Texts(Protocol):
    """The materials of the nominations, in their newest version, to be compared with each other."""

    def keep(self, number: str, text: str) -> None:
        """Remember the material of a nomination in place of the one before."""
        ...

    def kin(self, texts: Sequence[str]) -> tuple[Kin, ...]:
        """Live nominations whose materials may be copies of one of these, or these of them; few, by number."""
        ...


class Outbox(Protocol):
    """The letters."""

    def add(self, letter: Outgoing, now: datetime, due: datetime, state: OutboxState = OutboxState.QUEUED) -> bool:
        """Queue; False when the key is already there."""
        ...

    def claim(self, now: datetime, only: Collection[Letter] | None = None) -> OutboxRow | None:
        """Take the oldest due letter (of these kinds): QUEUED to SENDING by one conditional update; None when there is none."""
        ...

    def settle(self, id: int, state: OutboxState, now: datetime, error: str = "", due: datetime | None = None) -> None:
        """Write what became of a claimed letter; QUEUED with `due` means try again then."""
        ...

    def recover(self) -> int:
        """At start-up: what was in flight goes back to QUEUED; says how many."""
        ...

    def find(self, message_ids: Sequence[str]) -> list[OutboxRow]:
        """Letters with one of these Message-IDs, their bytes left in the database: `content` is empty."""
        ...

    def get(self, id: int) -> OutboxRow:
        """One letter with its bytes; KeyError when unknown."""
        ...

    def rewrite(self, id: int, letter: Outgoing) -> None:
        """Put other words (subject, bytes) into a letter that is WAITING for a person; KeyError for any other."""
        ...

    def last_sent(self, address: str) -> datetime | None:
        """When the newest answer (not reminder, not digest) to this address was queued or sent."""
        ...

    def newest_to(self, address: str, since: datetime) -> OutboxRow | None:
        """The newest letter SENT to this address at or after a moment, its bytes left in the database; None without one."""
        ...

    def next_due(self) -> datetime | None:
        """When the earliest queued letter is due; None when none is queued."""
        ...

    def sent_since(self, since: datetime) -> int:
        """Letters SENT at or after a moment, for the day's budget."""
        ...

    def heads(self) -> Iterator[OutboxRow]:
        """Every letter by id, its bytes left in the database: `content` is empty."""
        ...

    def all(self) -> Iterator[OutboxRow]:
        """Every letter by id."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the history with its number, which only grows."""

    id: int
    event: Event


class Chronicle(Protocol):
    """The append-only history."""

    def add(self, *events: Event) -> None:
        """Append, in this order."""
        ...

    def of(self, subject: str) -> list[Event]:
        """Everything about one subject, oldest first."""
        ...

    def about(self, subjects: Sequence[str]) -> list[Event]:
        """Everything about these subjects; the events of each oldest first."""
        ...

    def doings(self, who: Sequence[str], subjects: Sequence[str]) -> list[Event]:
        """What these hands did with these subjects, oldest first."""
        ...

    def since(self, id: int, limit: int) -> list[Entry]:
        """The next rows after the one with this number, oldest first."""
        ...

    def all(self) -> Iterator[Event]:
        """Everything, oldest first."""
        ...


class Notes(Protocol):
    """What people of the office have put down about things; a thing has at most one note of a kind."""

    def get(self, subject: str, kind: NoteKind) -> Note | None:
        """The note of this kind about a thing."""
        ...

    def put(self, note: Note) -> None:
        """Put it in place of the one before."""
        ...

    def remove(self, subject: str, kind: NoteKind) -> None:
        """Take it away, if there is one."""
        ...

    def of(self, kind: NoteKind) -> list[Note]:
        """All notes of a kind, by their things."""
        ...

    def all(self) -> Iterator[Note]:
        """Every note, by their things."""
        ...


class Marks(Protocol):
    """Small facts of the worker: how far each folder is, until when sending stops."""

    def folder(self, folder: str) -> Mark | None:
        """How far this folder has been taken in."""
        ...

    def advance(self, mark: Mark) -> None:
        """Remember it."""
        ...

    def get(self, key: str) -> str | None:
        """A remembered word (e.g. `courier-stopped-until`, `last-poll`)."""
        ...

    def put(self, key: str, value: str | None) -> None:
        """Remember or forget it."""
        ...
