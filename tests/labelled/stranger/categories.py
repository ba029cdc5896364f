"""Which category: by the title, the fields, the names, the words of the mail; layouts and labels of units' own making."""

from collections.abc import Iterator

from tests.labelled.label import Case
from tests.labelled.stranger import paper, texts
from tests.labelled.stranger.base import NOMINEE, UNIT, bodies, one, one_mail
from tests.labelled.stranger.expect import case, n
from tests.labelled.stranger.post import mail

SYNONYMS: dict[str, dict[str, str]] = {
    "project": {
        "项目名称": "服务项目名称",
        "实施单位": "项目实施单位",
        "联系电话": "联系方式",
        "开展时间": "实施时间",
        "主要做法和成效": "主要做法及成效",
        "推荐单位意见": "推荐意见",
    },
    "team": {
        "单位（团队）名称": "单位(团队)名称",
        "联系电话": "联系人电话",
        "单位地址": "地址",
        "主要事迹": "主要事迹简介",
        "推荐单位意见": "推荐单位审核意见",
    },
    "member": {
        "工作单位及职务": "工作单位和职务",
        "出生年月": "出生日期",
        "入党时间": "入党年月",
        "联系电话": "手机号码",
        "主要事迹": "先进事迹",
        "参加工作时间": "参加工作年月",
    },
}
HINTS: dict[str, dict[str, str]] = {
    "project": {
        "项目简介": "项目简介（限300字）",
        "联系电话": "联系电话（手机）",
        "主要做法和成效": "主要做法和成效（500字以内）",
        "公示情况": "公示情况（媒体、起止时间）",
    },
    "team": {"主要事迹": "主要事迹（不超过500字）", "人数": "人数（人）", "曾获表彰": "曾获表彰（省部级以上）"},
    "member": {
        "主要事迹": "主要事迹（500字以内）",
        "出生年月": "出生年月（  岁）",
        "学历": "学历（学位）",
        "个人简历": "个人简历（从参加工作填起）",
    },
}


def _layouts() -> Iterator[Case]:
    for cat in ("project", "team", "member"):
        data = paper.values(cat, UNIT, NOMINEE[cat], "lay")
        want = {f: v for f, v in data.items() if v and f not in paper.LONG}
        for name in paper.LAYOUTS:
            yield one(f"layout-{cat}-{name}", cat=cat, layout=name, over=dict(data), told={"fields": want})
        yield one(f"layout-{cat}-header-title", cat=cat, in_header=True, over=dict(data), told={"fields": want})
        yield one(f"layout-{cat}-no-title", cat=cat, title="", over=dict(data), told={"fields": want})
        yield one(f"layout-{cat}-annex-line", cat=cat, head="附件1", over=dict(data), told={"fields": want})
        yield one(
            f"layout-{cat}-long-title",
            cat=cat,
            over=dict(data),
            told={"fields": want},
            title=f"河南省“我为群众办实事”“三个100”推选活动\n{paper.TITLES[cat]}",
        )
        yield one(f"layout-{cat}-synonyms", cat=cat, over=dict(data), told={"fields": want}, labels=SYNONYMS[cat])
        yield one(f"layout-{cat}-hints", cat=cat, over=dict(data), told={"fields": want}, labels=HINTS[cat], layout="two")
        yield one(
            f"layout-{cat}-filler-line",
            cat=cat,
            over=dict(data),
            told={"fields": want},
            head=f"填报单位：{UNIT}　　　填报时间：2021年12月16日",
        )
        yield one(
            f"layout-{cat}-note-below",
            cat=cat,
            over=dict(data),
            told={"fields": want},
            tail="注：1.本表一式三份；2.联系电话请填写手机号码；3.主要事迹不超过500字。",
        )


