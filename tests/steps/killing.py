"""Kill a worker with SIGKILL at any of the points where its world changes, start it again, and see what it made in the end.

Run as a program, so that it may fork: `python -m tests.steps.killing FOLDER PLAY` prints one JSON object a line.
A play goes through stages. First one worker plays all of them undisturbed, then one worker a stage (`after-N`); then each stage
is played once for each of its points, killed there and started again (`N-killed-at-M`); at last the whole play by a worker that
is killed at every start, one point later each time. What a killed stage leaves behind must be what the stage left before: then
the stages after it, which know nothing but what lies there, must end alike too.
"""

import gc
import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.adapters.files import make_state, only_worker, write_whole
from bot.adapters.maildir import MaildirMailbox
from bot.adapters.outfolder import FolderCourier
from bot.adapters.store import SqlStore
from bot.adapters.store_tables import metadata
from bot.model import AnswerState, Event, Filed, Filing, MailRow, MailState, State
from bot.ports import Transaction
from bot.steps.deliver import Sending, deliver, recover
from bot.steps.intake import IntakeLimits, take_in
from tests.adapters.values import full_nomination
from tests.fakes import NOON, ZONE, FakeClock, mail_bytes, outgoing
from tests.steps import whole_play
from tests.steps.doomed import Doom, DoomedCourier, DoomedOriginals, DoomedStore
from tests.steps.whole_play import World

MOST_STARTS = 2000


@dataclass(frozen=True)
class Play:
    """`prepare` is done once, before anything forks; `fill` makes the mailbox; each stage is so much of the worker's work."""

    fill: Callable[[Path], None]
    stages: tuple[Callable[[World], None], ...]
    prepare: Callable[[], None] = lambda: None


def steps_alone(world: World) -> None:
    """Intake and delivery with a handle step of three lines between them."""
    while take_in(world.mailbox, world.originals, world.store, world.clock, limits=IntakeLimits(batch=3)):
        pass
    with world.store.glance() as look:
        waiting = look.mails.unhandled(100)
    for mail in waiting:
        world.originals.load(mail.original)
        with world.store.begin() as transaction:
            _file_one(transaction, mail)
    deliver(Sending(world.store, world.courier, world.clock), lambda: True)


def _file_one(transaction: Transaction, mail: MailRow) -> None:
    """A nomination, a letter and the mail's new state in one transaction."""
    number = f"{transaction.nominations.history('410700', (), (), ()).next_number:04d}"
    nomination = full_nomination(number, mail=mail.id, state=State.ACCEPTED)
    transaction.nominations.file(Filed(nomination, Filing.FILED), mail.id, NOON)
    transaction.chronicle.add(Event(NOON, f"mail:{mail.id}", "filed", f"nomination:{number}"))
    assert transaction.outbox.add(replace(outgoing(f"receipt:{mail.id}"), mails=(mail.id,), numbers=(number,)), NOON, NOON)
    transaction.mails.save(replace(mail, state=MailState.HANDLED, answer_state=AnswerState.WRITTEN, filed=(number,)))


def fill(maildir: Path, count: int = 7) -> None:
    """Mails of which two are the same and one has no Message-ID."""
    contents = [mail_bytes(None if n == 3 else str(n)) for n in range(count)]
    for part in ("tmp", "new", "cur"):
        (maildir / part).mkdir(parents=True)
    for n, content in enumerate([*contents, contents[1]]):
        file = maildir / "new" / f"{n}.host"
        file.write_bytes(content)
        moment = (NOON + timedelta(minutes=n)).timestamp()
        os.utime(file, (moment, moment))


PLAYS: Mapping[str, Play] = {
    "steps-alone": Play(fill, (steps_alone,)),
    "whole-program": Play(whole_play.fill, whole_play.STAGES, whole_play.prepare),
}


# --- one start of the worker -------------------------------------------------------------------------------------------


def start(folder: Path, play: Play, point: int, stages: int) -> int:
    """One life of the worker, until so many stages in all have been played; gives the number of points it passed."""
    state = make_state(folder / "state")
    doom = Doom(point)
    played = folder / "played"
    with only_worker(state):
        store = SqlStore(f"sqlite:///{state}/ledger.db", ZONE)
        world = World(
            folder,
            MaildirMailbox(folder / "Maildir", state / "uids", ZONE),
            DoomedOriginals(state, doom),
            DoomedStore(store, doom),
            DoomedCourier(FolderCourier(folder / "letters"), doom, folder / "journal"),
            FakeClock(NOON + timedelta(hours=1)),
        )
        world.originals.sweep()
        recover(world.store, world.clock)
        for number in range(int(played.read_text()) if played.exists() else 0, stages):
            play.stages[number](world)
            write_whole(played, str(number + 1).encode())
        store.close()
    return doom.passed


