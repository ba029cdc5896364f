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
    "steps/test_kill.py",
    "demo/test_whole_play.py",
    "labelled/test_labelled.py",
    "reading/test_scan.py",
    "test_packaging.py",
    "adapters/test_archive.py",
    "office/test_workbook.py",
)
"""Modules whose tests share something that takes long to make: one process runs a module whole, and before all others."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    place = {item: item.path.relative_to(here).as_posix() for item in items}
    for item in items:
        if place[item] in LONG:
            item.add_marker(pytest.mark.xdist_group(place[item]))
    items.sort(key=lambda item: LONG.index(place[item]) if place[item] in LONG else len(LONG))


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    logger = logging.getLogger("shouli")
    before = (logger.handlers[:], logger.level, logger.propagate)
    yield
    logger.handlers[:], logger.level, logger.propagate = before
