"""Guards the stages of a round from each other: what one raises is logged and told, and the others go on."""

import logging
from collections.abc import Callable
from typing import TypeVar

from bot.ports import StoreError

T = TypeVar("T")

log = logging.getLogger("shouli.app")


def guarded(stage: Callable[[], T], troubles: list[str]) -> T | None:
    """Run one stage; what it raises is logged and noted, what nobody expected with its traceback, and None comes back."""
    try:
        return stage()
    except (StoreError, OSError) as error:  # the machine's trouble, not ours: a full disk, a ledger that is locked
        log.error("a stage of the round cannot work: %s", error)  # noqa: TRY400 - one line is enough
        troubles.append(in_short(error))
        return None
    except Exception as error:
        log.exception("a stage of the round failed")
        troubles.append(in_short(error))
        return None


def in_short(error: Exception) -> str:
    """An error in one line, with its kind."""
    return f"{type(error).__name__}: {error}".splitlines()[0]
