"""Checks of this machine: the state folder and who can read it, room, the clock, the programs and packages that help."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.adapters.confinement import confinement
from bot.adapters.files import free_bytes
from bot.adapters.heartbeat import read_beat
from bot.adapters.office import find_office
from bot.config import Config
from bot.doctor import turned_page
from bot.reading import ocr, unrar
from bot.steps.doctor import Ailing, State

MIB = 1024 * 1024
LITTLE_ROOM, NO_ROOM = 2048 * MIB, 200 * MIB
"""Bytes below which somebody should look, and below which mails may not be kept any more."""

SILENCE = timedelta(minutes=15)


def state_folder(config: Config) -> str:
    """That it is there, ours, closed to others, and can be written."""
    folder = config.state_folder
    if not folder.exists():
        _can_be_made(folder)
        return f"{folder}: not there yet, the first run makes it"
    if not folder.is_dir():
        raise Ailing(f"{folder} is not a folder", "name another one as `folder` in [state]")
    _can_be_written(folder)
    if open_ones := [path for path in _ours(folder) if stat.S_IMODE(path.stat().st_mode) & 0o077]:
        names = ", ".join(str(path) for path in open_ones[:3])
        raise Ailing(f"others can read {names}: personal data lies there", f"chmod -R go-rwx {folder}", State.ATTENTION)
    if strangers := [path for path in _ours(folder) if path.stat().st_uid != os.geteuid()]:
        raise Ailing(f"{strangers[0]} belongs to another user", "run shouli as the user who owns the state folder, always")
    return f"{folder}: can be written, closed to others"


def _can_be_made(folder: Path) -> None:
    nearest = next(parent for parent in folder.absolute().parents if parent.exists())
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise Ailing(
            f"{folder} cannot be made: {nearest} cannot be written",
            f"make it for the user that runs shouli: install -d -m 0700 -o USER {folder}",
        )


def _can_be_written(folder: Path) -> None:
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix="doctor-", suffix=".part") as file:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Ailing(
            f"{folder} cannot be written: {error.strerror}",
            "look at its owner, its mode, whether the disk is full (df -h) or mounted read-only (mount)",
        ) from error


def _ours(folder: Path) -> Iterator[Path]:
    """The folder and what lies directly in it: what is below is closed by these."""
    yield folder
    yield from (path for path in sorted(folder.iterdir()) if path.name in {"mail", "export", "lock"} or path.is_file())


def disk(config: Config) -> str:
    """That there is room for mails; inodes too."""
    folder = next(path for path in (config.state_folder.absolute(), *config.state_folder.absolute().parents) if path.exists())
    free = free_bytes(folder)
    if free is None:
        raise Ailing(f"{folder}: the system does not tell how much is free", "look by hand: df -h", State.ATTENTION)
    told = f"{free // MIB} MiB free"
    inodes = os.statvfs(folder)
    if free < NO_ROOM or (inodes.f_files and inodes.f_favail < 1000):
        raise Ailing(f"{told}, {inodes.f_favail} files possible: mails cannot be kept", "make room on this disk at once")
    if free < LITTLE_ROOM:
        raise Ailing(told, "make room: a campaign of 900 nominations takes about 2 GiB", State.ATTENTION)
    return told


def clock(now: datetime, zone: str) -> str:
    """What time it is here, and whether that can be at all; the servers' clocks are asked later."""
    if now.year < 2021:
        raise Ailing(f"it is {now:%Y-%m-%d %H:%M} here", "set the clock: timedatectl set-ntp true")
    return f"{now:%Y-%m-%d %H:%M:%S} in {zone} (UTC{now:%z})"


def worker(config: Config, now: datetime) -> str:
    """When a worker was last heard of."""
    beat = read_beat(config.state_folder)
    if beat is None:
        raise Ailing("none has run with this state folder yet", "shouli run, or shouli once from a timer", State.ABSENT)
    told = f"last heard of at {beat.at.astimezone(now.tzinfo):%Y-%m-%d %H:%M:%S}, process {beat.process}"
    if now - beat.at > max(SILENCE, timedelta(seconds=3 * beat.every)):
        raise Ailing(told, "start it again: systemctl restart shouli; then look at its log", State.ATTENTION)
    if not beat.well:
        raise Ailing(f"{told}; its last round met with: {beat.trouble}", "shouli status", State.ATTENTION)
    return told


def readers() -> str:
    """What holds the processes that read what strangers sent."""
    found = confinement()
    if found is None or not found.limited:
        raise Ailing(
            "processes that read mails cannot be limited here",
            "run on Linux and do not forbid setrlimit: a hostile file could take all memory",
        )
    if not found.off_network:
        raise Ailing(
            "limited in memory and files; no network namespace of their own",
            "to have it: allow user namespaces (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone=1)",
            State.ATTENTION,
        )
    told = "limited in memory and files, without network"
    return told + (", no new privileges" if found.no_new_privileges else "")


def office(config: Config) -> str:
    """LibreOffice."""
    found = find_office(config.worker.office)
    if found is None:
        raise Ailing("LibreOffice is not there: no second try at old or damaged documents", state=State.ABSENT)
    return f"LibreOffice: {found}"


def fonts() -> str:
    """A Chinese font."""
    if not turned_page.is_read():
        told = "no Chinese font is there: PDF pages that lie on their side and bring no font of their own are read as empty"
        raise Ailing(told, "install one, such as fonts-noto-cjk", State.ABSENT)
    return "a Chinese font is there"


def archives() -> str:
    """What unpacks rar."""
    found = shutil.which("unrar")
    if found or unrar.is_there():
        return f"rar: {found or 'the extra `rar`'}"
    raise Ailing("neither the extra `rar` nor unrar is there: packed rar files are named in the letter", state=State.ABSENT)


def scans(config: Config) -> str:
    """OCR."""
    if not config.worker.ocr:
        raise Ailing("switched off in [worker]", state=State.ABSENT)
    if not ocr.installed():
        raise Ailing("the extra `ocr` is not there: scans are not read, no seal is looked for", state=State.ABSENT)
    return "OCR is installed"
