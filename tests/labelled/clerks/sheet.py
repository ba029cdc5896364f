"""A nomination as a clerk fills it in: the values of one form and the paragraphs of one material, every person invented."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from bot.demo.prose import Topic, material, passage, themes, work
from tests.labelled.chance import Dice
from tests.labelled.words import PLACES

PROJECT, TEAM, MEMBER = "project", "team", "member"
TITLES = {PROJECT: "群众满意度高的实事（服务项目）推荐表", TEAM: "先进服务单位（团队）推荐表", MEMBER: "党员服务标兵推荐表"}
KINDS = {PROJECT: "实事项目", TEAM: "先进服务单位", MEMBER: "党员服务标兵"}
NAMED = {PROJECT: "项目名称", TEAM: "单位（团队）名称", MEMBER: "姓名"}
LABELS = {
    PROJECT: "推荐单位 项目名称 实施单位 开展时间 受益人数 项目负责人 联系电话 项目简介 主要做法和成效 群众评价 公示情况 推荐单位意见 审定意见",
    TEAM: "推荐单位 单位（团队）名称 单位性质 人数 负责人 单位地址 联系人 联系电话 曾获表彰 主要事迹 公示情况 推荐单位意见 审定意见",
    MEMBER: "推荐单位 姓名 性别 民族 出生年月 政治面貌 入党时间 参加工作时间 学历 工作单位及职务 联系电话 个人简历 曾获表彰 主要事迹 公示情况 "
    "所在单位意见 推荐单位意见 审定意见",
}
WIDE = frozenset(
    "项目简介 主要做法和成效 群众评价 曾获表彰 主要事迹 个人简历 公示情况 所在单位意见 推荐单位意见 审定意见".split()
)
BRANDS = "小橘灯 枣树下 麦田里 三轮车 布谷鸟 热炕头 老井 晒谷场 窗前 半亩塘 石榴籽 一壶茶 蒲公英 铁脚板 萤烛 渡口".split()
THINGS = "代办队 夜校 流动窗口 修车铺 帮扶小组 便民点 护学岗 助餐点 理事会 热线班".split()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One nomination. `left_out` labels do not stand on the form at all."""

    category: str
    values: tuple[tuple[str, str], ...]
    text: tuple[str, ...]
    left_out: frozenset[str] = frozenset()

    @property
    def nominee(self) -> str:
        """What the form names."""
        return dict(self.values)[NAMED[self.category]]

    @property
    def pairs(self) -> Iterator[tuple[str, str]]:
        """Labels and values in the order of the form."""
        return ((label, value) for label, value in self.values if label not in self.left_out)

    def but(self, label: str, value: str) -> "Sheet":
        """The same with another value."""
        return replace(self, values=tuple((name, value if name == label else old) for name, old in self.values))

    def without(self, label: str) -> "Sheet":
        """The same with a label left off."""
        return replace(self, left_out=self.left_out | {label})

    def telling(self, *text: str) -> "Sheet":
        """The same with another material."""
        return replace(self, text=text)


@cache
def sheet(key: str, category: str, unit: str, published: str = "") -> Sheet:
    """A nomination with nothing wrong in it; `published` is what a city says of its publicity."""
    dice = Dice(f"clerks {key}")
    place = unit.removesuffix("机关党委") or "本单位"
    theme = dice.one(themes())
    name = {
        PROJECT: lambda: f"“{dice.one(BRANDS)}”{work(theme)}项目",
        TEAM: lambda: f"{dice.one(PLACES)}{dice.one(BRANDS)}{dice.one(THINGS)}",
        MEMBER: dice.person,
    }[category]()
    leader = dice.person()
    topic = Topic(f"clerks {key}", theme, f"{name}典型材料", place, name, leader)
    values = {"推荐单位": unit, **_own(dice, category, topic), "联系电话": dice.mobile(), "公示情况": published}
    values |= {"推荐单位意见": dice.one(("同意推荐。", "经研究，同意推荐。", "情况属实，同意上报。")), "审定意见": ""}
    ordered = tuple((label, values.get(label, "")) for label in LABELS[category].split())
    return Sheet(category, ordered, material(topic, dice.number(800, 1500)))


def _own(dice: Dice, category: str, topic: Topic) -> dict[str, str]:
    """What only this category asks."""
    deeds = passage(topic, "method", 3)
    if category == PROJECT:
        return {
            "项目名称": topic.nominee,
            "实施单位": f"{dice.one(BRANDS)}街道办事处",
            "开展时间": "2021年3月—11月",
            "受益人数": f"{dice.number(3, 90)}00余人",
            "项目负责人": topic.leader,
            "项目简介": passage(topic, "problem", 1) or "为群众办一件小事。",
            "主要做法和成效": deeds,
            "群众评价": "群众普遍满意。",
        }
    if category == TEAM:
        return {
            "单位（团队）名称": topic.nominee,
            "单位性质": dice.one(("事业单位", "机关", "社会组织")),
            "人数": f"{dice.number(5, 60)}人",
            "负责人": topic.leader,
            "单位地址": f"人民路{dice.number(1, 200)}号",
            "联系人": dice.person(),
            "曾获表彰": "无",
            "主要事迹": deeds,
        }
    born = dice.number(1966, 1990)
    return {
        "姓名": topic.nominee,
        "性别": dice.one("男女"),
        "民族": "汉族",
        "出生年月": f"{born}年{dice.number(1, 12)}月",
        "政治面貌": "中共党员",
        "入党时间": f"{born + 25}年7月",
        "参加工作时间": f"{born + 22}.08",
        "学历": "本科",
        "工作单位及职务": f"{dice.one(BRANDS)}便民服务站站长",
        "个人简历": f"{born + 22}.08至今  在基层工作",
        "曾获表彰": "无",
        "主要事迹": deeds,
        "所在单位意见": "同意。",
    }
