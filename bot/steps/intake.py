"""Intake: what is new in the mailbox becomes an original on disk and a row in the ledger, one batch a call.

The order is what makes it safe: original (fsynced), then row and mark in one commit. The mailbox itself is never changed,
so a crash anywhere leaves the mark where it was, and what is seen twice is known by (Message-ID, SHA-256).
"""

import hashlib
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.model import AnswerState, Event, MailRow, MailState, Outcome, Position, RawMail, Trouble
from bot.ports import BodyError, Clock, Listed, Mailbox, MailboxError, Mark, Originals, Store, Survey, Transaction
from bot.steps.health import fails, works
from bot.steps.message_id import message_id

LAST_POLL = "last-poll"
"""Mark: when the mailbox was last looked at with success (ISO 8601)."""

MAILBOX_ERROR = "mailbox-error"
"""Mark: what went wrong with the mailbox, from the first failure to the next success."""

BODY_TRIES = 5
"""Rounds in which a mail of which the server gives nothing holds up the ones after it; then it is set aside."""

log = logging.getLogger("shouli.intake")


@dataclass(frozen=True, slots=True)
class IntakeLimits:
    """What a call may take. `since`: mails that arrived before (an old mailbox) are passed over without a row."""

    largest: int = 60 * 1024 * 1024  # bytes of a mail fetched whole; of larger ones only the header is kept
    batch: int = 50  # mails in one commit
    since: datetime | None = None


@dataclass(slots=True)
class _Batch:
    """What one call brought: rows in order of UID, up to which UID all is settled, and what stopped it."""

    rows: list[MailRow]
    settled: int
    trouble: MailboxError | None = None


def take_in(
    mailbox: Mailbox,
    originals: Originals,
    store: Store,
    clock: Clock,
    folder: str = "INBOX",
    limits: IntakeLimits | None = None,
    alive: Callable[[], None] = lambda: None,
) -> bool:
    """Take in one batch; False when there was none, or when the rest must wait for the next round.

    `alive` is called after each mail, for who watches whether the work goes on: a batch over a slow line may take long.
    MailboxError when the mailbox fails; what had come until then is in the ledger, and that it failed is remembered.
    """
    try:
        return _taken(_Watched(mailbox, alive), originals, store, clock, folder, limits or IntakeLimits())
    except MailboxError as error:
        with store.begin() as transaction:
            _remember_failure(transaction, error, clock.now())
        raise


@dataclass(frozen=True, slots=True)
class _Watched:
    """The mailbox, with a word to who watches after each mail that has come over."""

    mailbox: Mailbox
    alive: Callable[[], None]

    def survey(self, after: Mark | None) -> Survey:
        return self.mailbox.survey(after)

    def fetch(self, survey: Survey, uids: Sequence[int], largest: int) -> Iterator[RawMail]:
        for raw in self.mailbox.fetch(survey, uids, largest):
            self.alive()
            yield raw

    def close(self) -> None:
        self.mailbox.close()


def _taken(mailbox: Mailbox, originals: Originals, store: Store, clock: Clock, folder: str, limits: IntakeLimits) -> bool:
    with store.glance() as transaction:
        mark = transaction.marks.folder(folder)
    survey = mailbox.survey(mark)
    if mark and mark.uidvalidity != survey.uidvalidity:
        log.warning("UIDVALIDITY of the folder changed: everything is looked at again, nothing is taken twice")
    chosen = _chosen(survey, limits)
    batch = _fetched(mailbox, originals, survey, chosen, limits)
    if isinstance(batch.trouble, BodyError):
        _without_body(mailbox, originals, store, survey, batch, batch.trouble.uid, clock.now())
    _commit(store, folder, survey, batch, clock.now())
    if batch.trouble is not None and not isinstance(batch.trouble, BodyError):
        raise batch.trouble
    return bool(chosen) and batch.trouble is None


def _chosen(survey: Survey, limits: IntakeLimits) -> Sequence[Listed]:
    """The first mails, as far as a batch of them is to be fetched; those to be passed over in between cost nothing."""
    wanted = [n for n, mail in enumerate(survey.mails) if _wanted(mail, limits)]
    return survey.mails if len(wanted) <= limits.batch else survey.mails[: wanted[limits.batch]]


def _wanted(mail: Listed, limits: IntakeLimits) -> bool:
    return limits.since is None or mail.received >= limits.since


