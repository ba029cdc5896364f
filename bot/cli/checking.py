"""The command that checks everything an operator or clerk may have edited: settings, rules, wording, golden cases."""

import argparse
from pathlib import Path
from typing import Any

from bot.config import Config, ConfigError, load_config
from bot.trial import check_everything


def add_to(commands: Any) -> None:
    """Declare the command."""
    check = commands.add_parser("check", help="check settings, rules, wording and golden cases; all errors at once")
    check.add_argument("--rules", type=Path, help="the campaign's rules (default: those of the settings)")
    check.set_defaults(handler=_check)


def _check(given: argparse.Namespace) -> int:
    config, problems = Config(), list[str]()
    try:
        config = load_config(given.config)
    except ConfigError as error:
        problems += error.problems
    else:
        print("settings: good")
    more, told = check_everything(config, given.rules)
    for line in told:
        print(line)
    for problem in (*problems, *more):
        print(problem)
    return 2 if problems or more else 0
