"""The one place that wires adapters to steps: settings in, a working program out, one round a call."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.blank_forms import FormScribe
from bot.adapters.clock import SystemClock
from bot.adapters.files import FileOriginals, make_state, only_worker, write_whole
from bot.adapters.imap import ImapMailbox
from bot.adapters.maildir import MaildirMailbox
from bot.adapters.outfolder import FolderCourier
from bot.adapters.readers import ReaderPool
from bot.adapters.rules import load_rules
from bot.adapters.server import Security, Server
from bot.adapters.smtp import SmtpCourier
from bot.adapters.store import SqlStore
from bot.adapters.wording import load_wording
from bot.adapters.workbook import LedgerBook
from bot.adapters.worker import LimitedReader
from bot.campaign import Rules
from bot.config import Config, ConfigError
from bot.deciding.briefing import next_digest
from bot.deciding.due import Pace, next_stage
from bot.letters.compose import Sender
from bot.letters.render import Wording
from bot.ports import Clock, Courier, LoginError, Mailbox, MailboxError, Store
from bot.steps.answer import answer, next_answer
from bot.steps.deliver import deliver, recover
from bot.steps.digest import Desk, digest
from bot.steps.export import export
from bot.steps.gather import Post
from bot.steps.handle import Handling
from bot.steps.intake import IntakeLimits, take_in
from bot.steps.remind import remind, still_due

LOGIN_PAUSES = (timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=2))
"""Pauses after one, two, three and more refused logins: asking on would lock the account."""

EARLY = timedelta(days=31)
"""Mail is taken in from so long before the campaign opens: the eager write before the notice is out."""

MIB = 1024 * 1024

log = logging.getLogger("shouli.app")


def shipped(name: str) -> Path:
    """`rules` or `templates` as they come with shouli: inside the installed package, or at the top of a checkout."""
    inside = Path(__file__).parent / "shipped" / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name


def campaign_folder(config: Config) -> Path:
    """The folder of the campaign's rules."""
    return config.path(config.campaign.rules) if config.campaign.rules else shipped("rules") / "3x100-2021"


def wording_for(config: Config, rules: Rules, folder: Path) -> Wording:
    """The operator's wording over the campaign's over shouli's own."""
    own = config.path(config.campaign.templates) if config.campaign.templates else None
    return load_wording(rules, folder / "templates", shipped("templates"), own)


def reader_pool(config: Config, rules: Rules, width: int) -> ReaderPool:
    """So many limited processes that read mails."""
    return ReaderPool([LimitedReader(rules, config.limits) for _ in range(max(1, width))])


def ledger_url(config: Config) -> str:
    """Where the ledger is."""
    return config.ledger.url or f"sqlite:///{config.state_folder / 'ledger.db'}"


def post_for(config: Config, rules: Rules) -> Post:
    """How letters leave."""
    own = config.courier.address or config.mailbox.user or rules.office.mailbox
    pace = Pace(timedelta(seconds=config.answers.quiet_seconds), timedelta(minutes=config.answers.window_minutes))
    silent = frozenset(address.lower() for address in config.answers.do_not_reply)
    return Post(Sender(own, rules.office.name), config.answers.review_letters, silent, pace)


def _mailbox(config: Config, zone: ZoneInfo) -> Mailbox:
    settings = config.mailbox
    if settings.kind == "maildir":
        return MaildirMailbox(config.path(settings.path), config.state_folder / "maildir-uids", zone, settings.folder)
    return ImapMailbox(_server(config, "mailbox"), zone, settings.folder)


def _courier(config: Config, sender: str) -> Courier:
    if config.courier.kind == "folder":
        return FolderCourier(config.path(config.courier.path))
    return SmtpCourier(_server(config, "courier"), sender)


def _server(config: Config, section: str) -> Server:
    settings = config.mailbox if section == "mailbox" else config.courier
    try:
        return Server(
            settings.host,
            settings.port,
            settings.user,
            settings.password,
            Security(settings.security),
            read_seconds=settings.timeout_seconds,
        )
    except ValueError as error:
        raise ConfigError((f"{section}.security: {error}",)) from error


@dataclass(frozen=True, slots=True)
class Round:
    """What one round met with."""

    trouble: str = ""

    @property
    def well(self) -> bool:
        """Mail was taken in without an error."""
        return not self.trouble


