"""A mailbox in a Maildir on this machine, read without moving, renaming or flagging anything."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote, unquote_to_bytes

from bot.adapters.files import flush_folder, write_whole
from bot.adapters.header_block import LONGEST_HEADER, header_block
from bot.model import Position, RawMail
from bot.ports import Listed, MailboxError, Mark, Survey

PAGE = 1000
"""Mails listed in one survey."""


class MaildirMailbox:
    """Keeps the promises of `bot.ports.Mailbox` over `new/` and `cur/`; the time of arrival is the file's (mtime).

    `index` is a file of ours that remembers which name got which UID, since a Maildir has none. When it is lost or of
    another Maildir, UIDVALIDITY is new and everything is looked at again.
    """

    def __init__(self, path: Path, index: Path, zone: tzinfo, folder: str = "INBOX") -> None:
        self._path = path
        self._zone = zone
        self._folder = folder
        self._index = _Index(index)
        self._files: dict[str, Path] = {}  # by name without flags, as last seen

    def survey(self, after: Mark | None) -> Survey:
        """What is new since the mark, a page of it at most."""
        with _told_as_mailbox_error(self._path):
            self._look()
            known = self._index.give_numbers(self._files)
            same = after is not None and after.uidvalidity == self._index.uidvalidity
            above = after.last_uid if after is not None and same else 0
            names = sorted((uid, name) for name, uid in known.items() if uid > above and name in self._files)
            mails = (self._listed(uid, name) for uid, name in names[:PAGE])
            return Survey(self._folder, self._index.uidvalidity, tuple(mail for mail in mails if mail is not None))

    def _look(self) -> None:
        if not (self._path / "new").is_dir() and not (self._path / "cur").is_dir():
            msg = f"{self._path} is no Maildir: it has neither new/ nor cur/"
            raise MailboxError(msg)
        self._files = {
            entry.name.partition(":2,")[0]: Path(entry.path)
            for part in ("new", "cur")
            if (self._path / part).is_dir()
            for entry in os.scandir(self._path / part)
            if not entry.name.startswith(".") and entry.is_file(follow_symlinks=False)
        }

    def _listed(self, uid: int, name: str) -> Listed | None:
        try:
            found = self._files[name].lstat()
        except FileNotFoundError:
            return None
        # From whole nanoseconds: a float would round two arrivals together, and differently on another machine.
        seconds, rest = divmod(found.st_mtime_ns, 1_000_000_000)
        received = datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest // 1000)
        return Listed(uid, found.st_size, received.astimezone(self._zone))

    def fetch(self, survey: Survey, uids: Sequence[int], largest: int) -> Iterator[RawMail]:
        """The mails in order of UID."""
        wanted = set(uids)
        names = {uid: name for name, uid in self._index.numbers.items() if uid in wanted}
        for mail in survey.mails:
            if mail.uid in names:
                with _told_as_mailbox_error(self._path):
                    found = self._raw(survey, mail, names[mail.uid], largest)
                if found is not None:
                    yield found

    def _raw(self, survey: Survey, mail: Listed, name: str, largest: int) -> RawMail | None:
        file = self._opened(name)
        if file is None:
            return None
        position = Position(survey.folder, survey.uidvalidity, mail.uid)
        with file:
            size = os.fstat(file.fileno()).st_size
            if size > largest:
                return RawMail(position, mail.received, size, None, header_block(file.read(LONGEST_HEADER)))
            return RawMail(position, mail.received, size, file.read())

    def _opened(self, name: str) -> BinaryIO | None:
        """The file, looked for again when a mail program moved it from new/ to cur/ or changed its flags meanwhile."""
        for again in (False, True):
            if again:
                self._look()
            if name not in self._files:
                continue
            try:
                return os.fdopen(os.open(self._files[name], os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")
            except FileNotFoundError:
                continue  # it was moved this moment: looked for once more, and after that it is gone, as None says
        return None

    def close(self) -> None:
        """Nothing is held open."""


@contextmanager
def _told_as_mailbox_error(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        msg = f"{path}: {error.strerror or error}"
        raise MailboxError(msg) from error


class _Index:
    """The UIDs given so far: first line `uidvalidity N`, then one line `UID name` a mail, the name percent-encoded.

    Lines are appended and fsynced. A last line without its end was cut off by a crash; no mark can lie on it yet, so it
    is dropped.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.uidvalidity = 0
        self.numbers: dict[str, int] = {}

    def give_numbers(self, files: dict[str, Path]) -> dict[str, int]:
        """UIDs by name; new names get the next ones in order of arrival."""
        if not self.uidvalidity:
            self._load()
        fresh = sorted((name for name in files if name not in self.numbers), key=lambda name: _arrival(files[name]))
        given = {name: uid for uid, name in enumerate(fresh, max(self.numbers.values(), default=0) + 1)}
        if given:
            self._append("".join(f"{uid} {quote(os.fsencode(name))}\n" for name, uid in given.items()))
            self.numbers.update(given)
        return self.numbers

    def _load(self) -> None:
        whole = self._path.read_bytes() if self._path.is_file() else b""
        lines = whole[: whole.rfind(b"\n") + 1].decode("ascii", "replace").splitlines()
        word, _, number = lines[0].partition(" ") if lines else ("", "", "")
        if word != "uidvalidity" or not number.isdecimal():
            # Any number not used before will do; RFC 9051 asks for 32 bits and never zero.
            self.uidvalidity = secrets.randbelow(2**31 - 1) + 1
            write_whole(self._path, f"uidvalidity {self.uidvalidity}\n".encode())
            return
        self.uidvalidity = int(number)
        pairs = (line.partition(" ") for line in lines[1:])
        self.numbers = {os.fsdecode(unquote_to_bytes(name)): int(uid) for uid, _, name in pairs}
        if len(whole) != whole.rfind(b"\n") + 1:
            write_whole(self._path, whole[: whole.rfind(b"\n") + 1])

    def _append(self, text: str) -> None:
        with self._path.open("ab") as file:
            file.write(text.encode("ascii"))
            file.flush()
            os.fsync(file.fileno())
        flush_folder(self._path.parent)


def _arrival(path: Path) -> tuple[int, str]:
    try:
        return path.lstat().st_mtime_ns, path.name
    except FileNotFoundError:
        return 0, path.name
