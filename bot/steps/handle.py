"""Handle: read the waiting mails in the limited process, judge each in one transaction, set poisoned ones aside."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from bot.campaign import Rules
from bot.model import Event, FileRead, Format, MailRow, Outcome, Problem, Reading
from bot.ports import Clock, Originals, Reader, Store, StoreError
from bot.steps.ahead import read_ahead
from bot.steps.bounced import note_bounce
from bot.steps.judge import judge
from bot.steps.order_security import OrderDesk
from bot.steps.setting_aside import set_aside
from bot.steps.thread import Thread, message_ids, thread_of

ATTEMPTS = 3
"""After so many errors a mail is held with its traceback; one error costs one round, never the queue."""

log = logging.getLogger("shouli.handle")


@dataclass(frozen=True, slots=True)
class Handling:
    """The handle step with what it needs of the world; `reader` may be used by `width` threads at once."""

    store: Store
    originals: Originals
    reader: Reader
    width: int
    rules: Rules
    clock: Clock
    desk: OrderDesk = field(default_factory=OrderDesk)
    alive: Callable[[], None] = lambda: None  # called after each mail, for who watches whether the work goes on

    def batch(self, tried: set[int], size: int = 50) -> bool:
        """Handle up to `size` waiting mails in order of arrival that are not in `tried`; says whether there were any.

        A mail that raises is in `tried` afterwards: it costs one attempt a round, and the others go on.
        """
        with self.store.glance() as transaction:
            waiting = transaction.mails.unhandled(size + len(tried))
        mails = [mail for mail in waiting if mail.id not in tried][:size]
        for mail, reading in read_ahead(mails, self._read, self.width):
            try:
                self._settle(mail, reading.result())
            except StoreError:
                raise  # no fault of this mail: it is tried again with all the others
            except Exception:
                tried.add(mail.id)
                self._failed(mail, traceback.format_exc())
            self.alive()
        return bool(mails)

    def _read(self, mail: MailRow) -> Reading:
        reading = self.reader.read(self.originals.load(mail.original))
        return reading if mail.complete else too_large(reading, mail)

    def _settle(self, mail: MailRow, reading: Reading) -> None:
        """Judge in one transaction. What the mail answers is looked up only now: the mails before it have just been filed."""
        thread = self._thread(reading)
        earlier = self._read(thread.earlier) if thread.earlier and not reading.files else None
        with self.store.begin() as transaction:
            decision = judge(transaction, mail, reading, earlier, thread, self.rules, self.clock.now(), self.desk)
            if decision.outcome is Outcome.BOUNCE:
                note_bounce(transaction, transaction.mails.get(mail.id), reading, self.clock.now())
        filed = len(decision.filed)
        about = {"mail": mail.id, "outcome": decision.outcome.value, "reason": decision.reason, "filed": filed}
        log.info("mail %d: %s, %s, %d filed", mail.id, decision.outcome, decision.reason, filed, extra=about)

    def _thread(self, reading: Reading) -> Thread:
        """What the mail answers; most answer nothing, and nothing is looked up for them."""
        if not message_ids(reading):
            return Thread()
        with self.store.glance() as transaction:
            return thread_of(transaction, reading)

    def _failed(self, mail: MailRow, trace: str) -> None:
        now = self.clock.now()
        attempts = mail.attempts + 1
        about = {"mail": mail.id, "attempt": attempts}
        log.error("mail %d: attempt %d of %d failed", mail.id, attempts, ATTEMPTS, exc_info=True, extra=about)
        row = replace(mail, attempts=attempts, traceback=trace)
        if attempts >= ATTEMPTS:
            row = set_aside(row, self._original(mail), self.rules, trace, now)
        with self.store.begin() as transaction:
            transaction.mails.save(row)
            transaction.chronicle.add(Event(now, "worker", "failed", f"mail:{mail.id}", {"attempt": attempts}))

    def _original(self, mail: MailRow) -> bytes | None:
        """The bytes, if they can be had: a disk that lost them may be why handling failed."""
        try:
            return self.originals.load(mail.original)
        except Exception:
            log.exception("mail %d: its original cannot be loaded", mail.id)
            return None


def too_large(header: Reading, mail: MailRow) -> Reading:
    """The reading of a mail of which only the header was fetched: one file that could not be read, with its size."""
    whole = FileRead(
        "message.eml",
        mail.sha256,
        mail.size,
        Format.EML,
        Problem("attachment-unreadable", {"cause": "too-large", "bytes": mail.size}),
    )
    return replace(header, files=(whole,))