def _told() -> Iterator[Case]:
    for cat, word in (("project", "实事项目"), ("team", "先进服务团队"), ("member", "党员服务标兵")):
        head = texts.material(NOMINEE[cat], "told" + cat)
        alone = paper.prose(head)
        yield case(
            f"material-alone-subject-{cat}",
            mail(subject=f"新乡市推荐{word}典型材料", files={f"{NOMINEE[cat]}.docx": alone}),
            "received",
            UNIT,
            (n(cat, NOMINEE[cat], "form-missing"),),
        )
        yield case(
            f"material-alone-file-{cat}",
            mail(subject="新乡市材料", files={f"{word}-{NOMINEE[cat]}-典型材料.docx": alone}),
            "received",
            UNIT,
            (n(cat, NOMINEE[cat], "form-missing"),),
        )
        bag = paper.zipped({f"新乡市/{word}/{NOMINEE[cat]}/典型材料.docx": alone})
        yield case(
            f"material-alone-folder-{cat}",
            mail(subject="新乡市材料", files={"材料.zip": bag}),
            "received",
            UNIT,
            (n(cat, NOMINEE[cat], "form-missing"),),
        )
        form, _ = bodies(cat, UNIT, NOMINEE[cat], "fa" + cat)
        yield case(
            f"form-alone-{cat}",
            mail(subject="新乡市推荐表", files={"推荐表.docx": form}),
            "received",
            UNIT,
            (n(cat, NOMINEE[cat], "material-missing"),),
        )
    alone = paper.prose(texts.material("“夜市微厨”典型材料", "nocat"))
    yield case(
        "category-unknown",
        mail(subject="新乡市推荐材料", files={"“夜市微厨”典型材料.docx": alone}),
        "received",
        UNIT,
        (n(None, "“夜市微厨”", "category-unknown", "form-missing"),),
    )
    yield one("subject-overruled", cat="team", mailing={"subject": "新乡市党员服务标兵推荐材料"})
    form, material = bodies("member", UNIT, "桑榆晚", "folder-over")
    yield case(
        "folder-overruled",
        mail(
            files={
                "a.zip": paper.zipped(
                    {"新乡市/实事项目/桑榆晚推荐表.docx": form, "新乡市/实事项目/桑榆晚典型材料.docx": material}
                )
            }
        ),
        "received",
        UNIT,
        (n("member", "桑榆晚"),),
    )
    data = paper.values("team", UNIT, "晨光便民服务队", "amb")
    odd = paper.form("team", data, title=paper.TITLES["project"])
    mat = paper.prose(texts.material("晨光便民服务队先进事迹材料", "amb"))
    yield case(
        "title-against-fields",
        mail(files={"推荐表.docx": odd, "典型材料.docx": mat}),
        "received",
        UNIT,
        (n(None, "晨光便民服务队", "category-ambiguous"),),
    )


