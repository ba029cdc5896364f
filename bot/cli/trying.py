"""Commands that judge without acting: the dry run of mails, and what other rules would have decided."""

import argparse
import dataclasses
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.cli.printing import complain, say, say_json
from bot.config import load_config
from bot.steps.dry_run import Sample
from bot.steps.replay import Difference
from bot.steps.verdict_json import as_json
from bot.steps.verdict_text import as_text
from bot.trial import open_dry_run, open_replay


def add_to(commands: Any) -> None:
    """Declare the commands."""
    try_ = commands.add_parser("try", help="judge mails without a mailbox and without sending anything")
    try_.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="an .eml file, or a folder of them (in name order)")
    try_.add_argument("--rules", type=Path, help="the campaign's rules (default: those of the settings)")
    try_.add_argument(
        "--at", type=datetime.fromisoformat, help="arrival time, ISO (default: top Received, else Date, else now)"
    )
    try_.add_argument("--ledger", action="store_true", help="start from the live ledger, read-only")
    try_.add_argument("--together", action="store_true", help="judge the mails in order as one mailbox")
    try_.add_argument("--json", action="store_true", help="one JSON object a line")
    try_.set_defaults(handler=_try)
    replay = commands.add_parser(
        "replay", help="judge all mails of the ledger again and show what would be decided differently"
    )
    replay.add_argument("--rules", type=Path, help="the rules to judge by (default: those of the settings)")
    replay.add_argument("--json", action="store_true", help="one JSON object a line")
    replay.set_defaults(handler=_replay)


def _samples(paths: list[Path]) -> list[Path]:
    """The mail files meant, folders in name order; a path that is not there is an error of the arguments."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(child for child in path.rglob("*") if child.suffix.lower() == ".eml" and child.is_file())
        elif path.is_file():
            found.append(path)
        else:
            raise FileNotFoundError(path)
    return found


def _try(given: argparse.Namespace) -> int:
    try:
        paths = _samples(given.paths)
    except FileNotFoundError as error:
        complain(f"{error}: no such file or folder")
        return 2
    config = load_config(given.config)
    with open_dry_run(config, rules=given.rules, at=given.at, ledger=given.ledger, together=given.together) as dry_run:
        for judged in dry_run.run(Sample(str(path), path.read_bytes()) for path in paths):
            if given.json:
                say_json(as_json(judged, dry_run.rules))
            else:
                say(as_text(judged, dry_run.rules))
    return 0


def _replay(given: argparse.Namespace) -> int:
    config = load_config(given.config)
    mails: set[int] = set()
    with open_replay(config, rules=given.rules) as replay:
        for difference in replay.run():
            mails.add(difference.mail)
            _show(difference, given.json)
    if not given.json:
        print(f"{len(mails)} mails would be decided differently." if mails else "Nothing would be decided differently.")
    return 0


def _show(difference: Difference, json_wanted: bool) -> None:
    if json_wanted:
        say_json(dataclasses.asdict(difference))
    else:
        say(f"mail {difference.mail}: {difference.what}: {difference.before} -> {difference.after}")
