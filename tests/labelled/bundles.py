"""Many nominations in one mail: folders, numbered files, flat names in any order, several in one document, mails in mails."""

from collections.abc import Iterator
from dataclasses import replace

from tests.labelled import envelope, ooxml, packing, papers
from tests.labelled.build import FORM, MATERIAL, Desk, turn
from tests.labelled.clean import DOCX, filed
from tests.labelled.entry import CATEGORIES, NAMES, SHORT, Entry
from tests.labelled.envelope import File
from tests.labelled.label import ANY, Case, Filed
from tests.labelled.senders import CITIES, of

Shelf = list[tuple[Entry, str, str]]
"""Entries with the paths of their two files."""


def _shelf(desk: Desk, count: int, arrange: str) -> Shelf:
    entries = [desk.entry(category) for category in CATEGORIES for _ in range(count // 3)]
    shelf = []
    for number, one in enumerate(entries, 1):
        unit, kind, who = desk.sender.subject, SHORT[one.category], one.nominee
        place = (number - 1) % (count // 3) + 1
        shelf.append(
            (
                one,
                *{
                    "folders": (
                        f"{unit}/{NAMES[one.category]}/{place}.{who}/推荐表.docx",
                        f"{unit}/{NAMES[one.category]}/{place}.{who}/典型材料.docx",
                    ),
                    "category-folders": (f"{kind}/{place}推荐表.docx", f"{kind}/{place}典型材料.docx"),
                    "numbered": (f"{number:02d}推荐表（{who}）.docx", f"{number:02d}典型材料（{who}）.docx"),
                    "unit-kind-name": (f"{unit}+{kind}+{who}推荐表.docx", f"{unit}+{kind}+{who}典型材料.docx"),
                    "name-kind-unit": (f"{who}-{kind}-{unit}-推荐表.docx", f"{who}-{kind}-{unit}-材料.docx"),
                    "kind-name-unit": (f"{kind}：{who}（{unit}）表.docx", f"{kind}：{who}（{unit}）事迹.docx"),
                    "forms-and-materials": (f"推荐表/{who}.docx", f"典型材料/{who}.docx"),
                    "numbers-alone": (f"{kind}{place}-1.docx", f"{kind}{place}-2.docx"),
                    "one-document": (f"{kind}/{who}.docx",) * 2,
                }[arrange],
            )
        )
    return shelf


def _members(desk: Desk, shelf: Shelf) -> dict[str, bytes]:
    members = {}
    for one, form, material in shelf:
        if form == material:
            members[form] = papers.both(one, desk.look, desk.dice)
        else:
            members |= {form: desk.form(one).content, material: desk.material(one).content}
    return members


def _filed(shelf: Shelf, under: str = "") -> list[Filed]:
    return [filed(one, under + form, under + material) for one, form, material in shelf]


def _archives() -> Iterator[Case]:
    arrangements = "folders category-folders numbered unit-kind-name name-kind-unit kind-name-unit forms-and-materials numbers-alone one-document".split()
    for number, arrange in enumerate(arrangements):
        for count in (6, 30 if number % 3 == 0 else 15):
            sender = of("410700") if count == 30 else CITIES[number * 2]
            desk = Desk(f"bundle-{arrange}-{count}", sender, layout=turn(number)[1])
            shelf = _shelf(desk, count, arrange)
            members = _members(desk, shelf)
            box = f"{sender.subject}“三个100”材料.{'7z' if number % 4 == 3 else 'zip'}"
            content = packing.sevenzip(members) if number % 4 == 3 else packing.zipped(members, gbk=number % 2 == 0)
            yield desk.case(desk.write([File(box, content)]), desk.received(*_filed(shelf, f"{box}/")))
    desk = Desk("bundle-loose-files-9", of("411000"))
    shelf = _shelf(desk, 9, "unit-kind-name")
    files = [File(path, content, DOCX) for path, content in _members(desk, shelf).items()]
    yield desk.case(desk.write(files), desk.received(*_filed(shelf)))
    desk = Desk("bundle-with-summary", of("410500"))
    shelf = _shelf(desk, 6, "numbered")
    files = [File("汇总表.xlsx", papers.summary([one for one, _, _ in shelf], "安阳市"))]
    files += [File(path, content, DOCX) for path, content in _members(desk, shelf).items()]
    yield desk.case(desk.write(files), desk.received(*_filed(shelf), roles={"汇总表.xlsx": "summary"}))
    desk = Desk("bundle-three-zips", of("410600"))
    expected, files = [], []
    for category in CATEGORIES:
        one = desk.entry(category)
        inside: Shelf = [(one, FORM, MATERIAL)]
        box = f"{SHORT[category]}.zip"
        files.append(File(box, packing.zipped(_members(desk, inside), gbk=True)))
        expected += _filed(inside, f"{box}/")
    yield desk.case(desk.write(files), desk.received(*expected))
    desk = Desk("bundle-zip-in-zip", of("410800"))
    expected, members = [], {}
    for category in CATEGORIES:
        inside = [(desk.entry(category), FORM, MATERIAL)]
        members[f"{NAMES[category]}.zip"] = packing.zipped(_members(desk, inside), gbk=True)
        expected += _filed(inside, f"焦作市.zip/{NAMES[category]}.zip/")
    yield desk.case(desk.write([File("焦作市.zip", packing.zipped(members, gbk=True))]), desk.received(*expected))


def _documents() -> Iterator[Case]:
    for number, category in enumerate(CATEGORIES):
        desk = Desk(f"document-both-{category}", CITIES[number], category)
        file = File(f"{desk.one.nominee}.docx", papers.both(desk.one, desk.look, desk.dice), DOCX)
        yield desk.case(desk.write([file]), desk.received(filed(desk.one, file.name, file.name)))
    for number, materials in enumerate((True, False)):
        desk = Desk(f"document-several-{number}", CITIES[number + 4])
        entries = [desk.entry(category) for category in CATEGORIES]
        name = "推荐材料合订.docx"
        file = File(name, papers.several(entries, desk.look, desk.dice, materials=materials), DOCX)
        if materials:
            yield desk.case(desk.write([file]), desk.received(*(filed(one, name, name) for one in entries)))
            continue
        others = [desk.material(one, f"{one.nominee}典型材料.docx") for one in entries]
        expected = [filed(one, name, other.name) for one, other in zip(entries, others, strict=True)]
        yield desk.case(desk.write([file, *others]), desk.received(*expected))
    desk = Desk("document-three-members-forms-in-one", CITIES[8])
    entries = [desk.entry(CATEGORIES[2]) for _ in range(3)]
    file = File("党员服务标兵推荐表3份.docx", papers.several(entries, desk.look, desk.dice, materials=False), DOCX)
    others = [desk.material(one, f"{one.nominee}事迹.docx") for one in entries]
    expected = [filed(one, file.name, other.name) for one, other in zip(entries, others, strict=True)]
    yield desk.case(desk.write([file, *others]), desk.received(*expected))


def _mails() -> Iterator[Case]:
    """The nomination sits in an attached mail, or in the body itself."""
    desk = Desk("mail-in-mail", of("S031"))
    inner = desk.write(sender="xuanchuan@example.com").bytes()
    outer = desk.write([File("转发的邮件.eml", inner, "message/rfc822")], subject="Fw: 三个100推荐材料")
    label = desk.received(filed(desk.one, f"转发的邮件.eml/{FORM}", f"转发的邮件.eml/{MATERIAL}"))
    yield desk.case(outer, label)
    for number, category in enumerate(CATEGORIES):
        desk = Desk(f"pasted-in-the-body-{category}", of(("S037", "T001", "410300")[number]), category)
        html = papers.pasted(desk.one, replace(desk.look, spaced=number), desk.dice)
        mail = desk.write([desk.material()], html=html, client=envelope.QQ)
        yield desk.case(mail, desk.received(replace(filed(desk.one, None, MATERIAL), form=ANY)))
    desk = Desk("covering-letter-and-publicity-proof", of("411200"))
    letter = File(
        "报送函.docx",
        _document(
            "关于报送“三个100”推荐材料的函\n省委党史学习教育领导小组办公室：\n现将我市推荐材料报上，请审核。\n三门峡市委党史办"
        ),
        DOCX,
    )
    proof = File(
        "公示证明.docx",
        _document("公示\n根据通知要求，现将拟推荐对象公示如下。公示期：2021年12月6日至12月8日。\n三门峡市委党史办"),
        DOCX,
    )
    roles = {"报送函.docx": "letter", "公示证明.docx": "publicity"}
    yield desk.case(desk.write([desk.form(), desk.material(), letter, proof]), desk.received(desk.first(), roles=roles))


def _document(text: str) -> bytes:
    return ooxml.document(ooxml.paragraphs(text))


def cases() -> Iterator[Case]:
    """All of them."""
    for part in (_archives, _documents, _mails):
        yield from part()
