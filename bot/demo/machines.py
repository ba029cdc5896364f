"""Mails that no person writes: automatic replies, a delivery report, a letter of ours that comes back."""

from datetime import datetime
from email.utils import format_datetime

from bot.demo.acts import note
from bot.demo.cast import Writer
from bot.demo.programs import Arrived, compose
from bot.demo.scene import MAILBOX, Post

QQ_WORDS = (
    "这是来自QQ邮箱的假期自动回复邮件。\n\n您好，我最近正在休假中，无法亲自回复您的邮件。我将在假期结束后，尽快给您回复。"
)
ABSENT = "您好，本人外出开会，12月20日返回，期间如有急事请拨打办公室电话。"


def automatic_reply(who: Writer, post: Post, at: datetime, *, marked: bool = False) -> bytes:
    """A vacation reply to the newest letter: QQ's carries no mark at all, a marked one says `Auto-Submitted`."""
    letter = post.last(who.address)
    headers = (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")) if marked else ()
    text = ABSENT if marked else QQ_WORDS
    sent = note(who, f"automatic {who.unit}", at, subject=f"自动回复：{letter.subject}", text=text, headers=headers)
    return compose(sent, who.program)


def delivery_report(letter: Arrived, at: datetime) -> bytes:
    """A report that a letter could not be delivered (RFC 3464), in Chinese, with the letter's header fields."""
    head = letter.content.partition(b"\r\n\r\n")[0]
    text = f"抱歉，您的邮件被退回来了……\r\n原邮件收件人：{letter.recipients[0]}\r\n退信原因：收件人邮箱已满。\r\n"
    status = f"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; {letter.recipients[0]}\r\n"
    status += "Action: failed\r\nStatus: 5.2.2\r\n"
    parts = (
        b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + text.encode(),
        b"Content-Type: message/delivery-status\r\n\r\n" + status.encode(),
        b"Content-Type: text/rfc822-headers\r\n\r\n" + head + b"\r\n",
    )
    fields = (
        "Return-Path: <>",
        f"Received: from mx.example by mx1 (NewMX) with SMTP; {format_datetime(at)}",
        f"Date: {format_datetime(at)}",
        "From: MAILER-DAEMON <postmaster@mx.example>",
        f"To: <{MAILBOX}>",
        "Subject: =?utf-8?B?57O757uf6YCA5L+h?=",  # 系统退信
        f"Message-ID: <report-{at:%Y%m%d%H%M}@mx.example>",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="report"',
    )
    body = b"".join(b"--report\r\n" + part + b"\r\n" for part in parts) + b"--report--\r\n"
    return "\r\n".join(fields).encode() + b"\r\n\r\n" + body


def returned_letter(letter: Arrived, at: datetime) -> bytes:
    """Our own letter, byte for byte, as a forwarding rule of its recipient brings it back."""
    trace = f"Received: from forward.example by mx1 (NewMX) with SMTP; {format_datetime(at)}\r\n"
    return trace.encode() + f"Return-Path: <{letter.recipients[0]}>\r\n".encode() + letter.content
