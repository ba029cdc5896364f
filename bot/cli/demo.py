"""The demonstration: a whole invented campaign played under a simulated clock."""

import argparse
from pathlib import Path
from typing import Any

from bot.demo.play import play


def add_to(commands: Any) -> None:
    """Declare the command."""
    demo = commands.add_parser("demo", help="play an invented campaign from 1 to 31 December 2021 and show what came of it")
    demo.add_argument("--into", type=Path, default=Path("demo"), help="the folder to play in (default: demo)")
    demo.set_defaults(handler=_demo)


def _demo(given: argparse.Namespace) -> int:
    return play(given.into)
