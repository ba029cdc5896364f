"""Answer: all mails of one address whose answer is due get one letter, written from the ledger as it stands now."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from bot.campaign import Rules
from bot.deciding.due import address_of
from bot.letters.render import Wording
from bot.model import AnswerState, Event, Letter, MailRow, OutboxState, Outcome, Outgoing
from bot.ports import Clock, Scribe, SheetScribe, Store, StoreError, Transaction
from bot.steps.answers_due import Due, ready, still_owed, why_silent
from bot.steps.copies import Copy, Copyist, make_copies
from bot.steps.enclosures import FIRST, is_first_letter
from bot.steps.gather import Post
from bot.steps.writing import compose_answer

PUT_OFF = timedelta(hours=1)
"""How long an address waits whose letter could not be written; the others go on meanwhile."""

HANDFUL = 20
"""Letters of one transaction: a commit waits for the disk, and whoever else writes waits for the transaction."""

log = logging.getLogger("shouli.answer")


@dataclass(frozen=True, slots=True)
class Extras:
    """Who makes what goes with letters besides blank forms; None leaves it out."""

    sheets: SheetScribe | None = None
    copyist: Copyist | None = None


def answer(
    store: Store,
    wording: Wording,
    scribe: Scribe,
    rules: Rules,
    clock: Clock,
    post: Post,
    extras: Extras = Extras(),
) -> bool:
    """Write the letters of all addresses whose time has come, a handful in one transaction; False when there are none.

    A letter that cannot be written, by broken wording say, is put off with its reason in the history: it costs its own address
    an hour, nobody else anything.
    """
    with store.glance() as look:
        due = ready(look, rules, clock.now(), post, copies=extras.copyist is not None)
    pen = _Pen(store, wording, scribe, rules, clock, post, extras)
    for handful in _handfuls(due):
        pen.write(handful)
    return bool(due)


def _handfuls(due: Sequence[Due]) -> Iterator[Sequence[Due]]:
    """In their order, so many at a time; a letter with copies goes by itself: those of a handful might not fit into memory."""
    for copied, some in groupby(due, lambda one: bool(one.wanted)):
        each = list(some)
        size = 1 if copied else HANDFUL
        yield from (each[start : start + size] for start in range(0, len(each), size))


@dataclass(frozen=True, slots=True)
class _Pen:
    """Everything that writing takes."""

    store: Store
    wording: Wording
    scribe: Scribe
    rules: Rules
    clock: Clock
    post: Post
    extras: Extras

    def write(self, due: Sequence[Due]) -> None:
        """All in one transaction; where one of them cannot be written, each in its own, and that one is put off."""
        now = self.clock.now()
        try:
            copies = self._copies(due, now)
            with self.store.begin() as transaction:
                written = [self._letter(transaction, one, copies, now) for one in due]
        except StoreError:
            raise  # no fault of these letters: they are tried again in the next round
        except Exception as error:
            self._apart(due, now, error)
        else:
            for letter in filter(None, written):
                log.info("letter %s for %d mails, %d nominations", letter.letter, len(letter.mails), len(letter.numbers))

    def _apart(self, due: Sequence[Due], now: datetime, error: Exception) -> None:
        """Each by itself; a single one is put off."""
        if len(due) > 1:
            for one in due:
                self.write([one])
            return
        log.error("a letter could not be written", exc_info=error)
        with self.store.begin() as transaction:
            _put_off(transaction, still_owed(transaction, due[0].mails), now, error)

    def _copies(self, due: Sequence[Due], now: datetime) -> tuple[Copy, ...]:
        """The annotated copies, made before the transaction begins: they take a moment."""
        wanted = [copy for one in due for copy in one.wanted]
        return make_copies(wanted, self.extras.copyist, self.wording, self.rules, now) if self.extras.copyist else ()

    def _letter(self, transaction: Transaction, due: Due, copies: Sequence[Copy], now: datetime) -> Outgoing | None:
        """One letter for all these mails but those that get none; letter, marks and history together."""
        owed = still_owed(transaction, due.mails)
        reasons = {mail.id: why_silent(mail, self.rules, self.post) for mail in owed}
        for mail in owed:
            if reason := reasons[mail.id]:
                _leave(transaction, mail, now, reason)
        mails = [mail for mail in owed if reasons[mail.id] is None]
        if not mails:
            return None
        letter = compose_answer(
            transaction, mails, self.wording, self.scribe, self.rules, now, self.post, self.extras.sheets, copies
        )
        reviewed = self.post.review and letter.letter is not Letter.ORDERS
        queued = transaction.outbox.add(letter, now, now, OutboxState.WAITING if reviewed else OutboxState.QUEUED)
        _settle(transaction, mails, letter, now, queued)
        return letter


def _leave(transaction: Transaction, mail: MailRow, now: datetime, reason: str) -> None:
    transaction.mails.answered(mail.id, AnswerState.NONE)
    transaction.chronicle.add(Event(now, "clock", "not-answered", f"mail:{mail.id}", {"reason": reason}))
    log.info("mail %d: not answered, %s", mail.id, reason)


def _put_off(transaction: Transaction, mails: Sequence[MailRow], now: datetime, error: Exception) -> None:
    facts = {"error": f"{type(error).__name__}: {error}"[:500]}
    for mail in mails:
        transaction.mails.save(replace(mail, answer_by=now + PUT_OFF))
        transaction.chronicle.add(Event(now, "clock", "answer-put-off", f"mail:{mail.id}", facts))


def _settle(transaction: Transaction, mails: Sequence[MailRow], letter: Outgoing, now: datetime, queued: bool) -> None:
    """Mails are marked as answered together with their letter, and the history says which one it was."""
    facts: Mapping[str, str | bool] = {"letter": letter.letter.value, "key": letter.dedup_key, "queued": queued}
    filed = any(mail.outcome is Outcome.RECEIVED for mail in mails)
    to = {"letter": letter.letter.value, "filed": filed}
    events = [
        *(Event(now, "clock", "answered", f"mail:{mail.id}", facts) for mail in mails),
        Event(now, "clock", "answered", f"address:{address_of(mails[0])}", to),
    ]
    if is_first_letter(transaction, letter):
        events.insert(0, Event(now, "clock", FIRST, f"unit:{letter.unit}", facts))
    for mail in mails:
        transaction.mails.answered(mail.id, AnswerState.WRITTEN)
    transaction.chronicle.add(*events)
