"""The dry run: mails judged against an empty ledger, a common one or a copy of the live one; nothing kept, nothing sent."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from bot.campaign import Rules
from bot.model import (
    Address,
    AnswerState,
    Decision,
    Headers,
    MailRow,
    MailState,
    Outcome,
    Outgoing,
    Position,
    Reading,
    UnitVerdict,
)
from bot.ports import Reader, Store, Transaction
from bot.steps.ahead import read_ahead
from bot.steps.judge import judge
from bot.steps.thread import thread_of
from bot.steps.verdict_json import Judged

log = logging.getLogger("shouli.try")

FIRST, LAST = 1970, 9999
"""Years between which a moment that a mail tells can be one: others cannot even be put into another zone."""

Writer = Callable[[Transaction, MailRow, datetime], Outgoing | None]
"""Renders the letter that one mail alone would get."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One mail of the dry run."""

    path: str
    content: bytes


class _UndoError(Exception):
    """Rolls a transaction back on purpose."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a dry run needs. `together`: each mail sees what the ones before it filed."""

    store: Store
    reader: Reader
    width: int  # mails the reader can read at once
    rules: Rules
    write: Writer
    together: bool
    at: datetime | None
    now: datetime

    def run(self, samples: Iterable[Sample]) -> Iterator[Judged]:
        """Judge the mails in order."""
        readings: dict[int, Reading] = {}
        ahead = read_ahead(samples, lambda sample: self.reader.read(sample.content), self.width)
        for uid, (sample, reading) in enumerate(ahead, 1):
            yield self._judge_or_hold(uid, sample, reading, readings)

    def _judge_or_hold(self, uid: int, sample: Sample, read: "Future[Reading]", readings: dict[int, Reading]) -> Judged:
        """The judgement; a mail that raises is held as the worker would hold it, and the mails after it are judged."""
        reading = Reading(Headers("", "", Address("")), "", "")
        try:
            reading = read.result()
            return self._judge(uid, sample, reading, readings)
        except Exception as error:  # whatever it is, it is a verdict about this mail
            log.exception("mail %d cannot be judged", uid)
            reason = f"it cannot be judged: {type(error).__name__}"
            held = Decision(Outcome.HELD, reason, None, UnitVerdict(None, None), (), (), {}, None)
            return Judged(sample.path, reading, held, ())

    def _judge(self, uid: int, sample: Sample, reading: Reading, readings: dict[int, Reading]) -> Judged:
        received = self._arrival(reading)
        judged: list[Judged] = []
        with suppress(_UndoError), self.store.begin() as transaction:
            row = self._row(transaction, uid, sample, reading, received)
            thread = thread_of(transaction, reading)
            earlier = readings.get(thread.earlier.id) if thread.earlier and not reading.files else None
            decision = judge(transaction, row, reading, earlier, thread, self.rules, received)
            judged.append(Judged(sample.path, reading, decision, self._letters(transaction, row, received)))
            readings[row.id] = reading
            if not self.together:
                raise _UndoError
        return judged[0]

    def _arrival(self, reading: Reading) -> datetime:
        """The server's time as far as the file tells it: the topmost Received, else Date, else now."""
        for told in (self.at, reading.headers.top_received, reading.headers.date):
            if told is not None and FIRST < told.year < LAST:
                return told.astimezone(self.now.tzinfo)
        return self.now

    def _row(self, transaction: Transaction, uid: int, sample: Sample, reading: Reading, received: datetime) -> MailRow:
        digest = hashlib.sha256(sample.content).hexdigest()
        row = MailRow(
            id=0,
            message_id=reading.headers.message_id or f"<{digest}@try>",
            sha256=digest,
            position=Position("try", 1, uid),
            received=received,
            size=len(sample.content),
            original=sample.path,
            complete=True,
            state=MailState.NEW,
            sender=Address(""),
        )
        id = transaction.mails.add(row)
        if id is None:  # the ledger has it already, or the sample comes twice: judged all the same, as another mail
            id = transaction.mails.add(replace(row, message_id=f"<{uid}.{digest}@try>"))
        if id is None:
            raise LookupError(f"{sample.path}: cannot be entered")
        return transaction.mails.get(id)

    def _letters(self, transaction: Transaction, row: MailRow, received: datetime) -> tuple[Outgoing, ...]:
        """The letter this mail would get; queued in the run's own ledger, so that later mails may answer it."""
        mail = transaction.mails.get(row.id)
        if mail.answer_state is not AnswerState.OWED:
            return ()
        letter = self.write(transaction, mail, received)
        if letter is None:
            return ()
        transaction.outbox.add(letter, received, received)
        return (letter,)
