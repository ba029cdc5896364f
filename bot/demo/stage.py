"""The folder a play takes place in: a mailbox that mails are dropped into, the letters that come out, the settings between."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses
from pathlib import Path

from bot.adapters import order_key
from bot.demo.programs import Arrived

MARKER = ".shouli-demo"
_SETTINGS = """# The settings of this play; `shouli --config {folder}/shouli.toml status` looks at what came of it.
[mailbox]
kind = "maildir"
path = "mailbox"

[courier]
kind = "folder"
path = "letters"

[office]
digest_to = ["office@leading-group.example"]
"""


class NotAStageError(Exception):
    """The folder holds something that is not an earlier play; nothing in it was touched."""


@dataclass(slots=True)
class Stage:
    """One prepared folder. Letters are read once and kept."""

    folder: Path
    _letters: list[Arrived] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)
    _dropped: int = 0

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.folder / "shouli.toml"

    def drop(self, content: bytes, at: datetime) -> None:
        """Put a mail into the mailbox as a delivery agent does; the file's time is the time of arrival."""
        self._dropped += 1
        name = f"{int(at.timestamp())}.M{self._dropped:06}.demo"
        waiting = self.folder / "mailbox" / "tmp" / name
        waiting.write_bytes(content)
        # The running number keeps mails of one second in their order.
        moment = int(at.timestamp()) * 1_000_000_000 + self._dropped * 1000
        os.utime(waiting, ns=(moment, moment))
        waiting.rename(self.folder / "mailbox" / "new" / name)

    def letters(self) -> list[Arrived]:
        """Every letter that has gone out, in order."""
        for path in self.letter_files():
            if path.name not in self._seen:
                self._seen.add(path.name)
                self._letters.append(arrived(path.read_bytes()))
        return self._letters

    def letter_files(self) -> list[Path]:
        """The letters as files, in the order in which they went out."""
        return sorted((self.folder / "letters" / "new").glob("*.eml"))


def prepare(folder: Path) -> Stage:
    """An empty stage in this folder; an earlier play in it is removed, anything else is NotAStageError."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        msg = f"{folder}: is not a folder; choose another with --into"
        raise NotAStageError(msg)
    if folder.is_dir() and any(folder.iterdir()):
        if not (folder / MARKER).is_file():
            msg = f"{folder}: holds something else than an earlier play; choose another with --into"
            raise NotAStageError(msg)
        shutil.rmtree(folder)
    for part in ("tmp", "new", "cur"):
        (folder / "mailbox" / part).mkdir(mode=0o700, parents=True)
    write_order_key(folder / "state")
    (folder / MARKER).write_text("This folder is written anew by every `shouli demo`.\n", "utf-8")
    (folder / "shouli.toml").write_text(_SETTINGS.format(folder=folder.name), "utf-8")
    return Stage(folder)


def write_order_key(state: Path) -> None:
    """A secret that is none, so that a play says the same each time, the codes of its digests too."""
    state.mkdir(mode=0o700)
    key = state / order_key.NAME
    key.touch(mode=0o600)
    key.write_text("00" * order_key.LENGTH, "ascii")


def arrived(content: bytes) -> Arrived:
    """A letter as its recipient has it."""
    message = message_from_bytes(content)
    recipients = tuple(address.lower() for _, address in getaddresses(message.get_all("To", [])))
    return Arrived(
        message_id=str(message["Message-ID"]),
        subject=decoded(message["Subject"]),
        recipients=recipients,
        text=body(message, "text/plain"),
        content=content,
    )


def decoded(value: object) -> str:
    """A header field in plain characters."""
    return str(make_header(decode_header(str(value or "")))).replace("\n", "")


def body(message: Message, media_type: str) -> str:
    """The first part of this type that is no attachment, as text; "" when there is none."""
    for part in message.walk():
        if part.get_content_type() == media_type and part.get_filename() is None:
            content = part.get_payload(decode=True)
            return content.decode("utf-8").replace("\r\n", "\n") if isinstance(content, bytes) else ""
    return ""


def attachments(message: Message) -> Iterator[tuple[str, bytes]]:
    """The attached files by name."""
    for part in message.walk():
        content = part.get_payload(decode=True)
        if part.get_filename() and isinstance(content, bytes):
            yield decoded(part.get_filename()), content
