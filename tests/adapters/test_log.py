"""The log: readable, JSON, and for the journal; one line a mail with its number and outcome, nothing of what it said."""

import json
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from typing import IO

import pytest

from bot.adapters.log import set_up_logging, told
from bot.ports import StoreError
from tests.deciding import build
from tests.steps.rounds import Rounds


@pytest.fixture
def office() -> Iterator[Rounds]:
    made = Rounds()
    yield made
    made.store.close()


class Log:
    """Standard error as a real file (the journal is known by device and inode), set in its place when logging begins."""

    def __init__(self, file: IO[str], patch: pytest.MonkeyPatch) -> None:
        self.file, self._patch = file, patch

    def begin(self, style: str = "text", *, quiet: bool = False, **environment: str) -> None:
        self._patch.setattr(sys, "stderr", self.file)
        set_up_logging(style, quiet=quiet, environment=environment)

    @property
    def stream(self) -> str:
        about = os.fstat(self.file.fileno())
        return f"{about.st_dev}:{about.st_ino}"

    def lines(self) -> list[str]:
        self.file.seek(0)
        return self.file.read().splitlines()


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[Log]:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        yield Log(file, monkeypatch)


def test_in_json_each_mail_is_one_object_with_its_number_and_outcome(office: Rounds, log: Log) -> None:
    log.begin("json")
    office.arrives(build.mail(*build.whole("project")), "li.ming@xinxiang.example", "王小明的推荐材料")
    office.round()
    lines = [json.loads(line) for line in log.lines()]
    assert [(line["logger"], line["mail"], line.get("outcome"), line.get("filed")) for line in lines] == [
        ("shouli.intake", 1, None, None),
        ("shouli.handle", 1, "received", 1),
    ]
    assert lines[1]["reason"] == office.mail(1).reason
    said = json.dumps(lines, ensure_ascii=False)
    assert not [word for word in ("li.ming", "王小明", "红旗区") if word in said]


def test_a_line_for_people_has_time_level_and_words(log: Log) -> None:
    log.begin()
    logging.getLogger("shouli.test").info("mail %d: received", 7)
    (line,) = log.lines()
    assert line.endswith("INFO shouli.test: mail 7: received")


def test_quiet_keeps_everything_below_warnings_back(log: Log) -> None:
    log.begin(quiet=True)
    logging.getLogger("shouli.test").info("not this")
    logging.getLogger("shouli.test").warning("but this")
    assert [line.partition("shouli.test: ")[2] for line in log.lines()] == ["but this"]


def test_the_journal_gets_the_level_in_front_and_no_time(log: Log) -> None:
    log.begin(JOURNAL_STREAM=log.stream)
    logging.getLogger("shouli.test").info("well")
    logging.getLogger("shouli.test").error("ill")
    assert log.lines() == ["<6>shouli.test: well", "<3>shouli.test: ill"]


def test_a_stream_that_was_redirected_is_not_the_journal(log: Log) -> None:
    log.begin(JOURNAL_STREAM="8:12345")
    logging.getLogger("shouli.test").info("well")
    (line,) = log.lines()
    assert line.endswith("INFO shouli.test: well")


def test_what_a_terminal_would_obey_becomes_visible(log: Log) -> None:
    log.begin()
    logging.getLogger("shouli.test").warning("one\x1b[2Jtwo\u202e")
    (line,) = log.lines()
    assert line.endswith("one\\x1b[2Jtwo\\u202e")


def test_a_traceback_tells_where_and_not_what_a_mail_said(office: Rounds, log: Log) -> None:
    log.begin("json")
    office.arrives(ValueError("no date: 王小明 生于1970年"))
    office.round()
    lines = [json.loads(line) for line in log.lines()]
    failed = next(line for line in lines if line["level"] == "error")
    assert failed["message"] == "mail 1: attempt 1 of 3 failed"
    assert (failed["mail"], failed["attempt"]) == (1, 1)
    assert "in _settle" in failed["traceback"] or "in batch" in failed["traceback"]
    assert failed["traceback"].endswith("ValueError (its words may quote a mail: see the ledger)")
    assert "王小明" not in json.dumps(lines, ensure_ascii=False)
    assert "ValueError: no date: 王小明" in office.mail(1).traceback  # for the office's eyes


def raised() -> Exception:
    """An error of a machine that came of another one."""
    try:
        dict[str, int]()["王小明"]
    except KeyError as error:
        disk = StoreError("disk full")
        disk.__cause__ = error
    return disk


def test_errors_of_machines_speak_and_those_behind_them_are_told_first() -> None:
    lines = told(raised()).splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "Traceback (most recent call last):",
        "KeyError (its words may quote a mail: see the ledger)",
        "Traceback (most recent call last):",
        "StoreError: disk full",
    ]


def test_errors_that_lead_to_each_other_end() -> None:
    one, two = ValueError("a"), ValueError("b")
    one.__context__, two.__context__ = two, one
    assert told(one).count("ValueError") == 2
