"""The process that reads mails within limits: `python -m bot.reading`, started and watched by `bot/adapters/worker.py`.

It is given the rules once, then mails one by one. Nothing it does touches the disk or the network; when a library under
it crashes, hangs or eats the memory, this process ends and with it one file, never the bot.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from bot.model import Problem
from bot.reading.confine import confine, grant
from bot.reading.mail import read_mail
from bot.reading.single import hand_out, look_at, read_file
from bot.reading.wire import Kind, Setup, Task, decode_setup, decode_task, encode, frame, receive


def main() -> int:
    """Read mails until the input ends; 3 when memory ran out."""
    source = sys.stdin.buffer
    # What libraries print must not get between the frames: standard output is taken away from them.
    out = os.dup(1)
    os.dup2(2, 1)
    first = receive(source.read)
    if first is None or first[0] is not Kind.SETUP:
        return 2
    setup = decode_setup(first[1])
    confine(setup.limits)
    try:
        for task, content in _tasks(source):
            _send(out, Kind.DONE, _done(setup, task, content, out))
    except MemoryError:
        _send(out, Kind.MEMORY, b"")
        return 3
    return 0


def _tasks(source: BinaryIO) -> Iterator[tuple[Task, bytes]]:
    while (told := receive(source.read)) is not None:
        content = receive(source.read)
        if content is None:
            return
        yield decode_task(told[1]), content[1]


def _done(setup: Setup, task: Task, content: bytes, out: int) -> bytes:
    def starting(path: str) -> None:
        grant(setup.limits)
        _send(out, Kind.STARTING, path.encode("utf-8", "replace"))

    def handed(path: str, data: bytes) -> None:
        starting(path)
        _send(out, Kind.CONTENT, data)

    if task.document is not None:
        starting(task.document)
        read = look_at if task.look else read_file
        return encode(read(task.document, content, setup.rules, setup.limits))
    if task.wanted:
        starting("")
        hand_out(content, task.wanted, setup.rules, setup.limits, handed)
        return b""
    skip: Mapping[str, Problem] = task.skip
    if task.skip_all is not None:
        skip = _Everything(task.skip_all, task.skip)
    return encode(read_mail(content, setup.rules, setup.limits, skip, starting))


class _Everything(dict[str, Problem]):
    """A mapping in which every path has a problem: those known by name have their own, all others the same."""

    def __init__(self, common: Problem, own: Mapping[str, Problem]) -> None:
        super().__init__(own)
        self._common = common

    def __contains__(self, path: object) -> bool:
        return path != ""

    def __missing__(self, path: str) -> Problem:
        return self._common


def _send(out: int, kind: Kind, content: bytes) -> None:
    data = memoryview(frame(kind, content))
    while data:
        data = data[os.write(out, data) :]


if __name__ == "__main__":
    sys.exit(main())
