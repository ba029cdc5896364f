"""The worker's clockwork: APScheduler calls the rounds, one at a time, until the process is asked to stop."""

import logging
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

log = logging.getLogger("shouli.schedule")

MISFIRE_GRACE = 3600
"""Seconds a late job is still run: what is due is asked of the ledger, so a late run is as good as a punctual one."""


@dataclass(frozen=True, slots=True)
class Watched:
    """A service manager that ends the process after a silence: `alive` is called every `seconds`, between two rounds too.

    By the very thread that works: where a round hangs, the call does not come, and that is its point.
    """

    alive: Callable[[], None]
    seconds: float


def run_until_stopped(
    round_: Callable[[], object], every: int, zone: str, stop: threading.Event | None = None, watched: Watched | None = None
) -> None:
    """Run `round_` now and then every `every` seconds until SIGTERM or SIGINT sets `stop`; a round under way ends first.

    One thread does everything, so no two rounds ever meet; a round that takes long swallows the ones it missed.
    """
    stop = stop or threading.Event()
    restore = {number: signal.signal(number, _stopper(stop)) for number in (signal.SIGTERM, signal.SIGINT)}
    scheduler = BackgroundScheduler(
        timezone=zone,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": MISFIRE_GRACE},
    )
    guarded = _guarded(round_)
    scheduler.add_job(guarded, "interval", seconds=max(1, every), id="round")
    if watched is not None and watched.seconds:
        scheduler.add_job(watched.alive, "interval", seconds=watched.seconds, id="alive")
    try:
        guarded()
        scheduler.start()
        stop.wait()
        log.info("stopping")
    finally:
        if scheduler.running:
            scheduler.shutdown(wait=True)
        for number, handler in restore.items():
            signal.signal(number, handler)
    log.info("stopped")


def _stopper(stop: threading.Event) -> Callable[[int, FrameType | None], None]:
    """Only sets the event: a handler runs in the middle of anything, also of a log line."""

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    return on_signal


def _guarded(round_: Callable[[], object]) -> Callable[[], None]:
    """A round that raises is logged with its traceback; the next one comes all the same."""

    def run() -> None:
        try:
            round_()
        except Exception:
            log.exception("round failed")

    return run
