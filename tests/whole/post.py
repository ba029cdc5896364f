"""What the tests of the whole program hold in their hands: mailbox, letters that arrived, the command, a gate to the server."""

import io
import os
import select
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from imapclient import IMAPClient

from bot.cli import run
from bot.demo.stage import decoded
from tests.servers import Dovecot, free_port

PATIENCE = 60
"""Seconds that a test waits for something a busy machine does in one."""

SETTINGS = """
[mailbox]
host = "localhost"
port = {port}
ca_file = "{certificate}"
user = "{user}"
timeout_seconds = 10

[courier]
host = "127.0.0.1"
port = {smtp}
security = "none"

[office]
digest_to = ["office@leading-group.example"]

[answers]
quiet_seconds = 1
window_minutes = 0

[worker]
poll_seconds = 1
readers = 1
"""


@dataclass(frozen=True)
class Arrived:
    """A letter as the SMTP server took it."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> Message:
        return message_from_bytes(self.content)

    @property
    def subject(self) -> str:
        return decoded(self.message["Subject"])


class Sink:
    """An SMTP server that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[Arrived] = []
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the name aiosmtpd calls
        self.letters.append(Arrived(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.original_content))
        return "250 OK"

    def __enter__(self) -> "Sink":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


class Gate:
    """A door before a server: shut, connections are refused and those that were open are cut."""

    def __init__(self, behind: int) -> None:
        self.port = free_port()
        self._behind = behind
        self._shut = threading.Event()
        self._threads: list[threading.Thread] = []

    def open(self) -> None:
        self._shut.clear()
        listener = socket.create_server(("127.0.0.1", self.port))
        listener.settimeout(0.05)
        self._start(self._serve, listener)

    def shut(self) -> None:
        self._shut.set()
        while self._threads:
            self._threads.pop().join()

    def _start(self, work: Callable[..., None], *sockets: socket.socket) -> None:
        self._threads.append(threading.Thread(target=work, args=sockets))
        self._threads[-1].start()

    def _serve(self, listener: socket.socket) -> None:
        with listener:
            while not self._shut.is_set():
                with suppress(TimeoutError):
                    inside, _ = listener.accept()
                    self._start(self._carry, inside, socket.create_connection(("127.0.0.1", self._behind)))

    def _carry(self, inside: socket.socket, outside: socket.socket) -> None:
        other = {inside: outside, outside: inside}
        with inside, outside, suppress(OSError):
            while not self._shut.is_set():
                for one in select.select([inside, outside], [], [], 0.05)[0]:
                    data = one.recv(1 << 16)
                    if not data:
                        return
                    other[one].sendall(data)


@dataclass
class Post:
    """One office: its mailbox on the real server, its letters, its folder, and the command."""

    dovecot: Dovecot
    sink: Sink
    folder: Path
    user: str
    command: Path
    password: str = "secret"
    _running: list["subprocess.Popen[str]"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.settle(self.dovecot.tls_port)

    def settle(self, port: int) -> None:
        """Write the settings for a mail server on this port."""
        words = {"certificate": self.dovecot.certificate, "user": self.user, "smtp": self.sink.port, "port": port}
        (self.folder / "shouli.toml").write_text(SETTINGS.format(**words))

    @contextmanager
    def mailbox(self) -> Iterator[IMAPClient]:
        client = IMAPClient("127.0.0.1", self.dovecot.port, ssl=False)
        client.login(self.user, "secret")
        client.select_folder("INBOX")
        try:
            yield client
        finally:
            client.logout()

    def append(self, content: bytes, at: datetime, flags: tuple[bytes, ...] = ()) -> None:
        with self.mailbox() as client:
            client.append("INBOX", content, flags, at)

    def flags(self) -> dict[int, set[bytes]]:
        """Every mail's flags as the server has them, the session's own \\Recent aside."""
        with self.mailbox() as client:
            found = client.get_flags(client.search(["ALL"]))
            return {uid: set(flags) - {b"\\Recent"} for uid, flags in found.items()}

    def shouli(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(self.command), *arguments],
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def here(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """The same without the start of another Python, which takes longer than a round: where no start is what is tested."""
        said, log = io.StringIO(), io.StringIO()
        before = dict(os.environ)
        os.environ.clear()
        os.environ.update(self._environment())
        try:
            with chdir(self.folder), redirect_stdout(said), redirect_stderr(log):
                code = run(arguments)
        finally:
            os.environ.clear()
            os.environ.update(before)
        return subprocess.CompletedProcess(arguments, code, said.getvalue(), log.getvalue())

    def run(self) -> "subprocess.Popen[str]":
        """Start the worker; its log is `log.txt`."""
        with (self.folder / "log.txt").open("a") as log:
            process = subprocess.Popen(
                [str(self.command), "run"], cwd=self.folder, env=self._environment(), stderr=log, stdout=log, text=True
            )
        self._running.append(process)
        return process

    def log(self) -> str:
        return (self.folder / "log.txt").read_text()

    def _environment(self) -> dict[str, str]:
        home = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {**home, "SHOULI_MAILBOX_PASSWORD": self.password, "PYTHONWARNINGS": "error"}

    def close(self) -> None:
        for process in self._running:
            if process.poll() is None:
                process.kill()
            process.wait()


def stopped(process: "subprocess.Popen[str]") -> int:
    """Ask a worker to stop, as systemd does, and give its exit code."""
    process.send_signal(signal.SIGTERM)
    return process.wait(PATIENCE)


def until(ready: Callable[[], bool], why: Callable[[], str] = str) -> None:
    """Wait for another process to have done something."""
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if time.monotonic() > deadline:
            raise AssertionError(f"nothing came of it in {PATIENCE} seconds: {why()}")
        time.sleep(0.05)
