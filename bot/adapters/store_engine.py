"""The connection to the ledger database: how SQLite and PostgreSQL are set up so that both keep the same promises."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from bot.ports import StoreError

__all__ = ["UNUSABLE", "StoreError", "database_file", "make_engine", "read_only", "told_plainly", "unusable_told"]

BUSY_SECONDS = 30
"""How long a writer waits for another before it gives up with an error."""

_WRITER_LOCK = 0x73686F75
"""PostgreSQL advisory lock: one writing transaction at a time, which is what BEGIN IMMEDIATE gives on SQLite."""


@contextmanager
def told_plainly() -> Iterator[None]:
    """What the database says when it cannot be used, in one line and without the statement."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        msg = f"the ledger database cannot be opened: {' '.join(str(error.orig).split())}"
        raise StoreError(msg) from error


UNUSABLE = frozenset(
    {
        "SQLITE_BUSY",  # another process has held the write lock for BUSY_SECONDS
        "SQLITE_FULL",  # the disk is full
        "SQLITE_IOERR",
        "SQLITE_CANTOPEN",  # the folder is gone
        "SQLITE_READONLY",  # the file system was made read-only, as Linux does after an error of the disk
        "SQLITE_CORRUPT",
        "SQLITE_NOTADB",
    }
)
"""What SQLite calls a database that cannot be worked with at this moment, whatever was asked of it."""


@contextmanager
def unusable_told(names: Collection[str] = UNUSABLE) -> Iterator[None]:
    """Tells a database that cannot be worked with from a statement that it refuses; StoreError in one line for the former."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        words = " ".join(str(error.orig).split())
        name = getattr(error.orig, "sqlite_errorname", None)
        gone = isinstance(error, sa.exc.OperationalError) if name is None else "_".join(name.split("_")[:2]) in names
        if not gone:
            raise
        raise StoreError(f"the ledger database cannot be used at this moment: {words}") from error


def database_file(url: sa.URL) -> Path | None:
    """Where an SQLite ledger lies; None for one in memory or in PostgreSQL."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def make_engine(url: str) -> sa.Engine:
    """An engine for the ledger, SQLAlchemy's URL given; StoreError for one that no ledger can live at."""
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
        engine.dialect.do_begin = _wait_for_the_other_writer  # type: ignore[method-assign]  # see `_begin_sqlite`
        return engine
    if parsed.get_backend_name() != "sqlite":
        msg = f"{parsed.get_backend_name()}: the ledger can live in sqlite or postgresql"
        raise StoreError(msg)
    in_memory = database_file(parsed) is None
    engine = sa.create_engine(parsed, poolclass=StaticPool) if in_memory else sa.create_engine(parsed)
    sa.event.listen(engine, "connect", _set_up_sqlite)
    engine.dialect.do_begin = _begin_sqlite  # type: ignore[method-assign]  # as above
    return engine


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    """WAL and FULL: a commit is on the disk when it returns. The driver's own idea of BEGIN is switched off."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_SECONDS * 1000}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(dbapi_connection: Any) -> None:
    """IMMEDIATE takes the write lock at once, so that no transaction fails in its middle for lack of it.

    The dialect's own function, which does nothing for either database: a listener to events of the engine would cost every
    statement a quarter more.
    """
    (reading,) = dbapi_connection.execute("PRAGMA query_only").fetchone()
    dbapi_connection.execute("BEGIN" if reading else "BEGIN IMMEDIATE")


def _wait_for_the_other_writer(dbapi_connection: Any) -> None:
    """The same in PostgreSQL, whose transactions begin with their first statement."""
    if not dbapi_connection.read_only:
        dbapi_connection.execute(f"SELECT pg_advisory_xact_lock({_WRITER_LOCK}, hashtext(current_schema()))")


@contextmanager
def read_only(connection: sa.Connection) -> Iterator[None]:
    """A transaction that sees one moment and can write nothing."""
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
