"""Documents taken apart: forms, lists and texts in their order, each with its own count."""

import dataclasses

import pytest

from bot.length import count
from bot.model import Document, Paragraph, Section, Table
from bot.reading.sections import sections
from tests.reading.campaign import RULES
from tests.reading.test_form_tables import MEMBER, PROJECT, TEAM, document, read, table

LONG = "他扎根基层，服务群众，办成一件件实事。" * 8


def outline(found: tuple[Section, ...]) -> list[tuple[str, str]]:
    """What each section is, with its title."""
    return [("form" if one.form else "list" if one.rows else "text", one.title) for one in found]


def member(name: str, number: int = 1) -> Table:
    return table(
        ["姓名", name, "性别", "男"], ["民族", "汉", "政治面貌", "中共党员"], ["主要事迹", ("为民服务", 3)], number=number
    )


def team(name: str, number: int = 1) -> Table:
    return table(["单位名称", name, "人数", "35"], ["联系人", "李四", "单位性质", "机关"], number=number)


def test_a_form_and_its_material_are_two_sections_and_the_material_is_counted_alone() -> None:
    found = read("附件3", MEMBER, member("张三"), "典型材料", "用心办实事", LONG)
    assert outline(found) == [("form", MEMBER), ("text", "典型材料")]
    assert found[1].text == f"典型材料\n用心办实事\n{LONG}"
    assert found[1].count == count(f"典型材料用心办实事{LONG}")
    assert found[0].text.startswith(f"附件3\n{MEMBER}\n姓名\n张三")


def test_the_material_may_come_first() -> None:
    found = read("用心办实事——张三同志先进事迹", LONG, LONG, "附件1", MEMBER, member("张三"))
    assert outline(found) == [("text", "用心办实事——张三同志先进事迹"), ("form", MEMBER)]


def test_forms_and_materials_take_turns_in_one_document() -> None:
    found = read(MEMBER, member("张三"), "张三事迹材料", LONG, MEMBER, member("李四", 2), "李四事迹材料", LONG)
    assert outline(found) == [("form", MEMBER), ("text", "张三事迹材料"), ("form", MEMBER), ("text", "李四事迹材料")]
    assert [one.form.value("姓名") for one in found if one.form] == ["张三", "李四"]


def test_forms_of_all_categories_in_one_document() -> None:
    project = table(["项目名称", "一键通办", "实施单位", "甲局"], ["项目简介", ("方便", 3)], number=3)
    found = read(MEMBER, member("张三"), TEAM, team("红马甲", 2), PROJECT, project)
    assert [(one.form.titled, one.form.labelled) for one in found if one.form] == [
        (("member",), ("member",)),
        (("team",), ("team",)),
        (("project",), ("project",)),
    ]


def test_two_forms_under_each_other_in_one_table_are_two() -> None:
    both = table(
        [(MEMBER, 4)], ["姓名", "张三", "性别", "男"], ["民族", "汉", "学历", "大学"],
        [(MEMBER, 4)], ["姓名", "李四", "性别", "女"], ["民族", "回", "学历", "大专"],
    )  # fmt: skip
    found = read(both)
    assert [one.form.value("姓名") for one in found if one.form] == ["张三", "李四"]
    assert [one.form.value("民族") for one in found if one.form] == ["汉", "回"]


def test_two_tables_without_a_title_between_are_two_forms_when_the_nominee_is_asked_for_again() -> None:
    found = read(MEMBER, member("张三"), member("李四", 2))
    assert [one.form.value("姓名") for one in found if one.form] == ["张三", "李四"]


def test_notes_under_a_table_belong_to_the_form() -> None:
    found = read(MEMBER, member("张三"), "注：此表一式两份。", "填表人：王五")
    assert outline(found) == [("form", MEMBER)]


