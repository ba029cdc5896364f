"""The limited process that reads mails, seen from its parent: watched, ended, restarted, and blamed file by file."""

import contextlib
import hashlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, TypeVar

import msgspec

import bot
from bot.campaign import Rules
from bot.model import FileRead, Format, Problem, Reading
from bot.reading.limits import Limits
from bot.reading.mail import read_header
from bot.reading.wire import PREFIX, Kind, Setup, Task, decode_file, decode_reading, encode, frame, prefix

T = TypeVar("T")

_CHUNK = 1 << 16
_STARTUP_SECONDS = 30.0
_LARGEST = 256 * 1024 * 1024  # bytes of a reading; more is no reading


class ReaderDied(Exception):  # noqa: N818 - what happened to the process, not an error of this program
    """The process ended or was ended. `path` is the file it was at, "" the mail itself, None: it had not begun with it."""

    def __init__(self, path: str | None, cause: str, finished: bool = False) -> None:
        super().__init__(f"{cause} at {path!r}")
        self.path = path
        self.cause = cause  # crash | time | memory
        self.whole_mail = finished  # the time of the whole mail was used up, not that of this file


class LimitedReader:
    """Implements `bot.ports.Reader`: one process at a time, used for many mails, replaced when it dies or has read enough.

    `clock` gives seconds that only grow; it measures patience, never decides about a mail.
    """

    def __init__(
        self,
        rules: Rules,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
        module: str = "bot.reading",
    ) -> None:
        self._limits = limits or Limits()
        self._setup = encode(Setup(rules, self._limits))
        self._clock = clock
        self._process: _Process | None = None
        self._mails = 0
        self._module = module

    @property
    def pid(self) -> int | None:
        """The id of the process that is running now, None when there is none."""
        return self._process.pid if self._process is not None else None

    def read(self, content: bytes) -> Reading:
        """All that the mail says; what ended the process is a finding at its file. An unreadable mail has its header."""
        skip: dict[str, Problem] = {}
        rest: Problem | None = None
        patience = self._clock() + self._limits.mail_seconds
        unborn = 0
        for _ in range(self._limits.restarts + 2):
            try:
                return self._talk(content, Task(skip, rest), patience, decode_reading)
            except ReaderDied as death:
                if death.path is None and not unborn:  # it was dead before it began: that is not this mail's doing
                    unborn += 1
                    continue
                if not death.path or death.path in skip:
                    return read_header(content, self._limits, (f"reading ended the process: {death.cause}",))
                skip[death.path] = _problem(death.cause)
                if death.whole_mail or len(skip) >= self._limits.restarts:
                    rest = _problem("time" if death.whole_mail else death.cause)
                    patience = self._clock() + self._limits.file_seconds
        return read_header(content, self._limits, ("reading ended the process too often",))

    def hand_out(self, content: bytes, paths: Iterable[str]) -> dict[str, bytes]:
        """The bytes of files of a mail, by path; those that cannot be got at again are left out."""
        handed: dict[str, bytes] = {}
        task = Task(wanted=frozenset(paths))
        with contextlib.suppress(ReaderDied):  # what came until then is good
            self._talk(content, task, self._clock() + self._limits.mail_seconds, len, handed)
        return handed

    def document(self, path: str, data: bytes, *, look: bool = False) -> FileRead:
        """One document by itself, as if it lay in a mail under this path; what ended the process is its finding.

        `look`: it is a scan, to be read by OCR.
        """
        try:
            return self._talk(data, Task(document=path, look=look), self._clock() + self._limits.mail_seconds, decode_file)
        except ReaderDied as death:
            digest = hashlib.sha256(data).hexdigest()
            return FileRead(path, digest, len(data), Format.UNKNOWN, _problem(death.cause))

    def ask(self, content: bytes) -> bytes | None:
        """What a process of another module makes of these bytes; None when it ended or was ended over them."""
        try:
            return self._talk(content, Task(), self._clock() + self._limits.file_seconds, bytes)
        except ReaderDied:
            return None

    def close(self) -> None:
        """End the process."""
        self._end()

    def _talk(
        self, content: bytes, task: Task, patience: float, decode: Callable[[bytes], T], handed: dict[str, bytes] | None = None
    ) -> T:
        if self._process is None or self._mails >= self._limits.mails_per_worker:
            self._end()
            self._process = _Process(self._module, self._setup, self._clock)
            self._mails = 0
        self._mails += 1
        try:
            return self._process.talk(content, task, self._limits, patience, decode, {} if handed is None else handed)
        except BaseException:  # whatever interrupted the talk: half an answer may be in the pipe, nobody can go on with it
            self._end()
            raise

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self._process = None


