"""What real mailboxes add: forwarded chains, copies in several formats, folders by county, words that look like something else."""

from collections.abc import Iterator
from dataclasses import replace

from tests.labelled import dresses, ooxml, packing, papers
from tests.labelled.build import FORM, MATERIAL, Desk, judged, turn
from tests.labelled.clean import DOCX, filed
from tests.labelled.converted import OFFICE, converted
from tests.labelled.entry import CATEGORIES, MEMBER, NAMES, PROJECT, TEAM
from tests.labelled.envelope import File
from tests.labelled.label import Case
from tests.labelled.senders import ALL, CITIES, OTHERS, of

NOTICE = (
    "省直各单位、各人民团体、省管各企业和高等院校可推荐群众满意度高的实事（服务项目）、先进服务单位（团队）、党员服务标兵各1个。"
    "各推荐单位要按照类别填写推荐表（附后）、典型材料（不超过2000字），并于2021年12月20日前将电子版发至邮箱。"
)
COUNTIES = ("红旗区", "卫滨区", "新乡县", "获嘉县", "辉县市", "原阳县")


def _chains() -> Iterator[Case]:
    for number, (name, text) in enumerate(
        {
            "county-below": "{sign}\n\n\n发件人：辉县市委办\n发送时间：2021年12月8日 10:00\n收件人：新乡市委党史办\n主题：辉县市“三个100”推荐材料\n\n现将辉县市推荐材料报上，请审核。",
            "notice-below": '现报送推荐材料，请查收。\n{sign}\n\n------------------ 原始邮件 ------------------\n发件人: "省委党史办";\n'
            + NOTICE,
            "card-below": "请查收附件。\n\n--\n{sign}\n地址：新乡市红旗区人民东路1号\n邮编：453000\n电话：0373-3012345 传真：0373-3012346",
            "polite": "领导好：\n麻烦查收一下，如有不妥请批评指正。祝工作顺利！\n{sign}  小王 13800138000",
            "long-history": "见附件\n{sign}\n> 请尽快报送\n>> 收到\n>>> 关于报送材料的通知\n>>> 各县（市、区）：开封市、洛阳市已报送",
        }.items()
    ):
        desk = Desk(f"chain-{name}", of("410700"), CATEGORIES[number % 3])
        yield desk.case(desk.write(text=text.format(sign=desk.sender.signature)), desk.received(desk.first()))
    for number, subject in enumerate(
        ("材料", "推荐材料", "Fw: 报送材料", "转发: 推荐表", "12月9日", "最新版！以此为准", "收到请回复", "[推荐] 100")
    ):
        desk = Desk(f"bare-subject-{number}", ALL[number * 5 + 1], CATEGORIES[number % 3])
        yield desk.case(desk.write(subject=subject, text=""), desk.received(desk.first()))


def _copies() -> Iterator[Case]:
    """The same document twice, in two formats or under two names, is one document."""
    desk = Desk("copy-scan-and-photo-of-the-form", OTHERS[5])
    files = [desk.form(), desk.material(), File("推荐表盖章.pdf", packing.scan()), File("推荐表盖章.png", packing.picture())]
    yield desk.case(desk.write(files), desk.received(desk.first()))
    desk = Desk("copy-scans-of-both", OTHERS[6], TEAM)
    files = [
        desk.form(),
        desk.material(),
        File("盖章扫描件/推荐表.pdf", packing.scan()),
        File("典型材料盖章版.pdf", packing.scan()),
    ]
    yield desk.case(desk.write(files), desk.received(desk.first()))
    if not OFFICE:
        return
    wanted = {"material": slice(1, 2), "form": slice(0, 1), "both": slice(0, 2)}
    written = []
    for number, (what, chosen) in enumerate(wanted.items()):
        desk = Desk(f"copy-pdf-of-{what}", OTHERS[7 + number], CATEGORIES[number], dresses.LAYOUTS[number])
        desk.look = replace(desk.look, control=False, split="")
        files = [desk.form(), desk.material()]
        written.append((desk, files, files[chosen]))
    made = converted({f"{desk.name}-{file.name}": file.content for desk, _, part in written for file in part}, "pdf", "pdf")
    for desk, files, part in written:
        copies = [File(file.name.replace(".docx", ".pdf"), made[f"{desk.name}-{file.name}"]) for file in part]
        yield desk.case(desk.write([*files, *copies]), desk.received(desk.first()), "soffice")


