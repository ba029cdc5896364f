"""Forms of every category drawn at random, in the ways people draw them, then read: every field must come out as it went in."""

import random
from dataclasses import dataclass, field

import pytest

from bot.campaign import Category, FieldKind, FieldSpec
from bot.reading.answers import ticked
from bot.reading.docx import read_docx
from bot.reading.limits import Limits
from bot.reading.sections import sections
from bot.text import tidy
from tests.documents import Row, form_docx
from tests.reading.campaign import RULES

KIND = FieldKind
LONG = (KIND.LONG_TEXT, KIND.OPINION, KIND.OFFICE)
EMPTY = {
    KIND.TEXT: ["", " "],
    KIND.LONG_TEXT: ["", "（限500字以内）", "\n\n"],
    KIND.PERSON: [""],
    KIND.TELEPHONE: [""],
    KIND.DATE: ["", "   年   月", "年  月  日"],
    KIND.MONTH: ["", "  年  月"],
    KIND.NUMBER: [""],
    KIND.CHOICE: ["", "□男 □女"],
    KIND.OPINION: ["", "\n（盖章）\n年  月  日", "签字：        （盖章）\n    年   月   日", "\n\n\n（公章）\n2021年  月  日"],
    KIND.OFFICE: ["", "\n（盖章）\n   年   月   日"],
}
WRITTEN = {
    KIND.TEXT: [
        "郑州市民政局",
        "汉族",
        "中共党员",
        "一键通办服务项目",
        "“红马甲”志愿服务",
        "省委党校研究生",
        "无",
        "河南省郑州市花园路1号",
    ],
    KIND.LONG_TEXT: [
        "他扎根基层三十年。\n群众称赞。",
        "一、基本情况：好\n二、成效：很好",
        "2020年获得省级劳动模范称号；\n2021年获得全国先进工作者。",
        "无",
        "1990.07—1995.08  甲单位  科员\n1995.08—  乙单位  科长",
        "2021年12月10日至12月16日在《郑州日报》公示5个工作日，无异议。",
    ],
    KIND.PERSON: ["张三", "李 四", "欧阳修文", "阿不都·热合曼"],
    KIND.TELEPHONE: ["13800000000", "0371-65901305", "0371—65901305、13900000000"],
    KIND.DATE: ["2021年3月", "2021.03—2021.11", "1995年7月1日", "2021年1月至今"],
    KIND.MONTH: ["1970.01", "1970年1月", "1970.01（51岁）"],
    KIND.NUMBER: ["35", "35人", "12.5万人", "约3000余户"],
    KIND.CHOICE: ["男", "☑男 □女", "□男 ☑女", "女√ 男", "事业单位"],
    KIND.OPINION: ["同意推荐。\n（盖章）\n2021年12月10日", "经研究，同意推荐。\n\n     （公章）    2021年12月15日", "同意"],
    KIND.OFFICE: [""],
}
STRANGERS = [
    ("籍贯", "河南郑州"),
    ("年龄", "51"),
    ("职称", "高级工程师"),
    ("邮编", "450000"),
    ("电子邮箱", "a@b.example"),
    ("备注", ""),
]


@dataclass
class Drawn:
    """A form as it was drawn: the blocks of its document, and what must be read from it."""

    category: Category
    blocks: list[str | list[Row]] = field(default_factory=list)
    expected: dict[str, str] = field(default_factory=dict)


def draw(chance: random.Random) -> Drawn:
    drawn = Drawn(chance.choice(RULES.categories))
    category = drawn.category
    specs = [spec for spec in category.fields if spec.required or chance.random() < 0.8]
    style = chance.choice(["rows", "rows", "rows", "pairs", "heads", "lines"])
    if chance.random() < 0.5:
        drawn.blocks.append("附件1")
    drawn.blocks.append(chance.choice([category.form_title, category.name + "推荐表", category.short + "推荐表"]))
    entries = {spec.name: written(spec, chance, drawn) for spec in specs}
    short = [entries[spec.name] for spec in specs if spec.kind not in LONG]
    for place in range(len(short) - 1, 0, -1):
        if chance.random() < 0.1:
            short.insert(place, chance.choice(STRANGERS))
    long = [(spec, *entries[spec.name]) for spec in specs if spec.kind in LONG]
    if style == "lines":
        drawn.blocks += [
            "    ".join(f"{label}：{tidy(value)}" for label, value in short[at : at + 2]) for at in range(0, len(short), 2)
        ]
        for _, label, value in long:
            drawn.blocks += [f"{label}：", *(line for line in value.split("\n") if line.strip())]
    else:
        width = chance.choice([2, 4, 6]) if style == "rows" else 4
        rows = SHORT[style](short, width, chance)
        for spec, label, value in long:
            rows += long_rows(spec, label, value, width, chance)
        drawn.blocks.append(rows)
    drawn.blocks += ["典型材料", "张三事迹", "他是好人，好党员。" * 30]
    return drawn


