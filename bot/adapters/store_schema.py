"""Which revision of the tables a ledger has; fresh ledgers are made at the newest one, old ones are brought there."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.adapters import migrations
from bot.adapters.sqlite_copy import copy_sqlite
from bot.adapters.store_engine import StoreError, database_file, make_engine, read_only, told_plainly
from bot.adapters.store_tables import REVISION, SCHEMA, metadata, revisions, schema

FIRST = "0001"
"""The revision of ledgers that carry none: those of the first release."""

log = logging.getLogger("shouli.store")


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A ledger was brought from one revision to another; `copy` is the file with the ledger as it was before."""

    before: str
    after: str
    copy: Path | None  # None: PostgreSQL, whose copies its own tools make


def revision_of(connection: sa.Connection) -> str | None:
    """The revision of the tables that are there, None when there are none; StoreError when it cannot be told."""
    inspector = sa.inspect(connection)
    if inspector.has_table(revisions.name):
        found: str | None = connection.execute(sa.select(revisions.c.version_num)).scalar()
        if found is not None:
            return found
    if not inspector.has_table(schema.name):
        return None
    version = connection.execute(sa.select(schema.c.version)).scalar()
    if version == 1:
        return FIRST
    raise StoreError(f"the ledger database is of schema {version}, which this program does not know")


def check(connection: sa.Connection) -> bool:
    """Whether there are tables; StoreError when they are not the ones this program writes."""
    found = revision_of(connection)
    if found is None:
        return False
    _refuse_newer(found)
    if found < REVISION:
        msg = (
            f"the ledger database is of revision {found}, this program writes {REVISION}: "
            "the next start of the worker brings it up to date, or `shouli migrate`"
        )
        raise StoreError(msg)
    _complete(connection)
    return True


def make(connection: sa.Connection) -> None:
    """All tables of the newest revision, in an empty database."""
    metadata.create_all(connection)
    revisions.create(connection)
    connection.execute(sa.insert(schema).values(version=SCHEMA))
    connection.execute(sa.insert(revisions).values(version_num=REVISION))


def bring_up_to_date(url: str) -> Upgrade | None:
    """Bring an old ledger to the newest revision, in one transaction; None when there is nothing to do.

    Before, an SQLite ledger is copied beside itself while nobody can write to it. For whoever holds the worker's lock.
    StoreError when it is newer than this program or when the upgrade fails; then the ledger is what it was.
    """
    engine = make_engine(url)
    try:
        with told_plainly():
            with engine.connect() as connection, read_only(connection):
                found = revision_of(connection)
            if found is None or found == REVISION:
                return None
            _refuse_newer(found)
            with _without_foreign_keys(engine) as connection, connection.begin():
                upgrade = _upgraded(connection, database_file(engine.url))
    finally:
        engine.dispose()
    if upgrade is not None:
        kept = f"as it was before: {upgrade.copy}" if upgrade.copy else "PostgreSQL keeps no copy of how it was before"
        log.warning("the ledger was brought from revision %s to %s; %s", upgrade.before, upgrade.after, kept)
    return upgrade


def _refuse_newer(found: str) -> None:
    """Revisions are numbers of four digits, so that one can tell the newer of two without knowing it."""
    if found > REVISION:
        msg = (
            f"the ledger database is of revision {found}, newer than this program, which writes {REVISION}: "
            "install the newer program again, or restore a backup made before it"
        )
        raise StoreError(msg)


def _complete(connection: sa.Connection) -> None:
    inspector = sa.inspect(connection)
    for table in metadata.sorted_tables:
        if not inspector.has_table(table.name):
            msg = f"the ledger database was made by another version of this program: it lacks the table {table.name}"
            raise StoreError(msg)
        there = {column["name"] for column in inspector.get_columns(table.name)}
        if missing := sorted(set(table.c.keys()) - there):
            msg = f"the ledger database was made by another version of this program: {table.name} lacks {', '.join(missing)}"
            raise StoreError(msg)


def _upgraded(connection: sa.Connection, file: Path | None) -> Upgrade | None:
    """Ask again, now that nobody else writes; then copy, then change."""
    found = revision_of(connection)
    if found is None or found == REVISION:
        return None
    copy = _copied(file, REVISION) if file else None
    migrate(connection, found, REVISION)
    _complete(connection)
    if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise StoreError("the upgraded ledger would hold letters' recipients without their letter: nothing was changed")
    return Upgrade(found, REVISION, copy)


def migrate(connection: sa.Connection, found: str | None, wanted: str) -> None:
    """Apply the revisions after `found` up to `wanted`, within the transaction of this connection."""
    from alembic import command, config  # a quarter of a second that only an old ledger costs

    settings = config.Config()
    settings.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    settings.attributes["connection"] = connection
    if found is not None:
        command.stamp(settings, found)
    command.upgrade(settings, wanted)


@contextmanager
def _without_foreign_keys(engine: sa.Engine) -> Iterator[sa.Connection]:
    """SQLite changes a table by making it anew, which keys that point to it would forbid; they are checked at the end."""
    with engine.connect() as connection:
        raw: Any = connection.connection.dbapi_connection
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            raw.execute("PRAGMA foreign_keys=OFF")
        try:
            yield connection
        finally:
            if sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


def _copied(file: Path, revision: str) -> Path:
    """The ledger beside itself; what an earlier try, which changed nothing, left there is written over."""
    into = file.with_name(f"{file.stem}-before-{revision}{file.suffix}")
    copy_sqlite(file, into)
    return into
