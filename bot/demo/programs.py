"""Writes a mail as the mail programs of clerks do: their headers, charsets, encoded words and file names, faults included.

Every program is one row of `PROGRAMS`. Nothing is left to the standard library's composer, which would write too well.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from urllib.parse import quote_from_bytes


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a mail."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Arrived:
    """A letter of the bot as its recipient has it."""

    message_id: str
    subject: str
    recipients: tuple[str, ...]
    text: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A mail before a program has written it; `answers` makes it a reply, `headers` stand before all others."""

    key: str  # makes Message-ID and boundaries
    at: datetime
    sender: str
    name: str
    to: str
    subject: str
    text: str
    enclosures: tuple[Enclosure, ...] = ()
    answers: Arrived | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Program:
    """How one mail program writes."""

    label: str  # the charset it says
    codec: str  # the charset it writes
    mailer: tuple[tuple[str, str], ...]
    message_id: str  # with {token} and {domain}
    boundary: str
    method: str = "B"  # of encoded words; "raw" writes the bytes as they are
    cuts_characters: bool = False  # splits encoded words inside a character
    rfc2231: bool = False  # file names as RFC 2231, in pieces; else as encoded words
    html: bool = False  # an HTML part beside the text
    quote: str = "original"  # how it quotes what it answers


PROGRAMS: Mapping[str, Program] = {
    # The label says GB2312, the bytes are GB18030: rare characters in names are outside the label.
    "foxmail": Program(
        "GB2312",
        "gb18030",
        (("X-Priority", "3"), ("X-Has-Attach", "yes"), ("X-Mailer", "Foxmail 7.2.23.116[cn]"), ("Mime-Version", "1.0")),
        "<{token}@{domain}>",
        "----=_001_NextPart{token}_=----",
        cuts_characters=True,
        html=True,
    ),
    "qq": Program(
        "gb18030",
        "gb18030",
        (("X-QQ-STYLE", ""), ("X-Mailer", "QQMail 2.x"), ("Mime-Version", "1.0"), ("X-QQ-SENDSIZE", "520")),
        "<tencent_{token}@qq.example>",
        "----=_NextPart_{token}",
        html=True,
        quote="qq",
    ),
    "netease": Program(
        "GBK",
        "gbk",
        (("X-Mailer", "Coremail Webmail Server Version XT5.0.13 build 20210622"), ("MIME-Version", "1.0")),
        "<{token}.Coremail.dsb@163.example>",
        "----=_Part_{token}",
        html=True,
        quote="wrote",
    ),
    "outlook": Program(
        "gb2312",
        "gb18030",
        (("X-Mailer", "Microsoft Outlook 16.0"), ("MIME-Version", "1.0"), ("Content-Language", "zh-cn")),
        "<{token}$@{domain}>",
        "----=_NextPart_000_{token}",
        html=True,
    ),
    "thunderbird": Program(
        "UTF-8",
        "utf-8",
        (("User-Agent", "Mozilla/5.0 Thunderbird/91.4.0"), ("MIME-Version", "1.0"), ("Content-Language", "zh-CN")),
        "<{token}@{domain}>",
        "------------{token}",
        rfc2231=True,
        quote="wrote",
    ),
    # An old program that puts GB18030 bytes into header fields and parameters without any encoding.
    "old": Program(
        "gb2312",
        "gb18030",
        (("X-Mailer", "KooMail 3.6"), ("MIME-Version", "1.0")),
        "<{token}@{domain}>",
        "=====_{token}",
        "raw",
    ),
}


def compose(note: Note, program: str) -> bytes:
    """The mail as bytes, CRLF line ends."""
    row = PROGRAMS[program]
    token = hashlib.sha256(note.key.encode()).hexdigest()[:24].upper()
    lines = [f"{name}: {value}".encode("ascii") for name, value in (*note.headers, *_trace(note, token))]
    lines += [
        b"Date: " + format_datetime(note.at).encode(),
        b"From: " + _phrase(note.name, row) + f" <{note.sender}>".encode(),
        b"To: " + f"<{note.to}>".encode(),
        b"Subject: " + _phrase(note.subject, row),
        b"Message-ID: " + row.message_id.format(token=token, domain=note.sender.partition("@")[2]).encode(),
        *(f"{name}: {value}".encode("ascii") for name, value in row.mailer),
    ]
    if note.answers is not None:
        lines += [f"In-Reply-To: {note.answers.message_id}".encode(), f"References: {note.answers.message_id}".encode()]
    return b"\r\n".join((*lines, _body(note, row, token)))


