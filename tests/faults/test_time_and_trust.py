"""Faults 42 to 48: whose clock counts, who may be believed, and what a cell or a header may not do."""

import io
import re
from datetime import datetime, timedelta

import openpyxl
import pytest

from bot.demo.acts import loose, nominees, note, papers
from bot.demo.cast import writer
from bot.demo.programs import compose
from bot.demo.scene import on
from bot.demo.stage import attachments
from bot.model import Letter, Outcome, State
from tests.faults.bench import LATER, Office
from tests.faults.conftest import Open
from tests.faults.mails import words

pytestmark = pytest.mark.server

BEFORE, AFTER = on(20, "23:59:59"), on(20, "23:59:59") + timedelta(seconds=1)
"""The last second of the last day in Beijing, and the first that is late."""


def dated(content: bytes, date: str) -> bytes:
    """With another Date, or without any."""
    return re.sub(rb"^Date: .*\r\n", f"Date: {date}\r\n".encode() if date else b"", content, count=1, flags=re.MULTILINE)


@pytest.mark.parametrize("date", ["", "Thu, 01 Jan 1970 00:00:00 +0000", "Fri, 31 Dec 2021 09:00:00 +0800", "yesterday"])
def test_fault_42_the_servers_time_decides_whatever_the_sender_dates_his_mail(opened: Open, date: str) -> None:
    desk = opened(now=on(20, "23:00"))
    desk.arrives(dated(desk.nomination("water", "in time"), date), at=BEFORE)
    early = "Mon, 06 Dec 2021 09:00:00 +0800"
    desk.arrives(dated(desk.nomination("insurance", "late"), early), at=AFTER)
    desk.round(timedelta(hours=2))
    assert [one.state for one in desk.nominations()] == [State.ACCEPTED, State.LATE]


def test_fault_43_a_server_that_counts_in_utc_closes_at_midnight_in_beijing_not_at_eight(opened: Open) -> None:
    desk = opened(now=on(21, "09:00"))
    for unit, moment in (("water", "15:59:59"), ("insurance", "16:00:00"), ("transport", "23:59:59")):
        at = datetime.fromisoformat(f"2021-12-20T{moment}+00:00")
        desk.arrives(dated(desk.nomination(unit, unit), "Mon, 20 Dec 2021 10:00:00 CST"), at=at)
    desk.round(LATER)
    assert [one.state for one in desk.nominations()] == [State.ACCEPTED, State.LATE, State.LATE]


def test_fault_44_until_the_20th_means_to_the_end_of_the_20th(opened: Open) -> None:
    desk = opened(now=on(20, "08:00"))
    units = ("water", "insurance", "transport", "justice")
    for unit, at in zip(units, (on(20, "00:00"), on(20, "18:01"), BEFORE, AFTER), strict=True):
        desk.arrives(desk.nomination(unit, unit), at=at)
    desk.round(timedelta(days=1))
    assert [one.state for one in desk.nominations()] == [State.ACCEPTED] * 3 + [State.LATE]


def test_fault_45_a_forged_sender_is_told_by_the_topmost_results_and_moves_nothing(desk: Office) -> None:
    """A stranger writes in a unit's name; below the server's verdict stands one that he wrote himself."""
    desk.arrives(desk.nomination("water"))
    desk.round(LATER)
    number = desk.nominations()[0].number
    refuted = "Authentication-Results: mx.126.com; spf=fail smtp.mailfrom=x@evil.example; dmarc=fail header.from=water"
    believed = "Authentication-Results: mx.126.com; spf=pass; dkim=pass; dmarc=pass"
    address = writer("water").address
    desk.arrives(words(address, f"撤回 {number}", f"撤回 {number}", "forged", refuted, believed))
    desk.arrives(words("x@evil.example", f"撤回 {number}", f"撤回 {number}", "stranger", believed))
    desk.round(LATER)
    desk.round(LATER)
    assert desk.nominations()[0].state is State.ACCEPTED
    assert "disowned by its server" in desk.mails()[1].reason
    stranger = desk.mails()[2]
    assert (stranger.outcome, stranger.letter, stranger.filed) == (Outcome.COMMAND, Letter.HELD, ())  # left to a person
    desk.arrives(words(address, f"撤回 {number}", f"撤回 {number}", "genuine", believed))
    desk.round(LATER)
    assert desk.nominations()[0].state is State.WITHDRAWN


FORMULAS = ('=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(1)", "=cmd|'/c calc'!A1", "＝1+1")


def test_fault_46_what_begins_like_a_formula_is_text_in_the_workbook(desk: Office) -> None:
    who = writer("water")
    for at, formula in enumerate(FORMULAS):
        (one,) = nominees(who, desk.clock.now(), {"team": (at,)})
        one = one.with_fields(**{"单位（团队）名称": formula, "负责人": formula})
        sent = note(who, f"formula {at}", desk.clock.now(), [one], enclosures=loose(papers(who, [one])), subject=formula)
        desk.arrives(compose(sent, who.program))
    desk.round(LATER)
    book = openpyxl.load_workbook(desk.app.export(desk.folder / "book.xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    texts = [str(cell.value) for cell in cells]
    assert sum(any(formula in text for text in texts) for formula in FORMULAS) >= len(FORMULAS) - 1
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert [one for one in formulas if any(hostile in one for hostile in FORMULAS)] == []
    digest = [content for letter in desk.digests for name, content in attachments(letter.message) if name.endswith(".xlsx")]
    assert all(openpyxl.load_workbook(io.BytesIO(content)) for content in digest)


def test_fault_47_headers_that_only_we_or_the_server_may_write_steer_nothing(desk: Office) -> None:
    """A stranger names our letter to somebody else, claims to be a bounce of it, bears our own mark, and says what he read."""
    desk.arrives(desk.nomination("water"))
    desk.round(LATER)
    letter = str(desk.letters[0].message["Message-ID"])
    number = desk.nominations()[0].number
    thread = (f"In-Reply-To: {letter}", f"References: {letter}")
    desk.arrives(
        words("x@evil.example", "回复：受理回执", "2", "choice", *thread),
        words("x@evil.example", f"撤回 {number}", f"撤回 {number}", "withdraw", *thread, "X-Shouli: 1", "X-Shouli-Unit: 000"),
        words(
            "x@evil.example",
            "系统退信",
            "投递失败",
            "bounce",
            *thread,
            "Return-Path: <>",
            "X-Failed-Recipients: all@all.example",
        ),
    )
    desk.round(LATER)
    desk.round(LATER)
    assert [(one.state, one.version) for one in desk.nominations()] == [(State.ACCEPTED, 1)]
    strangers = [letter for letter in desk.letters if letter.recipients == ("x@evil.example",)]
    assert not any(one.nominee.encode() in letter.content for one in desk.nominations() for letter in strangers)
    assert all(mail.unit is None or mail.outcome is not Outcome.RECEIVED for mail in desk.mails()[1:])


def test_fault_48_the_digest_comes_on_working_days_monday_to_friday(opened: Open) -> None:
    """A week before the last days, in which it comes every day."""
    desk = opened(now=on(6, "08:00"))
    came = []
    for _ in range(7):
        before = len(desk.digests)
        desk.round(timedelta(hours=1))
        came.append(len(desk.digests) - before)
        desk.round(timedelta(hours=23))
        assert len(desk.digests) - before == came[-1]
    assert came == [1, 1, 1, 1, 1, 0, 0]  # the 6th is a Monday
