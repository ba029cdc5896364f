"""How the program stands: counts, queues and the last successes, for a person at a terminal and for monitoring."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model import AnswerState, MailState, OutboxState
from bot.ports import Store

LAST_POLL = "last-poll"
"""When the mailbox was last read without an error (ISO time)."""

MAILBOX_ERROR = "mailbox-error"
"""What the mailbox said when it failed; forgotten at the next success."""

ROUND_ERROR = "round-error"
"""What went wrong in the last round, in one line; forgotten after one in which nothing did."""

STALE = timedelta(minutes=15)
"""A mailbox that has not been read for so long is trouble."""


@dataclass(frozen=True, slots=True)
class Status:
    """Counts by state and what is wrong; `well` is False when an operator should look."""

    mails: Mapping[str, int]  # by outcome; "waiting" not yet handled, "failed" held after errors
    nominations: Mapping[str, int]  # by state
    letters: Mapping[str, int]  # by state
    unanswered: int
    last_poll: datetime | None
    mailbox_error: str
    sending_stopped_until: str
    troubles: tuple[str, ...]

    @property
    def well(self) -> bool:
        """Nothing needs an operator."""
        return not self.troubles


def status(store: Store, now: datetime) -> Status:
    """Look at the ledger once."""
    with store.glance() as ledger:
        mails: Counter[str] = Counter()
        unanswered = 0
        for mail in ledger.mails.all():
            mails[_mail_word(mail.state, mail.outcome)] += 1
            unanswered += mail.answer_state is AnswerState.OWED
        nominations = Counter(nomination.state.value for nomination in ledger.nominations.all())
        letters = Counter(row.state.value for row in ledger.outbox.heads())
        poll, error = ledger.marks.get(LAST_POLL), ledger.marks.get(MAILBOX_ERROR) or ""
        stopped = ledger.marks.get("courier-stopped-until") or ""
        round_error = ledger.marks.get(ROUND_ERROR) or ""
    last_poll = datetime.fromisoformat(poll) if poll else None
    troubles = _troubles(mails, letters, last_poll, error, stopped, now)
    if round_error:
        troubles += (f"the last round met with an error: {round_error}",)
    return Status(dict(mails), dict(nominations), dict(letters), unanswered, last_poll, error, stopped, troubles)


def note_trouble(store: Store, text: str) -> None:
    """Remember what went wrong in a round, "" for nothing; written only when it changes."""
    with store.glance() as look:
        known = look.marks.get(ROUND_ERROR) or ""
    if text != known:
        with store.begin() as transaction:
            transaction.marks.put(ROUND_ERROR, text or None)


def _mail_word(state: MailState, outcome: str | None) -> str:
    if state is MailState.NEW:
        return "waiting"
    return "failed" if state is MailState.FAILED else str(outcome)


def _troubles(
    mails: Mapping[str, int], letters: Mapping[str, int], poll: datetime | None, error: str, stopped: str, now: datetime
) -> tuple[str, ...]:
    """Every reason to look, one line each."""
    lines = [
        (poll is None, "the mailbox has never been read"),
        (poll is not None and now - poll > STALE, f"the mailbox was last read at {poll}"),
        (bool(error), f"the mailbox says: {error}"),
        (bool(stopped) and stopped > now.isoformat(), f"sending is stopped until {stopped}"),
        (bool(mails.get("failed")), f"{mails.get('failed')} mails failed and are held: shouli held"),
        (bool(letters.get(OutboxState.FAILED)), f"{letters.get(OutboxState.FAILED)} letters were refused for good"),
        (bool(letters.get(OutboxState.WAITING)), f"{letters.get(OutboxState.WAITING)} letters wait for a person: shouli held"),
    ]
    return tuple(text for wrong, text in lines if wrong)
