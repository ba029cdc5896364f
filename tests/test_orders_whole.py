"""Orders through the whole program: the digest's own code, an answer as mail programs write it, and the workbook back."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from bot.app import App
from bot.cli import run
from bot.config import load_config
from bot.demo.acts import loose, nominees, note, papers
from bot.demo.cast import writer
from bot.demo.programs import Arrived, compose
from bot.demo.scene import on
from bot.demo.stage import Stage, prepare
from bot.model import Nomination, State
from bot.opening import open_app
from bot.reading.message import parse
from tests.fakes import FakeClock

Said = pytest.CaptureFixture[str]
OFFICE = "office@leading-group.example"


class Day:
    """A stage with a clock, and the program at work on it."""

    def __init__(self, stage: Stage, app: App, clock: FakeClock) -> None:
        self.stage, self.app, self.clock = stage, app, clock

    def round(self, **later: float) -> None:
        self.clock.advance(timedelta(**later))
        assert self.app.round().well

    def drop(self, content: bytes) -> None:
        self.stage.drop(content, self.clock.now())

    def nominations(self) -> list[Nomination]:
        with self.app.store.glance() as ledger:
            return list(ledger.nominations.all())

    def letters(self, word: str) -> list[Arrived]:
        return [letter for letter in self.stage.letters() if word in letter.subject]


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    """A nomination came on the last evening and one ten minutes after midnight; the digest of the next morning is out."""
    stage, clock, who = prepare(tmp_path / "stage"), FakeClock(on(20, "23:00")), writer("water")
    with open_app(load_config(stage.settings), clock) as app:
        made = Day(stage, app, clock)
        for number, moment in enumerate(("23:00", "00:10")):
            made.clock.moment = on(20 + number, moment)
            some = nominees(who, clock.now(), {"project": (number,)})
            made.drop(compose(note(who, f"n{number}", clock.now(), some, enclosures=loose(papers(who, some))), who.program))
            made.round()
            made.round(minutes=5)
        made.clock.moment = on(21, "08:30")
        made.round()
        yield made


def code_of(digest: Arrived) -> str:
    found = re.search(r"今日口令：([A-Z]{4}-[A-Z]{4})（有效至12月23日 08:30）", digest.text)
    assert found
    return found[1]


def answer(digest: Arrived, words: str, html: bool = False) -> bytes:
    """A reply of the office that quotes the whole digest below, as text or as HTML alone."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = OFFICE, "sjhdz2021@126.com", f"回复：{digest.subject}"
    mail["Message-ID"], mail["In-Reply-To"] = f"<{abs(hash(words))}@leading-group.example>", digest.message_id
    if html:
        quoted = digest.text.replace("\n", "<br>")
        mail.set_content(f"<div>{words.replace(chr(10), '<br>')}</div><br><div>{quoted}</div>", subtype="html")
    else:
        mail.set_content(f"{words}\n\n------------------ 原始邮件 ------------------\n{digest.text}")
    return mail.as_bytes()


def test_the_digest_is_answered_by_its_numbers_below_which_it_is_quoted(day: Day) -> None:
    digest = day.letters("每日简报")[-1]
    item = re.search(r"(\d+)\. 0002 ", digest.text)
    assert item
    assert "可选：1 准予受理；2 退回" in digest.text
    day.drop(answer(digest, f"待核定 {item[1]}：1\n收到纸质 0001\n口令 {code_of(digest)}"))
    day.round(minutes=1)
    day.round(minutes=1)
    first, second = day.nominations()
    assert second.admitted
    assert second.state is not State.LATE
    assert first.paper is not None
    (told,) = day.letters("指令办理")
    assert told.recipients == (OFFICE,)
    assert "【指令办理】已办2项" in told.subject
    assert len(day.letters("办理决定")) == 1


def test_an_answer_in_html_alone_reads_the_same(day: Day) -> None:
    digest = day.letters("每日简报")[-1]
    day.drop(answer(digest, f"准予 0002\n口令 {code_of(digest)}", html=True))
    day.round(minutes=1)
    assert [one.admitted for one in day.nominations()] == [False, True]


def test_quoting_the_digest_alone_orders_nothing_and_gives_no_code(day: Day) -> None:
    digest = day.letters("每日简报")[-1]
    for html in (False, True):
        day.drop(answer(digest, f"收悉，谢谢。{html}", html))
    day.drop(answer(digest, "准予 0002"))
    day.round(minutes=1)
    assert [one.admitted for one in day.nominations()] == [False, False]
    day.round(minutes=11)
    (told,) = day.letters("指令办理")
    assert "邮件中没有写口令" in told.text


