"""One scene a letter: a small ledger and the letter that must come of it; the golden files and the pictures show them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.adapters.cover_sheet import SheetScribe
from bot.deciding.deeds import Deed
from bot.deciding.stages import Stage
from bot.model import (
    Address,
    Alternative,
    Change,
    Command,
    Count,
    Event,
    Fact,
    Filing,
    Format,
    Letter,
    Note,
    NoteKind,
    Outcome,
    Outgoing,
    Place,
    Role,
    State,
    Trouble,
)
from bot.steps.alert import Alarm, alert_letter
from bot.steps.orders import ORDERED
from bot.steps.reminder_letters import Reminding
from bot.steps.tell import decision_letter
from tests.letters.build import POST, RULES, Ledger, at, file, found, mail, nomination, wording

NOW = at(10, 9, 31)
FORM = "推荐表.docx"
MATERIAL = "典型材料.docx"


def receipt() -> Outgoing:
    """All in order."""
    ledger = Ledger()
    ledger.put(
        mail(
            1,
            Outcome.RECEIVED,
            Letter.RECEIPT,
            "云川市“三个100”推荐材料",
            files=(file(FORM, Role.FORM), file(MATERIAL, Role.MATERIAL, 31_204)),
        ),
        nomination("0123", "红山区“家门口”养老服务项目"),
    )
    return ledger.letter(NOW)


def receipt_corrected() -> Outgoing:
    """A new version, with what changed."""
    ledger = Ledger()
    ledger.put(mail(1, Outcome.RECEIVED, None), nomination("0123", "红山区“家门口”养老服务项目"))
    ledger.mails.clear()
    again = mail(2, Outcome.RECEIVED, Letter.RECEIPT, "回复：更正 0123", files=(file(FORM, Role.FORM),))
    changes = (
        Change("联系电话", "0399-5550", "0399-5550001"),
        Change("公示情况", "", "12月6日至12月8日在《云川日报》公示"),
        Change("category", "team", "project"),
        Change("material", "2145", "1873"),
    )
    ledger.put(again, nomination("0123", "红山区“家门口”养老服务项目", version=2), filing=Filing.CORRECTED, changes=changes)
    return ledger.letter(NOW)


def receipt_late() -> Outgoing:
    """Filed after the deadline: nothing is claimed, the office decides."""
    ledger = Ledger()
    late = found("late", days=0, hours=9, minutes=30, deadline="2021-12-20", received="2021-12-21T09:30:05+08:00")
    row = mail(
        1,
        Outcome.RECEIVED,
        Letter.RECEIPT,
        unit="p1",
        received=at(21),
        files=(file(FORM, Role.FORM), file(MATERIAL, Role.MATERIAL)),
    )
    one = nomination("0640", "王安宁", "member", "p1", state=State.LATE, findings=(late,), received=at(21), updated=at(21))
    ledger.put(row, one)
    return ledger.letter(at(21, 9, 31))


def receipt_late_correction() -> Outgoing:
    """A correction after the deadline: what came in time stands until the office decides."""
    ledger = Ledger()
    late = found("late", days=1, hours=0, minutes=5, standing=1)
    row = mail(1, Outcome.RECEIVED, Letter.RECEIPT, unit="p1", received=at(22), files=(file(FORM, Role.FORM),))
    one = nomination(
        "0642", "王安宁", "member", "p1", version=2, state=State.LATE, findings=(late,), standing=1, updated=at(22)
    )
    ledger.put(row, one, filing=Filing.CORRECTED, changes=(Change("联系电话", "0371-5550100", "0371-5550101"),))
    return ledger.letter(at(22, 9, 31))


def receipt_held() -> Outgoing:
    """Filed, but a person must pair the files."""
    ledger = Ledger()
    files = (file("表1.docx", Role.FORM), file("材料甲.docx", Role.MATERIAL), file("材料乙.docx", Role.MATERIAL))
    one = nomination(
        "0124", "便民服务队", "team", state=State.HELD, material=None, count=None, uncertain=("材料甲.docx", "材料乙.docx")
    )
    ledger.put(mail(1, Outcome.RECEIVED, Letter.HELD, files=files), one)
    return ledger.letter(NOW)


def receipt_unpaired() -> Outgoing:
    """Two forms and two materials that nothing pairs: asked which belong together."""
    ledger = Ledger()
    halves = (Alternative("material", "典型材料1.docx", "a" * 64), Alternative("material", "典型材料2.docx", "b" * 64))
    files = (
        file("王安宁推荐表.docx", Role.FORM),
        file("郑远推荐表.docx", Role.FORM),
        *(file(half.path, Role.MATERIAL) for half in halves),
    )
    ones = [
        replace(
            nomination(number, name, "member", state=State.HELD),
            material=None,
            count=None,
            form_mail=1,
            uncertain=(f"{name}推荐表.docx", *(half.path for half in halves)),
            alternatives=halves,
        )
        for number, name in (("0123", "王安宁"), ("0124", "郑远"))
    ]
    ledger.put(mail(1, Outcome.RECEIVED, Letter.RECEIPT, "云川市推荐材料", files=files), *ones)
    return ledger.letter(NOW)


def defects() -> Outgoing:
    """Several things to mend, each with its place."""
    ledger = Ledger()
    files = (file(FORM, Role.FORM), file(MATERIAL, Role.MATERIAL, 88_012), file("证明.rar", Role.UNREAD, 2_301_444))
    findings = (
        found("field-missing", "联系电话", FORM, Place(FORM, table=1, row=3, column=2), wanted="telephone"),
        found(
            "field-invalid",
            "公示情况",
            FORM,
            Place(FORM, table=1, row=9, column=2),
            found="已公示5个工作日",
            wanted="publicity-dates",
        ),
        found("material-too-long", None, MATERIAL, Place(MATERIAL), count=2145, limit=2000, over=145),
        found(
            "not-party-member",
            "政治面貌",
            FORM,
            Place(FORM, table=1, row=2, column=4),
            found="中共预备党员",
            wanted=("中共党员",),
        ),
        found("sender-new", address="yunchuan@city.example", known=("other@city.example",)),
    )
    row = mail(
        1,
        Outcome.RECEIVED,
        Letter.DEFECTS,
        "云川市报送党员服务标兵",
        files=files,
        findings=(found("attachment-encrypted", None, "证明.rar", Place("证明.rar")),),
    )
    ledger.put(row, nomination("0125", "陈向前", "member", state=State.DEFECTIVE, findings=findings, count=Count(2145, 2200)))
    return ledger.letter(NOW)


def defects_half() -> Outgoing:
    """A material that came alone: the blank form goes with the letter."""
    ledger = Ledger()
    findings = (found("form-missing", None, MATERIAL, nominee="红山区“家门口”养老服务项目", form_title="实事项目推荐表"),)
    ledger.put(
        mail(1, Outcome.RECEIVED, Letter.DEFECTS, files=(file(MATERIAL, Role.MATERIAL),)),
        nomination(
            "0126", "红山区“家门口”养老服务项目", form=None, state=State.DEFECTIVE, findings=findings, publicity_shown=False
        ),
    )
    return ledger.letter(NOW)


def defects_returned_cloud() -> Outgoing:
    """Nothing could be filed: only a link came."""
    ledger = Ledger()
    finding = found("cloud-attachment", count=2, links=("https://cloud.example/a", "https://cloud.example/b"))
    ledger.put(mail(1, Outcome.RETURNED, Letter.DEFECTS, "云川市推荐材料（超大附件）", findings=(finding,)))
    return ledger.letter(NOW)


def defects_unit_ambiguous() -> Outgoing:
    """Nothing filed: two units on strong evidence."""
    ledger = Ledger()
    finding = found("unit-ambiguous", candidates=("c1", "c2"), names=("云川市", "临河市"))
    row = mail(
        1,
        Outcome.RETURNED,
        Letter.DEFECTS,
        unit=None,
        findings=(finding,),
        files=(file(FORM, Role.FORM), file(MATERIAL, Role.MATERIAL)),
    )
    ledger.put(row)
    return ledger.letter(NOW)


def defects_not_entitled() -> Outgoing:
    """Nothing filed: a county writes by itself."""
    ledger = Ledger()
    finding = found("unit-not-entitled", unit="n1", name="青石县", through="c1", through_name="云川市")
    row = mail(
        1, Outcome.RETURNED, Letter.DEFECTS, "青石县推荐材料", unit="n1", findings=(finding,), files=(file(FORM, Role.FORM),)
    )
    ledger.put(row)
    return ledger.letter(NOW)


def defects_over_quota() -> Outgoing:
    """More than the quota: which ones stand is asked."""
    ledger = Ledger()
    ledger.put(mail(1, Outcome.RECEIVED, None, unit="p1"), nomination("0130", "王安宁", "member", "p1"))
    ledger.mails.clear()
    over = found("over-quota", quota=1, live=2, place=2, numbers=("0130",), nominees=("王安宁",))
    row = mail(2, Outcome.RECEIVED, Letter.DEFECTS, unit="p1", files=(file(FORM, Role.FORM), file(MATERIAL, Role.MATERIAL)))
    ledger.put(row, nomination("0131", "赵明远", "member", "p1", state=State.OVER_QUOTA, findings=(over,)))
    return ledger.letter(NOW)


def defects_listed() -> Outgoing:
    """A nomination in order, and a summary table that lists two more of whom nothing has come."""
    ledger = Ledger()
    gaps = [
        replace(found(check, nominee=name, listed=True), file="汇总表.xlsx")
        for name in ("王安宁", "“夜间门诊”服务项目")
        for check in ("form-missing", "material-missing")
    ]
    files = (file(FORM, Role.FORM), file(MATERIAL, Role.MATERIAL), file("汇总表.xlsx", Role.SUMMARY))
    row = mail(1, Outcome.RECEIVED, Letter.DEFECTS, "云川市推荐材料", files=files, findings=tuple(gaps))
    ledger.put(row, nomination("0123", "红山区“家门口”养老服务项目"))
    return ledger.letter(NOW)


def defects_late() -> Outgoing:
    """To mend, after the deadline: no date is promised."""
    ledger = Ledger()
    findings = (
        found("publicity-missing", "公示情况", FORM, Place(FORM, table=1, row=9, column=2), days=3),
        found("late", days=1, hours=0, minutes=31),
    )
    row = mail(
        1,
        Outcome.RECEIVED,
        Letter.DEFECTS,
        received=at(22, 0, 31),
        files=(file(FORM, Role.FORM), file(MATERIAL, Role.MATERIAL)),
    )
    ledger.put(row, nomination("0641", "山区校车项目", state=State.LATE, findings=findings, publicity_shown=False))
    return ledger.letter(at(22, 0, 32))


def held() -> Outgoing:
    """A question: one polite line."""
    ledger = Ledger()
    ledger.put(mail(1, Outcome.HELD, Letter.HELD, "请问公示照片需要盖章吗", unit=None))
    return ledger.letter(NOW)


def receipt_many() -> Outgoing:
    """One city's archive with nine nominations, one of them to mend."""
    ledger = Ledger()
    names = [f"{place}惠民项目" for place in ("东山", "西湖", "南关", "北岗", "中原", "新桥", "古城", "清河", "长坡")]
    folders = [f"云川市.zip/{index} {name}" for index, name in enumerate(names, 1)]
    files = [file("云川市.zip", Role.OTHER, 3_400_000, Format.ZIP)]
    for folder in folders:
        files += [file(f"{folder}/推荐表.docx", Role.FORM), file(f"{folder}/典型材料.docx", Role.MATERIAL)]
    form = f"{folders[4]}/推荐表.docx"
    missing = found("field-missing", "项目负责人", form, Place(form, table=1, row=4, column=2), wanted="person")
    rows = [nomination(f"{index:04}", name, order=index) for index, name in enumerate(names, 1)]
    rows[4] = replace(rows[4], state=State.DEFECTIVE, findings=(missing,))
    ledger.put(mail(1, Outcome.RECEIVED, Letter.RECEIPT, "云川市推荐材料（实事项目9件）", files=tuple(files)), *rows)
    return ledger.letter(NOW)


