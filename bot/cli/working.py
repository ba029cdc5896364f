"""Commands that do the work: the scheduled worker and the single round."""

import argparse
from typing import Any

from bot.adapters.log import set_up_logging
from bot.app import open_app
from bot.config import load_config
from bot.schedule import run_until_stopped


def add_to(commands: Any) -> None:
    """Declare the commands."""
    run = commands.add_parser("run", help="work until stopped: poll, handle, answer, remind, digest, deliver")
    run.set_defaults(handler=_run)
    once = commands.add_parser("once", help="one round, then exit (for cron)")
    once.set_defaults(handler=_once)


def _run(given: argparse.Namespace) -> int:
    config = load_config(given.config)
    set_up_logging(config.worker.log, quiet=False)
    with open_app(config) as app:
        app.start()
        run_until_stopped(app.round, config.worker.poll_seconds, app.rules.zone)
    return 0


def _once(given: argparse.Namespace) -> int:
    config = load_config(given.config)
    set_up_logging(config.worker.log, quiet=False)
    with open_app(config) as app:
        app.start()
        return 0 if app.round().well else 1
