"""What the doctor says of a machine: full disks, folders nobody may write, silent workers, helpers that are not there."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.heartbeat import Heartbeat
from bot.config import Config
from bot.doctor import machine, turned_page
from bot.reading import ocr, unrar
from bot.reading.confine import Confinement
from bot.settings import StateSettings, WorkerSettings
from bot.steps.doctor import Ailing, State
from tests.fakes import NOON, FakeClock

MIB = 1024 * 1024


def config(state: Path) -> Config:
    return Config(state=StateSettings(folder=str(state)))


def found(ask: Callable[[], str]) -> tuple[State, str, str]:
    """State, words and remedy of a check."""
    try:
        return State.GOOD, ask(), ""
    except Ailing as ailing:
        return ailing.state, ailing.said, ailing.remedy


@pytest.mark.parametrize(
    ("free", "state"),
    [
        (4096 * MIB, State.GOOD),
        (2047 * MIB, State.ATTENTION),
        (199 * MIB, State.BAD),
        (0, State.BAD),
        (None, State.ATTENTION),
    ],
)
def test_how_much_room_there_is(free: int | None, state: State, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "free_bytes", lambda _folder: free)
    told, said, remedy = found(lambda: machine.disk(config(tmp_path / "not" / "yet")))
    assert told is state
    assert bool(remedy) is (state is not State.GOOD)
    if free is not None:
        assert said.startswith(f"{free // MIB} MiB free")


def test_a_disk_without_inodes_is_full_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.statvfs(tmp_path)
    shown = os.statvfs_result([*list(real)[:5], 10_000, 5, 5, *list(real)[8:]])
    monkeypatch.setattr(os, "statvfs", lambda _folder: shown)
    monkeypatch.setattr(machine, "free_bytes", lambda _folder: 4096 * MIB)
    assert found(lambda: machine.disk(config(tmp_path)))[0] is State.BAD


def test_a_folder_that_cannot_be_written_says_where_to_look() -> None:
    state, said, remedy = found(lambda: machine.state_folder(config(Path("/proc/self"))))  # not even by root
    assert state is State.BAD
    assert said.startswith("/proc/self cannot be written: ")
    assert "mounted read-only" in remedy


@pytest.mark.skipif(os.geteuid() == 0, reason="root may make folders everywhere: NOT tested as root")
def test_a_folder_that_cannot_be_made_says_who_must_make_it() -> None:
    state, _, remedy = found(lambda: machine.state_folder(config(Path("/nowhere/state"))))
    assert state is State.BAD
    assert "install -d -m 0700" in remedy


def test_a_folder_that_is_well_and_one_that_is_not_there_yet(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    assert found(lambda: machine.state_folder(config(tmp_path)))[:2] == (
        State.GOOD,
        f"{tmp_path}: can be written, closed to others",
    )
    assert found(lambda: machine.state_folder(config(tmp_path / "new")))[1].endswith("the first run makes it")
    assert not (tmp_path / "new").exists()


def test_a_file_others_can_read_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "ledger.db").write_bytes(b"")
    (tmp_path / "ledger.db").chmod(0o644)
    state, said, _ = found(lambda: machine.state_folder(config(tmp_path)))
    assert state is State.ATTENTION
    assert str(tmp_path / "ledger.db") in said


def test_a_worker_that_is_well_ill_silent_or_was_never_there(tmp_path: Path) -> None:
    settings, clock = config(tmp_path), FakeClock()
    assert found(lambda: machine.worker(settings, NOON))[0] is State.ABSENT
    heartbeat = Heartbeat(tmp_path, clock, 20)
    heartbeat.finished("")
    assert found(lambda: machine.worker(settings, NOON + timedelta(minutes=15)))[0] is State.GOOD
    assert found(lambda: machine.worker(settings, NOON + timedelta(minutes=16)))[0] is State.ATTENTION
    heartbeat.finished("mailbox: timed out")
    state, said, remedy = found(lambda: machine.worker(settings, NOON))
    assert (state, remedy) == (State.ATTENTION, "shouli status")
    assert said.endswith("its last round met with: mailbox: timed out")


def test_a_clock_that_was_never_set_is_told() -> None:
    assert found(lambda: machine.clock(NOON, "Asia/Shanghai"))[:2] == (
        State.GOOD,
        "2021-12-10 12:00:00 in Asia/Shanghai (UTC+0800)",
    )
    assert found(lambda: machine.clock(NOON.replace(year=1970), "Asia/Shanghai"))[0] is State.BAD


@pytest.mark.parametrize(
    ("holds", "state", "said"),
    [
        (Confinement(True, True, True), State.GOOD, "limited in memory and files, without network, no new privileges"),
        (Confinement(True, True, False), State.GOOD, "limited in memory and files, without network"),
        (Confinement(True, False, True), State.ATTENTION, "limited in memory and files; no network namespace of their own"),
        (Confinement(False, False, False), State.BAD, "processes that read mails cannot be limited here"),
        (None, State.BAD, "processes that read mails cannot be limited here"),
    ],
)
def test_what_holds_the_readers(holds: Confinement | None, state: State, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "confinement", lambda: holds)
    assert found(machine.readers)[:2] == (state, said)


def test_helpers_that_are_not_there_are_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(unrar, "is_there", lambda: False)
    monkeypatch.setattr(ocr, "installed", lambda: False)
    settings = config(tmp_path)
    monkeypatch.setattr(turned_page, "is_read", lambda: False)
    for ask in (lambda: machine.office(settings), machine.fonts, machine.archives, lambda: machine.scans(settings)):
        assert found(ask)[0] is State.ABSENT
    off = replace(settings, worker=replace(WorkerSettings(), ocr=False))
    assert found(lambda: machine.scans(off))[1] == "switched off in [worker]"
