"""A worker killed at any point of its work and started again makes the same ledger and the same letters."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.steps.killing import PLAYS


@pytest.fixture(scope="module", params=sorted(PLAYS))
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What was left behind by each run, by its name."""
    command = [sys.executable, "-W", "error", "-m", "tests.steps.killing", str(tmp_path_factory.mktemp("kill")), request.param]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONHASHSEED": "0"}
    )
    assert done.returncode == 0, done.stderr
    return {found["run"]: found for found in map(json.loads, done.stdout.splitlines())}


def kept(found: dict[str, Any]) -> dict[str, Any]:
    """What must be the same in every run."""
    return {name: found[name] for name in ("ledger", "originals", "letters", "mailbox")}


def test_the_undisturbed_run_does_the_whole_work(runs: dict[str, Any]) -> None:
    found = runs["undisturbed"]
    assert len(found["ledger"]["mails"]) == len(found["originals"]) == 7
    assert {row["state"] for row in found["ledger"]["mails"]} == {"handled"}
    assert len(found["letters"]) == len(found["ledger"]["outbox"]) > 0
    assert {row["state"] for row in found["ledger"]["outbox"]} == {"sent"}
    assert set(found["sent"].values()) == {1}


def test_killed_at_any_point_it_makes_the_same_ledger_and_letters_when_started_again(runs: dict[str, Any]) -> None:
    whole = runs["undisturbed"]
    points = [f"killed-at-{n}" for n in range(1, whole["points"] + 1)]
    assert len(points) > 50
    for name in points:
        assert runs[name]["killed"] == 1, name
        assert kept(runs[name]) == kept(whole), name


def test_killed_again_and_again_it_still_comes_to_the_end(runs: dict[str, Any]) -> None:
    found = runs["again-and-again"]
    assert found["killed"] > 5
    assert kept(found) == kept(runs["undisturbed"])


def test_a_letter_goes_twice_only_when_the_worker_died_between_sending_and_settling(runs: dict[str, Any]) -> None:
    whole = runs["undisturbed"]
    twice = 0
    for n in range(1, whole["points"] + 1):
        # The same Message-ID with the same bytes, and never one that the undisturbed run did not send.
        assert set(runs[f"killed-at-{n}"]["sent"]) == set(whole["sent"])
        again = sum(runs[f"killed-at-{n}"]["sent"].values()) - len(whole["sent"])
        assert again in (0, 1)
        twice += again
    # After the courier's answer and before the commit that settles it: two points a letter, no others.
    assert twice == 2 * len(whole["letters"])
