"""Removes the personal data of an archived campaign from ledger and state folder, and leaves the proof of what went.

The order makes it safe: the proof is on the disk before anything goes; then one transaction empties the ledger and writes the
proof's head into the history; then the free pages and the files go. Started again after a crash it goes on from there.
"""

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.adapters.archive import ArchiveError, Record, digest_of_file, sums_of, verified
from bot.adapters.files import flush_folder, write_whole
from bot.adapters.hash_chain import chained, head_of
from bot.adapters.ledger_emptying import ARCHIVED, connected, empty_ledger, forget_free_pages
from bot.adapters.store_copy import digests_of
from bot.adapters.store_tables import marks

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
        empty_ledger(url, head_of(proof.read_bytes()), now)
    forget_free_pages(url)
    _remove_files(state)
    counts = _counts(proof)
    return Removal(proof, head_of(proof.read_bytes()), counts["originals"], counts["rows"], counts["files"])


def _is_removed(url: str) -> bool:
    with connected(url) as connection:
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
    with connected(url) as connection:
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
