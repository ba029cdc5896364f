"""Mails that belong together: quotas, versions, halves, doubles, withdrawals, late corrections."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.labelled.label import Case, Filed, Mail
from tests.labelled.stranger import paper, texts
from tests.labelled.stranger.base import bodies
from tests.labelled.stranger.expect import label, n
from tests.labelled.stranger.post import mail

START = datetime.fromisoformat("2021-12-16T09:00:00+08:00")


class Day:
    """Mails of one box, a quarter of an hour apart."""

    def __init__(self, name: str, start: datetime = START) -> None:
        self.name, self.start, self.mails = name, start, list[Mail]()

    def add(self, parts: Mapping[str, Any], outcome: str, unit: str | None = "*", *noms: Filed, **more: Any) -> None:
        """One more mail: what `mail` takes, and what must come of it."""
        at = (self.start + timedelta(minutes=15 * len(self.mails))).isoformat()
        raw = mail(**({"subject": "推荐材料", "text": "见附件", "at": at} | dict(parts)))
        self.mails.append(Mail(raw, label(outcome, unit, noms, **more)))


def pair(cat: str, unit: str, who: str, seed: str, **more: Any) -> dict[str, bytes]:
    a, b = bodies(cat, unit, who, seed, **more)
    return {f"{who}推荐表.docx": a, f"{who}典型材料.docx": b}


def province_quota() -> Day:
    day = Day("quota-province")
    day.add({"files": pair("project", "省教育厅", "午间热饭工程", "q1")}, "received", "~教育厅", n("project", "午间热饭工程"))
    day.add(
        {"files": pair("project", "省教育厅", "校车护航行动", "q2")},
        "received",
        "~教育厅",
        n("project", "校车护航行动", "over-quota"),
    )
    day.add({"files": pair("team", "省教育厅", "暖阳资助团队", "q3")}, "received", "~教育厅", n("team", "暖阳资助团队"))
    day.add(
        {"files": pair("project", "省财政厅", "一卡通补贴直达", "q4")}, "received", "~财政厅", n("project", "一卡通补贴直达")
    )
    return day


def one_mail_quota() -> Day:
    day = Day("quota-one-mail")
    files: dict[str, bytes] = {}
    for i, who in enumerate(("甲板桥便民工程", "乙类管网改造", "丙街路灯点亮"), 1):
        files |= {f"{i}-{k}": v for k, v in pair("project", "郑州轻工业大学", who, f"om{i}").items()}
    day.add(
        {"files": files}, "received", "郑州轻工业大学",
        n("project", "甲板桥便民工程"), n("project", "乙类管网改造", "over-quota"), n("project", "丙街路灯点亮", "over-quota"),
    )  # fmt: skip
    return day


NAMES = "早安公交 午后书屋 晚霞餐桌 夜归灯光 山路通途 河畔步道 校门护学 院内停车 窗口延时 上门办证 助农直播".split()


def city_quota(unit: str, limit: int, person: str) -> Day:
    day = Day(f"quota-{unit}")
    for i in range(limit + 1):
        who = f"{unit[:2]}{NAMES[i]}项目"
        over = ("over-quota",) if i == limit else ()
        day.add({"files": pair("project", unit, who, f"{unit}{i}")}, "received", unit, n("project", who, *over))
    day.add({"files": pair("member", unit, person, f"{unit}m")}, "received", unit, n("member", person))
    return day


def halves() -> Day:
    day = Day("halves")
    a, b = bodies("project", "开封市", "“古城会客厅”便民项目", "h1")
    day.add({"files": {"推荐表.docx": a}}, "received", "开封市", n("project", "“古城会客厅”便民项目", "material-missing"))
    day.add(
        {"subject": "开封市补报典型材料", "files": {"“古城会客厅”便民项目典型材料.docx": b}},
        "received",
        "开封市",
        n("project", "“古城会客厅”便民项目", number="0001"),
    )
    a, b = bodies("member", "开封市", "牛得草", "h2")
    day.add(
        {"subject": "开封市党员服务标兵材料", "files": {"牛得草典型材料.docx": b}},
        "received",
        "开封市",
        n("member", "牛得草", "form-missing"),
    )
    day.add({"files": {"牛得草推荐表.docx": a}}, "received", "开封市", n("member", "牛得草", number="0002"))
    return day


def halves_without_a_name() -> Day:
    """The second mail says nothing of the unit; its sender does."""
    day = Day("halves-no-name")
    a, b = bodies("project", "周口市", "“渡口代驾”便民项目", "hn1")
    day.add(
        {"subject": "推荐表", "files": {"推荐表.docx": a}, "sender": "zk@163.com"},
        "received",
        "周口市",
        n("project", "“渡口代驾”便民项目", "material-missing"),
    )
    day.add(
        {
            "subject": "补充材料",
            "text": "补交典型材料。",
            "files": {"“渡口代驾”便民项目典型材料.docx": b},
            "sender": "zk@163.com",
        },
        "received",
        "周口市",
        n("project", "“渡口代驾”便民项目", number="0001"),
    )
    day.add(
        {
            "subject": "补充材料",
            "text": "补交典型材料。",
            "files": {"“渡口代驾”便民项目典型材料.docx": b},
            "sender": "other@163.com",
        },
        "returned",
        None,
        finds=frozenset({"unit-unknown"}),
    )
    day.add({"subject": "查询受理情况", "text": "请问收到了吗", "sender": "zk@163.com"}, "command", "周口市", command="status")
    return day


def corrected() -> Day:
    day = Day("corrected")
    bad = pair("team", "信阳市", "茶乡快办队", "c1", over={"联系电话": "123"})
    good = pair("team", "信阳市", "茶乡快办队", "c1")
    day.add({"files": bad}, "received", "信阳市", n("team", "茶乡快办队", "field-invalid:联系电话"))
    day.add({"subject": "更正：推荐材料", "files": good}, "received", "信阳市", n("team", "茶乡快办队", number="0001"))
    a, _ = bodies("team", "信阳市", "茶乡快办服务队", "c1")
    day.add(
        {"subject": "0001号材料更正（名称改为茶乡快办服务队）", "files": {"推荐表.docx": a}},
        "received",
        "信阳市",
        n("team", "茶乡快办服务队", number="0001"),
    )
    day.add({"subject": "撤回0001", "text": "因故撤回0001号推荐"}, "command", "信阳市", command="withdraw")
    day.add(
        {"files": pair("team", "信阳市", "淮河源头志愿队", "c2")},
        "received",
        "信阳市",
        n("team", "淮河源头志愿队", number="0002"),
    )
    return day


def withdrawn_frees_place() -> Day:
    day = Day("withdrawn-frees")
    day.add({"files": pair("member", "省民政厅", "仝立新", "w1")}, "received", "~民政厅", n("member", "仝立新"))
    day.add({"files": pair("member", "省民政厅", "和谐荣", "w2")}, "received", "~民政厅", n("member", "和谐荣", "over-quota"))
    day.add({"subject": "撤回0001", "text": "我厅撤回0001号仝立新的推荐。"}, "command", command="withdraw")
    day.add({"files": pair("member", "省民政厅", "宰文博", "w3")}, "received", "~民政厅", n("member", "宰文博", "over-quota"))
    return day


def doubles() -> Day:
    day = Day("doubles")
    over = {"工作单位及职务": "河南省人民检察院驻村第一书记", "联系电话": "13937311111", "出生年月": "1980年5月"}
    story = texts.material("记党员服务标兵乔木森同志", "d1")
    form, _ = bodies("member", "洛阳市", "乔木森", "d1", over)
    day.add(
        {"files": {"乔木森推荐表.docx": form, "乔木森典型材料.docx": paper.prose(story)}},
        "received",
        "洛阳市",
        n("member", "乔木森"),
    )
    form, _ = bodies("member", "河南省人民检察院", "乔木森", "d2", over)
    day.add(
        {"files": {"乔木森推荐表.docx": form, "乔木森典型材料.docx": paper.prose(story)}}, "received", "~检察院",
        n("member", "乔木森", "duplicate-nominee", "similar-material"),
    )  # fmt: skip
    other = {"工作单位及职务": "南召县教育局教师", "联系电话": "13937722222", "出生年月": "1985年9月"}
    day.add({"files": pair("member", "南阳市", "乔木森", "d3", over=other)}, "received", "南阳市", n("member", "乔木森"))
    changed = [texts.material("“灯塔”助学项目典型材料", "d4")[0], *story[1:]]
    form, _ = bodies("project", "南阳市", "“灯塔”助学项目", "d4")
    day.add(
        {"files": {"“灯塔”助学项目推荐表.docx": form, "“灯塔”助学项目典型材料.docx": paper.prose(changed)}},
        "received",
        "南阳市",
        n("project", "“灯塔”助学项目", "similar-material"),
    )
    day.add({"files": pair("team", "商丘市", "归德便民服务队", "d5")}, "received", "商丘市", n("team", "归德便民服务队"))
    day.add(
        {"files": pair("project", "商丘市", "归德便民服务队", "d6")},
        "received",
        "商丘市",
        n("project", "归德便民服务队", "duplicate-nominee"),
    )
    return day


def late_ones() -> Day:
    day = Day("late", datetime.fromisoformat("2021-12-20T23:30:00+08:00"))
    early = {"公示情况": "2021年12月8日至12月14日公示"}
    day.add(
        {"files": pair("project", "省水利厅", "清水到家工程", "l1", over=early)},
        "received",
        "~水利厅",
        n("project", "清水到家工程"),
    )
    day.add(
        {"files": pair("project", "省水利厅", "清水到家工程", "l1", over={**early, "受益人数": "8000人"})},
        "received",
        "~水利厅",
        n("project", "清水到家工程", number="0001"),
    )
    day.add(
        {"files": pair("team", "省水利厅", "河长巡护队", "l2", over=early)},
        "received",
        "~水利厅",
        n("team", "河长巡护队", "late"),
    )
    day.add(
        {"files": pair("team", "省水利厅", "水库守夜队", "l3", over=early)},
        "received",
        "~水利厅",
        n("team", "水库守夜队", "late", "over-quota"),
    )
    return day


def new_sender() -> Day:
    day = Day("new-sender")
    day.add(
        {"files": pair("project", "鹤壁市", "淇河步道项目", "s1"), "sender": "hbds@163.com"},
        "received",
        "鹤壁市",
        n("project", "淇河步道项目"),
    )
    day.add(
        {"files": pair("team", "鹤壁市", "淇园服务队", "s2"), "sender": "hbds@163.com"},
        "received",
        "鹤壁市",
        n("team", "淇园服务队"),
    )
    day.add(
        {"files": pair("member", "鹤壁市", "冀中原", "s3"), "sender": "someone@qq.com"},
        "received",
        "鹤壁市",
        n("member", "冀中原"),
        finds=frozenset({"sender-new"}),
    )
    day.add(
        {"files": pair("member", "漯河市", "盖世昌", "s4"), "sender": "hbds@163.com"},
        "received",
        "漯河市",
        n("member", "盖世昌"),
    )
    return day


def returned_then_named() -> Day:
    day = Day("returned-then-named")
    blank = {"推荐单位": "", "推荐单位意见": "同意推荐。（盖章）2021年12月15日"}
    day.add(
        {"files": pair("project", "", "井台夜话项目", "r1", over=blank), "message_id": "<r1@163.com>"},
        "returned",
        None,
        finds=frozenset({"unit-unknown"}),
    )
    day.add(
        {
            "subject": "Re: 推荐材料",
            "text": "我们是安阳市委党史学习教育领导小组办公室。",
            "headers": {"In-Reply-To": "<r1@163.com>", "References": "<r1@163.com>"},
        },
        "received",
        "安阳市",
        n("project", "井台夜话项目", number="0001"),
    )
    return day


def same_again() -> Day:
    day = Day("same-again")
    files = pair("project", "濮阳市", "油田社区代办点", "sa")
    day.add({"files": files}, "received", "濮阳市", n("project", "油田社区代办点", number="0001"))
    day.add({"subject": "再次报送", "files": files}, "received", "濮阳市", n("project", "油田社区代办点", number="0001"))
    return day


def days() -> Iterator[Day]:
    yield together(
        "quotas",
        province_quota(),
        one_mail_quota(),
        city_quota("许昌市", 5, "库新民"),
        city_quota("济源示范区", 5, "麻秋实"),
        city_quota("南阳市", 10, "化冬梅"),
    )
    yield halves()
    yield halves_without_a_name()
    yield corrected()
    yield withdrawn_frees_place()
    yield doubles()
    yield late_ones()
    yield new_sender()
    yield returned_then_named()
    yield same_again()


def together(name: str, *parts: Day) -> Day:
    """Days of different units as one: nothing that one of them files bears on another."""
    day = Day(name)
    day.mails = [mail for part in parts for mail in part.mails]
    return day


def cases() -> Iterator[Case]:
    for day in days():
        yield Case(f"day-{day.name}", tuple(day.mails))
