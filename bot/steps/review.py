"""Review: what a person does with letters that wait: looks at them, changes their words, lets them go, or keeps them back."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.campaign import Rules
from bot.letters.recompose import opened, recomposed
from bot.letters.render import Wording
from bot.model import Event, OutboxRow, OutboxState
from bot.ports import Store, Transaction

LONGEST_TEXT = 200_000
"""Characters of a letter; ours with the most files have a tenth of it."""


class NotWaitingError(Exception):
    """There is no such letter, or it does not wait for a person; one line for the terminal."""


def waiting(store: Store) -> list[OutboxRow]:
    """The letters that wait, by id, without their bytes."""
    with store.glance() as look:
        return [row for row in look.outbox.heads() if row.state is OutboxState.WAITING]


def look_at(store: Store, id: int) -> OutboxRow:
    """Any letter of the outbox with its bytes; raises `NotWaitingError` when there is none."""
    with store.glance() as look:
        return _row(look, id)


def release(store: Store, ids: Sequence[int], who: str, now: datetime) -> None:
    """Let letters go in the next round; all of them or, when one does not wait, none."""
    with store.begin() as transaction:
        for row in _waiting_rows(transaction, ids):
            transaction.outbox.settle(row.id, OutboxState.QUEUED, now, due=now)
            transaction.chronicle.add(Event(now, who, "released", f"letter:{row.id}"))


def refuse(store: Store, ids: Sequence[int], reason: str, who: str, now: datetime) -> None:
    """Keep letters back for good; the mails they answered are told so in the history, and a person answers them."""
    with store.begin() as transaction:
        for row in _waiting_rows(transaction, ids):
            transaction.outbox.settle(row.id, OutboxState.DROPPED, now, f"kept back by {who}: {reason}".rstrip(": "))
            transaction.chronicle.add(Event(now, who, "kept-back", f"letter:{row.id}", {"reason": reason}))
            for mail in row.outgoing.mails:
                transaction.chronicle.add(Event(now, who, "answer-kept-back", f"mail:{mail}", {"letter": row.id}))


def rewrite(store: Store, id: int, subject: str, text: str, wording: Wording, rules: Rules, who: str, now: datetime) -> bool:
    """Give a waiting letter other words, under the same Message-ID; False when they are the old ones.

    The HTML part is made anew from the text, so that both say the same. The history keeps the old subject and text.
    """
    if not subject.strip() or not text.strip():
        raise NotWaitingError("a letter needs a subject and a text; nothing was changed")
    if len(text) > LONGEST_TEXT:
        raise NotWaitingError(f"a letter of more than {LONGEST_TEXT} characters is none; nothing was changed")
    with store.begin() as transaction:
        (row,) = _waiting_rows(transaction, [id])
        before = opened(row.outgoing).words
        words = wording.written(subject, text, rules.name)
        if (words.subject, words.text) == (before.subject, before.text):
            return False
        transaction.outbox.rewrite(id, recomposed(row.outgoing, words, now))
        facts = {"subject": before.subject, "text": before.text}
        transaction.chronicle.add(Event(now, who, "rewritten", f"letter:{id}", facts))
    return True


def _waiting_rows(transaction: Transaction, ids: Iterable[int]) -> list[OutboxRow]:
    rows = [_row(transaction, id) for id in dict.fromkeys(ids)]
    for row in rows:
        if row.state is not OutboxState.WAITING:
            raise NotWaitingError(f"letter {row.id} is {row.state}: it does not wait for anybody; nothing was done")
    return rows


def _row(transaction: Transaction, id: int) -> OutboxRow:
    try:
        return transaction.outbox.get(id)
    except KeyError:
        raise NotWaitingError(f"there is no letter {id}") from None
