"""Digest: each morning the office gets one letter about everything, with the workbook; also when nothing happened."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.board import Board, MailLine
from bot.deciding.briefing import Bounced, Briefing, Health, briefing, fresh_bounces, renewed
from bot.deciding.digest_days import digest_due, digest_key
from bot.letters.compose import compose
from bot.letters.order_words import OrderSays
from bot.letters.render import Wording
from bot.model import Attachment, Event, Facts, Letter, OutboxState, Outgoing
from bot.ports import Bookkeeper, Clock, Store, Transaction
from bot.steps.bounced import returned_letter
from bot.steps.digest_orders import NO_NEWS, OrderNews, listed_items, order_hints, order_news
from bot.steps.digest_view import facts as facts_of
from bot.steps.export import Keep, booked, kept
from bot.steps.gather import Post
from bot.steps.order_days import add_day
from bot.steps.status import LAST_POLL, MAILBOX_ERROR

LAST_DIGEST = "last-digest"
"""When the last digest was written (ISO time): the next one tells what came since."""

STOPPED_UNTIL = "courier-stopped-until"

LARGEST_ATTACHMENT = 20 << 20
"""Bytes of the largest workbook that goes along; 126.com takes 50 MB, base64 adds a third, and a telephone should bear it."""

log = logging.getLogger("shouli.digest")


@dataclass(frozen=True, slots=True)
class Desk:
    """The office's side of the digest: where it goes, how many letters a day may leave (0: any number), what disk is left."""

    addresses: tuple[str, ...]
    budget: int = 0
    disk_free: Callable[[], int | None] = lambda: None  # bytes where the ledger lies; None: nobody can tell
    order_key: bytes = field(default=b"", repr=False)  # the code for orders follows from it; b"": there is none


def digest(
    store: Store,
    wording: Wording,
    rules: Rules,
    clock: Clock,
    book: Bookkeeper,
    post: Post,
    desk: Desk,
    keep: Keep | None = None,
) -> bool:
    """Queue today's digest if it is due and not yet queued; its workbook is kept as the export too.

    A double run is harmless: the day is the key.
    """
    now = clock.now()
    if not digest_due(now, rules):
        return False
    key = digest_key(now)
    with store.glance() as ledger:
        if key in (ledger.marks.get(LAST_DIGEST_KEY), ledger.marks.get(UNADDRESSED) if not desk.addresses else None):
            return False
        told, workbook = _told(ledger, rules, now, book, desk) if desk.addresses else (None, None)
        news = order_news(ledger, since_last(ledger, rules, now))
    if told is None or workbook is None:
        _say_unaddressed(store, key)
        return False
    if keep:
        kept(workbook, keep)
    letter = digest_letter(told, workbook, wording, rules, post, desk, news)
    with store.begin() as transaction:
        queued = _queue(transaction, letter, told)
    log.info("digest %s: %d wait for a person, %d to mend", key, told.waiting.count, told.defective.count)
    return queued


def _queue(transaction: Transaction, letter: Outgoing, told: Briefing) -> bool:
    """Put the digest into the outbox, with the marks and the history row that the next one and the office's orders rest on."""
    now = told.now
    queued = transaction.outbox.add(letter, now, now)
    transaction.marks.put(LAST_DIGEST_KEY, letter.dedup_key)
    transaction.marks.put(LAST_DIGEST, now.isoformat())
    if queued:
        facts: Facts = {"waiting": told.waiting.count, "defective": told.defective.count, "items": listed_items(told)}
        transaction.chronicle.add(Event(now, "clock", "digest", f"letter:{letter.dedup_key}", facts))
        add_day(transaction, now)
    return queued


LAST_DIGEST_KEY = "last-digest-key"
"""The key of the last digest, so that a round need not look through the ledger to know that it is done."""


UNADDRESSED = "digest-unaddressed"
"""The key of the digest that had nobody to go to, so that the log says it once a day and not at every round."""


def _say_unaddressed(store: Store, key: str) -> None:
    """Nobody is to get the digest: say so."""
    log.warning("%s: not written, no address of the office is set", key)
    with store.begin() as transaction:
        transaction.marks.put(UNADDRESSED, key)


def _told(ledger: Transaction, rules: Rules, now: datetime, book: Bookkeeper, desk: Desk) -> tuple[Briefing, Attachment]:
    """The briefing and the workbook of the same look."""
    since = since_last(ledger, rules, now)
    board, workbook = booked(ledger, rules, book, since)
    return brief(ledger, board, rules, now, since, desk), workbook


def since_last(ledger: Transaction, rules: Rules, now: datetime) -> datetime:
    """When the digest before was written; the opening of the campaign when there is none."""
    if last := ledger.marks.get(LAST_DIGEST):
        return datetime.fromisoformat(last)
    return datetime(rules.opens.year, rules.opens.month, rules.opens.day, tzinfo=now.tzinfo)


def brief(ledger: Transaction, board: Board, rules: Rules, now: datetime, since: datetime, desk: Desk) -> Briefing:
    """What the office would be told at this moment; nothing is written."""
    changes = {line.number: ledger.chronicle.of(f"nomination:{line.number}") for line in renewed(board, since)}
    bounced = {mail.id: _bounced(ledger, mail) for mail in fresh_bounces(board, since)}
    return briefing(board, changes, _health(ledger, board, now, desk), rules, now, since, bounced)


def _bounced(ledger: Transaction, mail: MailLine) -> Bounced:
    found = returned_letter(ledger, mail.id)
    return Bounced(mail, found.kind, found.subject, found.addresses) if found else Bounced(mail)


def _health(ledger: Transaction, board: Board, now: datetime, desk: Desk) -> Health:
    """Mailbox and outbox."""
    poll, stopped = ledger.marks.get(LAST_POLL), ledger.marks.get(STOPPED_UNTIL)
    until = datetime.fromisoformat(stopped) if stopped else None
    return Health(
        last_poll=datetime.fromisoformat(poll) if poll else None,
        mailbox_error=ledger.marks.get(MAILBOX_ERROR) or "",
        stopped_until=until if until and until > now else None,
        unhandled=board.unhandled,
        unanswered=board.unanswered,
        queued=board.letters.get(OutboxState.QUEUED, 0) + board.letters.get(OutboxState.SENDING, 0),
        waiting=board.letters.get(OutboxState.WAITING, 0),
        failed=board.letters.get(OutboxState.FAILED, 0),
        sent_today=ledger.outbox.sent_since(now.replace(hour=0, minute=0, second=0, microsecond=0)),
        budget=desk.budget,
        quarantined=sum(mail.failed for mail in board.waiting),
        disk_free=desk.disk_free(),
    )


def digest_letter(
    told: Briefing,
    workbook: Attachment,
    wording: Wording,
    rules: Rules,
    post: Post,
    desk: Desk,
    news: OrderNews = NO_NEWS,
) -> Outgoing:
    """The letter itself, the workbook with the day in its name; one that is too large stays at home and the letter says so."""
    attached = len(workbook.content) <= LARGEST_ATTACHMENT
    stem, dot, suffix = workbook.name.rpartition(".")
    named = replace(workbook, name=f"{stem}-{told.now.date().isoformat()}{dot}{suffix}")
    hints = order_hints(told, news, desk.order_key, OrderSays(wording, rules), rules)
    rendered = wording.render(Letter.DIGEST, facts_of(told, wording, rules, named.name if attached else "", hints))
    attachments = [named] if attached else []
    return compose(
        Letter.DIGEST, digest_key(told.now), rendered, desk.addresses, post.sender, told.now, attachments=attachments
    )
