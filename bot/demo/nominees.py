"""Invents what is nominated: projects, teams and party members with everything their forms ask for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.demo.banks import bank
from bot.demo.cast import Writer
from bot.demo.chance import dice
from bot.demo.people import Person, career, person
from bot.demo.prose import Topic, length, material, passage, project_name, work


@dataclass(frozen=True, slots=True)
class Nominee:
    """One nomination as its papers tell it: the form's values by label, and the material's paragraphs, title first."""

    category: str
    unit: str  # as the form writes it
    name: str
    fields: Mapping[str, str]
    material: tuple[str, ...]

    @property
    def called(self) -> str:
        """The full name of its category."""
        return str(bank("nominees")[self.category]["title"])

    def with_fields(self, **values: str) -> "Nominee":
        """The same with some values written otherwise."""
        return replace(self, fields={**self.fields, **values})

    def without(self, *labels: str) -> "Nominee":
        """The same with some fields left empty."""
        return self.with_fields(**dict.fromkeys(labels, ""))


def publicity(writer: Writer, first: date, last: date, days: int) -> str:
    """What a city writes under 公示情况."""
    template: str = bank("nominees")["publicity"]
    return template.format(
        y=first.year, m=first.month, d=first.day, m2=last.month, d2=last.day, medium=writer.medium, days=days
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """What a nominee hangs on while it is being invented."""

    topic: Topic
    writer: Writer
    part: str  # the county or department
    who: Person  # leader, or the nominee itself


def invent(writer: Writer, category: str, number: int = 0, *, shown: str = "", words: int = 0) -> Nominee:
    """A nominee of this unit; `number` tells those of one category apart.

    `shown` is its 公示情况 and `words` the length of its material in 字; 0 leaves that to the lot (950–1,880).
    """
    key = f"{writer.unit}/{category}/{number}"
    who, part, theme = person(key), writer.part(number), _theme(writer, category, number)
    name = _name(writer, category, theme, part, key, who)
    title = f"{name}{'先进事迹' if category == 'member' else ''}典型材料"
    case = _Case(Topic(key, theme, title, f"{writer.place}{part}", name, who.name), writer, part, who)
    values = {"推荐单位": writer.written, **_OWN[category](case), "公示情况": shown}
    values |= {
        "所在单位意见": "同意推荐。",
        "推荐单位意见": dice(key, "opinion").choice(bank("nominees")["opinion"]),
        "审定意见": "",
    }
    fields = {label: values[label] for label in bank("nominees")[category]["labels"]}
    text = material(case.topic, words or dice(key, "words").randint(950, 1880))
    return Nominee(category, writer.written, name, fields, text)


def material_length(nominee: Nominee) -> int:
    """字数 of the material, title included."""
    return sum(length(paragraph) for paragraph in nominee.material)


def _theme(writer: Writer, category: str, number: int) -> str:
    """What it is about; the ten of one city in one category are about ten things."""
    shift = {"project": 0, "team": 3, "member": 7}[category]
    words: Mapping[str, Any] = bank("nominees")["themes"]
    if writer.city:
        return str(words["city"][(number + shift + len(writer.address)) % len(words["city"])])
    choice = next((themes for word, themes in words["fitting"].items() if word in writer.unit), words["others"])
    return str(choice[(number + shift) % len(choice)])


def _name(writer: Writer, category: str, theme: str, part: str, key: str, who: Person) -> str:
    """The nominee's name."""
    if category == "member":
        return who.name
    if category == "project":
        return f"{part if writer.city else writer.place}{project_name(theme, key)}"
    words, chance = bank("nominees"), dice(key, "team")
    return f"{'' if writer.city else writer.place}{part}“{chance.choice(words['brands'])}”{chance.choice(words['teams'])}"


def _employer(case: _Case) -> str:
    """Where the nominee belongs."""
    if not case.writer.city:
        return f"{case.writer.place}{case.part}"
    return f"{case.part}{dice(case.topic.key, 'employer').choice(bank('nominees')['bureaus'])}"


def _project(case: _Case) -> Mapping[str, str]:
    chance, words = dice(case.topic.key, "project"), bank("nominees")["project"]
    thousands, many, exact = chance.randint(2, 90), chance.randint(2, 30), chance.randint(1200, 48000)
    return {
        "项目名称": case.topic.nominee,
        "实施单位": f"{case.writer.place if case.writer.city else ''}{_employer(case)}",
        "开展时间": chance.choice(words["times"]),
        "受益人数": chance.choice((f"{thousands}00余人", f"约{many}万人次", f"{exact}")),
        "项目负责人": case.who.name,
        "联系电话": chance.choice((case.who.office, case.who.mobile, f"{case.who.office} {case.who.mobile}")),
        "项目简介": passage(case.topic, "problem", 2),
        "主要做法和成效": passage(case.topic, "action", 4) + passage(case.topic, "result", 2),
        "群众评价": chance.choice((passage(case.topic, "voice", 1), "无")),
    }


def _team(case: _Case) -> Mapping[str, str]:
    chance, words = dice(case.topic.key, "fields"), bank("nominees")
    seat = f"{case.writer.place}{case.part}" if case.writer.city else "郑州市金水区"
    return {
        "单位（团队）名称": case.topic.nominee,
        "单位性质": chance.choice(words["team"]["natures"]),
        "人数": f"{chance.randint(6, 80)}人",
        "负责人": case.who.name,
        "单位地址": f"{seat}{chance.choice(words['streets'])}路{chance.randint(1, 199)}号",
        "联系人": person(case.topic.key, "contact").name,
        "联系电话": chance.choice((case.who.office, case.who.mobile)),
        "曾获表彰": chance.choice(words["team"]["honours"]),
        "主要事迹": passage(case.topic, "action", 4) + passage(case.topic, "result", 2),
    }


def _member(case: _Case) -> Mapping[str, str]:
    chance, words, who = dice(case.topic.key, "member"), bank("nominees")["member"], case.who
    style = chance.choice(("{0}年{1}月", "{0}.{1:02}", "{0}-{1:02}"))
    deeds = f"{who.name}同志长期从事{work(case.topic.theme)}。"
    return {
        "姓名": who.name,
        "性别": who.sex,
        "民族": chance.choice(words["peoples"]),
        "出生年月": style.format(*who.born),
        "政治面貌": chance.choice(words["parties"]),
        "入党时间": style.format(*who.joined),
        "参加工作时间": style.format(*who.began),
        "学历": who.schooling,
        "工作单位及职务": f"{_employer(case)}{who.post}",
        "联系电话": chance.choice((who.mobile, who.office)),
        "个人简历": career(who, _employer(case)),
        "曾获表彰": who.honours,
        "主要事迹": deeds + passage(case.topic, "action", 3) + passage(case.topic, "result", 1),
    }


_OWN = {"project": _project, "team": _team, "member": _member}
"""The values of each category's own fields."""
