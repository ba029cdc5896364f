"""Answer: all mails of one address whose answer is due get one letter, written from the ledger as it stands now."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.campaign import Rules
from bot.deciding.due import BRAKE_SPAN, Answered, address_of, answer_due, silence
from bot.letters.compose import writable
from bot.letters.render import Wording
from bot.model import AnswerState, Event, Letter, MailRow, OutboxState, Outcome, Outgoing
from bot.ports import Clock, Scribe, SheetScribe, Store, StoreError, Transaction
from bot.steps.copies import Copy, Copyist, make_copies, wanted_copies
from bot.steps.enclosures import FIRST, is_first_letter
from bot.steps.gather import Post
from bot.steps.writing import compose_answer

PUT_OFF = timedelta(hours=1)
"""How long an address waits whose letter could not be written; the others go on meanwhile."""

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
    """Write the letters of all addresses whose time has come, each in its own transaction; False when there are none.

    A letter that cannot be written, by broken wording say, is put off with its reason in the history: it costs its own address
    an hour, nobody else anything.
    """
    with store.glance() as look:
        groups = _ready(look, rules, clock.now(), post)
    for ids in groups:
        now = clock.now()
        try:
            copies = _copies(store, ids, wording, rules, now, extras.copyist)
            with store.begin() as transaction:
                owed = _still_owed(transaction, ids)
                _write(transaction, owed, wording, scribe, rules, now, post, extras.sheets, copies)
        except StoreError:
            raise  # no fault of this letter: it is tried again in the next round
        except Exception as error:
            log.exception("a letter could not be written")
            with store.begin() as transaction:
                _put_off(transaction, _still_owed(transaction, ids), now, error)
    return bool(groups)


def _copies(
    store: Store, ids: Sequence[int], wording: Wording, rules: Rules, now: datetime, copyist: Copyist | None
) -> tuple[Copy, ...]:
    """The annotated copies for a letter, made before its transaction begins: they take a moment."""
    if copyist is None:
        return ()
    with store.glance() as look:
        wanted = wanted_copies(look, _still_owed(look, ids))
    return make_copies(wanted, copyist, wording, rules, now)


def _ready(look: Transaction, rules: Rules, now: datetime, post: Post) -> list[tuple[int, ...]]:
    """The mails that are settled together now: by one letter to their address, or each by the reason why it gets none."""
    groups = []
    for mails in _by_address(look).values():
        reasons = {mail.id: _silence(mail, rules, post) for mail in mails}
        silent = [mail for mail in mails if reasons[mail.id]]
        answered = [mail for mail in mails if not reasons[mail.id]]
        if answered and _due(look, answered, post) > now:
            answered = []
        groups += [tuple(mail.id for mail in group) for group in (silent, answered) if group]
    return groups


def _still_owed(transaction: Transaction, ids: Sequence[int]) -> list[MailRow]:
    """The rows as they are now; a mail that has been settled meanwhile is left out."""
    rows = (transaction.mails.get(id) for id in ids)
    return [row for row in rows if row.answer_state is AnswerState.OWED]


def next_answer(store: Store, rules: Rules, post: Post) -> datetime | None:
    """The earliest moment at which an answer is due; None when none is owed."""
    with store.glance() as look:
        groups = list(_by_address(look).values())
        at_once = [mail.received for mails in groups for mail in mails if _silence(mail, rules, post)]
        return min((*at_once, *(_due(look, mails, post) for mails in groups)), default=None)


def _by_address(transaction: Transaction) -> dict[tuple[str, bool], list[MailRow]]:
    """Owed mails by the address that is answered, each in order of arrival; the address that waits longest first.

    The office's orders are answered by themselves: what became of them stands in no letter about anything else.
    """
    groups: dict[tuple[str, bool], list[MailRow]] = {}
    for mail in transaction.mails.owed():
        groups.setdefault((address_of(mail), mail.letter is Letter.ORDERS), []).append(mail)
    return groups


def _due(look: Transaction, mails: Sequence[MailRow], post: Post) -> datetime:
    """When the letter to these mails of one address is due."""
    newest = max(mail.handled or mail.received for mail in mails)
    return answer_due(mails, _answered(look, address_of(mails[0]), newest - BRAKE_SPAN), post.pace)


def _answered(look: Transaction, address: str, since: datetime) -> list[Answered]:
    """Letters that went to an address since a moment, oldest first."""
    events = (event for event in look.chronicle.of(f"address:{address}") if event.what == "answered")
    return [Answered(event.at, bool(event.facts.get("filed"))) for event in events if event.at >= since]


def _silence(mail: MailRow, rules: Rules, post: Post) -> str | None:
    """Why this mail gets no letter, None when it does."""
    if reason := silence(mail, post.own, post.silent, rules):
        return reason
    return None if writable(address_of(mail)) else "an address that cannot stand in a header"


def _write(
    transaction: Transaction,
    owed: Sequence[MailRow],
    wording: Wording,
    scribe: Scribe,
    rules: Rules,
    now: datetime,
    post: Post,
    sheets: SheetScribe | None,
    copies: Sequence[Copy],
) -> None:
    """One letter for all these mails but those that get none; letter, marks and history in one transaction."""
    reasons = {mail.id: _silence(mail, rules, post) for mail in owed}
    for mail in owed:
        if reason := reasons[mail.id]:
            _leave(transaction, mail, now, reason)
    mails = [mail for mail in owed if reasons[mail.id] is None]
    if not mails:
        return
    letter = compose_answer(transaction, mails, wording, scribe, rules, now, post, sheets, copies)
    reviewed = post.review and letter.letter is not Letter.ORDERS
    queued = transaction.outbox.add(letter, now, now, OutboxState.WAITING if reviewed else OutboxState.QUEUED)
    _settle(transaction, mails, letter, now, queued)
    log.info("letter %s for %d mails, %d nominations", letter.letter, len(mails), len(letter.numbers))


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
