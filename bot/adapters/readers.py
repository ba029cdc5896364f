"""Several limited readers behind one port, so that as many threads may read as there are cores."""

import queue
from collections.abc import Sequence

from bot.model import Reading
from bot.ports import Reader


class ReaderPool:
    """Keeps the promises of `bot.ports.Reader`; safe to call from many threads, each call uses one reader alone."""

    def __init__(self, readers: Sequence[Reader]) -> None:
        self._all = tuple(readers)
        self._free: queue.SimpleQueue[Reader] = queue.SimpleQueue()
        for reader in self._all:
            self._free.put(reader)

    @property
    def width(self) -> int:
        """How many mails can be read at once."""
        return len(self._all)

    def read(self, content: bytes) -> Reading:
        """Read with the next free reader, waiting for one if need be."""
        reader = self._free.get()
        try:
            return reader.read(content)
        finally:
            self._free.put(reader)

    def close(self) -> None:
        """End all processes."""
        for reader in self._all:
            reader.close()
