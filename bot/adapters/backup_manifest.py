"""What a backup says of itself: every file and every table with its digest, by which a restored ledger is verified."""

import re
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

import msgspec

from bot.adapters.files import StateError
from bot.adapters.row_digests import TableDigest

MANIFEST = "manifest.json"
LEDGER = "state/ledger.db"
SETTINGS = "shouli.toml"
FORMAT = 1

LARGEST_MANIFEST = 512 * 1024 * 1024
"""Bytes: some millions of originals."""

_OWN = re.compile(r"shouli\.toml|state/(ledger\.db|maildir-uids|mail/[0-9a-f]{2}/[0-9a-f]{64}\.eml)")
_FOLDERS = frozenset({"rules", "templates"})


class BackupError(StateError):
    """The backup cannot be written, or is not what it says; the message says why."""


@dataclass(frozen=True, slots=True)
class FileDigest:
    """A file of the backup."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The backup's list of contents, written last."""

    format: int
    program: str
    made: datetime
    revision: str  # of the ledger's tables
    tables: Mapping[str, TableDigest]
    files: Mapping[str, FileDigest]
    missing: tuple[str, ...] = ()  # originals that the ledger names and the disk had not, or not as they were kept


def manifest_of(archive: zipfile.ZipFile) -> Manifest:
    """The list of contents, after it was found to be the list of these contents; BackupError else."""
    try:
        if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
            raise BackupError("the backup's list of contents is larger than any could be")
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
    except (KeyError, msgspec.MsgspecError, zipfile.BadZipFile) as error:
        raise BackupError("this is no backup of shouli, or a damaged one: its list of contents cannot be read") from error
    if manifest.format != FORMAT:
        raise BackupError(f"the backup is of format {manifest.format}; this program reads {FORMAT}")
    _agrees(archive, manifest)
    return manifest


def _agrees(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    entries = [entry for entry in archive.infolist() if entry.filename != MANIFEST]
    if sorted(entry.filename for entry in entries) != sorted(manifest.files):
        raise BackupError("the backup holds other files than its list of contents names")
    if LEDGER not in manifest.files:
        raise BackupError("the backup holds no ledger")
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if not is_ours(entry.filename) or kind not in (0, stat.S_IFREG):
            raise BackupError(f"the backup holds {entry.filename!r}, which no backup of shouli does; nothing was written")


def is_ours(name: str) -> bool:
    """Whether a backup may hold a file of this name: no path that leaves the folder it is restored to."""
    if _OWN.fullmatch(name):
        return True
    parts = name.split("/")
    plain = name.isprintable() and "\\" not in name and ":" not in name and PurePosixPath(name).as_posix() == name
    return plain and len(parts) > 1 and parts[0] in _FOLDERS and not {"", ".", ".."} & set(parts)