def _fetched(mailbox: Mailbox, originals: Originals, survey: Survey, chosen: Sequence[Listed], limits: IntakeLimits) -> _Batch:
    """Fetch and keep; mails that vanished meanwhile count as settled."""
    batch = _Batch([], chosen[-1].uid if chosen else 0)
    wanted = [mail.uid for mail in chosen if _wanted(mail, limits)]
    last = 0
    try:
        for raw in mailbox.fetch(survey, wanted, limits.largest) if wanted else ():
            batch.rows.append(_kept(raw, originals))
            last = raw.position.uid
    except BodyError as error:
        batch.trouble = error
        batch.settled = max((mail.uid for mail in chosen if mail.uid < error.uid), default=0)
    except MailboxError as error:
        batch.trouble, batch.settled = error, last
    return batch


def _commit(store: Store, folder: str, survey: Survey, batch: _Batch, now: datetime) -> None:
    with store.begin() as transaction:
        for row in batch.rows:
            _add(transaction, row, now)
        if batch.settled:
            transaction.marks.advance(Mark(folder, survey.uidvalidity, batch.settled))
        if batch.trouble is None:
            _remember_success(transaction, now)


def _remember_failure(transaction: Transaction, error: MailboxError, now: datetime) -> None:
    """The history is told when the mailbox begins to fail, not at every round."""
    if transaction.marks.get(MAILBOX_ERROR) is None:
        transaction.chronicle.add(Event(now, "worker", "failed", "mailbox", {"error": str(error)}))
    transaction.marks.put(MAILBOX_ERROR, str(error))
    fails(transaction, Trouble.POLLING, now, str(error))


def _remember_success(transaction: Transaction, now: datetime) -> None:
    transaction.marks.put(LAST_POLL, now.isoformat())
    works(transaction, Trouble.POLLING)
    if transaction.marks.get(MAILBOX_ERROR) is not None:
        transaction.marks.put(MAILBOX_ERROR, None)
        transaction.chronicle.add(Event(now, "worker", "recovered", "mailbox"))


def _add(transaction: Transaction, row: MailRow, now: datetime) -> None:
    id = transaction.mails.add(row)
    if id is None:
        return
    transaction.chronicle.add(Event(now, "worker", "taken-in", f"mail:{id}", {"bytes": row.size, "complete": row.complete}))
    about = {"mail": id, "bytes": row.size}
    log.info("mail %d: taken in, %d bytes%s", id, row.size, "" if row.complete else ", header only", extra=about)


def _kept(raw: RawMail, originals: Originals) -> MailRow:
    """The original on disk and the row that will say so. Sender and subject are read when the mail is handled."""
    content = raw.header if raw.content is None else raw.content
    sha256 = hashlib.sha256(content).hexdigest()
    return MailRow(
        id=0,
        message_id=message_id(content) or f"<{sha256}@no-message-id.invalid>",
        sha256=sha256,
        position=raw.position,
        received=raw.received,
        size=raw.size,
        original=originals.keep(content),
        complete=raw.content is not None,
        state=MailState.NEW,
    )


def _without_body(
    mailbox: Mailbox, originals: Originals, store: Store, survey: Survey, batch: _Batch, uid: int, now: datetime
) -> None:
    """Count the attempts at a mail of which nothing comes; after the last one it is held, and the ones after it go on."""
    key = f"no-body:{survey.folder}:{survey.uidvalidity}:{uid}"
    with store.begin() as transaction:
        tries = int(transaction.marks.get(key) or 0) + 1
        transaction.marks.put(key, str(tries) if tries < BODY_TRIES else None)
    log.warning("UID %d: the server gives nothing of this mail, attempt %d of %d", uid, tries, BODY_TRIES)
    if tries < BODY_TRIES:
        return
    listed = next(mail for mail in survey.mails if mail.uid == uid)
    header = _header_alone(mailbox, survey, listed)
    batch.rows.append(_held(_kept(header, originals), now))
    batch.settled = uid


def _header_alone(mailbox: Mailbox, survey: Survey, listed: Listed) -> RawMail:
    """Its header, or where even that fails a line that says which mail it was, so that each has an original of its own."""
    position = Position(survey.folder, survey.uidvalidity, listed.uid)
    words = f"X-Shouli-Nothing-Of: {survey.uidvalidity}:{listed.uid}\r\n\r\n".encode()
    nothing = RawMail(position, listed.received, listed.size, None, words)
    try:
        found = next(iter(mailbox.fetch(survey, [listed.uid], 0)), nothing)
    except MailboxError as error:
        log.warning("UID %d: no header either: %s", listed.uid, error)
        return nothing
    return found if found.header else nothing


def _held(row: MailRow, now: datetime) -> MailRow:
    return replace(
        row,
        state=MailState.FAILED,
        attempts=BODY_TRIES,
        outcome=Outcome.HELD,
        reason="the mail server lists this mail but gives nothing of it; look at it in the mailbox",
        answer_state=AnswerState.NONE,
        handled=now,
    )
