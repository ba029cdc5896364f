"""Labels under every decoration, pairs in running text, what counts as empty; and whatever comes, nothing raises."""

# ruff: noqa: E501 - one case a line

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Block, Cell, Document, Paragraph, Table
from bot.reading.answers import answer, ticked
from bot.reading.labels import lexicon
from bot.reading.pairs import pairs, tabbed
from bot.reading.sections import sections
from tests.reading.campaign import RULES

LEXICON = lexicon(RULES)
LABELS = sorted({word for category in RULES.categories for spec in category.fields for word in (spec.name, *spec.synonyms)})
NOTES = ("", "（必填）", "(500字以内)", "【盖章】", "（限300字）")
NUMBERS = ("", "1.", "2、", "（三）", "四、", "①", "*", "★")
ENDS = ("", "：", ":", "*", " ", "\n")


@given(
    label=st.sampled_from(LABELS),
    gap=st.sampled_from(["", " ", "  ", "\n", "\u3000"]),
    note=st.sampled_from(NOTES),
    number=st.sampled_from(NUMBERS),
    end=st.sampled_from(ENDS),
    wide=st.booleans(),
)
def test_a_label_is_known_however_it_is_decorated(label: str, gap: str, note: str, number: str, end: str, wide: bool) -> None:
    written = number + gap.join(label) + note + end
    if wide:
        written = written.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    found = LEXICON.find(written)
    assert found is not None
    plain = LEXICON.find(label)
    assert plain is not None
    assert found.specs == plain.specs


def test_a_label_is_known_before_a_long_note_whatever_the_width_of_its_bracket() -> None:
    closing = dict(zip("([{<【〔〖《", ")]}>】〕〗》", strict=True))
    for opening in map(chr, range(sys.maxunicode + 1)):
        end = closing.get(unicodedata.normalize("NFKC", opening))
        if end is not None:
            found = LEXICON.find(f"{LABELS[0]}{opening}{'请如实填写' * 20}{end}")
            assert found is LEXICON.find(LABELS[0]) is not None, opening


def test_a_long_number_and_a_long_size_do_not_hide_a_label() -> None:
    longest = max(LABELS, key=len)
    assert LEXICON.find(f"（二十三）{longest}限于不超过控制在2000字以内") is LEXICON.find(longest) is not None


@given(st.text(max_size=80))
def test_no_text_makes_the_matcher_raise(text: str) -> None:
    LEXICON.find(text)
    LEXICON.head(text)
    LEXICON.is_empty(text)
    tabbed(text, LEXICON)
    ticked(text)
    written = [pair.value for pair in pairs(text, LEXICON)]
    assert all(value in text for value in written)


WORDS = st.one_of(
    st.sampled_from(LABELS),
    st.sampled_from(
        [
            "张三",
            "男",
            "",
            "汉族",
            "☑男 □女",
            "年 月 日",
            "（盖章）",
            "籍贯",
            "照片",
            "姓名：张三",
            "同意推荐。\n2021年12月10日",
        ]
    ),
    st.text(alphabet="为民服务年月日：，0123\n\t （）", max_size=12),
)


@st.composite
def grids(draw: st.DrawFn) -> Table:
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    cells = [
        Cell(draw(WORDS), row, column, draw(st.integers(1, 3)), draw(st.integers(1, 3)))
        for row in range(1, height + 1)
        for column in range(1, width + 1)
        if draw(st.integers(0, 5))
    ]
    return Table(1, tuple(cells))


@given(st.lists(st.one_of(grids(), WORDS), max_size=6))
def test_whatever_the_grid_each_field_lies_in_it_and_no_label_is_a_value(parts: list[Table | str]) -> None:
    blocks = tuple(Block(table=part) if isinstance(part, Table) else Block(paragraph=Paragraph(part, 1)) for part in parts)
    places = {(cell.row, cell.column) for part in parts if isinstance(part, Table) for cell in part.cells}
    canonical = {spec.name for category in RULES.categories for spec in category.fields}
    for section in sections(Document(blocks), "x", RULES):
        for field in section.form.fields if section.form else ():
            assert field.name in canonical
            assert field.place.paragraph is not None or (field.place.row, field.place.column) in places
            assert LEXICON.labels.get(field.value) is None or "：" in field.label + "".join(str(part) for part in parts)


