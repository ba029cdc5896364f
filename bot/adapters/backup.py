"""Writes what a lost machine would take along into one file while the worker goes on: ledger, originals, rules, settings."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO

import msgspec
import sqlalchemy as sa

from bot.adapters.backup_manifest import FORMAT, LEDGER, MANIFEST, SETTINGS, BackupError, FileDigest, Manifest, is_ours
from bot.adapters.files import flush_file, flush_folder
from bot.adapters.row_digests import TableDigest, table_digests
from bot.adapters.store_copy import snapshot, without_revision
from bot.adapters.store_engine import StoreError, make_engine, read_only, told_plainly
from bot.adapters.store_schema import revision_of

CHUNK = 1024 * 1024

UIDS = "maildir-uids"
"""Which mail of a Maildir got which number."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """What is backed up. `settings`: the settings file without secrets; `folders`: rules and own templates, by name."""

    url: str
    state: Path
    settings: str
    folders: Mapping[str, Path]


@dataclass(slots=True)
class _Packing:
    """An archive being written, and what is in it so far."""

    archive: zipfile.ZipFile
    now: datetime
    files: dict[str, FileDigest] = field(default_factory=dict)

    def add(self, name: str, source: IO[bytes]) -> None:
        entry = zipfile.ZipInfo(name, self.now.timetuple()[:6])
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o100600 << 16
        digest, size = hashlib.sha256(), 0
        with self.archive.open(entry, "w", force_zip64=True) as target:
            while chunk := source.read(CHUNK):
                digest.update(chunk)
                size += len(chunk)
                target.write(chunk)
        self.files[name] = FileDigest(size, digest.hexdigest())

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as source:
            self.add(name, source)


def back_up(belongings: Belongings, into: Path, now: datetime) -> Manifest:
    """Write the backup: whole and on the disk when this returns, mode 0600. BackupError when it cannot be made.

    The ledger is copied first, as it is at one moment; originals are never changed and are kept before their row is
    written, so those the ledger names are all there. A ledger in PostgreSQL is written as SQLite, row by row from one
    snapshot. Mails that come while this runs are in the next backup.
    """
    if into.exists():
        raise BackupError(f"{into}: is there already and is left as it is; give another name")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=into.parent) as work:  # mode 0700, where there is room
        copy = Path(work) / "ledger.db"
        revision, tables, originals = _ledger(belongings.url, copy)
        part = Path(work) / "backup.part"
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w+b") as file, zipfile.ZipFile(file, "w", compresslevel=1) as archive:
            packing = _Packing(archive, now)
            packing.add_file(LEDGER, copy)
            missing = tuple(_missing(packing, belongings.state, originals))
            _add_rest(packing, belongings)
            manifest = Manifest(FORMAT, version("shouli"), now, revision, tables, packing.files, missing)
            archive.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
        flush_file(part)
        # A name that came into being meanwhile is not written over: a link, unlike a rename, fails then.
        os.link(part, into)
    flush_folder(into.parent)
    return manifest


def _ledger(url: str, copy: Path) -> tuple[str, dict[str, TableDigest], list[str]]:
    """Copy the ledger; its revision, its tables' digests and the originals that it names."""
    snapshot(url, copy)
    engine = make_engine(f"sqlite:///{copy}")
    try:
        with told_plainly(), engine.connect() as connection, read_only(connection):
            revision = revision_of(connection)
            if revision is None:
                raise StoreError("the ledger has no tables yet")
            tables = without_revision(table_digests(connection))
            originals = connection.execute(sa.text("SELECT DISTINCT original FROM mails ORDER BY original")).scalars().all()
    finally:
        engine.dispose()
    return revision, tables, [name for name in originals if name]


def _missing(packing: _Packing, state: Path, originals: list[str]) -> Iterator[str]:
    """Add the originals; yields those that are not there, and those that are not what was kept."""
    for original in originals:
        name = f"state/{original}"
        if not is_ours(name) or not (state / original).is_file():
            yield original
            continue
        packing.add_file(name, state / original)
        if packing.files[name].sha256 != Path(original).stem:
            yield original


def _add_rest(packing: _Packing, belongings: Belongings) -> None:
    with tempfile.TemporaryFile() as settings:
        settings.write(belongings.settings.encode())
        settings.seek(0)
        packing.add(SETTINGS, settings)
    if (belongings.state / UIDS).is_file():
        packing.add_file(f"state/{UIDS}", belongings.state / UIDS)
    for name, folder in belongings.folders.items():
        for path in sorted(folder.rglob("*")):
            inside = f"{name}/{path.relative_to(folder).as_posix()}"
            if path.is_file() and is_ours(inside):
                packing.add_file(inside, path)
