"""A campaign as values: what `rules/<campaign>/` says, read once, checked, frozen; the words of the notice in general form.

Nothing here knows a particular campaign. The loader (`bot/adapters/rules.py`) is the only maker of these values.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import wraps
from typing import TypeVar

Made = TypeVar("Made")

NOT_ENTITLED = "not-entitled"
"""The one unit kind every campaign has: known by the roster, but must go through its parent."""


class FieldKind(StrEnum):
    """What can stand in a field of a form; decides how its value is checked."""

    TEXT = "text"  # anything
    LONG_TEXT = "long-text"  # anything, usually over several lines
    PERSON = "person"  # the name of one person
    TELEPHONE = "telephone"  # a mobile or fixed number, several allowed
    DATE = "date"  # a day, a month or a year, or a span of them
    MONTH = "month"  # a month, or a day, that is past (出生年月)
    NUMBER = "number"  # a count, with or without a unit of measure
    CHOICE = "choice"  # one of `FieldSpec.choices`
    OPINION = "opinion"  # an opinion with a seal and a date below it: “（盖章） 年 月 日” alone is empty
    OFFICE = "office"  # the office's own; stays empty, never asked for


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field of a category's form."""

    name: str  # the label exactly as the blank form prints it, and the key in `fields`
    kind: FieldKind
    required: bool = False
    synonyms: tuple[str, ...] = ()  # other labels that mean this field
    choices: tuple[str, ...] = ()  # for CHOICE; empty means any word
    hint: str = ""  # printed small in the blank form; never taken for a value


@dataclass(frozen=True, slots=True)
class Category:
    """One category of the notice and its form (推荐表)."""

    id: str
    name: str  # the full name in the notice
    short: str  # the name in tables and subjects
    form_title: str  # the title the blank form carries
    titles: tuple[str, ...]  # words that name this category in a title, a folder, a subject; longest wins
    nominee: str  # the field that names the nominee
    nominee_unit: str | None  # the field that says where the nominee belongs (weak evidence of the unit)
    fields: tuple[FieldSpec, ...]
    unit_field: str = ""  # the field that names the nominating unit (推荐单位); strong evidence of the unit
    seal_field: str = ""  # the field that this unit signs and seals (推荐单位意见)

    def field(self, name: str) -> FieldSpec | None:
        """The field with this canonical name."""
        return next((spec for spec in self.fields if spec.name == name), None)


@dataclass(frozen=True, slots=True)
class UnitKind:
    """A kind of nominating unit with its quota per category (nominations; 0 for `not-entitled`)."""

    id: str
    name: str
    quota: int
    population_from: int | None = None  # residents a unit of this kind has at least, where the roster gives them
    population_below: int | None = None  # residents it has fewer than


@dataclass(frozen=True, slots=True)
class Unit:
    """One row of the roster `units.csv`."""

    id: str
    name: str  # the full name
    kind: str  # a `UnitKind.id`, or `not-entitled`
    aliases: tuple[str, ...] = ()  # short and other names
    parent: str | None = None  # the unit a not-entitled one goes through (a `Unit.id`)
    addresses: tuple[str, ...] = ()  # known sender addresses, lower case
    population: int | None = None  # residents, where the kind depends on it
    contact: str = ""
    telephone: str = ""


class CheckKind(StrEnum):
    """The closed set of checks that a row in `checks.toml` may name. Parameters: see `bot/deciding/checks.py`."""

    WORD_LIMIT = "word-limit"  # length of the material
    PUBLICITY = "publicity"  # publicity of enough working days, over before arrival
    ACCEPTED_VALUES = "accepted-values"  # a field's value must be one of a list
    IN_SERVICE = "in-service"  # not retired, and under an age at the deadline
    INDIVIDUAL = "individual"  # a person, not a team
    PRECEDENCE = "precedence"  # sentences to quote for the office, no verdict


