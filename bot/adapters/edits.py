"""Notices that rules or wording were edited while the worker runs, which goes on with those it has read."""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bot.adapters.rules import RulesError
from bot.letters.render import WordingError

GOOD = "rules or wording were edited; the worker goes on with those it has read: restart it to use the new ones"
BROKEN = "rules or wording were edited and cannot be used, so the worker goes on with those it has read: {problems}"

MOST = 3
"""Problems that are told in one line; `shouli check` tells all."""


@dataclass(slots=True)
class Edits:
    """The folders as they were read. `read` reads them again and raises RulesError or WordingError when they are broken."""

    folders: tuple[Path, ...]
    read: Callable[[], object]
    _seen: str = field(init=False)
    _read: str = field(init=False)

    def __post_init__(self) -> None:
        self._seen = self._read = fingerprint(self.folders)

    def told(self) -> str | None:
        """What is to be said of them: "" when they are again what was read, None when nothing is new since the last call."""
        now = fingerprint(self.folders)
        if now == self._seen:
            return None
        self._seen = now
        if now == self._read:
            return ""
        try:
            self.read()
        except (RulesError, WordingError) as error:
            more = f"; and {len(error.problems) - MOST} more" if len(error.problems) > MOST else ""
            return BROKEN.format(problems="; ".join(error.problems[:MOST]) + more)
        except OSError as error:
            return BROKEN.format(problems=f"{error.filename}: {error.strerror}")
        return GOOD


def fingerprint(folders: Iterable[Path]) -> str:
    """Names, sizes and times of all files: what an editor changes when it saves."""
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            try:
                about = os.stat(path)  # noqa: PTH116 - one call for size, time and identity
            except OSError:
                continue  # renamed this moment: the next look sees it
            found.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\0{about.st_ino}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()
