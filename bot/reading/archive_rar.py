"""Rar archives: listed by rarfile, which reads stored members; packed ones take the UnRAR library or a tool of the machine."""

from collections.abc import Callable
from io import BytesIO

import rarfile

from bot.reading.archives import Entry, unsafe
from bot.reading.limits import Limits
from bot.reading.unrar import Unrar, is_there
from bot.reading.unreadable import Unreadable

_NO_TOOL = ("attachment-unsupported", {"why": "no-tool", "tool": "unrar"})


def entries(data: bytes, limits: Limits) -> list[Entry]:
    """The members of a rar file.

    Raises `Unreadable` when it is damaged, one of several volumes, or encrypted down to its directory, and
    `attachment-unsupported` when its members are packed and nothing on this machine unpacks them.
    """
    archive, infos, locked = _opened(data)
    if len(infos) > limits.members:
        raise unsafe("too-many-members", len(infos), limits.members)
    if not infos:
        raise Unreadable.encrypted() if locked else Unreadable.damaged("rar directory")
    packed = any(info.compress_type != rarfile.RAR_M0 and not info.is_dir() for info in infos)
    library = Unrar(data, [info.file_size or 0 for info in infos]) if packed and is_there() else None
    if packed and library is None and not _tool():
        raise Unreadable(*_NO_TOOL)
    return [
        Entry(
            name=info.filename or "",
            size=info.file_size or 0,
            load=_loader(archive, info, library, number),
            is_folder=info.is_dir(),
            is_link=info.is_symlink() or bool(getattr(info, "file_redir", None)),
            locked=info.needs_password(),
        )
        for number, info in enumerate(infos)
    ]


def _opened(data: bytes) -> tuple[rarfile.RarFile, list[rarfile.RarInfo], bool]:
    try:
        archive = rarfile.RarFile(BytesIO(data), charset="gb18030")
        return archive, archive.infolist(), archive.needs_password()
    except rarfile.PasswordRequired as error:
        raise Unreadable.encrypted() from error
    except rarfile.RarCannotExec as error:  # a packed comment stands before the members
        raise Unreadable(*_NO_TOOL) from error
    except rarfile.NeedFirstVolume as error:
        raise Unreadable("attachment-unreadable", {"why": "volume"}) from error
    except Exception as error:  # rarfile meets damage with whatever it stumbles over
        raise Unreadable.damaged("rar directory") from error


def _tool() -> bool:
    try:
        rarfile.tool_setup()
    except rarfile.RarCannotExec:
        return False
    return True


def _loader(archive: rarfile.RarFile, info: rarfile.RarInfo, library: Unrar | None, number: int) -> Callable[[], bytes]:
    def load() -> bytes:
        if library is not None:
            return library.content(number)
        try:
            return bytes(archive.read(info))
        except rarfile.RarCannotExec as error:
            raise Unreadable(*_NO_TOOL) from error
        except (rarfile.PasswordRequired, rarfile.RarWrongPassword) as error:
            raise Unreadable.encrypted() from error
        except Exception as error:  # rarfile meets damage with whatever it stumbles over
            raise Unreadable.damaged("rar member") from error

    return load
