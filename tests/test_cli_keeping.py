"""Commands that keep a ledger over the years: migrate, backup, restore, archive."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.files import only_worker
from bot.adapters.store_tables import REVISION
from bot.cli import run
from bot.demo.scene import on
from bot.demo.stage import Stage, prepare
from tests.adapters.test_migrations import FIRST_RELEASE
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
