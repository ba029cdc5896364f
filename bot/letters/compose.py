"""Composing: a rendered letter becomes the bytes of a message (RFC 5322, MIME): 7-bit, CRLF, the same each time."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from bot.letters.encoded_words import CRLF, FOLD, encoded_words, plain_words
from bot.letters.lines import one_line
from bot.letters.render import Rendered
from bot.model import Attachment, Letter, Outgoing

MOST_REFERENCES = 20
"""Message ids kept in References: the first and the newest, as RFC 5537 3.4.4 advises for long threads."""

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,240}>")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: the bot's own address, the office's name shown with it, and where replies go (empty: the address)."""

    address: str
    name: str
    reply_to: str = ""

    @property
    def domain(self) -> str:
        """The domain of the address, right side of our Message-IDs."""
        return self.address.rpartition("@")[2] or "localhost"


@dataclass(frozen=True, slots=True)
class Thread:
    """The mail a letter answers: its Message-ID and the ids it refers to itself (RFC 5322, 3.6.4)."""

    message_id: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a letter is about, for the outbox: the unit, its nominations, the mails it answers."""

    unit: str | None = None
    numbers: tuple[str, ...] = ()
    mails: tuple[int, ...] = ()


class AddressError(Exception):
    """No letter can be written to this address."""


def compose(
    letter: Letter,
    key: str,
    rendered: Rendered,
    recipients: Sequence[str],
    sender: Sender,
    now: datetime,
    thread: Thread | None = None,
    attachments: Sequence[Attachment] = (),
    about: About | None = None,
) -> Outgoing:
    """A letter ready for the outbox; `key` is its dedup key, from which the Message-ID follows, `now` becomes its Date.

    An answer to a mail (`thread`) says so and is marked auto-replied, every other letter auto-generated (RFC 3834, 5).
    Raises `AddressError` when a recipient is no plain address: it would end up in a header.
    """
    about = about or About()
    addresses = tuple(plain_address(recipient) for recipient in recipients)
    if not addresses:
        raise AddressError("no recipient")
    message_id = f"<{letter}.{_digest(key)}@{sender.domain}>"
    header = _header(letter, key, rendered.subject, addresses, sender, now, message_id, thread)
    body = _body(rendered, attachments, f"=_{_digest('boundary', key)}")
    content = (CRLF.join((*header, *body)) + CRLF).encode("ascii")
    return Outgoing(
        letter, key, addresses, one_line(rendered.subject, 400), message_id, content, about.unit, about.numbers, about.mails
    )


def plain_address(text: str) -> str:
    """An address that may stand in a header as it is; raises `AddressError` for anything else.

    Local parts beyond ASCII would need SMTPUTF8, which the campaign's servers do not have; domains become their A-labels.
    """
    local, _, domain = text.strip().rpartition("@")
    try:
        address = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError as error:
        raise AddressError("not a domain") from error
    if not _ADDRESS.fullmatch(address) or ".." in address or local.startswith(".") or local.endswith("."):
        raise AddressError("not a plain address")
    return address


def writable(text: str) -> bool:
    """Whether an address may stand in a header, so that a letter can be written to it."""
    try:
        plain_address(text)
    except AddressError:
        return False
    return True


def _digest(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode()).hexdigest()[:32]


# --- header fields ----------------------------------------------------------------------------------------------------


def _header(
    letter: Letter,
    key: str,
    subject: str,
    recipients: Iterable[str],
    sender: Sender,
    now: datetime,
    message_id: str,
    thread: Thread | None,
) -> list[str]:
    address = plain_address(sender.address)
    fields = [
        f"Date: {format_datetime(now)}",
        f"From: {_words('From', sender.name)}{CRLF} <{address}>" if sender.name else f"From: {address}",
        f"To: {f',{CRLF} '.join(recipients)}",
        f"Reply-To: {plain_address(sender.reply_to or sender.address)}",
        f"Subject: {_words('Subject', subject)}",
        f"Message-ID: {message_id}",
        *_thread_fields(thread),
        f"Auto-Submitted: {'auto-replied' if thread else 'auto-generated'}",
        "X-Auto-Response-Suppress: All",
        f"X-Shouli: {letter} {_visible(key)}",
        "MIME-Version: 1.0",
    ]
    return CRLF.join(fields).split(CRLF)


def _words(name: str, text: str) -> str:
    """Unstructured words, encoded where needed (RFC 2047), folded; no line break from outside survives."""
    line = one_line(text, 400)
    if line.isascii() and "=?" not in line and not (name == "From" and re.search(r"[^\w .-]", line)):
        return plain_words(name, line)
    return encoded_words(name, line)


def _visible(key: str) -> str:
    """A key as printable ASCII without spaces: it stands in a header."""
    return re.sub(r"[^!-~]", "?", key)[:200]


def _thread_fields(thread: Thread | None) -> list[str]:
    """In-Reply-To and References, only of ids that are ids: what a stranger wrote there goes into our header."""
    if thread is None or not _MESSAGE_ID.fullmatch(thread.message_id):
        return []
    earlier = [id for id in thread.references if _MESSAGE_ID.fullmatch(id) and id != thread.message_id]
    if len(earlier) >= MOST_REFERENCES:
        earlier = [earlier[0], *earlier[-(MOST_REFERENCES - 2) :]]
    return [
        f"In-Reply-To: {thread.message_id}",
        f"References: {f'{CRLF} '.join((*earlier, thread.message_id))}",
    ]


# --- body -------------------------------------------------------------------------------------------------------------


def _body(rendered: Rendered, attachments: Sequence[Attachment], boundary: str) -> list[str]:
    """multipart/alternative of text and HTML; with attachments inside a multipart/mixed."""
    alternative = _multipart(
        "alternative", f"{boundary}.a", [_text_part("plain", rendered.text), _text_part("html", rendered.html)]
    )
    if not attachments:
        return alternative
    return _multipart("mixed", f"{boundary}.m", [alternative, *(_file_part(attachment) for attachment in attachments)])


def _multipart(subtype: str, boundary: str, parts: Iterable[list[str]]) -> list[str]:
    """Header fields, an empty line, the parts. A boundary with “=_” cannot occur in base64."""
    lines = [f"Content-Type: multipart/{subtype};", f' boundary="{boundary}"', ""]
    for part in parts:
        lines += [f"--{boundary}", *part]
    return [*lines, f"--{boundary}--"]


def _text_part(subtype: str, text: str) -> list[str]:
    content = text.replace("\n", CRLF).encode("utf-8")
    return [f"Content-Type: text/{subtype}; charset=utf-8", "Content-Transfer-Encoding: base64", "", *_base64(content)]


def _file_part(attachment: Attachment) -> list[str]:
    """A file, its name in RFC 2231 form where the standard has it and in RFC 2047 form for QQ Mail and Outlook.

    QQ shows `tcmime….bin` for a name that comes in RFC 2231 form only.
    """
    name = one_line(attachment.name, 100).replace('"', "'").replace("\\", "_").replace("/", "_")
    return [
        f"Content-Type: {_media_type(attachment.media_type)};",
        f' name="{_words("name", name)}"',
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment;",
        *_extended_name(name),
        "",
        *_base64(attachment.content),
    ]


def _media_type(text: str) -> str:
    return text if re.fullmatch(r"[\w.+-]+/[\w.+-]+", text, re.ASCII) else "application/octet-stream"


def _extended_name(name: str) -> list[str]:
    """The parameter `filename`, plain if it can be, else in segments (RFC 2231, 3 and 4) of a folded line each."""
    if name.isascii():
        return [f' filename="{name}"']
    coded = quote(name, safe="", encoding="utf-8")
    pieces = re.findall(r"(?:%[0-9A-F]{2}|[^%]){1,18}", coded)
    if len(pieces) == 1:
        return [f" filename*=utf-8''{coded}"]
    pieces[0] = f"utf-8''{pieces[0]}"
    lines = [f" filename*{number}*={piece}" for number, piece in enumerate(pieces)]
    return [line + (";" if number < len(lines) - 1 else "") for number, line in enumerate(lines)]


def _base64(content: bytes) -> list[str]:
    text = b64encode(content).decode("ascii")
    return [text[start : start + FOLD] for start in range(0, len(text), FOLD)]
