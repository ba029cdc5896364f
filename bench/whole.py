"""The whole program under load: a real Dovecot, the program as `shouli once` runs it, a real SMTP server that keeps nothing."""

import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from aiosmtpd.controller import Controller
from imapclient import IMAPClient

from bench.mails import START, mails
from bench.memory import held_mib
from bot.app import App
from bot.opening import open_app, rare_collections
from bot.settings import AnswerSettings, Config, CourierSettings, MailboxSettings, StateSettings, WorkerSettings
from tests.servers import DOVECOT, OPENSSL, Dovecot, dovecot, free_port

T = TypeVar("T")

STAGES = ("take in", "handle", "answer", "remind", "digest", "deliver")


@dataclass(frozen=True, slots=True)
class Load:
    """What one run cost; CPU of this program and its readers, without the servers."""

    mails: int
    letters: int
    seconds: float
    cpu_ms: float  # a mail, all told
    stages: Mapping[str, float]  # CPU ms a mail in this process
    reading_ms: float  # CPU ms a mail in the limited processes
    peak_mib: float  # of this process
    held_mib: Mapping[str, float]  # what it held at some moments of the run


class Now:
    """A clock that stands after the last mail, so that every answer is due."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


class _Sink:
    """Takes every letter and forgets it."""

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name for it
        return "250 OK"


def _serve(port: int, ready: Any, stop: Any) -> None:
    controller = Controller(_Sink(), hostname="127.0.0.1", port=port)
    controller.start()
    ready.set()
    stop.wait()
    controller.stop()


@contextmanager
def smtp_sink() -> Iterator[int]:
    """The SMTP server in a process of its own, so that its time is not ours."""
    context, port = get_context("spawn"), free_port()
    ready, stop = context.Event(), context.Event()
    process = context.Process(target=_serve, args=(port, ready, stop))
    process.start()
    ready.wait()
    try:
        yield port
    finally:
        stop.set()
        process.join()


def settings(server: Dovecot, port: int, folder: Path, count: int, readers: int = 0) -> Config:
    """Settings for the user “bench” of this server, letters to this port, and room for the letters of so many mails."""
    return Config(
        state=StateSettings(str(folder / "state")),
        mailbox=MailboxSettings(host="localhost", port=server.port, security="none", user="bench", password="secret"),
        courier=CourierSettings(host="127.0.0.1", port=port, security="none", day_budget=10 * count),
        answers=AnswerSettings(quiet_seconds=0),
        worker=WorkerSettings(readers=readers or os.cpu_count() or 1),
    )


def measure(count: int) -> Load | None:
    """Take in, handle, answer and send so many mails in one round; None where there is no Dovecot."""
    if DOVECOT is None or OPENSSL is None:
        return None
    with dovecot() as server, smtp_sink() as port, tempfile.TemporaryDirectory() as folder:
        last = deliver(server, mails(count))
        return _timed(settings(server, port, Path(folder), count), last, count)


def deliver(server: Dovecot, post: Iterable[tuple[datetime, bytes]]) -> datetime:
    """Put mails into the mailbox with their times of arrival; gives the latest."""
    last = START
    with IMAPClient("localhost", server.port, ssl=False) as client:
        client.login("bench", "secret")
        for at, content in post:
            client.append("INBOX", content, msg_time=at)
            last = max(last, at)
    return last


def _timed(config: Config, last: datetime, count: int) -> Load:
    started, own = time.perf_counter(), _cpu(resource.RUSAGE_SELF)
    children = _cpu(resource.RUSAGE_CHILDREN)
    with open_app(config, Now(last)) as app, rare_collections():
        app.start()
        watch = _Watch(count)
        watch.follow(app)
        with app.store.glance() as ledger:
            letters = sum(1 for _ in ledger.outbox.heads())
    seconds = time.perf_counter() - started
    reading = _cpu(resource.RUSAGE_CHILDREN) - children
    total = _cpu(resource.RUSAGE_SELF) - own + reading
    stages = {name: 1000 * watch.spent[name] / count for name in STAGES}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Load(count, letters, seconds, 1000 * total / count, stages, 1000 * reading / count, peak, watch.held)


class _Watch:
    """CPU seconds of this process by stage; the stages are called as `App.round` calls them."""

    def __init__(self, mails: int) -> None:
        self.spent = dict.fromkeys(STAGES, 0.0)
        self.held: dict[str, float] = {}
        self._points = [mails * tenths // 10 for tenths in range(2, 10, 2)]
        self._newest = 0  # number of the last mail taken in and handled

    def follow(self, app: App) -> None:
        tried: set[int] = set()
        troubles: list[str] = []
        try:
            more = True
            while more:
                more = self._timed("take in", partial(app._take_in, troubles))
                self._timed("handle", partial(app._handle, tried))
                self._look(app)
            self.held["all handled"] = held_mib()
            for name, stage in zip(STAGES[2:], (app._answer, app._remind, app._digest, app._deliver), strict=True):
                self._timed(name, stage)
            self.held["all answered and delivered"] = held_mib()
        finally:
            app.mailbox.close()
            app.courier.close()
        assert not troubles, troubles

    def _look(self, app: App) -> None:
        """The memory whenever another fifth of the mails has been handled."""
        with app.store.glance() as ledger:
            while (mail := ledger.mails.next_after(self._newest)) is not None:
                self._newest = mail.id
        while self._points and self._newest >= self._points[0]:
            self.held[f"{self._points.pop(0)} handled"] = held_mib()

    def _timed(self, name: str, stage: Callable[[], T]) -> T:
        before = _cpu(resource.RUSAGE_SELF)
        try:
            return stage()
        finally:
            self.spent[name] += _cpu(resource.RUSAGE_SELF) - before


def _cpu(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime
