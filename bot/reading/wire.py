"""What the reading process and its parent say to each other: length-prefixed frames of JSON and bytes; never pickle."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import msgspec

from bot.campaign import Rules
from bot.model import FileRead, Problem, Reading
from bot.reading.limits import Limits

PREFIX = 5  # bytes before a frame's content: its kind and its length, big endian


class Kind(StrEnum):
    """What a frame holds; its first byte."""

    SETUP = "U"  # to the process, once: `Setup`
    TASK = "T"  # to the process: `Task`; a CONTENT follows
    CONTENT = "C"  # to the process: the bytes of the mail; from it: those of the file it began with, when they were asked for
    STARTING = "S"  # from the process: the path of the file it begins with, UTF-8; "" for the mail itself
    DONE = "D"  # from the process: a `Reading`; a `FileRead` for one document; nothing where files were handed out
    MEMORY = "M"  # from the process: memory ran out outside of any file; it ends


@dataclass(frozen=True, slots=True)
class Setup:
    """What a process reads by, for all its mails."""

    rules: Rules
    limits: Limits


@dataclass(frozen=True, slots=True)
class Task:
    """What to do with the bytes that follow: read a mail, hand out files of a mail, or read one document."""

    skip: Mapping[str, Problem] = field(default_factory=dict)  # files that cost a process before
    skip_all: Problem | None = None  # all others are only to be listed
    wanted: frozenset[str] = frozenset()  # paths of files to hand out; nothing is read
    document: str | None = None  # the bytes are no mail but one document, under this path
    look: bool = False  # that document is a scan, to be read by OCR


def frame(kind: Kind, content: bytes) -> bytes:
    """A frame, ready to be written."""
    return kind.value.encode() + len(content).to_bytes(PREFIX - 1, "big") + content


def prefix(data: bytes) -> tuple[Kind, int]:
    """Kind and length of the frame that begins with these bytes; ValueError when none does."""
    return Kind(data[:1].decode("latin-1")), int.from_bytes(data[1:PREFIX], "big")


def receive(read: Callable[[int], bytes]) -> tuple[Kind, bytes] | None:
    """The next frame from a blocking source, None at its end."""
    head = read(PREFIX)
    if len(head) < PREFIX:
        return None
    kind, length = prefix(head)
    content = read(length)
    return (kind, content) if len(content) == length else None


def _plain(value: object) -> object:
    """Read-only mappings are written as what they show."""
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(f"{type(value).__name__} does not go over the wire")


encode = msgspec.json.Encoder(enc_hook=_plain).encode
decode_setup = msgspec.json.Decoder(Setup).decode
decode_task = msgspec.json.Decoder(Task).decode
decode_reading = msgspec.json.Decoder(Reading).decode
decode_file = msgspec.json.Decoder(FileRead).decode
