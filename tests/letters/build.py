"""Builds ledgers and letters for the tests of the letters; units, people and projects are invented."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.adapters.store import SqlStore
from bot.adapters.wording import load_wording
from bot.campaign import (
    Category,
    Check,
    CheckKind,
    FieldKind,
    FieldSpec,
    Office,
    Phrases,
    Reminders,
    Rules,
    Unit,
    UnitKind,
)
from bot.letters.compose import Sender
from bot.letters.render import Wording
from bot.model import (
    SEVERITIES,
    Address,
    AnswerState,
    Change,
    Count,
    Event,
    Fact,
    Filed,
    FileRow,
    Filing,
    Finding,
    Format,
    Letter,
    MailRow,
    MailState,
    Nomination,
    Outcome,
    Outgoing,
    Place,
    Role,
    State,
)
from bot.steps.gather import Post
from bot.steps.writing import compose_answer
from tests.fakes import ZONE, FakeScribe, memory_store

OWN = Path(__file__).parent / "own"
"""An operator's own folder of templates, laid over those that ship."""

TEMPLATES = Path(__file__).parents[2] / "templates"
POST = Post(Sender("sjtj2021@office.example", "省推选活动办公室"))


def at(day: int, hour: int = 9, minute: int = 30) -> datetime:
    """A moment of December 2021."""
    return datetime(2021, 12, day, hour, minute, 5, tzinfo=ZONE)


def _category(id: str, name: str, short: str, nominee: str) -> Category:
    fields = (FieldSpec(nominee, FieldKind.TEXT, required=True), FieldSpec("联系电话", FieldKind.TELEPHONE, required=True))
    return Category(id, name, short, f"{name}推荐表", (short,), nominee, None, fields)


RULES = Rules(
    id="drive-2021",
    name="“为民办实事”推选活动",
    language="zh-CN",
    zone="Asia/Shanghai",
    opens=date(2021, 12, 1),
    last_day=date(2021, 12, 20),
    announced=date(2021, 12, 30),
    office=Office(
        "省推选活动办公室",
        "材料组",
        "0371-55501234",
        "sjtj2021@office.example",
        "推荐表和典型材料盖章后，交换或邮寄至省推选活动办公室材料组。",
        ("clerk@office.example",),
    ),
    reminders=Reminders((7, 3, 1, 0), 9, 8, 30, 7, (2, 5)),
    kinds={
        "city": UnitKind("city", "省辖市", 10),
        "province": UnitKind("province", "省直单位", 1),
        "not-entitled": UnitKind("not-entitled", "县（市、区）", 0),
    },
    categories=(
        _category("project", "群众满意度高的实事（服务项目）", "实事项目", "项目名称"),
        _category("team", "先进服务单位（团队）", "先进服务单位", "单位（团队）名称"),
        _category("member", "党员服务标兵", "党员服务标兵", "姓名"),
    ),
    units=(
        Unit("c1", "云川市", "city", addresses=("yunchuan@city.example",)),
        Unit("c2", "临河市", "city"),
        Unit("p1", "省示范厅", "province"),
        Unit("n1", "青石县", "not-entitled", parent="c1"),
    ),
    checks=(Check(CheckKind.PUBLICITY, ("publicity-missing",), "四（二）", unit_kinds=("city",), field="公示情况", limit=3),),
    phrases=Phrases(robots=("no-reply", "mailer-daemon", "bot")),
    version="0" * 64,
    work_calendar="china",
)


@cache
def wording() -> Wording:
    """The wording that ships."""
    return load_wording(RULES, None, TEMPLATES, OWN)


def found(check: str, field: str | None = None, file: str | None = None, where: Place | None = None, **facts: Fact) -> Finding:
    """A finding with the severity of its id."""
    return Finding(check, SEVERITIES[check], field, file, where, facts)


