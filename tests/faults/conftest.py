"""A real Dovecot and the readers, one of each a test process; an office of its own for each test."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.rules import load_rules
from bot.config import Config
from bot.wiring import campaign_folder, reader_pool, wording_for
from tests import servers
from tests.faults.bench import Office, Program, office

_users = itertools.count(1)

Open = Callable[..., Office]


@pytest.fixture(scope="session")
def dovecot() -> Iterator[servers.Dovecot]:
    if servers.DOVECOT is None or servers.OPENSSL is None:
        pytest.skip("no dovecot (or no openssl) on this machine: the faults are NOT tested against a real mail server")
    with servers.dovecot() as running:
        yield running


@pytest.fixture(scope="session")
def program() -> Iterator[Program]:
    config = Config()
    folder = campaign_folder(config)
    rules = load_rules(folder)
    reader = reader_pool(config, rules, 1)
    yield Program(rules, wording_for(config, rules, folder), reader)
    reader.close()


@pytest.fixture
def opened(program: Program, dovecot: servers.Dovecot, tmp_path: Path) -> Iterator[Open]:
    with ExitStack() as stack:

        def open_(**how: Any) -> Office:
            return stack.enter_context(office(program, dovecot, tmp_path, f"fault{next(_users)}", **how))

        yield open_


@pytest.fixture
def desk(opened: Open) -> Office:
    """An office as most tests want it."""
    return opened()
