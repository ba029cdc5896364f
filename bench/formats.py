"""What reading costs, by format: CPU and memory of the limited process that reads, as the program runs it."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bench.samples import Files, samples
from bot.adapters.rules import load_rules
from bot.adapters.worker import LimitedReader
from bot.campaign import Rules
from bot.model import FileRead
from bot.reading.limits import Limits
from bot.wiring import shipped

_TICK = 1 / os.sysconf("SC_CLK_TCK")  # seconds: the system counts the CPU of another process in steps
_ENOUGH = 0.6  # seconds of CPU that are measured at least, so that a step of the count does not matter
_TIMES = 3  # the best of so many rounds counts: what else the machine does only ever adds


@dataclass(frozen=True, slots=True)
class Cost:
    """What one sample costs, all its files together."""

    name: str
    ms: float  # milliseconds of CPU of the limited process
    mib: float  # its peak memory
    kib: float  # size of the files


def measure() -> Iterator[Cost]:
    """Each sample that this machine can make, read in a process of its own."""
    rules = load_rules(shipped("rules") / "3x100-2021")
    for name, files in samples():
        yield _cost(name, files, rules)


def _cost(name: str, files: Files, rules: Rules) -> Cost:
    with closing(LimitedReader(rules, Limits(mails_per_worker=1_000_000))) as reader:
        _read(reader, files, name)
        pid = reader.pid
        if pid is None:
            raise RuntimeError(f"{name}: the reading process ended")
        best = min(_milliseconds(pid, lambda: _read(reader, files, name)) for _ in range(_TIMES))
        return Cost(name, best, _peak(pid), sum(map(len, files.values())) / 1024)


def _read(reader: LimitedReader, files: Files, name: str) -> None:
    """Read a sample as the program does; one that cannot be read would be no measurement."""
    for path, data in files.items():
        if path.endswith(".eml"):
            read: tuple[FileRead, ...] = reader.read(data).files
        else:
            read = (reader.document(path, data),)
        problem = next((file.problem for file in read if file.problem), None)
        if problem or not read:
            raise RuntimeError(f"{name}: {path} was not read: {problem}")


def _milliseconds(pid: int, work: Callable[[], None]) -> float:
    """CPU of another process for one go at some work."""
    times, before = 0, _cpu(pid)
    while (spent := _cpu(pid) - before) < _ENOUGH:
        work()
        times += 1
    return 1000 * spent / times


def _cpu(pid: int) -> float:
    """Seconds of CPU of a process so far (proc(5): fields 14 and 15, counted behind the name in brackets)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * _TICK


def _peak(pid: int) -> float:
    """The most memory that a process held at once, in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
