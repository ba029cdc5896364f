"""What reading costs, by format: CPU and memory of the limited process that reads, as the program runs it."""

import time
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

_ENOUGH = 2.0  # seconds of CPU that are spent on a sample at the most, but for the first rounds
_LEAST, _MOST = 5, 50  # rounds; the best of them counts: what else the machine does only ever adds


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
        best = _milliseconds(pid, lambda: _read(reader, files, name))
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
    rounds: list[float] = []
    while len(rounds) < _LEAST or (len(rounds) < _MOST and sum(rounds) < _ENOUGH):
        before = _cpu(pid)
        work()
        rounds.append(_cpu(pid) - before)
    return 1000 * min(rounds)


def _cpu(pid: int) -> float:
    """Seconds of CPU of a process so far, by its own clock (clock_getcpuclockid(3), as Linux numbers these clocks)."""
    return time.clock_gettime(~pid << 3 | 2)


def _peak(pid: int) -> float:
    """The most memory that a process held at once, in MiB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
