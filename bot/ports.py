"""What the steps need of the world, each port one to a few methods; adapters keep these promises, tests fake them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.campaign import Category, Office
from bot.deciding.board import Board
from bot.model import (
    Address,
    Attachment,
    Delivery,
    Event,
    Filed,
    FileRead,
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
    Place,
    Position,
    RawMail,
    Reading,
)


class Clock(Protocol):
    """The only source of “now”."""

    def now(self) -> datetime:
        """The present moment, aware, in the campaign's zone."""
        ...


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a mailbox folder has been taken in."""

    folder: str
    uidvalidity: int
    last_uid: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A mail that lies in the mailbox, before its body is fetched."""

    uid: int
    size: int
    received: datetime


@dataclass(frozen=True, slots=True)
class Survey:
    """What lies in the mailbox above a mark; from the start when UIDVALIDITY changed. Ascending by UID.

    A long backlog comes a page at a time: what follows is surveyed once the mark has moved.
    """

    folder: str
    uidvalidity: int
    mails: tuple[Listed, ...]


class Mailbox(Protocol):
    """A mailbox that is only read: flags stay as people left them."""

    def survey(self, after: Mark | None) -> Survey:
        """What is new since the mark."""
        ...

    def fetch(self, survey: Survey, uids: Sequence[int], largest: int) -> Iterator[RawMail]:
        """The mails with these UIDs, those over `largest` bytes by their header only; vanished ones are left out."""
        ...

    def close(self) -> None:
        """Let the connection go."""
        ...


class MailboxError(Exception):
    """The mailbox cannot be reached or refuses; nothing was lost, the next round tries again."""


class LoginError(MailboxError):
    """The server refuses user or password: asked again at once it would lock the account, so the worker waits long."""


class BodyError(MailboxError):
    """The server lists the mail `uid` but gives no bytes of it; the connection is well and other mails can be fetched."""

    def __init__(self, uid: int) -> None:
        super().__init__(f"the server gives nothing of the mail with UID {uid}")
        self.uid = uid


@dataclass(frozen=True, slots=True)
class Lying:
    """A mail where it lies in the mailbox, with what it can be known by when UIDs have changed."""

    position: Position
    message_id: str
    size: int


class Cabinet(Protocol):
    """Folders of the mailbox for people to look into; never read by the program. MailboxError when it fails."""

    def put(self, lying: Lying, folder: str, *, move: bool) -> Position | None:
        """Copy or move a mail into a folder, made when it is not there; where it lies now, None when it lay there no more."""
        ...

    def clear(self, position: Position) -> None:
        """Take away a copy that `put` made; nobody else's mail."""
        ...

    def close(self) -> None:
        """Let the connection go."""
        ...


class Courier(Protocol):
    """Brings one letter to the server and says what became of it; never raises for what a server may answer."""

    def send(self, letter: Outgoing) -> Delivery:
        """Send it once."""
        ...

    def close(self) -> None:
        """Let the connection go."""
        ...


class Originals(Protocol):
    """Where the originals lie, byte for byte."""

    def keep(self, content: bytes) -> str:
        """Write (temp, fsync, rename) and give the path below the state folder; the same bytes give the same path."""
        ...

    def load(self, path: str) -> bytes:
        """The bytes again."""
        ...


class Reader(Protocol):
    """Reads one mail in the limited process: a crash, a hang or a bomb is a finding at one file, never an exception."""

    def read(self, content: bytes) -> Reading:
        """All that the mail says."""
        ...

    def close(self) -> None:
        """End the process."""
        ...


@dataclass(frozen=True, slots=True)
class OldDocument:
    """A document for another program to convert."""

    data: bytes
    ending: str  # of the name under which that program is given it: doc, rtf, wps …
    target: str  # docx | xlsx


class Converter(Protocol):
    """Saves documents in another format; takes seconds, so it is asked only where the first reader failed."""

    def convert(self, documents: Sequence[OldDocument]) -> list[bytes | None]:
        """Each document in its target format, in the same order; None for those that cannot be converted."""
        ...


