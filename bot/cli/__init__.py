"""The command line: one table of commands. Exit codes: 0 done, 1 something needs attention, 2 bad arguments or settings."""

import argparse
import io
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from bot.adapters.files import StateError
from bot.adapters.log import set_up_logging
from bot.adapters.rules import RulesError
from bot.adapters.store import StoreError
from bot.cli import (
    archiving,
    authorizing,
    checking,
    demo,
    doctor,
    explain,
    importing,
    keeping,
    letters,
    looking,
    setting_up,
    trying,
    working,
)
from bot.cli.printing import complain
from bot.config import ConfigError
from bot.letters.render import WordingError

Handler = Callable[[argparse.Namespace], int]


class Parser(argparse.ArgumentParser):
    """Arguments whose errors are one line, like all expected errors; `--help` tells the rest."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and end with 2."""
        self.exit(2, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = Parser(prog="shouli", description="A mailbox that accepts nominations.")
    top.add_argument("--config", type=Path, help="settings file (default: shouli.toml here, if there is one)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in (  # as an office meets them: setting up, trying out, working, looking after it, keeping what came of it
        setting_up,
        authorizing,
        checking,
        doctor,
        trying,
        working,
        looking,
        importing,
        explain,
        letters,
        keeping,
        archiving,
        demo,
    ):
        module.add_to(commands)
    return top


def run(arguments: Sequence[str]) -> int:
    """Run one command; expected errors are one line each on standard error, unexpected ones keep their traceback."""
    _speak_utf8()
    given = parser().parse_args(arguments)
    if given.config is None and Path("shouli.toml").is_file():
        given.config = Path("shouli.toml")
    set_up_logging("text", quiet=given.command not in {"run", "once"})
    try:
        handler: Handler = given.handler
        return handler(given)
    except (ConfigError, RulesError, WordingError) as error:
        complain(*error.problems)
    except (StateError, StoreError) as error:
        complain(str(error))
    except BrokenPipeError:
        # The reader of our output went away (`shouli held | head`); that is no error of ours.
        logging.shutdown()
        return 0
    except OSError as error:
        if error.filename is None:
            raise
        complain(f"{error.filename}: {error.strerror}")
    return 2


def _speak_utf8() -> None:
    """Whatever the machine's locale: what is printed is read by programs and by people who read Chinese."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