def combined() -> Outgoing:
    """Four mails of one city within minutes: every nomination and every defect in one letter."""
    ledger = Ledger()
    for id in (1, 2):
        folder = f"云川市{id}.zip"
        files = (file(f"{folder}/推荐表.docx", Role.FORM), file(f"{folder}/典型材料.docx", Role.MATERIAL))
        ledger.put(
            mail(id, Outcome.RECEIVED, Letter.RECEIPT, f"云川市推荐材料之{id}", files=files),
            nomination(f"000{id}", f"惠民项目{'甲乙'[id - 1]}"),
        )
    missing = found("field-missing", "项目负责人", FORM, Place(FORM, table=1, row=4, column=2), wanted="person")
    ledger.put(
        mail(
            3,
            Outcome.RECEIVED,
            Letter.DEFECTS,
            "云川市推荐材料之3",
            files=(file(FORM, Role.FORM), file(MATERIAL, Role.MATERIAL)),
        ),
        nomination("0003", "惠民项目丙", state=State.DEFECTIVE, findings=(missing,)),
    )
    locked = found("attachment-encrypted", None, "云川市4.zip", Place("云川市4.zip"))
    ledger.put(
        mail(
            4,
            Outcome.RETURNED,
            Letter.DEFECTS,
            "云川市推荐材料之4",
            findings=(locked,),
            files=(file("云川市4.zip", Role.UNREAD),),
        )
    )
    return ledger.letter(at(10, 9, 40))


