"""A mailbox that has grown old, and one very large mail: what looking for nothing costs, and what fifty megabytes cost."""

import os
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from imapclient import IMAPClient

from bench.mails import START, mail
from bench.memory import peak_mib
from bench.whole import Now, deliver, settings, smtp_sink
from bot.adapters.readers import ReaderPool
from bot.adapters.rules import load_rules
from bot.adapters.worker import LimitedReader
from bot.opening import open_app
from bot.settings import Config
from bot.wiring import campaign_folder
from tests.servers import DOVECOT, OPENSSL, Dovecot, dovecot

OLD = START - timedelta(days=700)


@dataclass(frozen=True, slots=True)
class Poll:
    """A look at a mailbox that holds nothing new: seconds in all, and those of a bare client that asks the same."""

    mails: int
    first_seconds: float  # the first look, which passes over all of them
    seconds: float
    bare_seconds: float


@dataclass(frozen=True, slots=True)
class Large:
    """One mail of many megabytes, from the mailbox to its letter."""

    mib: float
    seconds: float
    peak_mib: float  # of the program
    reader_peak_mib: float  # of the limited process


def old_mailbox(count: int) -> Poll | None:
    """Poll a mailbox of so many mails from long before the campaign; None where there is no Dovecot."""
    if DOVECOT is None or OPENSSL is None:
        return None
    with dovecot() as server, tempfile.TemporaryDirectory() as folder:
        _fill(server, count)
        with open_app(settings(server, 9, Path(folder), 1), Now(START)) as app:

            def look() -> None:
                troubles: list[str] = []
                while app._take_in(troubles):
                    pass
                app.mailbox.close()  # as at the end of every round
                assert not troubles, troubles

            return Poll(count, _seconds(look), min(_seconds(look) for _ in range(5)), min(_bare(server) for _ in range(5)))


def _fill(server: Dovecot, count: int) -> None:
    """Written into the Maildir itself: a hundred thousand appends would take the server an hour."""
    with IMAPClient("localhost", server.port, ssl=False) as client:
        client.login("bench", "secret")
        client.select_folder("INBOX")  # the server makes the mailbox
    new = server.maildir("bench") / "new"
    owner, old = new.stat(), int(OLD.timestamp())
    for number in range(count):
        path = new / f"{old}.M{number:06d}.bench"
        path.write_text(f"Message-ID: <{number}@old.example>\nFrom: a@old.example\nSubject: {number}\n\nold\n", "ascii")
        os.utime(path, (old, old))
        os.chown(path, owner.st_uid, owner.st_gid)


def _bare(server: Dovecot) -> float:
    """Seconds of a bare client: log in, open the folder, ask what is above the last UID."""

    def ask() -> None:
        with IMAPClient("localhost", server.port, ssl=False) as client:
            client.login("bench", "secret")
            status = client.select_folder("INBOX", readonly=True)
            client.search(["UID", f"{status[b'UIDNEXT']}:*"])

    return _seconds(ask)


def large_mail(mib: int) -> Large | None:
    """A form and a material beside a picture of so many megabytes; None where there is no Dovecot."""
    if DOVECOT is None or OPENSSL is None:
        return None
    with dovecot() as server, smtp_sink() as port, tempfile.TemporaryDirectory() as folder:
        at, content = mail(0, mib << 20)
        deliver(server, [(at, content)])
        with get_context("spawn").Pool(1) as pool:  # its memory is the program's alone
            seconds, peak, reader = pool.apply(_handled, (settings(server, port, Path(folder), 1, readers=1), at))
        return Large(len(content) / (1 << 20), seconds, peak, reader)


def _handled(config: Config, at: datetime) -> tuple[float, float, float]:
    """One round over the mailbox: seconds, peak of the program, peak of the limited process."""
    rules = load_rules(campaign_folder(config))
    with closing(LimitedReader(rules, config.limits)) as reader, open_app(config, Now(at)) as app:
        app.reader = ReaderPool([reader])
        seconds = _seconds(lambda: _well(app.round().trouble))
        return seconds, peak_mib(), peak_mib(reader.pid)


def _well(trouble: str) -> None:
    assert not trouble, trouble


def _seconds(act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
