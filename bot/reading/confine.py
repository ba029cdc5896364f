"""The operating system's limits on a process that reads what strangers sent."""

import resource

from bot.reading.limits import Limits


def confine(limits: Limits, written_bytes: int | None = None) -> None:
    """Memory, files and core dumps, for the rest of this process's life; `written_bytes` instead of the limits' own."""
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.written_bytes if written_bytes is None else written_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def grant(limits: Limits) -> None:
    """Processor time for the next file, on top of what has been used: the kernel ends a process that spins."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime + limits.file_seconds) + 2
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
