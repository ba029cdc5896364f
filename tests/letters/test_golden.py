"""Every letter, whole: its golden text and HTML, and what must hold for each of them whatever it says."""

import email
import email.policy
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.model import SEVERITIES, Letter, Outgoing, Severity
from tests.letters.build import wording
from tests.letters.regolden import parts
from tests.letters.scenes import SCENES

GOLDEN = Path(__file__).parent / "golden"
Scene = Callable[[], Outgoing]

each_scene = pytest.mark.parametrize("scene", SCENES, ids=[scene.__name__ for scene in SCENES])


UNASKED = (Letter.REMINDER, Letter.PAPERS, Letter.ALERT, Letter.DECISION)
"""Letters that answer no mail."""


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


@each_scene
def test_a_letter_keeps_the_rules_of_mail(scene: Scene) -> None:
    letter = scene()
    message = email.message_from_bytes(letter.content, policy=email.policy.default)
    assert message["Auto-Submitted"] == ("auto-generated" if letter.letter in UNASKED else "auto-replied")
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["X-Shouli"] == f"{letter.letter} {letter.dedup_key}"
    assert message["Reply-To"] == "sjtj2021@office.example"
    assert str(message["Date"]).endswith("+0800")


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
