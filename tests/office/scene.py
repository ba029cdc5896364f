"""A lively week of an invented campaign: what the golden digest and the pictures of the workbook are made of."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.board import Board
from bot.deciding.briefing import Bounced
from bot.deciding.standing import in_time, standing
from bot.model import (
    Address,
    Command,
    Event,
    Letter,
    MailRow,
    MailState,
    Nomination,
    OutboxRow,
    OutboxState,
    Outcome,
    State,
)
from bot.ports import Passing
from tests.office.build import at, campaign, finding, letter, mail, nomination

FORM = "推荐表.docx"


@dataclass(frozen=True, slots=True)
class Scene:
    """What the ledger holds."""

    rules: Rules
    nominations: tuple[Nomination, ...]
    mails: tuple[MailRow, ...]
    letters: tuple[OutboxRow, ...]
    events: tuple[Event, ...]

    @property
    def bounced(self) -> dict[int, Bounced]:
        """The delivery report, tied to the receipt that came back."""
        report = next((line for line in self.board.bounces if line.id == 6), None)
        if report is None:
            return {}
        return {6: Bounced(report, Letter.RECEIPT, "【受理回执】许昌市 0004", ("xc@example.com",))}

    @property
    def board(self) -> Board:
        """How it stands."""
        return self.seen()

    def seen(self, since: datetime | None = None) -> Board:
        """How it stands, counting what came since."""
        return standing(self.nominations, in_time(self.mails, self.letters), self.rules, since)

    def look(self, passing: Passing) -> Board:
        """The same, while mails and letters pass by somebody who looks at each."""
        return standing(self.nominations, passing(in_time(self.mails, self.letters)), self.rules)


def scene() -> Scene:
    """Seventeen nominations, nine mails, six letters."""
    return Scene(campaign(), _nominations(), _mails(), _letters(), _events())


def _nominations() -> tuple[Nomination, ...]:
    missing = finding("field-missing", "联系电话", FORM, wanted="telephone")
    publicity = finding("publicity-missing", "公示情况", FORM, days=3)
    long = finding("material-too-long", None, "典型材料.docx", count=2145, limit=2000, over=145)
    late = finding("late", days=0, hours=9, minutes=12, deadline="2021-12-20", received="2021-12-21T09:12:00+08:00")
    double = finding("duplicate-nominee", numbers=("0003",), nominees=("白云飞",), units=("新乡市",), categories=("党员标兵",))
    over = finding("over-quota", quota=1, live=2, place=2, numbers=("0010",), nominees=("校园安心餐",))
    many = [nomination(n, "410100", received=at(16, 10, n), nominee=f"郑州便民服务项目之{n}") for n in range(20, 26)]
    return (
        nomination(1, nominee="红旗区“一件事一次办”服务项目", received=at(10, 9, 1), paper=at(16, 15)),
        nomination(2, "410700", "team", "凤泉区政务服务中心", State.DEFECTIVE, missing, publicity, received=at(13, 16)),
        nomination(3, "410700", "member", "白云飞", received=at(15, 11), fields={"姓名": "白云飞", "联系电话": "13803710003"}),
        nomination(4, "411000", "project", "许昌老旧小区改造", State.DEFECTIVE, long, received=at(15, 15)),
        nomination(5, "411000", "member", "白云飞", State.ACCEPTED, double, received=at(16, 9, 30)),
        nomination(
            6,
            "419001",
            "team",
            "=cmd|'/c calc'!A1",
            State.HELD,
            received=at(16, 10),
            uncertain=("《典型材料1.docx》归“甲队”", "《典型材料1.docx》归“乙队”"),
        ),
        nomination(7, "p001", "project", "校园安心餐", received=at(14, 8)),
        nomination(8, "p001", "project", "阳光考务", State.OVER_QUOTA, over, received=at(16, 17), version=2),
        nomination(9, "p001", "member", "安然", State.LATE, late, received=at(21, 9, 12)),
        nomination(10, "411000", "team", "许昌志愿服务队", State.WITHDRAWN, received=at(12, 9)),
        nomination(
            11,
            "410700",
            "member",
            "秦晓岚",
            fields={"姓名": "秦晓岚", "联系电话": "13803710011"},
            received=at(16, 18, 5),
            version=2,
            updated=at(17, 8, 1),
            precedence=("2020年获评全省疫情防控先进个人。",),
        ),
        *many,
    )


def _mails() -> tuple[MailRow, ...]:
    ambiguous = finding("unit-ambiguous", candidates=("410100", "410700"), names=("郑州市", "新乡市"))
    asker = Address("question@example.com", "某单位")
    return (
        mail(1),
        mail(2, received=at(13, 16)),
        mail(3, Outcome.HELD, None, sender=asker, subject="请问推荐表是否需要贴照片", reason="a question", received=at(16, 9)),
        mail(4, Outcome.RETURNED, None, sender=Address("two@example.com"), findings=(ambiguous,), received=at(16, 9, 5)),
        mail(5, Outcome.HELD, None, state=MailState.FAILED, subject="材料", reason="three errors", received=at(16, 20)),
        mail(6, Outcome.BOUNCE, "411000", sender=Address("mailer-daemon@example.com"), subject="系统退信", received=at(17, 7)),
        mail(7, Outcome.HELD, "410700", command=Command.WITHDRAW, subject="撤回 0003", received=at(17, 7, 30)),
        mail(8, Outcome.IGNORED, None, subject="自动回复", received=at(17, 8)),
        replace(mail(9, None, None, received=at(17, 8, 29)), state=MailState.NEW),
    )


def _letters() -> tuple[OutboxRow, ...]:
    return (
        letter(1, queued=at(16, 10)),
        letter(2, state=OutboxState.QUEUED, queued=at(17, 8, 20)),
        letter(3, state=OutboxState.FAILED, error="550 no such user", queued=at(16, 11)),
        letter(4, state=OutboxState.WAITING, error="554 DT:SPM", queued=at(16, 12)),
        *(letter(id, Letter.REMINDER, sent=at(day, 9)) for id, day in ((5, 13), (6, 17))),
    )


def _events() -> tuple[Event, ...]:
    return (
        Event(at(10, 9, 1), "mail:1", "filed", "nomination:0001", {"state": "accepted", "version": 1}),
        Event(at(13, 16), "mail:2", "handled", "mail:2", {"outcome": "received"}),
        Event(at(16, 18, 5), "mail:6", "filed", "nomination:0011", {"state": "defective", "version": 1}),
        Event(
            at(17, 8, 1),
            "mail:8",
            "corrected",
            "nomination:0011",
            {"state": "accepted", "version": 2, "field:联系电话": ("", "13803710004"), "field:学历": ("本科", "研究生")},
        ),
        Event(at(16, 15), "operator", "paper", "nomination:0001", {}),
        Event(at(17, 8, 2), "clock", "reminded", "unit:410700", {"key": "reminder:3x100-2021:410700:7d"}),
    )
