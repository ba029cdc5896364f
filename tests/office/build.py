"""Builds the office's material for tests: a campaign, nominations, mails and letters, all invented."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.wording import load_wording
from bot.campaign import Category, FieldKind, FieldSpec, Office, Phrases, Reminders, Rules, Unit, UnitKind
from bot.letters.render import Wording
from bot.model import (
    SEVERITIES,
    Address,
    AnswerState,
    Count,
    Fact,
    FileRow,
    Finding,
    Format,
    Letter,
    MailRow,
    MailState,
    Nomination,
    OutboxRow,
    OutboxState,
    Outcome,
    Outgoing,
    Role,
    State,
)

ZONE = ZoneInfo("Asia/Shanghai")
TEMPLATES = Path(__file__).parents[2] / "templates"


def at(day: int, hour: int = 9, minute: int = 0, month: int = 12) -> datetime:
    """A moment of the campaign."""
    return datetime(2021, month, day, hour, minute, tzinfo=ZONE)


@cache
def office_wording() -> Wording:
    """The words that ship, without the letters' templates."""
    return Wording({}, {path.stem: tomllib.loads(path.read_text("utf-8")) for path in (TEMPLATES / "words").glob("*.toml")})


@cache
def digest_wording() -> Wording:
    """Words and templates that ship, as the loader gives them."""
    return load_wording(campaign(), None, TEMPLATES)


def _fields(text: str) -> tuple[FieldSpec, ...]:
    """Fields from `label*:kind` words; no kind is TEXT."""
    specs = []
    for word in text.split():
        label, _, kind = word.partition(":")
        specs.append(FieldSpec(label.rstrip("*"), FieldKind(kind or "text"), required=label.endswith("*")))
    return tuple(specs)


PROJECT = Category(
    "project",
    "群众满意度高的实事（服务项目）",
    "实事项目",
    "群众满意度高的实事（服务项目）推荐表",
    ("实事项目",),
    "项目名称",
    "实施单位",
    _fields(
        "推荐单位 项目名称* 实施单位* 开展时间:date 受益人数:number 项目负责人*:person 联系电话*:telephone"
        " 项目简介*:long-text 主要做法和成效*:long-text 群众评价:long-text 公示情况:long-text"
        " 推荐单位意见*:opinion 审定意见:office"
    ),
)
TEAM = Category(
    "team",
    "先进服务单位（团队）",
    "先进服务单位",
    "先进服务单位（团队）推荐表",
    ("先进服务单位",),
    "单位（团队）名称",
    None,
    _fields(
        "推荐单位 单位（团队）名称* 单位性质* 人数:number 负责人*:person 单位地址 联系人*:person 联系电话*:telephone"
        " 曾获表彰:long-text 主要事迹*:long-text 公示情况:long-text 推荐单位意见*:opinion 审定意见:office"
    ),
)
MEMBER = Category(
    "member",
    "党员服务标兵",
    "党员标兵",
    "党员服务标兵推荐表",
    ("党员服务标兵",),
    "姓名",
    "工作单位及职务",
    _fields(
        "推荐单位 姓名*:person 性别*:choice 民族 出生年月*:month 政治面貌* 入党时间*:date 参加工作时间:date 学历"
        " 工作单位及职务* 联系电话*:telephone 个人简历:long-text 曾获表彰:long-text 主要事迹*:long-text"
        " 公示情况:long-text 所在单位意见:opinion 推荐单位意见*:opinion 审定意见:office"
    ),
)

UNITS = (
    Unit("410100", "郑州市", "city-large", addresses=("zz@example.com",), population=12600574),
    Unit("410700", "新乡市", "city-large", population=6251929, contact="孔令仪", telephone="0373-5550101"),
    Unit("411000", "许昌市", "city-small", population=4379998),
    Unit("419001", "济源示范区", "city-small", population=727265),
    Unit("p001", "河南省教育厅", "province"),
    Unit("u001", "郑州大学", "university"),
    Unit("410702", "新乡市红旗区", "not-entitled", parent="410700"),
)

