"""Kill a worker with SIGKILL at any of the points where its world changes, start it again, and see what it made in the end.

Run as a program, so that it may fork: `python -m tests.steps.killing FOLDER PLAY` plays once undisturbed, then once for each
point, then once killed at every further start, and prints what each run left behind as one JSON object a line.
A play is a function in `PLAYS`: it gets a `World` and works until nothing is left to do.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.adapters.files import FileOriginals, make_state, only_worker
from bot.adapters.maildir import MaildirMailbox
from bot.adapters.outfolder import FolderCourier
from bot.adapters.store import SqlStore
from bot.adapters.store_tables import metadata
from bot.model import AnswerState, Delivery, Event, Filed, Filing, MailRow, MailState, Outgoing, State
from bot.ports import Clock, Courier, Mailbox, Originals, Store, Transaction
from bot.steps.deliver import deliver, recover
from bot.steps.intake import IntakeLimits, take_in
from tests.adapters.values import full_nomination
from tests.fakes import NOON, ZONE, FakeClock, mail_bytes, outgoing

MOST_STARTS = 500


class Doom:
    """Counts the points a worker passes and kills its process at the chosen one (0: never)."""

    def __init__(self, point: int) -> None:
        self.point = point
        self.passed = 0

    def tick(self) -> None:
        self.passed += 1
        if self.passed == self.point:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class DoomedStore:
    """A store in which death waits before and after every commit."""

    store: Store
    doom: Doom

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        with self.store.begin() as transaction:
            yield transaction
            self.doom.tick()
        self.doom.tick()

    @contextmanager
    def glance(self) -> Iterator[Transaction]:
        with self.store.glance() as transaction:
            yield transaction

    def close(self) -> None:
        self.store.close()


@dataclass(frozen=True)
class DoomedOriginals:
    """Originals with death right after each has been kept."""

    originals: Originals
    doom: Doom

    def keep(self, content: bytes) -> str:
        path = self.originals.keep(content)
        self.doom.tick()
        return path

    def load(self, path: str) -> bytes:
        return self.originals.load(path)


@dataclass(frozen=True)
class DoomedCourier:
    """A courier with death right before and after the letter is out; each time it went is a line in `journal`."""

    courier: Courier
    doom: Doom
    journal: Path

    def send(self, letter: Outgoing) -> Delivery:
        self.doom.tick()
        delivery = self.courier.send(letter)
        with self.journal.open("a") as file:
            file.write(f"{letter.message_id} {hashlib.sha256(letter.content).hexdigest()}\n")
        self.doom.tick()
        return delivery

    def close(self) -> None:
        self.courier.close()


@dataclass(frozen=True)
class World:
    """What a play works on. Everything lasting lies in `folder`."""

    folder: Path
    doom: Doom
    mailbox: Mailbox
    originals: Originals
    store: Store
    courier: Courier
    clock: Clock


Play = Callable[[World], None]


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
    while deliver(world.store, world.courier, world.clock):
        pass


def _file_one(transaction: Transaction, mail: MailRow) -> None:
    """A nomination, a letter and the mail's new state in one transaction."""
    number = f"{transaction.nominations.history('410700', (), (), ()).next_number:04d}"
    nomination = full_nomination(number, mail=mail.id, state=State.ACCEPTED)
    transaction.nominations.file(Filed(nomination, Filing.FILED), mail.id, NOON)
    transaction.chronicle.add(Event(NOON, f"mail:{mail.id}", "filed", f"nomination:{number}"))
    assert transaction.outbox.add(replace(outgoing(f"receipt:{mail.id}"), mails=(mail.id,), numbers=(number,)), NOON, NOON)
    transaction.mails.save(replace(mail, state=MailState.HANDLED, answer_state=AnswerState.WRITTEN, filed=(number,)))


PLAYS: Mapping[str, Play] = {"steps-alone": steps_alone}


# --- one start of the worker -------------------------------------------------------------------------------------------


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


def start(folder: Path, play: Play, point: int) -> int:
    """One life of the worker; gives the number of points it passed."""
    state = make_state(folder / "state")
    doom = Doom(point)
    clock = FakeClock(NOON + timedelta(hours=1))
    with only_worker(state):
        originals = FileOriginals(state)
        originals.sweep()
        store = DoomedStore(SqlStore(f"sqlite:///{state}/ledger.db", ZONE), doom)
        world = World(
            folder,
            doom,
            MaildirMailbox(folder / "Maildir", state / "uids", ZONE),
            DoomedOriginals(originals, doom),
            store,
            DoomedCourier(FolderCourier(folder / "letters"), doom, folder / "journal"),
            clock,
        )
        recover(store, clock)
        play(world)
        store.close()
    return doom.passed


def live(folder: Path, play: Play, point: int) -> int | None:
    """One life in a process of its own; the points it passed, None when it was killed."""
    child = os.fork()
    if child == 0:
        try:
            passed = start(folder, play, point)
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
    return tables


def left_behind(folder: Path) -> dict[str, Any]:
    """Ledger, originals and letters, and how often each letter went."""
    journal = (folder / "journal").read_text().splitlines()
    return {
        "ledger": ledger(folder),
        "originals": sorted(str(path.relative_to(folder)) for path in (folder / "state" / "mail").rglob("*") if path.is_file()),
        "letters": {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "letters" / "new").iterdir()
        },
        "mailbox": sorted(str(path.relative_to(folder)) for path in (folder / "Maildir").rglob("*")),
        "sent": {line: journal.count(line) for line in sorted(set(journal))},
    }


# --- all the lives -----------------------------------------------------------------------------------------------------


def killed_once(folder: Path, play: Play, point: int) -> dict[str, Any]:
    """A worker killed at one point and started again."""
    fill(folder / "Maildir")
    passed = live(folder, play, point)
    if passed is None:
        live(folder, play, 0)
    return {"points": passed, "killed": int(passed is None), **left_behind(folder)}


def killed_again_and_again(folder: Path, play: Play) -> dict[str, Any]:
    """A worker that comes one point further at each start."""
    fill(folder / "Maildir")
    kills = 0
    for point in range(1, MOST_STARTS):
        if live(folder, play, point) is not None:
            break
        kills += 1
    return {"points": None, "killed": kills, **left_behind(folder)}


def main(folder: Path, play: Play) -> None:
    """Undisturbed, then killed at each point, then again and again."""
    points = _told(folder, "undisturbed", partial(killed_once, play=play, point=0))["points"]
    for point in range(1, points + 1):
        _told(folder, f"killed-at-{point}", partial(killed_once, play=play, point=point))
    _told(folder, "again-and-again", partial(killed_again_and_again, play=play))


def _told(folder: Path, name: str, run: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
    """Run in a fresh folder and print what it left behind."""
    place = folder / name
    place.mkdir()
    found = {"run": name, **run(place)}
    print(json.dumps(found, sort_keys=True), flush=True)
    shutil.rmtree(place)
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), PLAYS[sys.argv[2]])