def _trace(note: Note, token: str) -> tuple[tuple[str, str], ...]:
    """What the receiving server puts on top: the time that counts stands here as well."""
    domain = note.sender.partition("@")[2] or "mail.example"
    received = (
        f"from {domain} (unknown [203.0.113.7]) by mx1 (NewMX) with SMTP id {token[:12]}; {format_datetime(note.at)} (CST)"
    )
    return (("Received", received),)


def _body(note: Note, row: Program, token: str) -> bytes:
    """Content fields and content: text alone, text with HTML, either with files."""
    text = _text_parts(note, row, token)
    if not note.enclosures:
        return text
    outer = row.boundary.format(token=token[:20])
    parts = [text, *(_enclosed(file, row) for file in note.enclosures)]
    head = f'Content-Type: multipart/mixed;\r\n\tboundary="{outer}"\r\n\r\nThis is a multi-part message in MIME format.\r\n'
    return head.encode() + _joined(parts, outer)


def _text_parts(note: Note, row: Program, token: str) -> bytes:
    text = note.text + (_quoted(note.answers, note.to, row.quote) if note.answers is not None else "")
    plain = _text(text, "plain", row)
    if not row.html:
        return plain
    inner = row.boundary.format(token=token[4:] + "A")
    page = "".join(f"<div>{escape(line) or '<br>'}</div>\r\n" for line in text.split("\n"))
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={row.label}">'
    page = f"<html><head>{meta}</head><body>{page}</body></html>"
    head = f'Content-Type: multipart/alternative;\r\n\tboundary="{inner}"\r\n\r\n'
    return head.encode() + _joined([plain, _text(page, "html", row)], inner)


def _text(text: str, kind: str, row: Program) -> bytes:
    content = text.replace("\r\n", "\n").replace("\n", "\r\n").encode(row.codec)
    head = f'Content-Type: text/{kind};\r\n\tcharset="{row.label}"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return head.encode() + _base64(content)


def _enclosed(file: Enclosure, row: Program) -> bytes:
    disposition = _parameter("filename", file.name, row)
    head = b"Content-Type: " + file.media_type.encode() + b";\r\n\t" + _parameter("name", file.name, row)
    if file.media_type == "message/rfc822":
        return head + b"\r\nContent-Disposition: attachment;\r\n\t" + disposition + b"\r\n\r\n" + file.content
    head += b"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment;\r\n\t" + disposition + b"\r\n\r\n"
    return head + _base64(file.content)


def _parameter(name: str, value: str, row: Program) -> bytes:
    """A file name as this program writes it; RFC 2231 in pieces that may cut a character in two."""
    if not row.rfc2231:
        return f'{name}="'.encode() + _phrase(value, row) + b'"'
    octets = value.encode(row.codec)
    pieces = [octets[start : start + 16] for start in range(0, len(octets), 16)]
    written = [
        f"{name}*{number}*={f'{row.label}' + chr(39) * 2 if number == 0 else ''}{quote_from_bytes(piece, safe='')}"
        for number, piece in enumerate(pieces)
    ]
    return ";\r\n\t".join(written).encode()


def _phrase(text: str, row: Program) -> bytes:
    """Unstructured text as encoded words (RFC 2047), or raw."""
    if text.isascii():
        return text.encode()
    if row.method == "raw":
        return text.encode(row.codec)
    pieces = _cut(text, row)
    return b"\r\n ".join(b"=?%s?B?%s?=" % (row.label.encode(), base64.b64encode(piece)) for piece in pieces)


def _cut(text: str, row: Program) -> list[bytes]:
    """Pieces short enough for one encoded word each."""
    if row.cuts_characters:
        octets = text.encode(row.codec)
        return [octets[start : start + 39] for start in range(0, len(octets), 39)]
    return [text[start : start + 13].encode(row.codec) for start in range(0, len(text), 13)]


def _quoted(letter: Arrived, mailbox: str, style: str) -> str:
    """The answered letter below the new text, in the manner of the program."""
    if style == "wrote":
        return f"\n\n在 2021年12月，{mailbox} 写道：\n" + "".join(f"> {line}\n" for line in letter.text.splitlines())
    rule = "------------------ 原始邮件 ------------------" if style == "qq" else "_____________________________"
    head = f"发件人: {mailbox}\n发送时间: 2021年12月\n收件人: {letter.recipients[0]}\n主题: {letter.subject}"
    return f"\n\n\n{rule}\n{head}\n\n{letter.text}"


def _joined(parts: list[bytes], boundary: str) -> bytes:
    edge = b"\r\n--" + boundary.encode()
    return b"".join(edge + b"\r\n" + part for part in parts) + edge + b"--\r\n"


def _base64(content: bytes) -> bytes:
    encoded = base64.b64encode(content)
    return b"\r\n".join(encoded[start : start + 76] for start in range(0, len(encoded), 76)) + b"\r\n"