def test_the_code_is_in_no_log_no_status_and_no_ledger(day: Day, capsys: Said, caplog: pytest.LogCaptureFixture) -> None:
    digest = day.letters("每日简报")[-1]
    code = code_of(digest)
    with caplog.at_level("DEBUG"):
        day.drop(answer(digest, f"退回 0002 理由：逾期，口令{code}"))
        day.round(minutes=1)
        day.round(minutes=1)
    assert day.nominations()[1].state is State.WITHDRAWN
    for command in (["status"], ["status", "--json"], ["held"], ["explain", "0002"], ["export"]):
        run(["--config", str(day.stage.settings), *command])
    said = capsys.readouterr()
    kept = rows(day.app)
    for text in (caplog.text, said.out, said.err, kept):
        assert code not in text
        assert code.replace("-", "") not in text
    key = day.stage.folder / "state" / "order-key"
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_text() not in caplog.text + said.out + kept


def rows(app: App) -> str:
    """Everything the ledger holds but the bytes of the letters."""
    with app.store.glance() as ledger:
        parts = (
            ledger.mails.all(),
            ledger.nominations.all(),
            ledger.outbox.heads(),
            ledger.chronicle.all(),
            ledger.notes.all(),
        )
        return "".join(str(row) for part in parts for row in part) + str(ledger.marks.get("order-days"))


def test_a_forged_order_is_told_in_the_next_digest(day: Day) -> None:
    digest = day.letters("每日简报")[-1]
    forged = answer(digest, f"准予 0002\n口令 {code_of(digest)}")
    day.drop(b"Authentication-Results: mx7; spf=fail smtp.mail=x@evil.example\r\n" + forged)
    day.round(minutes=1)
    day.round(minutes=11)
    assert [one.admitted for one in day.nominations()] == [False, False]
    assert day.letters("指令办理") == []
    day.clock.moment = on(22, "08:30")
    day.round()
    newest = day.letters("每日简报")[-1]
    assert "以办公室名义发来、没有办理的指令1封（发件人未通过邮件服务器核验1封：邮件3）" in newest.text
    assert "以办公室名义发来的指令，口令不符或发件人未通过核验，没有办理" in newest.text


def test_a_pause_is_told_in_the_digest_which_goes_all_the_same(day: Day) -> None:
    digest = day.letters("每日简报")[-1]
    day.drop(answer(digest, f"暂停发信\n准予 0002\n口令 {code_of(digest)}"))
    day.round(minutes=1)
    day.round(minutes=5)
    assert len(day.letters("指令办理")) == 1
    assert day.letters("办理决定") == []
    day.clock.moment = on(22, "08:30")
    day.round()
    assert "办公室已于12月21日 08:31暂停发信" in day.letters("每日简报")[-1].text


def test_the_workbook_that_went_out_with_the_digest_is_read_back_by_command(day: Day, tmp_path: Path, capsys: Said) -> None:
    digest = day.letters("每日简报")[-1]
    workbook = next(
        part.content() for part in parse(digest.content, load_config(None).limits).root.leaves() if "sheet" in part.kind
    )
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheet = book["总台账"]
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index("备注") + 1).value = "已核实"
    sheet.cell(3, headings.index("核定意见") + 1).value = "准予"
    book.save(tmp_path / "张三的.xlsx")
    command = ["--config", str(day.stage.settings), "import-ledger", str(tmp_path / "张三的.xlsx")]
    assert run(command) == 0
    shown = capsys.readouterr().out
    assert "0001: '' -> '已核实'  (note)" in shown
    assert "0002: '' -> '准予'  (admit)" in shown
    assert "2 changes, 0 not taken; nothing was done (--yes does it)" in shown
    assert [one.admitted for one in day.nominations()] == [False, False]
    assert run([*command, "--yes"]) == 0
    assert "2 changes done, 0 not" in capsys.readouterr().out
    assert [one.admitted for one in day.nominations()] == [False, True]
    sheet.cell(2, headings.index("推荐对象") + 1).value = "别的"
    sheet.cell(2, headings.index("备注") + 1).value = "再改"
    book.save(tmp_path / "张三的.xlsx")
    assert run([*command, "--yes"]) == 1
    assert "总台账!D2: not taken: this cell is the ledger's: it was " in capsys.readouterr().out
    assert run([*command[:-1], str(tmp_path / "none.xlsx")]) == 2
    (tmp_path / "text.xlsx").write_text("no workbook")
    assert run([*command[:-1], str(tmp_path / "text.xlsx")]) == 2
    assert "text.xlsx: the file" in capsys.readouterr().err
