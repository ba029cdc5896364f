"""A letter opened again from its own bytes, for a person to read and change; the changed one keeps its Message-ID."""

import email
from dataclasses import dataclass, replace
from datetime import datetime
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value, parseaddr

from bot.letters.compose import Sender, Thread, compose
from bot.letters.render import Rendered
from bot.model import Attachment, Outgoing


@dataclass(frozen=True, slots=True)
class Opened:
    """A letter of ours as it was composed; the bytes are our own, so everything is where `compose` put it."""

    words: Rendered
    sender: Sender
    thread: Thread | None
    attachments: tuple[Attachment, ...]


def opened(letter: Outgoing) -> Opened:
    """What the bytes of a letter say."""
    message = email.message_from_bytes(letter.content)
    name, address = parseaddr(message["From"])
    text = html = ""
    attachments: list[Attachment] = []
    for part in message.walk():
        if part.get_filename() is not None:
            attachments.append(Attachment(_file_name(part), _bytes(part), part.get_content_type()))
        elif part.get_content_type() == "text/plain":
            text = _text(part)
        elif part.get_content_type() == "text/html":
            html = _text(part)
    sender = Sender(address, _decoded(name), parseaddr(message["Reply-To"])[1])
    return Opened(Rendered(letter.subject, text, html), sender, _thread(message), tuple(attachments))


def recomposed(letter: Outgoing, words: Rendered, now: datetime) -> Outgoing:
    """The letter in other words: recipients, thread, attachments and Message-ID stay, its Date becomes `now`."""
    old = opened(letter)
    new = compose(letter.letter, letter.dedup_key, words, letter.recipients, old.sender, now, old.thread, old.attachments)
    return replace(letter, subject=new.subject, content=new.content)


def _thread(message: Message) -> Thread | None:
    answered = " ".join(str(message["In-Reply-To"] or "").split())
    if not answered:
        return None
    return Thread(answered, tuple(id for id in str(message["References"] or "").split() if id != answered))


def _decoded(words: str) -> str:
    return str(make_header(decode_header(words)))


def _file_name(part: Message) -> str:
    return collapse_rfc2231_value(part.get_filename() or "")


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Message) -> str:
    return _bytes(part).decode("utf-8").replace("\r\n", "\n")
