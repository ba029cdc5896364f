"""The command that checks everything the program rests on and says in one line each what to do.

Exit codes: 0 all that must be good is, 1 somebody should look, 2 something does not work.
"""

import argparse
import dataclasses
import sys
import time
from typing import Any

from bot.cli.printing import say, say_json
from bot.doctor import checks
from bot.steps.doctor import Diagnosis, examine, verdict


def add_to(commands: Any) -> None:
    """Declare the command."""
    doctor = commands.add_parser("doctor", help="check settings, state, servers and helpers; say what to do about each")
    doctor.add_argument("--send", action="store_true", help="without asking: send a letter to our own mailbox and wait for it")
    doctor.add_argument("--json", action="store_true", help="one JSON object")
    doctor.set_defaults(handler=_doctor)


def _doctor(given: argparse.Namespace) -> int:
    found: list[Diagnosis] = []
    with checks(given.config, lambda to: given.send or (not given.json and _asked(to)), time.sleep) as asked:
        for diagnosis in examine(asked):
            found.append(diagnosis)
            if not given.json:
                say(line(diagnosis))
    level = verdict(found)
    if given.json:
        say_json({"level": level, "checks": [dataclasses.asdict(diagnosis) for diagnosis in found]})
    return level


def line(diagnosis: Diagnosis) -> str:
    """One check in one line."""
    remedy = f"  -> {diagnosis.remedy}" if diagnosis.remedy else ""
    return f"{diagnosis.state:<10}{diagnosis.check:<20}{diagnosis.said}{remedy}"


def _asked(to: str) -> bool:
    """Only a person at a terminal can be asked."""
    if not sys.stdin.isatty():
        return False
    return input(f"Send a letter to {to} and wait until it is there? [y/N] ").strip().lower() in {"y", "yes"}
