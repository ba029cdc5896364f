"""7z archives by py7zr, unpacked into memory only."""

from io import BytesIO
from typing import Any

import py7zr
from py7zr.exceptions import PasswordRequired
from py7zr.io import BytesIOFactory

from bot.reading.archives import Entry, unsafe
from bot.reading.limits import Limits
from bot.reading.unreadable import Unreadable

_ROOT = "/"  # where names hang while py7zr passes them on; nothing is written


def entries(data: bytes, limits: Limits) -> list[Entry]:
    """The members of a 7z file. Raises `Unreadable` when it is damaged or even its directory is encrypted."""
    try:
        archive = py7zr.SevenZipFile(BytesIO(data))
        infos = archive.list()
        locked = bool(archive.needs_password())
    except PasswordRequired as error:
        raise Unreadable.encrypted() from error
    except Exception as error:  # py7zr meets damage with whatever it stumbles over
        raise Unreadable.damaged("7z directory") from error
    if len(infos) > limits.members:
        raise unsafe("too-many-members", len(infos), limits.members)
    unpacked = _Unpacked(archive, limits)
    return [
        Entry(
            name=info.filename,
            size=info.uncompressed or 0,
            load=lambda path=info.filename: unpacked.content(path),  # type: ignore[misc] # a default binds the name now
            is_folder=info.is_directory,
            is_link=info.is_symlink,
            locked=locked,
        )
        for info in infos
    ]


class _Unpacked:
    """The contents of an archive, all unpacked at the first question, for its blocks hold many members each."""

    def __init__(self, archive: py7zr.SevenZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._products: dict[str, Any] | None = None

    def content(self, path: str) -> bytes:
        """The bytes of a member; raises `Unreadable`."""
        if self._products is None:
            self._products = self._extracted()
        product = self._products.get(_ROOT + path)
        if product is None:
            raise Unreadable.damaged("7z member")
        product.seek(0)
        return bytes(product.read())

    def _extracted(self) -> dict[str, Any]:
        factory = BytesIOFactory(self._limits.member_bytes)
        try:
            self._archive.extractall(path=_ROOT, factory=factory)
        except PasswordRequired as error:
            raise Unreadable.encrypted() from error
        except Exception as error:  # py7zr meets damage with whatever it stumbles over
            raise Unreadable.damaged("7z member") from error
        return dict(factory.products)
