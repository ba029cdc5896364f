"""Mails as the programs of China write them: QQ, NetEase, Foxmail, Outlook, each with its charset and its way with names."""

import base64
import quopri
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import quote

from tests.labelled.label import at

BOX = "sjhdz2021@126.com"


@dataclass(frozen=True, slots=True)
class Client:
    """A mail program: the charset of its words and how it writes the name of a file."""

    mailer: str
    charset: str = "utf-8"
    label: str = "utf-8"
    names: str = "encoded"  # encoded, percent, raw, split, both
    html: bool = False
    transfer: str = "base64"


QQ = Client("QQMail 2.x", "gb18030", "gb18030", "encoded", html=True)
NETEASE = Client("Coremail Webmail Server Version XT5.0.13", "gb18030", "GBK", "encoded", html=True)
FOXMAIL = Client("Foxmail 7.2.23.116[cn]", "gb18030", "GB2312", "split", html=True)
OUTLOOK = Client("Microsoft Outlook 16.0", "utf-8", "utf-8", "both", transfer="qp")
THUNDERBIRD = Client("Mozilla Thunderbird 91.4", "utf-8", "UTF-8", "percent", transfer="8bit")
OLD = Client("FoxMail 5.0 [cn]", "gb18030", "gb2312", "raw", transfer="8bit")
CLIENTS = (QQ, NETEASE, FOXMAIL, OUTLOOK, THUNDERBIRD, OLD)


@dataclass(frozen=True, slots=True)
class File:
    """An attachment."""

    name: str
    content: bytes
    media: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Written:
    """A mail before it is bytes."""

    subject: str
    text: str
    files: Sequence[File] = ()
    sender: str = "dangjian@example.com"
    name: str = ""
    arrived: datetime = field(default_factory=lambda: at(9))
    client: Client = QQ
    html: str = ""
    headers: Sequence[tuple[str, str]] = field(default_factory=tuple)
    to: str = BOX
    zulu: bool = False  # the server writes its time in UTC
    dated: bool = True
    claimed: datetime | None = None  # what the sender's own clock says

    @property
    def message_id(self) -> str:
        """Made from what is in it."""
        seed = f"{self.subject}{self.text}{self.sender}{self.arrived}{[file.name for file in self.files]}"
        return f"<{sha256(seed.encode()).hexdigest()[:20]}@mail.example.com>"

    def bytes(self) -> bytes:
        """The mail as the server keeps it."""
        return _bytes(self)


def word(text: str, client: Client) -> bytes:
    """A header's text as this program encodes it."""
    if text.isascii():
        return text.encode()
    if client.names == "raw":
        return text.encode(client.charset)
    size = 12 if client.names != "split" else 0
    data = text.encode(client.charset)
    chunks = [text[i : i + size].encode(client.charset) for i in range(0, len(text), size)] if size else _cut(data, 31)
    return b"\r\n ".join(b"=?%s?B?%s?=" % (client.label.encode(), base64.b64encode(chunk)) for chunk in chunks)


def _cut(data: bytes, size: int) -> list[bytes]:
    """Cut anywhere, inside a character too."""
    return [data[i : i + size] for i in range(0, len(data), size)]


def _parameter(key: str, name: str, client: Client) -> bytes:
    if client.names == "percent" or (client.names == "both" and key == "filename"):
        return f"{key}*={client.label}''{quote(name, safe='', encoding=client.charset)}".encode()
    return b'%s="%s"' % (key.encode(), word(name, client))


def _file(file: File, client: Client) -> bytes:
    head = b"Content-Type: %s;\r\n %s\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment;\r\n %s\r\n\r\n"
    lines = base64.encodebytes(file.content).replace(b"\n", b"\r\n")
    return (
        head % (file.media.encode(), _parameter("name", file.name, client), _parameter("filename", file.name, client)) + lines
    )


def _text(text: str, kind: str, client: Client) -> bytes:
    data = text.replace("\n", "\r\n").encode(client.charset, "replace")
    body = {"base64": base64.encodebytes(data), "qp": quopri.encodestring(data), "8bit": data}[client.transfer]
    coding = {"base64": "base64", "qp": "quoted-printable", "8bit": "8bit"}[client.transfer]
    body = body.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    head = f'Content-Type: text/{kind}; charset="{client.label}"\r\nContent-Transfer-Encoding: {coding}\r\n\r\n'
    return head.encode() + body


def _multi(kind: str, parts: Sequence[bytes], mark: str) -> bytes:
    edge = f"----=_{mark}_{sha256(b''.join(parts)).hexdigest()[:16]}".encode()
    head = b'Content-Type: multipart/%s;\r\n boundary="%s"\r\n\r\nThis is a multi-part message in MIME format.\r\n' % (
        kind.encode(),
        edge,
    )
    return head + b"".join(b"\r\n--" + edge + b"\r\n" + part for part in parts) + b"\r\n--" + edge + b"--\r\n"


def _bytes(mail: Written) -> bytes:
    client = mail.client
    body = _text(mail.text, "plain", client)
    if mail.html or client.html:
        lines = "".join(f"<div>{line or '<br>'}</div>" for line in mail.text.split("\n"))
        page = _text(f"<html><body>{lines}{mail.html}</body></html>", "html", client)
        body = _multi("alternative", (body, page), "NextPart") if not mail.html or mail.text else page
    if mail.files:
        body = _multi("mixed", (body, *(_file(file, client) for file in mail.files)), "Part")
    when = mail.arrived.astimezone(UTC) if mail.zulu else mail.arrived
    heads = [
        b"Received: from smtp.example.com (unknown [192.0.2.7])\r\n\tby mx29 (Coremail) with SMTP id x1; %s"
        % format_datetime(when).encode(),
        b"From: %s<%s>" % (b'"%s" ' % word(mail.name, client) if mail.name else b"", mail.sender.encode()),
        b"To: <%s>" % mail.to.encode(),
        b"Subject: " + word(mail.subject, client),
        b"Message-ID: " + mail.message_id.encode(),
        b"X-Mailer: " + client.mailer.encode(),
        b"MIME-Version: 1.0",
        *((b"Date: " + format_datetime(mail.claimed or mail.arrived).encode(),) if mail.dated else ()),
        *(key.encode() + b": " + value.encode() for key, value in mail.headers),
    ]
    return b"\r\n".join(heads) + b"\r\n" + body
