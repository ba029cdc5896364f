from datetime import UTC, datetime

import pytest

from bot.model import Address, Headers
from bot.reading.limits import Limits
from bot.reading.mail import read_header, read_mail
from bot.reading.moments import moment
from tests.reading.mail_rules import RULES
from tests.reading.mails import mail, word


def headers(*fields: str | bytes) -> Headers:
    return read_mail(mail("x", *fields), RULES, Limits()).headers


def test_all_fields_that_decisions_need_are_read() -> None:
    read = headers(
        "Return-Path: <zhang@example.cn>",
        "Received: from a (a [1.2.3.4]) by mx.example.com with SMTP id x; Mon, 20 Dec 2021 08:00:00 +0800 (CST)",
        "Received: from b by a; Mon, 20 Dec 2021 07:00:00 +0800",
        "Authentication-Results: mx.example.com; spf=pass",
        "Authentication-Results: forged.example.com; spf=pass",
        f"From: {word('张三')} <zhang@example.cn>",
        "To: office@example.cn, b@example.cn",
        "Cc: c@example.cn",
        "Reply-To: Zhang <reply@example.cn>",
        f"Subject: {word('报送')}",
        "Date: Mon, 20 Dec 2021 07:59:00 +0800",
        "Message-ID: <1@example.cn>",
        "In-Reply-To: <a@example.cn>",
        "References: <a@example.cn>\r\n\t<b@example.cn>",
        "Auto-Submitted: no",
        "Precedence: list",
        "List-Id: <list.example.cn>",
        "X-Auto-Response-Suppress: OOF",
        "X-Shouli: receipt",
        "Content-Type: multipart/report; report-type=Delivery-Status; boundary=b",
    )
    assert read == Headers(
        message_id="<1@example.cn>",
        subject="报送",
        sender=Address("zhang@example.cn", "张三"),
        reply_to=(Address("reply@example.cn", "Zhang"),),
        to=(Address("office@example.cn"), Address("b@example.cn")),
        cc=(Address("c@example.cn"),),
        date=datetime(2021, 12, 19, 23, 59, tzinfo=UTC),
        in_reply_to=("<a@example.cn>",),
        references=("<a@example.cn>", "<b@example.cn>"),
        return_path="zhang@example.cn",
        auto_submitted="no",
        precedence="list",
        list_id="<list.example.cn>",
        auto_response_suppress="OOF",
        own_mark="receipt",
        content_type="multipart/report",
        report_type="delivery-status",
        authentication="mx.example.com; spf=pass",
        authentications=("mx.example.com; spf=pass", "forged.example.com; spf=pass"),
        top_received=datetime(2021, 12, 20, 0, 0, tzinfo=UTC),
    )


def test_a_mail_without_any_header_has_empty_ones() -> None:
    assert read_mail(b"", RULES, Limits()).headers == Headers("", "", Address(""), content_type="text/plain")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<a@b>", "<a@b>"),
        ("<[a]>", "<[a]>"),
        ("a@b", "<a@b>"),
        ("<a b@c>", "<ab@c>"),
        ("<>", ""),
        ("", ""),
        ("<<a@b>>", "<a@b>"),
        ("<a@b> <c@d>", "<a@b>"),
    ],
)
def test_a_message_id_is_taken_out_of_whatever_stands_there(raw: str, expected: str) -> None:
    assert headers(f"Message-ID: {raw}").message_id == expected


def test_the_null_return_path_is_not_the_same_as_none() -> None:
    assert headers("Return-Path: <>").return_path == ""
    assert headers("Subject: x").return_path is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 20 Dec 2021 08:00:00 +0800", datetime(2021, 12, 20, 0, 0, tzinfo=UTC)),
        ("20 Dec 2021 08:00 +0800 (CST)", datetime(2021, 12, 20, 0, 0, tzinfo=UTC)),
        ("Mon, 20 Dec 2021 08:00:00", datetime(2021, 12, 20, 8, 0, tzinfo=UTC)),
        ("Mon, 20 Dec 99999 08:00:00 +0800", None),
        ("Mon, 32 Dec 2021 08:00:00 +0800", None),
        ("Mon, 20 Dec 2021 08:00:00 +99999999999999", None),
        ("2021年12月20日", None),
        ("", None),
    ],
)
def test_a_date_is_a_moment_or_nothing(text: str, expected: datetime | None) -> None:
    assert moment(text) == expected


def test_a_line_that_is_no_header_does_not_end_the_header() -> None:
    read = headers(
        b"Subject: " + "关于报送".encode("gb18030"),
        b"\xcd\xc6\xbc\xf6",
        "From: a@example.cn",
        "Bad Name: x",
        "To: b@example.cn",
    )
    assert (read.subject, read.sender, read.to) == ("关于报送 推荐", Address("a@example.cn"), (Address("b@example.cn"),))


def test_a_space_before_the_colon_is_forgiven() -> None:
    assert headers("Subject : x", "From : a@example.cn").sender == Address("a@example.cn")


def test_a_text_without_a_header_stays_text() -> None:
    assert read_mail("各位：\n附件是推荐表。\n谢谢！\n".encode(), RULES, Limits()).text == "各位：\n附件是推荐表。\n谢谢！"


def test_a_header_alone_can_be_read_of_a_mail_too_large_to_fetch() -> None:
    read = read_header(
        b"Subject: x\r\nFrom: a@example.cn\r\nContent-Type: multipart/mixed; boundary=b\r\n", Limits(), ("too large",)
    )
    assert (read.headers.subject, read.headers.content_type, read.text, read.files) == ("x", "multipart/mixed", "", ())
    assert "too large" in read.defects


def test_a_huge_header_is_cut_and_costs_little() -> None:
    read = headers("Subject: " + "=?utf-8?B?" * 200_000, "From: a@example.cn")
    assert len(read.subject) <= Limits().header_bytes
    assert read.sender == Address("a@example.cn")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (("X-Autoreply: yes",), "auto-replied"),
        (("X-Autorespond: 您好",), "auto-replied"),
        (("X-Autoreply: no",), ""),
        (("Auto-Submitted: no", "X-Autoreply: yes"), "no"),
    ],
)
def test_an_older_mark_of_answering_machines_counts_where_there_is_none_of_today(fields: tuple[str, ...], told: str) -> None:
    assert headers(*fields).auto_submitted == told
