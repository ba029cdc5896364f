"""Remind: at its hours every unit that owes something gets one letter with its own open list; asked again when sending."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.due import address_of, reminder_days, reminder_key, reminder_stage, silence
from bot.deciding.owing import Owing, all_owing, owes, owing
from bot.letters.compose import About, AddressError, compose, plain_address
from bot.letters.contents import Contents, group, the_unit
from bot.letters.render import Wording
from bot.letters.views import frame, mail_view, nomination_view
from bot.model import Event, Letter, MailRow, OutboxRow, OutboxState, Outgoing
from bot.ports import Clock, Store, Transaction
from bot.steps.gather import Post

MOST_RECIPIENTS = 3
"""Addresses of one unit that share a reminder: those that sent what is open, the newest first."""

log = logging.getLogger("shouli.remind")


def remind(store: Store, wording: Wording, rules: Rules, clock: Clock, post: Post) -> int:
    """Queue the reminders of the stage that is due and not yet done; says how many. A double run is harmless.

    A stage is done once for all units: who gets a notice to mend an hour later is not reminded of it the same hour, and a unit
    whose mail is about to be answered gets the answer, which says the same, and no reminder beside it.
    """
    now = clock.now()
    days = reminder_stage(now, rules)
    if days is None:
        return 0
    mark = f"reminders:{rules.id}:{days}d"
    with store.glance() as look:
        if look.marks.get(mark):
            return 0
    with store.begin() as transaction:
        answered = {mail.unit for mail in transaction.mails.owed()}
        letters = reminders(transaction, wording, rules, now, post, days)
        count = sum(_queue(transaction, letter, now, post) for letter in letters if letter.unit not in answered)
        transaction.marks.put(mark, now.isoformat())
    log.info("reminders %d days before: %d letters", days, count)
    return count


def _queue(transaction: Transaction, letter: Outgoing, now: datetime, post: Post) -> bool:
    state = OutboxState.WAITING if post.review else OutboxState.QUEUED
    if not transaction.outbox.add(letter, now, now, state):
        return False
    facts = {"letter": letter.letter.value, "key": letter.dedup_key, "numbers": letter.numbers}
    transaction.chronicle.add(Event(now, "clock", "reminded", f"unit:{letter.unit}", facts))
    return True


def reminders(transaction: Transaction, wording: Wording, rules: Rules, now: datetime, post: Post, days: int) -> list[Outgoing]:
    """The reminders of a stage as they would be sent now. Units nobody can be written to are recorded in the log."""
    mails = list(transaction.mails.all())
    by_id = {mail.id: mail for mail in mails}
    letters = []
    for one in all_owing(transaction.nominations.all(), mails):
        recipients = _recipients(one, by_id, rules, post)
        if recipients:
            letters.append(_letter(transaction, one, recipients, wording, rules, now, post, days))
        else:
            log.warning("unit %s: owes something, and no address is known", one.unit)
    return letters


def reminders_now(store: Store, wording: Wording, rules: Rules, clock: Clock, post: Post) -> list[Outgoing]:
    """The reminders that would be written at this moment, whether or not a stage is due; nothing is queued."""
    now = clock.now()
    days = reminder_stage(now, rules)
    with store.glance() as look:
        return reminders(look, wording, rules, now, post, max(0, (rules.last_day - now.date()).days) if days is None else days)


def _recipients(one: Owing, mails: Mapping[int, MailRow], rules: Rules, post: Post) -> tuple[str, ...]:
    """Who sent what is open, the newest first; an address that is new to the unit only while no other is known.

    The list of a unit's open nominations does not go to whoever wrote in its name once.
    """
    brought = (id for n in one.nominations for id in (n.mail, n.form_mail, n.material_mail) if id is not None)
    sent = sorted({*(id for id in brought if id in mails), *(mail.id for mail in one.mails)}, reverse=True)
    rows = [mails[id] for id in sent if silence(mails[id], post.own, post.silent, rules) is None]
    known = [address_of(row) for row in rows if not any(finding.check == "sender-new" for finding in row.findings)]
    roster = next((unit.addresses for unit in rules.units if unit.id == one.unit), ())
    addresses = known or [a for a in roster if a not in post.silent] or [address_of(row) for row in rows]
    return tuple(dict.fromkeys(filter(_writable, addresses)))[:MOST_RECIPIENTS]


def _writable(address: str) -> bool:
    try:
        plain_address(address)
    except AddressError:
        return False
    return True


def _letter(
    transaction: Transaction,
    one: Owing,
    recipients: Sequence[str],
    wording: Wording,
    rules: Rules,
    now: datetime,
    post: Post,
    days: int,
) -> Outgoing:
    unit = the_unit([one.unit], rules)
    views = [nomination_view(nomination, rules) for nomination in one.nominations]
    groups = (group(unit, views, transaction.nominations.of_unit(unit.id), rules),) if unit else ()
    mails = tuple(mail_view(mail, rules) for mail in one.mails)
    contents = Contents(Letter.REMINDER, frame(rules, now), mails, groups, unit, ())
    about = About(one.unit, tuple(nomination.number for nomination in one.nominations))
    rendered = wording.render(Letter.REMINDER, contents.facts())
    key = reminder_key(one.unit, days, rules)
    return compose(Letter.REMINDER, key, rendered, recipients, post.sender, now, about=about)


def still_due(store: Store, rules: Rules, clock: Clock) -> Callable[[OutboxRow], bool]:
    """The question asked at the moment of sending: a reminder goes only while its unit owes something and its stage holds."""

    def ask(row: OutboxRow) -> bool:
        if row.outgoing.letter is not Letter.REMINDER:
            return True
        days, now = reminder_days(row.outgoing.dedup_key), clock.now()
        if days is None or reminder_stage(now, rules) != days:
            return False
        with store.glance() as look:
            return _owes(look, row.outgoing.unit or "")

    return ask


def _owes(look: Transaction, unit: str) -> bool:
    """Nominations first: they are found by an index, mails are not."""
    nominations = look.nominations.of_unit(unit)
    return any(map(owes, nominations)) or bool(owing(unit, nominations, list(look.mails.all())))
