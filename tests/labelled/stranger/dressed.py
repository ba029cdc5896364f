"""Forms as units really fill them: joined labels, ticks, hints in the value's cell, stamps, notes, stray rows."""

from collections.abc import Iterator

from tests.labelled.label import Case
from tests.labelled.stranger import paper, texts
from tests.labelled.stranger.base import UNIT
from tests.labelled.stranger.expect import case, n
from tests.labelled.stranger.paper import cell, p, table
from tests.labelled.stranger.post import mail

STORY = "".join(texts.material("", "dressed-story", 160)[1:])
OPINION = "同意推荐。\n新乡市委党史学习教育领导小组办公室（盖章）\n2021年12月17日"
SHOWN = "12月8日至12月14日在新乡日报公示，无异议"


def _member(
    rows: list[list[str]], columns: int, title: str = "党员服务标兵推荐表", who: str = "谷雨晴", tail: str = ""
) -> bytes:
    return paper.docx(p(title) + table(rows, columns) + p(tail))


def _case(id: str, cat: str, form: bytes, who: str, *finds: str, **fields: str) -> Case:
    story = paper.prose(texts.material(f"{who}典型材料", id))
    return case(
        id,
        mail("新乡市推荐材料", "见附件", {"推荐表.docx": form, "典型材料.docx": story}),
        "received",
        UNIT,
        (n(cat, who, *finds, fields=fields),),
    )


def r(*cells: str) -> list[str]:
    """A row: texts, with “|3” at the end for a span."""
    out = []
    for each in cells:
        text, _, span = each.partition("¦")
        out.append(cell("".join(p(line) for line in text.split("\n")), int(span or 1)))
    return out


def _members() -> Iterator[Case]:
    base = [
        r("姓  名", "谷雨晴", "性别", "女", "照\n片"), r("民  族", "汉", "出生年月\n（  岁）", "1981.06\n（40岁）", ""),
        r("政治面貌", "中共党员", "入党时间", "2003.05", ""), r("参加工作\n时    间", "2004.07", "学历学位", "研究生", ""),
        r("工作单位及职务", "新乡市政务服务中心窗口主任¦4"), r("联系电话", "13937312345¦4"),
        r("个\n人\n简\n历", "2004年至今在新乡市政务服务中心工作。¦4"), r("曾获\n表彰", "2020年获市级先进工作者¦4"),
        r("主\n要\n事\n迹\n︵\n五\n百\n字\n以\n内\n︶", STORY + "¦4"), r("公示\n情况", SHOWN + "¦4"),
        r("所在\n单位\n意见", "同意推荐。\n（盖章）\n2021年12月10日¦4"), r("推荐\n单位\n意见", OPINION + "¦4"), r("审定\n意见", "（盖章）\n    年  月  日¦4"),
    ]  # fmt: skip
    want = {"性别": "女", "政治面貌": "中共党员", "入党时间": "2003.05", "联系电话": "13937312345", "学历": "研究生"}
    yield _case("dress-real-member", "member", _member(base, 5), "谷雨晴", **want)
    joint = list(base)
    joint[5] = r("联系人及电话", "麻秋实 0373-3022345¦4")
    yield _case("dress-joint-contact", "member", _member(joint, 5), "谷雨晴")
    beside = [
        *base[:10],
        r("所在单位意见", "同意。（盖章）\n2021年12月10日", "推荐单位意见", OPINION + "¦2"),
        r("审定意见", "¦4"),
    ]
    yield _case("dress-opinions-beside", "member", _member(beside, 5), "谷雨晴")
    below = [*base[:10], r("所在单位意见¦2", "推荐单位意见¦3"), r("同意。\n（盖章）\n2021年12月10日¦2", OPINION + "¦3")]
    yield _case("dress-opinions-below", "member", _member(below, 5), "谷雨晴")
    ticked = list(base)
    ticked[0] = r("姓  名", "谷雨晴", "性别", "□男 ☑女", "照\n片")
    ticked[2] = r("政治面貌", "☑中共党员 □中共预备党员", "入党时间", "2003年5月", "")
    yield _case("dress-ticks", "member", _member(ticked, 5), "谷雨晴", 性别="女")
    pre = list(base)
    pre[2] = r("政治面貌", "□中共党员 ☑中共预备党员", "入党时间", "2021年5月", "")
    yield _case("dress-ticks-candidate", "member", _member(pre, 5), "谷雨晴", "not-party-member")
    hint = list(base)
    hint[8] = r("主要事迹", "（限500字以内）\n" + STORY + "¦4")
    yield _case("dress-hint-in-value", "member", _member(hint, 5), "谷雨晴")
    only = list(base)
    only[8] = r("主要事迹", "（限500字以内）¦4")
    yield _case("dress-hint-only", "member", _member(only, 5), "谷雨晴", "field-missing:主要事迹")
    star = list(base)
    star[5] = r("*联系电话", "13937312345¦4")
    star[4] = r("★工作单位及职务", "新乡市政务服务中心窗口主任¦4")
    yield _case("dress-stars", "member", _member(star, 5), "谷雨晴")
    lined = list(base)
    lined[5] = r("联系电话", "__13937312345__¦4")
    yield _case("dress-underlines", "member", _member(lined, 5), "谷雨晴", 联系电话="13937312345")
    attached = list(base)
    attached[8] = r("主要事迹", "（见附件）¦4")
    yield _case("dress-see-annex", "member", _member(attached, 5), "谷雨晴")
    sealed = list(base)
    sealed[11] = r("推荐单位意见", "（盖章）\n2021年12月17日¦4")
    yield _case("dress-stamp-date-only", "member", _member(sealed, 5), "谷雨晴", "field-missing:推荐单位意见")
    agree = list(base)
    agree[11] = r("推荐单位意见", "同意\n\n¦4")
    yield _case("dress-agree", "member", _member(agree, 5), "谷雨晴")
    office = list(base)
    office[12] = r("审定意见", "同意\n（盖章）¦4")
    yield _case("dress-office-filled", "member", _member(office, 5), "谷雨晴")
    more = [*base[:6], r("身份证号", "410702198106050000¦4"), r("家庭住址", "新乡市红旗区平原路1号¦4"), *base[6:]]
    yield _case("dress-more-labels", "member", _member(more, 5), "谷雨晴", 联系电话="13937312345")
    age = list(base)
    age[1] = r("民族", "汉", "年龄", "40", "")
    yield _case("dress-age-instead", "member", _member(age, 5), "谷雨晴", "field-missing:出生年月")
    wide = list(base)
    wide[5] = r("联系电话", "１３９３７３１２３４５¦4")
    wide[2] = r("政治面貌", "中 共 党 员", "入党时间", "２００３年５月", "")
    yield _case("dress-full-width", "member", _member(wide, 5), "谷雨晴")
    cut = [
        r("姓名", "谷雨晴", "性别", "女"),
        *[r(*x) for x in (("民族", "汉族", "出生年月", "1981年6月"), ("政治面貌", "党员", "入党时间", "2003年5月"))],
    ]
    yield _case(
        "dress-form-short",
        "member",
        _member(cut, 4),
        "谷雨晴",
        *(f"field-missing:{f}" for f in ("工作单位及职务", "联系电话", "主要事迹", "推荐单位意见")),
        "publicity-missing",
    )


