"""The program at work: adapters wired to steps, one round a call."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.adapters.annotate import DocxAnnotator
from bot.adapters.blank_forms import FormScribe
from bot.adapters.clock import SystemClock
from bot.adapters.cover_sheet import SheetScribe
from bot.adapters.edits import Edits
from bot.adapters.files import FileOriginals, StateError, free_bytes, make_state, only_worker, write_whole
from bot.adapters.footing import Footing
from bot.adapters.heartbeat import Pulse
from bot.adapters.ledger_emptying import ARCHIVED
from bot.adapters.order_key import make_order_key, order_key
from bot.adapters.readers import ReaderPool
from bot.adapters.rules import load_rules
from bot.adapters.scans import find_scanner
from bot.adapters.store import SqlStore
from bot.adapters.store_schema import bring_up_to_date
from bot.adapters.workbook import LedgerBook
from bot.campaign import Rules
from bot.config import Config, ConfigError
from bot.deciding.digest_days import next_digest
from bot.deciding.proof import Demand
from bot.deciding.stages import next_stage
from bot.letters.render import Wording
from bot.ports import Annotator, Cabinet, Clock, Courier, LoginError, Mailbox, MailboxError, Store, StoreError
from bot.steps.alert import Watch, alert, still_failing
from bot.steps.answer import Extras, answer, next_answer
from bot.steps.clock_back import clock_went_back
from bot.steps.copies import Copyist
from bot.steps.deliver import deliver, recover
from bot.steps.digest import Desk, digest
from bot.steps.edited import note_edit
from bot.steps.export import export
from bot.steps.gather import Post
from bot.steps.handle import Handling
from bot.steps.intake import IntakeLimits, take_in
from bot.steps.login_pause import forget, refused, waiting_until
from bot.steps.order_security import OrderDesk
from bot.steps.remind import remind, still_due
from bot.steps.rulings_time import rules_now
from bot.steps.second_look import Looker, SecondLook
from bot.steps.shelve import shelve
from bot.steps.status import note_trouble
from bot.steps.tell import next_telling, tell
from bot.wiring import (
    cabinet_for,
    campaign_folder,
    courier_for,
    labels_for,
    lacking,
    ledger_url,
    mailbox_for,
    minute_budget,
    post_for,
    reader_pool,
    wording_for,
)

EARLY = timedelta(days=31)
"""Mail is taken in from so long before the campaign opens: the eager write before the notice is out."""

MIB = 1024 * 1024

LEAST_FREE = 64 * 1024
"""Bytes that a worker needs to write down what it does."""

T = TypeVar("T")

log = logging.getLogger("shouli.app")


@dataclass(frozen=True, slots=True)
class Round:
    """What one round met with."""

    trouble: str = ""

    @property
    def well(self) -> bool:
        """Mail was taken in and every stage did its work."""
        return not self.trouble


def _guarded(stage: Callable[[], T], troubles: list[str]) -> T | None:
    """Run one stage; what it raises is logged and noted, what nobody expected with its traceback, and None comes back."""
    try:
        return stage()
    except (StoreError, OSError) as error:  # the machine's trouble, not ours: a full disk, a ledger that is locked
        log.error("a stage of the round cannot work: %s", error)  # noqa: TRY400 - one line is enough
        troubles.append(f"{type(error).__name__}: {error}".splitlines()[0])
        return None
    except Exception as error:
        log.exception("a stage of the round failed")
        troubles.append(f"{type(error).__name__}: {error}".splitlines()[0])
        return None


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
    stopping: threading.Event = field(default_factory=threading.Event)  # set: end at the next unit of work
    annotator: Annotator | None = None  # None: notices go without annotated copies
    looker: Looker | None = None  # None: scans are not read
    pulse: Pulse = field(default_factory=Pulse)  # the sign of life
    cabinet: Cabinet | None = None  # the folders for people; None: mails stay where they came in
    footing: Footing = field(default_factory=lambda: Footing(()))  # the files that must stay where they are
    edits: Edits | None = None  # rules and wording as they were read; None: nobody asks whether they were edited
    lost: str = ""  # why this worker had to end
    _in_flight: bool = False  # what became of a letter could not be written down
    disk_free: Callable[[], int | None] = field(default=lambda: None)  # bytes left where the state lies; None: nobody can tell
    order_key: bytes = field(default=b"", repr=False)  # the codes of the office's orders follow from it; b"": none is taken

    def start(self) -> None:
        """What a worker does first: letters in flight go back into the queue, halves of files are swept."""
        recover(self.store, self.clock)
        self.originals.sweep()

    def round(self) -> Round:
        """Take in and handle all that lies there, then answer, remind, digest, deliver, until nothing is left to do now.

        Answers come last, so that mails of one address that lie there together are answered together. A stage that raises is
        logged and told in the status; the others go on, letters are delivered whatever befell the digest.
        """
        troubles: list[str] = []
        if not self._stands():
            return Round(self.lost)
        self.pulse.working()
        try:
            self._look_around()
            self._renew_rules()
            self._work(troubles)
            # What the mailbox said is remembered by intake itself.
            ours = "; ".join(trouble for trouble in troubles if not trouble.startswith("mailbox: "))
            note_trouble(self.store, ours, self.clock.now())
        except StoreError as error:
            log.error("the round cannot be done: %s", error)  # noqa: TRY400 - one line is enough
            troubles.append(f"StoreError: {error}")
        except Exception as error:
            troubles.append(f"{type(error).__name__}: {error}".splitlines()[0])
            raise
        finally:
            self.pulse.finished("; ".join(troubles))
        return Round("; ".join(troubles))

    def _stands(self) -> bool:
        """Whether lock and ledger are still the files that were opened; a worker that lost them ends."""
        self.lost = self.footing.lost()
        if self.lost:
            log.critical("%s: the worker ends", self.lost)
            self.stopping.set()
        return not self.lost

    def _look_around(self) -> None:
        """What may have changed under a worker that runs for weeks: the clock, the rules, the wording."""
        clock_went_back(self.store, self.clock.now())
        if self.edits is not None and (told := self.edits.told()) is not None:
            note_edit(self.store, told)

    def _work(self, troubles: list[str]) -> None:
        try:
            self._take_in_and_handle(troubles)
            # Alerts are asked for twice: those that are due leave with the rest, and that sending works again shows only then.
            stages = (self._answer, self._tell, self._remind, self._digest, self._alert, self._deliver, self._alert)
            for stage in stages:
                if not self.stopping.is_set():
                    self.pulse.working()
                    _guarded(stage, troubles)
            if self.cabinet is not None and not self.stopping.is_set():
                _guarded(partial(self._shelve, self.cabinet), troubles)
            if self.looker is not None and not self.stopping.is_set():
                _guarded(self.looker.turn, troubles)
        finally:
            self.mailbox.close()
            self.courier.close()

    def _shelve(self, cabinet: Cabinet) -> None:
        """Last of all, over a connection of its own: some servers let few be open at a time."""
        if waiting_until(self.store, self.clock.now()):
            return
        self.mailbox.close()
        try:
            while shelve(self.store, cabinet, labels_for(self.config)) and not self.stopping.is_set():
                self.pulse.working()
        except LoginError as error:
            log.error("folders: login refused, next try at %s: %s", refused(self.store, self.clock.now()), error)  # noqa: TRY400 - one line is enough
        finally:
            cabinet.close()

    def _take_in_and_handle(self, troubles: list[str]) -> None:
        """Batch by batch; mails that waited in the ledger are handled even if the mailbox cannot be read."""
        tried: set[int] = set()
        more = True
        while more and not self.stopping.is_set():
            self.pulse.working()
            more = _guarded(partial(self._take_in, troubles), troubles) or False
            _guarded(partial(self._handle, tried), troubles)

    def _take_in(self, troubles: list[str]) -> bool:
        """One batch: whether there is more. What the mailbox says is remembered by the step itself and one line here."""
        now = self.clock.now()
        if until := waiting_until(self.store, now):
            troubles.append(f"mailbox: login refused; asked again at {until:%Y-%m-%d %H:%M:%S}")
            return False
        try:
            more = take_in(
                self.mailbox,
                self.originals,
                self.store,
                self.clock,
                self.config.mailbox.folder,
                self._limits(),
                self.pulse.working,
            )
        except LoginError as error:
            log.error("mailbox: login refused, next try at %s: %s", refused(self.store, now), error)  # noqa: TRY400 - one line is enough
            troubles.append(f"mailbox: {error}")
            return False
        except MailboxError as error:
            log.warning("mailbox: %s", error)
            troubles.append(f"mailbox: {error}")
            return False
        forget(self.store)
        return more

    def _limits(self) -> IntakeLimits:
        """Mail from long before the campaign is nobody's nomination: an old mailbox is passed over."""
        first = self.config.mailbox.since or (self.rules.opens - EARLY).isoformat()
        since = datetime.fromisoformat(first).replace(tzinfo=ZoneInfo(self.rules.zone))
        return IntakeLimits(self.config.mailbox.largest_mb * MIB, self.config.mailbox.batch, since)

    def _handle(self, tried: set[int]) -> None:
        width = self.reader.width
        desk, alive = self._order_desk(), self.pulse.working
        handling = Handling(self.store, self.originals, self.reader, width, self.rules, self.clock, desk, alive)
        while handling.batch(tried) and not self.stopping.is_set():
            pass

    def _renew_rules(self) -> None:
        """A longer time that the office has given everybody is the last day of all that follows."""
        with self.store.glance() as look:
            self.rules = rules_now(look, self.rules)

    def _order_desk(self) -> OrderDesk:
        settings = self.config.office
        addresses = settings.orders_from or settings.digest_to or self.rules.office.addresses
        listed = frozenset(address.strip().lower() for address in addresses)
        return OrderDesk(listed, self.order_key, settings.orders_servers, Demand(settings.orders_proof))

    def _tell(self) -> None:
        tell(self.store, self.wording, self.rules, self.clock, self.post)

    def _answer(self) -> None:
        scribe = FormScribe(self.rules, self.wording)
        copyist = Copyist(self.originals, self.annotator) if self.annotator else None
        extras = Extras(SheetScribe(self.wording), copyist)
        while (
            answer(self.store, self.wording, scribe, self.rules, self.clock, self.post, extras) and not self.stopping.is_set()
        ):
            self.pulse.working()

    def _remind(self) -> None:
        remind(self.store, self.wording, self.rules, self.clock, self.post, SheetScribe(self.wording))

    def _digest(self) -> None:
        desk = Desk(
            self.config.office.digest_to or self.rules.office.addresses,
            self.config.courier.day_budget,
            self.disk_free,
            self.order_key,
        )
        digest(self.store, self.wording, self.rules, self.clock, self._book(), self.post, desk, self._keep)

    def _deliver(self) -> None:
        """Letters whose end could not be written down go again, under the same Message-ID, as after a restart."""
        if self._in_flight:
            recover(self.store, self.clock)
        self._in_flight = True
        due, failing = still_due(self.store, self.rules, self.clock), still_failing(self.store)
        a_day, a_minute = self.config.courier.day_budget, minute_budget(self.config)
        while not self.stopping.is_set() and deliver(
            self.store, self.courier, self.clock, lambda row: due(row) and failing(row), a_day, a_minute
        ):
            self.pulse.working()
        self._in_flight = False

    def _alert(self) -> None:
        settings = self.config.operator
        watch = Watch(
            settings.alert_to or self.config.office.digest_to or self.rules.office.addresses,
            timedelta(minutes=settings.alert_minutes),
        )
        alert(self.store, self.wording, self.rules, self.clock, self.post, watch)

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
            next_telling(self.store, self.post),
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


