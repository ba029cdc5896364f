"""The operating system's limits on a process that reads what strangers sent; run as a module it tells which apply here.

Memory, files and processor time are limited everywhere. What Linux can do besides (no network, no rights of the system's)
is done where the kernel lets a plain user do it; where it does not, reading goes on without.
"""

import ctypes
import os
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from bot.reading.limits import Limits

_NEW_USER = 0x10000000  # CLONE_NEWUSER
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_NO_NEW_PRIVILEGES = 38  # PR_SET_NO_NEW_PRIVS
_CAPABILITIES = 0x20080522  # _LINUX_CAPABILITY_VERSION_3


@dataclass(frozen=True, slots=True)
class Confinement:
    """What holds for a confined process: on this machine, for this user."""

    limited: bool  # memory, size of files, open files, no core dump
    off_network: bool  # in a network namespace without any interface: not even this machine itself can be reached
    no_new_privileges: bool  # programs it starts have no more rights than it has (unrar)


def confine(limits: Limits, written_bytes: int | None = None) -> Confinement:
    """Take everything away that reading needs not, for the rest of this process's life.

    `written_bytes` instead of the limits' own. To be called before the process has threads; a second call changes nothing.
    """
    bound(
        {
            resource.RLIMIT_AS: limits.memory,
            resource.RLIMIT_FSIZE: limits.written_bytes if written_bytes is None else written_bytes,
            resource.RLIMIT_NOFILE: limits.open_files,
            resource.RLIMIT_CORE: 0,
        }
    )
    return Confinement(True, leave_the_network(), give_up_privileges())


def bound(most: dict[int, int]) -> None:
    """Set limits of the system (`resource.RLIMIT_…`), never above those this process has already."""
    for what, wanted in most.items():
        _, hard = resource.getrlimit(what)
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(what, (allowed, allowed))


def grant(limits: Limits) -> None:
    """Processor time for the next file, on top of what has been used: the kernel ends a process that spins."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + limits.file_seconds) + 2
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def leave_the_network() -> bool:
    """Move into a network namespace without any interface (Linux); False where the kernel does not let this user do so.

    The namespace belongs to a new user namespace where one is to be had, because that needs no rights; the system's own
    user may be refused that one (in a container) and still be let do without.
    """
    unshare = _of_libc("unshare")
    if unshare is None:
        return False
    user, group = os.getuid(), os.getgid()
    if unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return unshare(_NEW_NETWORK) == 0
    # Files keep belonging to the same user only when the new namespace knows who that is (user_namespaces(7)).
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    return True


def give_up_privileges() -> bool:
    """No capability is left, and no program that is started gets any (prctl(2), capset(2)); False where that is unknown."""
    prctl, capset = _of_libc("prctl"), _of_libc("capset")
    if prctl is None or capset is None:
        return False
    header, none = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0), (ctypes.c_uint32 * 6)()
    return prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0 and capset(header, none) == 0


def _of_libc(name: str) -> Callable[..., int] | None:
    """A function of the C library, None where it has none of this name (other systems than Linux)."""
    found: Callable[..., int] | None = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    return found


def main() -> None:
    """Confine this process and tell what applies, as JSON."""
    sys.stdout.buffer.write(msgspec.json.encode(confine(Limits())))


if __name__ == "__main__":
    main()
