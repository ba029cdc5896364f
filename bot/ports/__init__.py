"""What the steps need of the world, each port one to a few methods; adapters keep these promises, tests fake them."""

from bot.ports.clock import Clock
from bot.ports.ledger import Chronicle, Entry, Mails, Marks, Nominations, Notes, Outbox, Texts
from bot.ports.mailbox import (
    BodyError,
    Cabinet,
    Courier,
    Listed,
    LoginError,
    Lying,
    Mailbox,
    MailboxError,
    Mark,
    Originals,
    Survey,
)
from bot.ports.office import Annotator, Bookkeeper, Paper, PaperBundle, Passing, Remark, Scribe, SheetScribe
from bot.ports.reading import Converter, OldDocument, Reader, Scanner
from bot.ports.store import Store, StoreError, Transaction

__all__ = [
    "Annotator",
    "BodyError",
    "Bookkeeper",
    "Cabinet",
    "Chronicle",
    "Clock",
    "Converter",
    "Courier",
    "Entry",
    "Listed",
    "LoginError",
    "Lying",
    "Mailbox",
    "MailboxError",
    "Mails",
    "Mark",
    "Marks",
    "Nominations",
    "Notes",
    "OldDocument",
    "Originals",
    "Outbox",
    "Paper",
    "PaperBundle",
    "Passing",
    "Reader",
    "Remark",
    "Scanner",
    "Scribe",
    "SheetScribe",
    "Store",
    "StoreError",
    "Survey",
    "Texts",
    "Transaction",
]
