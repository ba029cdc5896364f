"""Makes a folder from a backup, and believes nothing of it: every file and every row is compared with the list of contents."""

import hashlib
import os
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.adapters.backup_manifest import LEDGER, BackupError, FileDigest, Manifest, manifest_of
from bot.adapters.files import flush_file
from bot.adapters.row_digests import table_digests
from bot.adapters.store_copy import copy_ledger, without_revision
from bot.adapters.store_engine import StoreError, make_engine, read_only, told_plainly
from bot.adapters.store_schema import revision_of
from bot.adapters.whole_folder import whole_folder

CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored and found to be the same."""

    manifest: Manifest
    rows: int
    originals: int


def restore(file: Path, into: Path, database: str | None = None) -> Restored:
    """Restore into a folder that is not there or empty; the folder comes into being whole and verified, or not at all.

    `database`: an empty PostgreSQL database that the ledger is copied into as well. BackupError, StoreError when anything
    is other than it was.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise BackupError(f"{into}: is not empty; restore into a new folder")
    into.parent.mkdir(parents=True, exist_ok=True)
    with whole_folder(into, ".restoring-") as part:
        manifest = _unpacked(file, part)
        rows, originals = _same_ledger(part, manifest)
        if database is not None:
            copy_ledger(f"sqlite:///{part / LEDGER}", database)
    return Restored(manifest, rows, originals)


def _unpacked(file: Path, part: Path) -> Manifest:
    """Every file, compared as it is written; no more of it is read than the list of contents says."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = manifest_of(archive)
            wanted = sum(one.bytes for one in manifest.files.values())
            if wanted > shutil.disk_usage(part).free:
                raise BackupError(f"{part.parent}: {wanted} bytes are needed, and not free")
            for name, digest in manifest.files.items():
                _make_folders(part, name)
                _extract(archive, name, digest, part / name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise BackupError(f"{file}: is damaged, or no backup: {error}") from error
    return manifest


def _make_folders(part: Path, name: str) -> None:
    """Each closed to others: Path.mkdir gives its mode to the last one only."""
    for folder in reversed((part / name).relative_to(part).parents):
        (part / folder).mkdir(mode=0o700, exist_ok=True)


def _extract(archive: zipfile.ZipFile, name: str, digest: FileDigest, into: Path) -> None:
    descriptor = os.open(into, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    found, size = hashlib.sha256(), 0
    with os.fdopen(descriptor, "wb") as target, archive.open(name) as source:
        while size <= digest.bytes and (chunk := source.read(CHUNK)):
            found.update(chunk)
            size += len(chunk)
            target.write(chunk)
    if (size, found.hexdigest()) != (digest.bytes, digest.sha256):
        raise BackupError(f"{name}: is not what was backed up: the backup is damaged; nothing was restored")
    flush_file(into)


def _same_ledger(part: Path, manifest: Manifest) -> tuple[int, int]:
    """Compare revision and rows, and look for the original of every mail; how many there are of both."""
    engine = make_engine(f"sqlite:///{part / LEDGER}")
    try:
        with told_plainly(), engine.connect() as connection, read_only(connection):
            if revision_of(connection) != manifest.revision:
                raise StoreError("the restored ledger is of another revision than the one that was backed up")
            tables = without_revision(table_digests(connection))
            named = set(connection.execute(sa.text("SELECT original FROM mails WHERE original <> ''")).scalars())
    finally:
        engine.dispose()
    for name in sorted({*tables, *manifest.tables}):
        if tables.get(name) != manifest.tables.get(name):
            raise StoreError(f"the table {name} of the restored ledger is not what was backed up; nothing was restored")
    if lost := sorted(one for one in named - set(manifest.missing) if f"state/{one}" not in manifest.files):
        raise BackupError(f"{len(lost)} originals of the ledger are not in the backup, the first is {lost[0]}")
    return sum(table.rows for table in tables.values()), len(named - set(manifest.missing))
