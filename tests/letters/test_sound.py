"""Every letter that can leave is sound mail and a valid page, and its two parts say the same."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.letters.recompose import opened, recomposed
from bot.model import Outgoing
from tests.letters.scenes import NOW, SCENES, receipt
from tests.letters.soundness import unsound


@pytest.mark.parametrize("scene", SCENES, ids=[scene.__name__ for scene in SCENES])
def test_a_letter_is_sound_and_says_the_same_in_text_and_html(scene: Callable[[], Outgoing]) -> None:
    assert unsound(scene()) == []


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (lambda page: page.replace("<b>", "<b>只在网页里的话", 1), "only on the page: 只在网页里的话"),
        (lambda page: page.replace("联系电话", "电话"), "only in the text: 联系电话"),
        (lambda page: page.replace("</p>", "</p></p>", 1), "HTML: unexpected-end-tag"),
        (lambda page: page.replace("<br>", '<img src="https://tracker.example/x.gif" alt="">', 1), "<img> does not hold"),
        (lambda page: page.replace("width:112px", "width:400px"), "too wide for 360 px"),
    ],
    ids=["more on the page", "less on the page", "not valid", "a picture", "too wide"],
)
def test_a_page_that_is_unsound_is_told(broken: Callable[[str], str], complaint: str) -> None:
    letter = receipt()
    words = opened(letter).words
    page = broken(words.html)
    assert page != words.html
    again = recomposed(letter, replace(words, html=page), NOW)
    assert any(one.startswith(complaint) for one in unsound(again))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (b"\r\nMessage-ID: ", b"\r\nMessage-ID: <x@y>\r\nMessage-ID: ", "message-id stands there 2 times"),
        (b"Auto-Submitted: auto-replied\r\n", b"", "auto-submitted stands there 0 times"),
        (b"\r\n\r\n", b"\n\n", "a bare CR or LF"),
        (b"X-Shouli:", b"X-Shouli\t:", "no header line"),
        (b"; charset=utf-8", b"; charset=gbk", "a text without its charset"),
    ],
)
def test_a_mail_that_is_unsound_is_told(old: bytes, new: bytes, complaint: str) -> None:
    letter = receipt()
    assert old in letter.content
    broken = replace(letter, content=letter.content.replace(old, new, 1))
    assert any(one.startswith(complaint) for one in unsound(broken))
