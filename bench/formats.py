"""What reading one document costs, by format: milliseconds of CPU for a form and its material."""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.mails import documents
from bot.adapters.rules import load_rules
from bot.demo.cast import cast
from bot.model import Format
from bot.reading.documents import read_document
from bot.reading.limits import Limits
from bot.reading.sections import sections
from bot.wiring import shipped
from tests.reading.office import SOFFICE, convert

FORMATS = (Format.DOC, Format.RTF, Format.PDF)
"""Made of the docx by LibreOffice, where there is one."""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds of a form and its material together, and their size in KiB."""

    format: str
    ms: float
    kib: float


def measure() -> Iterator[Cost]:
    """Each format that this machine can make."""
    pair = [enclosure.content for enclosure in documents(cast()[0], 0)]
    yield _cost(Format.DOCX, pair)
    if SOFFICE is None:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"{number}.docx" for number in range(len(pair))]
        for file, content in zip(files, pair, strict=True):
            file.write_bytes(content)
        for format in FORMATS:
            convert(files, format.value, folder)
            yield _cost(format, [file.with_suffix(f".{format.value}").read_bytes() for file in files])


def _cost(format: Format, contents: list[bytes]) -> Cost:
    rules, limits = load_rules(shipped("rules") / "3x100-2021"), Limits()

    def read() -> None:
        for content in contents:
            sections(read_document(content, format, limits), f"a.{format.value}", rules)

    return Cost(format.value, _milliseconds(read), sum(map(len, contents)) / 1024)


def _milliseconds(work: Callable[[], None], times: int = 20) -> float:
    """The best of several rounds: what else the machine does only ever adds."""
    work()
    best = float("inf")
    for _ in range(times):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return 1000 * best