@dataclass(frozen=True, slots=True)
class Check:
    """One row of `checks.toml`: a kind with its parameters and the finding ids it gives."""

    kind: CheckKind
    findings: tuple[str, ...]  # finding ids, in the order the kind documents
    source: str  # the clause of the notice
    categories: tuple[str, ...] = ()  # empty: all
    unit_kinds: tuple[str, ...] = ()  # empty: all
    field: str = ""
    limit: int = 0
    values: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words and patterns of mails in the campaign's language, from `mail.toml`. All compared after `bot.text.folded`."""

    submission: tuple[str, ...] = ()  # words that make a mail a submission (推荐表, 报送)
    announces: tuple[str, ...] = ()  # words that say files come with this mail (见附件, 请查收)
    question: tuple[str, ...] = ()  # words of a question (请问, 咨询)
    advertisement: tuple[str, ...] = ()
    vacation: tuple[str, ...] = ()  # automatic replies without a header
    bounce: tuple[str, ...] = ()  # delivery failures in words
    robots: tuple[str, ...] = ()  # local parts of addresses that no person reads (no-reply, mailer-daemon)
    cloud_links: tuple[str, ...] = ()  # substrings of links under which files lie outside the mail
    ask_status: tuple[str, ...] = ()  # 查询
    ask_forms: tuple[str, ...] = ()  # 索取表格
    withdraw: tuple[str, ...] = ()  # 撤回
    choose: tuple[str, ...] = ()  # words beside the number of a choice (选, 第…项); what else stands there makes it none
    keep: tuple[str, ...] = ()  # the same, where it is asked which one stands (保留)
    form_names: tuple[str, ...] = ()  # file or title words of a form (推荐表)
    material_names: tuple[str, ...] = ()  # of a material (典型材料, 事迹材料)
    summary_names: tuple[str, ...] = ()  # of a summary table (汇总表)
    list_nominees: tuple[str, ...] = ()  # heads of its columns that name nominees, beside the labels of the forms
    list_titles: tuple[str, ...] = ()  # words in the title or file name of a list that make it one of nominations
    list_remarks: tuple[str, ...] = ()  # beginnings of its rows that list nobody (合计, 备注), and cells that name nobody
    publicity_names: tuple[str, ...] = ()  # of publicity proof (公示)
    letter_names: tuple[str, ...] = ()  # of a covering letter (报送函)
    photo_names: tuple[str, ...] = ()  # of a photograph (工作照)
    stamped_names: tuple[str, ...] = ()  # of a stamped scan (盖章, 扫描)
    other_names: tuple[str, ...] = ()  # of documents that are none of these (通知, 方案)
    answers: tuple[str, ...] = ()  # beginnings of the subject of an answer (回复, Re)
    nameless: tuple[str, ...] = ()  # what files and folders are called that name nobody (新建文件夹, 正文)
    courtesies: tuple[str, ...] = ()  # peeled off the end of a person's name (同志, 先生)
    other_labels: tuple[str, ...] = ()  # labels that forms also carry and that are no field (籍贯, 照片)
    form_notes: tuple[str, ...] = ()  # heads of notes on how to fill in a form, which ask for nothing (填表说明)
    empty_values: tuple[str, ...] = ()  # what a form leaves where nothing was written (“年 月 日”)
    unit_prefixes: tuple[str, ...] = ()  # peeled off the front of a unit's name (中共, 河南省)
    unit_suffixes: tuple[str, ...] = ()  # peeled off its end (党史学习教育领导小组办公室, 机关党委)
    unit_bodies: tuple[str, ...] = ()  # ends of names of bodies below a unit (局, 医院): 郑州市民政局 is not 郑州市
    unit_body_prefixes: tuple[str, ...] = ()  # words before a unit's name that make it a body below: 共青团新乡市委
    unit_stops: tuple[str, ...] = ()  # words that cannot belong to a unit's name: it ends before them (推荐, 关于)
    unit_joints: tuple[str, ...] = ()  # between the names of units that do something together (和, 会同)
    unit_elsewhere: tuple[str, ...] = ()  # places right before a unit's name that make it one of another province
    unit_labels: tuple[str, ...] = ()  # labels before the sender's name in running text (报送单位)
    unit_before: tuple[str, ...] = ()  # words right before the name of who sends (我是, 现将)
    unit_after: tuple[str, ...] = ()  # words right after it (现报送, 上报)
    unit_addressed: tuple[str, ...] = ()  # words right before the name of somebody else: the addressee (报, 呈, 按照)


