"""Keeps workbooks as files: in the state folder, or where somebody wants one."""

from collections.abc import Callable
from pathlib import Path

from bot.adapters.files import write_whole


def kept_in(state: Path) -> Callable[[str, bytes], Path]:
    """Each under its own name in `export/` of the state folder, for the owner alone."""

    def keep(name: str, content: bytes) -> Path:
        path = state / "export" / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_whole(path, content)
        return path

    return keep


def written_to(path: Path) -> Callable[[str, bytes], Path]:
    """This one file, whatever the workbook is called; its folders are made."""

    def write(_name: str, content: bytes) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
        return path

    return write
