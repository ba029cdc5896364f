"""A worker killed at any point of its work and started again makes the same ledger and the same letters."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MAILS = {"steps-alone": 7, "whole-program": 7}
"""The plays of `tests.steps.killing` and how many different mails each takes in."""

LEAST_POINTS = {"steps-alone": 50, "whole-program": 110}


class Runs:
    """What was left behind by each run of a play."""

    def __init__(self, play: str, found: list[dict[str, Any]]) -> None:
        self.play = play
        self.by_name = {one["run"]: one for one in found}
        self.whole = self.by_name["undisturbed"]
        self.killed = [one for one in found if "-killed-at-" in one["run"]]

    def after(self, run: dict[str, Any]) -> dict[str, Any]:
        """The stage that was killed, as it ends undisturbed."""
        return self.by_name[f"after-{run['stage']}"]


@pytest.fixture(scope="module", params=sorted(MAILS))
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Runs:
    command = [sys.executable, "-W", "error", "-m", "tests.steps.killing", str(tmp_path_factory.mktemp("kill")), request.param]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONHASHSEED": "0"}
    )
    assert done.returncode == 0, done.stderr
    return Runs(request.param, [json.loads(line) for line in done.stdout.splitlines()])


def kept(found: dict[str, Any]) -> dict[str, Any]:
    """What must be the same in every run."""
    return {name: found[name] for name in ("ledger", "originals", "letters", "mailbox")}


def test_the_undisturbed_run_does_the_whole_work(runs: Runs) -> None:
    found = runs.whole
    assert len(found["ledger"]["mails"]) == len(found["originals"]) == MAILS[runs.play]
    assert {row["state"] for row in found["ledger"]["mails"]} == {"handled"}
    assert len(found["letters"]) == len(found["ledger"]["outbox"]) > 0
    assert {row["state"] for row in found["ledger"]["outbox"]} == {"sent"}
    assert set(found["sent"].values()) == {1}


def test_a_worker_started_anew_for_each_stage_does_the_same(runs: Runs) -> None:
    stages = [name for name in runs.by_name if name.startswith("after-")]
    assert kept(runs.by_name[stages[-1]]) == kept(runs.whole)


def test_killed_at_any_point_it_makes_the_same_ledger_and_letters_when_started_again(runs: Runs) -> None:
    assert len(runs.killed) > LEAST_POINTS[runs.play]
    for found in runs.killed:
        assert found["killed"] == 1, found["run"]
        assert kept(found) == kept(runs.after(found)), found["run"]


def test_killed_again_and_again_it_still_comes_to_the_end(runs: Runs) -> None:
    found = runs.by_name["again-and-again"]
    assert found["killed"] > 5
    assert without_digest(found) == without_digest(runs.whole)


def without_digest(found: dict[str, Any]) -> dict[str, Any]:
    """What is kept but the digest's words: they tell the office of every restart."""
    told = kept(found)
    outbox = [row for row in told["ledger"]["outbox"] if row["letter"] != "digest"]
    letters = {name: digest for name, digest in told["letters"].items() if "-digest-" not in name}
    assert len(letters) >= len(outbox) > 0
    return {**told, "ledger": {**told["ledger"], "outbox": outbox}, "letters": letters, "names": sorted(told["letters"])}


def test_a_letter_goes_twice_only_when_the_worker_died_between_sending_and_settling(runs: Runs) -> None:
    twice = 0
    for found in runs.killed:
        # The same Message-ID with the same bytes, and never one that the undisturbed run did not send.
        whole = runs.after(found)["sent"]
        assert set(found["sent"]) == set(whole)
        again = sum(found["sent"].values()) - sum(whole.values())
        assert again in (0, 1)
        twice += again
    # After the courier's answer and before the commit that settles it: two points a letter, no others.
    assert twice == 2 * len(runs.whole["letters"])
