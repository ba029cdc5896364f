"""The labelled mails through the program's own dry run, as a user would run it."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.adapters.store import SqlStore
from bot.config import load_config
from bot.steps.dry_run import DryRun, Sample
from bot.steps.verdict_json import as_json
from bot.trial import open_dry_run
from tests.labelled.label import Case

Verdict = dict[str, Any]
"""One line of `try --json`."""


def judged(cases: Sequence[Case]) -> list[list[Verdict]]:
    """The verdicts of each case: single mails by themselves in one run of the command, the mails of a sequence together."""
    alone = iter(_alone([case.mails[0].content for case in cases if len(case.mails) == 1]))
    together = iter(_together([case for case in cases if len(case.mails) > 1]))
    return [[next(alone)] if len(case.mails) == 1 else next(together) for case in cases]


def _alone(mails: Sequence[bytes]) -> list[Verdict]:
    if not mails:
        return []
    with tempfile.TemporaryDirectory(prefix="labelled-") as name:
        for number, content in enumerate(mails):
            (Path(name) / f"{number:05d}.eml").write_bytes(content)
        command = [sys.executable, "-m", "bot", "try", "--json", name]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode or len(done.stdout.splitlines()) != len(mails):
            raise RuntimeError(f"the dry run ended with {done.returncode}: {done.stderr[-2000:]}")
        return [json.loads(line) for line in done.stdout.splitlines()]


def _together(cases: Sequence[Case]) -> list[list[Verdict]]:
    """The same without the start of another Python, through what the command itself opens; an empty ledger for each sequence."""
    if not cases:
        return []
    with open_dry_run(load_config(None, {}), rules=None, at=None, ledger=False, together=True) as dry_run:
        return [_sequence(case, dry_run) for case in cases]


def _sequence(case: Case, dry_run: DryRun) -> list[Verdict]:
    samples = [Sample(f"{number}.eml", mail.content) for number, mail in enumerate(case.mails)]
    with closing(SqlStore("sqlite://", ZoneInfo(dry_run.rules.zone))) as store:
        return [as_json(verdict, dry_run.rules) for verdict in replace(dry_run, store=store).run(samples)]
