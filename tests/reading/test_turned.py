"""Labels that were set down the page."""

import pytest

from bot.model import Cell
from bot.reading.labels import lexicon
from bot.reading.turned import upright
from tests.reading.campaign import RULES

LEXICON = lexicon(RULES)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        pytest.param("彰 表 获 曾", "曾获表彰", id="one column for each character, from the right"),
        pytest.param("*位 推\n意 荐\n见 单", "推荐单位意见", id="two columns"),
        pytest.param("意 推\n见 荐\n  单\n  位", "推荐单位意见", id="two columns, the left one shorter"),
        pytest.param("迹\n事\n要\n主", "主要事迹", id="turned to the left, from the bottom up"),
        pytest.param("名 姓", "姓名", id="two characters"),
        pytest.param("主\n要\n事\n迹", "主\n要\n事\n迹", id="one column down is a label as it stands"),
        pytest.param("单 位", "单 位", id="what becomes no label stays"),
        pytest.param("三张", "三张", id="a value stays"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_label_is_read_in_the_direction_in_which_it_is_one(text: str, read: str) -> None:
    assert upright(Cell(text, 1, 1), LEXICON).text == read
