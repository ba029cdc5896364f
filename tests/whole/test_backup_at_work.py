"""Backups taken while the worker runs and mails keep coming: each is whole, and each goes on to the same end."""

import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from bot.adapters.restore import restore
from bot.adapters.store_engine import make_engine
from bot.cli import run
from bot.demo.scene import on
from bot.demo.stage import Stage, prepare
from tests.test_cli import nomination
from tests.whole.post import PATIENCE, until

AT = on(8, "10:00")
UNITS = ("water", "insurance", "transport")
CATEGORIES = ("project", "team", "member")
BACKUPS = 5

Rows = list[tuple[str, ...]]


def rows(folder: Path, words: str) -> Rows:
    engine = make_engine(f"sqlite:///{folder}/state/ledger.db")
    with closing(engine.connect()) as connection:
        found = [tuple(str(value) for value in row) for row in connection.execute(sa.text(words))]
    engine.dispose()
    return found


def filed(folder: Path) -> Rows:
    return rows(folder, "SELECT number, version, unit, nominee, state, findings FROM nominations ORDER BY ordinal, version")


def answered(folder: Path) -> tuple[str, ...]:
    """How many mails have their letter, and the first state of a letter by the alphabet: `sent` comes last."""
    words = "SELECT (SELECT count(*) FROM mails WHERE answer_state = 'written'), (SELECT min(state) FROM outbox)"
    return rows(folder, words)[0]


def test_backups_of_a_worker_at_work_are_whole_and_each_of_them_comes_to_the_same_end(tmp_path: Path) -> None:
    stage = prepare(tmp_path / "stage")
    stage.settings.write_text(
        stage.settings.read_text("utf-8")
        + '\n[answers]\nquiet_seconds = 0\nwindow_minutes = 0\n[worker]\npoll_seconds = 1\nocr = false\noffice = ""\n',
        "utf-8",
    )
    mails = [nomination(unit, f"{unit} {category}", 0, category) for category in CATEGORIES for unit in UNITS]
    log = tmp_path / "log.txt"
    with log.open("w") as out:
        words = [sys.executable, "-m", "bot", "--config", str(stage.settings), "run"]
        worker = subprocess.Popen(words, stderr=out, stdout=out, cwd=Path(__file__).parents[2])
    try:
        until(lambda: (stage.folder / "state" / "maildir-uids").exists(), log.read_text)
        for number, content in enumerate(mails):
            stage.drop(content, AT + timedelta(minutes=number))
            if number >= len(mails) - BACKUPS:  # at whatever point the worker has come to, but something is there
                until(lambda: rows(stage.folder, "SELECT id FROM mails") != [], log.read_text)
                assert run(["--config", str(stage.settings), "backup", str(tmp_path / f"{number}.zip")]) == 0
        until(lambda: answered(stage.folder) == (str(len(mails)), "sent"), log.read_text)
        worker.terminate()
        assert worker.wait(PATIENCE) == 0
    finally:
        worker.kill()
        worker.wait()
    assert "Traceback" not in log.read_text()
    for number in range(len(mails) - BACKUPS, len(mails)):
        goes_on(restored(tmp_path, number), stage)


def restored(tmp_path: Path, number: int) -> Path:
    done = restore(tmp_path / f"{number}.zip", tmp_path / f"restored-{number}")
    assert done.manifest.missing == ()
    assert done.originals == done.manifest.tables["mails"].rows
    return tmp_path / f"restored-{number}"


def goes_on(folder: Path, stage: Stage) -> None:
    """The restored office reads the mailbox from where its ledger stands, and ends where the first one did."""
    assert run(["--config", str(folder / "shouli.toml"), "once"]) == 0
    assert filed(folder) == filed(stage.folder)
    assert rows(folder, "SELECT count(*), min(state), max(state) FROM mails") == [("9", "handled", "handled")]
    assert rows(folder, "SELECT min(state), max(state) FROM outbox") == [("sent", "sent")]
