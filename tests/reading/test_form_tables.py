"""Forms drawn as tables, in every way that people draw them: the whole set of fields is compared."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.model import Block, Cell, Document, Paragraph, Section, Table
from bot.reading.sections import sections
from tests.reading.campaign import RULES

Row = Sequence[str | tuple[str, int] | tuple[str, int, int]]


def table(*rows: Row, number: int = 1) -> Table:
    """A table of texts; (text, columns) and (text, columns, rows) span. Places under a cell that spans rows are left out."""
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, entries in enumerate(rows, 1):
        column = 1
        for entry in entries:
            text, across, *down = entry if isinstance(entry, tuple) else (entry, 1)
            height = down[0] if down else 1
            while (row, column) in taken:
                column += 1
            cells.append(Cell(text, row, column, height, across))
            taken |= {(r, c) for r in range(row, row + height) for c in range(column, column + across)}
            column += across
    return Table(number, tuple(cells))


def document(*blocks: str | Table) -> Document:
    paragraphs = 0
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, str):
            paragraphs += 1
            made.append(Block(paragraph=Paragraph(block, paragraphs)))
        else:
            made.append(Block(table=block))
    return Document(tuple(made))


def read(*blocks: str | Table) -> tuple[Section, ...]:
    return sections(document(*blocks), "表.docx", RULES)


def fields(*blocks: str | Table) -> dict[str, str]:
    """The fields of the first form, the first value of each name as `Form.value` has it."""
    form = next(section.form for section in read(*blocks) if section.form)
    return {field.name: form.value(field.name) for field in form.fields}


MEMBER = "党员服务标兵推荐表"
TEAM = "先进服务单位（团队）推荐表"
PROJECT = "群众满意度高的实事（服务项目）推荐表"

CASES: dict[str, tuple[Sequence[str | Table], dict[str, str]]] = {
    "two pairs in a row": (
        (MEMBER, table(["姓名", "张三", "性别", "男"], ["民族", "汉族", "学历", "大学"])),
        {"姓名": "张三", "性别": "男", "民族": "汉族", "学历": "大学"},
    ),
    "three pairs in a row with a photograph": (
        (
            MEMBER,
            table(
                ["姓 名", "张三", "性 别", "男", "民 族", "汉", ("照片", 1, 2)],
                ["出生\n年月", "1970.01（51岁）", "政治\n面貌", "中共党员", "入党\n时间", "1995年7月"],
            ),
        ),
        {
            "姓名": "张三",
            "性别": "男",
            "民族": "汉",
            "出生年月": "1970.01（51岁）",
            "政治面貌": "中共党员",
            "入党时间": "1995年7月",
        },
    ),
    "full width digits and letters stay as written": (
        (
            MEMBER,
            table(
                ["姓　名", "李　四", "联系电话", "０３７１－６５９０１３０５"], ["出生年月", "１９７０年１月", "学历", "ＭＢＡ"]
            ),
        ),
        {"姓名": "李 四", "联系电话": "０３７１－６５９０１３０５", "出生年月": "１９７０年１月", "学历": "ＭＢＡ"},
    ),
    "labels set vertically, one character a line": (
        (MEMBER, table(["姓名", "张三", "性别", "男"], ["主\n要\n事\n迹", ("为民服务三十年。\n群众称赞。", 3)])),
        {"姓名": "张三", "性别": "男", "主要事迹": "为民服务三十年。 群众称赞。"},
    ),
    "a label set vertically, one character a cell": (
        (
            MEMBER,
            table(
                ["姓名", "张三", "性别", "男"],
                ["主", ("为民服务三十年。", 3, 4)],
                ["要"],
                ["事"],
                ["迹"],
                ["民族", "汉", "学历", "大学"],
            ),
        ),
        {"姓名": "张三", "性别": "男", "主要事迹": "为民服务三十年。", "民族": "汉", "学历": "大学"},
    ),
    "a label over several value rows": (
        (
            MEMBER,
            table(
                ["姓名", "张三", "性别", "男"],
                [("个人简历", 1, 3), ("1990—1995 甲单位", 3)],
                [("1995—2001 乙单位", 3)],
                [("2001— 丙单位", 3)],
            ),
        ),
        {"姓名": "张三", "性别": "男", "个人简历": "1990—1995 甲单位 1995—2001 乙单位 2001— 丙单位"},
    ),
    "a long value that goes on under an empty label cell": (
        (
            MEMBER,
            table(
                ["姓名", "张三", "性别", "男"],
                ["个人简历", ("1990—1995 甲单位", 3)],
                ["", ("1995— 乙单位", 3)],
                ["民族", "汉", "学历", ""],
            ),
        ),
        {"姓名": "张三", "性别": "男", "个人简历": "1990—1995 甲单位 1995— 乙单位", "民族": "汉", "学历": ""},
    ),
    "a career as a table under one label": (
        (
            MEMBER,
            table(
                ["姓名", "张三", "性别", "男"],
                [("工作简历", 1, 3), "起止年月", ("在何单位任何职", 2)],
                ["1990—1995", ("甲单位科员", 2)],
                ["1995—", ("乙单位科长", 2)],
            ),
        ),
        {"姓名": "张三", "性别": "男", "个人简历": "1990—1995 甲单位科员 1995— 乙单位科长"},
    ),
    "label and value in one cell": (
        (
            TEAM,
            table(
                [("单位名称：郑州市红马甲服务队", 2)],
                ["负责人：张三", "联系电话：0371-65900000"],
                ["联系人：李四", "人数：35人"],
            ),
        ),
        {
            "单位（团队）名称": "郑州市红马甲服务队",
            "负责人": "张三",
            "联系电话": "0371-65900000",
            "联系人": "李四",
            "人数": "35人",
        },
    ),
    "several pairs in one cell": (
        (
            TEAM,
            table(["团队名称", "红马甲服务队"], [("负责人：张三    人数：35人\n联系人：李四    联系电话：0371-65900000", 2)]),
        ),
        {"单位（团队）名称": "红马甲服务队", "负责人": "张三", "人数": "35人", "联系人": "李四", "联系电话": "0371-65900000"},
    ),
    "the value under its label": (
        (
            MEMBER,
            table(
                ["姓名", "性别", "民族", "出生年月"],
                ["张三", "男", "汉", "1970.1"],
                [("主要事迹（500字以内）", 4)],
                [("为民服务。", 4)],
            ),
        ),
        {"姓名": "张三", "性别": "男", "民族": "汉", "出生年月": "1970.1", "主要事迹": "为民服务。"},
    ),
    "a head row with a label that no rule knows": (
        (MEMBER, table(["姓名", "性别", "血型", "出生年月"], ["张三", "男", "甲", "1970.1"])),
        {"姓名": "张三", "性别": "男", "出生年月": "1970.1"},
    ),
    "an unknown label does not become the value of its neighbour": (
        (MEMBER, table(["姓名", "张三", "性别", "男"], ["学历", "", "籍贯", "河南郑州"], ["民族", "籍贯"])),
        {"姓名": "张三", "性别": "男", "学历": "", "民族": ""},
    ),
    "empty values, placeholders and hints": (
        (
            MEMBER,
            table(
                ["姓名", "", "性别", "□男 □女"],
                ["出生年月", "    年   月", "入党时间", "年  月  日"],
                ["主要事迹", ("（限500字以内）", 3)],
                ["推荐单位意见", ("\n\n（盖章）\n   年   月   日", 3)],
                ["所在单位意见", ("负责人签字：        （单位公章）\n2021年  月  日", 3)],
            ),
        ),
        {"姓名": "", "性别": "", "出生年月": "", "入党时间": "", "主要事迹": "", "推荐单位意见": "", "所在单位意见": ""},
    ),
    "an opinion with seal and date is a value, and none is an answer": (
        (MEMBER, table(["姓名", "张三"], ["曾获表彰", "无"], ["推荐单位意见", "同意推荐。（盖章）2021年12月10日"])),
        {"姓名": "张三", "曾获表彰": "无", "推荐单位意见": "同意推荐。（盖章）2021年12月10日"},
    ),
    "the seal stands in the label cell": (
        (
            MEMBER,
            table(["姓名", "张三"], ["推荐单位意见\n（盖章）", "同意推荐\n2021年12月10日"], ["所在单位意见：\n（签字）", ""]),
        ),
        {"姓名": "张三", "推荐单位意见": "同意推荐 2021年12月10日", "所在单位意见": ""},
    ),
    "label and value one under the other in one cell": (
        (
            MEMBER,
            table(
                ["姓名", "张三"],
                [("推荐单位意见\n\n同意推荐\n（盖章）\n2021年12月10日", 2)],
                [("主要事迹：\n为民服务。\n群众称赞。", 2)],
            ),
        ),
        {"姓名": "张三", "推荐单位意见": "同意推荐 （盖章） 2021年12月10日", "主要事迹": "为民服务。 群众称赞。"},
    ),
    "ticked choices": (
        (TEAM, table(["单位名称", "甲局"], ["单位性质", "□机关 ☑事业单位 □企业 □社会组织"], ["人数", "35"])),
        {"单位（团队）名称": "甲局", "单位性质": "事业单位", "人数": "35"},
    ),
    "notes in brackets, numbers and stars at labels": (
        (
            MEMBER,
            table(
                ["1.姓名（必填）", "张三"],
                ["2、性别*", "男"],
                ["（3）出生年月（岁）", "1970.01"],
                ["★联系电话（手机）：", "13800000000"],
            ),
        ),
        {"姓名": "张三", "性别": "男", "出生年月": "1970.01", "联系电话": "13800000000"},
    ),
    "a heading over labels takes the value of the first that is no field": (
        (
            TEAM,
            table(
                ["单位名称", ("甲局", 4)],
                ["负责人", "姓名", "张三", "职务", "局长"],
                ["联系人", "姓名", "李四", "联系电话", "0371-65900000"],
            ),
        ),
        {"单位（团队）名称": "甲局", "负责人": "张三", "联系人": "李四", "联系电话": "0371-65900000"},
    ),
    "one cell for a person and a telephone number": (
        (TEAM, table(["单位名称", "甲局"], ["联系人及电话", "李四 0371-65900000"], ["人数", "3"])),
        {"单位（团队）名称": "甲局", "联系人": "李四", "联系电话": "0371-65900000", "人数": "3"},
    ),
    "a group label beside the rows it covers is no field": (
        (PROJECT, table([("基本情况", 1, 2), "项目名称", "一键通办"], ["实施单位", "市大数据局"], ["项目负责人", ("张三", 2)])),
        {"项目名称": "一键通办", "实施单位": "市大数据局", "项目负责人": "张三"},
    ),
    "a value that begins like its own label": (
        (
            PROJECT,
            table(
                ["项目名称", "一键通办"],
                ["实施单位", "甲局"],
                ["主要做法和成效", "主要做法：一是减材料。\n主要成效：跑动次数减少。"],
            ),
        ),
        {"项目名称": "一键通办", "实施单位": "甲局", "主要做法和成效": "主要做法：一是减材料。 主要成效：跑动次数减少。"},
    ),
    "the unit stands above the table, the contact below": (
        (
            PROJECT,
            "推荐单位（盖章）：郑州市      填报日期：2021年12月10日",
            table(["项目名称", "一键通办"], ["实施单位", "甲局"]),
            "联系电话：0371-65900000",
        ),
        {"推荐单位": "郑州市", "项目名称": "一键通办", "实施单位": "甲局", "联系电话": "0371-65900000"},
    ),
    "the title is the first row": (
        (table([(PROJECT, 4)], ["项目名称", "一键通办", "实施单位", "甲局"]),),
        {"项目名称": "一键通办", "实施单位": "甲局"},
    ),
    "a form over two tables": (
        (MEMBER, table(["姓名", "张三", "性别", "男"]), table(["推荐单位意见", "同意"], number=2)),
        {"姓名": "张三", "性别": "男", "推荐单位意见": "同意"},
    ),
    "numbered labels set vertically, a character a line": (
        (TEAM, table(["单位名称", "甲局"], ["\n".join("11.公示情况："), "已公示"], ["\n".join("12.推荐单位意见"), "同意推荐"])),
        {"单位（团队）名称": "甲局", "公示情况": "已公示", "推荐单位意见": "同意推荐"},
    ),
    "numbered pairs, one a cell, under pairs without a value": (
        (
            PROJECT,
            table(
                ["1.项目名称：一键通办"],
                ["2.实施单位：甲局"],
                ["3.联系电话："],
                ["4.项目简介：办事不跑腿"],
                ["5.公示情况："],
                ["6.推荐意见：同意"],
            ),
        ),
        {
            "项目名称": "一键通办",
            "实施单位": "甲局",
            "联系电话": "",
            "项目简介": "办事不跑腿",
            "公示情况": "",
            "推荐单位意见": "同意",
        },
    ),
    "a value of two numbers, each under a name of its own": (
        (TEAM, table(["单位名称", "甲局", "人数", "3"], ["联系电话", ("办公：0371-65900000\n手机：13800000000", 3)])),
        {"单位（团队）名称": "甲局", "人数": "3", "联系电话": "办公：0371-65900000 手机：13800000000"},
    ),
    "a pair under an empty one, with a label that no rule knows": (
        (PROJECT, table(["项目名称：一键通办"], ["联系电话："], ["资金投入：320万元"], ["实施单位：甲局"])),
        {"项目名称": "一键通办", "联系电话": "", "实施单位": "甲局"},
    ),
    "the form's own words for the workplace": (
        (MEMBER, table(["姓名", "张三", "民族", "汉"], ["单位职务", ("市民政局科长", 3)])),
        {"姓名": "张三", "民族": "汉", "工作单位及职务": "市民政局科长"},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_fields_of_a_form(name: str) -> None:
    blocks, expected = CASES[name]
    assert fields(*blocks) == expected


def test_tables_with_titles_of_their_own_are_forms_of_their_own() -> None:
    found = read(
        table([(PROJECT, 2)], ["项目名称", "一键通办"], ["实施单位", "甲局"], ["联系电话", "0371-65900001"]),
        table([(TEAM, 2)], ["单位名称", "乙队"], ["人数", "3"], ["联系电话", "0371-65900002"], number=2),
        table([(MEMBER, 2)], ["姓名", "张三"], ["性别", "男"], ["联系电话", "0371-65900003"], number=3),
    )
    forms = [section.form for section in found if section.form is not None]
    assert [(form.titled, form.value("联系电话")) for form in forms] == [
        (("project",), "0371-65900001"),
        (("team",), "0371-65900002"),
        (("member",), "0371-65900003"),
    ]


def nested(inner: Table, *rows: Row) -> Table:
    """A table whose first row is a heading beside a table of its own."""
    outer = table(["基本情况", ""], *rows)
    heading, holder, *rest = outer.cells
    return replace(outer, cells=(heading, replace(holder, tables=(replace(inner, number=2),)), *rest))


def test_a_table_in_a_cell_is_a_part_of_the_form_and_no_value_of_the_heading_beside_it() -> None:
    inner = table(["项目名称", "暖心电梯"], ["实施单位", "民政局"], ["联系电话", "0373-3022345"])
    found = fields(PROJECT, nested(inner, ["项目简介", "为老楼加装电梯。"]))
    assert found == {"项目名称": "暖心电梯", "实施单位": "民政局", "联系电话": "0373-3022345", "项目简介": "为老楼加装电梯。"}


def test_the_last_row_of_heads_need_not_be_full() -> None:
    heads = table(
        ["姓名", "性别", "民族"],
        ["张三", "男", "汉族"],
        ["出生年月", "学历", ""],
        ["1970年1月", "大学", ""],
        ["联系电话", "", ""],
        ["13900000000", "", ""],
    )
    assert fields(MEMBER, heads) == {
        "姓名": "张三",
        "性别": "男",
        "民族": "汉族",
        "出生年月": "1970年1月",
        "学历": "大学",
        "联系电话": "13900000000",
    }


def test_a_long_value_goes_on_after_the_end_of_a_page() -> None:
    labels = table(["姓名", "张三"], [("主要事迹", 1, 2), "上半页。"], ["中间。"], ["", "下半页。"], ["公示情况", "已公示"])
    alone = table(["姓名：张三"], ["主要事迹：上半页。"], ["下半页说完。"], ["公示情况：已公示"])
    assert fields(MEMBER, labels) == {"姓名": "张三", "主要事迹": "上半页。 中间。 下半页。", "公示情况": "已公示"}
    assert fields(MEMBER, alone) == {"姓名": "张三", "主要事迹": "上半页。 下半页说完。", "公示情况": "已公示"}


def test_a_form_may_be_written_in_headings_with_its_values_under_them() -> None:
    found = fields(
        MEMBER,
        "一、姓名",
        "张三",
        "二、性别",
        "男",
        "三、联系电话",
        "13900000000",
        "四、主要事迹",
        "为民服务。",
        "五、学历",
        "大学",
    )
    assert found == {"姓名": "张三", "性别": "男", "联系电话": "13900000000", "主要事迹": "为民服务。", "学历": "大学"}


def test_a_label_that_its_cell_broke_in_two_heads_its_value_all_the_same() -> None:
    assert fields(
        "党员服务标兵推荐表",
        table(("1.姓 名：张三", "2.性 别：男"), ("3.工作单位及职\n务：某局科长\n兼站长", "4.联 系\n电 话：\n13800138000")),
    ) == {"姓名": "张三", "性别": "男", "工作单位及职务": "某局科长 兼站长", "联系电话": "13800138000"}


def test_a_line_above_a_label_is_no_part_of_it() -> None:
    assert fields(
        "党员服务标兵推荐表", table(("姓名：张三", "性别：男"), ("现在住某地\n联系电话：13800138000", "民族：汉"))
    ) == {
        "姓名": "张三",
        "性别": "男",
        "民族": "汉",
    }


def test_a_column_of_colons_stands_between_labels_and_values() -> None:
    rows = (["姓 名", "：", "张三"], ["性 别", "：", "男"], ["联系电话", ":", "13800000000"], ["主要事迹", "：", "为民服务。"])
    expected = {"姓名": "张三", "性别": "男", "联系电话": "13800000000", "主要事迹": "为民服务。"}
    assert fields(MEMBER, table(*rows)) == expected


@pytest.mark.parametrize("parts", [("推荐单", "位意见"), ("推\n荐\n单\n位\n意", "见"), ("推 荐 单", "位\n意 见")])
def test_a_label_that_the_end_of_a_page_cut_is_one(parts: tuple[str, str]) -> None:
    found = fields(
        MEMBER, table(["姓名", "张三"], ["性别", "男"], ["联系电话", "139"], [parts[0], "同意推荐。"], [parts[1], "（盖章）"])
    )
    assert found["推荐单位意见"] == "同意推荐。 （盖章）"


def test_labels_below_each_other_are_not_put_together() -> None:
    found = fields(PROJECT, table(["项目名称", "甲"], ["推荐单位", "新乡市"], ["推荐单位意见", "同意"], ["项目", "简介"]))
    assert (found["推荐单位"], found["推荐单位意见"]) == ("新乡市", "同意")


def test_pairs_in_a_frame_stand_below_its_title() -> None:
    inner = table(["姓名", "张三", "性别", "男"], ["民族", "汉", "联系电话", "13800000000"], number=2)
    outer = table([(f"{MEMBER}\n推荐单位：商丘市", 2)], ["主要事迹", "为民服务。"], ["曾获表彰", "无"])
    framed = replace(outer, cells=(replace(outer.cells[0], tables=(inner,)), *outer.cells[1:]))
    found = fields(framed)
    assert (found["推荐单位"], found["姓名"], found["主要事迹"]) == ("商丘市", "张三", "为民服务。")


@pytest.mark.parametrize("line", ["姓名  张三\t性别  男\t联系电话  139", "姓名\t张三\t性别\t男\t联系电话\t139"])
def test_tabs_and_wide_spaces_part_labels_and_values(line: str) -> None:
    assert fields(MEMBER, line) == {"姓名": "张三", "性别": "男", "联系电话": "139"}


def test_labels_spaced_wide_apart_are_found_between_wide_spaces() -> None:
    lines = ("姓　　名   谷 雨   性　　别   女", "民  族   汉   学　历   大学")
    assert fields(MEMBER, *lines) == {"姓名": "谷 雨", "性别": "女", "民族": "汉", "学历": "大学"}


def test_a_long_value_that_goes_on_keeps_the_mark_at_the_end_of_its_line() -> None:
    found = fields(
        MEMBER,
        table(["姓名：张三；", "性别：男"], [("个人简历：1990年参加工作；\n2000年任现职。", 2)], ["联系电话：139", "民族：汉"]),
    )
    assert (found["姓名"], found["个人简历"]) == ("张三", "1990年参加工作； 2000年任现职。")


def test_a_value_behind_a_gap_may_be_followed_by_empty_cells_to_the_end_of_the_sheet() -> None:
    found = fields(
        MEMBER,
        table(
            ["姓名", "", "张三", "", ""], ["性别", "", "男", "", ""], ["民族", "", "", "", ""], ["学历", "", "大学", "民族", ""]
        ),
    )
    assert found == {"姓名": "张三", "性别": "男", "民族": "", "学历": "大学"}


def test_a_label_that_is_the_beginning_of_another_goes_on_where_nothing_else_stands() -> None:
    cut = fields(MEMBER, table(["姓名", "张三"], ["性别", "男"], ["推荐单位", "同意推荐。"], ["意见", ""]))
    assert cut["推荐单位意见"] == "同意推荐。"
    apart = fields(MEMBER, table(["姓名", "张三"], ["性别", "男"], ["推荐单位", "新乡市"], ["意见", "同意推荐。"]))
    assert apart["推荐单位"] == "新乡市"