def file(path: str, role: Role, size: int = 49_971, format: Format = Format.DOCX) -> FileRow:
    """A file whose checksum follows from its path."""
    return FileRow(path, hashlib.sha256(path.encode()).hexdigest(), size, format, role)


def nomination(number: str, nominee: str, category: str | None = "project", unit: str = "c1", **changes: object) -> Nomination:
    """A nomination that is in order, unless `changes` say otherwise."""
    row = Nomination(
        number=number,
        version=1,
        unit=unit,
        category=category,
        nominee=nominee,
        nominee_unit="",
        state=State.ACCEPTED,
        received=at(10),
        updated=at(10),
        mail=1,
        form=f"{nominee}/推荐表.docx",
        material=f"{nominee}/典型材料.docx",
        fields={},
        count=Count(1873, 1950),
        findings=(),
        publicity_shown=True,
    )
    return replace(row, **changes)  # type: ignore[arg-type]  # a test names fields of the row


def mail(id: int, outcome: Outcome, letter: Letter | None, subject: str = "报送推荐材料", **changes: object) -> MailRow:
    """A handled mail whose answer is owed."""
    row = MailRow(
        id=id,
        message_id=f"<m{id}@city.example>",
        sha256=f"{id:064x}",
        position=None,
        received=at(10, 9, 30) + timedelta(seconds=id),
        size=120_000,
        original=f"mail/{id}.eml",
        complete=True,
        state=MailState.HANDLED,
        outcome=outcome,
        unit="c1",
        sender=Address("yunchuan@city.example", "李宣"),
        subject=subject,
        letter=letter,
        answer_state=AnswerState.OWED if letter else AnswerState.NONE,
        handled=at(10, 9, 30) + timedelta(seconds=id + 3),
    )
    return replace(row, **changes)  # type: ignore[arg-type]  # a test names fields of the row


@dataclass
class Ledger:
    """A ledger in memory, filled as the handle step fills it."""

    store: SqlStore = field(default_factory=memory_store)
    mails: list[MailRow] = field(default_factory=list)

    def put(
        self, row: MailRow, *nominations: Nomination, filing: Filing = Filing.FILED, changes: Sequence[Change] = ()
    ) -> MailRow:
        """A mail with what it filed; RESTATED ones are not counted as filed."""
        with self.store.begin() as transaction:
            numbers = () if filing is Filing.RESTATED else tuple(one.number for one in nominations)
            id = transaction.mails.add(row)
            assert id is not None
            row = replace(row, id=id, filed=row.filed + numbers)
            transaction.mails.save(row)
        for one in nominations:
            self.file(row, replace(one, mail=id), filing, changes)
        self.mails = [*(mail for mail in self.mails if mail.id != row.id), row]
        return row

    def put_again(self, row: MailRow, *nominations: Nomination) -> None:
        """A mail that was handled a second time, with what it filed then."""
        with self.store.begin() as transaction:
            transaction.mails.save(replace(row, filed=tuple(one.number for one in nominations)))
        for one in nominations:
            self.file(row, replace(one, mail=row.id), Filing.FILED)

    def file(self, row: MailRow, one: Nomination, filing: Filing, changes: Sequence[Change] = ()) -> None:
        """One nomination, in its own transaction, with its history row."""
        facts: dict[str, Fact] = {"state": one.state.value, "version": one.version}
        facts |= {f"field:{change.field}": (change.before, change.after) for change in changes}
        with self.store.begin() as transaction:
            transaction.nominations.file(Filed(one, filing, tuple(changes)), row.id, row.received)
            transaction.chronicle.add(Event(row.received, f"mail:{row.id}", filing.value, f"nomination:{one.number}", facts))

    def letter(self, now: datetime, words: Wording | None = None) -> Outgoing:
        """The letter that answers all mails put in so far."""
        with self.store.glance() as look:
            rows = [look.mails.get(row.id) for row in self.mails]
            return compose_answer(look, rows, words or wording(), FakeScribe(), RULES, now, POST)
