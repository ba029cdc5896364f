"""The sign of life: what the file says, how often it is written, and that its failing stops nobody."""

import json
import os
import stat
from pathlib import Path

import pytest

from bot.adapters.heartbeat import NAME, Beat, Heartbeat, Pulse, read_beat
from bot.adapters.notify import Notifier
from tests.fakes import NOON, FakeClock


def test_it_says_when_who_and_how_the_last_round_went(tmp_path: Path) -> None:
    heartbeat = Heartbeat(tmp_path, FakeClock(), 20)
    heartbeat.working()
    assert read_beat(tmp_path) == Beat(NOON, os.getpid(), 20, working=True, rounds=0)
    heartbeat.finished("mailbox: timed out")
    assert read_beat(tmp_path) == Beat(NOON, os.getpid(), 20, working=False, rounds=1, trouble="mailbox: timed out")
    assert not Beat(NOON, 1, 20, working=False, rounds=1, trouble="mailbox: timed out").well
    assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600
    assert json.loads((tmp_path / NAME).read_text())["at"] == "2021-12-10T12:00:00+08:00"


def test_a_long_round_renews_it_now_and_then_and_not_at_every_step(tmp_path: Path) -> None:
    clock = FakeClock()
    heartbeat = Heartbeat(tmp_path, clock, 20)
    written = []
    for _ in range(10):
        heartbeat.working()
        beat = read_beat(tmp_path)
        assert beat is not None
        written.append((beat.at - NOON).total_seconds())
        clock.advance(seconds=2)
    assert written == [0, 0, 0, 6, 6, 6, 12, 12, 12, 18]


def test_a_clock_that_jumps_back_does_not_silence_it(tmp_path: Path) -> None:
    clock = FakeClock()
    heartbeat = Heartbeat(tmp_path, clock, 20)
    heartbeat.working()
    back = clock.advance(days=-1)
    heartbeat.working()
    beat = read_beat(tmp_path)
    assert beat is not None
    assert beat.at == back


def test_a_state_folder_that_is_gone_is_logged_and_stops_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    Heartbeat(tmp_path / "gone", FakeClock(), 20).finished("")
    assert [record.getMessage() for record in caplog.records] == [f"{NAME} cannot be written: No such file or directory"]


@pytest.mark.parametrize("content", ["", "{}", "[]", "null", '{"at": "noon"}', "\x00"])
def test_a_file_that_is_none_of_ours_is_no_sign_of_life(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content)
    assert read_beat(tmp_path) is None


def test_a_worker_nobody_watches_tells_nobody() -> None:
    pulse = Pulse()
    pulse.working()
    pulse.finished("")


def test_the_manager_hears_of_every_step_and_the_trouble_of_a_round(tmp_path: Path) -> None:
    told: list[str] = []

    class Ear(Notifier):
        def _tell(self, word: str) -> None:
            told.append(word)

    pulse = Pulse(Heartbeat(tmp_path, FakeClock(), 20), Ear({}))
    pulse.working()
    pulse.working()
    pulse.finished("")
    pulse.finished("mailbox: timed out")
    words = ["STATUS=all is well", "STATUS=mailbox: timed out"]
    assert told == ["WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1", words[0], "WATCHDOG=1", words[1]]
