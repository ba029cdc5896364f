"""Removes the personal data of an archived campaign from ledger and state folder, and leaves the proof of what went.

The order makes it safe: the proof is on the disk before anything goes; then one transaction empties the ledger and writes the
proof's head into the history; then the free pages and the files go. Started again after a crash it goes on from there.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.adapters.archive import ArchiveError, Record, digest_of_file, sums_of, verified
from bot.adapters.files import flush_folder, write_whole
from bot.adapters.hash_chain import chained, head_of
from bot.adapters.removal_policy import CHANGED, KEPT
from bot.adapters.row_digests import PAGE
from bot.adapters.store_copy import digests_of
from bot.adapters.store_engine import make_engine, told_plainly
from bot.adapters.store_tables import EVENT, chronicle, marks, metadata
from bot.adapters.store_values import Json
from bot.model import Event

ARCHIVED = "archived"
"""Mark: when the personal data of this ledger was removed (ISO time). No worker starts on it any more."""

MOVING = frozenset({"marks"})
"""Tables that say when the mailbox was last looked at: they may have moved on since the archive was written."""

STAYING = frozenset({"ledger.db", "ledger.db-wal", "ledger.db-shm", "lock"})
"""All that stays in the state folder."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What went. `head` vouches for the whole proof: a person writes it down."""

    proof: Path
    head: str
    originals: int
    rows: int
    files: int


def remove_personal_data(url: str, state: Path, archive: Path, name: str, now: datetime) -> Removal:
    """Remove it; for whoever holds the worker's lock. `name`: of the proof, which is written into the archive's folder.

    ArchiveError when the archive is not whole, or when the ledger has moved on since it was written; then nothing is removed.
    """
    proof = archive / name
    record = verified(archive)
    if not _is_removed(url):
        _archived_as_it_is(url, record)
        write_whole(proof, b"".join(chained(_entries(url, state, archive, record, now))))
        _empty_ledger(url, head_of(proof.read_bytes()), now)
    _forget_free_pages(url)
    _remove_files(state)
    counts = _counts(proof)
    return Removal(proof, head_of(proof.read_bytes()), counts["originals"], counts["rows"], counts["files"])


def _is_removed(url: str) -> bool:
    with _connected(url) as connection:
        return connection.execute(sa.select(marks.c.value).where(marks.c.key == ARCHIVED)).first() is not None


def _archived_as_it_is(url: str, record: Record) -> None:
    found = digests_of(url)
    moved = sorted(name for name in {*found, *record.tables} - MOVING if found.get(name) != record.tables.get(name))
    if moved:
        raise ArchiveError(
            f"the ledger has moved on since the archive was written ({', '.join(moved)}): write it again into a new folder"
        )
    if record.missing:
        raise ArchiveError(f"the archive lacks the originals of {len(record.missing)} mails: what is left of them stays here")


# --- the proof -------------------------------------------------------------------------------------------------------------


def _entries(url: str, state: Path, archive: Path, record: Record, now: datetime) -> Iterator[Mapping[str, Any]]:
    """What will go: of which campaign, each original, each other file, each table with its digest, and the sums."""
    yield {
        "what": "removal of personal data",
        "campaign": record.campaign,
        "at": now.isoformat(),
        "program": record.program,
        "archive": sums_of(archive),
    }
    originals = files = rows = 0
    with _connected(url) as connection:
        mails = connection.execute(sa.text("SELECT id, sha256, size, original FROM mails ORDER BY id")).all()
    named = {original for *_, original in mails}
    for id, sha256, size, _ in mails:
        originals += 1
        yield {"what": "original", "mail": id, "sha256": sha256, "bytes": size}
    for path in _leaving(state):
        inside = path.relative_to(state).as_posix()
        if inside not in named and not path.is_symlink():
            files += 1
            yield {"what": "file", "name": inside, "sha256": digest_of_file(path), "bytes": path.stat().st_size}
    for table, digest in digests_of(url).items():
        rows += digest.rows
        yield {"what": "table", "name": table, "rows": digest.rows, "sha256": digest.sha256}
    yield {"what": "end", "originals": originals, "files": files, "rows": rows}


def _counts(proof: Path) -> dict[str, int]:
    last = json.loads(proof.read_bytes().splitlines()[-1])
    return {name: int(last[name]) for name in ("originals", "files", "rows")}


# --- the ledger ------------------------------------------------------------------------------------------------------------


@contextmanager
def _connected(url: str) -> Iterator[sa.Connection]:
    engine = make_engine(url)
    try:
        with told_plainly(), engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _empty_ledger(url: str, head: str, now: datetime) -> None:
    with _connected(url) as connection:
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


def _forget_free_pages(url: str) -> None:
    """Write the database anew, so that no page of it, nor of its log, holds what was removed."""
    with _connected(url) as connection:
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


# --- the files -------------------------------------------------------------------------------------------------------------


def _leaving(state: Path) -> list[Path]:
    """Every file and link of the state folder that does not stay; where a link leads to is none of ours."""
    found: list[Path] = []
    for folder, folders, names in os.walk(state):
        found += (Path(folder) / name for name in names)
        found += (Path(folder) / name for name in folders if (Path(folder) / name).is_symlink())
    return sorted(path for path in found if path.relative_to(state).as_posix() not in STAYING)


def _remove_files(state: Path) -> None:
    for path in _leaving(state):
        path.unlink()
    for folder, _, _ in os.walk(state, topdown=False):
        if Path(folder) != state:
            Path(folder).rmdir()
    flush_folder(state)