class Scanner(Protocol):
    """Reads scans by OCR, in a limited process of its own; takes seconds a page, so nobody waits for it."""

    def look(self, content: bytes, paths: Sequence[str]) -> dict[str, FileRead]:
        """The files of a mail with these paths as they read now; those that cannot be read are left out. May be interrupted."""
        ...

    def close(self) -> None:
        """End the process."""
        ...


class Scribe(Protocol):
    """Writes office documents."""

    def blank_form(self, category: Category) -> Attachment:
        """The empty form of a category, docx."""
        ...


@dataclass(frozen=True, slots=True)
class Paper:
    """The stamped papers of one nomination, as the cover sheet names them."""

    number: str
    category: str
    nominee: str


@dataclass(frozen=True, slots=True)
class PaperBundle:
    """The stamped papers that go to the office together."""

    campaign: str
    office: Office
    unit: str
    papers: tuple[Paper, ...]


class SheetScribe(Protocol):
    """Writes the cover sheet of stamped papers."""

    def cover_sheet(self, bundle: PaperBundle) -> Attachment:
        """One A4 page for these papers, docx; long lists go on on further pages."""
        ...


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment for a document: at the cell or paragraph of `place`, or at its beginning where that tells none."""

    place: Place
    text: str


class Annotator(Protocol):
    """Writes comments into copies of files that came by mail; what cannot be had or annotated is left out, never raised."""

    def annotate(self, mail: bytes, remarks: Mapping[str, Sequence[Remark]], author: str, when: datetime) -> dict[str, bytes]:
        """The annotated copies by their paths in the mail; the text of each is what it was."""
        ...

    def close(self) -> None:
        """End what it started."""
        ...


class Bookkeeper(Protocol):
    """Writes the ledger as a workbook."""

    def write(self, board: Board, ledger: "Transaction") -> Attachment:
        """The workbook of what this look at the ledger shows; `board` was made from the same look."""
        ...


class Mails(Protocol):
    """The mails of the ledger."""

    def add(self, mail: MailRow) -> int | None:
        """Insert (its `id` is ignored) and give the id; None when (Message-ID, SHA-256) is already there."""
        ...

    def get(self, id: int) -> MailRow:
        """One mail; KeyError when unknown."""
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

    def get(self, number: str) -> Nomination | None:
        """One, in its newest version."""
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

    def add(self, event: Event) -> None:
        """Append."""
        ...

    def of(self, subject: str) -> list[Event]:
        """Everything about one subject, oldest first."""
        ...

    def about(self, subjects: Sequence[str]) -> list[Event]:
        """Everything about these subjects; the events of each oldest first."""
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


class StoreError(Exception):
    """The ledger cannot be used as it is, or not at this moment (locked, disk full, server gone); nothing was changed by it."""


class Transaction(Protocol):
    """One unit of work: everything in it is committed together when its `with` block ends without an exception."""

    @property
    def mails(self) -> Mails:
        """The mails."""
        ...

    @property
    def nominations(self) -> Nominations:
        """The nominations."""
        ...

    @property
    def texts(self) -> Texts:
        """The materials."""
        ...

    @property
    def outbox(self) -> Outbox:
        """The letters."""
        ...

    @property
    def chronicle(self) -> Chronicle:
        """The history."""
        ...

    @property
    def notes(self) -> Notes:
        """What people have put down."""
        ...

    @property
    def marks(self) -> Marks:
        """The small facts."""
        ...


class Store(Protocol):
    """The ledger database."""

    def begin(self) -> AbstractContextManager[Transaction]:
        """A transaction; rolled back when its block raises. StoreError when the ledger cannot be worked with now."""
        ...

    def glance(self) -> AbstractContextManager[Transaction]:
        """A read-only look: nothing is written, whatever the block does."""
        ...

    def close(self) -> None:
        """Let the database go."""
        ...
