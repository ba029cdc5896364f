"""Every letter, whole: its golden text and HTML, and what must hold for each of them whatever it says."""

import email
import email.policy
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import mailparser
import pytest

from bot.model import SEVERITIES, Letter, Outgoing, Severity
from bot.text import folded
from tests.letters.build import wording
from tests.letters.regolden import parts
from tests.letters.scenes import SCENES

GOLDEN = Path(__file__).parent / "golden"
VOID = frozenset({"br", "meta", "hr"})
Scene = Callable[[], Outgoing]

each_scene = pytest.mark.parametrize("scene", SCENES, ids=[scene.__name__ for scene in SCENES])


@each_scene
def test_a_letter_reads_as_its_golden_files(scene: Scene) -> None:
    text, html = parts(scene().content)
    assert text == (GOLDEN / f"{scene.__name__}.txt").read_text("utf-8")
    assert html == (GOLDEN / f"{scene.__name__}.html").read_text("utf-8")


def test_every_letter_to_a_unit_has_a_scene() -> None:
    assert {scene().letter for scene in SCENES} == set(Letter) - {Letter.DIGEST}


@each_scene
def test_a_letter_is_the_same_bytes_each_time(scene: Scene) -> None:
    assert scene() == scene()


def test_no_two_letters_have_the_same_words() -> None:
    letters = [parts(scene().content) for scene in SCENES]
    assert len({text for text, _ in letters}) == len({html for _, html in letters}) == len(SCENES)


class _Words(HTMLParser):
    """The visible words of a page; raises when its elements do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"img", "script", "link", "iframe", "form", "object"}, f"{tag} does not hold in webmail"
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} has an attribute twice"
        self.styles += [value or "" for name, value in attrs if name == "style"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "title"} & set(self.open):
            self.words.append(data)


def _read(html: str) -> _Words:
    page = _Words()
    page.feed(html)
    page.close()
    assert page.open == []
    return page


@each_scene
def test_the_html_is_well_formed_and_holds_in_webmail(scene: Scene) -> None:
    html = parts(scene().content)[1]
    page = _read(html)
    assert "http://" not in html
    assert "https://" not in html
    widths = [int(width) for style in page.styles for width in re.findall(r"(?<![-\w])width:(\d+)px", style)]
    assert all(width <= 120 for width in widths), "a fixed width would not fit 360 px"


@each_scene
def test_text_and_html_say_the_same(scene: Scene) -> None:
    text, html = parts(scene().content)
    said = folded("".join(_read(html).words))
    body = text.split("\n\n", 1)[1]
    labels = [
        wording().words["letters"]["label"][key].rstrip("：") for key in ("category", "state", "card")
    ]  # HTML shows them by their place
    pieces = [piece.strip() for line in body.splitlines() for piece in re.split(r"[：，（）·　]|^--$", line)]
    assert [piece for piece in pieces if folded(piece) not in said and piece not in labels] == []


@each_scene
def test_a_letter_keeps_the_rules_of_mail(scene: Scene) -> None:
    letter = scene()
    lines = letter.content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert letter.content.isascii()
    assert max(map(len, lines)) <= 100, "far below the 998 of RFC 5322"
    message = email.message_from_bytes(letter.content, policy=email.policy.default)
    assert not any(part.defects for part in message.walk())
    assert message["Message-ID"] == letter.message_id
    assert message["Subject"] == letter.subject
    assert message["Auto-Submitted"] == (
        "auto-generated" if letter.letter in (Letter.REMINDER, Letter.PAPERS, Letter.ALERT) else "auto-replied"
    )
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["X-Shouli"] == f"{letter.letter} {letter.dedup_key}"
    assert message["Reply-To"] == "sjtj2021@office.example"
    assert str(message["Date"]).endswith("+0800")


@each_scene
def test_another_parser_reads_the_same(scene: Scene) -> None:
    letter = scene()
    other = mailparser.parse_from_bytes(letter.content)
    text, html = parts(letter.content)
    assert other.subject == letter.subject
    assert other.message_id == letter.message_id
    assert [address for _, address in other.to] == list(letter.recipients)
    assert other.text_plain[0].replace("\r\n", "\n") == text.split("\n\n", 1)[1]
    assert other.text_html[0].replace("\r\n", "\n") == html
    assert not other.defects


@each_scene
def test_what_is_for_the_office_alone_never_leaves(scene: Scene) -> None:
    text, html = parts(scene().content)
    words = wording().words["findings"]
    for check, severity in SEVERITIES.items():
        if severity is Severity.OFFICE:
            assert words[check]["title"] not in text + html, check


@each_scene
def test_only_a_letter_about_nothing_open_says_receipt(scene: Scene) -> None:
    letter = scene()
    receipt = letter.subject.startswith("【受理回执】")
    text = parts(letter.content)[0]
    assert receipt == ("现予受理" in text)
    assert not (receipt and any(word in text for word in ("待补正", "超额待定", "待人工核定", "逾期待定", "没有登记")))


@each_scene
def test_a_letter_quoted_in_a_reply_never_reads_like_a_withdrawal(scene: Scene) -> None:
    text = parts(scene().content)[0]
    command = "“撤回 0130”"  # the sender's own words, in the scene of a withdrawal
    assert not re.search(r"撤回\W{0,3}\d{4}", text.replace(command, ""))
