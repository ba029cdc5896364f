"""What the ledger keeps and the outbox sends."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.judgement import Command, Evidence, Finding, Letter, Listed, Outcome, Question, Role
from bot.model.mail import Address, Facts, Format, Position


class MailState(StrEnum):
    """How far a mail has come."""

    NEW = "new"  # original kept, not yet handled
    HANDLED = "handled"
    FAILED = "failed"  # three attempts raised: held, with the traceback


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail in the ledger. Its original lies at `original`, a path below the state folder."""

    id: int
    message_id: str
    sha256: str
    position: Position | None
    received: datetime
    size: int
    original: str
    complete: bool  # False: over the size limit, only the header is kept
    state: MailState
    attempts: int = 0
    outcome: Outcome | None = None
    reason: str = ""
    command: Command | None = None
    unit: str | None = None
    sender: Address = field(default_factory=lambda: Address(""))
    subject: str = ""
    findings: tuple[Finding, ...] = ()
    files: tuple["FileRow", ...] = ()
    evidence: tuple[Evidence, ...] = ()
    filed: tuple[str, ...] = ()  # numbers of nominations it filed, completed, corrected or withdrew
    rules: str = ""  # `Rules.version` it was decided under
    traceback: str = ""
    letter: Letter | None = None  # the answer it is owed or got
    answer_state: "AnswerState | None" = None
    answer_by: datetime | None = None  # when the answer is to be written
    handled: datetime | None = None
    answer_to: str = ""  # where its answer goes when not to `sender`; see `bot.deciding.due.answer_address`
    references: tuple[str, ...] = ()  # the message ids it refers to, so that the answer stays in its thread
    given_unit: str | None = None  # the unit a person named when releasing this mail; outweighs the mail's own words
    released: bool = False  # a person has looked at it and lets it be done
    listed: tuple[Listed, ...] = ()  # what its summary tables say should be there

    @property
    def waits(self) -> bool:
        """Whether a person must look: it is held, or asks for something that could not be done for it."""
        return self.outcome is Outcome.HELD or (self.outcome is Outcome.COMMAND and self.letter is Letter.HELD)


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a mail as the ledger keeps it."""

    path: str
    sha256: str
    size: int
    format: Format
    role: Role


class AnswerState(StrEnum):
    """Whether a handled mail has been answered."""

    NONE = "none"  # nothing is owed
    OWED = "owed"  # to be written, alone or combined, at `answer_by`
    WRITTEN = "written"  # its letter is in the outbox


class OutboxState(StrEnum):
    """How far a letter has come."""

    QUEUED = "queued"
    SENDING = "sending"  # claimed; at start-up goes back to queued
    SENT = "sent"
    FAILED = "failed"  # refused for good
    WAITING = "waiting"  # for a person: taken for spam, or review_letters
    DROPPED = "dropped"  # no longer due when its turn came (a reminder to a unit that owes nothing any more)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes out with a letter."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A letter ready to send: the bytes and Message-ID never change once queued."""

    letter: Letter
    dedup_key: str
    recipients: tuple[str, ...]
    subject: str
    message_id: str
    content: bytes  # RFC 5322, CRLF
    unit: str | None = None
    numbers: tuple[str, ...] = ()
    mails: tuple[int, ...] = ()  # the mails it answers
    question: Question | None = None  # what it asks, to be answered by a number


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A letter in the outbox."""

    id: int
    outgoing: Outgoing
    state: OutboxState
    queued: datetime
    due: datetime
    attempts: int = 0
    sent: datetime | None = None
    error: str = ""


class Trouble(StrEnum):
    """What can be out of order with the service as a whole; the operator is alerted when it lasts."""

    POLLING = "polling"  # the mailbox cannot be read
    SENDING = "sending"  # letters do not leave
    WORK = "work"  # the rounds between them meet with errors
    SUSPECT = "suspect"  # letters are taken for spam and wait for a person


class Verdict(StrEnum):
    """What the courier says of one sending."""

    SENT = "sent"
    TEMPORARY = "temporary"  # again after `retry_after`
    PERMANENT = "permanent"  # never again
    SUSPECT = "suspect"  # the text is taken for spam: waits for a person
    STOP = "stop"  # nothing more to anybody until `retry_after` has passed


@dataclass(frozen=True, slots=True)
class Delivery:
    """The courier's answer. `retry_after` in seconds, for TEMPORARY and STOP; 0 with STOP: for the rest of the day."""

    verdict: Verdict
    detail: str = ""
    retry_after: int = 0
    refused: tuple[str, ...] = ()  # recipients that were refused although others were accepted, or all of them for good


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the append-only history: who or what changed what, and when."""

    at: datetime
    who: str  # mail:17 | clock | operator | courier
    what: str  # filed, state, released, sent, …
    subject: str  # nomination:0123 | mail:17 | letter:9
    facts: Facts = field(default_factory=dict)


class NoteKind(StrEnum):
    """What a person of the office has put down about a thing."""

    REMARK = "remark"  # 备注: free words, for the office alone
    OPINION = "opinion"  # 核定意见: free words; what they decided stands in the history
    CHECKED = "checked"  # hints that were looked at: the version, then the checks, with spaces between
    SETTLED = "settled"  # a mail that needs nothing more
    RETURNED = "returned"  # the version of a nomination that was sent back, and why
    EXTENDED = "extended"  # the last day (ISO) on which mail of a unit, about a nomination, or of anybody is in time
    TELL = "tell"  # what its unit is still to be told by letter: an order's word, and the reason


@dataclass(frozen=True, slots=True)
class Note:
    """A note; a thing has at most one of a kind."""

    subject: str  # nomination:0123 | mail:17 | unit:410700 | campaign
    kind: NoteKind
    text: str
    at: datetime
    who: str
