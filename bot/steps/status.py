"""How the program stands: counts, queues and the last successes, for a person at a terminal and for monitoring."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.model import AnswerState, MailState, OutboxState, Trouble
from bot.ports import Store
from bot.steps.edited import EDITED
from bot.steps.health import Failing, failing, fails, works

LAST_POLL = "last-poll"
"""When the mailbox was last read without an error (ISO time)."""

MAILBOX_ERROR = "mailbox-error"
"""What the mailbox said when it failed; forgotten at the next success."""

ROUND_ERROR = "round-error"
"""What went wrong in the last round, in one line; forgotten after one in which nothing did."""

STALE = timedelta(minutes=15)
"""A mailbox that has not been read, or a worker that has not been heard of, for so long is trouble."""

PATIENCE = timedelta(minutes=30)
"""What fails for so long does not pass by itself."""


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
    outages: tuple[str, ...] = ()  # those of the troubles that mean: it does not work
    failing_since: Mapping[str, datetime] = field(default_factory=dict)  # by `Trouble`
    last_beat: datetime | None = None  # the worker's last sign of life

    @property
    def well(self) -> bool:
        """Nothing needs an operator."""
        return not self.troubles

    @property
    def level(self) -> int:
        """For monitoring, and the exit code of `shouli status`: 0 well, 1 somebody should look, 2 it does not work."""
        return 2 if self.outages else 1 if self.troubles else 0


@dataclass(frozen=True, slots=True)
class Life:
    """The worker's last sign of life, as the heartbeat file has it. `every`: seconds between rounds, 0 if others decide."""

    at: datetime
    every: int = 0


def status(store: Store, now: datetime, life: Life | None = None, patience: timedelta = PATIENCE) -> Status:
    """Look at the ledger once. What has failed for longer than `patience` is an outage, no passing trouble."""
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
        edited = ledger.marks.get(EDITED) or ""
        known = {what: fault for what in Trouble if (fault := failing(ledger, what))}
    last_poll = datetime.fromisoformat(poll) if poll else None
    troubles = _troubles(mails, letters, last_poll, error, stopped, now)
    if edited:
        troubles += (edited,)
    if round_error:
        troubles += (f"the last round met with an error: {round_error}",)
    outages = (*_outages(known, now, patience), *_silence(life, now))
    since = {what.value: fault.since for what, fault in known.items()}
    counts = (dict(mails), dict(nominations), dict(letters), unanswered)
    return Status(*counts, last_poll, error, stopped, outages + troubles, outages, since, life.at if life else None)


def _outages(known: Mapping[Trouble, Failing], now: datetime, patience: timedelta) -> tuple[str, ...]:
    return tuple(
        f"{what} has been failing since {fault.since:%Y-%m-%d %H:%M}: {fault.why}"
        for what, fault in known.items()
        if now - fault.since >= patience
    )


def _silence(life: Life | None, now: datetime) -> tuple[str, ...]:
    """A worker that shows no life; one that never showed any may not have been started yet, which the last poll tells."""
    if life is None or now - life.at <= max(STALE, timedelta(seconds=3 * life.every)):
        return ()
    return (f"no worker has shown a sign of life since {life.at:%Y-%m-%d %H:%M}: is `shouli run` still running?",)


def note_trouble(store: Store, text: str, now: datetime) -> None:
    """Remember what went wrong in a round, "" for nothing, and since when; written only when it changes."""
    with store.glance() as look:
        known = look.marks.get(ROUND_ERROR) or ""
    if text != known:
        with store.begin() as transaction:
            transaction.marks.put(ROUND_ERROR, text or None)
            if text:
                fails(transaction, Trouble.WORK, now, text)
            else:
                works(transaction, Trouble.WORK)


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
