"""The wheel works anywhere: built without the network, unpacked elsewhere, run from a third folder without the checkout."""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from bot.demo.acts import loose, nominees, note, papers
from bot.demo.cast import writer
from bot.demo.programs import compose
from bot.demo.scene import on

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files in a folder of their own."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False, env=clean_environment())
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def clean_environment(path: Path | None = None) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1", **({"PYTHONPATH": str(path)} if path else {})}


def shouli(unpacked: Path, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command of the unpacked wheel. `-P` and PYTHONPATH keep the checkout, installed or not, off the path's front."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "bot", *arguments],
        cwd=folder,
        env=clean_environment(unpacked),
        capture_output=True,
        text=True,
        check=False,
    )


def mail(folder: Path) -> Path:
    who = writer("water")
    some = nominees(who, on(8, "10:00"), {"project": (0,)})
    path = folder / "mail.eml"
    path.write_bytes(compose(note(who, "a", on(8, "10:00"), some, enclosures=loose(papers(who, some))), who.program))
    return path


def test_the_code_that_runs_is_the_wheel_s(unpacked: Path, tmp_path: Path) -> None:
    where = [sys.executable, "-P", "-c", "import bot, bot.wiring; print(bot.__file__); print(bot.wiring.shipped('rules'))"]
    done = subprocess.run(where, cwd=tmp_path, env=clean_environment(unpacked), capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [str(unpacked / "bot" / "__init__.py"), str(unpacked / "bot" / "shipped" / "rules")]


def test_rules_and_wording_travel_inside(unpacked: Path, tmp_path: Path) -> None:
    done = shouli(unpacked, tmp_path, "check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "rules 3x100-2021: good" in done.stdout
    assert "wording (zh-CN): good" in done.stdout


def test_a_mail_is_judged_by_the_reader_process_of_the_wheel(unpacked: Path, tmp_path: Path) -> None:
    done = shouli(unpacked, tmp_path, "try", "--json", str(mail(tmp_path)))
    assert (done.returncode, done.stderr) == (0, "")
    row = json.loads(done.stdout)
    assert [one["state"] for one in row["nominations"]] == ["accepted"]
    assert [letter["letter"] for letter in row["letters"]] == ["receipt"]


def test_blank_forms_are_written(unpacked: Path, tmp_path: Path) -> None:
    done = shouli(unpacked, tmp_path, "forms", "--into", "blank")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((tmp_path / "blank").glob("*.docx"))) == 3


def test_the_demonstration_comes_along(unpacked: Path, tmp_path: Path) -> None:
    """Its words and people lie beside its code; the play itself is played elsewhere."""
    script = "from bot.demo.script import script; print(len(script()))"
    done = subprocess.run(
        [sys.executable, "-P", "-c", script],
        cwd=tmp_path,
        env=clean_environment(unpacked),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 60


def test_an_operator_s_own_rules_and_wording_go_before_those_that_travel(unpacked: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.mkdir()
    for file in (unpacked / "bot" / "shipped" / "rules" / "3x100-2021").iterdir():
        if file.is_file():
            (rules / file.name).write_bytes(file.read_bytes())
    dates = (rules / "campaign.toml").read_text("utf-8")
    assert "2021-12-20" in dates
    (rules / "campaign.toml").write_text(dates.replace("2021-12-20", "2021-12-07"), "utf-8")
    subject = tmp_path / "templates" / "letters" / "receipt" / "subject.txt"
    subject.parent.mkdir(parents=True)
    subject.write_text("本单位自拟的回执标题\n", "utf-8")
    (tmp_path / "shouli.toml").write_text('[campaign]\nrules = "rules"\ntemplates = "templates"\n')
    done = shouli(unpacked, tmp_path, "try", "--json", str(mail(tmp_path)))
    assert (done.returncode, done.stderr) == (0, "")
    row = json.loads(done.stdout)
    assert [one["state"] for one in row["nominations"]] == ["late"]
    assert [letter["subject"] for letter in row["letters"]] == ["本单位自拟的回执标题"]


def test_a_ledger_of_an_earlier_version_is_brought_up_to_date_by_the_revisions_in_the_wheel(
    unpacked: Path, tmp_path: Path
) -> None:
    ledger = ROOT / "tests" / "adapters" / "ledgers" / "first_release.sql"
    (tmp_path / "state").mkdir(mode=0o700)
    with closing(sqlite3.connect(tmp_path / "state" / "ledger.db")) as connection:
        connection.executescript(ledger.read_text("utf-8"))
    done = shouli(unpacked, tmp_path, "migrate")
    assert (done.returncode, done.stderr.count("\n")) == (0, 1), done.stderr
    assert done.stdout.startswith("the ledger was brought from revision 0001 to ")


def test_nothing_of_tests_or_state_travels(unpacked: Path) -> None:
    (wheel,) = unpacked.parent.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"bot"}
    assert not [name for name in names if name.endswith((".db", ".pyc")) or "/state/" in name]
