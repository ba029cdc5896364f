"""Whether what a worker stands on is still there: its lock and its ledger, the very files that it opened.

A file that was moved away or replaced under a running program goes on being written, and what was written is gone with the
program. So a worker asks before each round, and ends rather than work for nobody.
"""

import os
from collections.abc import Callable, Iterable
from pathlib import Path


class Footing:
    """The files as they were when the work began; such as are not there then (a ledger elsewhere) are not asked for.

    `overtaken` says whether another worker has taken the place, "" when none has.
    """

    def __init__(self, files: Iterable[Path], overtaken: Callable[[], str] = str) -> None:
        self._overtaken = overtaken
        self._known = {path: identity for path in files if (identity := _identity(path)) is not None}

    def lost(self) -> str:
        """What is wrong, in one line; "" when all is as it was."""
        for path, identity in self._known.items():
            now = _identity(path)
            if now is None:
                return f"{path}: is not there any more: the state folder was moved or removed while the worker ran"
            if now != identity:
                return f"{path}: is another file than the one that the worker opened: it was replaced while the worker ran"
        return self._overtaken()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - the plain call: this is asked of folders that may be gone
    except OSError:
        return None
    return (found.st_dev, found.st_ino)