@given(
    name=st.text(alphabet="张王李赵刘明华伟芳秀英", min_size=2, max_size=6),
    phone=st.from_regex(r"1[3-9]\d{9}", fullmatch=True),
    birth=st.sampled_from(["1970.01", "1970年1月", "1970-01（51岁）", "１９７０．１"]),
    spaced=st.booleans(),
    stacked=st.booleans(),
)
def test_pairs_and_cells_give_the_same_fields(name: str, phone: str, birth: str, spaced: bool, stacked: bool) -> None:
    labels = ["姓名", "出生年月", "联系电话"]
    shown = ["  ".join(label) if spaced else label for label in labels]
    values = [name, birth, phone]
    across = [text for pair in zip(shown, values, strict=True) for text in pair]
    cells = [
        Cell(text, *((1, place + 1) if not stacked else (place // 2 + 1, place % 2 + 1))) for place, text in enumerate(across)
    ]
    lines = [Paragraph("党员服务标兵推荐表", 1), *(Paragraph(f"{a}：{b}", 2) for a, b in zip(shown, values, strict=True))]
    expected = dict(zip(labels, (" ".join(value.split()) for value in values), strict=True))
    for blocks in ((Block(table=Table(1, tuple(cells))),), tuple(Block(paragraph=line) for line in lines)):
        (found,) = sections(Document(blocks), "x", RULES)
        assert found.form is not None
        assert {field.name: field.value for field in found.form.fields} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【姓名】张三 【性别】男", [("姓名", "张三"), ("性别", "男")]),
        ("【联系电话】：0371-65550000", [("联系电话", "0371-65550000")]),
        ("【通知】各单位：请报送", []),
        (
            "姓  名：张 三   性  别：男  籍贯：河南郑州 民  族：汉族",
            [("姓  名", "张 三"), ("性  别", "男"), ("籍贯", "河南郑州"), ("民  族", "汉族")],
        ),
        (
            "推荐单位（盖章）：郑州市    填报日期：2021年12月10日",
            [("推荐单位（盖章）", "郑州市"), ("填报日期", "2021年12月10日")],
        ),
        ("联系电话：0371-1；手机：139", [("联系电话", "0371-1"), ("手机", "139")]),
        ("一、项目名称：红旗", [("一、项目名称", "红旗")]),
        ("网址：http://a.example/c", [("网址", "http://a.example/c")]),
        ("2021年12月10日 上午9:30", []),
        ("主要事迹：他很好，联系电话：12345由他主持。", [("主要事迹", "他很好，联系电话：12345由他主持。")]),
        ("他同志说得好，姓名：张三", []),
        ("没有标签的一句话。", []),
    ],
)
def test_pairs_of_a_line(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(pair.written, pair.value) for pair in pairs(text, LEXICON)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("☑男 □女", "男"), ("男☑ 女□", "男"), ("男√ 女", "男"), ("□男 √女", "女"), ("（√）男 （ ）女", "男"), ("男（√）女（ ）", "男"),
        ("□男 □女", ""), ("■男□女", "男"), ("□√男 □女", "男"), ("[ ]男 [√]女", "女"), ("√女", "女"), ("男", "男"), ("男 女", "男 女"),
        ("☑机关 □企业 ☑其他", "机关、其他"), ("类别：□机关 ☑企业 □其他", "企业"), ("类别 □机关 ☑企业", "企业"), ("机关□ 企业☑ 其他□", "企业"),
    ],
)  # fmt: skip
def test_of_choices_the_ticked_ones_are_the_value(text: str, expected: str) -> None:
    spec = RULES.categories[2].field("性别")
    assert spec is not None
    assert answer(text, spec, LEXICON) == expected


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("", True), (" \u3000\n", True), ("年  月  日", True), ("2021年  月  日", True), ("（盖章）\n年 月 日", True),
        ("负责人签字：      （单位公章）", True), ("20  年  月  日", True), ("单击此处输入文字。", True), ("/", True), ("——", True),
        ("负责人签名：            （公章）\n年    月    日", True), ("党委书记（签字）：    （单位盖章）", True),
        ("经办人：    审核人：    日期：", True), ("（机关党委盖章）  2021年  月  日", True), ("单位（公章）：  负责人（签章）：  年 月 日", True),
        ("负责人", False), ("同意。\n党委书记（签字）：", False),
        ("无", False), ("同意（盖章）", False), ("2021", False), ("2021年12月10日", False), ("张月", False), ("0", False),
    ],
)  # fmt: skip
def test_what_says_nothing_is_empty(text: str, empty: bool) -> None:
    assert LEXICON.is_empty(text) is empty


def test_labels_that_say_several_things_are_only_parted_where_a_number_tells_them_apart() -> None:
    assert [label.key for label in LEXICON.parts("联系人及电话")] == ["联系人", "电话"]
    assert [label.key for label in LEXICON.parts("负责人、联系方式")] == ["负责人", "联系方式"]
    assert LEXICON.parts("工作单位和职务") == ()


def test_every_name_and_synonym_of_the_campaign_is_a_label_of_its_own_field() -> None:
    for category in RULES.categories:
        for spec in category.fields:
            label = LEXICON.find(spec.name)
            assert label is not None
            assert label.specs[category.id] == spec, unicodedata.normalize("NFC", spec.name)


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("工作举措及成效", "主要做法和成效"),
        ("具体做法与主要成效（800字以内）", "主要做法和成效"),
        ("主要措施 以及 成效", "主要做法和成效"),
        ("单位与职务", "工作单位及职务"),
        ("做法和打算", None),
    ],
)
def test_which_conjunction_joins_the_words_of_a_label_does_not_matter(written: str, field: str | None) -> None:
    label = LEXICON.find(written)
    assert (next(iter(label.specs.values())).name if label and label.specs else None) == field
