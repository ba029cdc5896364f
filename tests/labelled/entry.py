"""A nomination as its sender would write it: the fields of one form and the text of the material."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tests.labelled import words
from tests.labelled.chance import Dice
from tests.labelled.length import words_of

PROJECT, TEAM, MEMBER = "project", "team", "member"
CATEGORIES = (PROJECT, TEAM, MEMBER)
NAMES = {PROJECT: "群众满意度高的实事（服务项目）", TEAM: "先进服务单位（团队）", MEMBER: "党员服务标兵"}
SHORT = {PROJECT: "实事项目", TEAM: "先进服务单位", MEMBER: "党员服务标兵"}
NOMINEE = {PROJECT: "项目名称", TEAM: "单位（团队）名称", MEMBER: "姓名"}
FIELDS = {
    PROJECT: "推荐单位 项目名称 实施单位 开展时间 受益人数 项目负责人 联系电话 项目简介 主要做法和成效 群众评价 公示情况 推荐单位意见 审定意见",
    TEAM: "推荐单位 单位（团队）名称 单位性质 人数 负责人 单位地址 联系人 联系电话 曾获表彰 主要事迹 公示情况 推荐单位意见 审定意见",
    MEMBER: "推荐单位 姓名 性别 民族 出生年月 政治面貌 入党时间 参加工作时间 学历 工作单位及职务 联系电话 个人简历 "
    "曾获表彰 主要事迹 公示情况 所在单位意见 推荐单位意见 审定意见",
}
REQUIRED = {
    PROJECT: "项目名称 实施单位 项目负责人 联系电话 项目简介 主要做法和成效 推荐单位意见".split(),
    TEAM: "单位（团队）名称 单位性质 负责人 联系人 联系电话 主要事迹 推荐单位意见".split(),
    MEMBER: "姓名 性别 出生年月 政治面貌 入党时间 工作单位及职务 联系电话 主要事迹 推荐单位意见".split(),
}
LONG = frozenset(
    "项目简介 主要做法和成效 群众评价 曾获表彰 主要事迹 个人简历 公示情况 所在单位意见 推荐单位意见 审定意见".split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One nomination. `absent` labels are not on the form at all; `heading` and `body` are the material."""

    category: str
    values: Mapping[str, str]
    heading: str
    body: tuple[str, ...]
    absent: frozenset[str] = field(default_factory=frozenset)

    @property
    def nominee(self) -> str:
        """What the form names."""
        return self.values[NOMINEE[self.category]]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Labels and values in the order of the form."""
        return tuple((name, self.values.get(name, "")) for name in FIELDS[self.category].split() if name not in self.absent)

    @property
    def material(self) -> str:
        """The whole text of the material."""
        return "\n".join((self.heading, *self.body))

    def but(self, **changes: str) -> "Entry":
        """The same with other values."""
        return replace(self, values={**self.values, **changes})

    def without(self, *labels: str) -> "Entry":
        """The same with labels left off the form."""
        return replace(self, absent=self.absent | set(labels))

    def long(self, count: int) -> "Entry":
        """The same with a material of exactly so many 字, the heading included (`count` must leave room for it)."""
        dice, text, room = Dice(f"{self.nominee}{count}"), "", count - words_of(self.heading)
        while words_of(text) < room - 90:
            text += re.sub(r"，惠及\d+人", "", dice.sentence())
        return replace(self, body=(text + "实" * (room - words_of(text) - 1) + "。",))


def _project(dice: Dice, name: str) -> dict[str, str]:
    return {
        "项目名称": name,
        "实施单位": dice.body(),
        "开展时间": dice.one(("2021年3月至11月", "2021.03—2021.11", "2021年3月起，长期开展", "2021年4月15日-2021年10月30日")),
        "受益人数": dice.one(("3200人", "约1.2万人", "850余户2600人", "12600")),
        "项目负责人": dice.person(),
        "项目简介": dice.prose(60),
        "主要做法和成效": dice.prose(150),
        "群众评价": dice.one(words.CALLS),
    }


def _team(dice: Dice, name: str) -> dict[str, str]:
    return {
        "单位（团队）名称": name,
        "单位性质": dice.one(("事业单位", "机关", "国有企业", "社会团体", "全额事业单位")),
        "人数": dice.one(("26", "18人", "42人", "105")),
        "负责人": dice.person(),
        "单位地址": f"{dice.one(words.PLACES)}路{dice.number(1, 300)}号",
        "联系人": dice.person(),
        "曾获表彰": dice.one(words.HONOURS),
        "主要事迹": dice.prose(160),
    }


def _member(dice: Dice, name: str) -> dict[str, str]:
    born, joined = dice.number(1964, 1992), dice.number(1, 12)
    return {
        "姓名": name,
        "性别": dice.one(("男", "女")),
        "民族": dice.one(("汉族", "汉", "回族", "满族")),
        "出生年月": month(dice, born),
        "政治面貌": dice.one(("中共党员", "中共党员", "党员", "中国共产党党员")),
        "入党时间": dice.one((f"{born + 24}年{joined}月", f"{born + 24}.{joined:02d}", f"{born + 24}年{joined}月1日")),
        "参加工作时间": f"{born + 22}年7月",
        "学历": dice.one(("大学本科", "大专", "研究生", "本科")),
        "工作单位及职务": f"{dice.body()}{dice.one(('主任', '副所长', '四级主任科员', '护士长', '党支部书记、站长'))}",
        "个人简历": f"{born + 22}年7月至今在{dice.body()}工作。",
        "曾获表彰": dice.one(words.HONOURS),
        "主要事迹": dice.prose(160),
        "所在单位意见": dice.one(("同意推荐。", "该同志表现优秀，同意推荐。", "同意")),
    }


def month(dice: Dice, year: int) -> str:
    """A month of a year as people write it."""
    number = dice.number(1, 12)
    return dice.one(
        (f"{year}年{number}月", f"{year}.{number:02d}", f"{year}.{number}", f"{year}-{number:02d}", f"{year}年{number:02d}月")
    )


def entry(dice: Dice, category: str, unit: str, *, city: bool, press: str = "市日报", nominee: str = "") -> Entry:
    """A nomination with nothing wrong in it."""
    make = {PROJECT: (_project, dice.project), TEAM: (_team, dice.team), MEMBER: (_member, dice.person)}
    fill, name = make[category]
    nominee = nominee or name()
    values = {"推荐单位": unit, **fill(dice, nominee), "联系电话": dice.one((dice.mobile(), dice.fixed("0373"), dice.fixed()))}
    values["公示情况"] = published(dice, press) if city else dice.one(("", "无", ""))
    values["推荐单位意见"] = dice.one(words.OPINIONS) + dice.one(("（盖章） 2021年12月9日", "", "\n2021年12月9日（盖章）"))
    values["审定意见"] = dice.one(("", "（盖章）  年  月  日"))
    heading = dice.one((f"{nominee}典型材料", f"用心用情办实事——{nominee}典型材料", f"{nominee}先进事迹材料"))
    body = []
    for title in words.HEADINGS[: dice.number(2, 4)]:
        body += [title, dice.prose(dice.number(120, 300))]
    return Entry(category, values, heading, tuple(body))


def published(dice: Dice, press: str) -> str:
    """Publicity of three and more working days, over by the 8th of December, as people write it."""
    return dice.one(
        (
            f"2021年12月6日至2021年12月8日在{press}公示，无异议。",
            f"2021年12月6日至8日在{press}公示3个工作日，无异议",
            f"已于2021年12月1日—12月7日在{press}公示，公示期内未收到异议。",
            f"2021.12.02-2021.12.08，{press}，公示期间无异议",
            f"2021年11月29日至12月3日（5个工作日）在{press}进行了公示",
            f"在{press}公示，时间：2021-12-01至2021-12-07，无不良反映",
        )
    )
