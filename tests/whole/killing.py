"""Kill the program with SIGKILL at random points while mails keep coming, and see what it made of them in the end.

Run as a program of one thread, so that it may fork: `python -m tests.whole.killing FOLDER SMTP-PORT MAILS KILLS SEED`. It
makes two offices in FOLDER. In `undisturbed` all mails lie there and `shouli once` runs a single time. In `killed` mails are
put in a few at a time, and each time `shouli once` is started and killed, until it has been killed so often; the last start
is left alone. What is started is the command itself, in a process forked from this one, which has imported everything and
has read rules and wording: a start costs a fifth of what it costs an operator, and nothing that the ledger knows of. When to
kill is drawn by lot from SEED: so many lines of the log, and some milliseconds more, wherever that finds the program on this
machine. Prints one JSON object an office: how often it was killed and after which part's line, and what lies there now.
"""

import ctypes
import functools
import gc
import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import bot.opening
from bench.mails import mail
from bot.adapters.rules import load_rules
from bot.adapters.store_engine import make_engine
from bot.adapters.store_tables import metadata
from bot.campaign import Rules
from bot.cli import run
from bot.config import Config
from bot.letters.render import Wording
from bot.wiring import wording_for

SETTINGS = """
[mailbox]
kind = "maildir"
path = "Maildir"

[courier]
host = "127.0.0.1"
port = {port}
security = "none"
address = "{name}@leading-group.example"

[office]
digest_to = ["office@leading-group.example"]

[worker]
readers = 1
office = ""
ocr = false
"""

SUBREAPER = 36
"""prctl: readers whose worker was killed become ours, so that we can see them end."""

LATEST_LINE = 10
"""The program is killed after up to so many lines of its log; a mail makes four."""

LONGEST_PAUSE = 0.015
"""Seconds that pass after that line at the most: what it does between two lines takes some milliseconds."""


written = functools.cache(mail)
"""A mail of the benchmarks: each of another address, thirty-seven units in turn, quotas exceeded."""


class Office:
    """One mailbox with its state, and the command that works for it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        for part in ("tmp", "new", "cur"):
            (folder / "Maildir" / part).mkdir(parents=True)
        (folder / "shouli.toml").write_text(SETTINGS.format(port=port, name=folder.name))
        self.log = folder / "log.txt"

    def put(self, number: int) -> None:
        """A mail arrives; its time of arrival is that of the file."""
        at, content = written(number)
        waiting = self.folder / "Maildir" / "tmp" / f"{number:04d}.host"
        waiting.write_bytes(content)
        os.utime(waiting, (at.timestamp(), at.timestamp()))
        waiting.rename(self.folder / "Maildir" / "new" / waiting.name)

    @contextmanager
    def started(self) -> Iterator[tuple[int, int]]:
        """The command at work: its process and the pipe that its log comes through."""
        lines, end = os.pipe()
        child = os.fork()
        if child == 0:
            code = 70
            try:
                os.dup2(end, 2)
                os.closerange(3, 256)
                sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115 - not a path; as long as the process
                os.chdir(self.folder)
                code = run(["once"])
            except BaseException:
                sys.excepthook(*sys.exc_info())
            finally:
                os._exit(code)
        os.close(end)
        try:
            yield child, lines
        finally:
            os.close(lines)

    def heard(self, lines: int) -> bytes:
        """What the command logged since, empty when it ended."""
        words = os.read(lines, 1 << 16)
        with self.log.open("ab") as log:
            log.write(words)
        return words

    def here(self) -> int:
        """Run to the end in this process, which has learnt by it all that can be learnt once; the exit code."""
        os.chdir(self.folder)
        with self.log.open("w") as log, redirect_stderr(log):
            return run(["once"])

    def undisturbed(self) -> int:
        """Run to the end; the exit code."""
        with self.started() as (child, lines):
            while self.heard(lines):
                pass
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    def killed(self, line: int, pause: float) -> str | None:
        """Run until so many lines are logged, then a moment more, then kill; the last line, None when it ended before."""
        last, seen = "", 0
        with self.started() as (child, lines):
            while seen < line and (words := self.heard(lines)):
                seen += words.count(b"\n")
                last = words.decode().splitlines()[-1]
            time.sleep(pause)
            os.kill(child, signal.SIGKILL)
            while words := self.heard(lines):
                last = words.decode().splitlines()[-1]
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code not in (0, -signal.SIGKILL):
            raise RuntimeError(f"the program ended by itself with {code}; see {self.folder}/log.txt")
        return last if code == -signal.SIGKILL else None


def main(folder: Path, port: int, mails: int, kills: int, seed: int) -> None:
    """Both offices, one after the other."""
    ctypes.CDLL(None, use_errno=True).prctl(SUBREAPER, 1, 0, 0, 0)
    _read_once()
    calm = Office(folder / "undisturbed", port)
    for number in range(mails):
        calm.put(number)
    if code := calm.here():
        sys.exit(f"undisturbed it ended with {code}: {calm.log.read_text()[-2000:]}")
    print(json.dumps({"run": "undisturbed", **left_behind(calm.folder)}), flush=True)
    gc.freeze()  # what all starts share is not copied because a collector looks at it
    print(
        json.dumps({"run": "killed", **_killed_again_and_again(Office(folder / "killed", port), mails, kills, seed)}),
        flush=True,
    )


def _killed_again_and_again(office: Office, mails: int, kills: int, seed: int) -> dict[str, Any]:
    lots = random.Random(seed)  # noqa: S311 - nothing secret
    killed, put, starts = Counter[str](), 0, 0
    while killed.total() < kills:
        while put * kills < mails * (killed.total() + 1):
            office.put(put)
            put += 1
        last = office.killed(lots.randint(0, LATEST_LINE), lots.uniform(0, LONGEST_PAUSE))
        starts += 1
        if last is not None:
            killed[last.partition("shouli.")[2].partition(":")[0] or "starting"] += 1
    code = office.undisturbed()
    left = _readers_that_end()
    return {"code": code, "kills": killed, "starts": starts, "orphans": left, **left_behind(office.folder)}


def _readers_that_end() -> int:
    """Wait for every reading process whose worker was killed: each notices by itself that nobody asks any more."""
    count = 0
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return count
        count += 1


def _read_once() -> None:
    """Rules and wording are read once for all starts: each takes longer than all the rest of a start."""
    rules, wording = load_rules, wording_for
    known: list[Wording] = []

    def remembered(config: Config, of: Rules, folder: Path) -> Wording:
        if not known:
            known.append(wording(config, of, folder))
        return known[0]

    vars(bot.opening).update(load_rules=functools.cache(rules), wording_for=remembered)


def left_behind(folder: Path) -> dict[str, Any]:
    """Every row of the ledger as text, the originals, the mailbox."""
    engine = make_engine(f"sqlite:///{folder}/state/ledger.db")
    with engine.connect() as connection:
        ledger = {
            table.name: [
                {name: str(value) for name, value in row.items()} for row in connection.execute(sa.select(table)).mappings()
            ]
            for table in metadata.sorted_tables
        }
    engine.dispose()
    state = folder / "state"
    return {
        "ledger": ledger,
        "originals": sorted(path.name for path in (state / "mail").rglob("*") if path.is_file()),
        "mailbox": sorted(path.name for path in (folder / "Maildir").rglob("*") if path.is_file()),
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:6]))
