"""Tells the service manager how the worker is: ready, alive, stopping (sd_notify(3)); silent where nobody listens."""

import logging
import os
import socket
from collections.abc import Mapping

log = logging.getLogger("shouli.notify")


class Notifier:
    """Sends datagrams to the socket that systemd names in NOTIFY_SOCKET; without one every call does nothing.

    `watchdog_seconds` is after how long a silence the manager ends the process (WATCHDOG_USEC); 0: it does not watch.
    """

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        given = os.environ if environment is None else environment
        self._address = _address(given.get("NOTIFY_SOCKET", ""))
        self.watchdog_seconds = _watchdog(given)

    def ready(self) -> None:
        """The worker has begun: units that wait for it may start."""
        self._tell("READY=1")

    def alive(self) -> None:
        """The worker has come a step further."""
        self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """The worker ends as it was asked to."""
        self._tell("STOPPING=1")

    def status(self, text: str) -> None:
        """One line that `systemctl status` shows."""
        self._tell(f"STATUS={' '.join(text.split())}")

    def _tell(self, word: str) -> None:
        """A manager that cannot be told is no reason to stop working; it will notice the silence itself."""
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as out:
                out.connect(self._address)
                out.sendall(word.encode())
        except OSError as error:
            log.warning("the service manager cannot be told %s: %s", word.partition("=")[0], error)


def _address(name: str) -> str:
    """A path, or a name in the abstract namespace, which systemd writes with a leading @; other kinds are not for us."""
    return "\0" + name[1:] if name.startswith("@") else name if name.startswith("/") else ""


def _watchdog(given: Mapping[str, str]) -> float:
    """Only if the watchdog is meant for this process (WATCHDOG_PID), not for one that started it."""
    pid, microseconds = given.get("WATCHDOG_PID", ""), given.get("WATCHDOG_USEC", "")
    if pid not in ("", str(os.getpid())) or not microseconds.isdecimal():
        return 0.0
    return int(microseconds) / 1_000_000
