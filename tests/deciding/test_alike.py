"""When two materials are largely the same: copies with edits, half-copies, and what many say alike."""

import random
import re
from functools import cache

import pytest

from bot.deciding.alike import FEWEST, likeness, said_once, shingles_of
from bot.demo.cast import writer
from bot.demo.nominees import invent
from tests.deciding.build import rules

WRITERS = ("zhengzhou", "kaifeng", "luoyang", "xinxiang", "water", "zzu", "unions", "women", "health", "energy")
HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


@cache
def materials() -> tuple[str, ...]:
    """Ninety invented materials, out of one bank of sentences: more alike than those of ninety offices."""
    nominees = (
        invent(writer(who), category, n) for who in WRITERS for category in ("project", "team", "member") for n in range(3)
    )
    return tuple("\n".join(nominee.material) for nominee in nominees)


def sentences(text: str) -> list[str]:
    return re.findall(r"[^。\n]*[。\n]|[^。\n]+$", text)


def characters_changed(text: str, other: str, dice: random.Random) -> str:
    return "".join(dice.choice(HAN) if dice.random() < 0.3 else character for character in text)


def phrases_changed(text: str, other: str, dice: random.Random) -> str:
    kept, at = [], 0
    while at < len(text):
        length, start = dice.randint(3, 10), dice.randrange(len(other) - 12)
        kept.append(other[start : start + dice.randint(2, 12)] if dice.random() < 0.3 else text[at : at + length])
        at += length
    return "".join(kept)


def sentences_changed(text: str, other: str, dice: random.Random) -> str:
    theirs = sentences(other)
    return "".join(dice.choice(theirs) if dice.random() < 0.3 else sentence for sentence in sentences(text))


def first_half(text: str, other: str, dice: random.Random) -> str:
    return text[: len(text) // 2] + other[len(other) // 2 :]


def second_half(text: str, other: str, dice: random.Random) -> str:
    return other[: len(other) // 2] + text[len(text) // 2 :]


def paragraphs_moved(text: str, other: str, dice: random.Random) -> str:
    lines = text.split("\n")
    dice.shuffle(lines)
    return "\n".join(lines)


@pytest.mark.parametrize(
    "copied", [characters_changed, phrases_changed, sentences_changed, first_half, second_half, paragraphs_moved]
)
def test_a_copy_is_found_however_it_was_changed(copied: object) -> None:
    assert callable(copied)
    dice = random.Random(7)  # noqa: S311 - planted copies, no secret
    missed = []
    for at, text in enumerate(materials()):
        copy = copied(text, materials()[at - 31], dice)
        found = len(shingles_of(copy) & shingles_of(text)) >= FEWEST and likeness(copy, text)
        if not found:
            missed.append(at)
    assert len(missed) <= (len(materials()) // 10 if copied is characters_changed else 0)


def test_materials_out_of_the_same_bank_of_sentences_are_no_copies() -> None:
    dice = random.Random(11)  # noqa: S311 - a sample of pairs
    pairs = [dice.sample(materials(), 2) for _ in range(1500)]
    assert [pair for pair in pairs if likeness(*pair)] == []


def test_an_identical_text_is_wholly_the_same_and_quoted_as_it_is_written() -> None:
    text = materials()[0]
    found = likeness(text, text)
    assert found is not None
    assert found.score == 1.0
    assert found.passages[0].rstrip("…") in " ".join(said_once(text).split())


def test_the_words_of_the_notice_are_nobodys_own() -> None:
    notice = rules().commonplace
    assert "急难愁盼" in notice
    quoted = notice[200:1500]
    one, two = materials()[0][:500] + quoted, materials()[40][:500] + quoted
    assert likeness(one, two) is not None
    assert likeness(one, two, notice) is None


def test_who_repeats_one_sentence_for_pages_has_said_it_once() -> None:
    filler = "我们坚持以人民为中心，扎实开展实践活动，用心用情解决群众急难愁盼问题，取得明显成效。" * 40
    assert likeness(f"甲县服务队典型材料\n{filler}", f"乙县服务队典型材料\n{filler}") is None


def test_short_texts_are_copies_of_nothing() -> None:
    assert likeness("同意推荐。" * 30, "同意推荐。" * 30) is None


def test_full_width_writing_and_spaces_hide_no_copy() -> None:
    text = materials()[5]
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text).replace("，", "， ")
    found = likeness(wide, text)
    assert found is not None
    assert found.score > 0.95
