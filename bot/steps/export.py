"""Export: the ledger as a workbook, kept in the state folder for the clerks."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.campaign import Rules
from bot.deciding.board import Board
from bot.deciding.standing import in_time, standing
from bot.model import Attachment
from bot.ports import Bookkeeper, Passing, Store, Transaction

Keep = Callable[[str, bytes], Path]
"""Writes a file of this name whole or not at all, and says where it lies."""

log = logging.getLogger("shouli.export")


def export(store: Store, book: Bookkeeper, rules: Rules, keep: Keep) -> Path:
    """Write the workbook from one look at the ledger; says where it lies."""
    with store.glance() as ledger:
        _, workbook = booked(ledger, rules, book)
    return kept(workbook, keep)


def look(
    ledger: Transaction, rules: Rules, since: datetime | None = None, passing: Passing = lambda correspondence: correspondence
) -> Board:
    """How the campaign stands at this moment; `since` is the moment from which what is fresh counts.

    All mails and letters go through `passing` on their way: of a large ledger they take longest to read.
    """
    correspondence = passing(in_time(ledger.mails.all(), ledger.outbox.heads()))
    return standing(ledger.nominations.all(), correspondence, rules, since, ledger.notes.all())


def booked(ledger: Transaction, rules: Rules, book: Bookkeeper, since: datetime | None = None) -> tuple[Board, Attachment]:
    """How the campaign stands, and the workbook of it, from one look."""
    return book.write(ledger, partial(look, ledger, rules, since))


def kept(workbook: Attachment, keep: Keep) -> Path:
    """Keep a workbook that was written."""
    path = keep(workbook.name, workbook.content)
    log.info("workbook: %d bytes", len(workbook.content))
    return path
