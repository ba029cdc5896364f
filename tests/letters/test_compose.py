"""Composing: names in two forms, nothing from outside in a header, one message for one key."""

import email
import email.policy
from datetime import datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.letters.compose import MOST_REFERENCES, About, AddressError, Sender, Thread, compose, plain_address
from bot.letters.render import Rendered
from bot.model import Attachment, Letter, Outgoing

NOW = datetime(2021, 12, 10, 9, 31, tzinfo=ZoneInfo("Asia/Shanghai"))
SENDER = Sender("office@bot.example", "省推选活动办公室")
WORDS = Rendered("【受理回执】云川市 0123", "您好\n", "<p>您好</p>\n")


def made(
    rendered: Rendered = WORDS,
    to: tuple[str, ...] = ("a@b.example",),
    key: str = "answer:1",
    sender: Sender = SENDER,
    thread: Thread | None = None,
    attachments: tuple[Attachment, ...] = (),
) -> Outgoing:
    return compose(Letter.RECEIPT, key, rendered, to, sender, NOW, thread, attachments, About("c1", ("0123",), (1,)))


def parsed(letter: Outgoing) -> EmailMessage:
    return email.message_from_bytes(letter.content, policy=email.policy.default)


def headers_of(letter: Outgoing) -> list[str]:
    return [name for name, _ in email.message_from_bytes(letter.content).items()]


USUAL = [
    *("Date", "From", "To", "Reply-To", "Subject", "Message-ID"),
    *("Auto-Submitted", "X-Auto-Response-Suppress", "X-Shouli", "MIME-Version", "Content-Type"),
]


def test_the_message_id_follows_from_the_key_alone() -> None:
    assert made().message_id == made(Rendered("别的", "a", "b"), ("x@y.example",)).message_id
    assert made().message_id != made(key="answer:2").message_id
    assert made().message_id.endswith("@bot.example>")


def test_an_answer_stays_in_its_thread() -> None:
    letter = made(thread=Thread("<m3@x>", ("<m1@x>", "<m2@x>")))
    message = parsed(letter)
    assert message["In-Reply-To"] == "<m3@x>"
    assert message["References"].split() == ["<m1@x>", "<m2@x>", "<m3@x>"]
    assert message["Auto-Submitted"] == "auto-replied"


def test_a_letter_without_a_thread_is_generated() -> None:
    assert headers_of(made()) == USUAL
    assert parsed(made())["Auto-Submitted"] == "auto-generated"


def test_a_long_thread_keeps_its_first_and_its_newest_ids() -> None:
    earlier = tuple(f"<m{number}@x>" for number in range(100))
    kept = parsed(made(thread=Thread("<own@x>", earlier)))["References"].split()
    assert kept == [earlier[0], *earlier[-(MOST_REFERENCES - 2) :], "<own@x>"]


@pytest.mark.parametrize("id", ["", "no brackets", "<a b@x>", "<a\r\nBcc: x@y>", "<[a]>\n", f"<{'a' * 300}@x>", "<姓@x>"])
def test_an_id_that_is_none_does_not_reach_a_header(id: str) -> None:
    letter = made(thread=Thread(id, (id,)))
    assert headers_of(letter) == USUAL
    assert parsed(letter)["Auto-Submitted"] == "auto-replied"


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "@b.example", "a@", "a b@c.example", "a@b.example\r\nBcc: x@y.example", "a@b.example,x@y.example"),
        *("<a@b.example>", "李@b.example", ".a@b.example", "a..b@c.example", '"a b"@c.example', "a@-b.example", "a@b..example"),
    ],
)
def test_what_is_no_plain_address_gets_no_letter(text: str) -> None:
    with pytest.raises(AddressError):
        made(to=(text,))


def test_a_domain_in_chinese_is_written_in_its_ascii_form() -> None:
    assert plain_address("a@例子.example") == "a@xn--fsqu00a.example"


def test_no_recipient_is_an_error() -> None:
    with pytest.raises(AddressError):
        made(to=())


def test_a_subject_cannot_bring_a_header_along() -> None:
    letter = made(Rendered("回执\r\nBcc: x@y.example\r\n\r\n<p>", "a\n", "b\n"))
    assert headers_of(letter) == USUAL
    assert parsed(letter)["Subject"] == "回执 Bcc: x@y.example <p>"


def test_an_office_name_cannot_bring_an_address_along() -> None:
    letter = made(sender=Sender("office@bot.example", 'Office <x@y.example>, "z"'))
    (address,) = parsed(letter)["From"].addresses
    assert (address.display_name, address.addr_spec) == ('Office <x@y.example>, "z"', "office@bot.example")


def test_an_ascii_text_that_looks_encoded_is_encoded_once_more() -> None:
    assert parsed(made(Rendered("=?utf-8?q?x?=", "a\n", "b\n")))["Subject"] == "=?utf-8?q?x?="


LONG = "附件2 群众满意度高的实事（服务项目）推荐表（空白表，请用电脑填写后报送）.docx"


@pytest.mark.parametrize("name", ["form.docx", "推荐表.docx", LONG])
def test_fault_41_attachment_names_leave_in_both_forms(name: str) -> None:
    letter = made(attachments=(Attachment(name, b"\x00\xff" * 400, "application/pdf"),))
    (part,) = parsed(letter).iter_attachments()
    raw = email.message_from_bytes(letter.content).get_payload()[1]  # type: ignore[index]  # a list, as it is multipart
    disposition, content_type = raw["Content-Disposition"], raw["Content-Type"]  # type: ignore[index]  # a message
    assert part.get_filename() == name
    assert str(make_header(decode_header(content_type.split('name="', 1)[1].rstrip('"')))) == name
    assert ("filename*" in disposition) == (not name.isascii())
    assert part.get_payload(decode=True) == b"\x00\xff" * 400


@pytest.mark.parametrize("name", ['a"; x="b.docx', "../../etc/passwd", "a\r\nX: y.docx", "a\\b.docx"])
def test_an_attachment_name_cannot_leave_its_quotes(name: str) -> None:
    letter = made(attachments=(Attachment(name, b"x", "text/html; x=y"),))
    (part,) = parsed(letter).iter_attachments()
    assert part.get_content_type() == "application/octet-stream"
    assert set(part.keys()) == {"Content-Type", "Content-Transfer-Encoding", "Content-Disposition"}
    assert not set('"\\/\r\n') & set(part.get_filename() or "")


def test_text_and_html_are_alternatives_and_files_stand_beside_them() -> None:
    message = parsed(made(attachments=(Attachment("a.txt", b"x", "text/plain"),)))
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/plain"]
    assert [part.get_content_type() for part in parsed(made()).walk()] == ["multipart/alternative", "text/plain", "text/html"]


@settings(max_examples=200, deadline=None)
@given(subject=st.text(), text=st.text(), name=st.text(min_size=1), file=st.text(min_size=1), id=st.text())
def test_whatever_the_words_the_message_is_sound(subject: str, text: str, name: str, file: str, id: str) -> None:
    body = "".join(character for character in text if not "\ud800" <= character <= "\udfff")
    rendered = Rendered(subject, body + "\n", "<p></p>\n")
    letter = made(
        rendered, sender=Sender("o@b.example", name), thread=Thread(id, (id,)), attachments=(Attachment(file, b"", "a/b"),)
    )
    assert letter.content.isascii()
    assert all(len(line) <= 998 and b"\r" not in line and b"\n" not in line for line in letter.content.split(b"\r\n"))
    assert [header for header in headers_of(letter) if header not in ("In-Reply-To", "References")] == USUAL
    assert len(list(parsed(letter).iter_attachments())) == 1
