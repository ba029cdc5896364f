"""Archives opened in memory: everything is checked by the directory before a single member is unpacked; no path on disk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bot.model import Format, Problem
from bot.reading.archive_names import inner_path, is_junk
from bot.reading.limits import Limits
from bot.reading.names import Distinct
from bot.reading.unreadable import Unreadable


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the directory of its archive tells it. `load` unpacks it; it raises `Unreadable`."""

    name: str  # decoded, as it stands
    size: int  # unpacked, as promised
    load: Callable[[], bytes]
    is_folder: bool = False
    is_link: bool = False  # a link or a device: never followed, never made
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """A member unpacked, or why not."""

    path: str  # below the archive
    data: bytes
    problem: Problem | None = None


@dataclass(slots=True)
class Budget:
    """What is left for one mail: the only value here that changes, spent by every archive in it."""

    files: int
    unpacked: int

    @classmethod
    def of(cls, limits: Limits) -> "Budget":
        """The whole budget."""
        return cls(limits.files, limits.unpacked_bytes)

    def spend(self, size: int, files: int) -> None:
        """Take from it; raises `Unreadable` with `attachment-unsafe` when there is not enough left."""
        if files > self.files:
            raise unsafe("too-many-files", files, self.files)
        if size > self.unpacked:
            raise unsafe("too-large", size, self.unpacked)
        self.files -= files
        self.unpacked -= size


Opener = Callable[[bytes, Limits], list[Entry]]


def members(data: bytes, format: Format, name: str, limits: Limits, budget: Budget) -> Iterator[Member]:
    """The members of an archive in its own order, folders and junk left out.

    Raises `Unreadable` for the archive as a whole: damaged, all of it encrypted, unsafe, or no tool for it.
    """
    entries = _opener(format, name)(data, limits)
    wanted = _checked(entries, len(data), limits)
    if wanted and all(entry.locked for _, entry in wanted):
        raise Unreadable.encrypted()
    budget.spend(sum(entry.size for _, entry in wanted), len(wanted))
    return _unpacked(wanted, limits)


def unsafe(why: str, found: int = 0, most: int = 0) -> Unreadable:
    """The refusal of a whole archive."""
    return Unreadable("attachment-unsafe", {"why": why, "found": found, "most": most} if most else {"why": why})


def _opener(format: Format, name: str) -> Opener:
    # Imported when wanted: py7zr and rarfile take longer to load than most mails take to read.
    if format is Format.ZIP:
        from bot.reading.archive_zip import entries
    elif format is Format.RAR:
        from bot.reading.archive_rar import entries
    elif format is Format.SEVENZIP:
        from bot.reading.archive_7z import entries
    else:
        from bot.reading.archive_tar import entries_of

        return partial(entries_of, name=name)
    return entries


def _checked(entries: list[Entry], packed: int, limits: Limits) -> list[tuple[str, Entry]]:
    if len(entries) > limits.members:
        raise unsafe("too-many-members", len(entries), limits.members)
    wanted: list[tuple[str, Entry]] = []
    for entry in entries:
        path = inner_path(entry.name, limits.name_characters)
        if entry.is_link:
            raise unsafe("link")
        if entry.size > limits.member_bytes:
            raise unsafe("too-large", entry.size, limits.member_bytes)
        if path and not entry.is_folder and not is_junk(path):
            wanted.append((path, entry))
    total = sum(entry.size for entry in entries)
    if total > limits.ratio_free_bytes and total > limits.ratio * packed:
        raise unsafe("ratio", total // max(packed, 1), limits.ratio)
    return wanted


def _unpacked(wanted: list[tuple[str, Entry]], limits: Limits) -> Iterator[Member]:
    distinct = Distinct()
    for path, entry in wanted:
        path = distinct(path)
        if entry.locked:
            yield Member(path, b"", Problem("attachment-encrypted", {"why": "password"}))
            continue
        try:
            content = entry.load()
        except Unreadable as error:
            yield Member(path, b"", Problem(error.check, error.facts))
            continue
        if len(content) > max(entry.size, limits.member_bytes):  # the directory lied
            yield Member(path, b"", Problem("attachment-unsafe", {"why": "too-large"}))
            continue
        yield Member(path, content)