def live(folder: Path, play: Play, point: int, stages: int) -> int | None:
    """One life in a process of its own; the points it passed, None when it was killed."""
    child = os.fork()
    if child == 0:
        try:
            passed = start(folder, play, point, stages)
            (folder / "passed").write_text(str(passed))
        except BaseException:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return None
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"the worker failed by itself at point {point}")
    return int((folder / "passed").read_text())


# --- what it left behind -----------------------------------------------------------------------------------------------

ATTEMPT_LIKE = {("outbox", "attempts"), ("outbox", "sent"), ("mails", "position"), ("folders", "uidvalidity")}
"""What may differ: how often a letter was tried, and the Maildir's UIDVALIDITY, which is drawn by lot."""


def ledger(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but what may differ; and not the event that tells of the restart itself."""
    engine = sa.create_engine(f"sqlite:///{folder}/state/ledger.db")
    with engine.connect() as connection:
        tables = {
            table.name: [
                {name: str(value) for name, value in row.items() if (table.name, name) not in ATTEMPT_LIKE}
                for row in connection.execute(sa.select(table)).mappings()
            ]
            for table in metadata.sorted_tables
        }
    engine.dispose()
    tables["chronicle"] = [
        {name: value for name, value in row.items() if name != "id"}
        for row in tables["chronicle"]
        if row["what"] != "recovered"
    ]
    tables["marks"].sort(key=lambda row: row["key"])
    return tables


def left_behind(folder: Path) -> dict[str, Any]:
    """Ledger, originals and letters, and how often each letter went."""
    journal = (folder / "journal").read_text().splitlines()
    return {
        "ledger": ledger(folder),
        "originals": sorted(str(path.relative_to(folder)) for path in (folder / "state" / "mail").rglob("*") if path.is_file()),
        "letters": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "letters").glob("new/*")},
        "mailbox": sorted(str(path.relative_to(folder)) for path in (folder / "Maildir").rglob("*")),
        "sent": {line: journal.count(line) for line in sorted(set(journal))},
    }


# --- all the lives -----------------------------------------------------------------------------------------------------


def main(folder: Path, play: Play) -> None:
    """All the lives of this play."""
    play.prepare()
    gc.freeze()  # what all lives share is not copied because a collector looks at it
    whole = len(play.stages)
    _told("undisturbed", _filled(folder / "undisturbed", play), lambda place: {"points": live(place, play, 0, whole)})
    before = _filled(folder / "before-1", play)
    for stage in range(1, whole + 1):
        after = _copied(before, folder / f"before-{stage + 1}")
        points = live(after, play, 0, stage) or 0
        print(json.dumps({"run": f"after-{stage}", "points": points, **left_behind(after)}, sort_keys=True), flush=True)
        for point in range(1, points + 1):
            place = _copied(before, folder / f"{stage}-killed-at-{point}")
            _told(place.name, place, partial(_killed_once, play=play, point=point, stages=stage))
        shutil.rmtree(before)
        before = after
    _told("again-and-again", _filled(folder / "again-and-again", play), lambda place: _killed_again_and_again(place, play))


def _filled(folder: Path, play: Play) -> Path:
    folder.mkdir()
    play.fill(folder / "Maildir")
    (folder / "journal").touch()
    return folder


def _copied(folder: Path, to: Path) -> Path:
    """The same world again; times of arrival are those of the files."""
    shutil.copytree(folder, to)
    return to


def _killed_once(folder: Path, play: Play, point: int, stages: int) -> dict[str, Any]:
    """A worker killed at one point and started again."""
    passed = live(folder, play, point, stages)
    if passed is None:
        live(folder, play, 0, stages)
    return {"stage": stages, "killed": int(passed is None)}


def _killed_again_and_again(folder: Path, play: Play) -> dict[str, Any]:
    """A worker that comes one point further at each start."""
    kills = 0
    for point in range(1, MOST_STARTS):
        if live(folder, play, point, len(play.stages)) is not None:
            break
        kills += 1
    return {"killed": kills}


def _told(name: str, place: Path, run: Callable[[Path], dict[str, Any]]) -> None:
    """Run there and print what it left behind."""
    print(json.dumps({"run": name, **run(place), **left_behind(place)}, sort_keys=True), flush=True)
    shutil.rmtree(place)


if __name__ == "__main__":
    main(Path(sys.argv[1]), PLAYS[sys.argv[2]])
