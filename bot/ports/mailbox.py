"""Where mail comes from and letters go: the mailbox, its folders for people, the courier, the originals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.model import Delivery, Outgoing, Position, RawMail


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