def _trees() -> Iterator[Case]:
    """A city's archive with a folder for each of its counties."""
    for number, arrange in enumerate(("county/nominee", "county-flat", "category/county")):
        desk = Desk(f"tree-{arrange.replace('/', '-')}", of("410700"))
        members, expected, box = dict[str, bytes](), [], "新乡市三个100.zip"
        for place, county in enumerate(COUNTIES):
            one = desk.entry(CATEGORIES[place % 3])
            who = one.nominee
            first, second = {
                "county/nominee": (f"{county}/{who}/{FORM}", f"{county}/{who}/{MATERIAL}"),
                "county-flat": (f"{county}/{county}{who}推荐表.docx", f"{county}/{county}{who}典型材料.docx"),
                "category/county": (
                    f"{NAMES[one.category]}/{county}/推荐表.docx",
                    f"{NAMES[one.category]}/{county}/事迹材料.docx",
                ),
            }[arrange]
            members |= {first: desk.form(one).content, second: desk.material(one).content}
            expected.append(filed(one, f"{box}/{first}", f"{box}/{second}"))
        yield desk.case(desk.write([File(box, packing.zipped(members, gbk=number != 1))]), desk.received(*expected))


def _forms() -> Iterator[Case]:
    """Forms as units change them."""
    for number, category in enumerate((*CATEGORIES, *CATEGORIES)):
        desk = Desk(f"form-with-extras-{number}-{category}", ALL[number * 8], category, dresses.LAYOUTS[number])
        desk.look = replace(desk.look, extras=5, notes=True, outside=bool(number % 2))
        yield desk.case(desk.write(), desk.received(desk.first()))
    for number, category in enumerate(CATEGORIES):
        desk = Desk(f"form-with-category-boxes-{category}", OTHERS[number], category, "pairs")
        boxes = "  ".join(f"{'☑' if other == category else '□'}{NAMES[other]}" for other in CATEGORIES)
        desk.look = replace(desk.look, heading="“三个100”推荐表", title="above", other=False)
        text = dresses.body(desk.one, desk.look, desk.dice).replace(
            "<w:tbl>", ooxml.paragraph(f"推荐类别：{boxes}") + "<w:tbl>", 1
        )
        yield desk.case(desk.write([File(FORM, ooxml.document(text), DOCX), desk.material()]), desk.received(desk.first()))
    yield judged("deeds-elsewhere", {"主要事迹": "见典型材料"}, layout="pairs")
    yield judged("deeds-attached", {"主要事迹": "（另附）"}, category=TEAM, layout="group")
    deeds = "一、基本情况：该同志长期在一线工作。\n二、主要事迹：\n1.服务群众：走访120户。\n2.联系电话：向群众公布，24小时接听。\n三、群众评价：好。"
    yield judged("deeds-with-headings", {"主要事迹": deeds}, layout="pairs")
    yield judged("deeds-with-headings-in-a-cell", {"主要事迹": deeds}, layout="vertical")
    yield judged("nature-by-boxes", {"单位性质": "□机关 ☑事业单位 □企业 □其他"}, category=TEAM, layout="pairs")
    yield judged(
        "nature-without-a-tick", {"单位性质": "□机关 □事业单位 □企业"}, ["field-missing:单位性质"], category=TEAM, fields=False
    )
    yield judged("born-with-age", {"出生年月": "1975年8月（46岁）"}, layout="photo")
    yield judged(
        "hint-left-in-the-field", {"主要事迹": "（500字以内）"}, ["field-missing:主要事迹"], category=TEAM, layout="pairs"
    )
    yield judged("honours-of-many-lines", {"曾获表彰": "2020年 市级先进\n2021年 “两优一先”\n2019年 省级劳模"}, layout="three")
    yield judged("rare-name", {"姓名": "㛃垚喆"}, layout="lines")
    yield judged("minority-name", {"姓名": "阿依古丽·买买提"}, layout="photo")


