"""The state folder on disk: where originals lie byte for byte, and the lock that keeps a second worker out."""

import fcntl
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_ORIGINAL = re.compile(r"mail/[0-9a-f]{2}/([0-9a-f]{64})\.eml")
_PART = ".part"


class StateError(Exception):
    """The state folder cannot be used as it is; the message says why and what to do."""


def make_state(folder: Path) -> Path:
    """The state folder, made when absent, closed to other users (it holds personal data). StateError when it cannot be."""
    try:
        for place in (folder, folder / "mail"):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            if place.stat().st_mode & 0o077:
                place.chmod(0o700)
    except OSError as error:
        msg = f"{folder}: the state folder cannot be made or closed to others: {error.strerror}"
        raise StateError(msg) from error
    return folder


@contextmanager
def only_worker(folder: Path) -> Iterator[None]:
    """Hold the lock of the state folder; StateError when another worker has it. The system lets go of it at any death."""
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            other = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
            msg = f"{folder}: another worker (process {other}) is running; only one may"
            raise StateError(msg) from error
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(descriptor)


class FileOriginals:
    """Keeps the promises of `bot.ports.Originals` below the state folder, sharded by the first byte of the SHA-256."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes) -> str:
        """Write and give the path below the state folder; what is there already is not written again."""
        sha256 = hashlib.sha256(content).hexdigest()
        path = f"mail/{sha256[:2]}/{sha256}.eml"
        whole = self._folder / path
        if not (whole.is_file() and whole.stat().st_size == len(content)):
            if not whole.parent.is_dir():
                whole.parent.mkdir(mode=0o700)
                flush_folder(whole.parent.parent)
            write_whole(whole, content)
        return path

    def load(self, path: str) -> bytes:
        """The bytes again; StateError when they are not what was kept, or when the path is none of ours."""
        named = _ORIGINAL.fullmatch(path)
        if named is None:
            msg = f"{path!r} is not the path of an original"
            raise StateError(msg)
        content = (self._folder / path).read_bytes()
        if hashlib.sha256(content).hexdigest() != named.group(1):
            msg = f"{path}: the original is not what was kept: the disk or a hand changed it"
            raise StateError(msg)
        return content

    def sweep(self) -> int:
        """Remove what writing left behind when the machine died; for the worker that holds the lock. Says how many."""
        left = list((self._folder / "mail").glob(f"*/*{_PART}"))
        for part in left:
            part.unlink()
        return len(left)


def free_bytes(folder: Path) -> int | None:
    """How many bytes may still be written where a folder lies; None where the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that after any crash it is there whole or not at all: temp, fsync, rename, fsync of the folder."""
    descriptor, part = tempfile.mkstemp(dir=path.parent, suffix=_PART)  # mode 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_file(file: Path) -> None:
    """Make what another hand wrote into a file durable."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
