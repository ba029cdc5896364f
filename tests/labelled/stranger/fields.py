"""Fields: every starred one missing, placeholders, telephone numbers, dates, ages, party, choices."""

from collections.abc import Iterator
from itertools import cycle

from tests.labelled.label import Case
from tests.labelled.stranger import paper
from tests.labelled.stranger.base import one

LAY = cycle(paper.LAYOUTS)

GOOD_PHONES = (
    """
0371-65901305|037165901305|(0371)65901305|（0371）65901305|0371—65901305|0371－65901305|0371 65901305|0371-6590 1305|65901305|13937312345|139 3731 2345|139-3731-2345|+86 13937312345
+86-139-3731-2345|86 13937312345|008613937312345|0371-65901305转801|0371-65901305-801|0371-65901305（办公室）|13937312345（微信同号）|13937312345、0373-3022345|13937312345/15836012345
办公：0373-3022345 手机：13937312345|０３７１－６５９０１３０５|１３９３７３１２３４５|谷雨晴 13937312345|13937312345（谷雨晴）|0373-3022345，0373-3022346|4001234567|400-123-4567|19937312345|17037312345|16637312345
0379-63901305|0391-6633123|0394-8222345
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
BAD_PHONES = """
1393731234|139373123456|0371-659013|037-65901305|无|待定|12937312345|0371-6590130512|139373l2345|1393731xxxx|见附件|0371-|139****2345|谷雨晴|0000000
""".strip().split("|")  # fmt: skip
EMPTY = [
    "",
    "  ",
    "　　",
    "/",
    "——",
    "—",
    "-",
    "（）",
    "（盖章）",
    "年  月  日",
    "      年      月      日",
    "（限500字以内）",
    "____",
    "……",
    "此处填写",
    "\u00a0",
]


def _missing() -> Iterator[Case]:
    for cat in ("project", "team", "member"):
        for i, field in enumerate(paper.STARRED[cat]):
            if field == paper.NAME[cat]:
                continue
            told = None if i % 2 else ""
            yield one(f"missing-{cat}-{field}", f"field-missing:{field}", cat=cat, over={field: told}, layout=next(LAY))
    for cat in ("project", "team", "member"):
        for field in set(paper.FIELDS[cat]) - set(paper.STARRED[cat]) - {"公示情况", "推荐单位"}:
            yield one(f"optional-{cat}-{field}", cat=cat, over={field: ""}, layout=next(LAY))


def _empty() -> Iterator[Case]:
    for i, text in enumerate(EMPTY):
        yield one(
            f"empty-{i:02d}",
            "field-missing:项目负责人",
            over={"项目负责人": text},
            layout=("four", "two", "lines", "inside")[i % 4],
        )
    yield one(
        "opinion-only-place", "field-missing:推荐单位意见", over={"推荐单位意见": "\n（盖章）\n    年   月   日"}, layout="four"
    )
    yield one("answer-no", over={"群众评价": "无"}, told={"fields": {"群众评价": "无"}})
    yield one("office-own-empty", over={"审定意见": "（盖章）\n年  月  日"})


def _phones() -> Iterator[Case]:
    for i, text in enumerate(GOOD_PHONES):
        yield one(
            f"phone-good-{i:02d}",
            over={"联系电话": text},
            told={"fields": {"联系电话": text}},
            layout=("four", "lines", "two")[i % 3],
        )
    for i, text in enumerate(BAD_PHONES):
        yield one(
            f"phone-bad-{i:02d}",
            "field-invalid:联系电话",
            cat=("project", "team", "member")[i % 3],
            over={"联系电话": text},
            layout=("four", "inside", "two")[i % 3],
        )


BORN = (
    """
1970.01（51岁）=|1970年1月=|1970.1=|1970-01=|1970/1/5=|1970年1月5日=|一九七〇年一月=|19700105=|197001=|1970年01月=|１９７０年１月=|1970 年 1 月=|1970、01=|70年1月=
1961年12月=not-in-service|1961.12=not-in-service|1962年1月=|1962.01=|1961年12月21日=|1961年12月20日=not-in-service|1961年11月30日=not-in-service|1955.6=not-in-service|1961-12-21=
1970年13月=field-invalid:出生年月|1970年2月30日=field-invalid:出生年月|二十世纪七十年代=field-invalid:出生年月|2031年1月=field-invalid:出生年月|51岁=field-invalid:出生年月|不详=field-invalid:出生年月
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
PARTY = (
    """
中共党员=|党员=|中国共产党党员=|中共党员（1998年入党）=|中共 党员=|共产党员=|中共正式党员=
中共预备党员=not-party-member|预备党员=not-party-member|群众=not-party-member|共青团员=not-party-member|民盟盟员=not-party-member|无党派人士=not-party-member|入党积极分子=not-party-member|九三学社社员=not-party-member|民革党员=not-party-member|发展对象=not-party-member
非中共党员=not-party-member|中共党员发展对象=not-party-member
中共党员（预备）=not-party-member|中国共产党预备党员=not-party-member|中共党员（2021年6月转正）=|致公党党员=not-party-member|农工党党员=not-party-member|中共预备党员（2021年5月）=not-party-member|中国共产党员=|中国共产党=|中共=|CPC党员=|共青团员（入党积极分子）=not-party-member|无党派=not-party-member|台盟盟员=not-party-member
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
SERVICE = (
    """
新乡市退役军人事务局局长=|中共党员、退役军人、社区书记=|退休干部管理中心主任=|老干部局离退休干部服务科科长=|新乡市养老服务中心主任=
新乡市原民政局局长（已退休）=not-in-service|退休教师=not-in-service|离休干部=not-in-service|退休返聘医生=not-in-service|某局退休职工=not-in-service|新乡市中心医院主任医师（2020年退休）=not-in-service|某社区书记，现已退休=not-in-service
已于2021年10月退休，返聘=not-in-service|退居二线，一级调研员=|某局离退休干部工作处处长=|老干部大学校长=|市委老干部局退休干部服务中心副主任=|新乡市退休职工管理处主任=|原某局局长，2019年12月退休=not-in-service|离休干部党支部书记（离休）=not-in-service
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
JOINED = """
2012年7月=|2012.07=|2012.7.1=|2012年7月1日=|2012-07-01=|2012年15月=field-invalid:入党时间|2022年7月=field-invalid:入党时间|已入党=field-invalid:入党时间|20120701=|2012/7=|二〇一二年七月=
""".strip().split("|")  # fmt: skip


def _member() -> Iterator[Case]:
    for key, table in (("出生年月", BORN), ("政治面貌", PARTY), ("工作单位及职务", SERVICE), ("入党时间", JOINED)):
        for i, row in enumerate(table):
            value, _, check = row.partition("=")
            more: dict[str, str | None] = {"入党时间": "1999年7月", "参加工作时间": "1995年7月"} if key == "出生年月" else {}
            yield one(
                f"member-{key}-{i:02d}",
                *([check] if check else []),
                cat="member",
                over={**more, key: value},
                layout=("four", "four_down", "two", "lines", "below")[i % 5],
            )
    yield one(
        "member-story-of-the-retired",
        cat="member",
        over={"主要事迹": "她常年照顾退休老人，帮离休干部跑腿办证，为退役军人建档立卡，群众都说好。"},
    )
    yield one("member-sex-wrong", "field-invalid:性别", cat="member", over={"性别": "汉"})
    yield one("member-sex-written", cat="member", over={"性别": "女性"})
    yield one("member-sex-ticked", cat="member", over={"性别": "☑男 □女"})
    yield one("member-sex-unticked", "field-missing:性别", cat="member", over={"性别": "□男 □女"})
    yield one(
        "member-both-defects",
        "not-party-member",
        "not-in-service",
        "field-invalid:联系电话",
        cat="member",
        over={"政治面貌": "群众", "出生年月": "1958年3月", "入党时间": "1980年1月", "联系电话": "123"},
    )


def cases() -> Iterator[Case]:
    yield from _missing()
    yield from _empty()
    yield from _phones()
    yield from _member()