def test_a_list_is_no_form() -> None:
    rows = table(
        ["序号", "推荐单位", "项目名称", "联系电话"], ["1", "郑州市", "甲项目", "0371-1"], ["2", "郑州市", "乙项目", "0371-2"]
    )
    (found,) = read("附件", "“三个100”推荐项目汇总表", rows, "填表人：王五")
    assert found.title == "“三个100”推荐项目汇总表"
    assert found.rows == (
        ("序号", "推荐单位", "项目名称", "联系电话"),
        ("1", "郑州市", "甲项目", "0371-1"),
        ("2", "郑州市", "乙项目", "0371-2"),
    )


def test_a_merged_cell_of_a_list_says_the_same_for_each_row() -> None:
    rows = table(["序号", "推荐单位", "姓名"], ["1", ("郑州市", 1, 2), "张三"], ["2", "李四"])
    (found,) = read("推荐汇总表", rows)
    assert found.rows[1:] == (("1", "郑州市", "张三"), ("2", "郑州市", "李四"))


def test_a_material_inside_a_table_of_one_cell_is_text() -> None:
    found = read("典型材料", table([(LONG, 1)]))
    assert outline(found) == [("text", "典型材料")]
    assert found[0].count == count("典型材料" + LONG)


def test_a_small_table_in_a_material_stays_in_it() -> None:
    found = read("红马甲服务队典型材料", LONG, table(["年份", "服务次数"], ["2020", "120"], ["2021", "360"]), LONG)
    assert outline(found) == [("text", "红马甲服务队典型材料")]
    assert "360" in found[0].text


def test_a_blank_form_is_a_form() -> None:
    (found,) = read(MEMBER, table(["姓名", "", "性别", ""], ["民族", "", "学历", ""], ["主要事迹", ("", 3)]))
    assert found.form is not None
    assert {field.value for field in found.form.fields} == {""}
    assert found.form.titled == ("member",)


def test_a_letter_and_a_publicity_notice_are_text() -> None:
    found = read(
        "关于报送“三个100”推荐材料的函",
        "省委党史学习教育领导小组办公室：",
        LONG,
        "公示",
        LONG,
        "郑州市委党史学习教育领导小组办公室",
        "2021年12月10日",
    )
    assert outline(found) == [("text", "关于报送“三个100”推荐材料的函"), ("text", "公示")]


def test_the_list_of_annexes_in_a_letter_begins_nothing() -> None:
    found = read(
        "关于报送推荐材料的函",
        LONG,
        "附件：1.党员服务标兵推荐表",
        "2.典型材料",
        "3.公示证明",
        "联系人：张三  联系电话：0371-65900000",
    )
    assert len(found) == 1


def test_a_form_of_lines_and_its_material() -> None:
    found = read(
        "附件2", TEAM, "推荐单位：洛阳市", "单位（团队）名称：红马甲服务队    单位性质：社会组织   人数：35人",
        "负责人：李四  单位地址：西工区1号", "联系人：王五  联系电话：0379-65900000", "曾获表彰：", "2020年省级文明单位",
        "主要事迹：", LONG, LONG, "推荐单位意见：同意推荐", "（盖章）", "2021年12月15日", "审定意见：",
        "红马甲服务队先进事迹", LONG,
    )  # fmt: skip
    assert outline(found) == [("form", TEAM), ("text", "红马甲服务队先进事迹")]
    assert found[0].form is not None
    assert {field.name: field.value for field in found[0].form.fields} == {
        "推荐单位": "洛阳市", "单位（团队）名称": "红马甲服务队", "单位性质": "社会组织", "人数": "35人", "负责人": "李四",
        "单位地址": "西工区1号", "联系人": "王五", "联系电话": "0379-65900000", "曾获表彰": "2020年省级文明单位",
        "主要事迹": f"{LONG} {LONG}", "推荐单位意见": "同意推荐 （盖章） 2021年12月15日", "审定意见": "",
    }  # fmt: skip


