"""The UnRAR library, where the extra `rar` is installed: all members unpacked in one pass, in memory."""

import importlib
import importlib.util
import os
from typing import Any

from bot.reading.unreadable import Unreadable

_MODULE = "unrar.cffi.unrarlib"


def is_there() -> bool:
    """Whether the library is installed, on a system whose files can live in memory."""
    return hasattr(os, "memfd_create") and importlib.util.find_spec("unrar") is not None


class Unrar:
    """One archive. `sizes` are what its directory promises of each member, in its order; nothing beyond them is kept."""

    def __init__(self, data: bytes, sizes: list[int]) -> None:
        self._data = data
        self._sizes = sizes
        self._contents: dict[int, bytes] | None = None

    def content(self, number: int) -> bytes:
        """The bytes of a member by its place in the directory; raises `Unreadable`."""
        if self._contents is None:
            self._contents = self._unpacked()
        content = self._contents.get(number)
        if content is None:
            raise Unreadable.damaged("rar member")
        return content

    def _unpacked(self) -> dict[int, bytes]:
        library = importlib.import_module(_MODULE)
        # The library opens files by name only: this one has no place on any disk.
        descriptor = os.memfd_create("archive")
        try:
            with os.fdopen(descriptor, "wb", closefd=False) as file:
                file.write(self._data)
            return self._members(library, f"/proc/self/fd/{descriptor}")
        finally:
            os.close(descriptor)

    def _members(self, library: Any, path: str) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        try:
            with library.RarArchive.open_for_processing(path) as archive:
                for number, header in enumerate(archive.iterate_headers()):
                    content = self._member(library, header, number)
                    if content is not None:
                        found[number] = content
        except library.BadRarFile as error:
            if not found:
                raise Unreadable.damaged("rar member") from error
        return found

    def _member(self, library: Any, header: Any, number: int) -> bytes | None:
        promised = self._sizes[number] if number < len(self._sizes) else 0
        if header.UnpSize + (header.UnpSizeHigh << 32) != promised:  # the two readers disagree about the archive
            header.skip()
            return None
        collected = bytearray()

        def collect(chunk: bytes) -> None:
            collected.extend(chunk[: promised - len(collected)])

        try:
            header.test(collect)
        except library.BadRarFile:
            return None
        return bytes(collected) if len(collected) == promised else None
