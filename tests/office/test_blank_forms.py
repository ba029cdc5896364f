"""The blank forms that go out with letters: their labels, their looks, the same bytes each time."""

import io
import zipfile

import docx
import pytest

from bot.adapters.blank_forms import FormScribe
from bot.adapters.form_layout import PAGE_HEIGHT, layout
from bot.campaign import Category, FieldKind, FieldSpec
from tests.office.build import MEMBER, PROJECT, TEAM, campaign, office_wording


def forms(*categories: Category) -> FormScribe:
    rules = campaign(categories=categories) if categories else campaign()
    return FormScribe(rules, office_wording())


def cells(content: bytes) -> list[list[str]]:
    """The text of each row's cells, merged cells once."""
    table = docx.Document(io.BytesIO(content)).tables[0]
    return [list({id(cell._tc): cell.text for cell in row.cells}.values()) for row in table.rows]


def test_the_member_form_pairs_short_fields_and_gives_long_ones_the_width() -> None:
    seal = "\n（盖章）\n年　　月　　日"
    assert cells(forms().blank_form(MEMBER).content) == [
        ["推荐单位", "", "姓名", ""],
        ["性别", "", "民族", ""],
        ["出生年月", "", "政治面貌", ""],
        ["入党时间", "", "参加工作时间", ""],
        ["学历", ""],
        ["工作单位及职务", ""],
        ["联系电话", ""],
        ["个人简历", ""],
        ["曾获表彰", ""],
        ["主要事迹", ""],
        ["公示情况", ""],
        ["所在单位意见", seal],
        ["推荐单位意见", seal],
        ["审定意见", seal],
    ]


@pytest.mark.parametrize("category", [PROJECT, TEAM, MEMBER])
def test_every_label_stands_in_the_form_exactly_as_the_rules_name_it(category: Category) -> None:
    rows = cells(forms().blank_form(category).content)
    labels = [row[0] for row in rows] + [row[2] for row in rows if len(row) == 4]
    assert sorted(labels) == sorted(spec.name for spec in category.fields)


@pytest.mark.parametrize("category", [PROJECT, TEAM, MEMBER])
def test_the_first_page_is_filled_and_never_over_full(category: Category) -> None:
    height = 0.0
    for row in layout(category):
        if height + row.height > PAGE_HEIGHT + 0.1:
            break
        height += row.height
    assert PAGE_HEIGHT - 0.1 <= height <= PAGE_HEIGHT + 0.1


def test_the_annex_line_and_the_title_stand_above_the_table() -> None:
    document = docx.Document(io.BytesIO(forms().blank_form(TEAM).content))
    assert [paragraph.text for paragraph in document.paragraphs] == ["附件2", "先进服务单位（团队）推荐表"]


def test_a_hint_stands_with_the_label_and_never_in_the_value() -> None:
    category = Category(
        "a",
        "甲",
        "甲",
        "甲推荐表",
        (),
        "名称",
        None,
        (FieldSpec("名称", FieldKind.TEXT, hint="全称"), FieldSpec("事迹", FieldKind.LONG_TEXT)),
    )
    assert cells(forms(category).blank_form(category).content) == [["名称\n全称", ""], ["事迹", ""]]


def test_the_form_is_named_as_an_annex_and_its_name_is_safe_for_any_file_system() -> None:
    category = Category("a", "甲", "甲/乙:丙", "甲", (), "名称", None, (FieldSpec("名称", FieldKind.TEXT),))
    attachment = forms(category).blank_form(category)
    assert attachment.name == "附件1 甲 乙 丙推荐表.docx"
    assert attachment.media_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_the_same_rules_give_the_same_bytes_without_a_trace_of_the_clock() -> None:
    first, second = forms().blank_form(MEMBER).content, forms().blank_form(MEMBER).content
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01" in package.read("docProps/core.xml")


def test_a_filled_form_carries_every_value_above_the_places_for_seal_and_date() -> None:
    values = {"项目名称": "一件事一次办", "推荐单位意见": "同意推荐。", "主要做法和成效": "第一段\n第二段"}
    rows = {row[0]: row[1] for row in cells(forms().form(PROJECT, values))}
    assert rows["项目名称"] == "一件事一次办"
    assert rows["主要做法和成效"] == "第一段\n第二段"
    assert rows["推荐单位意见"] == "同意推荐。\n（盖章）\n年　　月　　日"


def test_every_font_names_the_one_that_stands_in_for_it() -> None:
    with zipfile.ZipFile(io.BytesIO(forms().blank_form(TEAM).content)) as package:
        table = package.read("word/fontTable.xml").decode()
    assert 'w:name="仿宋_GB2312"><w:altName w:val="仿宋"/>' in table
