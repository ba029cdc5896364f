"""The clockwork: one round at a time, errors survive, a signal ends it after the round under way."""

import os
import signal
import threading
from collections.abc import Callable

import pytest

from bot.schedule import Watched, run_until_stopped

PATIENCE = 30
"""Seconds after which a test gives up waiting for a round."""


def run(round_: Callable[[threading.Event], None], every: int = 1) -> None:
    """Run until a round sets the event."""
    stop = threading.Event()
    watchdog = threading.Timer(PATIENCE, stop.set)
    watchdog.start()
    try:
        run_until_stopped(lambda: round_(stop), every, "Asia/Shanghai", stop)
        assert watchdog.is_alive(), "nobody stopped it"
    finally:
        watchdog.cancel()
        watchdog.join()


def test_the_first_round_comes_at_once_and_further_ones_by_the_clock() -> None:
    rounds: list[int] = []

    def round_(stop: threading.Event) -> None:
        rounds.append(len(rounds) + 1)
        if len(rounds) == 2:
            stop.set()

    run(round_)
    assert rounds == [1, 2]


def test_a_round_that_raises_is_logged_and_the_next_one_comes(caplog: pytest.LogCaptureFixture) -> None:
    rounds: list[int] = []

    def round_(stop: threading.Event) -> None:
        rounds.append(1)
        if len(rounds) == 3:
            stop.set()
        raise RuntimeError("a broken round")

    run(round_)
    assert len(rounds) == 3
    assert [record.getMessage() for record in caplog.records].count("round failed") == 3
    assert "a broken round" in caplog.text


def test_rounds_never_meet_and_a_long_one_swallows_those_it_missed() -> None:
    under_way = threading.Semaphore(1)
    rounds: list[int] = []

    def round_(stop: threading.Event) -> None:
        assert under_way.acquire(blocking=False), "two rounds at once"
        rounds.append(1)
        if len(rounds) == 2:
            threading.Event().wait(2.5)  # longer than two turns of the clock
        if len(rounds) == 4:
            stop.set()
        under_way.release()

    run(round_)
    assert len(rounds) == 4


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_the_round_under_way_end_and_then_stops(number: signal.Signals, caplog: pytest.LogCaptureFixture) -> None:
    ended: list[str] = []
    before = signal.getsignal(number)

    def round_(stop: threading.Event) -> None:
        os.kill(os.getpid(), number)
        assert stop.wait(PATIENCE)
        ended.append("round")

    with caplog.at_level("INFO", logger="shouli.schedule"):
        run(round_)
    assert ended == ["round"]
    assert [record.getMessage() for record in caplog.records if record.name == "shouli.schedule"] == ["stopping", "stopped"]
    assert signal.getsignal(number) is before


def test_a_watched_worker_is_heard_between_rounds_and_not_while_one_hangs() -> None:
    heard: list[str] = []
    stop = threading.Event()
    hanging = threading.Event()

    def alive() -> None:
        heard.append("alive")
        if len(heard) == 3:
            hanging.set()

    def round_() -> None:
        if hanging.is_set():
            before = len(heard)
            threading.Event().wait(1.5)  # longer than several of its turns
            heard.append("silent" if len(heard) == before else "heard")
            stop.set()

    watchdog = threading.Timer(PATIENCE, stop.set)
    watchdog.start()
    try:
        run_until_stopped(round_, 1, "Asia/Shanghai", stop, Watched(alive, 0.2))
    finally:
        watchdog.cancel()
        watchdog.join()
    assert heard[:3] == ["alive"] * 3
    assert "silent" in heard
    assert "heard" not in heard


def test_a_worker_nobody_watches_is_not_asked_for_signs_of_life() -> None:
    asked: list[int] = []
    stop = threading.Event()
    rounds: list[int] = []

    def round_() -> None:
        rounds.append(1)
        if len(rounds) == 3:
            stop.set()

    run_until_stopped(round_, 1, "Asia/Shanghai", stop, Watched(lambda: asked.append(1), 0))
    assert asked == []
