"""Dates over several cells of a form."""

import pytest

from tests.reading.test_form_tables import MEMBER, Row, fields, table

REST = {"姓名": "张三", "民族": "汉", "政治面貌": "中共党员"}


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        pytest.param(["1970", "年", "12", "月"], "1970 年 12 月", id="figures and words apart"),
        pytest.param(["1970年", "12月"], "1970年 12月", id="a year and a month"),
        pytest.param(["１９７０", "年", "１", "月", "3", "日"], "１９７０ 年 １ 月 3 日", id="to the day, full width"),
        pytest.param(["", "年", "", "月"], "", id="nobody wrote into it"),
        pytest.param(["1970年12月", "", "5", "号楼"], "1970年12月", id="in one cell"),
        pytest.param(["1970", "12", "", ""], "1970", id="without its words nobody knows"),
        pytest.param(["1970年", "51", "", ""], "1970年", id="a figure without a word is none of it"),
    ],
)
def test_a_date_over_several_cells_is_one_value(cells: Row, value: str) -> None:
    last = ("中共党员", len(cells) - 2)
    form = table(["姓名", "张三", "出生年月", *cells], ["民族", "汉", "政治面貌", last])
    assert fields(MEMBER, form) == {**REST, "出生年月": value}


def test_the_next_label_ends_a_date() -> None:
    form = table(
        ["入党时间", "1995", "年", "参加工作时间", "1990年", "7月"], ["姓名", "张三", "民族", "汉", "政治面貌", "中共党员"]
    )
    assert fields(MEMBER, form) == {**REST, "入党时间": "1995 年", "参加工作时间": "1990年 7月"}
