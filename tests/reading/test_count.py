"""字数, text by text.

LibreOffice counts all of these the same except those in `OTHERWISE`: it lets “ ” ‘ ’ — … belong to the word beside them, counts
marks that combine, and parts words at zero-width spaces.
"""

import re
import zipfile
from pathlib import Path

import pytest

from bot.length import count
from bot.model import Count
from tests.documents import form_docx
from tests.reading.office import convert

CASES: dict[str, tuple[int, int]] = {
    "": (0, 0),
    " \t\u3000\n": (0, 0),
    "我为群众办实事": (7, 7),
    "我为群众办实事。": (8, 8),
    "“我为群众办实事”“三个100”推选活动": (18, 20),
    "满意度达到12.5%": (6, 10),
    "电话0371-6590": (3, 11),
    "电话：0371—65901305": (6, 16),
    "Word and WPS": (3, 10),
    "Word、WPS和Excel": (5, 14),
    "服务群众1000余人次": (8, 11),
    "2021年12月10日至16日": (9, 15),
    "习近平总书记——人民群众……": (14, 14),
    "‘单引号’": (5, 5),
    '"straight"': (1, 10),
    "全角ＡＢ１２": (6, 6),
    "半角カナｶﾅ": (6, 6),
    "一、加强领导；二、狠抓落实！": (14, 14),
    "（一）做法（二）成效": (10, 10),
    "(一)做法": (5, 5),
    "① 加强": (3, 3),
    "①②③": (1, 3),
    "㈠㈡": (2, 2),
    "ⅣV": (1, 2),
    "25℃": (1, 3),
    "50㎡": (2, 3),
    "𠮷野家𪚥": (4, 4),
    "龥鿿": (2, 2),
    "〇一二": (3, 3),
    "买买提·艾力": (6, 6),
    "点赞👍👍": (3, 4),
    "e\u0301le\u0300ve": (1, 5),
    "か\u3099": (1, 1),
    "零\u200b宽\ufeff": (2, 2),
    "不间断\u00a0空格": (5, 5),
    "한글": (2, 2),
    "注音ㄅㄆ": (4, 4),
    "党员\n群众": (4, 4),
    "a,b;c": (1, 5),
    "“quoted”": (3, 8),
    "1—2": (3, 3),
    "1-2": (1, 3),
    "http://www.example.cn/a?b=c 网址": (3, 29),
    "￥100元": (3, 5),
    "100％": (2, 4),
    "《人民日报》": (6, 6),
    "【通知】〔2021〕1号": (9, 12),
    "葛\U000e0100城": (2, 2),
}

OTHERWISE = {
    "“我为群众办实事”“三个100”推选活动": 16,
    "电话：0371—65901305": 5,
    "习近平总书记——人民群众……": 11,
    "①②③": 3,
    "か\u3099": 2,
    "零\u200b宽\ufeff": 1,
    "“quoted”": 1,
    "1—2": 2,
    "葛\U000e0100城": 3,
}
"""What LibreOffice 7 counts (`meta:word-count`) where it differs."""


@pytest.mark.parametrize("text", CASES)
def test_the_length_of_a_text(text: str) -> None:
    assert count(text) == Count(*CASES[text])


def test_texts_apart_by_lines_count_as_much_as_each_alone() -> None:
    lines = list(CASES)
    assert count("\n".join(lines)).words == sum(count(line).words for line in lines)


def test_the_limit_of_two_thousand_is_met_exactly() -> None:
    assert count("为" * 1999 + "。") == Count(2000, 2000)
    assert count("为" * 1990 + "2021 " * 10) == Count(2000, 2030)


@pytest.mark.server
def test_libreoffice_counts_the_same_but_for_known_differences(tmp_path: Path) -> None:
    texts = [text for text in CASES if text.strip() and "\n" not in text]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.docx").write_bytes(form_docx([text]))
    convert(sorted(tmp_path.glob("*.docx")), "odt", tmp_path)
    counted = {text: _word_count(tmp_path / f"{number}.odt") for number, text in enumerate(texts)}
    assert counted == {text: OTHERWISE.get(text, count(text).words) for text in texts}


def _word_count(odt: Path) -> int:
    match = re.search(rb'word-count="(\d+)"', zipfile.ZipFile(odt).read("meta.xml"))
    assert match is not None
    return int(match[1])
