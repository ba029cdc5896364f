import pytest

from bot.reading.charsets import codec_of, decode

TEXT = "新乡市推荐材料"
EVEN = "新乡市推荐表"  # its UTF-8 bytes are valid GB18030 as well


@pytest.mark.parametrize(
    "label", ["gb2312", "GB2312", "gbk", "x-gbk", "gb_2312-80", "GB18030", "cp936", "ms936", "csGB2312", "EUC-CN", "chinese"]
)
def test_every_label_of_chinese_means_gb18030(label: str) -> None:
    assert codec_of(label) == "gb18030"


@pytest.mark.parametrize(
    "label", ["", "x-unknown", "unknown-8bit", "default", "charset", "idna", "unicode_escape", "rot13x", "\0"]
)
def test_a_label_that_says_nothing_is_no_codec(label: str) -> None:
    assert codec_of(label) is None


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        (TEXT, "utf-8", "gb2312"),
        (EVEN, "utf-8", "gb2312"),
        (EVEN, "gb18030", "utf-8"),
        (EVEN, "gb18030", ""),
        ("学校", "gb18030", ""),
        ("小学", "gb18030", "us-ascii"),
        ("学校", "gb18030", "gb2312"),
        ("café", "utf-8", ""),
        ("café", "latin-1", "iso-8859-1"),
        ("Москва", "utf-8", "utf-8"),
        ("Привет, мир", "utf-8", ""),
        ("報送", "big5", "big5"),
        (TEXT, "utf-8-sig", ""),
        (TEXT, "utf-16", ""),
        (TEXT, "utf-7", "utf-7"),
        ("plain", "ascii", "nonsense"),
    ],
)
def test_bytes_are_read_by_label_where_it_fits_and_by_sense_where_not(text: str, codec: str, label: str) -> None:
    assert decode(text.encode(codec), label) == text


def test_broken_bytes_keep_all_that_can_be_read() -> None:
    assert decode(TEXT.encode("gb18030") + b"\xff" + b"ok", "gb2312") == f"{TEXT}\ufffdok"
    assert decode(TEXT.encode() + b"\xff" + b"ok", "utf-8") == f"{TEXT}\ufffdok"
