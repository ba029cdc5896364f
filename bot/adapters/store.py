"""The ledger database: SQLAlchemy Core over SQLite (WAL, synchronous=FULL) or, when the URL says so, PostgreSQL."""

import threading
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from bot.adapters.store_engine import UNUSABLE, StoreError, make_engine, read_only, told_plainly, unusable_told
from bot.adapters.store_history import SqlChronicle, SqlMarks
from bot.adapters.store_lock import Lost, only_worker_of
from bot.adapters.store_mails import PAGE, SqlMails
from bot.adapters.store_nominations import SqlNominations
from bot.adapters.store_notes import SqlNotes
from bot.adapters.store_outbox import SqlOutbox
from bot.adapters.store_schema import check, make
from bot.adapters.store_tables import metadata, outbox, schema
from bot.adapters.store_texts import SqlTexts

__all__ = ["SqlStore", "SqlTransaction", "StoreError", "copy_to_memory"]


@dataclass(frozen=True, slots=True)
class SqlTransaction:
    """Keeps the promises of `bot.ports.Transaction`."""

    mails: SqlMails
    nominations: SqlNominations
    texts: SqlTexts
    outbox: SqlOutbox
    chronicle: SqlChronicle
    notes: SqlNotes
    marks: SqlMarks


class SqlStore:
    """Keeps the promises of `bot.ports.Store`.

    `url` is an SQLAlchemy URL; `sqlite://` alone lives in memory. Moments come back in `zone`. Tables are made when there
    are none; StoreError when they are of another revision. A database in memory serves one transaction at a time.
    """

    def __init__(self, url: str, zone: tzinfo = UTC) -> None:
        self._zone = zone
        self._engine = make_engine(url)
        weakref.finalize(self, self._engine.dispose)  # a store that is dropped leaves no connection open
        self._one_at_a_time: AbstractContextManager[Any] = (
            _Alone() if isinstance(self._engine.pool, StaticPool) else nullcontext()
        )
        try:
            with self._one_at_a_time, told_plainly():
                self._prepare()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def begin(self) -> Iterator[SqlTransaction]:
        """A transaction; rolled back when its block raises. StoreError when the database cannot be worked with now."""
        with self._one_at_a_time, unusable_told(), self._engine.begin() as connection:
            yield self._transaction(connection)

    @contextmanager
    def glance(self) -> Iterator[SqlTransaction]:
        """A read-only look at one moment of the ledger: the database itself refuses every write."""
        # What is written here all the same is a mistake of ours, and stays one.
        with (
            self._one_at_a_time,
            unusable_told(UNUSABLE - {"SQLITE_READONLY"}),
            self._engine.connect() as connection,
            read_only(connection),
        ):
            yield self._transaction(connection)

    def alone(self) -> AbstractContextManager[Lost]:
        """Keep other workers out of this ledger; StoreError when there is one. Gives what is asked before each round."""
        return only_worker_of(self._engine)

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    def _prepare(self) -> None:
        """Look first without asking for the write lock: a worker may be in the middle of a transaction."""
        with self._engine.connect() as connection, read_only(connection):
            if check(connection):
                return
        with self._engine.begin() as connection:
            if not check(connection):
                make(connection)

    def _transaction(self, connection: sa.Connection) -> SqlTransaction:
        return SqlTransaction(*(part(connection, self._zone) for part in _PARTS))

    def _copy_into(self, other: "SqlStore") -> None:
        """Every row into an empty store, but not the bytes of the letters: nobody sends from a copy."""
        with self._engine.connect() as source, read_only(source), other._engine.begin() as target:
            for table in metadata.sorted_tables:
                if table is schema:
                    continue
                columns = [sa.literal(b"").label("content") if column is outbox.c.content else column for column in table.c]
                rows = source.execute(sa.select(*columns).execution_options(yield_per=PAGE)).mappings()
                for page in rows.partitions():
                    target.execute(sa.insert(table), [dict(row) for row in page])


_PARTS: Any = (
    SqlMails,
    SqlNominations,
    SqlTexts,
    SqlOutbox,
    SqlChronicle,
    SqlNotes,
    SqlMarks,
)  # in the order of SqlTransaction's fields


def copy_to_memory(url: str, zone: tzinfo = UTC) -> SqlStore:
    """A copy of a ledger that may be live, for a dry run: reads one moment of it and writes nothing to it."""
    source, copy = SqlStore(url, zone), SqlStore("sqlite://", zone)
    try:
        source._copy_into(copy)
    finally:
        source.close()
    return copy


class _Alone:
    """One at a time; a transaction within a transaction of the same thread is a mistake that is told, not a deadlock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owner: int | None = None

    def __enter__(self) -> None:
        if self._owner == threading.get_ident():
            raise StoreError("a transaction was begun within another")
        self._lock.acquire()
        self._owner = threading.get_ident()

    def __exit__(self, *_: object) -> None:
        self._owner = None
        self._lock.release()
