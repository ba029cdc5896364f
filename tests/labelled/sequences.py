"""Mails judged one after the other: corrections, completions, withdrawals, quota over time, duplicates, new senders."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from tests.labelled.build import FORM, MATERIAL, Desk
from tests.labelled.clean import filed
from tests.labelled.entry import MEMBER, PROJECT, TEAM
from tests.labelled.envelope import Written
from tests.labelled.label import ANY, Case, Label, Mail, at
from tests.labelled.senders import of

Step = tuple[Written, Label]


def _case(name: str, steps: Sequence[Step]) -> Case:
    """The steps as one case, each an hour after the one before unless it says another time."""
    start, mails = at(10, 9), []
    for number, (mail, label) in enumerate(steps):
        arrived = mail.arrived if mail.arrived.day > 14 else start + timedelta(hours=number)
        mails.append(Mail(replace(mail, arrived=arrived).bytes(), label))
    return Case(name, tuple(mails))


def _corrections() -> Iterator[Case]:
    for category in (PROJECT, TEAM, MEMBER):
        desk = Desk(f"corrected-by-nominee-{category}", of("S035"), category)
        good = desk.one
        desk.one = good.but(联系电话="")
        first: Step = desk.write(), desk.received(replace(desk.first("defective", "field-missing:联系电话"), number="0001"))
        desk.one = good
        yield _case(
            desk.name, [first, (desk.write(subject="更正后的推荐材料"), desk.received(replace(desk.first(), number="0001")))]
        )
    desk = Desk("corrected-by-number", of("T001"), PROJECT)
    good = desk.one
    desk.one = good.but(项目名称="")
    wrong = good.but(项目负责人="")
    desk.one = wrong
    first = desk.write(), desk.received(replace(desk.first("defective", "field-missing:项目负责人"), number="0001"))
    desk.one = good.but(项目名称=f"{good.nominee}（二期）")
    second = desk.write(subject="编号0001 补正材料"), desk.received(replace(desk.first(), number="0001"))
    yield _case(desk.name, [first, second])
    desk = Desk("corrected-form-alone", of("G001"))
    good = desk.one
    desk.one = good.but(性别="")
    first = desk.write(), desk.received(replace(desk.first("defective", "field-missing:性别"), number="0001"))
    expected = replace(filed(good, FORM, None), number="0001")
    desk.one = good
    yield _case(desk.name, [first, (desk.write([desk.form()], subject="补正推荐表"), desk.received(expected))])
    desk = Desk("corrected-material-alone", of("G002"))
    good = desk.one
    desk.one = good.long(2300)
    first = desk.write(), desk.received(replace(desk.first("defective", "material-too-long"), number="0001"))
    desk.one = good
    expected = replace(filed(good, None, MATERIAL), number="0001")
    yield _case(desk.name, [first, (desk.write([desk.material()], subject="压缩后的典型材料"), desk.received(expected))])


def _of_several() -> Iterator[Case]:
    """Of several nominations one is mended, by its number in the text, in a reply, or with all the others again."""
    for way in ("number-in-text", "reply", "all-again", "nominee-in-another-city"):
        desk = Desk(f"one-of-three-mended-{way}", of("411000" if way != "nominee-in-another-city" else "410200"))
        three = [desk.entry(category) for category in (PROJECT, TEAM, MEMBER)]
        broken = [three[0], three[1].but(联系电话=""), three[2]]
        names = [
            (f"{number}推荐表-{one.nominee}.docx", f"{number}典型材料-{one.nominee}.docx")
            for number, one in enumerate(three, 1)
        ]
        files = [
            file
            for one, pair in zip(broken, names, strict=True)
            for file in (desk.form(one, pair[0]), desk.material(one, pair[1]))
        ]
        expected = [
            replace(filed(one, *pair), number=f"{number:04d}")
            for number, (one, pair) in enumerate(zip(three, names, strict=True), 1)
        ]
        missing = filed(broken[1], *names[1], "defective", "field-missing:联系电话")
        first = desk.write(files, arrived=at(10, 9))
        label = desk.received(expected[0], replace(missing, number="0002"), expected[2])
        form = desk.form(three[1], "推荐表（更正）.docx")
        mended = replace(filed(three[1], form.name, None), number="0002")
        headers = (("In-Reply-To", first.message_id), ("References", first.message_id))
        again = [
            file
            for one, pair in zip(three, names, strict=True)
            for file in (desk.form(one, pair[0]), desk.material(one, pair[1]))
        ]
        second, wanted = {
            "number-in-text": (
                desk.write([form], subject="更正材料", text=f"现报送编号0002的更正表。{desk.sender.signature}"),
                desk.received(mended),
            ),
            "reply": (
                desk.write([form], subject="回复：【需补正】", text="已补，请查收。", headers=headers),
                desk.received(mended),
            ),
            "all-again": (desk.write(again, subject="更正后全部材料"), desk.received(*expected)),
            "nominee-in-another-city": (
                desk.write([form], subject="补正", text=f"更正表见附件。{desk.sender.signature}"),
                desk.received(mended),
            ),
        }[way]
        yield _case(desk.name, [(first, label), (second, wanted)])


def _halves() -> Iterator[Case]:
    for category in (PROJECT, TEAM, MEMBER):
        desk = Desk(f"material-an-hour-later-{category}", of("S058"), category)
        first: Step = (
            desk.write([desk.form()]),
            desk.received(replace(filed(desk.one, FORM, None, "defective", "material-missing"), number="0001")),
        )
        second = (
            desk.write([desk.material()], subject="省医保局补充典型材料"),
            desk.received(replace(filed(desk.one, None, MATERIAL), number="0001")),
        )
        yield _case(desk.name, [first, second])
    desk = Desk("form-an-hour-later", of("S061"), MEMBER)
    name = f"党员服务标兵典型材料（{desk.one.nominee}）.docx"
    expected = replace(filed(desk.one, None, name, "defective", "form-missing"), fields={}, number="0001")
    first = desk.write([desk.material(name=name)]), desk.received(expected)
    second = desk.write([desk.form()]), desk.received(replace(filed(desk.one, FORM, None), number="0001"))
    yield _case(desk.name, [first, second])
    desk = Desk("three-mails-one-category-each", of("Q007"))
    steps: list[Step] = []
    for number, category in enumerate((PROJECT, TEAM, MEMBER), 1):
        desk.one = desk.entry(category)
        steps.append((desk.write(), desk.received(replace(desk.first(), number=f"{number:04d}"))))
    yield _case(desk.name, steps)


def _quota() -> Iterator[Case]:
    desk = Desk("withdrawn-makes-room", of("S078"))
    steps: list[Step] = [(desk.write(), desk.received(replace(desk.first(), number="0001")))]
    steps.append(
        (
            desk.write((), subject="撤回0001", text="申请撤回编号0001。\n河南省高级人民法院机关党委"),
            Label("command", "S078", "withdraw"),
        )
    )
    desk.one = desk.entry(MEMBER)
    steps.append((desk.write(), desk.received(replace(desk.first(), number="0002"))))
    yield _case(desk.name, steps)
    desk = Desk("withdrawn-by-name", of("S080"))
    steps = [(desk.write(), desk.received(desk.first()))]
    text = f"因工作调动，申请撤回我单位推荐的党员服务标兵{desk.one.nominee}同志。\n国家税务总局河南省税务局机关党委"
    steps.append((desk.write((), subject="撤回推荐", text=text), Label("command", "S080", "withdraw")))
    desk.one = desk.entry(MEMBER)
    steps.append((desk.write(), desk.received(desk.first())))
    yield _case(desk.name, steps)
    desk = Desk("second-over-quota", of("Q001"), PROJECT)
    steps = [(desk.write(), desk.received(desk.first()))]
    desk.one = desk.entry(PROJECT)
    steps.append((desk.write(), desk.received(desk.first("over-quota", "over-quota"))))
    desk.one = desk.entry(TEAM)
    steps.append((desk.write(), desk.received(desk.first())))
    yield _case(desk.name, steps)
    desk = Desk("late-ones-count-after-the-others", of("G003"), TEAM)
    steps = [(desk.write(arrived=at(21, 9)), desk.received(desk.first("late", "late")))]
    desk.one = desk.entry(TEAM)
    steps.append((desk.write(arrived=at(21, 10)), desk.received(desk.first("late", "late", "over-quota"))))
    yield _case(desk.name, steps)
    desk = Desk("small-city-over-several-days", of("411000"), MEMBER)
    steps = []
    for number in range(7):
        desk.one = desk.entry(MEMBER)
        over = ("over-quota", "over-quota") if number > 4 else ("accepted",)
        steps.append((desk.write(), desk.received(desk.first(*over))))
    yield _case(desk.name, steps)
    desk = Desk("status-and-forms-in-between", of("410900"), TEAM)
    signature = f"\n{desk.sender.signature}"
    steps = [(desk.write(), desk.received(desk.first()))]
    steps.append((desk.write((), subject="查询", text=f"请告知受理情况。{signature}"), Label("command", "410900", "status")))
    steps.append((desk.write((), subject="索取表格", text=signature), Label("command", "410900", "forms")))
    yield _case(desk.name, steps)


def _duplicates() -> Iterator[Case]:
    one, two = Desk("duplicate-by-another-unit", of("S037"), TEAM), Desk("duplicate-other", of("T010"), TEAM)
    two.one = two.entry(TEAM, one.one.nominee)
    steps: list[Step] = [(one.write(), one.received(one.first()))]
    steps.append((two.write(sender="other@example.org"), two.received(two.first("accepted", "duplicate-nominee"))))
    yield _case(one.name, steps)
    desk = Desk("duplicate-in-another-category", of("S045"), TEAM)
    steps = [(desk.write(), desk.received(desk.first()))]
    desk.one = desk.entry(PROJECT, desk.one.nominee)
    steps.append((desk.write(), desk.received(desk.first("accepted", "duplicate-nominee"))))
    yield _case(desk.name, steps)
    one, two = Desk("similar-material", of("S049"), PROJECT), Desk("similar-other", of("T003"), PROJECT)
    two.one = replace(two.one, body=(*one.one.body[:-1], two.one.body[-1]))
    steps = [(one.write(), one.received(one.first()))]
    steps.append((two.write(sender="other@example.org"), two.received(two.first("accepted", "similar-material"))))
    yield _case(one.name, steps)
    desk = Desk("the-same-again", of("S096"))
    again = desk.write(subject="Fw: 省消防救援总队“三个100”推荐材料", text="重发一次，请查收。河南省消防救援总队")
    files = [desk.form(), desk.material()]
    yield _case(
        desk.name,
        [
            (desk.write(files), desk.received(desk.first())),
            (replace(again, files=files), desk.received(replace(desk.first(), number="0001"))),
        ],
    )


def _senders() -> Iterator[Case]:
    desk = Desk("sender-first-teaches-second-is-new", of("G008"), TEAM)
    steps: list[Step] = [(desk.write(sender="a@example.com"), desk.received(desk.first()))]
    desk.one = desk.entry(MEMBER)
    steps.append((desk.write(sender="A@Example.com"), desk.received(desk.first())))
    desk.one = desk.entry(PROJECT)
    steps.append((desk.write(sender="b@example.org"), desk.received(desk.first(), findings=["sender-new"])))
    yield _case(desk.name, steps)
    desk = Desk("unit-named-in-a-reply", of("S040"))
    unknown = replace(desk.one, values={**desk.one.values, "推荐单位": ""})
    desk.one = unknown
    first = desk.write(subject="三个100推荐材料", text="材料见附件，请查收。")
    reply = desk.write(
        (),
        subject="回复：【需补正】三个100推荐材料",
        text="您好，我们是河南省人力资源和社会保障厅。",
        headers=(
            ("In-Reply-To", "<unseen@shouli.example.com>"),
            ("References", f"{first.message_id} <unseen@shouli.example.com>"),
        ),
    )
    first_label = Label("returned", findings=frozenset({"unit-unknown"}))
    filed_now = replace(filed(unknown, ANY, ANY), characters=None)
    fixed = replace(first, arrived=at(10, 9))
    headers = (("In-Reply-To", fixed.message_id), ("References", fixed.message_id))
    yield Case(
        desk.name,
        (
            Mail(fixed.bytes(), first_label),
            Mail(replace(reply, arrived=at(10, 11), headers=headers).bytes(), desk.received(filed_now)),
        ),
    )


def cases() -> Iterator[Case]:
    """All of them."""
    for part in (_corrections, _of_several, _halves, _quota, _duplicates, _senders):
        yield from part()