@dataclass(frozen=True, slots=True)
class OrderWords:
    """Words of the office's orders by mail, from `orders.toml`. All compared half-width and in lower case; longest first."""

    code: tuple[str, ...] = ()  # before the day's code (口令)
    paper: tuple[str, ...] = ()  # 收到纸质
    admit: tuple[str, ...] = ()  # 准予
    refuse: tuple[str, ...] = ()  # 退回
    extend: tuple[str, ...] = ()  # 延期
    pause: tuple[str, ...] = ()  # 暂停发信
    resume: tuple[str, ...] = ()  # 恢复发信
    checked: tuple[str, ...] = ()  # 已核对
    settle: tuple[str, ...] = ()  # 办结
    redo: tuple[str, ...] = ()  # 重新处理
    send: tuple[str, ...] = ()  # 放行
    keep: tuple[str, ...] = ()  # 不发
    shortlist: tuple[str, ...] = ()  # 通过审核
    select: tuple[str, ...] = ()  # 入选
    pass_over: tuple[str, ...] = ()  # 未入选
    nomination: tuple[str, ...] = ()  # may stand before a nomination's number (编号)
    mail: tuple[str, ...] = ()  # stands before a mail's number (邮件17)
    letter: tuple[str, ...] = ()  # stands before a letter's number (信件9)
    choose: tuple[str, ...] = ()  # may stand beside the number of a choice (选, 第, 项)
    item: tuple[str, ...] = ()  # may stand before the number of a thing that waits (待核定)
    reason: tuple[str, ...] = ()  # before a reason (理由)
    through: tuple[str, ...] = ()  # between the ends of a run of numbers, and before the day until which (至)
    everybody: tuple[str, ...] = ()  # all units (各单位)
    filler: tuple[str, ...] = ()  # courtesies that change nothing (请, 已, 件)
    denials: tuple[str, ...] = ()  # turn an order round, or into a question (不, 未, 是否): then it is none
    stop: tuple[str, ...] = ()  # beginnings of the line below which nothing is an order: the digest carries it
    yes: tuple[str, ...] = ()  # in the column of papers: it came (√, 已收到)
    no: tuple[str, ...] = ()  # it did not (未收到)


@dataclass(frozen=True, slots=True)
class Office:
    """The office that runs the campaign, as letters name it."""

    name: str
    group: str  # the department that takes the paper
    telephone: str
    mailbox: str
    paper: str  # how and where the stamped paper goes, one sentence
    addresses: tuple[str, ...] = ()  # where the digest goes


@dataclass(frozen=True, slots=True)
class Reminders:
    """When units that owe something are reminded: of what is to be mended before the last day, of stamped papers after it."""

    days_before: tuple[int, ...]  # whole days before the last day; 0 is its morning
    hour: int  # of the day, campaign zone
    digest_hour: int
    digest_minute: int
    last_days: int  # in so many last days the digest comes on rest days too
    paper_days_after: tuple[int, ...] = ()  # working days after the last day; () reminds nobody of papers
    escalate_after: int = 2  # who was reminded so often and still owes is named to the office; 0 names nobody


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything one campaign says."""

    id: str
    name: str
    language: str  # BCP 47, chooses templates
    zone: str  # IANA name; every date and hour below is in it
    opens: date
    last_day: date  # included, to 24:00
    announced: date  # review ends
    office: Office
    reminders: Reminders
    kinds: Mapping[str, UnitKind]
    categories: tuple[Category, ...]
    units: tuple[Unit, ...]
    checks: tuple[Check, ...]
    phrases: Phrases
    version: str  # SHA-256 over the rule files, so that a decision can say under which rules it fell
    work_calendar: str = "weekends"  # "china": chinesecalendar; "weekends": Saturdays and Sundays rest
    settings: Mapping[str, str] = field(default_factory=dict)  # free words for this campaign's templates
    orders: OrderWords = field(default_factory=OrderWords)
    commonplace: str = ""  # a text whose sentences anybody may use without having copied (the notice itself)

    def category(self, id: str) -> Category | None:
        """The category with this id."""
        return next((category for category in self.categories if category.id == id), None)

    def quota(self, kind: str) -> int:
        """How many live nominations a unit of this kind may have in each category."""
        return self.kinds[kind].quota if kind in self.kinds else 0

    def publicity_check(self, category: str | None, kind: str) -> Check | None:
        """The check that asks publicity of units of this kind in this category; None when none does."""
        for check in self.checks:
            of_unit = not check.unit_kinds or kind in check.unit_kinds
            if check.kind is CheckKind.PUBLICITY and of_unit and (not check.categories or category in check.categories):
                return check
        return None

    def late_by(self, arrived: datetime) -> timedelta:
        """How long after the deadline a mail arrived; less than zero is in time, zero is the first moment of the next day.

        `arrived` is aware and already in the campaign's zone; the last day counts to 24:00 (notice, 二（一）).
        """
        closing = datetime(self.last_day.year, self.last_day.month, self.last_day.day, tzinfo=arrived.tzinfo)
        return arrived - (closing + timedelta(days=1))


def once(make: Callable[[Rules], Made]) -> Callable[[Rules], Made]:
    """Remember what was made of the rules that were asked for last.

    They are told by identity: to hash all that they say costs more than most of what is made of them.
    """
    last: list[tuple[Rules, Made]] = []

    @wraps(make)
    def made(rules: Rules) -> Made:
        # One look, one exchange of the whole list: threads may ask at the same time.
        for known, thing in last:
            if known is rules:
                return thing
        thing = make(rules)
        last[:] = [(rules, thing)]
        return thing

    return made
