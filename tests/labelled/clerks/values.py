"""Values as they are typed: dates of birth, telephones, politics, boxes ticked, what stands for nothing, samples left in."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tests.labelled.clerks.base import case, filed, pair, received, written
from tests.labelled.clerks.drawing import HAND_NAMES
from tests.labelled.clerks.sheet import MEMBER, PROJECT, TEAM, sheet
from tests.labelled.label import Case, Filed, at

PHONES_RIGHT = (
    "13803730000",
    "138 0373 0000",
    "138-0373-0000",
    "0371-65901305",
    "(0373)3051234",
    "（0373）3051234",
    "03733051234",
    "+86 13803730000",
    "8613803730000",
    "0373－3051234",
    "１３８０３７３００００",
    "13803730000/0373-3051234",
    "13803730000、13903730001",
    "13803730000（王主任）",
    "王主任 13803730000",
    "办公：0373-3051234 手机：13803730000",
    "0371—65901305",
    "0371 6590 1305",
    "13803730000\n0373-3051234",
    "0371-65901305转802",
)
PHONES_WRONG = ("1380373000", "138037300001", "1380373OOOO", "0371-659", "同上", "无", "12803730000")
BIRTHS_RIGHT = (
    "1970.01（51岁）",
    "1970年1月",
    "1970-01",
    "197001",
    "1970/1/15",
    "一九七〇年一月",
    "一九七○年一月",
    "1970年1月15日",
    "1970．01",
    "１９７０年１月",
    "1970.1.15生",
    "1970 年 1 月",
    "1962年1月",
    "1961年12月21日",
    "19611221",
    "1970年01月 （51岁）",
)
BIRTHS_WRONG = ("1970年13月", "1970年2月30日", "1970.00", "2031年5月", "七十年代")
BIRTHS_OLD = ("1961年12月", "1961年12月20日", "1961.11", "1955年3月", "一九六一年十二月", "19611220", "1960年（61岁）1月")
PARTY = (
    "中共党员",
    "党员",
    "中国共产党党员",
    "中共党员（正式）",
    "☑中共党员 □群众",
    "中 共 党 员",
    "√中共党员  □预备党员",
    "中共正式党员",
    "■中共党员 □其他",
)
NO_PARTY = (
    "中共预备党员",
    "预备党员",
    "群众",
    "民盟盟员",
    "共青团员",
    "九三学社社员",
    "无党派人士",
    "□中共党员 ☑群众",
    "入党积极分子",
    "中共预备党员（2021年7月）",
)
IN_SERVICE = (
    "市退役军人事务局优抚科科长",
    "县委老干部局离退休干部科科长",
    "区养老保险中心退休审核科科长",
    "西街社区党支部书记（返聘前为教师）",
    "县老年大学校长",
)
NOT_IN_SERVICE = ("县教育局原局长（已退休）", "退休教师", "市人民医院内科主任，2020年10月退休", "离休干部", "某某局退休干部")
NOTHING = ("/", "—", "-", "——", "    ", "\\", "(空)")
ANSWERS = (
    (PROJECT, "项目负责人", "无"),
    (TEAM, "联系人", "同上"),
    (TEAM, "联系人", "同负责人"),
    (PROJECT, "受益人数", ""),
    (PROJECT, "群众评价", "/"),
    (PROJECT, "开展时间", ""),
    (TEAM, "人数", ""),
    (TEAM, "人数", "二十余人"),
    (TEAM, "曾获表彰", "/"),
    (TEAM, "单位地址", ""),
    (TEAM, "单位性质", "□机关 ☑事业单位 □企业 □社会组织"),
    (TEAM, "单位性质", "事业单位（公益一类）"),
    (MEMBER, "性别", "☑男 □女"),
    (MEMBER, "性别", "□男 √女"),
    (MEMBER, "民族", ""),
    (MEMBER, "学历", "/"),
    (MEMBER, "个人简历", ""),
    (MEMBER, "参加工作时间", "    年    月"),
    (MEMBER, "所在单位意见", ""),
    (MEMBER, "审定意见", "同意"),
    (MEMBER, "入党时间", "1995年7月1日"),
    (MEMBER, "入党时间", "1995.7"),
    (MEMBER, "入党时间", "一九九五年七月"),
    (PROJECT, "审定意见", "（盖章）  年  月  日"),
    (PROJECT, "推荐单位意见", "同意推荐\n（公章）\n2021年12月10日"),
)
EMPTIES = (
    (MEMBER, "性别", "□男 □女"),
    (MEMBER, "入党时间", "    年    月"),
    (MEMBER, "出生年月", "  年  月  日"),
    (MEMBER, "推荐单位意见", "（盖章）\n    年  月  日"),
    (PROJECT, "推荐单位意见", "\n\n（公章）\n  年   月   日"),
    (TEAM, "推荐单位意见", "        （盖章）"),
    (TEAM, "单位性质", "□机关 □事业单位 □企业"),
    (MEMBER, "姓名", "×××"),
    (PROJECT, "项目负责人", "XXX"),
    (PROJECT, "实施单位", "（请填写全称）"),
    (TEAM, "主要事迹", "（限800字以内）"),
    (MEMBER, "政治面貌", ""),
    (PROJECT, "项目简介", ""),
    (PROJECT, "主要做法和成效", "（可另附页）"),
)
INVALID = ((MEMBER, "入党时间", "1995年13月"), (MEMBER, "性别", "汉族"), (MEMBER, "入党时间", "1995年2月31日"))


def cases() -> Iterator[Case]:
    """Right and wrong values of each kind, each in the next layout."""
    for kind, values in ((TEAM, PHONES_RIGHT), (PROJECT, PHONES_RIGHT[::3]), (MEMBER, PHONES_RIGHT[::4])):
        yield from _each(f"phone-{kind}", ((kind, "联系电话", value) for value in values), "")
    yield from _each("phone-wrong", ((PROJECT, "联系电话", value) for value in PHONES_WRONG), "field-invalid:")
    yield from _each("birth", ((MEMBER, "出生年月", value) for value in BIRTHS_RIGHT), "")
    yield from _each("birth-wrong", ((MEMBER, "出生年月", value) for value in BIRTHS_WRONG), "field-invalid:")
    yield from _each("birth-old", ((MEMBER, "出生年月", value) for value in BIRTHS_OLD), "not-in-service")
    yield from _each("party", ((MEMBER, "政治面貌", value) for value in PARTY), "")
    yield from _each("no-party", ((MEMBER, "政治面貌", value) for value in NO_PARTY), "not-party-member")
    yield from _each("service", ((MEMBER, "工作单位及职务", value) for value in IN_SERVICE), "")
    yield from _each("no-service", ((MEMBER, "工作单位及职务", value) for value in NOT_IN_SERVICE), "not-in-service")
    yield from _each("answer", ANSWERS, "")
    yield from _each("empty", EMPTIES, "field-missing:")
    yield from _each("invalid", INVALID, "field-invalid:")
    for kind, label in ((PROJECT, "项目负责人"), (TEAM, "负责人"), (MEMBER, "工作单位及职务"), (MEMBER, "联系电话")):
        yield from _each(f"nothing-{kind}-{label}", ((kind, label, value) for value in NOTHING), "field-missing:")
    yield from _blank()


def _each(name: str, rows: Iterable[tuple[str, str, str]], finding: str) -> Iterator[Case]:
    for number, (kind, label, value) in enumerate(rows):
        one = sheet(f"value {name} {number}", kind, "省统计局").but(label, value)
        found = [f"{finding}{label}" if finding.endswith(":") else finding] if finding else []
        hand = HAND_NAMES[(number + len(name)) % len(HAND_NAMES)]
        mail = written(f"value {name} {number}", "推荐材料", "请收", pair(one, hand), when=at(14))
        made = filed(one, *found)
        yield case(f"value-{name}-{number}", received(mail, "S057", _nameless(made) if label == "姓名" else made))


def _nameless(made: Filed) -> Filed:
    """The label says nothing about the nominee whom the form does not name."""
    return replace(made, nominee=None)


def _blank() -> Iterator[Case]:
    required = {
        PROJECT: "项目名称 实施单位 项目负责人 联系电话 项目简介 主要做法和成效 推荐单位意见",
        TEAM: "单位（团队）名称 单位性质 负责人 联系人 联系电话 主要事迹 推荐单位意见",
        MEMBER: "姓名 性别 出生年月 政治面貌 入党时间 工作单位及职务 联系电话 主要事迹 推荐单位意见",
    }
    for kind, labels in required.items():
        one = sheet(f"blank {kind}", kind, "省统计局")
        empty = one
        for label, _ in one.values:
            empty = empty.but(label, "省统计局" if label == "推荐单位" else "")
        found = [f"field-missing:{label}" for label in labels.split()]
        mail = written(f"blank {kind}", "推荐材料", "请收", {**pair(empty), "典型材料.docx": pair(one)["典型材料.docx"]})
        yield case(f"value-nothing-filled-in-{kind}", received(mail, "S057", _nameless(filed(one, *found))))
