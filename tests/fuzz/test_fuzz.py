"""Every way in from outside, with bytes that are nearly right: bounded here, longer by `make fuzz`.

The damage is drawn from fixed numbers, so that a run on any machine is the same run.
"""

import importlib.util
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fuzz.mutate import mutated
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
FOUND = Path(__file__).parent / "found"
ROUNDS = {"pdf": 15, "html": 40, "rtf": 40, "imap": 30, "smtp": 30, "doc": 30}
USUAL = 60
"""Damaged copies of the seeds a target; fewer where one costs more."""


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl, zipfile and others complain about what they are given
def test_damaged_bytes_break_no_promise(name: str) -> None:
    target = TARGETS[name]
    seeds = target.seeds()
    for seed in seeds:
        target.run(seed)
    for number in range(ROUNDS.get(name, USUAL)):
        chance = random.Random(number)  # noqa: S311 - the same damage on every machine
        target.run(mutated(chance.choice(seeds), chance))


def cases() -> Iterator[object]:
    for path in sorted(FOUND.glob("*/*")):
        yield pytest.param(path, id=f"{path.parent.name}-{path.name}")


@pytest.mark.parametrize("path", list(cases()))
def test_what_fuzzing_found_once_stays_mended(path: Path) -> None:
    TARGETS[path.parent.name].run(path.read_bytes())


@pytest.mark.skipif(
    importlib.util.find_spec("atheris") is None, reason="no atheris on this machine (`make extras`): NOT fuzzed by coverage"
)
@pytest.mark.parametrize("name", ["headers"])
def test_fuzzing_by_coverage_runs_and_finds_nothing_in_a_few_hundred_runs(name: str, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-W",
        "ignore",
        "-m",
        "tests.fuzz",
        name,
        "-runs=300",
        "-seed=1",
        f"-artifact_prefix={tmp_path}/",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    assert "Done 3" in done.stderr, done.stderr[-4000:]