def _materials() -> Iterator[Case]:
    """Materials that begin otherwise, or look like forms."""
    for number, (name, heading, file) in enumerate(
        (
            ("slogan", "情系百姓暖民心  真抓实干办实事", "材料.docx"),
            ("annex", "附件2", "附件2.docx"),
            ("quoted", "“小窗口”办好“大民生”", "典型材料.docx"),
            ("deed-of", "——项目纪实", "事迹.docx"),
        )
    ):
        desk = Desk(f"material-{name}", OTHERS[number * 2], CATEGORIES[number % 3])
        text = f"{desk.one.nominee}，长期服务群众，事迹如下。{desk.dice.prose(200)}"
        desk.one = replace(desk.one, heading=heading, body=(text, *desk.one.body))
        yield desk.case(desk.write([desk.form(), desk.material(name=file)]), desk.received(filed(desk.one, FORM, file)))
    for number, category in enumerate(CATEGORIES):
        desk = Desk(f"files-by-name-alone-{category}", OTHERS[number + 9], category)
        names = f"{desk.one.nominee}1.docx", f"{desk.one.nominee}2.docx"
        files = [desk.form(name=names[0]), desk.material(name=names[1])]
        yield desk.case(desk.write(files), desk.received(filed(desk.one, *names)))
        desk = Desk(f"files-swapped-names-{category}", OTHERS[number + 12], category)
        files = [desk.form(name="附件.docx"), desk.material(name="附件(1).docx")]
        yield desk.case(desk.write(files), desk.received(filed(desk.one, "附件.docx", "附件(1).docx")))
    desk = Desk("material-with-a-person-line", OTHERS[20], MEMBER)
    intro = f"{desk.one.nominee}，男，汉族，1975年8月出生，1998年6月入党，中共党员，现任民政所所长。"
    desk.one = replace(desk.one, body=(intro, *desk.one.body))
    yield desk.case(desk.write(), desk.received(desk.first()))
    desk = Desk("material-with-a-table", OTHERS[21], PROJECT)
    table = ooxml.table(
        [
            [ooxml.Box(ooxml.paragraph(text)) for text in row]
            for row in (("年份", "服务人次"), ("2020", "300"), ("2021", "800"))
        ],
        2,
    )
    content = ooxml.document(ooxml.paragraph(desk.one.heading) + "".join(map(ooxml.paragraph, desk.one.body)) + table)
    expected = replace(desk.first(), characters=None)
    yield desk.case(desk.write([desk.form(), File(MATERIAL, content, DOCX)]), desk.received(expected))


def _bundled() -> Iterator[Case]:
    """One document after another without a page break, and one folder a category with one document a nomination."""
    for number, category in enumerate(CATEGORIES):
        desk = Desk(f"both-without-a-page-break-{category}", CITIES[number + 9], category, turn(number + 4)[1])
        text = dresses.body(desk.one, replace(desk.look, notes=False), desk.dice)
        text += ooxml.paragraph(desk.one.heading, centred=True) + "".join(map(ooxml.paragraph, desk.one.body))
        name = f"{desk.one.nominee}推荐表及典型材料.docx"
        yield desk.case(desk.write([File(name, ooxml.document(text), DOCX)]), desk.received(filed(desk.one, name, name)))
    desk = Desk("one-form-for-each-in-one-and-materials-in-another", CITIES[3])
    entries = [desk.entry(MEMBER) for _ in range(3)]
    forms = File("推荐表.docx", papers.several(entries, desk.look, desk.dice, materials=False), DOCX)
    text = ooxml.PAGE_BREAK.join(
        ooxml.paragraph(one.heading, centred=True) + "".join(map(ooxml.paragraph, one.body)) for one in entries
    )
    materials = File("典型材料.docx", ooxml.document(text), DOCX)
    label = desk.received(*(filed(one, forms.name, materials.name) for one in entries))
    yield desk.case(desk.write([forms, materials]), label)


def cases() -> Iterator[Case]:
    """All of them."""
    for part in (_chains, _copies, _trees, _forms, _materials, _bundled):
        yield from part()
