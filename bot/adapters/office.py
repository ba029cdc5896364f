"""LibreOffice as the second try: documents the first reader cannot read, saved by it in a format that can be read.

Each call has a folder of its own (mode 0700, names of our own) that holds documents, profile and results and is removed
afterwards. The profile runs no macros and follows no links; the process has limits of memory, processor and time, none of the
parent's environment, and no network where the kernel lets.
"""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

import bot
from bot.ports import OldDocument

_SINGLY = 5  # documents that are tried one by one when a call for several left them undone
_MIB = 1024 * 1024
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}

_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),  # never
    ("Office.Calc/Content/Update", "Link", "2"),  # never
    ("Inet/Settings", "ooInetProxyType", "2"),  # by hand: a proxy at which nobody listens
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
"""The private profile: no macros, links neither updated nor followed, no way into the network."""

log = logging.getLogger("shouli.office")


def find_office(name: str) -> Path | None:
    """The program of this name or path, None where it is not installed or the name is empty."""
    found = shutil.which(name) if name else None
    return Path(found) if found else None


class OfficeConverter:
    """Keeps the promises of `bot.ports.Converter`; one call at a time, however many threads ask.

    `seconds` are the patience for one call by the wall clock; `memory` and `written` are bytes.
    """

    def __init__(self, program: Path, seconds: float = 60.0, memory: int = 4096 * _MIB, written: int = 128 * _MIB) -> None:
        self._program = program.resolve()
        self._seconds = seconds
        self._memory = memory
        self._written = written
        self._turn = threading.Lock()

    def convert(self, documents: Sequence[OldDocument]) -> list[bytes | None]:
        """Each document in its target format, None where the program could not do it or took too long."""
        done: list[bytes | None] = [None] * len(documents)
        with self._turn:
            for target in sorted({document.target for document in documents}):
                places = [place for place, document in enumerate(documents) if document.target == target]
                self._call(documents, places, target, done)
                undone = [place for place in places if done[place] is None]
                if len(places) > 1:  # one that ended the program must not cost the others
                    for place in undone[:_SINGLY]:
                        self._call(documents, [place], target, done)
        return done

    def _call(self, documents: Sequence[OldDocument], places: Sequence[int], target: str, done: list[bytes | None]) -> None:
        with tempfile.TemporaryDirectory(prefix="shouli-office-", ignore_cleanup_errors=True) as made:
            folder = Path(made)
            out = folder / "out"
            out.mkdir()
            names = [self._put(documents[place], folder, place) for place in places]
            self._run(folder, ["--convert-to", _FILTERS[target], "--outdir", str(out), *names])
            for place in places:
                done[place] = self._taken(out / f"{place}.{target}")

    @staticmethod
    def _put(document: OldDocument, folder: Path, place: int) -> str:
        path = folder / f"{place}.{document.ending}"
        path.write_bytes(document.data)
        return str(path)

    def _taken(self, path: Path) -> bytes | None:
        """What was written, when it is a plain file that was not cut off at the limit."""
        if path.is_symlink() or not path.is_file() or not 0 < path.stat().st_size < self._written:
            return None
        return path.read_bytes()

    def _run(self, folder: Path, arguments: Sequence[str]) -> None:
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_profile(), "utf-8")
        limits = (str(self._memory), str(int(self._seconds) + 1), str(self._written))
        options = ("--headless", "--invisible", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
        own = f"-env:UserInstallation={profile.parent.as_uri()}"
        process = subprocess.Popen(  # noqa: S603 # our own interpreter, a module of ours and the program the operator named
            [sys.executable, "-m", "bot.adapters.office_child", *limits, str(self._program), own, *options, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        try:
            code = process.wait(self._seconds)
            if code:
                log.info("the office program ended with %d", code)
        except subprocess.TimeoutExpired:
            log.warning("the office program took longer than %.0f s and was ended", self._seconds)
        finally:
            with contextlib.suppress(ProcessLookupError):  # the usual case: nothing of it is left
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _profile() -> str:
    """The settings as the program keeps them."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f'<?xml version="1.0"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'


def _environment(folder: Path) -> dict[str, str]:
    """A home of its own, no secrets of the parent's environment."""
    return {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(Path(bot.__file__).parent.parent),
        "PYTHONSAFEPATH": "1",
        "SAL_USE_VCLPLUGIN": "svp",
    }
