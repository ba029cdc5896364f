"""The sign of life of a worker: one small file in the state folder, renewed as work goes on, for status and monitoring."""

import json
import logging
import os
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.adapters.files import write_whole
from bot.adapters.notify import Notifier
from bot.ports import Clock

NAME = "heartbeat.json"
"""Below the state folder, mode 0600."""

OFTEN_ENOUGH = timedelta(seconds=5)
"""While a round goes on the file is not written more often than that."""

log = logging.getLogger("shouli.heartbeat")


@dataclass(frozen=True, slots=True)
class Beat:
    """What the worker said last."""

    at: datetime  # when it was written
    process: int
    every: int  # seconds from round to round; 0: one round (`once`), somebody else's timer decides when the next one comes
    working: bool  # in the middle of a round
    rounds: int  # finished ones of this process
    trouble: str = ""  # what the last finished round met with

    @property
    def well(self) -> bool:
        """The last finished round met with nothing."""
        return not self.trouble


class Heartbeat:
    """Writes the file. That it cannot be written is logged and stops nobody: its age tells."""

    def __init__(self, state: Path, clock: Clock, every: int) -> None:
        self._path = state / NAME
        self._clock = clock
        self._every = every
        self._rounds = 0
        self._trouble = ""
        self._written: datetime | None = None

    def working(self) -> None:
        """A round has begun or has come a step further."""
        now = self._clock.now()
        if self._written is None or not timedelta(0) <= now - self._written < OFTEN_ENOUGH:
            self._write(now, working=True)

    def finished(self, trouble: str) -> None:
        """A round has ended."""
        self._rounds += 1
        self._trouble = trouble
        self._write(self._clock.now(), working=False)

    def _write(self, now: datetime, *, working: bool) -> None:
        beat = Beat(now, os.getpid(), self._every, working, self._rounds, self._trouble)
        try:
            write_whole(self._path, (json.dumps(asdict(beat), ensure_ascii=False, default=datetime.isoformat) + "\n").encode())
        except OSError as error:
            log.warning("%s cannot be written: %s", NAME, error.strerror)
        self._written = now


class Pulse:
    """What a worker tells of itself while it works: to the file, and to the service manager that watches it."""

    def __init__(self, heartbeat: Heartbeat | None = None, notifier: Notifier | None = None) -> None:
        self._heartbeat = heartbeat
        self._notifier = notifier or Notifier({})

    def working(self) -> None:
        """It has come a step further: called between any two units of work, never in the middle of one that may hang."""
        self._notifier.alive()
        if self._heartbeat is not None:
            self._heartbeat.working()

    def finished(self, trouble: str) -> None:
        """A round has ended; `trouble` is what it met with."""
        self._notifier.alive()
        self._notifier.status(trouble or "all is well")
        if self._heartbeat is not None:
            self._heartbeat.finished(trouble)


def read_beat(state: Path) -> Beat | None:
    """What the worker said last; None when it never did, or when the file is none of ours."""
    try:
        said = json.loads((state / NAME).read_text("utf-8"))
        return Beat(
            datetime.fromisoformat(said["at"]),
            int(said["process"]),
            int(said["every"]),
            bool(said["working"]),
            int(said["rounds"]),
            str(said["trouble"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
