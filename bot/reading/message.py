"""The MIME tree of a mail: one `email` parse under `compat32`, made into our own frozen parts; mail-parser reads its hops.

Neither library's objects leave this file. What decides the shape of the tree (type and boundary) is read by our own
parameter parser, because the standard one raises on some headers (cpython#105802, #117849, #94306).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from email.feedparser import BytesFeedParser
from email.message import Message
from typing import cast

import mailparser

from bot.reading.bulk import LEAST, Slim, slim
from bot.reading.charsets import decode
from bot.reading.headerblock import mended
from bot.reading.limits import Limits
from bot.reading.moments import moment
from bot.reading.names import boundary, parameters
from bot.reading.transfer import content_of

_TOO_DEEP = "multiparts nested too deeply: the inner ones were not opened"
_CHUNK = 64 * 1024
_FOLD = re.compile(r"[\r\n]+")
_BOUNDARY_LINE = re.compile(r"^--(\S[^\r\n]{0,80}?)[ \t]*\r?\n(?=[\w-]+:)", re.MULTILINE)
_TYPE = re.compile(r"^[\w.+-]+/[\w.+-]+$")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a mail: `fields` unfolded, raw 8-bit decoded, encoded words still encoded; names in lower case."""

    fields: tuple[tuple[str, str], ...]
    kind: str  # e.g. text/plain; what cannot be a type is application/octet-stream
    parameters: Mapping[str, str]
    disposition: str  # attachment, inline, or ""
    disposition_parameters: Mapping[str, str]
    children: tuple["Part", ...] = ()
    payload: str = field(default="", repr=False)  # as it stands in the mail, bytes above ASCII as surrogates

    def field(self, name: str) -> str | None:
        """The topmost field of this name (in lower case), None where there is none."""
        return next((value for key, value in self.fields if key == name), None)

    def content(self) -> bytes:
        """The bytes, transfer encoding undone; broken encodings give what they can."""
        return content_of(self.payload, self.field("content-transfer-encoding") or "", text=self.kind.startswith("text/"))

    def leaves(self) -> Iterator["Part"]:
        """The parts that hold content, in order."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True, slots=True)
class Tree:
    """A mail taken apart."""

    root: Part
    top_received: datetime | None
    defects: tuple[str, ...]


class _Message(Message):
    """A stdlib message whose type and boundary are read by us; beyond the cap of parts it is never a multipart."""

    shallow = False
    _told: str | None = None

    def get_content_type(self) -> str:
        """Read once: the parser asks again and again, for the first time when the header is whole."""
        if self._told is None:
            self._told = self._type()
        return self._told

    def _type(self) -> str:
        kind = _kind(_raw(self, "content-type"))
        # An attached mail stays bytes: it is read as a mail of its own, with its own limits.
        if self.shallow or not kind.startswith("multipart/"):
            return "text/plain"
        return kind

    def get_content_maintype(self) -> str:
        return self.get_content_type().partition("/")[0]

    def get_boundary(self, failobj: object = None) -> str:
        """The boundary as it stands; None is what the parser takes for “there is none”."""
        return cast(str, boundary(_FOLD.sub("", _raw(self, "content-type"))) or failobj)


@dataclass(slots=True)
class _Making:
    """What parts are made with: the limits, the bodies that stood aside, and what was found broken so far."""

    limits: Limits
    mail: Slim
    defects: list[str] = field(default_factory=list)


def parse(content: bytes, limits: Limits, *, aside: int = LEAST) -> Tree:
    """The tree of a mail's bytes, whatever they are. Stretches of `aside` bytes of content do not go through the parser."""
    making = _Making(limits, slim(mended(content), aside))
    try:
        message = _parsed(making.mail.content, limits.parts)
        root = _part(message, making, guess=True)
    except RecursionError:
        message = _parsed(making.mail.content, limits.nesting)
        root = _part(message, making, guess=False)
        making.defects.append(_TOO_DEEP)
    hops, broken = _hops(message)
    return Tree(root, hops, tuple(dict.fromkeys((*making.defects, *broken))))


