"""A ledger of a hundred thousand nominations: what a digest with its workbook costs."""

import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.mails import START
from bench.memory import peak_mib
from bench.whole import Now
from bot.adapters.rules import load_rules
from bot.adapters.store import SqlStore
from bot.adapters.wording import load_wording
from bot.adapters.workbook import LedgerBook
from bot.campaign import NOT_ENTITLED, Rules
from bot.letters.compose import Sender
from bot.model import SEVERITIES, Count, Event, Filed, Filing, Finding, Nomination, State
from bot.steps.digest import Desk, digest
from bot.steps.gather import Post
from bot.wiring import shipped
from tests.office.build import letter as a_letter
from tests.office.build import mail as a_mail

STATES = (State.ACCEPTED, State.ACCEPTED, State.ACCEPTED, State.DEFECTIVE, State.OVER_QUOTA)
PAGE = 1000


@dataclass(frozen=True, slots=True)
class Morning:
    """One digest with its workbook: seconds, peak of the process that wrote it, size of the workbook."""

    nominations: int
    seconds: float
    peak_mib: float
    workbook_mib: float


def measure(count: int) -> Morning:
    """Fill a ledger with so many nominations, each with its mail, letter and history, and write the digest."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/ledger.db"
        with get_context("spawn").Pool(1) as pool:
            pool.apply(_fill, (url, count))
        with get_context("spawn").Pool(1) as pool:  # its memory is the digest's alone
            return pool.apply(_morning, (url, count, folder))


def _rules() -> Rules:
    return load_rules(shipped("rules") / "3x100-2021")


def _fill(url: str, count: int) -> None:
    rules = _rules()
    units = [unit.id for unit in rules.units if unit.kind != NOT_ENTITLED]
    with closing(SqlStore(url, ZoneInfo(rules.zone))) as store:
        for first in range(1, count + 1, PAGE):
            with store.begin() as transaction:
                for number in range(first, min(first + PAGE, count + 1)):
                    one = _nomination(number, units[number % len(units)], rules.categories[number % 3].id)
                    transaction.mails.add(a_mail(number, unit=one.unit, received=one.received, filed=(one.number,)))
                    transaction.nominations.file(Filed(one, Filing.FILED), number, one.received)
                    transaction.chronicle.add(
                        Event(one.received, f"mail:{number}", "filed", f"nomination:{one.number}", {"state": one.state.value})
                    )
                    transaction.outbox.add(a_letter(number).outgoing, one.received, one.received)


def _nomination(number: int, unit: str, category: str) -> Nomination:
    at = START + timedelta(seconds=number)
    state = STATES[number % len(STATES)]
    defects = {State.DEFECTIVE: "field-missing", State.OVER_QUOTA: "over-quota"}
    findings = tuple(
        Finding(check, SEVERITIES[check], "联系电话", f"{number}/推荐表.docx") for check in (defects.get(state),) if check
    )
    return Nomination(
        number=f"{number:04d}",
        version=1,
        unit=unit,
        category=category,
        nominee=f"便民服务项目{number}",
        nominee_unit="某某街道办事处",
        state=state,
        received=at,
        updated=at,
        mail=number,
        form=f"{number}/推荐表.docx",
        material=f"{number}/典型材料.docx",
        fields={"联系电话": "0371-5550102", "项目负责人": "戚长风", "主要做法和成效": "上门办理、延时服务。" * 30},
        count=Count(1873, 1990),
        findings=findings,
        publicity_shown=True,
    )


def _morning(url: str, count: int, folder: str) -> Morning:
    rules = _rules()
    wording = load_wording(rules, None, shipped("templates"))
    kept: list[int] = []

    def keep(name: str, content: bytes) -> Path:
        kept.append(len(content))
        return Path(folder) / name

    with closing(SqlStore(url, ZoneInfo(rules.zone))) as store:
        now = Now(datetime(2021, 12, 17, 8, 30, tzinfo=ZoneInfo(rules.zone)))
        post = Post(Sender("office@example.com", "活动办"))
        began = time.perf_counter()
        digest(store, wording, rules, now, LedgerBook(rules, wording), post, Desk(("office@example.com",)), keep)
        return Morning(count, time.perf_counter() - began, peak_mib(), kept[0] / (1 << 20))
