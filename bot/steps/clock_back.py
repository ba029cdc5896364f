"""The clock went back: what was put off by the wrong clock is due by the right one, and nothing that was done is done again."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from bot.model import Event, Facts, OutboxState
from bot.ports import Store
from bot.steps.intake import LAST_POLL

NOTICED = timedelta(minutes=5)
"""How far back counts; what is less is over before anybody waits for it."""

log = logging.getLogger("shouli.clock")


def clock_went_back(store: Store, now: datetime) -> bool:
    """Whether it did since the mailbox was last read; then letters and answers that would wait for the wrong time are due now.

    What was sent, reminded and told is known by its key, not by its time, so nothing of it comes twice.
    """
    with store.glance() as look:
        word = look.marks.get(LAST_POLL)
        if word is None or datetime.fromisoformat(word) - now < NOTICED:
            return False
        wrong = datetime.fromisoformat(word)
        letters = [row.id for row in look.outbox.heads() if row.state is OutboxState.QUEUED and now < row.due]
        mails = [mail.id for mail in look.mails.owed() if mail.answer_by is not None and now < mail.answer_by]
    with store.begin() as transaction:
        for id in letters:
            transaction.outbox.settle(id, OutboxState.QUEUED, now, due=now)
        for id in mails:
            transaction.mails.save(replace(transaction.mails.get(id), answer_by=now))
        transaction.marks.put(LAST_POLL, now.isoformat())
        facts: Facts = {"from": wrong.isoformat(), "letters": len(letters), "mails": len(mails)}
        transaction.chronicle.add(Event(now, "worker", "clock-went-back", "worker", facts))
    log.warning("the clock went back from %s: %d letters and %d answers are due now", wrong, len(letters), len(mails))
    return True
