"""The ledger database, and one unit of work over all that it keeps."""

from contextlib import AbstractContextManager
from typing import Protocol

from bot.ports.ledger import Chronicle, Mails, Marks, Nominations, Notes, Outbox, Texts


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