def _refuse_full(state: Path) -> None:
    """Where nothing can be written down, nothing is taken in: the mails wait in the mailbox."""
    free = free_bytes(state)
    if free is not None and free < LEAST_FREE:
        raise StateError(f"{state}: only {free} bytes are free on this disk: make room; nothing was taken in")


def _refuse_archived(store: Store) -> None:
    """A ledger without its personal data would take every mail that lies in the mailbox for a new one."""
    with store.glance() as look:
        since = look.marks.get(ARCHIVED)
    if since is not None:
        raise StateError(f"the campaign of this ledger was archived on {since[:10]}: name another state folder for a new one")


def _watch(app: App, campaign: Path, state: Path, overtaken: Callable[[], str]) -> None:
    """Remember what the worker stands on, and which rules and wording it has read."""
    own = app.config.campaign.templates
    folders = (campaign, *((app.config.path(own),) if own else ()))
    app.footing = Footing((state / "lock", state / "ledger.db"), overtaken)
    app.edits = Edits(folders, lambda: wording_for(app.config, load_rules(campaign), campaign))
    note_edit(app.store, "")


@contextmanager
def open_app(config: Config, clock: Clock | None = None, *, working: bool = True) -> Iterator[App]:
    """The program for these settings. `working`: hold the lock that keeps a second worker out; looking needs none."""
    if working and (problems := lacking(config)):
        raise ConfigError(problems)
    folder = campaign_folder(config)
    rules = load_rules(folder)
    wording = wording_for(config, rules, folder)
    zone = ZoneInfo(rules.zone)
    state = make_state(config.state_folder)
    with ExitStack() as stack:
        if working:
            stack.enter_context(only_worker(state))
            _refuse_full(state)
            bring_up_to_date(ledger_url(config))
        store = SqlStore(ledger_url(config), zone)
        stack.callback(store.close)
        overtaken: Callable[[], str] = str
        if working:
            _refuse_archived(store)
            overtaken = stack.enter_context(store.alone())
        reader = reader_pool(config, rules, config.worker.readers)
        stack.callback(reader.close)
        post = post_for(config, rules)
        mailbox, courier = mailbox_for(config, zone), courier_for(config, post.sender.address)
        originals = FileOriginals(state)
        annotator = DocxAnnotator(rules, config.limits)
        stack.callback(annotator.close)
        now = clock or SystemClock(rules.zone)
        app = App(config, rules, wording, now, store, originals, mailbox, courier, reader, post, annotator=annotator)
        app.disk_free = partial(free_bytes, state)
        app.order_key = make_order_key(state) if working else order_key(state)
        app._renew_rules()
        if working:
            _watch(app, folder, state, overtaken)
        app.cabinet = cabinet_for(config) if working else None
        scanner = find_scanner(rules, config.limits) if working and config.worker.ocr else None
        if scanner is not None:
            app.looker = Looker(SecondLook(store, originals, reader, scanner, rules, now))
            stack.callback(app.looker.close)
        yield app
