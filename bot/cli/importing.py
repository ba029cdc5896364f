"""The workbook read back: what a clerk wrote into its own columns, shown first, done when asked."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.adapters.workbook_read import BookError, LedgerBookReader, ledger_rows
from bot.app import App
from bot.cli.printing import complain, say
from bot.config import load_config
from bot.deciding.board import Board
from bot.deciding.edits import Book, LedgerRow, Problem
from bot.opening import open_app
from bot.steps.import_ledger import Change, NotOursError, Plan, import_ledger, plan
from bot.steps.rulings_time import rules_now

WHO = "operator"

LARGEST = 64 << 20
"""Bytes of a workbook that is read; that of a hundred thousand nominations has half of it."""

_WHY = {
    "moved-on": "the ledger has moved on since the export and says {now!r}; it was {before!r}, the file says {after!r}",
    "not-yours": "this cell is the ledger's: it was {before!r}, the file says {after!r}",
    "not-yours-moved": "this cell is the ledger's and was changed to {after!r}; the ledger itself has moved on since",
    "unknown-row": "no row of the export is this one; it says {after!r}",
    "two-values": "it says {after!r} here and {now!r} at {before}",
    "no-day": "{after!r} is no day up to today, nor a word for a paper that came or did not",
    "no-order": "{after!r} decides nothing about a mail: write “办结” or “重新处理 UNIT”, or release it by command",
    "too-long": "more than 600 characters",
    "not-done": "{before}",
}
"""Why something of the file is not taken."""


def add_to(commands: Any) -> None:
    """Declare the command."""
    read = commands.add_parser("import-ledger", help="read back what a clerk wrote into the workbook; shows, does with --yes")
    read.add_argument("file", type=Path, help="the workbook (.xlsx), under whatever name")
    read.add_argument("--yes", action="store_true", help="do it; without this it is only shown")
    read.add_argument("--rest", action="store_true", help="with --yes: leave out what cannot be taken and do the rest")
    read.set_defaults(handler=_import)


def _import(given: argparse.Namespace) -> int:
    if given.file.stat().st_size > LARGEST:
        complain(f"{given.file}: larger than {LARGEST >> 20} MB, no workbook of ours is")
        return 2
    config = load_config(given.config)
    with open_app(config, working=False) as app:
        try:
            book = LedgerBookReader(app.rules, app.wording, config.limits).read(given.file.read_bytes())
            return _do(app, book, rest=given.rest) if given.yes else _show(app, book)
        except (BookError, NotOursError) as error:
            complain(f"{given.file.name}: {error}")
            return 2


def _show(app: App, book: Book) -> int:
    with app.store.glance() as look:
        rules = rules_now(look, app.rules)
        planned = plan(look, book, lambda board: ledger_rows(board, rules, app.wording), rules, app.clock.now())
    _print(planned)
    say(f"{len(planned.changes)} changes, {len(planned.problems)} not taken; nothing was done (--yes does it)")
    return 1 if planned.problems else 0


def _do(app: App, book: Book, *, rest: bool) -> int:
    def rows(board: Board) -> Mapping[tuple[str, str], LedgerRow]:
        return ledger_rows(board, app.rules, app.wording)

    planned, failed = import_ledger(app.store, book, rows, app.rules, WHO, app.clock.now(), rest=rest)
    _print(planned)
    _print_problems(failed)
    left = len(planned.problems)
    if left and not rest:
        say(f"nothing was done: {left} cannot be taken; mend them in the file, or leave them out with --rest")
        return 1
    say(f"{len(planned.changes) - len(failed)} changes done, {left + len(failed)} not")
    return 1 if left or failed else 0


def _print(planned: Plan) -> None:
    for change in planned.changes:
        edit = change.edit
        say(f"{edit.place}  {edit.key.partition('/')[0]}: {edit.before!r} -> {edit.after!r}{_does(change)}")
    _print_problems(planned.problems)


def _does(change: Change) -> str:
    """What a change does besides being kept."""
    if change.paper is not None:
        return f"  (paper {'in' if change.paper.came else 'not in'})"
    return f"  ({change.order.deed})" if change.order else "  (note)"


def _print_problems(problems: Sequence[Problem]) -> None:
    for one in problems:
        say(f"{one.place}: not taken: {_WHY[one.why].format(before=one.before, after=one.after, now=one.now)}")
