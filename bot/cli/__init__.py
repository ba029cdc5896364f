"""The command line: one table of commands. Exit codes: 0 done, 1 something needs attention, 2 bad arguments or settings."""

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.adapters.files import StateError
from bot.adapters.log import set_up_logging
from bot.adapters.rules import RulesError
from bot.adapters.store import StoreError
from bot.cli import checking, demo, looking, setting_up, trying, working
from bot.config import ConfigError
from bot.letters.render import WordingError

Handler = Callable[[argparse.Namespace], int]


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(prog="shouli", description="A mailbox that accepts nominations.")
    top.add_argument("--config", type=Path, help="settings file (default: shouli.toml here, if there is one)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (setting_up, working, trying, checking, looking, demo):
        module.add_to(commands)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command; expected errors are one line each on standard error, unexpected ones keep their traceback."""
    given = parser().parse_args(arguments)
    if given.config is None and Path("shouli.toml").is_file():
        given.config = Path("shouli.toml")
    set_up_logging("text", quiet=given.command not in {"run", "once"})
    try:
        handler: Handler = given.handler
        return handler(given)
    except (ConfigError, RulesError, WordingError) as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 2
    except (StateError, StoreError) as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of our output went away (`shouli held | head`); that is no error of ours.
        logging.shutdown()
        return 0