def _files() -> Iterator[Case]:
    """Other ways to bring the same nomination."""
    for cat in ("project", "team", "member"):
        data = paper.values(cat, UNIT, NOMINEE[cat], "xl")
        want = {f: v for f, v in data.items() if v and f not in paper.LONG}
        rows = [[paper.TITLES[cat]], *[[a, b] for a, b in paper.rows_of(cat, data)]]
        mat = paper.prose(texts.material(f"{NOMINEE[cat]}典型材料", "xl" + cat))
        yield case(
            f"xlsx-form-{cat}",
            mail(files={"推荐表.xlsx": paper.xlsx(rows), "材料.docx": mat}),
            "received",
            UNIT,
            (n(cat, NOMINEE[cat], fields=want),),
        )
        html = (
            f"<p>推荐表如下：</p><p>{paper.TITLES[cat]}</p><table border=1>"
            + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in paper.rows_of(cat, data))
            + "</table>"
        )
        yield case(
            f"html-body-form-{cat}",
            mail(html=html, files={"典型材料.docx": mat}),
            "received",
            UNIT,
            (n(cat, NOMINEE[cat], fields=want),),
        )
        both = paper.docx(
            paper.p(paper.TITLES[cat])
            + paper.four(paper.rows_of(cat, data))
            + paper.p("附：典型材料")
            + "".join(paper.p(x) for x in texts.material(NOMINEE[cat], "both" + cat))
        )
        yield case(
            f"one-file-{cat}",
            mail(files={f"{UNIT}{NOMINEE[cat]}.docx": both}),
            "received",
            UNIT,
            (n(cat, NOMINEE[cat], fields=want),),
        )
        whole = "".join(f"{a}：{b}\n" for a, b in paper.rows_of(cat, data))
        yield case(
            f"plain-body-form-{cat}",
            mail(text=f"{paper.TITLES[cat]}\n{whole}", files={"典型材料.docx": mat}),
            "received",
            UNIT,
            (n(cat, NOMINEE[cat]),),
        )
    a_form, a_mat = bodies("project", UNIT, "“一码通”停车", "m1")
    b_form, b_mat = bodies("project", UNIT, "“小板凳”议事会", "m2")
    c_form, c_mat = bodies("member", UNIT, "栗小满", "m3", {"联系电话": ""})
    noms = (n("project", "“一码通”停车"), n("project", "“小板凳”议事会"), n("member", "栗小满", "field-missing:联系电话"))
    flat = {
        "1.“一码通”停车推荐表.docx": a_form,
        "1.“一码通”停车典型材料.docx": a_mat,
        "2.“小板凳”议事会推荐表.docx": b_form,
        "2.“小板凳”议事会典型材料.docx": b_mat,
        "3.栗小满推荐表.docx": c_form,
        "3.栗小满典型材料.docx": c_mat,
    }
    yield case("several-one-bad-loose", mail(files=flat), "received", UNIT, noms)
    yield case("several-one-bad-zip", mail(files={"新乡市.zip": paper.zipped(flat)}), "received", UNIT, noms)
    yield case("several-one-bad-zip-gbk", mail(files={"新乡市.zip": paper.zipped(flat, gbk=True)}), "received", UNIT, noms)
    tree = {
        "新乡市/1 实事项目/1/推荐表.docx": a_form,
        "新乡市/1 实事项目/1/典型材料.docx": a_mat,
        "新乡市/1 实事项目/2/推荐表.docx": b_form,
        "新乡市/1 实事项目/2/典型材料.docx": b_mat,
        "新乡市/3 标兵/推荐表.docx": c_form,
        "新乡市/3 标兵/典型材料.docx": c_mat,
    }
    yield case("several-tree", mail(files={"新乡市.zip": paper.zipped(tree, gbk=True)}), "received", UNIT, noms)
    inner = paper.zipped({k: v for k, v in flat.items() if k.startswith("1")})
    outer = paper.zipped({"1.zip": inner, **{k: v for k, v in flat.items() if not k.startswith("1")}})
    yield case("several-nested-zip", mail(files={"新乡市.zip": outer}), "received", UNIT, noms)
    bodyxml = ""
    for cat, who, seed in (("team", "晨光便民服务队", "s1"), ("team", "暮色守护队", "s2"), ("team", "正午送餐队", "s3")):
        bodyxml += paper.p(paper.TITLES[cat]) + paper.four(paper.rows_of(cat, paper.values(cat, UNIT, who, seed)))
    mats = {
        f"{who}先进事迹.docx": paper.prose(texts.material(f"{who}先进事迹材料", who))
        for who in ("晨光便民服务队", "暮色守护队", "正午送餐队")
    }
    yield case(
        "several-forms-one-file",
        mail(files={"推荐表汇总.docx": paper.docx(bodyxml), **mats}),
        "received",
        UNIT,
        tuple(n("team", w) for w in ("晨光便民服务队", "暮色守护队", "正午送餐队")),
    )


def _more() -> Iterator[Case]:
    group = one_mail(
        "team-named-as-member",
        "member",
        who="红旗渠志愿服务队",
        over={"性别": "", "出生年月": "", "入党时间": "", "政治面貌": ""},
    )
    missing = tuple(f"field-missing:{field}" for field in ("性别", "出生年月", "入党时间", "政治面貌"))
    yield case(
        "team-named-as-member", group, "received", UNIT, (n("member", "红旗渠志愿服务队", "field-invalid:姓名", *missing),)
    )
    yield one("member-name-spaced", cat="member", over={"姓名": "谷　雨"}, nominee="谷雨")
    yield one("member-name-dotted", cat="member", nominee="阿依古丽·买买提")
    yield one(
        "member-name-comrade-in-files",
        cat="member",
        nominee="介子安",
        names=("新乡市+党员服务标兵+介子安同志推荐表.docx", "介子安同志事迹材料.docx"),
    )
    yield one("project-quotes-differ", nominee="“暖心电梯”加装工程", mat_title='"暖心电梯"加装工程典型材料')
    yield one(
        "material-title-other-words",
        nominee="“暖心电梯”加装工程",
        mat_title="让老楼里的老人上下无忧——新乡市实施暖心电梯工程纪实",
    )


def cases() -> Iterator[Case]:
    yield from _layouts()
    yield from _told()
    yield from _files()
    yield from _more()