def test_a_form_whose_columns_are_set_apart_by_tabs() -> None:
    (found,) = read(MEMBER, "姓  名\t张三\t性别\t男", "民族\t汉\t学历\t", "主要事迹\t为民服务。", "联系电话\t13800000000")
    assert found.form is not None
    assert {field.name: field.value for field in found.form.fields} == {
        "姓名": "张三", "性别": "男", "民族": "汉", "学历": "", "主要事迹": "为民服务。", "联系电话": "13800000000",
    }  # fmt: skip


def test_headings_of_a_material_do_not_make_it_a_form() -> None:
    found = read("一键通办项目典型材料", "一、项目简介", LONG, "二、主要做法和成效", LONG, "三、群众评价", LONG)
    assert outline(found) == [("text", "一键通办项目典型材料")]


def test_three_materials_in_one_document_part_at_their_titles() -> None:
    found = read("附件1", "张三先进事迹", LONG, "附件2", "李四先进事迹", LONG, "王五先进事迹", LONG)
    assert outline(found) == [("text", "张三先进事迹"), ("text", "李四先进事迹"), ("text", "王五先进事迹")]


def test_the_place_of_a_field_is_its_cell_or_its_paragraph() -> None:
    (found,) = read(MEMBER, "推荐单位：郑州市", member("张三"))
    assert found.form is not None
    places = {
        field.name: (field.place.file, field.place.table, field.place.row, field.place.column, field.place.paragraph)
        for field in found.form.fields
    }
    assert places == {
        "推荐单位": ("表.docx", None, None, None, 2),
        "姓名": ("表.docx", 1, 1, 2, None),
        "性别": ("表.docx", 1, 1, 4, None),
        "民族": ("表.docx", 1, 2, 2, None),
        "政治面貌": ("表.docx", 1, 2, 4, None),
        "主要事迹": ("表.docx", 1, 3, 2, None),
    }


def test_a_title_over_two_lines_names_its_category() -> None:
    (found,) = read("群众满意度高的实事", "（服务项目）推荐表", table(["项目名称", "一键通办", "实施单位", "甲局"]))
    assert found.form is not None
    assert found.form.titled == ("project",)


def test_the_wrong_form_is_told_by_its_labels() -> None:
    (found,) = read(TEAM, member("张三"))
    assert found.form is not None
    assert (found.form.titled, found.form.labelled) == (("team",), ("member",))


def test_a_title_in_the_page_header_names_the_category() -> None:
    made = document(table(["推荐单位", "郑州市"], ["联系电话", "0371-65900000"], ["姓名", "张三"]))
    (found,) = sections(Document(made.blocks, margins=(MEMBER,)), "表.docx", RULES)
    assert found.form is not None
    assert found.form.titled == ("member",)


def test_an_empty_document_has_no_sections() -> None:
    assert read() == ()


@pytest.mark.parametrize("title", ["附件1", "附件2-1：", "附表"])
def test_an_annex_mark_is_no_title(title: str) -> None:
    found = read(title, "张三先进事迹", LONG)
    assert [one.title for one in found] == ["张三先进事迹"]


def values(section: Section) -> dict[str, str]:
    """What a form says, field by field."""
    assert section.form is not None
    return {field.name: section.form.value(field.name) for field in section.form.fields}


@pytest.mark.parametrize("between", [(), ("续表1",), ("（接上页）",), ("第1页", "续表"), ("- 2 -",)])
def test_tables_that_a_page_parts_are_one_form(between: tuple[str, ...]) -> None:
    rest = table(["所在单位意见", "同意。"], ["推荐单位意见", "同意推荐。"], number=2)
    (found,) = read(MEMBER, member("张三"), *between, rest)
    assert values(found)["姓名"] == "张三"
    assert values(found)["推荐单位意见"] == "同意推荐。"


