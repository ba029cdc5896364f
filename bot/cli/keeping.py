"""Commands that keep a ledger over the years: bring it to a new version, back it up, restore it, archive it."""

import argparse
from typing import Any

from bot.adapters.files import make_state, only_worker
from bot.adapters.store_schema import bring_up_to_date
from bot.adapters.store_tables import REVISION
from bot.cli.printing import say
from bot.config import load_config
from bot.wiring import ledger_url


def add_to(commands: Any) -> None:
    """Declare the commands."""
    migrate = commands.add_parser("migrate", help="bring the ledger of an earlier version up to date (the worker does so too)")
    migrate.set_defaults(handler=_migrate)


def _migrate(given: argparse.Namespace) -> int:
    config = load_config(given.config)
    with only_worker(make_state(config.state_folder)):
        upgrade = bring_up_to_date(ledger_url(config))
    if upgrade is None:
        say(f"the ledger is at revision {REVISION}: nothing to do")
        return 0
    say(f"the ledger was brought from revision {upgrade.before} to {upgrade.after}")
    say(f"as it was before: {upgrade.copy}" if upgrade.copy else "PostgreSQL: no copy was made of how it was before")
    return 0
