"""What is asked of processes that read and convert documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.model import FileRead, Reading


class Reader(Protocol):
    """Reads one mail in the limited process: a crash, a hang or a bomb is a finding at one file, never an exception."""

    def read(self, content: bytes) -> Reading:
        """All that the mail says."""
        ...

    def close(self) -> None:
        """End the process."""
        ...


@dataclass(frozen=True, slots=True)
class OldDocument:
    """A document for another program to convert."""

    data: bytes
    ending: str  # of the name under which that program is given it: doc, rtf, wps …
    target: str  # docx | xlsx


class Converter(Protocol):
    """Saves documents in another format; takes seconds, so it is asked only where the first reader failed."""

    def convert(self, documents: Sequence[OldDocument]) -> list[bytes | None]:
        """Each document in its target format, in the same order; None for those that cannot be converted."""
        ...


class Scanner(Protocol):
    """Reads scans by OCR, in a limited process of its own; takes seconds a page, so nobody waits for it."""

    def look(self, content: bytes, paths: Sequence[str]) -> dict[str, FileRead]:
        """The files of a mail with these paths as they read now; those that cannot be read are left out. May be interrupted."""
        ...

    def close(self) -> None:
        """End the process."""
        ...