def status() -> Outgoing:
    """Everything of the unit."""
    ledger = Ledger()
    missing = found("material-missing", None, FORM, nominee="便民服务队", limit=2000)
    ledger.put(
        mail(1, Outcome.RECEIVED, None),
        nomination("0001", "惠民项目甲", paper=at(9)),
        nomination("0002", "便民服务队", "team", state=State.DEFECTIVE, material=None, count=None, findings=(missing,)),
        nomination("0003", "陈向前", "member", state=State.WITHDRAWN),
    )
    ledger.mails.clear()
    ledger.put(mail(2, Outcome.COMMAND, Letter.STATUS, "查询", command=Command.STATUS))
    return ledger.letter(NOW)


def forms() -> Outgoing:
    """All blank forms."""
    ledger = Ledger()
    ledger.put(mail(1, Outcome.COMMAND, Letter.FORMS, "请问推荐表在哪里下载", command=Command.FORMS, unit=None))
    return ledger.letter(NOW)


def withdrawn() -> Outgoing:
    """A withdrawal, which lets another one in."""
    ledger = Ledger()
    ledger.put(mail(1, Outcome.RECEIVED, None, unit="p1"), nomination("0131", "赵明远", "member", "p1"))
    ledger.mails.clear()
    row = mail(2, Outcome.COMMAND, Letter.WITHDRAWN, "撤回 0130", command=Command.WITHDRAW, unit="p1")
    row = ledger.put(row, nomination("0130", "王安宁", "member", "p1", state=State.WITHDRAWN), filing=Filing.WITHDRAWN)
    ledger.file(row, nomination("0131", "赵明远", "member", "p1", mail=1), Filing.RESTATED)
    return ledger.letter(NOW)


