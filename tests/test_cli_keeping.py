"""Commands that keep a ledger over the years: migrate, backup, restore, archive."""

import io
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from bot.adapters.files import only_worker
from bot.adapters.rules import load_rules
from bot.adapters.store_tables import REVISION
from bot.cli import run
from bot.cli.archiving import too_early
from bot.config import Config
from bot.demo.scene import on
from bot.demo.stage import Stage, prepare
from bot.settings import StateSettings
from bot.wiring import campaign_folder
from tests.adapters.test_migrations import FIRST_RELEASE
from tests.fakes import ZONE, FakeClock
from tests.test_cli import nomination

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test in an empty folder of its own, without settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("SHOULI_MAILBOX_PASSWORD", "SHOULI_COURIER_PASSWORD", "SHOULI_LEDGER_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def old(tmp_path: Path) -> Stage:
    """A stage whose ledger the first release left."""
    stage = prepare(tmp_path / "stage")
    (stage.folder / "state").mkdir(mode=0o700, exist_ok=True)
    with closing(sqlite3.connect(stage.folder / "state" / "ledger.db")) as connection:
        connection.executescript(FIRST_RELEASE.read_text("utf-8"))
    return stage


def told(stage: Stage, capsys: Said, *words: str) -> tuple[int, list[str], list[str]]:
    """Exit code, output and complaints of a command."""
    capsys.readouterr()
    code = run(["--config", str(stage.settings), *words])
    out, err = capsys.readouterr()
    return code, out.splitlines(), err.splitlines()


# --- migrate ---------------------------------------------------------------------------------------------------------------


def test_looking_at_an_old_ledger_is_refused_in_one_line_until_it_is_migrated(old: Stage, capsys: Said) -> None:
    code, out, (line,) = told(old, capsys, "status")
    assert (code, out) == (2, [])
    assert "of revision 0001" in line
    assert "shouli migrate" in line
    code, out, _err = told(old, capsys, "migrate")
    copy = old.folder / "state" / f"ledger-before-{REVISION}.db"
    assert out == [f"the ledger was brought from revision 0001 to {REVISION}", f"as it was before: {copy}"]
    assert code == 0
    assert copy.is_file()
    assert told(old, capsys, "migrate") == (0, [f"the ledger is at revision {REVISION}: nothing to do"], [])
    code, out, _ = told(old, capsys, "status")
    assert "nominations  3, accepted 2, over-quota 1" in out


def test_the_worker_brings_an_old_ledger_up_to_date_when_it_starts(old: Stage, capsys: Said) -> None:
    assert told(old, capsys, "once")[0] == 0
    assert (old.folder / "state" / f"ledger-before-{REVISION}.db").is_file()
    assert "nominations  3, accepted 2, over-quota 1" in told(old, capsys, "status")[1]


def test_a_ledger_is_not_migrated_under_a_worker_that_runs(old: Stage, capsys: Said) -> None:
    with only_worker(old.folder / "state"):
        code, out, (line,) = told(old, capsys, "migrate")
    assert (code, out) == (2, [])
    assert "another worker" in line


# --- backup and restore ----------------------------------------------------------------------------------------------------


def test_a_backup_is_restored_into_a_folder_that_goes_on_by_itself_and_holds_no_secret(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = prepare(tmp_path / "stage")
    stage.drop(nomination(), on(8, "10:00"))
    settings = stage.settings.read_text("utf-8")
    stage.settings.write_text(settings.replace("[mailbox]\n", '[mailbox]\npassword = "geheim\\"1"\n'), "utf-8")
    assert told(stage, capsys, "once")[0] == 0
    monkeypatch.setenv("SHOULI_COURIER_PASSWORD", "geheim2")
    code, out, err = told(stage, capsys, "backup", "b.zip")
    assert (code, err) == (0, [])
    assert out[0].startswith("b.zip: written, ")
    code, out, err = told(stage, capsys, "restore", "b.zip", "back")
    assert (code, err) == (0, [])
    assert out[-1] == "next: give the passwords again, then `shouli --config back/shouli.toml status`"
    assert told(stage, capsys, "restore", "b.zip", "back")[0] == 2
    assert told(stage, capsys, "backup", "b.zip")[0] == 2
    for path in Path("back").rglob("*"):
        assert path.is_dir() or b"geheim" not in path.read_bytes(), path
    restored = Stage(tmp_path / "back")
    assert told(restored, capsys, "check")[0] == 0
    stage.drop(nomination("insurance"), on(8, "11:00"))  # the mailbox of before: its path is written out in the settings
    assert told(restored, capsys, "once")[0] == 0
    assert "mails        2, received 2" in told(restored, capsys, "status")[1]
    assert "mails        1, received 1" in told(stage, capsys, "status")[1]


def test_a_backup_that_lacks_an_original_says_so_and_is_made_all_the_same(tmp_path: Path, capsys: Said) -> None:
    stage = prepare(tmp_path / "stage")
    stage.drop(nomination(), on(8, "10:00"))
    assert told(stage, capsys, "once")[0] == 0
    (original,) = (stage.folder / "state" / "mail").rglob("*.eml")
    original.unlink()
    code, out, (line,) = told(stage, capsys, "backup", "b.zip")
    assert (code, len(out)) == (1, 1)
    assert line.startswith(f"mail/{original.parent.name}/{original.name}: the ledger names this original")
    code, _, (line,) = told(stage, capsys, "restore", "b.zip", "back")
    assert code == 0
    assert "missing or damaged already" in line


def test_a_database_is_filled_only_when_one_is_named(tmp_path: Path, capsys: Said) -> None:
    stage = prepare(tmp_path / "stage")
    code, _, (line,) = told(stage, capsys, "restore", "b.zip", "back", "--database")
    assert code == 2
    assert "SHOULI_LEDGER_URL" in line


# --- archive ---------------------------------------------------------------------------------------------------------------


def finished(tmp_path: Path, capsys: Said) -> Stage:
    """An office whose campaign is long over: one nomination, answered."""
    stage = prepare(tmp_path / "stage")
    stage.drop(nomination(), on(8, "10:00"))
    assert told(stage, capsys, "once")[0] == 0
    return stage


def test_a_campaign_is_archived_checked_and_then_forgotten(tmp_path: Path, capsys: Said) -> None:
    stage = finished(tmp_path, capsys)
    code, (line,), err = told(stage, capsys, "archive", "归档")
    assert (code, err) == (0, [])
    assert line == "归档: 1 nominations, 1 mails, and the digests of all files in SHA256SUMS"
    code, (line,), _ = told(stage, capsys, "archive", "归档", "--check")
    assert (code, line) == (0, "归档: every file is what was archived: 3x100-2021, 1 nominations, 1 mails")
    code, _, (line,) = told(stage, capsys, "archive", "归档", "--remove", "--confirm", "another")
    assert (code, line[:31]) == (2, "not confirmed: nothing was remo")
    assert "nominations  1, accepted 1" in told(stage, capsys, "status")[1]
    code, out, err = told(stage, capsys, "archive", "归档", "--remove", "--confirm", "3x100-2021")
    assert (code, err) == (0, [])
    head = out[-1].rpartition(" ")[2]
    assert told(stage, capsys, "archive", "归档", "--check")[1][-1].endswith(f"its head is {head}")
    assert "nominations  1, accepted 1" in told(stage, capsys, "status")[1]
    left = [path.name for path in (stage.folder / "state").rglob("*") if path.is_file()]
    assert sorted(left) == ["ledger.db", "lock"]
    code, out, (line,) = told(stage, capsys, "once")  # the mail still lies in the mailbox, and would be new to this ledger
    assert (code, out) == (2, [])
    assert "the campaign of this ledger was archived on" in line
    assert told(stage, capsys, "export", "--into", "after.xlsx")[0] == 0


def test_a_proof_that_was_changed_is_told(tmp_path: Path, capsys: Said) -> None:
    stage = finished(tmp_path, capsys)
    told(stage, capsys, "archive", "a")
    assert told(stage, capsys, "archive", "a", "--remove", "--confirm", "3x100-2021")[0] == 0
    proof = Path("a/个人信息清除记录.jsonl")
    proof.write_bytes(proof.read_bytes().replace(b'"what": "original"', b'"what": "Original"', 1))
    code, _, (line,) = told(stage, capsys, "archive", "a", "--check")
    assert (code, line) == (2, "a/个人信息清除记录.jsonl: line 3 does not follow from the one before: the proof was changed")


def test_nothing_is_removed_while_a_worker_runs_or_something_is_unfinished_or_nobody_confirms(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = finished(tmp_path, capsys)
    told(stage, capsys, "archive", "a")
    remove = ("archive", "a", "--remove", "--confirm", "3x100-2021")
    with only_worker(stage.folder / "state"):
        assert "another worker" in told(stage, capsys, *remove)[2][0]
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert "not confirmed" in told(stage, capsys, *remove[:-2])[2][0]
    with closing(sqlite3.connect(stage.folder / "state" / "ledger.db")) as connection:
        connection.execute("UPDATE outbox SET state = 'waiting'")
        connection.commit()
    code, _, err = told(stage, capsys, *remove)
    assert (code, err) == (2, ["not finished: 1 letters wait for a person: nothing was removed"])
    assert "not finished: 1 letters wait for a person" in told(stage, capsys, "archive", "b")[2]
    assert told(stage, capsys, "export", "--into", "x.xlsx")[0] == 0
    assert "nominations  1, accepted 1" in told(stage, capsys, "status")[1]


def test_nothing_is_removed_of_a_campaign_that_goes_on(tmp_path: Path) -> None:
    rules = load_rules(campaign_folder(Config()))
    early, late = (FakeClock(datetime(2021, 12, day, 23, 59, tzinfo=ZONE)) for day in (30, 31))
    config = Config(state=StateSettings(str(tmp_path)))
    assert too_early(config, rules, early) == ["the campaign goes on until 2021-12-30: nothing was removed"]
    assert too_early(config, rules, late) == []
