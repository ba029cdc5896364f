"""The program at work: adapters wired to steps, one round a call."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.adapters.blank_forms import FormScribe
from bot.adapters.cover_sheet import SheetScribe
from bot.adapters.edits import Edits
from bot.adapters.exports import kept_in, written_to
from bot.adapters.files import FileOriginals
from bot.adapters.footing import Footing
from bot.adapters.heartbeat import Pulse
from bot.adapters.readers import ReaderPool
from bot.adapters.workbook import LedgerBook
from bot.campaign import Rules
from bot.config import Config
from bot.deciding.digest_days import next_digest
from bot.deciding.stages import next_stage
from bot.letters.render import Wording
from bot.ports import Annotator, Cabinet, Clock, Courier, LoginError, Mailbox, MailboxError, Store, StoreError
from bot.steps.alert import alert, still_failing
from bot.steps.answer import Extras, answer
from bot.steps.answers_due import next_answer
from bot.steps.clock_back import clock_went_back
from bot.steps.copies import Copyist
from bot.steps.deliver import Sending, deliver, recover
from bot.steps.digest import digest
from bot.steps.edited import note_edit
from bot.steps.export import export
from bot.steps.gather import Post
from bot.steps.guarded import guarded, in_short
from bot.steps.handle import Handling
from bot.steps.intake import take_in
from bot.steps.login_pause import forget, refused, waiting_until
from bot.steps.remind import remind, still_due
from bot.steps.rulings_time import rules_now
from bot.steps.second_look import Looker
from bot.steps.shelve import shelve
from bot.steps.status import note_trouble
from bot.steps.tell import next_telling, tell
from bot.terms import alert_watch, digest_desk, intake_limits, labels_for, minute_budget, order_desk

log = logging.getLogger("shouli.app")


@dataclass(frozen=True, slots=True)
class Round:
    """What one round met with."""

    trouble: str = ""

    @property
    def well(self) -> bool:
        """Mail was taken in and every stage did its work."""
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
            self.renew_rules()
            self._work(troubles)
            # What the mailbox said is remembered by intake itself.
            ours = "; ".join(trouble for trouble in troubles if not trouble.startswith("mailbox: "))
            note_trouble(self.store, ours, self.clock.now())
        except StoreError as error:
            log.error("the round cannot be done: %s", error)  # noqa: TRY400 - one line is enough
            troubles.append(f"StoreError: {error}")
        except Exception as error:
            troubles.append(in_short(error))
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
                    guarded(stage, troubles)
            if self.cabinet is not None and not self.stopping.is_set():
                guarded(partial(self._shelve, self.cabinet), troubles)
            if self.looker is not None and not self.stopping.is_set():
                guarded(self.looker.turn, troubles)
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
            more = guarded(partial(self._take_in, troubles), troubles) or False
            guarded(partial(self._handle, tried), troubles)

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
                intake_limits(self.config, self.rules),
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

    def _handle(self, tried: set[int]) -> None:
        width = self.reader.width
        desk, alive = order_desk(self.config, self.rules, self.order_key), self.pulse.working
        handling = Handling(self.store, self.originals, self.reader, width, self.rules, self.clock, desk, alive)
        while handling.batch(tried) and not self.stopping.is_set():
            pass

    def renew_rules(self) -> None:
        """A longer time that the office has given everybody is the last day of all that follows."""
        with self.store.glance() as look:
            self.rules = rules_now(look, self.rules)

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
        desk = digest_desk(self.config, self.rules, self.disk_free, self.order_key)
        digest(
            self.store, self.wording, self.rules, self.clock, self._book(), self.post, desk, kept_in(self.config.state_folder)
        )

    def _deliver(self) -> None:
        """Letters whose end could not be written down go again, under the same Message-ID, as after a restart."""
        if self._in_flight:
            recover(self.store, self.clock)
        self._in_flight = True
        due, failing = still_due(self.store, self.rules, self.clock), still_failing(self.store)
        a_day, a_minute = self.config.courier.day_budget, minute_budget(self.config)
        sending = Sending(self.store, self.courier, self.clock, lambda row: due(row) and failing(row), a_day, a_minute)
        deliver(sending, self._goes_on)
        self._in_flight = False

    def _goes_on(self) -> bool:
        """A sign of life, and whether there is to be another unit of work."""
        self.pulse.working()
        return not self.stopping.is_set()

    def _alert(self) -> None:
        watch = alert_watch(self.config, self.rules)
        alert(self.store, self.wording, self.rules, self.clock, self.post, watch)

    def _book(self) -> LedgerBook:
        return LedgerBook(self.rules, self.wording)

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
        return export(self.store, self._book(), self.rules, written_to(into) if into else kept_in(self.config.state_folder))
