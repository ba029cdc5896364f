"""The last steps before an office program starts: limits of the operating system, no network where the kernel lets.

Run as `python -m bot.adapters.office_child MEMORY SECONDS BYTES PROGRAM ARGUMENT…` by `office.py`; it becomes that program.
"""

import ctypes
import os
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

_NEW_USER = 0x10000000  # CLONE_NEWUSER
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET


def main(arguments: Sequence[str]) -> None:
    """Confine this process for the rest of its life and become the program; raises OSError when it cannot be started."""
    memory, seconds, written = map(int, arguments[:3])
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, written),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))
    leave_the_network()
    os.nice(10)
    os.execv(arguments[3], list(arguments[3:]))  # noqa: S606 # the program the operator named, without a shell


def leave_the_network() -> bool:
    """Move into a network namespace without any interface (Linux); False where the kernel does not let a plain user do so."""
    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    if unshare is None:
        return False
    user, group = os.getuid(), os.getgid()
    if unshare(_NEW_NETWORK) == 0:
        return True
    if unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    # Files keep belonging to the same user only when the new namespace knows who that is (user_namespaces(7)).
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return True


if __name__ == "__main__":
    main(sys.argv[1:])