def _teams() -> Iterator[Case]:
    rows = [
        r("单位（团队）名称", "晨光便民服务队¦3"), r("单位性质", "□机关 ☑事业单位 □企业 □社会组织", "人  数", "18人"),
        r("负 责 人", "麻秋实", "职务", "队长"), r("单位地址", "新乡市平原路88号¦3"),
        r("联 系 人", "牛得草", "联系电话", "0373-3022345\n13937312345"), r("曾获表彰情况", "无¦3"),
        r("主要事迹", STORY + "¦3"), r("公示情况", SHOWN + "¦3"), r("推荐单位意见", OPINION + "¦3"), r("备注", "¦3"),
    ]  # fmt: skip
    title = "附件2\n先进服务单位（团队）推荐表"
    yield _case(
        "dress-real-team",
        "team",
        paper.docx(
            p("附件2")
            + p("先进服务单位（团队）推荐表")
            + p("推荐单位（盖章）：新乡市委党史学习教育领导小组办公室      填表日期：2021年12月16日")
            + table(rows, 4)
        ),
        "晨光便民服务队",
        联系人="牛得草",
        负责人="麻秋实",
        曾获表彰="无",
    )
    yield _case("dress-team-title-inside", "team", paper.docx(table([r(title + "¦4"), *rows], 4)), "晨光便民服务队")
    none = list(rows)
    none[4] = r("联 系 人", "", "联系电话", "0373-3022345")
    yield _case(
        "dress-team-no-contact",
        "team",
        paper.docx(p("先进服务单位（团队）推荐表") + table(none, 4)),
        "晨光便民服务队",
        "field-missing:联系人",
    )
    same = list(rows)
    same[4] = r("联系人", "同上", "联系电话", "0373-3022345")
    yield _case(
        "dress-team-same-as-above", "team", paper.docx(p("先进服务单位（团队）推荐表") + table(same, 4)), "晨光便民服务队"
    )
    sub = list(rows)
    sub[2] = r("负责人", "姓名", "麻秋实", "")
    yield _case(
        "dress-team-sub-label",
        "team",
        paper.docx(p("先进服务单位（团队）推荐表") + table(sub, 4)),
        "晨光便民服务队",
        负责人="麻秋实",
    )
    unticked = list(rows)
    unticked[1] = r("单位性质", "□机关 □事业单位 □企业", "人  数", "18人")
    yield _case(
        "dress-team-unticked",
        "team",
        paper.docx(p("先进服务单位（团队）推荐表") + table(unticked, 4)),
        "晨光便民服务队",
        "field-missing:单位性质",
    )
    marked = list(rows)
    marked[1] = r("单位性质", "机关（ ） 事业单位（√） 企业（ ）", "人  数", "18人")
    yield _case(
        "dress-team-bracket-tick",
        "team",
        paper.docx(p("先进服务单位（团队）推荐表") + table(marked, 4)),
        "晨光便民服务队",
        单位性质="事业单位",
    )


