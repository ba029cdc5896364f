"""Telling the service manager: over a real datagram socket, by path and by abstract name, and silence where there is none."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.notify import Notifier


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: that of a socket must fit into 108 bytes."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="n-", dir="/tmp") as made:
        yield Path(made)


def manager(address: str) -> socket.socket:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.settimeout(30)
    listening.bind(address)
    return listening


def test_the_manager_hears_ready_alive_status_and_stopping_in_this_order(folder: Path) -> None:
    with manager(str(folder / "notify")) as listening:
        notifier = Notifier({"NOTIFY_SOCKET": str(folder / "notify")})
        notifier.ready()
        notifier.alive()
        notifier.status("two\nlines")
        notifier.stopping()
        heard = [listening.recv(1024).decode() for _ in range(4)]
    assert heard == ["READY=1", "WATCHDOG=1", "STATUS=two lines", "STOPPING=1"]


def test_a_socket_in_the_abstract_namespace_is_found(folder: Path) -> None:
    name = f"shouli-test-{os.getpid()}"
    with manager(f"\0{name}") as listening:
        Notifier({"NOTIFY_SOCKET": f"@{name}"}).ready()
        assert listening.recv(64) == b"READY=1"


def test_without_a_manager_nothing_is_sent_and_nothing_raises() -> None:
    notifier = Notifier({})
    notifier.ready()
    notifier.alive()
    assert notifier.watchdog_seconds == 0


def test_a_manager_that_is_gone_is_logged_and_stops_nobody(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    Notifier({"NOTIFY_SOCKET": str(folder / "gone")}).alive()
    (record,) = caplog.records
    assert record.getMessage().startswith("the service manager cannot be told WATCHDOG: ")


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ({"WATCHDOG_USEC": "600000000"}, 600),
        ({"WATCHDOG_USEC": "600000000", "WATCHDOG_PID": str(os.getpid())}, 600),
        ({"WATCHDOG_USEC": "600000000", "WATCHDOG_PID": "1"}, 0),  # meant for the process that started us
        ({"WATCHDOG_USEC": "soon"}, 0),
    ],
)
def test_the_watchdog_is_taken_from_the_environment_if_it_is_meant_for_us(given: dict[str, str], seconds: float) -> None:
    assert Notifier(given).watchdog_seconds == seconds
