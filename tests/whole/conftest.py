"""A real Dovecot, a real SMTP server and the command itself, each test with a mailbox nobody used before."""

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import servers
from tests.whole.post import Post, Sink

_users = itertools.count(1)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[servers.Dovecot]:
    if servers.DOVECOT is None or servers.OPENSSL is None:
        pytest.skip("no dovecot (or no openssl) on this machine: the program is NOT tested against a real mail server")
    with servers.dovecot() as running:
        yield running


@pytest.fixture
def sink() -> Iterator[Sink]:
    with Sink() as running:
        yield running


@pytest.fixture
def post(dovecot: servers.Dovecot, sink: Sink, tmp_path: Path) -> Iterator[Post]:
    command = Path(sys.executable).parent / "shouli"
    made = Post(dovecot, sink, tmp_path, f"whole{next(_users)}", command)
    yield made
    made.close()
