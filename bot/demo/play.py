"""Plays the invented campaign: the clock moves, mails drop into a mailbox, and the worker does what it always does."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.campaign import Rules
from bot.config import load_config
from bot.demo.closing import closing, day_line
from bot.demo.pages import write_pages
from bot.demo.post_room import note_the_post
from bot.demo.scene import ZONE, NoLetterError, Post, Scene
from bot.demo.script import script
from bot.demo.stage import NotAStageError, Stage, prepare
from bot.opening import open_app
from bot.ports import Clock, Store

FIRST_DAY, LAST_DAY = date(2021, 12, 1), date(2021, 12, 31)
STEP = timedelta(seconds=1)
"""The least that time moves on, so that work which stays due never holds the play."""


@dataclass(slots=True)
class PlayClock:
    """A clock that stands until it is moved."""

    moment: datetime

    def now(self) -> datetime:
        """The moment of the play."""
        return self.moment


class Worker(Protocol):
    """What the play needs of the program: the same rounds as in service, the ledger to look at, the workbook."""

    @property
    def store(self) -> Store:
        """The ledger."""
        ...

    @property
    def rules(self) -> Rules:
        """The campaign."""
        ...

    def start(self) -> None:
        """What is done once before the first round."""
        ...

    def round(self) -> object:
        """Intake, handle, answer, remind, digest, deliver, until nothing is left."""
        ...

    def next_due(self) -> datetime | None:
        """When the clock alone will make work."""
        ...

    def export(self, into: Path | None) -> Path:
        """Write the ledger workbook."""
        ...


Hire = Callable[[Path, Clock], AbstractContextManager[Worker]]
"""Wires a worker from its settings file and a clock."""


@contextmanager
def _hire(settings: Path, clock: Clock) -> Iterator[Worker]:
    """The worker of the play, without what differs from machine to machine and run to run: two plays are the same."""
    with open_app(load_config(settings, {}), clock=clock) as app:
        app.disk_free, app.order_key = lambda: None, bytes(32)
        yield app


def play(into: Path, say: Callable[[str], None] = print, scenes: Sequence[Scene] | None = None, hire: Hire = _hire) -> int:
    """Play the whole campaign in this folder; 0 when every scene could be played, 1 when not, 2 when the folder is taken."""
    try:
        stage = prepare(into)
    except NotAStageError as error:
        print(error, file=sys.stderr)
        return 2
    scenes = script() if scenes is None else scenes
    clock = PlayClock(datetime.combine(FIRST_DAY, datetime.min.time(), ZONE))
    say(f"Playing {FIRST_DAY.day} to {LAST_DAY:%d %B %Y} in {into}: {len(scenes)} mails, the program as in `shouli run`")
    with hire(stage.settings, clock) as worker:
        worker.start()
        failures = _perform(stage, clock, worker, scenes, say)
        workbook = worker.export(stage.folder / "ledger.xlsx")
        index = write_pages(stage)
        for line in closing(worker.store, worker.rules, stage, workbook, index):
            say(line)
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


def _perform(stage: Stage, clock: PlayClock, worker: Worker, scenes: Sequence[Scene], say: Callable[[str], None]) -> list[str]:
    """Day by day, mail by mail; what could not be played is told at the end, and the play goes on."""
    failures: list[str] = []
    for day in days():
        _pass_time(clock, worker, datetime.combine(day, datetime.min.time(), ZONE))
        for scene in (scene for scene in scenes if scene.at.date() == day):
            _pass_time(clock, worker, scene.at)
            try:
                stage.drop(scene.write(Post(stage.letters())), scene.at)
            except NoLetterError as error:
                failures.append(f"{scene.key}: {error}")
            worker.round()
        note_the_post(worker.store, clock.now())
        _pass_time(clock, worker, datetime.combine(day, datetime.max.time(), ZONE))
        say(day_line(worker.store, day))
    return failures


def _pass_time(clock: PlayClock, worker: Worker, until: datetime) -> None:
    """Stop at every moment at which the clock alone makes work; the worker in service looks more often and finds nothing."""
    while (due := worker.next_due()) is not None and due < until:
        clock.moment = max(due, clock.moment + STEP)
        worker.round()
    clock.moment = max(clock.moment, until)


def days() -> Iterator[date]:
    """Every day of the play."""
    day = FIRST_DAY
    while day <= LAST_DAY:
        yield day
        day += timedelta(days=1)