def _parsed(content: bytes, most: int) -> Message:
    made = 0

    def factory(policy: policy.Policy = policy.compat32) -> Message:
        nonlocal made
        made += 1
        message = _Message(policy=policy)
        message.shallow = made > most
        return message

    parser = BytesFeedParser(factory, policy=policy.compat32)
    for at in range(0, len(content), _CHUNK):
        parser.feed(content[at : at + _CHUNK])
    return parser.close()


def _raw(message: Message, name: str) -> str:
    return next((str(value) for key, value in message.raw_items() if key.lower() == name), "")


def _kind(value: str) -> str:
    kind = value.partition(";")[0].strip().strip('"').lower()
    if _TYPE.match(kind):
        return kind
    return "text/plain" if kind in ("", "text", "plain") else "application/octet-stream"


def _part(message: Message, making: _Making, *, guess: bool, depth: int = 0) -> Part:
    limits = making.limits
    fields = tuple((key.lower(), _text(str(value), limits)) for key, value in message.raw_items())
    first = dict(reversed(fields))
    kind = _kind(first.get("content-type", ""))
    disposition, given = parameters(first.get("content-disposition", ""))
    making.defects.extend(f"{type(defect).__name__} in {kind}" for defect in message.defects)
    # The parser's own text: get_payload would decode it, and lose every byte above ASCII in doing so.
    body = vars(message).get("_payload")
    inner = body if isinstance(body, list) else []
    payload = body if isinstance(body, str) else ""
    if guess and not inner and kind.startswith("multipart/"):
        inner = _guessed(payload, limits)
        guess = False
    if inner and depth >= limits.nesting:
        making.defects.append(_TOO_DEEP)
        inner = []
    children = tuple(_part(cast(Message, one), making, guess=guess, depth=depth + 1) for one in inner)
    return Part(
        fields=fields,
        kind=kind,
        parameters=parameters(first.get("content-type", ""))[1],
        disposition=disposition,
        disposition_parameters=given,
        children=children,
        payload="" if children else making.mail.whole(payload),
    )


def _guessed(body: str, limits: Limits) -> list[object]:
    """The parts of a multipart that lost its boundary: the first line that begins with “--” before headers is taken for it."""
    match = _BOUNDARY_LINE.search(body)
    if match is None:
        return []
    head = f'Content-Type: multipart/mixed; boundary="{match[1].strip()}"\r\n\r\n'
    inner = _parsed((head + body).encode("utf-8", "surrogateescape"), limits.parts).get_payload()
    return list(inner) if isinstance(inner, list) else []


def _text(value: str, limits: Limits) -> str:
    value = _FOLD.sub("", value[: limits.header_bytes])
    return value if value.isascii() else decode(value.encode("ascii", "surrogateescape"))


def _hops(message: Message) -> tuple[datetime | None, tuple[str, ...]]:
    """When the topmost server got the mail, and what is broken in hops, dates and addresses, as mail-parser sees it.

    It is given the header alone: decoding every attachment a second time would cost more than all the rest.
    """
    shell = Message()
    received: list[str] = []
    for key, value in message.raw_items():
        if key.lower() == "received":
            received.append(str(value))
        if key.lower() in ("received", "date"):
            shell.set_raw(key.lower().capitalize(), str(value)[:4000])
    try:
        seen = mailparser.MailParser(shell)
        hops = seen.received or []  # in the order of travel: the topmost field comes last
        when = hops[-1].get("date_utc") if hops and len(hops) == len(received) else None
        broken = tuple(sorted(str(name) for name in seen.defects_categories))
    except Exception as error:  # a library over hostile headers: its failure is a fact about the mail, kept as one
        when, broken = None, (f"mail-parser: {type(error).__name__}",)
    fallback = moment(received[0].rpartition(";")[2]) if received else None
    return _moment(when) or fallback, broken


def _moment(text: object) -> datetime | None:
    if not isinstance(text, str):
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        return None
