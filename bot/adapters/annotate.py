"""Annotated copies of files that came by mail: taken out of the mail and commented in processes with limits."""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from bot.adapters.annotating import LARGEST, Job
from bot.adapters.worker import LimitedReader
from bot.campaign import Rules
from bot.ports import Remark
from bot.reading.limits import Limits

log = logging.getLogger("shouli.annotate")


class DocxAnnotator:
    """Implements `bot.ports.Annotator` for Word documents; its processes start with the first copy and end with `close`."""

    def __init__(self, rules: Rules, limits: Limits | None = None, module: str = "bot.adapters.annotating") -> None:
        self._files = LimitedReader(rules, limits)
        self._pens = LimitedReader(rules, limits, module=module)

    def annotate(self, mail: bytes, remarks: Mapping[str, Sequence[Remark]], author: str, when: datetime) -> dict[str, bytes]:
        """The annotated files by their paths in the mail; what cannot be had or be annotated is left out."""
        copies: dict[str, bytes] = {}
        files = self._files.hand_out(mail, remarks)
        for number, (path, data) in enumerate(files.items(), 1):
            job = msgspec.json.encode(Job(tuple(remarks[path]), author, when))
            copy = self._pens.ask(job + b"\n" + data)
            if copy and len(copy) <= LARGEST:
                copies[path] = copy
            else:
                log.warning("file %d of %d gets no comments", number, len(files))
        return copies

    def close(self) -> None:
        """End the processes."""
        self._files.close()
        self._pens.close()
