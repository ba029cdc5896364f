"""Answer: all mails of one address whose answer is due get one letter, written from the ledger as it stands now."""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.campaign import Rules
from bot.deciding.due import BRAKE_SPAN, Answered, address_of, answer_due, silence
from bot.letters.compose import About, AddressError, Thread, compose, plain_address
from bot.letters.contents import Contents, blank_forms
from bot.letters.render import Wording
from bot.letters.views import Tone
from bot.model import AnswerState, Attachment, Event, Letter, MailRow, OutboxState, Outcome, Outgoing
from bot.ports import Clock, Scribe, Store, Transaction
from bot.steps.gather import Post, Told, gather

PUT_OFF = timedelta(hours=1)
"""How long an address waits whose letter could not be written; the others go on meanwhile."""

log = logging.getLogger("shouli.answer")


def answer(store: Store, wording: Wording, scribe: Scribe, rules: Rules, clock: Clock, post: Post) -> bool:
    """Write the letter of one address whose time has come; False when there is none.

    A letter that cannot be written, by broken wording say, is put off with its reason in the history: it costs its own address
    an hour, nobody else anything.
    """
    now = clock.now()
    with store.glance() as look:
        address = next((a for a, mails in _by_address(look).items() if _time_has_come(look, mails, rules, now, post)), None)
    if address is None:
        return False
    try:
        with store.begin() as transaction:
            _write(transaction, _by_address(transaction).get(address, []), wording, scribe, rules, now, post)
    except Exception as error:
        log.exception("a letter could not be written")
        with store.begin() as transaction:
            _put_off(transaction, _by_address(transaction).get(address, []), now, error)
    return True


def next_answer(store: Store, rules: Rules, post: Post) -> datetime | None:
    """The earliest moment at which an answer is due; None when none is owed."""
    with store.glance() as look:
        groups = _by_address(look)
        return min((_due(look, address, mails, rules, post) for address, mails in groups.items()), default=None)


def _by_address(transaction: Transaction) -> dict[str, list[MailRow]]:
    """Owed mails by the address that is answered, each in order of arrival; the address that waits longest first."""
    groups: dict[str, list[MailRow]] = {}
    for mail in transaction.mails.owed():
        groups.setdefault(address_of(mail), []).append(mail)
    return groups


def _time_has_come(look: Transaction, mails: Sequence[MailRow], rules: Rules, now: datetime, post: Post) -> bool:
    return _due(look, address_of(mails[0]), mails, rules, post) <= now


def _due(look: Transaction, address: str, mails: Sequence[MailRow], rules: Rules, post: Post) -> datetime:
    """When a group's letter is due. Mails that get none are settled by themselves, without waiting."""
    if any(_silence(mail, rules, post) for mail in mails):
        return min(mail.received for mail in mails)
    newest = max(mail.handled or mail.received for mail in mails)
    return answer_due(mails, _answered(look, address, newest - BRAKE_SPAN), post.pace)


def _answered(look: Transaction, address: str, since: datetime) -> list[Answered]:
    """Letters that went to an address since a moment, oldest first."""
    events = (event for event in look.chronicle.of(f"address:{address}") if event.what == "answered")
    return [Answered(event.at, bool(event.facts.get("filed"))) for event in events if event.at >= since]


def _silence(mail: MailRow, rules: Rules, post: Post) -> str | None:
    """Why this mail gets no letter, None when it does."""
    if reason := silence(mail, post.own, post.silent, rules):
        return reason
    try:
        plain_address(address_of(mail))
    except AddressError:
        return "an address that cannot stand in a header"
    return None


def _write(
    transaction: Transaction,
    owed: Sequence[MailRow],
    wording: Wording,
    scribe: Scribe,
    rules: Rules,
    now: datetime,
    post: Post,
) -> None:
    """One letter for all these mails but those that get none; letter, marks and history in one transaction."""
    reasons = {mail.id: _silence(mail, rules, post) for mail in owed}
    for mail in owed:
        if reason := reasons[mail.id]:
            _leave(transaction, mail, now, reason)
    mails = [mail for mail in owed if reasons[mail.id] is None]
    if not mails or len(mails) < len(owed):
        return  # the rest has its own time, which is asked again
    letter = compose_answer(transaction, mails, wording, scribe, rules, now, post)
    state = OutboxState.WAITING if post.review else OutboxState.QUEUED
    queued = transaction.outbox.add(letter, now, now, state)
    _settle(transaction, mails, letter, now, queued)
    log.info("letter %s for %d mails, %d nominations", letter.letter, len(mails), len(letter.numbers))