def reminder() -> Outgoing:
    """What a city still owes, three days before."""
    ledger = Ledger()
    missing = found("field-missing", "联系电话", FORM, Place(FORM, table=1, row=3, column=2), wanted="telephone")
    ledger.put(
        mail(1, Outcome.RECEIVED, None),
        nomination("0001", "惠民项目甲"),
        nomination("0002", "便民服务队", "team", state=State.DEFECTIVE, findings=(missing,)),
    )
    late_zip = found("attachment-encrypted", None, "云川市4.zip", Place("云川市4.zip"))
    ledger.put(mail(2, Outcome.RETURNED, None, "云川市推荐材料之4", findings=(late_zip,), received=at(10) + timedelta(days=1)))
    with ledger.store.glance() as look:
        return Reminding(look, wording(), RULES, at(17, 9, 0), POST).letters(Stage(3))[0]


def papers() -> Outgoing:
    """Two days after the deadline: what of a city is stamped and in, what is not, and one that is still to be mended."""
    ledger = Ledger()
    missing = found("field-missing", "联系电话", FORM, Place(FORM, table=1, row=3, column=2), wanted="telephone")
    ledger.put(
        mail(1, Outcome.RECEIVED, None),
        nomination("0001", "惠民项目甲"),
        nomination("0002", "便民服务队", "team", state=State.DEFECTIVE, findings=(missing,)),
        nomination("0003", "王安宁", "member"),
        nomination("0004", "惠民项目丁", paper=at(21)),
    )
    with ledger.store.glance() as look:
        return Reminding(look, wording(), RULES, at(22, 9, 0), POST, SheetScribe(wording())).letters(Stage(2, papers=True))[0]


def alert() -> Outgoing:
    """To the operator: the mailbox has not been read for half an hour."""
    alarm = Alarm(Trouble.POLLING, at(10, 8, 3), at(10, 8, 34), "imap.office.example: TimeoutError: timed out")
    return alert_letter(alarm, wording(), RULES, POST, ("operator@office.example",))


