"""Digests of the tables of a ledger: the same rows give the same digest, in any order, on either database, at any revision."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import msgspec
import sqlalchemy as sa

PAGE = 500
"""Rows fetched at a time."""

_MODULUS = 1 << 256


@dataclass(frozen=True, slots=True)
class TableDigest:
    """How many rows a table has, and the sum of the SHA-256 of all of them, modulo 2^256."""

    rows: int
    sha256: str


def reflected(connection: sa.Connection) -> sa.MetaData:
    """The tables that are there, with plain types: nothing is asked of the tables this program would make."""
    found = sa.MetaData()
    found.reflect(connection)
    return found


def table_digests(connection: sa.Connection) -> dict[str, TableDigest]:
    """Every table's digest, by its name."""
    return {table.name: digest_of(_rows(connection, table)) for table in reflected(connection).sorted_tables}


def digest_of(rows: Iterable[Mapping[str, Any]]) -> TableDigest:
    """The digest of rows; a column of the same name holds the same, wherever it stands in its table."""
    count, total = 0, 0
    for row in rows:
        count += 1
        total += int.from_bytes(row_digest(row))
    return TableDigest(count, f"{total % _MODULUS:064x}")


def row_digest(row: Mapping[str, Any]) -> bytes:
    """The SHA-256 of one row."""
    return hashlib.sha256(msgspec.json.encode([[name, _plain(row[name])] for name in sorted(row)])).digest()


def _rows(connection: sa.Connection, table: sa.Table) -> Iterable[Mapping[str, Any]]:
    with connection.execute(sa.select(table).execution_options(yield_per=PAGE)) as found:
        yield from ({str(name): value for name, value in row.items()} for row in found.mappings())


def _plain(value: Any) -> Any:
    """What both databases give alike: moments in UTC, truth as a number, bytes by their digest."""
    if isinstance(value, datetime):
        return (value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value).isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).hexdigest()
    return value
