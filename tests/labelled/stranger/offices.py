"""Forms as offices draw them: heads repeated on each page, one form for all categories, blanks to write on, notes at the end."""

from collections.abc import Iterator
from itertools import islice

from tests.labelled.label import Case
from tests.labelled.stranger import paper, texts
from tests.labelled.stranger.base import UNIT
from tests.labelled.stranger.dressed import r
from tests.labelled.stranger.expect import case, n
from tests.labelled.stranger.paper import cell, docx, p, table
from tests.labelled.stranger.post import mail

STORY = "".join(texts.material("", "offices-story", 160)[1:])
SHOWN = "2021年12月8日至12月14日在新乡日报公示，无异议"
OPINION = "同意推荐。\n新乡市委党史学习教育领导小组办公室（盖章）\n2021年12月17日"
NOTES = "填表说明：\n1.本表一式两份，用A4纸双面打印。\n2.“联系电话”请填写手机号码。\n3.“主要事迹”限500字以内，可另附页。\n4.推荐单位意见须加盖公章。"

TITLE = "党员服务标兵推荐表"
WHO = "谷雨晴"
MEMBER = {
    "推荐单位": "新乡市", "姓名": WHO, "性别": "女", "民族": "汉族", "出生年月": "1981年6月", "政治面貌": "中共党员", "入党时间": "2003年5月",
    "工作单位及职务": "新乡市政务服务中心窗口主任", "联系电话": "13937312345", "个人简历": "2004年至今在新乡市政务服务中心工作。",
    "曾获表彰": "无", "主要事迹": STORY, "公示情况": SHOWN, "所在单位意见": "同意推荐。（盖章）", "推荐单位意见": OPINION,
}  # fmt: skip
TEAM = {
    "推荐单位": "新乡市", "单位（团队）名称": "晨光便民服务队", "单位性质": "事业单位", "人数": "18人", "负责人": "麻秋实", "单位地址": "平原路88号",
    "联系人": "牛得草", "联系电话": "0373-3022345", "曾获表彰": "无", "主要事迹": STORY, "公示情况": SHOWN, "推荐单位意见": OPINION,
}  # fmt: skip
PROJECT = {
    "推荐单位": "新乡市", "项目名称": "“一键呼叫”养老服务", "实施单位": "新乡市民政局", "开展时间": "2021年3月至11月", "受益人数": "1.2万人",
    "项目负责人": "申屠明远", "联系电话": "0373-3022345", "项目简介": STORY, "主要做法和成效": STORY, "群众评价": "满意率99.6%",
    "公示情况": SHOWN, "推荐单位意见": OPINION,
}  # fmt: skip
OF = {"member": (MEMBER, WHO, TITLE), "team": (TEAM, "晨光便民服务队", "先进服务单位（团队）推荐表")}
OF["project"] = (PROJECT, "“一键呼叫”养老服务", "群众满意度高的实事（服务项目）推荐表")
SEEN = {"member": ("性别", "工作单位及职务", "联系电话", "入党时间"), "team": ("联系人", "负责人", "联系电话", "人数")}
SEEN["project"] = ("项目负责人", "实施单位", "联系电话", "受益人数")


def _case(name: str, category: str, body: str, *finds: str, seen: bool = True, **more: str) -> Case:
    values, who, _ = OF[category]
    story = paper.prose(texts.material(f"{who}典型材料", name))
    files = {"推荐表.docx": docx(body), "典型材料.docx": story}
    fields = {field: values[field] for field in SEEN[category]} if seen else {}
    nomination = n(category, who, *finds, fields=fields | more)
    return case(name, mail("新乡市推荐材料", "见附件", files), "received", UNIT, (nomination,))


def _rows(values: dict[str, str], columns: int = 4) -> list[list[str]]:
    """Two pairs in a row for the short values, one for the long."""
    short = [item for item in values.items() if item[0] not in paper.LONG]
    steps = iter(short)
    rows: list[list[str]] = []
    while pair := list(islice(steps, 2)):
        wide = f"¦{columns - 1}" if len(pair) == 1 else ""
        rows.append(r(*(part for label, value in pair for part in (label, value + wide))))
    return rows + [r(label, f"{value}¦{columns - 1}") for label, value in values.items() if label in paper.LONG]


