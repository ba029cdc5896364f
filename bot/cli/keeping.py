"""Commands that keep a ledger over the years: bring it to a new version, back it up, restore it, archive it."""

import argparse
from pathlib import Path
from typing import Any

from bot.adapters.backup import back_up
from bot.adapters.clock import SystemClock
from bot.adapters.files import make_state, only_worker
from bot.adapters.restore import restore
from bot.adapters.store_schema import bring_up_to_date
from bot.adapters.store_tables import REVISION
from bot.cli.printing import complain, say
from bot.config import load_config
from bot.wiring import belongings, ledger_url


def add_to(commands: Any) -> None:
    """Declare the commands."""
    migrate = commands.add_parser("migrate", help="bring the ledger of an earlier version up to date (the worker does so too)")
    migrate.set_defaults(handler=_migrate)
    backup = commands.add_parser("backup", help="write ledger, originals, rules and settings into one file; the worker may run")
    backup.add_argument("file", type=Path, help="the file to write; it must not be there")
    backup.set_defaults(handler=_backup)
    back = commands.add_parser("restore", help="make a folder from a backup, after comparing every file and row")
    back.add_argument("file", type=Path, help="the backup")
    back.add_argument("folder", type=Path, help="the folder to make; it must not be there, or be empty")
    back.add_argument("--database", action="store_true", help="also fill the empty database that SHOULI_LEDGER_URL names")
    back.set_defaults(handler=_restore)


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


def _backup(given: argparse.Namespace) -> int:
    """Rules are not read: a backup can be made of whatever keeps the worker from starting."""
    config = load_config(given.config)
    manifest = back_up(belongings(config), given.file, SystemClock("UTC").now())
    rows = sum(table.rows for table in manifest.tables.values())
    say(f"{given.file}: written, {len(manifest.files)} files, {rows} rows of the ledger at revision {manifest.revision}")
    for original in manifest.missing:
        complain(f"{original}: the ledger names this original, and it is not there or not what was kept")
    return 1 if manifest.missing else 0


def _restore(given: argparse.Namespace) -> int:
    database = load_config(given.config).ledger.url if given.database else None
    if database == "":
        complain("no database is named: give its URL as SHOULI_LEDGER_URL")
        return 2
    done = restore(given.file, given.folder, database)
    say(f"{given.folder}: restored as it was at {done.manifest.made:%Y-%m-%d %H:%M:%S} UTC")
    say(f"compared and the same: {done.rows} rows of the ledger, {done.originals} originals")
    for original in done.manifest.missing:
        complain(f"{original}: was missing or damaged already when the backup was made")
    say(f"next: give the passwords again, then `shouli --config {given.folder / 'shouli.toml'} status`")
    return 0
