"""Mails made to cost time: what they cost stays in proportion to their size."""

import time

import pytest

from bot.reading.limits import Limits
from bot.reading.mail import read_mail
from tests.reading.mail_rules import RULES
from tests.reading.mails import mail, mixed, part

SIZE = 200_000  # bytes; a quadratic reader would take minutes over these
HTML = "Content-Type: text/html; charset=utf-8"
PLAIN = "Content-Type: text/plain; charset=utf-8"


def repeated(scrap: str, *fields: str) -> bytes:
    return mail(scrap * (SIZE // len(scrap)), *fields)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(repeated("begin 644 x\n", PLAIN), id="uuencode that never comes"),
        pytest.param(repeated("begin 644 x\n#0V%T\n", PLAIN), id="uuencode that never ends"),
        pytest.param(repeated("12-" * 130 + "\n", PLAIN), id="lines like attributions"),
        pytest.param(repeated("发件人:x\n", PLAIN), id="lines like quoted headers"),
        pytest.param(repeated("a \n", PLAIN + "; format=flowed"), id="flowed lines without end"),
        pytest.param(repeated("http://", PLAIN), id="links in links"),
        pytest.param(repeated("a@a.", PLAIN, "From: postmaster@x.cn", "Subject: x"), id="addresses in a bounce"),
        pytest.param(repeated("<p>", HTML), id="paragraphs never closed"),
        pytest.param(repeated("<", HTML), id="tags never begun"),
        pytest.param(mail("<table>" + "<tr><td>a<td>b" * (SIZE // 14), HTML), id="a table without end"),
        pytest.param(mail("x", "Subject: " + "=?a?b?" * (SIZE // 6)), id="encoded words never ended"),
        pytest.param(mail("x", "From: " + "a," * SIZE, "To: " + "(" * SIZE, "Cc: " + '"' * SIZE), id="addresses never ended"),
        pytest.param(mail("x", "Content-Type: text/plain; " + "a*0*=b;" * (SIZE // 7)), id="parameters in segments"),
        pytest.param(mail("x", *["A: b"] * (SIZE // 6)), id="headers without end"),
        pytest.param(mixed([b"\r\n\r\nx"] * (SIZE // 10)), id="parts without end"),
        pytest.param(repeated("--b\r\n", "Content-Type: multipart/mixed; boundary=b"), id="boundaries without parts"),
        pytest.param(mixed([part(b"x", "Content-Disposition: attachment; filename=a.png")] * 3000), id="files without end"),
    ],
)
def test_a_mail_made_to_cost_time_costs_little(content: bytes) -> None:
    started = time.process_time()
    read_mail(content, RULES, Limits())
    assert time.process_time() - started < 5
