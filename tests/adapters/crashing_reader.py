"""The reading process with accidents planted in it: what a broken library would do at a file, done on purpose, for real."""

import os
import resource
import signal
import socket
import sys
from email.message import Message
from pathlib import Path

from bot.model import Format
from bot.reading import __main__ as process
from bot.reading import attachments, message
from bot.reading.sniff import Sniffed, sniffed
from bot.reading.unreadable import Unreadable

_parse = message._parsed
_OUT = 3  # where the process writes its frames: the first free number when it set aside standard output


def _abort() -> Sniffed:
    os.abort()


def _spin() -> Sniffed:
    while True:
        pass


def _be_killed() -> Sniffed:
    os.kill(os.getpid(), signal.SIGKILL)
    return _spin()


def _eat() -> Sniffed:
    eaten = []
    while True:
        eaten.append(bytearray(1 << 24))


def _print() -> Sniffed:
    print("a library says hello")
    sys.stdout.flush()
    return Sniffed(Format.MEDIA)


def _talk_garbage() -> Sniffed:
    os.write(_OUT, b"X" * 100)
    os._exit(0)


def _tell() -> Sniffed:
    raise Unreadable("attachment-unreadable", _told())


def _dial(port: int) -> Sniffed:
    """What a library that was taken over would do next."""
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError as error:
        raise Unreadable("attachment-unreadable", {"dialled": str(error.strerror)}) from error
    raise Unreadable("attachment-unreadable", {"dialled": "connected"})


_ACCIDENTS = {
    b"ABORT": _abort,
    b"SPIN": _spin,
    b"OUT OF MEMORY": _be_killed,
    b"EAT": _eat,
    b"PRINT": _print,
    b"GARBAGE": _talk_garbage,
    b"TELL": _tell,
}


def _sniffed(data: bytes, name: str) -> Sniffed:
    if data.startswith(b"DIAL "):
        return _dial(int(data[5:]))
    return _ACCIDENTS[data]() if data in _ACCIDENTS else sniffed(data, name)


def _told() -> dict[str, str]:
    limits = ("AS", "FSIZE", "NOFILE", "CORE")
    return {
        "environment": " ".join(sorted(os.environ)),
        "limits": " ".join(str(resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1]) for name in limits),
        "session": str(os.getsid(0) == os.getpid()),
        "open": " ".join(sorted(link.name for link in Path("/proc/self/fd").iterdir() if int(link.name) > _OUT + 1)),
    }


def _crashing_parse(content: bytes, most: int) -> Message:
    if b"ABORT THE MAIL" in content:
        os.abort()
    if b"EAT THE MAIL" in content:
        raise MemoryError
    return _parse(content, most)


attachments.sniffed = _sniffed  # type: ignore[attr-defined] # the accident is planted where every file passes
message._parsed = _crashing_parse

if __name__ == "__main__":
    sys.exit(process.main())
