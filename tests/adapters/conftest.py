"""Servers shared by the contract suites, one of each a test process; absent ones skip their tests and say so."""

import itertools
from collections.abc import Iterator

import pytest

from tests import servers

_users = itertools.count(1)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[servers.Dovecot]:
    if servers.DOVECOT is None or servers.OPENSSL is None:
        pytest.skip("no dovecot (or no openssl) on this machine: the IMAP adapter is NOT tested against a real server")
    with servers.dovecot() as running:
        yield running


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    if servers.POSTGRES is None:
        pytest.skip("no PostgreSQL on this machine: the store is NOT tested on it")
    with servers.postgres() as url:
        yield url


@pytest.fixture
def user() -> str:
    """A user nobody was before."""
    return f"user{next(_users)}"