def _projects() -> Iterator[Case]:
    rows = [
        r("项目名称", "“一键呼叫”养老服务¦3"), r("实施单位", "新乡市民政局", "开展时间", "2021.3—2021.11"),
        r("受益人数", "约1.2万人", "项目负责人\n及联系电话", "申屠明远\n0373-3022345"), r("项目简介（300字）", STORY + "¦3"),
        r("主要做法\n和成效", STORY + "¦3"), r("群众评价", "满意率99.6%¦3"), r("公示情况", SHOWN + "¦3"), r("推荐单位意见", OPINION + "¦3"), r("审定意见", "¦3"),
    ]  # fmt: skip
    head = p("群众满意度高的实事（服务项目）推荐表")
    yield _case(
        "dress-real-project",
        "project",
        paper.docx(head + table(rows, 4)),
        "“一键呼叫”养老服务",
        项目负责人="申屠明远",
        联系电话="0373-3022345",
        受益人数="约1.2万人",
    )
    split = [*rows[:4], r("主要做法", STORY + "¦3"), r("主要成效", STORY + "¦3"), *rows[5:]]
    yield _case("dress-project-split", "project", paper.docx(head + table(split, 4)), "“一键呼叫”养老服务")
    noseal = list(rows)
    noseal[7] = r("推荐单位意见", "¦3")
    yield _case(
        "dress-project-no-opinion",
        "project",
        paper.docx(head + table(noseal, 4)),
        "“一键呼叫”养老服务",
        "field-missing:推荐单位意见",
    )
    two = [*rows[:6], r("公示情况", "公示媒体：新乡日报\n公示时间：2021年12月8日—12月14日\n公示结果：无异议¦3"), *rows[7:]]
    yield _case("dress-project-publicity-lines", "project", paper.docx(head + table(two, 4)), "“一键呼叫”养老服务")
    merged = [
        [cell(p("项目基本情况"), merge="start"), *x[:0], *x] if i == 0 else [cell(p(""), merge="go"), *x]
        for i, x in enumerate(rows[:3])
    ]
    merged += [[cell(p(""), 1), *x] for x in rows[3:]]
    yield _case("dress-project-group-column", "project", paper.docx(head + table(merged, 5)), "“一键呼叫”养老服务")
    split_pages = paper.docx(head + table(rows[:4], 4) + p("") + table(rows[4:], 4))
    yield _case("dress-project-two-tables", "project", split_pages, "“一键呼叫”养老服务")
    box = (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
        + head + '</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>'
        + head + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )  # fmt: skip
    yield _case("dress-project-title-in-box", "project", paper.docx(box + table(rows, 4)), "“一键呼叫”养老服务")
    columns = "".join(
        p(f"{a}：{b}")
        for a, b in (
            ("项目名称", "“一键呼叫”养老服务"),
            ("实施单位", "新乡市民政局"),
            ("项目负责人", "申屠明远"),
            ("联系电话", "0373-3022345"),
            ("项目简介", STORY),
            ("主要做法和成效", STORY),
            ("公示情况", SHOWN),
            ("推荐单位意见", OPINION),
        )
    )
    two_columns = columns + '<w:p><w:pPr><w:sectPr><w:type w:val="continuous"/><w:cols w:num="2"/></w:sectPr></w:pPr></w:p>'
    yield _case("dress-project-two-columns", "project", paper.docx(head + two_columns), "“一键呼叫”养老服务")
    pairs = (
        p("项目名称：“一键呼叫”养老服务    实施单位：新乡市民政局")
        + p("项目负责人：申屠明远    联系电话：0373-3022345")
        + p("项目简介：" + STORY)
        + p("主要做法和成效：")
        + p(STORY)
        + p("公示情况：" + SHOWN)
        + p("推荐单位意见：同意推荐")
        + p("新乡市委党史学习教育领导小组办公室（盖章）")
        + p("2021年12月17日")
    )
    yield _case("dress-project-line-pairs", "project", paper.docx(head + pairs), "“一键呼叫”养老服务", 项目负责人="申屠明远")
    tabs = (
        p("项目名称\t“一键呼叫”养老服务")
        + p("实施单位\t新乡市民政局\t受益人数\t1.2万")
        + p("项目负责人\t申屠明远\t联系电话\t0373-3022345")
        + p("项目简介\t" + STORY)
        + p("主要做法和成效\t" + STORY)
        + p("公示情况\t" + SHOWN)
        + p("推荐单位意见\t同意推荐。（盖章）")
    )
    yield _case("dress-project-tabs", "project", paper.docx(head + tabs), "“一键呼叫”养老服务", 联系电话="0373-3022345")


def cases() -> Iterator[Case]:
    yield from _members()
    yield from _teams()
    yield from _projects()
