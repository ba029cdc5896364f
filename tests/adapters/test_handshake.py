"""The way to a server: names, STARTTLS in the words of each, certificates that end soon, servers that talk nonsense."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.handshake import StartTlsError, addresses, certificate
from bot.adapters.server import Security, Server
from bot.doctor import network
from bot.steps.doctor import Ailing, State
from tests.servers import Dovecot


@contextmanager
def saying(*lines: bytes) -> Iterator[int]:
    """A server that says one line a time, each after it has heard something, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection, suppress(OSError):  # a client that has seen enough hangs up
                for number, line in enumerate(lines):
                    if number:
                        connection.recv(1024)
                    connection.sendall(line)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            thread.join()


def of(port: int) -> Server:
    return Server("127.0.0.1", port, security=Security.STARTTLS, connect_seconds=30)


@pytest.mark.parametrize(
    ("speech", "lines", "told"),
    [
        ("imap", (b"* OK ready\r\n", b"a NO not here\r\n"), "no STARTTLS: a NO not here"),
        ("smtp", (b"220-one\r\n220 two\r\n", b"250-x\r\n250 y\r\n", b"502 no\r\n"), "no STARTTLS: 502 no"),
        ("imap", (b"* OK ready\r\n",), "the server hangs up"),
        ("imap", (b"",), "the server hangs up"),
        ("smtp", (b"x\r\n" * 200,), "the server talks on and on"),
        ("smtp", (b"x" * 70_000,), "the server hangs up"),
    ],
)
def test_a_server_that_does_not_begin_tls_is_told(speech: str, lines: tuple[bytes, ...], told: str) -> None:
    with saying(*lines) as port, pytest.raises((StartTlsError, ConnectionError)) as caught:
        certificate(of(port), speech)
    if isinstance(caught.value, StartTlsError):  # a hang-up with unread bytes may be a reset instead
        assert str(caught.value) == told


def test_a_plain_server_on_this_machine_shows_no_certificate() -> None:
    with saying(b"* OK ready\r\n") as port:
        assert certificate(Server("127.0.0.1", port, security=Security.PLAIN), "imap") is None


def test_addresses_of_this_machine() -> None:
    assert addresses("127.0.0.1", 993) == ("127.0.0.1",)


@pytest.mark.server
def test_how_many_days_a_certificate_is_good_for_and_that_it_ends_soon(dovecot: Dovecot) -> None:
    where = Server("localhost", dovecot.tls_port, ca_file=dovecot.certificate)
    now = datetime.now(UTC)
    assert network.tls(where, "imap", "mailbox", now).endswith("good for 29 days")
    assert network.tls(where, "imap", "mailbox", now + timedelta(days=15)).endswith("good for 14 days")
    with pytest.raises(Ailing) as caught:
        network.tls(where, "imap", "mailbox", now + timedelta(days=17))
    assert caught.value.state is State.ATTENTION
    assert caught.value.said.endswith("good for 12 days")
