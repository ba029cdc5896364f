"""Export: the ledger as a workbook, kept in the state folder for the clerks."""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.campaign import Rules
from bot.deciding.board import Board
from bot.deciding.standing import standing
from bot.model import Attachment
from bot.ports import Bookkeeper, Store, Transaction

Keep = Callable[[str, bytes], Path]
"""Writes a file of this name whole or not at all, and says where it lies."""

log = logging.getLogger("shouli.export")


def export(store: Store, book: Bookkeeper, rules: Rules, keep: Keep) -> Path:
    """Write the workbook from one look at the ledger; says where it lies."""
    with store.glance() as ledger:
        workbook = book.write(look(ledger, rules), ledger)
    return kept(workbook, keep)


def look(ledger: Transaction, rules: Rules, since: datetime | None = None) -> Board:
    """How the campaign stands at this moment; `since` is the moment from which what is fresh counts."""
    return standing(ledger.nominations.all(), ledger.mails.all(), rules, ledger.outbox.heads(), since, ledger.notes.all())


def kept(workbook: Attachment, keep: Keep) -> Path:
    """Keep a workbook that was written."""
    path = keep(workbook.name, workbook.content)
    log.info("workbook: %d bytes", len(workbook.content))
    return path