def _leave(transaction: Transaction, mail: MailRow, now: datetime, reason: str) -> None:
    transaction.mails.save(replace(mail, answer_state=AnswerState.NONE))
    transaction.chronicle.add(Event(now, "clock", "not-answered", f"mail:{mail.id}", {"reason": reason}))
    log.info("mail %d: not answered, %s", mail.id, reason)


def _put_off(transaction: Transaction, mails: Sequence[MailRow], now: datetime, error: Exception) -> None:
    facts = {"error": f"{type(error).__name__}: {error}"[:500]}
    for mail in mails:
        transaction.mails.save(replace(mail, answer_by=now + PUT_OFF))
        transaction.chronicle.add(Event(now, "clock", "answer-put-off", f"mail:{mail.id}", facts))


def compose_answer(
    transaction: Transaction,
    mails: Sequence[MailRow],
    wording: Wording,
    scribe: Scribe,
    rules: Rules,
    now: datetime,
    post: Post,
) -> Outgoing:
    """The letter that answers these mails of one address, ready for the outbox; nothing is written to the ledger."""
    told = gather(transaction, Letter.COMBINED, mails, rules, now)
    letter = letter_for(mails, told.contents)
    forms = _forms(letter, mails, told, scribe, rules)
    contents = replace(told.contents, letter=letter, forms=tuple(form.name for form in forms))
    thread = Thread(mails[-1].message_id, mails[-1].references)
    about = About(
        unit=contents.unit.id if contents.unit else None,
        numbers=tuple(nomination.number for nomination in told.nominations),
        mails=tuple(mail.id for mail in mails),
    )
    rendered = wording.render(letter, contents.facts())
    return compose(letter, answer_key(mails), rendered, [address_of(mails[-1])], post.sender, now, thread, forms, about)


def letter_for(mails: Sequence[MailRow], contents: Contents) -> Letter:
    """Which letter answers these mails: several get the combined one, a single one what the ledger now calls for.

    Between handling and writing a nomination may have got or lost a defect; the letter says how it is now. Where nothing was
    filed and nothing is to be mended, only a person can say more.
    """
    if len(mails) > 1:
        return Letter.COMBINED
    owed = mails[0].letter or Letter.HELD
    if owed not in (Letter.RECEIPT, Letter.DEFECTS, Letter.HELD):
        return owed
    if contents.tone is Tone.MEND:
        return Letter.DEFECTS
    return Letter.RECEIPT if contents.filed else Letter.HELD


def _forms(letter: Letter, mails: Sequence[MailRow], told: Told, scribe: Scribe, rules: Rules) -> list[Attachment]:
    return [scribe.blank_form(category) for category in blank_forms(letter, mails, told.nominations, rules)]


def answer_key(mails: Sequence[MailRow]) -> str:
    """The key of the one letter to these mails: the same mails handled the same time never get two."""
    words = [f"{mail.id}@{mail.handled.isoformat() if mail.handled else ''}" for mail in mails]
    digest = hashlib.sha256(" ".join(words).encode()).hexdigest()[:12]
    return f"answer:{mails[0].id}-{mails[-1].id}:{len(mails)}:{digest}"


def _settle(transaction: Transaction, mails: Sequence[MailRow], letter: Outgoing, now: datetime, queued: bool) -> None:
    """Mails are marked as answered together with their letter, and the history says which one it was."""
    facts: Mapping[str, str | bool] = {"letter": letter.letter.value, "key": letter.dedup_key, "queued": queued}
    for mail in mails:
        transaction.mails.save(replace(mail, answer_state=AnswerState.WRITTEN))
        transaction.chronicle.add(Event(now, "clock", "answered", f"mail:{mail.id}", facts))
    filed = any(mail.outcome is Outcome.RECEIVED for mail in mails)
    transaction.chronicle.add(
        Event(now, "clock", "answered", f"address:{address_of(mails[0])}", {"letter": letter.letter.value, "filed": filed})
    )
