"""A small office for tests: mails as values judged one by one into a ledger in memory, as the handle step does it."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.adapters.store import SqlStore
from bot.campaign import Rules
from bot.model import Decision, MailRow, MailState, Nomination, Outgoing, Position, Reading
from bot.steps.judge import judge
from bot.steps.thread import thread_of
from tests.deciding.build import ARRIVED, rules
from tests.fakes import memory_store


class Desk:
    """Mails are taken in and judged; letters are put into the outbox by hand where a test needs one to be answered."""

    def __init__(self, with_rules: Rules | None = None) -> None:
        self.store: SqlStore = memory_store()
        self.rules = with_rules or rules()
        self._readings: dict[int, Reading] = {}

    def take_in(self, reading: Reading, received: datetime = ARRIVED) -> int:
        """Enter a mail, not yet judged; its number."""
        uid = len(self._readings) + 1
        digest = hashlib.sha256(repr(reading).encode()).hexdigest()
        row = MailRow(
            id=0,
            message_id=reading.headers.message_id,
            sha256=digest,
            position=Position("INBOX", 1, uid),
            received=received,
            size=1000,
            original=f"mail/{digest}.eml",
            complete=True,
            state=MailState.NEW,
        )
        with self.store.begin() as transaction:
            id = transaction.mails.add(row)
        assert id is not None, "the same mail twice"
        self._readings[id] = reading
        return id

    def handle(self, id: int, now: datetime | None = None) -> Decision:
        """Judge a mail that has been taken in."""
        reading = self._readings[id]
        with self.store.begin() as transaction:
            row = transaction.mails.get(id)
            thread = thread_of(transaction, reading)
            earlier = self._readings[thread.earlier.id] if thread.earlier and not reading.files else None
            return judge(transaction, row, reading, earlier, thread, self.rules, now or row.received)

    def take(self, reading: Reading, received: datetime = ARRIVED) -> Decision:
        """Take in and judge."""
        number = len(self._readings) + 1
        unique = replace(reading, headers=replace(reading.headers, message_id=f"<{number}@xinxiang.example>"))
        return self.handle(self.take_in(unique, received))

    def write(self, letter: Outgoing, at: datetime) -> None:
        """Put a letter into the outbox."""
        with self.store.begin() as transaction:
            transaction.outbox.add(letter, at, at)

    @property
    def nominations(self) -> list[Nomination]:
        """Every nomination as it stands."""
        with self.store.glance() as ledger:
            return list(ledger.nominations.all())

    def versions(self, number: str) -> list[Nomination]:
        """Its versions, oldest first."""
        with self.store.glance() as ledger:
            return ledger.nominations.versions(number)

    def nomination(self, number: str) -> Nomination:
        """One as it stands."""
        with self.store.glance() as ledger:
            found = ledger.nominations.get(number)
        assert found is not None
        return found


def ids(one: Nomination) -> list[str]:
    """Its findings, each as its id with the field it is about."""
    return [f"{finding.check} {finding.field}" if finding.field else finding.check for finding in one.findings]


def states(nominations: Iterable[Nomination]) -> dict[str, str]:
    """States by nominee."""
    return {one.nominee: one.state.value for one in nominations}
