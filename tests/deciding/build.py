"""Builds readings, submissions and ledgers for the tests of judging: everything in order unless a test says otherwise."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.adapters.rules import load_rules
from bot.campaign import Rules
from bot.deciding.decide import decide
from bot.deciding.understand import understand
from bot.model import (
    LIVE,
    Address,
    Count,
    Decision,
    Draft,
    Field,
    FileRead,
    Filing,
    Form,
    Format,
    Headers,
    History,
    Nomination,
    Outcome,
    Place,
    Problem,
    Reading,
    Section,
    Submission,
)
from bot.text import folded

ZONE = ZoneInfo("Asia/Shanghai")
ROOT = Path(__file__).parents[2]
MAIL = "dsxxjy@xinxiang.example"


@cache
def rules() -> Rules:
    """The campaign that ships."""
    return load_rules(ROOT / "rules" / "3x100-2021")


@cache
def town() -> Rules:
    """The small campaign in another language."""
    return load_rules(ROOT / "tests" / "campaigns" / "town-award")


def at(day: int, hour: int = 9, minute: int = 0, month: int = 12) -> datetime:
    """A moment of the campaign."""
    return datetime(2021, month, day, hour, minute, tzinfo=ZONE)


ARRIVED = at(16)
PUBLICITY = "2021年12月8日至12月14日在《新乡日报》公示5个工作日，无异议"
OPINION = "经研究，同意推荐。（盖章） 2021年12月15日"

GOOD: dict[str, dict[str, str]] = {
    "project": {
        "推荐单位": "新乡市",
        "项目名称": "红旗区“党员联户+”服务项目",
        "实施单位": "红旗区渠东街道办事处",
        "开展时间": "2021年3月至今",
        "受益人数": "约1.2万人",
        "项目负责人": "庄以宁",
        "联系电话": "0373-5550123",
        "项目简介": "党员包联楼栋，上门办事。",
        "主要做法和成效": "建立台账，逐户走访，解决难题三百余件。",
        "群众评价": "满意",
        "公示情况": PUBLICITY,
        "推荐单位意见": OPINION,
        "审定意见": "",
    },
    "team": {
        "推荐单位": "新乡市",
        "单位（团队）名称": "新乡市“暖心桥”为老服务队",
        "单位性质": "社会组织",
        "人数": "23人",
        "负责人": "柏知远",
        "单位地址": "新乡市和平路12号",
        "联系人": "祝青禾",
        "联系电话": "0373-5550456",
        "曾获表彰": "无",
        "主要事迹": "七年如一日为独居老人送餐。",
        "公示情况": PUBLICITY,
        "推荐单位意见": OPINION,
        "审定意见": "",
    },
    "member": {
        "推荐单位": "新乡市",
        "姓名": "游庆穗",
        "性别": "男",
        "民族": "汉族",
        "出生年月": "1979年8月",
        "政治面貌": "中共党员",
        "入党时间": "2003年7月",
        "参加工作时间": "2001年9月",
        "学历": "本科",
        "工作单位及职务": "红旗区民政事务中心主任",
        "联系电话": "13803730001",
        "个人简历": "2001.09至今 红旗区民政事务中心工作",
        "曾获表彰": "无",
        "主要事迹": "长期在社区为群众办事。",
        "公示情况": PUBLICITY,
        "所在单位意见": "同意",
        "推荐单位意见": OPINION,
        "审定意见": "",
    },
}
"""One form of each category with nothing to mend, by field."""

TITLES = {
    "project": "群众满意度高的实事（服务项目）推荐表",
    "team": "先进服务单位（团队）推荐表",
    "member": "党员服务标兵推荐表",
}


def form(
    category: str = "project", titled: tuple[str, ...] | None = None, file: str = "推荐表.docx", **changed: str | None
) -> Section:
    """A form in order but for the fields given; None leaves the label out, `titled` says what its title speaks for."""
    return _form(category, (category,) if titled is None else titled, file, changed)


def _form(category: str, titled: tuple[str, ...], file: str, changed: Mapping[str, str | None]) -> Section:
    fields = tuple(
        Field(name, name, value, Place(file, table=1, row=row, column=2))
        for row, (name, value) in enumerate({**GOOD[category], **changed}.items(), 1)
        if value is not None
    )
    title = TITLES[category]
    return Section(title, title, Count(len(title), len(title)), Form(title, fields, titled, (category,)))


def filled(category: str, changed: Mapping[str, str | None]) -> FileRead:
    """A document with one form, in order but for these fields."""
    return file("推荐表.docx", _form(category, (category,), "推荐表.docx", changed))


def text(title: str = "典型材料", about: str = "", words: int = 1200, characters: int | None = None, body: str = "") -> Section:
    """Running text of a length, with a title, that speaks of somebody."""
    whole = f"{title}\n{about}{body or '用心用情为群众办实事，解决急难愁盼问题。'}"
    return Section(title, whole, Count(words, words if characters is None else characters))


def rows(*lines: tuple[str, ...], title: str = "推荐汇总表") -> Section:
    """A list."""
    return Section(title, "\n".join(" ".join(line) for line in lines), Count(50, 50), rows=lines)


def file(path: str, *sections: Section, **changed: Any) -> FileRead:
    """A document that was read."""
    told = path + "".join(
        section.text + ("".join(f"{f.name}={f.value}" for f in section.form.fields) if section.form else "")
        for section in sections
    )
    kind = {
        "pdf": Format.PDF,
        "xlsx": Format.XLSX,
        "jpg": Format.IMAGE,
        "doc": Format.DOC,
        "zip": Format.ZIP,
        "mp4": Format.MEDIA,
    }
    made = FileRead(
        path=path,
        sha256=hashlib.sha256(told.encode()).hexdigest(),
        size=20_000,
        format=kind.get(path.rsplit(".", 1)[-1], Format.DOCX),
        sections=sections,
    )
    return replace(made, **changed)


def picture(path: str) -> FileRead:
    """A photograph or a scanned page."""
    return file(path, images=1, scanned=True)


def unread(path: str, check: str = "attachment-encrypted") -> FileRead:
    """A file that could not be read."""
    return file(path, problem=Problem(check, {"cause": "test"}))


def whole(category: str = "project", **changed: str | None) -> tuple[FileRead, FileRead]:
    """A form and its material, in two files."""
    nominee = rules().category(category)
    name = (changed.get(nominee.nominee) or GOOD[category][nominee.nominee]) if nominee else ""
    path = f"{name}推荐表.docx"
    return file(path, _form(category, (category,), path, changed)), file(
        f"{name}典型材料.docx", text(f"{name}典型材料", about=name)
    )


def mail(
    *files: FileRead,
    subject: str = "新乡市“三个100”推荐材料",
    body: str = "现将新乡市推荐材料报送，请查收。",
    sender: str = MAIL,
    links: tuple[str, ...] = (),
    body_sections: tuple[Section, ...] = (),
    **headers: Any,
) -> Reading:
    """A mail of the city of Xinxiang."""
    head = Headers("<1@xinxiang.example>", subject, Address(sender), **headers)
    return Reading(head, body, body, tuple(files), links, body_sections=body_sections)


def judged(reading: Reading, received: datetime = ARRIVED) -> Submission:
    """What a mail says by itself."""
    return understand(reading, rules(), received)


def draft(*files: FileRead, received: datetime = ARRIVED, **told: Any) -> Draft:
    """The one nomination of a mail with these files."""
    drafts = judged(mail(*files, **told), received).drafts
    assert len(drafts) == 1, [d.nominee for d in drafts]
    return drafts[0]


def found(draft: Draft | Nomination | Decision | Submission) -> list[str]:
    """The findings, each as its id with the field it is about."""
    return [f"{finding.check} {finding.field}" if finding.field else finding.check for finding in draft.findings]


class Ledger:
    """Mails judged in order, each seeing what the ones before it filed."""

    def __init__(self) -> None:
        self.nominations: dict[str, Nomination] = {}
        self.versions: list[Nomination] = []
        self.addresses: dict[str, list[str]] = {}
        self.mails = 0

    def take(
        self,
        reading: Reading,
        received: datetime = ARRIVED,
        thread: Iterable[str] = (),
        thread_unit: str | None = None,
        with_rules: Rules | None = None,
    ) -> Decision:
        """Judge the next mail and write down what it did."""
        campaign = with_rules or rules()
        self.mails += 1
        submission = understand(reading, campaign, received, thread_unit)
        decision = decide(submission, self.history(submission, tuple(thread), thread_unit), campaign, received, self.mails)
        for entry in decision.filed:
            self.nominations[entry.nomination.number] = entry.nomination
            if entry.filing is Filing.CORRECTED:
                self.versions.append(entry.nomination)
        if decision.outcome is Outcome.RECEIVED and decision.verdict.unit:
            self.addresses.setdefault(decision.verdict.unit, []).append(submission.sender)
        return decision

    def history(self, submission: Submission, thread: tuple[str, ...], thread_unit: str | None) -> History:
        """What the store would load."""
        unit = submission.verdict.unit
        mine = [one for one in self.nominations.values() if one.unit == unit]
        names = {folded(draft.nominee) for draft in submission.drafts}
        others = [one for one in self.nominations.values() if one.unit != unit and folded(one.nominee) in names]
        return History(
            nominations=tuple(one for one in mine if one.state in LIVE or one.number in submission.numbers),
            namesakes=tuple(one for one in others if one.state in LIVE),
            addresses=tuple(self.addresses.get(unit or "", ())),
            thread=thread,
            thread_unit=thread_unit,
            next_number=len(self.nominations) + 1,
        )

    def state(self, number: str) -> str:
        """The state of a nomination."""
        return self.nominations[number].state.value


def day(number: int, month: int = 12) -> date:
    """A day of 2021."""
    return date(2021, month, number)
