"""An office that gives orders by mail, for tests: digests are written, their code is known, units have nominations on file."""

from dataclasses import replace
from datetime import timedelta

from bot.campaign import Rules
from bot.deciding.codes import day_code, spelled
from bot.deciding.proof import Demand
from bot.model import Address, Event, Headers, Letter, Note, Outcome, Outgoing, Reading
from bot.steps.handle import Handling
from bot.steps.order_days import add_day
from bot.steps.order_security import OrderDesk
from bot.steps.tell import tell
from tests.deciding import build
from tests.deciding.build import at
from tests.letters.regolden import parts
from tests.steps.rounds import LATER, Rounds, wording

OFFICE = "clerk@office.example"
SECRET = bytes(range(32))


class Ordering(Rounds):
    """Rounds in which `OFFICE` may give orders."""

    def __init__(self, with_rules: Rules | None = None) -> None:
        super().__init__(with_rules)
        self.desk = OrderDesk(frozenset({OFFICE}), SECRET, "mx*", Demand.GIVEN)

    @property
    def handling(self) -> Handling:
        return replace(super().handling, desk=self.desk)

    def digest(self, *items: str) -> str:
        """A digest is written now that lists these; its code as people read it."""
        now = self.clock.now()
        with self.store.begin() as transaction:
            add_day(transaction, now)
            key = f"letter:digest:{now.date().isoformat()}"
            transaction.chronicle.add(Event(now, "clock", "digest", key, {"items": items}))
        return spelled(day_code(SECRET, self.rules.id, now.date()))

    def order(self, text: str, sender: str = OFFICE, subject: str = "", **header: object) -> int:
        """A mail of the office; its number."""
        headers = Headers("", subject, Address(sender), **header)  # type: ignore[arg-type]  # fields of a header by name
        return self.arrives(Reading(headers, text, text), sender, subject)

    def nominate(self, day: int = 16, sender: str = build.MAIL, **fields: str) -> None:
        """A nomination of 新乡市 comes on a day and is answered."""
        self.clock.moment = max(self.clock.moment, at(day))
        self.arrives(build.mail(*build.whole("project", **fields)), sender)
        self.rest()

    def rest(self) -> None:
        """Rounds until every letter that is owed has gone."""
        for _ in range(2):
            self.round()
            self.clock.advance(LATER)
        while tell(self.store, wording(self.rules), self.rules, self.clock, self.post):
            pass
        self.round()

    def letters(self, kind: Letter) -> list[Outgoing]:
        return [letter for letter in self.sent if letter.letter is kind]

    def text(self, letter: Outgoing) -> str:
        return parts(letter.content)[0]

    def notes(self) -> list[Note]:
        with self.store.glance() as ledger:
            return list(ledger.notes.all())

    def outcome(self, mail: int) -> tuple[Outcome | None, str]:
        row = self.mail(mail)
        return row.outcome, row.reason


DAY = timedelta(days=1)
