"""Words from outside stay words: in headers, pages, cells, documents, calendars and logs."""

import io
import json
import logging
import re
from base64 import b64encode
from email.message import Message
from typing import Any

import docx
import html5lib
import openpyxl
import pytest

from bot.adapters.log import set_up_logging
from bot.demo.acts import loose, nominees, note, papers
from bot.demo.cast import writer
from bot.demo.programs import compose
from bot.demo.stage import attachments, body
from tests.faults.bench import LATER, OFFICE, Office
from tests.faults.conftest import Open

pytestmark = pytest.mark.server

PAYLOADS = (
    "x\r\nBcc: victim@evil.example\r\n\r\n<script>alert(1)</script>",
    "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(1)>",
    "</td></table><style>*{display:none}</style><a href=javascript:alert(1)>x",
    "<!-- unclosed",
    "\u202egpj.exe\u2066\u200b\ufeff\x07\x1b[31m",
    "{{ 7*7 }}{% for x in y %}",
    "=cmd|'/c calc'!A1",
    "\t=1+1",
    "]]></w:t></w:r></w:p><w:p>&x;",
    "长" * 3000,
)
USUAL = frozenset(
    [
        "received",
        "from",
        "to",
        "subject",
        "date",
        "message-id",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
        "reply-to",
        "in-reply-to",
        "references",
        "auto-submitted",
        "x-auto-response-suppress",
        "x-shouli",
        "x-peer",
        "precedence",
        "return-path",
        "list-id",
        "content-language",
    ]
)


def hostile(at: int, payload: str, moment: object) -> bytes:
    """A nomination whose subject, sender's name, file names and every free field hold the payload."""
    who = writer("xinxiang")
    (one,) = nominees(who, moment, {"project": (at,)})  # type: ignore[arg-type]  # a moment
    clean = "".join(character for character in payload if character.isprintable() or character in "\t\n")
    one = one.with_fields(项目名称=f"项目{at}{clean}", 实施单位=clean, 项目负责人=clean, 推荐单位="新乡市" + clean)
    word = f"=?utf-8?B?{b64encode(payload[:60].encode()).decode()}?="
    sent = compose(note(who, f"hostile {at}", moment, [one], enclosures=loose(papers(who, [one]))), who.program)  # type: ignore[arg-type]
    sent = re.sub(rb"^Subject: .*(\r\n[ \t].*)*", f"Subject: {word}".encode(), sent, count=1, flags=re.MULTILINE)
    sent = re.sub(rb"^From: .*(\r\n[ \t].*)*", f"From: {word} <{who.address}>".encode(), sent, count=1, flags=re.MULTILINE)
    return sent.replace(b"Content-Disposition: attachment;", f'Content-Disposition: attachment; filename="{word}";'.encode(), 1)


@pytest.fixture
def attacked(opened: Open, caplog: pytest.LogCaptureFixture) -> Office:
    desk = opened()
    caplog.set_level(logging.DEBUG, "shouli")
    desk.arrives(*(hostile(at, payload, desk.clock.now()) for at, payload in enumerate(PAYLOADS)))
    desk.round(LATER)
    desk.clock.moment = desk.clock.moment.replace(day=13, hour=9)
    desk.round(LATER)
    return desk


def pages(letter: Message) -> str:
    return body(letter, "text/html")


def test_what_a_submitter_writes_stays_words_in_all_that_leaves(attacked: Office, caplog: pytest.LogCaptureFixture) -> None:
    """One mailbox full of it; every letter, the digest, the workbook, the documents and the log are looked at."""
    assert len(attacked.mails()) == len(PAYLOADS)
    assert len(attacked.digests) >= 1
    for letter in (*attacked.letters, *attacked.digests):
        assert {name.lower() for name in letter.message} <= USUAL, set(letter.message)
        assert set(letter.recipients) <= {writer("xinxiang").address, OFFICE}
        page_is_ours(pages(letter.message))
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x1b]", body(letter.message, "text/plain") + letter.subject)
        assert "49" not in letter.subject
        for name, content in attachments(letter.message):
            assert not set(name) & set('\r\n"\\/\x00\u202e')
            enclosure_is_ours(name, content)
    workbook_is_ours(attacked.app.export(attacked.folder / "book.xlsx").read_bytes())
    assert not any("evil" in line or "script" in line or writer("xinxiang").address in line for line in caplog.messages)
    assert not any("\n" in line.strip() for line in caplog.messages)


def page_is_ours(page: str) -> None:
    """No element or attribute that the wording does not write, nothing that is fetched or run."""
    tree: Any = html5lib.parse(page, namespaceHTMLElements=False)
    for element in tree.iter():
        # A comment's tag is a function: mail programs want some comments, submitters write none.
        assert isinstance(element.tag, str) or "unclosed" not in str(element.text)
        assert element.tag not in {"script", "img", "iframe", "object", "form", "link", "base", "svg"}, element.tag
        assert element.tag != "style" or "display:none}" not in str(element.text)
        for name, value in element.attrib.items():
            assert not str(name).startswith("on")
            assert not re.match(r"\s*(javascript|data|http://evil)", value)


def enclosure_is_ours(name: str, content: bytes) -> None:
    if name.endswith(".docx"):
        words = "\n".join(one.text for one in docx.Document(io.BytesIO(content)).element.iter() if one.text)
        assert "&x;" not in words or "<w:p>" in words  # as words, or not at all
    if name.endswith(".ics"):
        lines = content.decode().replace("\r\n ", "").split("\r\n")
        assert all(re.match(r"[A-Z-]+[;:]|$", line) for line in lines)
    if name.endswith(".xlsx"):
        workbook_is_ours(content)


def workbook_is_ours(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or "cmd" not in str(cell.value)
                assert cell.hyperlink is None or "evil" not in str(cell.hyperlink.target)


@pytest.mark.parametrize("style", ["text", "json"])
def test_a_log_line_is_one_line_whatever_an_error_says(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging(style, quiet=False)
    logging.getLogger("shouli.x").warning("mail %d: %s", 1, "a\r\nERROR forged\x1b[2J\u202e\u2028b")
    said = capsys.readouterr().err
    assert [line[:4] for line in said.splitlines()[1:]] in ([], ["    "])
    if style == "json":
        assert len(said.splitlines()) == 1
        assert json.loads(said)["message"].startswith("mail 1: a")
    assert "\x1b" not in said
    assert "\u202e" not in said