def alert_over() -> Outgoing:
    """To the operator: letters leave again, and since when they had not."""
    alarm = Alarm(Trouble.SENDING, at(10, 8, 3), at(10, 11, 20), until=at(10, 11, 19))
    return alert_letter(alarm, wording(), RULES, POST, ("operator@office.example",))


def orders() -> Outgoing:
    """To the office: two orders carried out, two not, and why."""
    ledger = Ledger()
    office = Address("office@office.example")
    row = mail(1, Outcome.COMMAND, Letter.ORDERS, "", unit=None, sender=office, command=Command.ORDER)
    ledger.put(row)
    told: tuple[Mapping[str, Fact], ...] = (
        {"deed": Deed.PAPER, "about": "nomination:0123", "said": "收到纸质 0123、0124", "new": True},
        {"deed": Deed.PAPER, "about": "nomination:0124", "said": "收到纸质 0123、0124", "new": True},
        {"deed": Deed.REFUSE, "about": "nomination:0456", "state": "withdrawn", "reason": "逾期<b>三天</b>"},
        {"deed": Deed.ADMIT, "about": "nomination:0999", "said": "准予 0999", "why": "no-such-nomination"},
        {"deed": "", "about": "", "said": "是否准予0457？", "why": "unclear"},
    )
    with ledger.store.begin() as transaction:
        for facts in told:
            transaction.chronicle.add(Event(row.received, office.address, ORDERED, "mail:1", facts))
    return ledger.letter(NOW)


def decision() -> Outgoing:
    """To a unit: one let in although late, one sent back with the reason, and a longer time."""
    ledger = Ledger()
    late = found("late", days=0, hours=9, minutes=30)
    ledger.put(
        mail(1, Outcome.RECEIVED, None),
        nomination("0123", "红山区“家门口”养老服务项目", findings=(late,), admitted=True),
        nomination("0124", "便民服务队", "team", state=State.WITHDRAWN),
    )
    unit = nomination("0123", "").unit
    with ledger.store.begin() as transaction:
        for subject, text in (
            ("nomination:0123", "admit"),
            ("nomination:0124", "refuse 推荐对象不是团队"),
            (f"unit:{unit}", "extend"),
        ):
            transaction.notes.put(Note(subject, NoteKind.TELL, text, at(10), "office@office.example"))
        transaction.notes.put(Note(f"unit:{unit}", NoteKind.EXTENDED, "2021-12-22", at(10), "office@office.example"))
        letter = decision_letter(transaction, unit, wording(), RULES, NOW, POST)
    assert letter is not None
    return letter


def status_sent_back() -> Outgoing:
    """A query where one nomination was sent back, one withdrawn, and the papers of the third are in."""
    ledger = Ledger()
    row = mail(1, Outcome.COMMAND, Letter.STATUS, "查询", command=Command.STATUS)
    missing = found("field-missing", "联系电话", FORM, wanted="telephone")
    ledger.put(
        row,
        nomination("0123", "红山区“家门口”养老服务项目", paper=at(9)),
        nomination("0124", "便民服务队", "team", state=State.WITHDRAWN),
        nomination("0125", "王安宁", "member", state=State.WITHDRAWN, findings=(missing,)),
    )
    with ledger.store.begin() as transaction:
        note = Note("nomination:0124", NoteKind.RETURNED, "1 推荐对象不是团队", at(10), "office@office.example")
        transaction.notes.put(note)
    return ledger.letter(NOW)


def alert_suspect() -> Outgoing:
    """To the operator: a letter was taken for spam."""
    alarm = Alarm(Trouble.SUSPECT, at(10, 9, 12), at(10, 9, 13), "content: 554 DT:SPM 126 smtp7")
    return alert_letter(alarm, wording(), RULES, POST, ("operator@office.example",))


SCENES: tuple[Callable[[], Outgoing], ...] = (
    receipt,
    receipt_corrected,
    receipt_late,
    receipt_late_correction,
    receipt_held,
    receipt_unpaired,
    defects,
    defects_half,
    defects_returned_cloud,
    defects_unit_ambiguous,
    defects_not_entitled,
    defects_over_quota,
    defects_listed,
    defects_late,
    held,
    receipt_many,
    combined,
    status,
    status_sent_back,
    forms,
    withdrawn,
    reminder,
    papers,
    alert,
    alert_over,
    alert_suspect,
    orders,
    decision,
)
"""Every letter at least once, in the order of `bot.model.Letter`."""
