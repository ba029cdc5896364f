"""What holds the reading process on this machine: found out by confining one, not by guessing from the system's name."""

import subprocess
import sys

import msgspec

from bot.adapters.worker import environment
from bot.reading.confine import Confinement

_SECONDS = 60.0  # to start an interpreter, however busy the machine is


def confinement() -> Confinement | None:
    """What applies to a process confined as readers are; None where it cannot be confined at all."""
    command = [sys.executable, "-m", "bot.reading.confine"]
    try:
        done = subprocess.run(  # noqa: S603 # our own interpreter and a module of ours
            command, env=environment(), cwd="/", capture_output=True, timeout=_SECONDS, check=True
        )
        return msgspec.json.decode(done.stdout, type=Confinement)
    except (OSError, subprocess.SubprocessError, msgspec.DecodeError):
        return None
