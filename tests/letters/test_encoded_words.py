"""Encoded words: byte for byte what the standard library writes, and read again as what was written."""

from email.header import Header, decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters.encoded_words import encoded_words

NAMES = ("From", "Subject", "name")
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=400)
MIXED = st.text(st.sampled_from("ab =?_é中𠀀😀\t.,“"), min_size=1, max_size=200)


def as_the_library_writes_it(name: str, text: str) -> str:
    return Header(text, "utf-8", header_name=name, maxlinelen=76).encode(linesep="\r\n")


@given(st.sampled_from(NAMES), TEXTS | MIXED)
def test_any_line_is_encoded_as_the_library_encodes_it(name: str, text: str) -> None:
    encoded = encoded_words(name, text)
    assert encoded == as_the_library_writes_it(name, text)
    assert str(make_header(decode_header(encoded))) == text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("letter", ["a", "é", "中", "😀", "a中", "aaaaé", " "])
def test_lines_of_every_length_are_encoded_as_the_library_encodes_them(name: str, letter: str) -> None:
    for count in range(1, 130):
        text = letter * count
        assert encoded_words(name, text) == as_the_library_writes_it(name, text), count


def test_no_line_is_too_long_and_no_character_is_parted() -> None:
    for line in f"Subject: {encoded_words('Subject', '推荐😀材料' * 40)}".split("\r\n "):
        assert len(line) <= 76
        assert "\ufffd" not in str(make_header(decode_header(line)))
