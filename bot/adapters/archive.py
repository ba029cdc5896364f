"""The archive of a campaign that is over: one folder with the index, all originals and the digests that vouch for them."""

import hashlib
import logging
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from bot.adapters.archive_index import Index, original_name
from bot.adapters.archive_tables import comma_separated, workbook
from bot.adapters.backup_manifest import BackupError
from bot.adapters.files import FileOriginals, StateError, flush_file, write_whole
from bot.adapters.packages import FixedZip
from bot.adapters.row_digests import TableDigest
from bot.adapters.store import SqlStore
from bot.adapters.store_copy import digests_of, snapshot
from bot.adapters.whole_folder import whole_folder
from bot.campaign import Rules
from bot.letters.render import Wording
from bot.model import MailRow

RECORD = "archive.json"
SUMS = "SHA256SUMS"
"""One line a file, as `sha256sum -c` reads it."""

CHUNK = 1024 * 1024

log = logging.getLogger("shouli.archive")


class ArchiveError(BackupError):
    """The archive cannot be written, or is not what it was."""


@dataclass(frozen=True, slots=True)
class Record:
    """What an archive says of itself: of which campaign, and of which ledger, table by table."""

    campaign: str
    rules: str
    program: str
    made: datetime
    tables: Mapping[str, TableDigest]
    nominations: int
    mails: int
    missing: tuple[int, ...] = ()  # mails whose original was not there as it was kept


def write_archive(url: str, state: Path, rules: Rules, wording: Wording, into: Path, now: datetime) -> Record:
    """Write the archive of one moment of the ledger into a new folder, which is there whole or not at all."""
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise ArchiveError(f"{into}: is not empty; write the archive into a new folder")
    into.parent.mkdir(parents=True, exist_ok=True)
    with whole_folder(into, ".archive-") as part:
        with tempfile.TemporaryDirectory(prefix=".ledger-", dir=into.parent) as work:
            copy = Path(work) / "ledger.db"
            snapshot(url, copy)
            record = _written(copy, state, rules, wording, part, now)
        _write_sums(part)
    return record


def _written(copy: Path, state: Path, rules: Rules, wording: Wording, part: Path, now: datetime) -> Record:
    url = f"sqlite:///{copy}"
    files = wording.words["archive"]["files"]
    store = SqlStore(url, ZoneInfo(rules.zone))
    try:
        with store.glance() as ledger:
            mails = list(ledger.mails.all())
            missing = _originals(mails, FileOriginals(state), wording, part / f"{files['originals']}.zip")
            tables = Index(rules, wording, missing).tables(ledger)
            count = sum(1 for _ in ledger.nominations.all())
    finally:
        store.close()
    write_whole(part / f"{files['index']}.xlsx", workbook(tables, rules.name))
    for table in tables:
        write_whole(part / f"{table.name}.csv", comma_separated(table))
    program = version("shouli")
    record = Record(rules.id, rules.version, program, now, digests_of(url), count, len(mails), tuple(sorted(missing)))
    write_whole(part / RECORD, msgspec.json.format(msgspec.json.encode(record)))
    return record


def _originals(mails: list[MailRow], originals: FileOriginals, wording: Wording, into: Path) -> set[int]:
    """All originals under the numbers of their mails; the ids of those that cannot be had."""
    missing: set[int] = set()
    with FixedZip(into, "w", compresslevel=6) as archive:
        for mail in mails:
            try:
                content = originals.load(mail.original)
            except (StateError, OSError) as error:
                log.error("mail %d: its original cannot be archived: %s", mail.id, error)  # noqa: TRY400 - one line is enough
                missing.add(mail.id)
                continue
            archive.writestr(original_name(wording, mail.id), content)
    into.chmod(0o600)
    flush_file(into)
    return missing


def _write_sums(part: Path) -> None:
    lines = [f"{digest_of_file(path)}  {path.name}\n" for path in sorted(part.iterdir())]
    write_whole(part / SUMS, "".join(lines).encode())


def digest_of_file(path: Path) -> str:
    """The SHA-256 of a file, which may be large."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found.update(chunk)
    return found.hexdigest()


def sums_of(folder: Path) -> dict[str, str]:
    """The digests that an archive lists, by name."""
    try:
        lines = (folder / SUMS).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ArchiveError(f"{folder}: is no archive: {SUMS} cannot be read") from error
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def verified(folder: Path) -> Record:
    """The record of an archive after every file in it was compared with its digest; ArchiveError else."""
    sums = sums_of(folder)
    for name, digest in sums.items():
        if "/" in name or not (folder / name).is_file() or digest_of_file(folder / name) != digest:
            raise ArchiveError(f"{folder / name}: is not there, or not what was archived")
    if RECORD not in sums:
        raise ArchiveError(f"{folder}: is no archive: {RECORD} is not among its files")
    try:
        return msgspec.json.decode((folder / RECORD).read_bytes(), type=Record)
    except msgspec.MsgspecError as error:
        raise ArchiveError(f"{folder / RECORD}: cannot be read") from error
