"""Bodies that stand aside: whatever a mail looks like, it is taken apart as if every line had gone through the parser."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.reading.bulk import slim
from bot.reading.limits import Limits
from bot.reading.message import parse

LIMITS = Limits()
CORPUS = sorted((Path(__file__).parents[1] / "corpus").glob("*.eml"))
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r", b"\n\n", b"\r\n\r\n", b"\r\r", b"\n\r\n", b""])
LINES = st.sampled_from(
    [
        *(b"--a", b"--a--", b"--b", b"--b--", b"--", b"--ab", b" --a", b"-- ", b"x--a"),
        *(b"Content-Type: multipart/mixed; boundary=a", b"Content-Type: multipart/mixed; boundary=b", b"A: b", b"a b: c"),
        *(b"Content-Type: multipart/alternative", b"Content-Type: message/rfc822", b"Content-Type: message/delivery-status"),
        *(b"Content-Type: text/plain", b"Content-Transfer-Encoding: base64", b"Subject: x", b" folded", b"From x", b"=3D"),
        *(b"QUJD" * 19, b"\0\0bulk 0\0", b"\0\0bulk ", b"\0", b"\xd0\xc2\xcf\xe7", b"\x0b\x0c\x1c\x85", b""),
    ]
)
MAILS = st.lists(st.tuples(LINES, ENDS).map(b"".join), max_size=30).map(b"".join)
HEAD = b"Content-Type: multipart/mixed; boundary=a\n\n--a\n"


@given(MAILS)
@example(HEAD + b"A: b\n\nx\ny\r--a\nB: c\n\nz")
@example(HEAD + b"\n--a\n\n--a\n\nx\n\n--a--\n")
@example(HEAD + b"A: b\n\nx\r\n\n--a--")
@example(HEAD + b"\n\0\0bulk 1\0\nx\n")
def test_a_mail_gives_the_same_tree_whether_its_bodies_stand_aside_or_not(content: bytes) -> None:
    for limits in (LIMITS, replace(LIMITS, parts=2), replace(LIMITS, nesting=1)):
        assert parse(content, limits, aside=1) == parse(content, limits, aside=sys.maxsize)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_an_ugly_mail_gives_the_same_tree_too(path: Path) -> None:
    content = path.read_bytes()
    assert parse(content, LIMITS, aside=1) == parse(content, LIMITS, aside=sys.maxsize)


def test_of_a_long_body_the_parser_sees_one_line() -> None:
    body = b"QUJD" * 19 + b"\r\n"
    head = b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    found = slim(head + 1000 * body + b"--a--\r\n")
    assert found.content == head + b"\0\0bulk 0\0\n" + body + b"--a--\r\n"
    assert found.bulk == (999 * body,)


def test_a_mail_that_looks_as_if_marks_stood_in_it_is_left_as_it_is() -> None:
    content = b"A: b\n\n" + b"x\n" * 2000 + b"\0\0bulk 0\0\n"
    assert slim(content).content == content
