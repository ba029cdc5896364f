"""What holds for all tests: none leaves its logging to the next one, and what is drawn is drawn alike each time.

`SHOULI_SEARCH=1 pytest …` draws anew, to look for what the steady draw does not meet.
"""

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("search" if os.environ.get("SHOULI_SEARCH") else "steady")


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    logger = logging.getLogger("shouli")
    before = (logger.handlers[:], logger.level, logger.propagate)
    yield
    logger.handlers[:], logger.level, logger.propagate = before
