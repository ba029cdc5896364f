"""Empties a ledger of everything that the policy does not keep, down to the pages that the database has given free."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.adapters.removal_policy import CHANGED, KEPT
from bot.adapters.row_digests import PAGE
from bot.adapters.store_engine import make_engine, told_plainly
from bot.adapters.store_tables import EVENT, chronicle, marks, metadata
from bot.adapters.store_values import Json
from bot.model import Event

ARCHIVED = "archived"
"""Mark: when the personal data of this ledger was removed (ISO time). No worker starts on it any more."""


@contextmanager
def connected(url: str) -> Iterator[sa.Connection]:
    """A connection to the ledger that ends with the block."""
    engine = make_engine(url)
    try:
        with told_plainly(), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def empty_ledger(url: str, head: str, now: datetime) -> None:
    """Empty every table in one transaction, and write down in it that it was done and the head of the proof."""
    with connected(url) as connection:
        if connection.dialect.name == "sqlite":
            _raw(connection).execute("PRAGMA secure_delete=ON")  # what is overwritten is zeros, not only free
        with connection.begin():
            for table in reversed(metadata.sorted_tables):
                _empty(connection, table)
            connection.execute(sa.insert(marks).values(key=ARCHIVED, value=now.isoformat()))
            event = Event(now, "operator", "personal-data-removed", "ledger", {"proof": head})
            connection.execute(sa.insert(chronicle).values(EVENT.row(event)))


def _empty(connection: sa.Connection, table: sa.Table) -> None:
    if table.name not in KEPT:
        connection.execute(sa.delete(table))
        return
    _change(connection, table)
    emptied: dict[str, Any] = {one.name: sa.literal_column(empty_of(one)) for one in table.c if is_emptied(one)}
    if emptied:
        connection.execute(sa.update(table).values(emptied))


def is_emptied(column: sa.Column[Any]) -> bool:
    """Whether nothing of this column stays."""
    return column.name not in KEPT[column.table.name] and (column.table.name, column.name) not in CHANGED


def empty_of(column: sa.Column[Any]) -> str:
    """What an emptied column holds, as SQL; KeyError for a type that knows no emptiness: then it must be decided about."""
    if column.nullable:
        return "NULL"
    kind = column.type
    if isinstance(kind, Json):
        return {"list": "'[]'", "table": "'{}'"}[_container(kind.kind)]
    plain = kind.impl if isinstance(kind, sa.types.TypeDecorator) else kind
    return {sa.Text: "''", sa.Boolean: "false", sa.BigInteger: "0", sa.Integer: "0", sa.LargeBinary: "''"}[type(plain)]


def _container(kind: Any) -> str:
    """What JSON makes of a kind of value; the kind's own name where it is neither list nor table."""
    origin = getattr(kind, "__origin__", kind)
    if origin is tuple:
        return "list"
    return "table" if isinstance(origin, type) and issubclass(origin, Mapping) else str(kind)


def _change(connection: sa.Connection, table: sa.Table) -> None:
    """Columns of which a part stays, row by row, as the database holds them."""
    changes = {column: become for (of, column), become in CHANGED.items() if of == table.name}
    if not changes:
        return
    raw = sa.table(table.name, *(sa.column(column.name) for column in table.c))
    keys = [column.name for column in table.primary_key]
    asked = {*keys, *changes}
    update = sa.update(raw).where(*(raw.c[key] == sa.bindparam(f"key_{key}") for key in keys))
    update = update.values({name: sa.bindparam(f"new_{name}") for name in changes})
    found = [dict(row) for row in connection.execute(sa.select(*(raw.c[name] for name in sorted(asked)))).mappings()]
    for start in range(0, len(found), PAGE):
        connection.execute(
            update,
            [
                {f"key_{key}": row[key] for key in keys} | {f"new_{name}": become(row) for name, become in changes.items()}
                for row in found[start : start + PAGE]
            ],
        )


def forget_free_pages(url: str) -> None:
    """Write the database anew, so that no page of it, nor of its log, holds what was removed."""
    with connected(url) as connection:
        if connection.dialect.name == "sqlite":
            for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                _raw(connection).execute(statement).fetchall()
            return
        connection.execution_options(isolation_level="AUTOCOMMIT", shouli_read_only=True)
        for table in metadata.sorted_tables:
            connection.exec_driver_sql(f'VACUUM FULL "{table.name}"')


def _raw(connection: sa.Connection) -> Any:
    raw = connection.connection.dbapi_connection
    assert raw is not None  # noqa: S101 - a checked-out connection has one; this tells the type checker
    return raw
