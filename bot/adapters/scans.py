"""The second look at scans: a limited process of its own in which they are read by OCR, where the extra `ocr` is installed."""

import contextlib
import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import replace

from bot.adapters.worker import LimitedReader
from bot.campaign import Rules
from bot.model import FileRead
from bot.reading.limits import MIB, Limits
from bot.reading.ocr import installed

_MEMORY = 4096 * MIB  # address space; a page takes about 800 MiB of it, the rest is promised to threads and models
_SECONDS = 180.0  # for one scan of several pages
_MOST = 60  # scans of one mail that are looked at
_MAILS = 40  # then a fresh process


class OcrScanner:
    """Keeps the promises of `bot.ports.Scanner`."""

    def __init__(self, rules: Rules, limits: Limits) -> None:
        patient = replace(
            limits,
            memory=max(limits.memory, _MEMORY),
            file_seconds=max(limits.file_seconds, _SECONDS),
            mail_seconds=max(limits.mail_seconds, _SECONDS + 60),
            open_files=max(limits.open_files, 256),
            mails_per_worker=_MAILS,
        )
        self._reader = LimitedReader(rules, patient)
        self._closed = threading.Event()
        self._looking = threading.Lock()

    def look(self, content: bytes, paths: Sequence[str]) -> dict[str, FileRead]:
        """What the scans say; those that cannot be read are left out."""
        with self._looking:
            return self._look(content, paths)

    def _look(self, content: bytes, paths: Sequence[str]) -> dict[str, FileRead]:
        if self._closed.is_set():
            return {}
        handed = self._reader.hand_out(content, paths[:_MOST])
        seen: dict[str, FileRead] = {}
        for path, data in handed.items():
            if self._closed.is_set():  # from another thread: what is under way is dropped
                return {}
            file = self._reader.document(path, data, look=True)
            if file.problem is None:
                seen[path] = file
        return seen

    def close(self) -> None:
        """End the process, in the middle of a page if need be."""
        self._closed.set()
        if (pid := self._reader.pid) is not None:
            with contextlib.suppress(ProcessLookupError):  # it has just ended by itself
                os.kill(pid, signal.SIGKILL)
        with self._looking:  # whoever looks notices at once
            self._reader.close()


def find_scanner(rules: Rules, limits: Limits) -> OcrScanner | None:
    """A scanner, None where the extra is not installed."""
    return OcrScanner(rules, limits) if installed() else None
