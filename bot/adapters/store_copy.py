"""Copies every row of a ledger into another database, SQLite to PostgreSQL or back, and proves that nothing changed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.adapters.row_digests import PAGE, TableDigest, reflected, table_digests
from bot.adapters.sqlite_copy import copy_sqlite
from bot.adapters.store_engine import StoreError, database_file, make_engine, read_only, told_plainly
from bot.adapters.store_schema import migrate, revision_of
from bot.adapters.store_tables import revisions


def copy_ledger(source: str, target: str) -> dict[str, TableDigest]:
    """Copy one moment of a ledger, which may be live, at its own revision; the digests of what was copied.

    StoreError when the target has a ledger already, or when the copy does not come out row for row the same: then it is
    rolled back.
    """
    there, here = make_engine(source), make_engine(target)
    try:
        with told_plainly(), there.connect() as old, read_only(old), here.begin() as new:
            found = revision_of(old)
            if found is None:
                raise StoreError("there is no ledger to copy")
            if revision_of(new) is not None:
                raise StoreError("the database holds a ledger already; nothing was written")
            migrate(new, None, found)
            _copy_rows(old, new)
            digests = without_revision(table_digests(old))
            if without_revision(table_digests(new)) != digests:
                raise StoreError("the copy of the ledger differs from it; nothing was written")
            return digests
    finally:
        there.dispose()
        here.dispose()


def snapshot(url: str, into: Path) -> None:
    """One moment of a ledger as an SQLite file, whichever database it lives in; StoreError when there is none."""
    engine = make_engine(url)
    file = database_file(engine.url)
    engine.dispose()
    if file is None:
        copy_ledger(url, f"sqlite:///{into}")
    elif not file.is_file():
        raise StoreError(f"{file}: there is no ledger yet")
    else:
        copy_sqlite(file, into)


def digests_of(url: str) -> dict[str, TableDigest]:
    """The digests of a ledger's tables as they are at one moment."""
    engine = make_engine(url)
    try:
        with told_plainly(), engine.connect() as connection, read_only(connection):
            return without_revision(table_digests(connection))
    finally:
        engine.dispose()


def without_revision(digests: dict[str, TableDigest]) -> dict[str, TableDigest]:
    """The tables of the ledger itself; a ledger of the first release lacks the table that says its revision."""
    return {name: digest for name, digest in digests.items() if name != revisions.name}


def _copy_rows(source: sa.Connection, target: sa.Connection) -> None:
    aware = target.dialect.name == "postgresql"
    tables = reflected(target)
    tables.remove(tables.tables[revisions.name])
    for table in tables.sorted_tables:
        target.execute(sa.delete(table))  # what a revision itself put in
        asked = sa.select(*(sa.column(name, column.type) for name, column in table.c.items())).select_from(sa.table(table.name))
        with source.execute(asked.execution_options(yield_per=PAGE)) as found:
            for page in found.mappings().partitions():
                target.execute(sa.insert(table), [{name: _moved(value, aware) for name, value in row.items()} for row in page])
        if aware:
            _go_on_counting(target, table)


def _moved(value: Any, aware: bool) -> Any:
    """Moments lie in UTC, in SQLite without saying so."""
    if not isinstance(value, datetime):
        return value
    moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return moment if aware else moment.replace(tzinfo=None)


def _go_on_counting(target: sa.Connection, table: sa.Table) -> None:
    """PostgreSQL's counters know nothing of rows that came with their number."""
    for column in table.primary_key:
        counter = target.execute(sa.func.pg_get_serial_sequence(sa.literal(table.name), sa.literal(column.name))).scalar()
        last = target.execute(sa.select(sa.func.max(column))).scalar() if counter else None
        if last is not None:
            target.execute(sa.select(sa.func.setval(sa.literal(counter), last)))