@dataclass(slots=True)
class App:
    """Everything wired. `round` does all there is to do at this moment; `next_due` says when there will be more."""

    config: Config
    rules: Rules
    wording: Wording
    clock: Clock
    store: Store
    originals: FileOriginals
    mailbox: Mailbox
    courier: Courier
    reader: ReaderPool
    post: Post
    _refused: int = 0
    _not_before: datetime | None = field(default=None)

    def start(self) -> None:
        """What a worker does first: letters in flight go back into the queue, halves of files are swept."""
        recover(self.store, self.clock)
        self.originals.sweep()

    def round(self) -> Round:
        """Take in, handle, answer, remind, digest, deliver, batch by batch until nothing is left to do now."""
        trouble, more = "", True
        tried: set[int] = set()
        try:
            while more:
                more, trouble = self._take_in()
                self._work_off(tried)
        finally:
            self.mailbox.close()
            self.courier.close()
        return Round(trouble)

    def _take_in(self) -> tuple[bool, str]:
        """One batch: whether there is more, and what went wrong."""
        now = self.clock.now()
        if self._not_before and now < self._not_before:
            return False, "login refused; waiting before the next try"
        try:
            more = take_in(self.mailbox, self.originals, self.store, self.clock, self.config.mailbox.folder, self._limits())
        except LoginError as error:
            self._not_before = now + LOGIN_PAUSES[min(self._refused, len(LOGIN_PAUSES) - 1)]
            self._refused += 1
            log.error("mailbox: login refused, next try at %s: %s", self._not_before, error)  # noqa: TRY400 - one line is enough
            return False, str(error)
        except MailboxError as error:
            log.warning("mailbox: %s", error)
            return False, str(error)
        self._refused, self._not_before = 0, None
        return more, ""

    def _limits(self) -> IntakeLimits:
        """Mail from long before the campaign is nobody's nomination: an old mailbox is passed over."""
        first = self.config.mailbox.since or (self.rules.opens - EARLY).isoformat()
        since = datetime.fromisoformat(first).replace(tzinfo=ZoneInfo(self.rules.zone))
        return IntakeLimits(self.config.mailbox.largest_mb * MIB, self.config.mailbox.batch, since)

    def _work_off(self, tried: set[int]) -> None:
        """Everything behind the mailbox, in the order of the flow."""
        handling = Handling(self.store, self.originals, self.reader, self.reader.width, self.rules, self.clock)
        while handling.batch(tried):
            pass
        scribe = FormScribe(self.rules, self.wording)
        while answer(self.store, self.wording, scribe, self.rules, self.clock, self.post):
            pass
        remind(self.store, self.wording, self.rules, self.clock, self.post)
        desk = Desk(self.config.office.digest_to or self.rules.office.addresses, self.config.courier.day_budget)
        digest(self.store, self.wording, self.rules, self.clock, self._book(), self.post, desk, self._keep)
        asked = still_due(self.store, self.rules, self.clock)
        while deliver(self.store, self.courier, self.clock, asked, self.config.courier.day_budget):
            pass

    def _book(self) -> LedgerBook:
        return LedgerBook(self.rules, self.wording)

    def _keep(self, name: str, content: bytes) -> Path:
        """Keep a workbook in the state folder."""
        path = self.config.state_folder / "export" / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        write_whole(path, content)
        return path

    def next_due(self) -> datetime | None:
        """The next moment at which the clock alone, without new mail, makes work: an answer, a reminder, a digest, a retry."""
        now = self.clock.now()
        with self.store.glance() as ledger:
            waiting = ledger.outbox.next_due()
        moments = (
            next_answer(self.store, self.rules, self.post),
            next_stage(now, self.rules),
            next_digest(now, self.rules),
            waiting,
        )
        return min((moment for moment in moments if moment is not None), default=None)

    def export(self, into: Path | None) -> Path:
        """Write the workbook and say where."""

        def there(_name: str, content: bytes) -> Path:
            path = into or Path()
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
            return path

        return export(self.store, self._book(), self.rules, there if into else self._keep)


@contextmanager
def open_app(config: Config, clock: Clock | None = None, *, working: bool = True) -> Iterator[App]:
    """The program for these settings. `working`: hold the lock that keeps a second worker out; looking needs none."""
    folder = campaign_folder(config)
    rules = load_rules(folder)
    wording = wording_for(config, rules, folder)
    zone = ZoneInfo(rules.zone)
    state = make_state(config.state_folder)
    with ExitStack() as stack:
        if working:
            stack.enter_context(only_worker(state))
        store = SqlStore(ledger_url(config), zone)
        stack.callback(store.close)
        reader = reader_pool(config, rules, config.worker.readers)
        stack.callback(reader.close)
        post = post_for(config, rules)
        mailbox, courier = _mailbox(config, zone), _courier(config, post.sender.address)
        originals = FileOriginals(state)
        yield App(config, rules, wording, clock or SystemClock(rules.zone), store, originals, mailbox, courier, reader, post)
