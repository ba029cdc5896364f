"""A process's memory, now and at its peak, as the kernel counts it for its present program."""

import os
import re
import sys
from pathlib import Path

_HELD = re.compile(r"^VmRSS:\s*(\d+) kB$", re.MULTILINE)
_PEAK = re.compile(r"^VmHWM:\s*(\d+) kB$", re.MULTILINE)


def peak_mib(pid: int | None = None) -> float:
    """The largest resident memory so far, of this process or another one, in MiB; nan where the system does not say.

    `ru_maxrss` would count what the parent had when it started the process.
    """
    return _told(_PEAK, pid)


def held_mib(pid: int | None = None) -> float:
    """The resident memory at this moment, likewise."""
    return _told(_HELD, pid)


def _told(line: re.Pattern[str], pid: int | None) -> float:
    if sys.platform != "linux":
        return float("nan")
    found = line.search(Path(f"/proc/{pid or os.getpid()}/status").read_text("ascii", "replace"))
    return int(found[1]) / 1024 if found else float("nan")
