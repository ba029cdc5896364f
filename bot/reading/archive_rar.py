"""Rar archives by rarfile: stored members are read directly, packed ones by a tool of the machine, if there is one."""

from collections.abc import Callable
from io import BytesIO

import rarfile

from bot.reading.archives import Entry, unsafe
from bot.reading.limits import Limits
from bot.reading.unreadable import Unreadable

_SYMLINK = 0o120000


def entries(data: bytes, limits: Limits) -> list[Entry]:
    """The members of a rar file. Raises `Unreadable` when damaged, in several volumes, or its directory is encrypted."""
    try:
        archive = rarfile.RarFile(BytesIO(data), charset="gb18030")
        infos = archive.infolist()
        locked = archive.needs_password()
    except rarfile.PasswordRequired as error:
        raise Unreadable.encrypted() from error
    except Exception as error:  # rarfile meets damage with whatever it stumbles over
        raise Unreadable.damaged("rar directory") from error
    if not infos and not locked:
        raise Unreadable.damaged("rar directory")
    if len(infos) > limits.members:
        raise unsafe("too-many-members", len(infos), limits.members)
    if locked and not infos:
        raise Unreadable.encrypted()
    if not locked and any(info.compress_type != rarfile.RAR_M0 for info in infos) and not _tool():
        raise Unreadable("attachment-unsupported", {"why": "no-tool", "tool": "unrar"})
    return [
        Entry(
            name=info.filename or "",
            size=info.file_size or 0,
            load=_loader(archive, info),
            is_folder=info.is_dir(),
            is_link=info.is_symlink(),
            locked=info.needs_password(),
        )
        for info in infos
    ]


def _tool() -> bool:
    try:
        rarfile.tool_setup()
    except rarfile.RarCannotExec:
        return False
    return True


def _loader(archive: rarfile.RarFile, info: rarfile.RarInfo) -> Callable[[], bytes]:
    def load() -> bytes:
        try:
            return bytes(archive.read(info))
        except rarfile.RarCannotExec as error:
            raise Unreadable("attachment-unsupported", {"why": "no-tool", "tool": "unrar"}) from error
        except (rarfile.PasswordRequired, rarfile.RarWrongPassword) as error:
            raise Unreadable.encrypted() from error
        except Exception as error:  # rarfile meets damage with whatever it stumbles over
            raise Unreadable.damaged("rar member") from error

    return load
