"""Plays the invented campaign: the clock moves, mails drop into a mailbox, and the worker does what it always does."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.app import open_app
from bot.campaign import Rules
from bot.config import load_config
from bot.demo.closing import closing, day_line
from bot.demo.pages import write_pages
from bot.demo.scene import ZONE, NoLetterError, Post, Scene
from bot.demo.script import script
from bot.demo.stage import NotAStageError, Stage, prepare
from bot.ports import Clock, Store

FIRST_DAY, LAST_DAY = date(2021, 12, 1), date(2021, 12, 31)
AFTER = (timedelta(minutes=1), timedelta(minutes=11))
"""Rounds so long after a mail: when its answer is due, and when an answer held back by the brake is."""

EVERY = timedelta(minutes=30)
"""Rounds between mails; the worker in service looks more often, and finds nothing."""


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

    def export(self, into: Path | None) -> Path:
        """Write the ledger workbook."""
        ...


Hire = Callable[[Path, Clock], AbstractContextManager[Worker]]
"""Wires a worker from its settings file and a clock."""


def _hire(settings: Path, clock: Clock) -> AbstractContextManager[Worker]:
    return open_app(load_config(settings, {}), clock=clock)


def play(into: Path, say: Callable[[str], None] = print, scenes: Sequence[Scene] | None = None, hire: Hire = _hire) -> int:
    """Play the whole campaign in this folder; 0 when every scene could be played, 1 when not, 2 when the folder is taken."""
    try:
        stage = prepare(into)
    except NotAStageError as error:
        print(error, file=sys.stderr)
        return 2
    scenes = script() if scenes is None else scenes
    clock = PlayClock(datetime.combine(FIRST_DAY, datetime.min.time(), ZONE))
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
    """Every moment in order; what could not be played is told, and the play goes on."""
    waiting, failures = list(scenes), []
    for moment in moments(scenes):
        if moment.date() != clock.moment.date():
            say(day_line(worker.store, clock.moment.date()))
        clock.moment = moment
        while waiting and waiting[0].at <= moment:
            scene = waiting.pop(0)
            try:
                stage.drop(scene.write(Post(stage.letters())), scene.at)
            except NoLetterError as error:
                failures.append(f"{scene.key}: {error}")
        worker.round()
    say(day_line(worker.store, clock.moment.date()))
    return failures


def moments(scenes: Sequence[Scene]) -> list[datetime]:
    """When the worker looks: at each mail, when its answer is due, and in between."""
    after = {scene.at + delay for scene in scenes for delay in (timedelta(0), *AFTER)}
    return sorted(after | set(_between()))


def _between() -> Iterator[datetime]:
    moment = datetime.combine(FIRST_DAY, datetime.min.time(), ZONE)
    while moment.date() <= LAST_DAY:
        yield moment
        moment += EVERY
