"""The ledger database: SQLAlchemy Core over SQLite (WAL, synchronous=FULL) or, when the URL says so, PostgreSQL."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from bot.adapters.store_history import SqlChronicle, SqlMarks
from bot.adapters.store_mails import PAGE, SqlMails
from bot.adapters.store_nominations import SqlNominations
from bot.adapters.store_outbox import SqlOutbox
from bot.adapters.store_tables import SCHEMA, metadata, outbox, schema
from bot.adapters.store_texts import SqlTexts

BUSY_SECONDS = 30
"""How long a writer waits for another before it gives up with an error."""

_WRITER_LOCK = 0x73686F75
"""PostgreSQL advisory lock: one writing transaction at a time, which is what BEGIN IMMEDIATE gives on SQLite."""


class StoreError(Exception):
    """The database cannot be used as it is."""


@dataclass(frozen=True, slots=True)
class SqlTransaction:
    """Keeps the promises of `bot.ports.Transaction`."""

    mails: SqlMails
    nominations: SqlNominations
    texts: SqlTexts
    outbox: SqlOutbox
    chronicle: SqlChronicle
    marks: SqlMarks


class SqlStore:
    """Keeps the promises of `bot.ports.Store`.

    `url` is an SQLAlchemy URL; `sqlite://` alone lives in memory. Moments come back in `zone`. Tables are made when there
    are none; StoreError when they are of another schema. A database in memory serves one transaction at a time.
    """

    def __init__(self, url: str, zone: tzinfo = UTC) -> None:
        self._zone = zone
        self._engine = _engine(url)
        self._one_at_a_time: AbstractContextManager[Any] = (
            _Alone() if isinstance(self._engine.pool, StaticPool) else nullcontext()
        )
        try:
            with self._one_at_a_time:
                self._prepare()
        except sa.exc.DBAPIError as error:
            self.close()
            msg = f"the ledger database cannot be opened: {' '.join(str(error.orig).split())}"
            raise StoreError(msg) from error
        except BaseException:
            self.close()
            raise

    @contextmanager
    def begin(self) -> Iterator[SqlTransaction]:
        """A transaction; rolled back when its block raises."""
        with self._one_at_a_time, self._engine.begin() as connection:
            yield self._transaction(connection)

    @contextmanager
    def glance(self) -> Iterator[SqlTransaction]:
        """A read-only look at one moment of the ledger: the database itself refuses every write."""
        with self._one_at_a_time, self._engine.connect() as connection, _read_only(connection):
            yield self._transaction(connection)

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    def _prepare(self) -> None:
        """Look first without asking for the write lock: a worker may be in the middle of a transaction."""
        with self._engine.connect() as connection, _read_only(connection):
            if _check(connection):
                return
        with self._engine.begin() as connection:
            if not _check(connection):
                _make(connection)

    def _transaction(self, connection: sa.Connection) -> SqlTransaction:
        return SqlTransaction(*(part(connection, self._zone) for part in _PARTS))

    def _copy_into(self, other: "SqlStore") -> None:
        """Every row into an empty store, but not the bytes of the letters: nobody sends from a copy."""
        with self._engine.connect() as source, _read_only(source), other._engine.begin() as target:
            for table in metadata.sorted_tables:
                if table is schema:
                    continue
                columns = [sa.literal(b"").label("content") if column is outbox.c.content else column for column in table.c]
                rows = source.execute(sa.select(*columns).execution_options(yield_per=PAGE)).mappings()
                for page in rows.partitions():
                    target.execute(sa.insert(table), [dict(row) for row in page])


_PARTS: Any = (SqlMails, SqlNominations, SqlTexts, SqlOutbox, SqlChronicle, SqlMarks)  # in the order of SqlTransaction's fields


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


def _engine(url: str) -> sa.Engine:
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError:  # not told on: a URL may hold a password
        msg = "the ledger's url is none: write sqlite:////folder/ledger.db or postgresql+psycopg://user@host/name"
        raise StoreError(msg) from None
    if parsed.get_backend_name() == "postgresql":
        options = f"-c lock_timeout={BUSY_SECONDS * 1000}"
        try:
            engine = sa.create_engine(parsed.set(drivername="postgresql+psycopg"), connect_args={"options": options})
        except ModuleNotFoundError as error:
            msg = f"a ledger in PostgreSQL needs the package {error.name}: install shouli with its extra `postgresql`"
            raise StoreError(msg) from error
        sa.event.listen(engine, "begin", _wait_for_the_other_writer)
        return engine
    if parsed.get_backend_name() != "sqlite":
        msg = f"{parsed.get_backend_name()}: the ledger can live in sqlite or postgresql"
        raise StoreError(msg)
    in_memory = parsed.database in (None, "", ":memory:")
    engine = sa.create_engine(parsed, poolclass=StaticPool) if in_memory else sa.create_engine(parsed)
    sa.event.listen(engine, "connect", _set_up_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """WAL and FULL: a commit is on the disk when it returns. The driver's own idea of BEGIN is switched off."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    """IMMEDIATE takes the write lock at once, so that no transaction fails in its middle for lack of it."""
    reading = connection.get_execution_options().get("shouli_read_only", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _wait_for_the_other_writer(connection: sa.Connection) -> None:
    if not connection.get_execution_options().get("shouli_read_only", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK}, hashtext(current_schema()))")


@contextmanager
def _read_only(connection: sa.Connection) -> Iterator[None]:
    """A transaction that sees one moment and can write nothing."""
    connection.execution_options(shouli_read_only=True)
    if connection.dialect.name == "postgresql":
        connection.execution_options(postgresql_readonly=True, isolation_level="REPEATABLE READ")
        with connection.begin() as transaction:
            yield
            transaction.rollback()
        return
    raw = connection.connection.dbapi_connection
    assert raw is not None  # noqa: S101 - a checked-out connection has one; this tells the type checker
    raw.cursor().execute("PRAGMA query_only=ON")
    try:
        with connection.begin() as transaction:
            yield
            transaction.rollback()
    finally:
        raw.cursor().execute("PRAGMA query_only=OFF")


def _check(connection: sa.Connection) -> bool:
    """Whether there are tables; StoreError when they are not the ones this program writes."""
    inspector = sa.inspect(connection)
    if not inspector.has_table(schema.name):
        return False
    found = connection.execute(sa.select(schema.c.version)).scalar()
    if found != SCHEMA:
        msg = f"the ledger database is of schema {found}, this program needs {SCHEMA}"
        raise StoreError(msg)
    for table in metadata.sorted_tables:
        if not inspector.has_table(table.name):
            msg = f"the ledger database was made by another version of this program: it lacks the table {table.name}"
            raise StoreError(msg)
        there = {column["name"] for column in inspector.get_columns(table.name)}
        if missing := sorted(set(table.c.keys()) - there):
            msg = f"the ledger database was made by another version of this program: {table.name} lacks {', '.join(missing)}"
            raise StoreError(msg)
    return True


def _make(connection: sa.Connection) -> None:
    metadata.create_all(connection)
    connection.execute(sa.insert(schema).values(version=SCHEMA))
