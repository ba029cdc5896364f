"""Remind: at its hours every unit that owes something gets one letter with its own open list; asked again when sending."""

import logging
from collections.abc import Callable

from bot.campaign import Rules
from bot.deciding.owing import owes, owes_answer, owes_paper, owing
from bot.deciding.stages import Stage, reminder_stage, stage_word
from bot.letters.render import Wording
from bot.model import Event, Letter, OutboxRow, OutboxState, Outgoing
from bot.ports import Clock, SheetScribe, Store, Transaction
from bot.steps.gather import Post
from bot.steps.reminder_letters import Reminding

REMINDERS = frozenset({Letter.REMINDER, Letter.PAPERS})

log = logging.getLogger("shouli.remind")


def remind(store: Store, wording: Wording, rules: Rules, clock: Clock, post: Post, sheets: SheetScribe | None = None) -> int:
    """Queue the reminders of the stage that is due and not yet done; says how many. A double run is harmless.

    A stage is done once for all units: who gets a notice to mend an hour later is not reminded of it the same hour, and a unit
    whose mail is about to be answered gets the answer, which says the same, and no reminder beside it. Without `sheets` no
    cover sheet goes with a reminder of papers.
    """
    now = clock.now()
    stage = reminder_stage(now, rules)
    if stage is None:
        return 0
    mark = f"reminders:{rules.id}:{stage.word}"
    with store.glance() as look:
        if look.marks.get(mark):
            return 0
    with store.begin() as transaction:
        answered = {mail.unit for mail in transaction.mails.owed()}
        letters = Reminding(transaction, wording, rules, now, post, sheets).letters(stage)
        count = sum(_queue(transaction, letter, post, clock) for letter in letters if letter.unit not in answered)
        transaction.marks.put(mark, now.isoformat())
    log.info("reminders %s: %d letters", stage.word, count)
    return count


def _queue(transaction: Transaction, letter: Outgoing, post: Post, clock: Clock) -> bool:
    now = clock.now()
    state = OutboxState.WAITING if post.review else OutboxState.QUEUED
    if not transaction.outbox.add(letter, now, now, state):
        return False
    facts = {"letter": letter.letter.value, "key": letter.dedup_key, "numbers": letter.numbers}
    transaction.chronicle.add(Event(now, "clock", "reminded", f"unit:{letter.unit}", facts))
    return True


def reminders_now(
    store: Store, wording: Wording, rules: Rules, clock: Clock, post: Post, sheets: SheetScribe | None = None
) -> list[Outgoing]:
    """The reminders that would be written at this moment, whether or not a stage is due; nothing is queued.

    After the last day these are the reminders of papers.
    """
    now = clock.now()
    days = (rules.last_day - now.date()).days
    stage = reminder_stage(now, rules) or Stage(abs(days), papers=days < 0)
    with store.glance() as look:
        return Reminding(look, wording, rules, now, post, sheets).letters(stage)


def still_due(store: Store, rules: Rules, clock: Clock) -> Callable[[OutboxRow], bool]:
    """The question asked at the moment of sending: a reminder goes only while its unit owes something and its stage holds."""

    def ask(row: OutboxRow) -> bool:
        if row.outgoing.letter not in REMINDERS:
            return True
        stage = reminder_stage(clock.now(), rules)
        if stage is None or stage.word != stage_word(row.outgoing.dedup_key):
            return False
        with store.glance() as look:
            return _owes(look, row.outgoing, stage)

    return ask


def _owes(look: Transaction, reminder: Outgoing, stage: Stage) -> bool:
    """Nominations first: they are found by an index, mails are not."""
    unit = reminder.unit or ""
    nominations = look.nominations.of_unit(unit)
    if stage.papers:
        return any(map(owes_paper, nominations))
    if reminder.question and any(owes_answer(one) for one in nominations if one.number in reminder.numbers):
        return True
    return any(map(owes, nominations)) or bool(owing(unit, nominations, list(look.mails.all())))
