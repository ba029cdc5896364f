"""Mails as bytes, with the arrival written into the top Received line."""

import base64
import email.utils
import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.header import Header
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

ARRIVAL = "2021-12-17T10:20:30+08:00"
OFFICE = "sjhdz2021@126.com"


def word(text: str, charset: str = "utf-8") -> str:
    """One encoded word."""
    return f"=?{charset}?B?{base64.b64encode(text.encode(charset)).decode()}?="


def attach(name: str, data: bytes) -> Message:
    part = MIMEApplication(data)
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    return part


def mail(
    subject: str = "“三个100”推荐材料",
    text: str = "您好，推荐材料见附件，请查收。",
    files: Mapping[str, bytes] | None = None,
    *,
    sender: str = "",
    at: str = ARRIVAL,
    html: str = "",
    headers: Mapping[str, str] | None = None,
    date: str = "",
    parts: Sequence[Message] = (),
    charset: str = "utf-8",
    message_id: str = "",
) -> bytes:
    """A mail. `sender` is a whole From value; `at` is when our server took it."""
    body: Message = MIMEText(html or text, "html" if html else "plain", charset)
    if files or parts:
        outer = MIMEMultipart("mixed")
        outer.attach(body)
        for name, data in (files or {}).items():
            outer.attach(attach(name, data))
        for part in parts:
            outer.attach(part)
        body = outer
    when = datetime.fromisoformat(at)
    stamp = email.utils.format_datetime(when)
    body["From"] = sender or "lianluoyuan2021@163.com"
    body["To"] = OFFICE
    body["Subject"] = Header(subject, charset, maxlinelen=200).encode() if not subject.isascii() else subject
    body["Date"] = date or stamp
    digest = hashlib.sha256(body.as_bytes()).hexdigest()[:20]
    body["Message-ID"] = message_id or f"<{digest}@mail.163.com>"
    for name, value in (headers or {}).items():
        del body[name]
        body[name] = value
    top = f"Received: from mail-m972.mail.163.com (unknown [123.126.97.2])\r\n\tby mx28 (Coremail) with SMTP id Ab1; {stamp} (CST)\r\n"
    return top.encode() + body.as_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