KINDS = {
    "city-large": UnitKind("city-large", "500万人以上省辖市", 10),
    "city-small": UnitKind("city-small", "500万人以下省辖市、济源示范区", 5),
    "province": UnitKind("province", "省直单位", 1),
    "university": UnitKind("university", "高等院校", 1),
    "not-entitled": UnitKind("not-entitled", "须经上级推荐", 0),
}


def campaign(**changes: object) -> Rules:
    """A campaign with the three categories and a short roster."""
    rules = Rules(
        id="3x100-2021",
        name="“我为群众办实事”“三个100”推选活动",
        language="zh-CN",
        zone="Asia/Shanghai",
        opens=date(2021, 12, 1),
        last_day=date(2021, 12, 20),
        announced=date(2021, 12, 30),
        office=Office(
            "活动办公室",
            "实践活动组",
            "0371-55500000",
            "office@example.org",
            "盖章后交换或邮寄至实践活动组。",
            ("clerk@example.org",),
        ),
        reminders=Reminders((7, 3, 1, 0), 9, 8, 30, 7, (2, 5)),
        kinds=KINDS,
        categories=(PROJECT, TEAM, MEMBER),
        units=UNITS,
        checks=(),
        phrases=Phrases(),
        version="v1",
        work_calendar="china",
    )
    return replace(rules, **changes)  # type: ignore[arg-type]  # the caller names fields of Rules


def finding(check: str, field: str | None = None, file: str | None = None, **facts: Fact) -> Finding:
    """A finding with the severity of its id."""
    return Finding(check, SEVERITIES[check], field, file, None, facts)


def nomination(
    number: int,
    unit: str = "410700",
    category: str | None = "project",
    nominee: str = "",
    state: State = State.ACCEPTED,
    *findings: Finding,
    received: datetime | None = None,
    fields: Mapping[str, str] | None = None,
    **changes: object,
) -> Nomination:
    """A nomination that is in order unless told otherwise."""
    arrived = received or at(10, 9) + timedelta(minutes=number)
    made = Nomination(
        number=f"{number:04d}",
        version=1,
        unit=unit,
        category=category,
        nominee=nominee or f"便民服务项目{number}",
        nominee_unit="",
        state=state,
        received=arrived,
        updated=arrived,
        mail=number,
        form=f"{number}/推荐表.docx",
        material=f"{number}/典型材料.docx",
        fields=fields or {"联系电话": "0373-5550102", "项目负责人": "戚长风"},
        count=Count(1873, 1990),
        findings=findings,
        publicity_shown=True,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the caller names fields of Nomination


def mail(id: int, outcome: Outcome | None = Outcome.RECEIVED, unit: str | None = "410700", **changes: object) -> MailRow:
    """A handled mail with one file."""
    digest = f"{id:064x}"
    made = MailRow(
        id=id,
        message_id=f"<{id}@example.com>",
        sha256=digest,
        position=None,
        received=at(10, 9) + timedelta(minutes=id),
        size=51_234,
        original=f"mail/{digest[-2:]}/{digest}.eml",
        complete=True,
        state=MailState.HANDLED,
        outcome=outcome,
        unit=unit,
        sender=Address("xx@example.com", "新乡市活动办"),
        subject=f"报送推荐材料{id}",
        files=(FileRow("推荐表.docx", digest, 20_480, Format.DOCX, Role.FORM),),
        filed=(f"{id:04d}",) if outcome is Outcome.RECEIVED else (),
        letter=Letter.RECEIPT if outcome is Outcome.RECEIVED else None,
        answer_state=AnswerState.WRITTEN if outcome is Outcome.RECEIVED else AnswerState.NONE,
        handled=at(10, 9) + timedelta(minutes=id, seconds=5),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the caller names fields of MailRow


def letter(id: int, kind: Letter = Letter.RECEIPT, state: OutboxState = OutboxState.SENT, **changes: object) -> OutboxRow:
    """A letter in the outbox."""
    outgoing = Outgoing(
        kind, f"answer:{id}", ("xx@example.com",), f"【受理回执】第{id}号", f"<l{id}@example.org>", b"", "410700"
    )
    queued = at(10, 9) + timedelta(minutes=id, seconds=30)
    made = OutboxRow(
        id, outgoing, state, queued, queued, 1, queued + timedelta(seconds=2) if state is OutboxState.SENT else None
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the caller names fields of OutboxRow
