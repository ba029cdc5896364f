"""The peak of a process's memory, as the kernel counts it for its present program."""

import os
import re
import sys
from pathlib import Path

_PEAK = re.compile(r"^VmHWM:\s*(\d+) kB$", re.MULTILINE)


def peak_mib(pid: int | None = None) -> float:
    """The largest resident memory so far, of this process or another one, in MiB; nan where the system does not say.

    `ru_maxrss` would count what the parent had when it started the process.
    """
    if sys.platform != "linux":
        return float("nan")
    found = _PEAK.search(Path(f"/proc/{pid or os.getpid()}/status").read_text("ascii", "replace"))
    return int(found[1]) / 1024 if found else float("nan")