def written(spec: FieldSpec, chance: random.Random, drawn: Drawn) -> tuple[str, str]:
    """A label, sometimes a synonym, and a value, sometimes one that says nothing."""
    empty = chance.random() < 0.2
    value = chance.choice((EMPTY if empty else WRITTEN)[spec.kind])
    drawn.expected[spec.name] = "" if empty else (ticked(value, spec) or tidy(value))
    return (chance.choice(spec.synonyms[:6]) if spec.synonyms and chance.random() < 0.15 else spec.name), value


def decorated(label: str, chance: random.Random) -> str:
    half = len(label) // 2
    return chance.choice(
        [
            label,
            label,
            ("  " if len(label) < 3 else " ").join(label),
            "\n".join(label) if len(label) <= 6 else label,
            label + "：",
            label + ("（盖章）" if "意见" in label else "（必填）"),
            "*" + label,
            label[:half] + "\n" + label[half:],
        ]
    )


def pair_rows(short: list[tuple[str, str]], width: int, chance: random.Random) -> list[Row]:
    rows: list[Row] = []
    for at in range(0, len(short), width // 2):
        part = short[at : at + width // 2]
        cells: list[str | tuple[str, int] | tuple[str, int, int] | None] = []
        for label, value in part:
            cells += [decorated(label, chance), value]
        if len(part) < width // 2:
            cells[-1] = (part[-1][1], width - 2 * len(part) + 1)
        rows.append(cells)
    return rows


def one_cell_rows(short: list[tuple[str, str]], width: int, chance: random.Random) -> list[Row]:
    rows: list[Row] = []
    for at in range(0, len(short), 2):
        cells = [(f"{label}：{value}", width // 2) for label, value in short[at : at + 2]]
        rows.append(cells if len(cells) == 2 else [(cells[0][0], width)])
    return rows


def head_rows(short: list[tuple[str, str]], width: int, chance: random.Random) -> list[Row]:
    rows: list[Row] = []
    for at in range(0, len(short), width):
        part = short[at : at + width]
        if len(part) == width:
            rows += [[decorated(label, chance) for label, _ in part], [value for _, value in part]]
        else:
            rows += [[decorated(label, chance), (value, width - 1)] for label, value in part]
    return rows


SHORT = {"rows": pair_rows, "pairs": one_cell_rows, "heads": head_rows}


def long_rows(spec: FieldSpec, label: str, value: str, width: int, chance: random.Random) -> list[Row]:
    if spec.hint and chance.random() < 0.3:
        label += f"（{spec.hint}）"
    lines = value.split("\n")
    how = chance.random()
    if how < 0.15:
        return [[(f"{label}：\n{value}", width)]]
    if how < 0.25:
        return [[(label, width)], [(value, width)]]
    if how < 0.45 and len(lines) > 1 and spec.kind is KIND.LONG_TEXT:
        return [
            [(decorated(label, chance), 1, len(lines)), (lines[0], width - 1)],
            *([None, (line, width - 1)] for line in lines[1:]),
        ]
    return [[decorated(label, chance), (value, width - 1)]]


@pytest.mark.parametrize("seed", range(120))
def test_every_field_comes_out_as_it_went_in(seed: int) -> None:
    drawn = draw(random.Random(seed))  # noqa: S311 - the same forms each time is what is wanted
    found = sections(read_docx(form_docx(drawn.blocks), Limits()), "x", RULES)
    assert [bool(one.form) for one in found] == [True, False]
    form = found[0].form
    assert form is not None
    assert {one.name: form.value(one.name) for one in form.fields} == drawn.expected
    assert (drawn.category.id in form.titled, form.labelled) == (True, (drawn.category.id,))
    assert found[1].title == "典型材料"