@pytest.mark.parametrize("between", ["续表", "附件2"])
def test_a_table_that_asks_again_is_a_form_of_its_own(between: str) -> None:
    found = read(MEMBER, member("张三"), between, member("李四", 2))
    assert [values(one)["姓名"] for one in found if one.form] == ["张三", "李四"]


NOTES = (
    "1.本表一式两份。",
    "2.姓名：填写身份证上的姓名；联系电话：填写手机号。",
    "3.工作单位及职务：须填写全称。",
    "4.主要事迹：限500字。",
)


@pytest.mark.parametrize("head", ["填表说明", "填表说明：", "填写说明（请务必阅读）", "注意事项"])
def test_notes_on_how_to_fill_in_a_form_are_no_form(head: str) -> None:
    for notes in ((head, *NOTES), (table([f"{head}\n" + "\n".join(NOTES)], number=2),)):
        forms = [one for one in read(MEMBER, member("张三"), *notes) if one.form]
        assert [values(one) for one in forms] == [values(read(MEMBER, member("张三"))[0])]


def test_notes_before_a_form_say_nothing_of_it() -> None:
    found = read("填表说明", *NOTES, MEMBER, member("张三"))
    assert outline(found) == [("text", "填表说明"), ("form", MEMBER)]
    assert values(found[1]) == values(read(MEMBER, member("张三"))[0])


def test_a_letter_on_the_page_before_says_nothing_of_the_form() -> None:
    letter = ("关于推荐先进典型的函", LONG, "联系人：刘洋，联系电话：0373-3051234", "新乡市委", "2021年12月16日")
    asking = table(["姓名", "张三", "性别", "男"], ["民族", "汉", "联系电话", ""])
    annexed = document(*letter, "附件", MEMBER, asking)
    plain = document(*letter, MEMBER, asking).blocks
    title = dataclasses.replace(plain[-2], paragraph=Paragraph(MEMBER, 6, starts_page=True))
    for made in (annexed, Document((*plain[:-2], title, plain[-1]))):
        form = next(one for one in sections(made, "表.docx", RULES) if one.form)
        assert values(form)["联系电话"] == ""


def test_whom_to_ask_above_the_table_gives_way_to_what_the_form_says() -> None:
    asking = table(["姓名", "张三", "性别", "男"], ["民族", "汉", "联系电话", "13800000000"])
    (found,) = read(MEMBER, "推荐单位：新乡市　　联系电话：0373-3051234", asking)
    assert (values(found)["联系电话"], values(found)["推荐单位"]) == ("13800000000", "新乡市")


def test_a_frame_around_the_page_is_looked_through() -> None:
    framed = table([f"附件1\n{MEMBER}\n推荐单位：商丘市"])
    inside = dataclasses.replace(framed.cells[0], tables=(member("张三", 2),))
    (found,) = read(dataclasses.replace(framed, cells=(inside,)))
    assert outline((found,)) == [("form", MEMBER)]
    assert (values(found)["姓名"], values(found)["推荐单位"]) == ("张三", "商丘市")


def test_headings_below_the_table_belong_to_the_form() -> None:
    short = table(["单位名称", "甲队", "人数", "35"], ["联系人", "李四", "单位性质", "机关"])
    (found,) = read(TEAM, short, "主要事迹", LONG, "公示情况", "已公示", "推荐单位意见：", "同意推荐。", "2021年12月10日")
    assert (values(found)["主要事迹"], values(found)["公示情况"]) == (LONG, "已公示")
    assert values(found)["推荐单位意见"] == "同意推荐。 2021年12月10日"


def test_one_heading_below_the_table_is_the_title_of_a_material() -> None:
    short = table(["单位名称", "甲队", "人数", "35"], ["联系人", "李四", "单位性质", "机关"])
    assert outline(read(TEAM, short, "主要事迹", LONG)) == [("form", TEAM), ("text", "主要事迹")]
    assert outline(read(MEMBER, member("张三"), "主要事迹", LONG)) == [("form", MEMBER), ("text", "主要事迹")]
