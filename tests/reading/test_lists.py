"""Summary tables as offices make them: heads in two rows, merged cells, several lists in one sheet, one list a sheet."""

import io
from collections.abc import Sequence

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.reading.limits import Limits
from bot.reading.single import read_file
from tests.deciding.build import rules

Rows = tuple[tuple[str | int, ...], ...]

HEAD = ("序号", "姓名", "工作单位", "联系电话")
ANN, BEN = (1, "游庆穗", "民政局", "13800000001"), (2, "柏知远", "教体局", "13800000002")


def book(*sheets: Rows, merged: Sequence[str] = (), names: Sequence[str] = ()) -> bytes:
    """A workbook; `merged` cells are those of the first sheet."""
    made = openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        page = made.active if number == 0 else made.create_sheet()
        assert isinstance(page, Worksheet)
        page.title = names[number] if names else f"Sheet{number + 1}"
        for row in rows:
            page.append(list(row))
        for area in merged if number == 0 else ():
            page.merge_cells(area)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(data: bytes) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Title and rows of each section; a form would have no rows."""
    file = read_file("名单.xlsx", data, rules(), Limits())
    assert file.problem is None
    return [(section.title, section.rows) for section in file.sections]


def words(*rows: tuple[str | int, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(cell) for cell in row) for row in rows)


def test_a_title_a_head_and_rows() -> None:
    assert read(book((("推荐汇总表",), HEAD, ANN, BEN), merged=["A1:D1"])) == [("推荐汇总表", words(HEAD, ANN, BEN))]


@pytest.mark.parametrize("merged", [["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"], []])
def test_of_a_head_in_two_rows_each_column_has_its_lower_label(merged: list[str]) -> None:
    sheet: Rows = (
        ("推荐汇总表",),
        ("序号", "推荐类别", "推荐对象", "", "联系方式", ""),
        ("", "", "名称", "所在单位", "联系人", "电话"),
        (1, "党员服务标兵", "游庆穗", "民政局", "祝青禾", "13800000001"),
        (2, "党员服务标兵", "柏知远", "教体局", "祝青禾", "13800000001"),
    )
    head = ("序号", "推荐类别", "名称", "所在单位", "联系人", "电话")
    assert read(book(sheet, merged=merged)) == [("推荐汇总表", words(head, *sheet[3:]))]


def test_a_category_over_several_rows_is_said_of_each() -> None:
    sheet: Rows = (("类别", "序号", "名称", "推荐单位"), ("党员服务标兵", 1, "游庆穗", "新乡市"), ("", 2, "柏知远", "新乡市"))
    assert read(book(sheet, merged=["A2:A3"])) == [("Sheet1", words(*sheet[:2], ("党员服务标兵", 2, "柏知远", "新乡市")))]


def test_remarks_and_sums_under_a_list_do_not_make_it_a_form() -> None:
    sheet: Rows = (
        ("推荐汇总表",),
        HEAD,
        ANN,
        BEN,
        ("合计", 2, "", ""),
        ("备注", "均已公示", "", ""),
        ("填表人：祝青禾", "", "", ""),
    )
    assert read(book(sheet, merged=["A1:D1"])) == [("推荐汇总表", words(*sheet[1:]))]


def test_two_lists_in_one_sheet_each_with_its_head_and_the_category_above_it() -> None:
    projects = (1, "“红旗e家”便民项目", "红旗区")
    sheet: Rows = (
        ("一、实事项目",),
        ("序号", "项目名称", "实施单位"),
        projects,
        ("二、党员服务标兵",),
        ("序号", "姓名", "工作单位"),
        ANN[:3],
    )
    ((_, rows),) = read(book(sheet))
    assert rows == words(sheet[1], ("一、实事项目", "", ""), projects, ("二、党员服务标兵", "", ""), sheet[4], ANN[:3])


def test_one_list_a_sheet_is_called_by_the_sheet() -> None:
    first, second = (HEAD, ANN), (("序号", "单位（团队）名称", "负责人"), (1, "“暖心桥”服务队", "祝青禾"))
    found = read(book(first, second, names=["党员服务标兵", "先进服务单位"]))
    assert found == [("党员服务标兵", words(*first)), ("先进服务单位", words(*second))]


def test_two_columns_are_a_list_where_the_title_says_so() -> None:
    assert read(book((("推荐名单",), ("序号", "姓名"), (1, "游庆穗"), (2, "柏知远")))) == [
        ("推荐名单", words(("序号", "姓名"), (1, "游庆穗"), (2, "柏知远")))
    ]


def test_a_form_that_begins_with_three_labels_is_no_list() -> None:
    sheet: Rows = (
        ("党员服务标兵推荐表",),
        ("姓名", "游庆穗", "性别", "男"),
        ("民族", "汉族", "出生年月", "1979年8月"),
        ("政治面貌", "中共党员", "入党时间", "2003年7月"),
    )
    assert [rows for _, rows in read(book(sheet))] == [()]


def test_an_empty_form_is_no_list() -> None:
    sheet: Rows = (("姓名", "", "性别", "民族"), ("出生年月", "", "政治面貌", "学历"), ("联系电话", "", "入党时间", "籍贯"))
    assert [rows for _, rows in read(book(sheet))] == [()]
