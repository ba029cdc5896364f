"""Word forms as offices draw them: frames, continued tables, letters before and notes behind, tracked changes, hidden hints.

Each is drawn from a seed, so that labels and values are dressed in many ways, with the fields a person reads in it.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tests.documents import p, r, raw_docx, tbl, tc

MEMBER = {
    "姓名": "谷雨晴",
    "性别": "女",
    "民族": "汉族",
    "出生年月": "1981年6月",
    "政治面貌": "中共党员",
    "入党时间": "2003.05",
    "学历": "大学",
    "联系电话": "13937312345",
    "工作单位及职务": "新乡市政务服务中心窗口主任",
    "个人简历": "2004年7月参加工作；\n2010年3月至今任现职。",
    "曾获表彰": "无",
    "主要事迹": "她常年坚守窗口一线。\n一、推行“一窗受理”，平均时限压缩62.5%。",
    "公示情况": "2021年12月6日至10日公示，无异议",
    "推荐单位意见": "同意推荐。\n（盖章）\n2021年12月15日",
}
TEAM = {
    "单位（团队）名称": "晨光便民服务队",
    "单位性质": "事业单位",
    "人数": "18人",
    "负责人": "麻秋实",
    "单位地址": "平原路88号",
    "联系人": "牛得草",
    "联系电话": "0373-3022345",
    "曾获表彰": "2020年市级文明单位",
    "主要事迹": "先后服务群众1.2万余人次。\n群众都说：“踏实。”",
    "公示情况": "2021年12月6日至10日公示，无异议",
    "推荐单位意见": "情况属实，同意上报。\n（公章）　2021年12月15日",
}
PROJECT = {
    "项目名称": "“一键呼叫”居家养老服务",
    "实施单位": "新乡市民政局",
    "开展时间": "2021年3月至11月",
    "受益人数": "1.2万人",
    "项目负责人": "申屠明远",
    "联系电话": "0371—65900001",
    "项目简介": "为独居老人安装呼叫设备。",
    "主要做法和成效": "一、健全机制：三级联动。\n二、务求实效：随叫随到。",
    "群众评价": "满意率99.6%",
    "公示情况": "2021年12月6日至10日公示，无异议",
    "推荐单位意见": "同意推荐。\n（盖章）\n2021年12月15日",
}
KINDS = (
    (MEMBER, "党员服务标兵推荐表"),
    (TEAM, "先进服务单位（团队）推荐表"),
    (PROJECT, "群众满意度高的实事（服务项目）推荐表"),
)
LONG = frozenset({"个人简历", "曾获表彰", "主要事迹", "公示情况", "项目简介", "主要做法和成效", "群众评价", "推荐单位意见"})
NOTES = (
    "填表说明",
    "1.姓名：填写身份证上的姓名；联系电话：填写手机号。",
    "2.工作单位及职务：须填写全称。",
    "3.主要事迹：500字以内。",
)

Values = Mapping[str, str]
Draw = Callable[["Pen"], str]
DRAWINGS: dict[str, Draw] = {}


@dataclass(frozen=True, slots=True)
class Pen:
    """What a form is drawn with: its values, its title, and chance for the dress of each label."""

    values: Values
    title: str
    chance: random.Random

    def label(self, name: str) -> str:
        """A label as offices space, break and annotate it."""
        half = len(name) // 2
        dresses = [name, name, " ".join(name), f"{name}：", f"{name[:half]}\n{name[half:]}"]
        dresses += ["\n".join(name)] if len(name) < 6 else []
        dresses += [f"{name[0]}　　{name[1]}"] if len(name) == 2 else []
        dresses += [f"{name}（可另附页）"] if name in LONG else []
        return self.chance.choice(dresses)

    def head(self, breaks: bool = False) -> str:
        """Annex mark, title, and who sends it."""
        mark = self.chance.choice(["附件1", "附件2-1：", ""])
        return (
            (page_break() if breaks else "")
            + p(mark)
            + p(self.title)
            + p("推荐单位（盖章）：新乡市　　　填表日期：2021年12月15日")
        )

    def short(self, width: int = 4, value: Callable[[str], str] | None = None) -> list[list[str]]:
        """Rows of labels and short values side by side."""
        pairs = [(name, text) for name, text in self.values.items() if name not in LONG]
        rows = []
        for at in range(0, len(pairs), width // 2):
            part = pairs[at : at + width // 2]
            cells = [(tc(lines(self.label(name))), tc((value or lines)(text))) for name, text in part]
            rest = width - 2 * len(part)
            rows.append([cell for pair in cells for cell in pair] + ([tc("", span(rest))] if rest else []))
        return rows

    def long(self, width: int = 4, names: Sequence[str] | None = None) -> list[list[str]]:
        """A row for each long value."""
        names = [name for name in self.values if name in LONG] if names is None else names
        return [[tc(lines(self.label(name))), tc(lines(self.values[name]), span(width - 1))] for name in names]


def drawing(draw: Draw) -> Draw:
    DRAWINGS[draw.__name__] = draw
    return draw


def lines(text: str) -> str:
    return "".join(p(line) for line in text.split("\n"))


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def page_break() -> str:
    return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def _tracked(text: str) -> str:
    by = 'w:id="1" w:author="审核" w:date="2021-12-10T00:00:00Z"'
    half = len(text) // 2
    deleted = f"<w:del {by}><w:r><w:delText>旧内容</w:delText></w:r></w:del>"
    paragraph = f"<w:p><w:pPr><w:rPr><w:del {by}/></w:rPr></w:pPr>{deleted}</w:p>"
    return paragraph + p(r(text[:half]), deleted, f"<w:ins {by}>{r(text[half:])}</w:ins>")


# --- the drawings -------------------------------------------------------------------------------------------------------


@drawing
def in_a_frame(pen: Pen) -> str:
    return tbl([tc(pen.head() + tbl(*pen.short(), *pen.long()) + "<w:p/>")])


@drawing
def two_tables_in_a_frame(pen: Pen) -> str:
    return tbl([tc(pen.head() + tbl(*pen.short()) + p("") + tbl(*pen.long(2)) + "<w:p/>")])


@drawing
def fields_nested_beside_a_heading(pen: Pen) -> str:
    return pen.head() + tbl([tc("基本情况"), tc(tbl(*pen.short()) + "<w:p/>")], *pen.long(2))


@drawing
def continued_on_the_next_page(pen: Pen) -> str:
    names = [name for name in pen.values if name in LONG]
    between = pen.chance.choice([page_break(), page_break() + p("续表"), p("（接上页）"), p("第1页") + page_break(), p("")])
    return pen.head() + tbl(*pen.short(), *pen.long(4, names[:2])) + between + tbl(*pen.long(2, names[2:]))


@drawing
def long_fields_below_the_table(pen: Pen) -> str:
    below = "".join(p(name) + lines(text) for name, text in pen.values.items() if name in LONG)
    return pen.head() + tbl(*pen.short()) + below


@drawing
def behind_a_letter(pen: Pen) -> str:
    letter = (
        "关于推荐“三个100”先进典型的函",
        "省委党史学习教育领导小组办公室：",
        "　　按照通知要求，经层层推选、集体研究并公示，" * 4,
        "联系人：刘洋，联系电话：0373-3051234。",
    )
    return "".join(map(p, letter)) + pen.head(breaks=True) + tbl(*pen.short(), *pen.long())


@drawing
def with_notes_behind(pen: Pen) -> str:
    notes = pen.chance.choice(
        ["".join(map(p, NOTES)), page_break() + "".join(map(p, NOTES)), tbl([tc("".join(map(p, NOTES)))])]
    )
    return pen.head() + tbl(*pen.short(), *pen.long()) + notes


@drawing
def with_a_column_of_colons(pen: Pen) -> str:
    rows = [[tc(lines(pen.label(name).rstrip("："))), tc("："), tc(lines(text))] for name, text in pen.values.items()]
    return pen.head() + tbl(*rows)


@drawing
def with_tracked_changes(pen: Pen) -> str:
    return pen.head() + tbl(*pen.short(value=_tracked), *pen.long())


@drawing
def with_hidden_hints(pen: Pen) -> str:
    return pen.head() + tbl(*pen.short(value=lambda text: p(r(text), r("（填写全称，如：张三）", "<w:vanish/>"))), *pen.long())


@drawing
def underlined_without_colons(pen: Pen) -> str:
    short = [(name, text) for name, text in pen.values.items() if name not in LONG]
    line = "<w:u w:val='single'/>"
    written = [(r(pen.label(name).replace("\n", "").rstrip("：") + "  "), r(f"   {text}   ", line)) for name, text in short]
    pairs = [written[at : at + 2] for at in range(0, len(written), 2)]
    below = "".join(p(f"{name}：") + lines(text) for name, text in pen.values.items() if name in LONG)
    return pen.head() + "".join(p(*(run for pair in row for run in pair)) for row in pairs) + below


@drawing
def several_in_one_cell(pen: Pen) -> str:
    short = [f"{name}：{text}" for name, text in pen.values.items() if name not in LONG]
    rows = [[tc(p(text)) for text in short[at : at + 2]] for at in range(0, len(short) - len(short) % 2, 2)]
    rows += [[tc(p(short[-1]), span(2))]] if len(short) % 2 else []
    return pen.head() + tbl(
        *rows, *([tc(lines(f"{name}：\n{text}"), span(2))] for name, text in pen.values.items() if name in LONG)
    )


def drawn(name: str, seed: int) -> tuple[bytes, dict[str, str]]:
    """A form and the fields that are to be read in it."""
    chance = random.Random(f"{name}-{seed}")  # noqa: S311 - the same forms each time is what is wanted
    values, title = KINDS[seed % len(KINDS)]
    body = DRAWINGS[name](Pen(values, chance.choice(["", "“我为群众办实事”“三个100”推选活动"]) + title, chance))
    return raw_docx(body), {"推荐单位": "新乡市", **values}
