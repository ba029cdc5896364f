"""The whole program killed two hundred times amid three hundred mails: the same ledger, no mail lost, no letter twice."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.whole.post import Arrived, Sink

MAILS = 300
KILLS = int(os.environ.get("SHOULI_KILLS", "200"))
SEED = int(os.environ.get("SHOULI_SEED", "20211220"))

MAY_DIFFER = {
    "mails": {"position", "handled"},  # a Maildir's UIDVALIDITY is drawn by lot; when it was handled is the clock's
    "folders": {"uidvalidity"},
    "marks": {"value"},
    "nominations": {"touched"},
    # The key holds the moment. A letter says how things stand when it is written, also what it asks about an exceeded quota.
    "outbox": {"dedup_key", "message_id", "content", "queued", "due", "sent", "attempts", "question"},
    "chronicle": {"id", "at"},
}
"""Columns that say when, or how often it was tried."""


class Runs:
    """What both offices came to, and the letters that left them."""

    def __init__(self, words: str, letters: list[Arrived]) -> None:
        self.calm, self.killed = (json.loads(line) for line in words.splitlines())
        self._letters = letters

    def letters(self, run: dict[str, Any]) -> list[Arrived]:
        return [letter for letter in self._letters if letter.sender.startswith(f"{run['run']}@")]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    if not sys.platform.startswith("linux"):
        pytest.skip("the reading processes of a killed worker can be watched on Linux only: the kill test is NOT run here")
    folder = tmp_path_factory.mktemp("killed")
    with Sink() as sink:
        words = [str(folder), str(sink.port), str(MAILS), str(KILLS), str(SEED)]
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.whole.killing", *words],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return Runs(done.stdout, sink.letters)


def ledger(run: dict[str, Any]) -> dict[str, list[dict[str, str]]]:
    """Every row of every table, but for what may differ; the history in one order, without what tells of a restart itself."""
    tables = {
        table: [{name: value for name, value in row.items() if name not in MAY_DIFFER.get(table, ())} for row in rows]
        for table, rows in run["ledger"].items()
    }
    told = [row for row in tables["chronicle"] if row["what"] != "recovered"]
    for row in told:
        row["facts"] = row["facts"].partition("'key':")[0]  # the letter's key holds the moment
    tables["chronicle"] = sorted(told, key=lambda row: sorted(row.items()))
    return tables


def test_the_undisturbed_run_files_and_answers_every_mail(runs: Runs) -> None:
    tables = runs.calm["ledger"]
    assert len(tables["mails"]) == len(tables["nominations"]) == len(tables["outbox"]) == len(runs.calm["originals"]) == MAILS
    assert {row["state"] for row in tables["outbox"]} == {"sent"}
    assert len({row["state"] for row in tables["nominations"]}) > 1


def test_it_was_killed_so_often_and_everywhere(runs: Runs) -> None:
    kills = Counter(runs.killed["kills"])
    assert kills.total() == KILLS
    assert {"starting", "intake", "handle", "answer"} <= set(kills)
    assert runs.killed["starts"] < 3 * KILLS


def test_the_ledger_is_the_same_as_undisturbed_and_no_mail_is_lost(runs: Runs) -> None:
    assert runs.killed["code"] == 0
    assert ledger(runs.killed) == ledger(runs.calm)
    assert runs.killed["originals"] == runs.calm["originals"]
    assert runs.killed["mailbox"] == runs.calm["mailbox"]


def test_no_letter_is_sent_twice_but_what_the_server_had_when_the_program_died_and_that_is_the_same_letter(runs: Runs) -> None:
    queued = {row["message_id"]: int(row["attempts"]) for row in runs.killed["ledger"]["outbox"]}
    sent = runs.letters(runs.killed)
    times = Counter(str(letter.message["Message-ID"]) for letter in sent)
    assert set(times) == set(queued)
    assert len(queued) == MAILS
    assert {name for name, count in times.items() if count > queued[name]} == set()
    assert len({(str(letter.message["Message-ID"]), letter.content) for letter in sent}) == MAILS
    assert Counter(letter.recipients for letter in runs.letters(runs.calm)) == Counter(
        {letter.recipients: 1 for letter in sent}
    )


def test_the_letters_say_the_same(runs: Runs) -> None:
    def told(run: dict[str, Any]) -> set[tuple[tuple[str, ...], str]]:
        return {(letter.recipients, letter.subject) for letter in runs.letters(run)}

    assert told(runs.killed) == told(runs.calm)


def test_no_reading_process_outlives_its_worker(runs: Runs) -> None:
    """That the run came to its end says so: it waits for all of them; and there were some."""
    assert 0 < runs.killed["orphans"] <= runs.killed["starts"]
