"""The labelled mails through the program's own dry run, as a user would run it."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.labelled.label import Case

Verdict = dict[str, Any]
"""One line of `try --json`."""


def judged(cases: Sequence[Case]) -> list[list[Verdict]]:
    """The verdicts of each case; single mails by themselves in one run, the mails of a sequence together."""
    singles = [case for case in cases if len(case.mails) == 1]
    alone = iter(_try([case.mails[0].content for case in singles], together=False))
    return [
        [next(alone)] if len(case.mails) == 1 else _try([mail.content for mail in case.mails], together=True) for case in cases
    ]


def _try(mails: Sequence[bytes], *, together: bool) -> list[Verdict]:
    if not mails:
        return []
    with tempfile.TemporaryDirectory(prefix="labelled-") as name:
        for number, content in enumerate(mails):
            (Path(name) / f"{number:05d}.eml").write_bytes(content)
        command = [sys.executable, "-m", "bot", "try", "--json", *(("--together",) if together else ()), name]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        if done.returncode or len(done.stdout.splitlines()) != len(mails):
            raise RuntimeError(f"the dry run ended with {done.returncode}: {done.stderr[-2000:]}")
        return [json.loads(line) for line in done.stdout.splitlines()]
