"""What lies beside and inside the documents: several nominations in one, scans, copies, lists, letters, rubbish, doubt."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from tests.labelled import dresses, ooxml, packing, papers
from tests.labelled.clean import DOCX, filed
from tests.labelled.entry import CATEGORIES, MEMBER, SHORT, Entry
from tests.labelled.envelope import File
from tests.labelled.label import Case, Filed, Mail, at
from tests.labelled.pairs import MEMBERS, PLAIN, Shelf, prose, text

OUTLINE = ("扎根社区二十年", "把群众放在心坎上", "山路上的守护人")


def _people(shelf: Shelf, heading: str = "{n}同志先进事迹材料", first: str = "") -> list[Entry]:
    return [
        text(
            shelf.entry(MEMBER, name),
            heading.format(n=name, t=OUTLINE[i], i="一二三"[i], d=i + 1),
            *([first.format(n=name)] if first else []),
        )
        for i, name in enumerate(MEMBERS)
    ]


def _form(shelf: Shelf, one: Entry) -> str:
    return dresses.body(one, shelf.desk.look, shelf.desk.dice)


def _text(one: Entry) -> str:
    return ooxml.paragraph(one.heading, centred=True) + "".join(ooxml.paragraphs(line) for line in one.body)


def _in_one(shelf: Shelf, path: str, parts: Sequence[str]) -> None:
    shelf.files[path] = ooxml.document(ooxml.PAGE_BREAK.join(parts))


# --- several in one document --------------------------------------------------------------------------------------------


def _one_document() -> Iterator[Case]:
    for name, order in {
        "forms-then-materials": "FFFMMM",
        "materials-before-forms": "MFMFMF",
        "form-after-form": "FMFMFM",
    }.items():
        shelf = Shelf(f"document-{name}")
        people = _people(shelf)
        forms, materials = iter([_form(shelf, one) for one in people]), iter(map(_text, people))
        _in_one(shelf, "推荐材料.docx", [next(forms if letter == "F" else materials) for letter in order])
        shelf.expected = [filed(one, "推荐材料.docx", "推荐材料.docx") for one in people]
        yield shelf.loose()
    for name, (heading, first) in {
        "titled": ("{n}同志先进事迹材料", ""),
        "untitled-with-names": ("{n}：{t}", ""),
        "untitled": ("{t}", "{n}，男，红旗区民政局干部。"),
        "numbered": ("（{i}）{n}同志事迹", ""),
        "numbered-names": ("{d}.{n}", "{n}，红旗区民政局干部。"),
    }.items():
        for broken in (True, False):
            shelf = Shelf(f"document-materials-{name}-{'broken' if broken else 'running'}")
            people = _people(shelf, heading, first)
            if broken:
                _in_one(shelf, "典型材料.docx", list(map(_text, people)))
            else:
                shelf.files["典型材料.docx"] = ooxml.document("".join(map(_text, people)))
            for one in people:
                shelf.files[f"{one.nominee}推荐表.docx"] = papers.form(one, shelf.desk.look, shelf.desk.dice)
            shelf.expected = [
                replace(filed(one, f"{one.nominee}推荐表.docx", "典型材料.docx"), characters=None) for one in people
            ]
            yield shelf.loose()
    shelf = Shelf("document-forms-of-three-categories")
    entries = [text(shelf.desk.entry(category), PLAIN) for category in CATEGORIES]
    _in_one(shelf, "推荐表汇编.docx", [_form(shelf, one) for one in entries])
    for one in entries:
        shelf.files[f"{SHORT[one.category]}事迹.docx"] = papers.material(one)
    shelf.expected = [filed(one, "推荐表汇编.docx", f"{SHORT[one.category]}事迹.docx") for one in entries]
    yield shelf.loose()
    shelf = Shelf("document-both-beside-two-files")
    one, other, _ = _people(shelf)
    shelf.both(one, f"{one.nominee}.docx")
    shelf.two(other, f"{other.nominee}推荐表.docx", f"{other.nominee}材料.docx")
    yield shelf.loose()
    shelf = Shelf("document-workbook-of-forms")
    people = _people(shelf, PLAIN)
    shelf.files["推荐表.xlsx"] = papers.sheets(people, shelf.desk.look, shelf.desk.dice)
    for one in people:
        shelf.files[f"{one.nominee}.docx"] = papers.material(one)
    shelf.expected = [filed(one, "推荐表.xlsx", f"{one.nominee}.docx") for one in people]
    yield shelf.loose()
    shelf = Shelf("document-with-cover-and-contents")
    people = _people(shelf)
    cover = ooxml.paragraph("新乡市“三个100”推选活动申报材料", centred=True) + ooxml.paragraph("目  录", centred=True)
    cover += "".join(
        ooxml.paragraph(f"{number}. {one.nominee}推荐表及典型材料……{number}") for number, one in enumerate(people, 1)
    )
    _in_one(shelf, "申报材料.docx", [cover, *(part for one in people for part in (_form(shelf, one), _text(one)))])
    shelf.expected = [filed(one, "申报材料.docx", "申报材料.docx") for one in people]
    yield shelf.loose()


# --- beside the documents -----------------------------------------------------------------------------------------------


def _pairs(shelf: Shelf, count: int = 2) -> list[Entry]:
    people = _people(shelf)[:count]
    for one in people:
        shelf.two(one, f"{one.nominee}推荐表.docx", f"{one.nominee}典型材料.docx")
    return people


def _beside() -> Iterator[Case]:
    shelf = Shelf("beside-one-scan-for-each")
    for one in _pairs(shelf):
        shelf.other(f"{one.nominee}推荐表（盖章扫描件）.pdf", packing.scan(), "stamped-scan")
    yield shelf.loose()
    shelf = Shelf("beside-one-scan-for-all")
    _pairs(shelf)
    shelf.other("推荐表盖章扫描件.pdf", packing.scan(), "stamped-scan")
    yield shelf.loose()
    shelf = Shelf("beside-a-folder-of-scans")
    _pairs(shelf)
    for number in range(3):
        shelf.other(f"盖章扫描件/{number + 1}.jpg", packing.picture(180 + number), "stamped-scan")
    yield shelf.boxed()
    shelf = Shelf("beside-photographs")
    for one in _pairs(shelf):
        shelf.other(f"{one.nominee}工作照.jpg", packing.picture(len(one.values["联系电话"]) + 90), "photo")
    shelf.other("照片/IMG_2021.jpg", packing.picture(222), "photo")
    yield shelf.boxed()
    shelf = Shelf("beside-publicity-proof-for-all")
    people = _pairs(shelf)
    names = "、".join(one.nominee for one in people)
    shelf.other(
        "公示.docx",
        prose(
            "关于“三个100”拟推荐对象的公示",
            f"拟推荐{names}等为党员服务标兵。",
            shelf.desk.dice.prose(260),
            "公示期：2021年12月6日至12月8日。",
        ),
        "publicity",
    )
    shelf.other("日报公示版面.jpg", packing.picture(150), "publicity")
    yield shelf.loose()
    shelf = Shelf("beside-a-covering-letter-that-names-all")
    people = _pairs(shelf)
    names = "、".join(one.nominee for one in people)
    shelf.other(
        "报送函.docx",
        prose(
            "关于报送“三个100”推荐材料的函",
            f"现推荐{names}同志为党员服务标兵。",
            shelf.desk.dice.prose(300),
            "新乡市委党史学习教育领导小组办公室",
        ),
        "letter",
    )
    yield shelf.loose()
    shelf = Shelf("beside-a-report-named-report")
    people = _pairs(shelf)
    shelf.other(
        "推荐报告.docx",
        prose(
            "关于推荐“三个100”先进典型的报告", *(f"{one.nominee}同志事迹突出。" for one in people), shelf.desk.dice.prose(400)
        ),
        "letter",
    )
    yield shelf.loose()
    shelf = Shelf("beside-a-backup-of-the-same")
    people = _pairs(shelf)
    for path in [*shelf.files]:
        shelf.other(f"备份/{path.replace('.docx', ' - 副本.docx')}", shelf.files[path])
    yield shelf.boxed()
    shelf = Shelf("beside-rubbish-of-systems")
    one, _ = _pairs(shelf)
    shelf.other(f"~${one.nominee}推荐表.docx"[:12] + ".docx", b"\x05\xe6\x96\xb0" + bytes(158))
    shelf.other("Thumbs.db", packing.ole({"256_1": bytes(4096)}))
    shelf.other(".DS_Store", b"\0\0\0\1Bud1" + bytes(400))
    shelf.other("desktop.ini", b"[.ShellClassInfo]\r\nIconIndex=1\r\n")
    shelf.other(f"__MACOSX/._{one.nominee}推荐表.docx", b"\0\x05\x16\x07\0\x02\0\0Mac OS X        " + bytes(80))
    yield shelf.boxed(gbk=False)
    shelf = Shelf("beside-papers-of-the-person")
    one, _ = _pairs(shelf)
    shelf.other(f"{one.nominee}简历.docx", prose("个人简历", f"姓名：{one.nominee}", "2001年7月至今在红旗区民政局工作。"))
    shelf.other("荣誉证书.jpg", packing.picture(100))
    shelf.other("身份证.jpg", packing.picture(101))
    yield shelf.loose()
    shelf = Shelf("beside-the-notice")
    _pairs(shelf)
    shelf.other(
        "关于开展推选活动的通知.docx", prose("关于开展“三个100”推选活动的通知", *(shelf.desk.dice.prose(500) for _ in range(5)))
    )
    yield shelf.loose()
    shelf = Shelf("beside-empty-forms")
    one, _ = _pairs(shelf)
    blank = replace(one, values={}, absent=frozenset())
    shelf.other("推荐表模板.docx", papers.form(blank, shelf.desk.look, shelf.desk.dice))
    yield shelf.loose()


def _scans_alone() -> Iterator[Case]:
    shelf = Shelf("scan-of-the-form-beside-the-material")
    one = _people(shelf)[0]
    shelf.other(f"{one.nominee}推荐表.pdf", packing.scan(), "stamped-scan")
    shelf.files["党员服务标兵典型材料.docx"] = papers.material(one)
    expected = filed(one, None, "党员服务标兵典型材料.docx", "defective", "form-missing")
    shelf.expected = [replace(expected, fields={})]
    yield shelf.loose()
    shelf = Shelf("scans-of-another-nominee")
    one, other, _ = _people(shelf)
    shelf.two(one, f"{one.nominee}推荐表.docx", f"{one.nominee}典型材料.docx")
    shelf.other(f"{other.nominee}推荐表.pdf", packing.scan(), "stamped-scan")
    shelf.other(f"{other.nominee}典型材料.pdf", packing.scan(seal=False), "stamped-scan")
    shelf.findings = (
        f"attachment-unsupported@{other.nominee}推荐表.pdf",
        f"attachment-unsupported@{other.nominee}典型材料.pdf",
    )
    yield shelf.loose()


# --- many, and lists ----------------------------------------------------------------------------------------------------


def _many() -> Iterator[Case]:
    shelf = Shelf("many-forms-by-number-materials-by-name-30")
    number = 0
    for category in CATEGORIES:
        for _ in range(10):
            number += 1
            one = text(shelf.desk.entry(category), PLAIN)
            shelf.two(one, f"推荐表/{number}.docx", f"典型材料/{SHORT[category]}/{one.nominee}.docx")
    yield shelf.boxed()
    shelf = Shelf("many-numbered-30-without-names", "410100")
    for number in range(1, 31):
        category = CATEGORIES[(number - 1) // 10]
        name = shelf.desk.dice.person() if category == MEMBER else f"第{number}街道{('便民', '助老')[number % 2]}服务站"
        one = text(shelf.entry(category, name), PLAIN)
        shelf.two(one, f"{number:02d}-1推荐表.docx", f"{number:02d}-2典型材料.docx")
    yield shelf.boxed()
    shelf = Shelf("many-zips-one-for-each")
    files = []
    for one in _people(shelf, PLAIN):
        box = f"{one.nominee}.zip"
        members = {"推荐表.docx": papers.form(one, shelf.desk.look, shelf.desk.dice), "典型材料.docx": papers.material(one)}
        files.append(File(box, packing.zipped(members, gbk=True)))
        shelf.expected.append(filed(one, f"{box}/推荐表.docx", f"{box}/典型材料.docx"))
    yield shelf.desk.case(shelf.desk.write(files), shelf.desk.received(*shelf.expected))
    shelf = Shelf("many-mails-forwarded-with-like-names")
    files = []
    for number, one in enumerate(_people(shelf, PLAIN), 1):
        pair = [
            File("推荐表.docx", papers.form(one, shelf.desk.look, shelf.desk.dice), DOCX),
            File("典型材料.docx", papers.material(one), DOCX),
        ]
        files.append(
            File(f"转发{number}.eml", shelf.desk.write(pair, sender=f"xian{number}@example.com").bytes(), "message/rfc822")
        )
        shelf.expected.append(filed(one, f"转发{number}.eml/推荐表.docx", f"转发{number}.eml/典型材料.docx"))
    yield shelf.desk.case(shelf.desk.write(files, subject="Fw: 三个100推荐材料"), shelf.desk.received(*shelf.expected))


def _lists() -> Iterator[Case]:
    for name, listed in {"complete": 2, "one-missing": 3}.items():
        shelf = Shelf(f"list-{name}")
        _pairs(shelf)
        shelf.other("汇总表.xlsx", papers.summary(_people(shelf)[:listed], "新乡市"), "summary")
        shelf.findings = () if listed == 2 else ("form-missing@汇总表.xlsx", "material-missing@汇总表.xlsx")
        yield shelf.boxed()
    shelf = Shelf("list-in-word-one-missing")
    _pairs(shelf)
    rows = [["序号", "姓名", "推荐类别"], *([str(n), " ".join(name), "党员服务标兵"] for n, name in enumerate(MEMBERS, 1))]
    boxes = [[ooxml.Box(ooxml.paragraph(cell)) for cell in row] for row in rows]
    shelf.other(
        "新乡市推荐名单.docx",
        ooxml.document(ooxml.paragraph("新乡市推荐名单", centred=True) + ooxml.table(boxes, 3)),
        "summary",
    )
    shelf.findings = ("form-missing", "material-missing")
    yield shelf.loose()
    shelf = Shelf("list-alone")
    list_file = File("推荐汇总表.xlsx", papers.summary(_people(shelf), "新乡市"))
    yield shelf.desk.case(
        shelf.desk.write([list_file]), shelf.desk.returned("no-attachment", "form-missing", "material-missing")
    )


# --- doubt --------------------------------------------------------------------------------------------------------------


def _held(one: Entry, form: str, material: str | None = None) -> Filed:
    return filed(one, form, material, "held")


def _doubt() -> Iterator[Case]:
    shelf = Shelf("doubt-two-forms-two-materials")
    for number, one in enumerate(_people(shelf, "典型材料")[:2], 1):
        shelf.files[f"{one.nominee}推荐表.docx"] = papers.form(one, shelf.desk.look, shelf.desk.dice)
        shelf.files[f"典型材料{'甲乙'[number - 1]}.docx"] = papers.material(one)
        shelf.expected.append(_held(one, f"{one.nominee}推荐表.docx"))
    yield shelf.loose()
    shelf = Shelf("doubt-two-forms-one-material")
    for one in _people(shelf, "典型材料")[:2]:
        shelf.files[f"{one.nominee}推荐表.docx"] = papers.form(one, shelf.desk.look, shelf.desk.dice)
        shelf.expected.append(_held(one, f"{one.nominee}推荐表.docx"))
    shelf.files["典型材料.docx"] = papers.material(_people(shelf, "典型材料")[2])
    yield shelf.loose()
    shelf = Shelf("doubt-one-form-two-materials")
    one, _, other = _people(shelf)
    shelf.files[f"{one.nominee}推荐表.docx"] = papers.form(one, shelf.desk.look, shelf.desk.dice)
    shelf.files[f"{one.nominee}典型材料.docx"] = papers.material(one)
    shelf.files[f"{one.nominee}典型材料（新）.docx"] = papers.material(replace(one, body=other.body))
    shelf.expected = [_held(one, f"{one.nominee}推荐表.docx")]
    yield shelf.loose()
    shelf = Shelf("doubt-two-writings-of-one-form")
    one = _people(shelf)[0]
    shelf.two(one, f"{one.nominee}推荐表.docx", f"{one.nominee}典型材料.docx", "held")
    shelf.other(
        f"{one.nominee}推荐表（改）.docx", papers.form(one.but(联系电话="13900001234"), shelf.desk.look, shelf.desk.dice)
    )
    yield shelf.loose()


def _empty_names() -> Iterator[Case]:
    shelf = Shelf("names-only-in-file-names")
    for one in _people(shelf, PLAIN)[:2]:
        form, material = f"党员服务标兵推荐表-{one.nominee}.docx", f"党员服务标兵典型材料-{one.nominee}.docx"
        shelf.two(one.but(姓名=""), form, material, "defective", "field-missing:姓名")
        shelf.expected[-1] = replace(shelf.expected[-1], nominee=one.nominee)
    yield shelf.loose()


def _later() -> Iterator[Case]:
    """Halves in two mails, several at once."""
    for name, first in {"forms": "推荐表", "materials": "典型材料"}.items():
        shelf = Shelf(f"later-{name}-first")
        people = _people(shelf)
        halves = {
            "推荐表": [
                File(f"{one.nominee}推荐表.docx", papers.form(one, shelf.desk.look, shelf.desk.dice), DOCX) for one in people
            ],
            "典型材料": [File(f"材料{number}.docx", papers.material(one), DOCX) for number, one in enumerate(people, 1)],
        }
        both = [(file, material) for file, material in zip(halves["推荐表"], halves["典型材料"], strict=True)]
        if first == "推荐表":
            before = [
                filed(one, form.name, None, "defective", "material-missing")
                for one, (form, _) in zip(people, both, strict=True)
            ]
            after = [filed(one, None, material.name) for one, (_, material) in zip(people, both, strict=True)]
        else:
            before = [
                replace(
                    filed(one, None, material.name, "defective", "form-missing", "category-unknown"), category=None, fields={}
                )
                for one, (_, material) in zip(people, both, strict=True)
            ]
            after = [replace(filed(one, form.name, None), characters=None) for one, (form, _) in zip(people, both, strict=True)]
        second = "典型材料" if first == "推荐表" else "推荐表"
        start = at(14, 9)
        yield Case(
            shelf.name,
            (
                Mail(shelf.desk.write(halves[first], arrived=start).bytes(), shelf.desk.received(*before)),
                Mail(shelf.desk.write(halves[second], arrived=start + timedelta(hours=1)).bytes(), shelf.desk.received(*after)),
            ),
        )


def cases() -> Iterator[Case]:
    """All of them."""
    for part in (_one_document, _beside, _scans_alone, _many, _lists, _doubt, _empty_names, _later):
        yield from part()
