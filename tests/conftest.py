"""What holds for all tests: logging is as it was, draws are alike each time, and the long ones begin first.

`SHOULI_SEARCH=1 pytest …` draws anew, to look for what the steady draw does not meet.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("search" if os.environ.get("SHOULI_SEARCH") else "steady")


LONG = (
    "whole/test_killed.py",
    "labelled/test_labelled.py",
    "reading/test_scan.py",
    "demo/test_whole_play.py",
    "steps/test_kill.py",
    "steps/test_any_sequence.py",
    "whole/test_command.py",
    "reading/test_layouts.py",
    "deciding/test_units.py",
    "office/test_import.py",
    "attacks/test_secrets.py",
    "attacks/test_cost.py",
    "test_packaging.py",
    "adapters/test_archive.py",
    "office/test_workbook.py",
)
"""Modules that take longest, the longest first: one that began last would keep all others waiting."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    turn = {(here / name): number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: turn.get(item.path, len(LONG)))


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    logger = logging.getLogger("shouli")
    before = (logger.handlers[:], logger.level, logger.propagate)
    yield
    logger.handlers[:], logger.level, logger.propagate = before