def _in_all_categories() -> Iterator[Case]:
    for category, (values, _, title) in OF.items():
        rows = _rows(values)
        half = len(rows) // 2
        head = [r(f"{title}¦4")]
        yield _case(f"office-head-again-{category}", category, table([*head, *rows[:half], *head, *rows[half:]], 4))
        again = p(title) + table(rows[:half], 4) + p(title + "（续）") + table(rows[half:], 4)
        yield _case(f"office-continued-{category}", category, again)
        yield _case(f"office-notes-after-{category}", category, p(title) + table(rows, 4) + "".join(map(p, NOTES.split("\n"))))
        yield _case(f"office-notes-inside-{category}", category, p(title) + table([*rows, r(f"{NOTES}¦4")], 4))
        yield _case(f"office-notes-beside-{category}", category, p(title) + table([*rows, r("填表\n说明", f"{NOTES}¦3")], 4))
        signed = p("单位负责人签字：             经办人：            联系方式：             ")
        yield _case(
            f"office-signatures-{category}", category, p(title) + table(rows[:half], 4) + signed + table(rows[half:], 4)
        )
        blanks = "".join(p(f"{label}：____{value}____") for label, value in values.items())
        yield _case(f"office-blanks-{category}", category, p(title) + blanks)
        brackets = "".join(p(f"{label}：【{value}】") for label, value in values.items())
        yield _case(f"office-brackets-{category}", category, p(title) + brackets, seen=False)
        box = f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{table(rows, 4)}{p('')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
        yield _case(f"office-table-in-box-{category}", category, p(title) + box)
        yield _case(
            f"office-one-form-{category}", category, p("“三个100”推选活动推荐表") + table([_ticked(category), *rows], 4)
        )
        loose = p("“三个100”推选活动推荐表") + p(_kinds(category)) + table(rows, 4)
        yield _case(f"office-one-form-above-{category}", category, loose)
        numbered = [r(str(number), label, f"{value}¦2") for number, (label, value) in enumerate(values.items(), 1)]
        heads = [r("序号", "项目", "内容¦2")]
        yield _case(f"office-numbered-rows-{category}", category, p(title) + table(heads + numbered, 4))


def _kinds(category: str) -> str:
    names = {"project": "实事项目", "team": "先进团队", "member": "标兵"}
    return "推荐类别：" + " ".join(f"{'☑' if kind == category else '□'}{name}" for kind, name in names.items())


def _ticked(category: str) -> list[str]:
    label, _, choices = _kinds(category).partition("：")
    return r(label, f"{choices}¦3")


def _others() -> Iterator[Case]:
    rows = _rows({label: value for label, value in MEMBER.items() if label != "推荐单位"}, 5)
    side = [cell(p("（近期一寸\n免冠彩照）"), merge="start"), cell(p(""), merge="go"), cell(p(""), merge="go")]
    short = {label: value for label, value in MEMBER.items() if label not in paper.LONG and label != "推荐单位"}
    first = _rows(dict(list(short.items())[:6]), 4)
    rest = _rows(dict(list(short.items())[6:]) | {k: v for k, v in MEMBER.items() if k in paper.LONG}, 5)
    beside = [[*row, side[number]] for number, row in enumerate(first)]
    yield _case("office-photo-of-three-rows", "member", p(TITLE) + table(beside + rest, 5))
    empty = [*rows[:-1], r("推荐单位意见", "负责人签名：            （公章）\n年    月    日¦4")]
    yield _case("office-seal-line-only", "member", p(TITLE) + table(empty, 5), "field-missing:推荐单位意见")
    blank = dict(MEMBER) | {"联系电话": "________", "入党时间": "____年____月"}
    lines = "".join(p(f"{label}：{value}") for label, value in blank.items())
    missing = ("field-missing:联系电话", "field-missing:入党时间")
    yield _case("office-blanks-left", "member", p(TITLE) + lines, *missing, seen=False)
    unticked = p("“三个100”推选活动推荐表") + p("推荐类别：□实事项目 □先进团队 □标兵") + table(_rows(MEMBER), 4)
    yield _case("office-one-form-unticked", "member", unticked)


def cases() -> Iterator[Case]:
    yield from _in_all_categories()
    yield from _others()
