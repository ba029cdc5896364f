"""Submissions with nothing wrong: every category, unit, dress, packing, mail program; a false finding is as bad as a missed one."""

from collections.abc import Iterator
from datetime import timedelta

from tests.labelled import dresses, envelope, packing, papers
from tests.labelled.chance import Dice
from tests.labelled.entry import CATEGORIES, NAMES, SHORT, Entry, entry
from tests.labelled.envelope import File, Written
from tests.labelled.label import Case, Filed, Label, Mail, at
from tests.labelled.length import words_of
from tests.labelled.senders import ALL, Sender

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def filed(entry: Entry, form: str | None, material: str | None, state: str = "accepted", *findings: str) -> Filed:
    """What must be filed for this entry."""
    return Filed(
        entry.category,
        entry.nominee,
        state,
        frozenset(findings),
        form,
        material,
        words_of(entry.material) if material else None,
        {
            name: value
            for name, value in entry.values.items()
            if name in {"联系电话", "出生年月", "公示情况"} and name not in entry.absent
        },
    )


def said(sender: Sender, dice: Dice) -> tuple[str, str]:
    """Subject and words of a covering mail."""
    subject = dice.one(
        (
            f"{sender.subject}“三个100”推荐材料",
            f"{sender.subject}报送“我为群众办实事”“三个100”推选材料",
            f"【{sender.subject}】三个100推荐表及典型材料",
            f"{sender.subject}3个100推选活动材料",
            f"关于报送“三个100”推荐材料的报告（{sender.subject}）",
            f"“三个100”推荐表、典型材料-{sender.subject}",
        )
    )
    text = dice.one(
        (
            f"尊敬的领导：\n    您好！现将{sender.subject}“三个100”推选活动推荐表和典型材料报上，请查收。\n\n{sender.signature}\n2021年12月9日",
            f"您好：\n附件为我单位推荐材料，请审阅。如有问题请与我们联系。\n{sender.signature}",
            f"省委党史学习教育领导小组办公室实践活动组：\n    按照通知要求，现报送推荐材料，纸质版盖章后另行邮寄。\n{sender.signature}",
            f"请查收，谢谢！\n\n------------------\n{sender.signature}\n电话：{dice.fixed()}",
        )
    )
    return subject, text


def names(entry: Entry, sender: Sender, dice: Dice) -> tuple[str, str]:
    """Names of the two files, in one of the orders in which units put the parts."""
    unit, kind, nominee = sender.subject, SHORT[entry.category], entry.nominee
    return dice.one(
        (
            (f"{unit}{kind}推荐表（{nominee}）.docx", f"{unit}{kind}典型材料（{nominee}）.docx"),
            (f"{nominee}推荐表.docx", f"{nominee}典型材料.docx"),
            (f"附件1：{NAMES[entry.category]}推荐表.docx", f"附件2：{nominee}事迹材料.docx"),
            (f"{kind}+{unit}+{nominee}+推荐表.docx", f"{kind}+{unit}+{nominee}+典型材料.docx"),
            ("推荐表.docx", "典型材料.docx"),
            (f"1.{kind}推荐表-{nominee}.docx", f"2.{kind}典型材料-{nominee}.docx"),
        )
    )


def _pair(name: str, sender: Sender, category: str, layout: str) -> Case:
    dice = Dice(name)
    one = entry(dice, category, sender.form, city=sender.city, press=sender.press)
    look = dresses.look(dice, layout)
    first, second = names(one, sender, dice)
    subject, text = said(sender, dice)
    content = papers.by_python_docx(one) if dice.chance(15) else papers.form(one, look, dice)
    files = [File(first, content, DOCX), File(second, papers.material(one), DOCX)]
    paths = {first: first, second: second}
    if dice.chance(30):
        box = f"{sender.subject}推荐材料.zip"
        folder = dice.one(("", f"{sender.subject}推荐材料/", f"{SHORT[category]}/{one.nominee}/"))
        paths = {path: f"{box}/{folder}{path}" for path in paths}
        members = {folder + file.name: file.content for file in files}
        files = [File(box, packing.zipped(members, gbk=dice.chance(60)), "application/x-zip-compressed")]
    mail = Written(
        subject,
        text,
        files,
        sender=f"office{dice.number(1, 99)}@example.com",
        name=dice.one(("", sender.signature, one.values["联系电话"], sender.subject)),
        arrived=at(9, dice.number(8, 18), dice.number(0, 59)) + timedelta(days=dice.number(0, 11)),
        client=dice.one(envelope.CLIENTS),
        zulu=dice.chance(20),
        dated=dice.chance(90),
    )
    label = Label(
        "received",
        sender.id,
        filed=(filed(one, paths[first], paths[second]),),
        roles={paths[first]: "form", paths[second]: "material"},
    )
    return Case(name, (Mail(mail.bytes(), label),))


def _three(name: str, sender: Sender) -> Case:
    """One nomination of each category in one mail."""
    dice = Dice(name)
    three = [entry(dice, category, sender.form, city=sender.city, press=sender.press) for category in CATEGORIES]
    look = dresses.look(dice)
    subject, text = said(sender, dice)
    members, expected = dict[str, bytes](), []
    style = dice.number(0, 3)
    for number, one in enumerate(three, 1):
        first, second = {
            0: (f"{SHORT[one.category]}推荐表.docx", f"{SHORT[one.category]}典型材料.docx"),
            1: (f"{number}.{one.nominee}/推荐表.docx", f"{number}.{one.nominee}/典型材料.docx"),
            2: (f"{number}-1{NAMES[one.category]}推荐表.docx", f"{number}-2{one.nominee}典型材料.docx"),
            3: (f"{one.nominee}（推荐表、典型材料）.docx",) * 2,
        }[style]
        if style == 3:
            members[first] = papers.both(one, look, dice)
        else:
            members |= {first: papers.form(one, look, dice), second: papers.material(one)}
        expected.append((one, first, second))
    box = f"{sender.subject}.zip/" if style == 1 or dice.chance(40) else ""
    files = [File(path, content, DOCX) for path, content in members.items()]
    if box:
        files = [File(box[:-1], packing.zipped(members, gbk=dice.chance(50)), "application/zip")]
    mail = Written(subject, text, files, arrived=at(13, 9, 30), client=dice.one(envelope.CLIENTS))
    label = Label("received", sender.id, filed=tuple(filed(one, box + first, box + second) for one, first, second in expected))
    return Case(name, (Mail(mail.bytes(), label),))


def cases() -> Iterator[Case]:
    """A hundred and fifty and more."""
    number = 0
    for turn in range(2):
        for place, sender in enumerate(ALL):
            category = CATEGORIES[(place + turn) % 3]
            layout = dresses.LAYOUTS[number % len(dresses.LAYOUTS)]
            yield _pair(f"clean-{number:03d}-{category}-{layout}-{sender.id}", sender, category, layout)
            number += 1
    for place, sender in enumerate(ALL[::2]):
        yield _three(f"clean-three-{place:02d}-{sender.id}", sender)


def more(first: int, count: int) -> Iterator[Case]:
    """As many others as wanted, by number: for measuring, not for every test run."""
    for number in range(first, first + count):
        sender = ALL[number * 7 % len(ALL)]
        category, layout = CATEGORIES[number % 3], dresses.LAYOUTS[number // 3 % len(dresses.LAYOUTS)]
        yield _pair(f"more-{number:05d}-{category}-{layout}-{sender.id}", sender, category, layout)
        if number % 4 == 0:
            yield _three(f"more-three-{number:05d}-{sender.id}", sender)