def _problem(cause: str) -> Problem:
    return Problem("attachment-unreadable", {"why": "damaged", "cause": cause})


class _Process:
    """One process and the pipes to it."""

    def __init__(self, module: str, setup: bytes, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._popen = subprocess.Popen(  # noqa: S603 # our own interpreter and a module of ours
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what libraries complain about names people and their files
            cwd="/",
            env=environment(),
            start_new_session=True,
            close_fds=True,
        )
        self._in = _pipe(self._popen.stdin)
        self._out = _pipe(self._popen.stdout)
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)
        self._buffer = bytearray()
        self._path: str | None = None
        self.pid = self._popen.pid
        try:
            self._write(frame(Kind.SETUP, setup), self._clock() + _STARTUP_SECONDS)
        except ReaderDied:
            self.end()
            raise

    def talk(
        self,
        content: bytes,
        task: Task,
        limits: Limits,
        patience: float,
        decode: Callable[[bytes], T],
        handed: dict[str, bytes],
    ) -> T:
        """Hand over a task and wait until it is done; files that come meanwhile go into `handed`. Raises `ReaderDied`."""
        self._path = None
        deadline = self._clock() + limits.file_seconds + _STARTUP_SECONDS
        self._write(frame(Kind.TASK, encode(task)), deadline)
        self._write(frame(Kind.CONTENT, content), deadline)
        while True:
            kind, body = self._receive(min(deadline, patience), patience)
            if kind is Kind.MEMORY or sum(map(len, handed.values())) > _LARGEST:
                raise ReaderDied(self._path, "memory")
            try:
                if kind is Kind.DONE:
                    return decode(body)
                if kind is Kind.CONTENT:
                    handed[self._path or ""] = body
                else:
                    self._path = body.decode()
            except (ValueError, msgspec.DecodeError) as error:  # a library that was taken over may say anything
                raise ReaderDied(self._path, "crash") from error
            deadline = self._clock() + limits.file_seconds

    def end(self) -> None:
        """Kill the process with all it started, and wait for it."""
        with contextlib.suppress(ProcessLookupError):  # it may have ended by itself
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.wait()
        for pipe in (self._popen.stdin, self._popen.stdout):
            if pipe is not None:
                pipe.close()

    def _write(self, data: bytes, deadline: float) -> None:
        rest = memoryview(data)
        while rest:
            self._wait(self._in, deadline, deadline, writing=True)
            try:
                rest = rest[os.write(self._in, rest[:_CHUNK]) :]
            except (BrokenPipeError, ConnectionError):
                raise self._death() from None

    def _receive(self, deadline: float, patience: float) -> tuple[Kind, bytes]:
        self._fill(PREFIX, deadline, patience)
        try:
            kind, length = prefix(bytes(self._buffer[:PREFIX]))
        except ValueError as error:
            raise ReaderDied(self._path, "crash") from error
        if length > _LARGEST:
            raise ReaderDied(self._path, "memory")
        self._fill(PREFIX + length, deadline, patience)
        body = bytes(memoryview(self._buffer)[PREFIX : PREFIX + length])
        del self._buffer[: PREFIX + length]
        return kind, body

    def _fill(self, length: int, deadline: float, patience: float) -> None:
        while len(self._buffer) < length:
            self._wait(self._out, deadline, patience, writing=False)
            data = os.read(self._out, _CHUNK)
            if not data:
                raise self._death()
            self._buffer += data

    def _wait(self, pipe: int, deadline: float, patience: float, *, writing: bool) -> None:
        left = deadline - self._clock()
        poll = select.poll()
        poll.register(pipe, select.POLLOUT if writing else select.POLLIN)
        if left <= 0 or not poll.poll(left * 1000):
            raise ReaderDied(self._path, "time", finished=self._clock() >= patience)

    def _death(self) -> ReaderDied:
        """Why the process ended by itself."""
        code = self._popen.wait()
        if code == -signal.SIGXCPU:
            return ReaderDied(self._path, "time")
        # SIGKILL that did not come from us is the kernel's answer to a machine without memory; 3 is our own word for it.
        return ReaderDied(self._path, "memory" if code in (-signal.SIGKILL, 3) else "crash")


def _pipe(stream: IO[bytes] | None) -> int:
    if stream is None:
        raise RuntimeError("the process was started without pipes")
    return stream.fileno()


def environment() -> dict[str, str]:
    """What a limited process needs to find the program and unpacking tools; no secrets of the parent's environment."""
    home = str(Path(bot.__file__).parent.parent)
    return {"PYTHONPATH": home, "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "PYTHONSAFEPATH": "1"}
