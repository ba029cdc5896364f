"""A small office for tests: mails arrive as bytes with prepared readings, and all steps from intake to delivery run."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.adapters.store import SqlStore
from bot.adapters.wording import load_wording
from bot.campaign import Rules
from bot.letters.compose import Sender
from bot.letters.render import Wording
from bot.model import Address, Event, MailRow, Nomination, OutboxRow, Outgoing, Reading
from bot.steps.answer import answer
from bot.steps.deliver import Sending, deliver
from bot.steps.gather import Post
from bot.steps.handle import Handling
from bot.steps.intake import IntakeLimits, take_in
from tests.deciding.build import ARRIVED, rules
from tests.fakes import FakeClock, FakeCourier, FakeMailbox, FakeOriginals, FakeScribe, memory_store

TEMPLATES = Path(__file__).parents[2] / "templates"
_words: dict[str, Wording] = {}


def wording(campaign: Rules) -> Wording:
    """The letters that ship, loaded once a campaign."""
    if campaign.id not in _words:
        _words[campaign.id] = load_wording(campaign, None, TEMPLATES)
    return _words[campaign.id]


class Rounds:
    """Mailbox, ledger, courier and clock, and a reader that knows what each mail says, or raises what was prepared."""

    def __init__(self, with_rules: Rules | None = None) -> None:
        self.store: SqlStore = memory_store()
        self.clock = FakeClock(ARRIVED)
        self.mailbox = FakeMailbox()
        self.originals = FakeOriginals()
        self.courier = FakeCourier()
        self.rules = with_rules or rules()
        self.post = Post(Sender(self.rules.office.mailbox, self.rules.office.name))
        self.readings: dict[bytes, Reading | Exception] = {}
        self.read_count: dict[bytes, int] = {}
        self.largest = 60 << 20

    def arrives(self, reading: Reading | Exception, sender: str = "li@xinxiang.example", subject: str = "推荐材料") -> int:
        """A mail comes; its UID, which is its number in the ledger too. A reading is given this mail's own header."""
        number = len(self.readings) + 1
        id = f"<{number}@xinxiang.example>"
        content = f"Message-ID: {id}\r\nFrom: <{sender}>\r\nSubject: {subject}\r\n\r\nwords {number}".encode()
        if isinstance(reading, Reading):
            reading = replace(reading, headers=replace(reading.headers, message_id=id, sender=Address(sender)))
        self.readings[content] = reading
        return self.mailbox.put(content, self.clock.now())

    def read(self, content: bytes) -> Reading:
        """What `bot.ports.Reader` promises, or the prepared mischief."""
        self.read_count[content] = self.read_count.get(content, 0) + 1
        found = self.readings.get(content) or next(r for c, r in self.readings.items() if c.startswith(content[:20]))
        if isinstance(found, Exception):
            raise found
        return found

    def close(self) -> None:
        """No process to end."""

    def round(self, after: timedelta = timedelta(0)) -> None:
        """One round of the worker, so long after the one before."""
        self.clock.advance(after)
        limits = IntakeLimits(largest=self.largest)
        while take_in(self.mailbox, self.originals, self.store, self.clock, limits=limits):
            pass
        tried: set[int] = set()
        while self.handling.batch(tried):
            pass
        while answer(self.store, wording(self.rules), FakeScribe(), self.rules, self.clock, self.post):
            pass
        deliver(Sending(self.store, self.courier, self.clock), lambda: True)

    @property
    def handling(self) -> Handling:
        return Handling(self.store, self.originals, self, 1, self.rules, self.clock)

    def mail(self, id: int) -> MailRow:
        with self.store.glance() as ledger:
            return ledger.mails.get(id)

    def nominations(self) -> list[Nomination]:
        with self.store.glance() as ledger:
            return list(ledger.nominations.all())

    def nomination(self, number: str) -> Nomination:
        return next(one for one in self.nominations() if one.number == number)

    def events(self, subject: str) -> list[Event]:
        with self.store.glance() as ledger:
            return ledger.chronicle.of(subject)

    def outbox(self) -> list[OutboxRow]:
        with self.store.glance() as ledger:
            return list(ledger.outbox.heads())

    @property
    def sent(self) -> list[Outgoing]:
        return self.courier.sent


LATER = timedelta(minutes=11)
"""Long enough that every answer is due."""
