"""One office for the faults: the whole program over a real Dovecot and a real SMTP server, with a door before each."""

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from imapclient import IMAPClient

from bot.adapters.files import FileOriginals, make_state
from bot.adapters.readers import ReaderPool
from bot.adapters.store import SqlStore
from bot.app import App, Round
from bot.campaign import Rules
from bot.config import load_config
from bot.demo.acts import loose, nominees, note, papers
from bot.demo.cast import writer
from bot.demo.programs import compose
from bot.letters.render import Wording
from bot.model import MailRow, Nomination, OutboxRow
from bot.wiring import courier_for, ledger_url, mailbox_for, post_for
from tests.fakes import NOON, FakeClock
from tests.faults.doors import Door, Imap, Smtp
from tests.servers import Dovecot
from tests.whole.post import Arrived, Sink

OFFICE = "office@leading-group.example"
"""Where digests go."""

SETTINGS = """
[mailbox]
host = "127.0.0.1"
port = {imap}
security = "none"
user = "{user}"
password = "secret"
timeout_seconds = {imap_patience}
largest_mb = 2

[courier]
host = "127.0.0.1"
port = {smtp}
security = "none"
address = "sjhdz2021@126.com"
user = "{smtp_user}"
password = "secret"
timeout_seconds = {smtp_patience}
day_budget = {day_budget}

[office]
digest_to = ["{office}"]
"""

LATER = timedelta(minutes=11)
"""Long enough that an answer is due and shares nothing with the one before."""


@dataclass(frozen=True)
class Program:
    """What every office shares, because making it takes half a second: rules, wording, the processes that read."""

    rules: Rules
    wording: Wording
    reader: ReaderPool


@dataclass
class Office:
    """A worker of its own mailbox, clock, state folder and doors; `restart` is a new worker over the same state."""

    program: Program
    dovecot: Dovecot
    sink: Sink
    folder: Path
    user: str
    imap: Door
    smtp: Door
    hand: IMAPClient
    smtp_user: str = ""  # empty: letters go without a login
    day_budget: int = 800  # letters a day
    clock: FakeClock = field(default_factory=FakeClock)

    def __post_init__(self) -> None:
        self.settle()
        self.app = self._app()
        self.app.start()

    def settle(self, imap_patience: int = 60, smtp_patience: int = 60) -> None:
        """Write the settings; the seconds of silence after which a server is given up count from the next restart."""
        words = {"imap": self.imap.port, "smtp": self.smtp.port, "user": self.user, "office": OFFICE}
        words |= {"imap_patience": imap_patience, "smtp_patience": smtp_patience, "smtp_user": self.smtp_user}
        words |= {"day_budget": self.day_budget}
        self.settings = self.folder / "shouli.toml"
        self.settings.write_text(SETTINGS.format(**words))

    def _app(self) -> App:
        """As `open_app` makes it, but for what is shared."""
        config = load_config(self.settings, {})
        rules, zone = self.program.rules, ZoneInfo(self.program.rules.zone)
        state, post = make_state(config.state_folder), post_for(config, rules)
        mailbox, courier = mailbox_for(config, zone), courier_for(config, post.sender.address)
        store, originals = SqlStore(ledger_url(config), zone), FileOriginals(state)
        reader = self.program.reader
        return App(config, rules, self.program.wording, self.clock, store, originals, mailbox, courier, reader, post)

    def restart(self) -> None:
        """What the system does after a crash: the worker is gone with its memory, a new one starts."""
        self.close()
        self.app = self._app()
        self.app.start()

    def close(self) -> None:
        self.app.mailbox.close()
        self.app.courier.close()
        self.app.store.close()

    def hand_off(self) -> None:
        self.hand.logout()

    # --- mails -------------------------------------------------------------------------------------------------------------

    def arrives(self, *contents: bytes, at: datetime | None = None, seen: bool = False) -> None:
        """Mails come in now, or at another moment by the server's clock."""
        for content in contents:
            self.hand.append("INBOX", content, (b"\\Seen",) if seen else (), at or self.clock.now())

    def round(self, after: timedelta = timedelta(0)) -> Round:
        """One round of the worker, so long after the one before."""
        self.clock.advance(after)
        return self.app.round()

    def nomination(self, unit: str, key: str = "a", category: str = "project", number: int = 0, *without: str) -> bytes:
        """A clean nomination of a unit, or one in which these fields were left empty."""
        return nomination(unit, self.clock.now(), key, category, number, *without)

    def renumber(self) -> None:
        """A server restored from its backup: the indexes are gone, UIDVALIDITY is another, UIDs are used again."""
        self.hand.logout()
        maildir = self.dovecot.maildir(self.user)
        for file in maildir.glob("dovecot.index*"):
            file.unlink()
        uids = maildir / "dovecot-uidlist"
        uids.write_text(re.sub(r" V(\d+) ", lambda found: f" V{int(found[1]) + 1} ", uids.read_text(), count=1))
        self.hand = logged_in(self.dovecot, self.user)

    # --- what came of it ---------------------------------------------------------------------------------------------------

    @property
    def letters(self) -> list[Arrived]:
        """What the server took for submitters, digests aside."""
        return [letter for letter in self.sink.letters if letter.recipients != (OFFICE,)]

    @property
    def digests(self) -> list[Arrived]:
        return [letter for letter in self.sink.letters if letter.recipients == (OFFICE,)]

    def mails(self) -> list[MailRow]:
        with self.app.store.glance() as ledger:
            return list(ledger.mails.all())

    def nominations(self) -> list[Nomination]:
        with self.app.store.glance() as ledger:
            return list(ledger.nominations.all())

    def outbox(self) -> list[OutboxRow]:
        with self.app.store.glance() as ledger:
            return [row for row in ledger.outbox.heads() if row.outgoing.recipients != (OFFICE,)]

    def marked(self, key: str) -> str | None:
        with self.app.store.glance() as ledger:
            return ledger.marks.get(key)

    def flags(self) -> dict[int, set[bytes]]:
        """Flags as the server has them, the session's own \\Recent aside."""
        self.hand.noop()
        found = self.hand.get_flags(self.hand.search(["ALL"]))
        return {uid: set(flags) - {b"\\Recent"} for uid, flags in found.items()}


def nomination(unit: str, at: datetime, key: str = "a", category: str = "project", number: int = 0, *without: str) -> bytes:
    who = writer(unit)
    some = [one.without(*without) for one in nominees(who, at, {category: (number,)})]
    return compose(note(who, key, at, some, enclosures=loose(papers(who, some))), who.program)


def ids(letters: Iterable[Arrived]) -> list[str]:
    return [str(letter.message["Message-ID"]) for letter in letters]


def logged_in(dovecot: Dovecot, user: str) -> IMAPClient:
    """The hand of somebody else in the mailbox, past every door."""
    hand = IMAPClient("127.0.0.1", dovecot.port, ssl=False)
    hand.login(user, "secret")
    hand.select_folder("INBOX")
    return hand


@contextmanager
def office(program: Program, dovecot: Dovecot, folder: Path, user: str, now: datetime = NOON, **how: Any) -> Iterator[Office]:
    """Open one."""
    with ExitStack() as stack:
        sink = stack.enter_context(Sink())
        imap = stack.enter_context(Door(dovecot.port, Imap))
        smtp = stack.enter_context(Door(sink.port, Smtp))
        made = Office(program, dovecot, sink, folder, user, imap, smtp, logged_in(dovecot, user), clock=FakeClock(now), **how)
        stack.callback(made.hand_off)
        stack.callback(made.close)
        yield made
