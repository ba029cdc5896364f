"""Fuzzes one target, guided by coverage: `python -m tests.fuzz docx -runs=1000`. All options but the name are libFuzzer's.

What breaks a promise is written as `crash-…` into the folder of `-artifact_prefix`; laid into `tests/fuzz/found/<target>/` it
is a case that every test run repeats.
"""

import logging
import random
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["bot.reading"], enable_loader_override=False):
    from tests.fuzz.targets import TARGETS, Target

from tests.fuzz.mutate import mutated


def _mutator(data: bytes, most: int, seed: int) -> bytes:
    """Half of the time our own damage, which keeps packages and trees; else libFuzzer's, which follows the coverage."""
    chance = random.Random(seed)  # noqa: S311 - libFuzzer's own seed, so that a run can be repeated
    if chance.random() < 0.5:
        changed = mutated(data, chance)
        if len(changed) <= most:
            return changed
    return bytes(atheris.Mutate(data, most))


def _corpus(target: Target) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="shouli-fuzz-"))
    for number, seed in enumerate(target.seeds()):
        (folder / f"seed-{number}").write_bytes(seed)
    return folder


def main(arguments: list[str]) -> None:
    """Run until `-runs` or `-max_total_time` is used up; 77 when a promise was broken, as libFuzzer says it."""
    if len(arguments) < 2 or arguments[1] not in TARGETS:
        sys.exit(f"name a target: {', '.join(TARGETS)}")
    logging.disable(logging.CRITICAL)
    target = TARGETS[arguments[1]]
    options = [arguments[0], *arguments[2:], "-timeout=60", "-rss_limit_mb=4096", "-max_len=400000", str(_corpus(target))]
    atheris.Setup(options, target.run, custom_mutator=_mutator, internal_libfuzzer=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
