"""The outbox in SQL."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import sqlalchemy as sa

from bot.adapters.store_mails import pages
from bot.adapters.store_tables import OUTBOX_ROW, OUTGOING, outbox, recipients
from bot.model import Letter, OutboxRow, OutboxState, Outgoing

PAGE = 50
"""Letters fetched at a time: each carries its bytes, a digest its workbook too."""

NOT_ANSWERS = (Letter.DECISION, Letter.REMINDER, Letter.PAPERS, Letter.DIGEST, Letter.ALERT)
"""Letters that the clock or the worker itself writes: they do not count for the brake on answers."""

_NO_BYTES = sa.literal(b"", sa.LargeBinary).label("content")
_HEADS = sa.select(*(_NO_BYTES if column is outbox.c.content else column for column in outbox.c))

# Statements are made once: making one costs more than running it.
_THIS = outbox.c.id == sa.bindparam("which")
_ONE = sa.select(outbox).where(_THIS)
_SAME = sa.select(outbox.c.id).where(outbox.c.dedup_key == sa.bindparam("key"))
_ADD = sa.insert(outbox).returning(outbox.c.id)
_ADD_RECIPIENTS = sa.insert(recipients)
_DUE = (
    sa.select(outbox.c.id)
    .where((outbox.c.state == OutboxState.QUEUED) & (outbox.c.due <= sa.bindparam("now")))
    .order_by(outbox.c.due, outbox.c.id)
    .limit(1)
)
_DUE_OF_KINDS = _DUE.where(outbox.c.letter.in_(sa.bindparam("kinds", expanding=True)))
_TAKE, _TAKE_OF_KINDS = (
    sa.update(outbox)
    .where((outbox.c.id == due.scalar_subquery()) & (outbox.c.state == OutboxState.QUEUED))
    .values(state=OutboxState.SENDING, attempts=outbox.c.attempts + 1)
    .returning(outbox)
    for due in (_DUE, _DUE_OF_KINDS)
)
_SETTLE = sa.update(outbox).where(_THIS & (outbox.c.state != OutboxState.SENT))
_SENT_SINCE = (
    sa.select(sa.func.count())
    .select_from(outbox)
    .where((outbox.c.state == OutboxState.SENT) & (outbox.c.sent >= sa.bindparam("since")))
)


@dataclass(frozen=True, slots=True)
class SqlOutbox:
    """Keeps the promises of `bot.ports.Outbox`."""

    connection: sa.Connection
    zone: tzinfo

    def add(self, letter: Outgoing, now: datetime, due: datetime, state: OutboxState = OutboxState.QUEUED) -> bool:
        """Queue; False when the key is already there. Nobody writes between the look and the insert."""
        if self.connection.execute(_SAME, {"key": letter.dedup_key}).first() is not None:
            return False
        row = {**OUTGOING.row(letter), "state": state, "queued": now, "due": due, "attempts": 0, "error": ""}
        id = self.connection.execute(_ADD, row).scalar_one()
        if each := sorted({address.lower() for address in letter.recipients}):
            self.connection.execute(_ADD_RECIPIENTS, [{"letter": id, "address": word} for word in each])
        return True

    def claim(self, now: datetime, only: Collection[Letter] | None = None) -> OutboxRow | None:
        """Take the oldest due letter of these kinds by one conditional update, which lets only one worker have it."""
        take, values = (_TAKE, {"now": now}) if only is None else (_TAKE_OF_KINDS, {"now": now, "kinds": sorted(only)})
        row = self.connection.execute(take, values).first()
        return None if row is None else self._row(row)

    def settle(self, id: int, state: OutboxState, now: datetime, error: str = "", due: datetime | None = None) -> None:
        """Write what became of a letter; what was sent stays sent. KeyError when there is no such letter to settle."""
        row: dict[str, Any] = {"which": id, "state": state, "error": error}
        if state is OutboxState.SENT:
            row["sent"] = now
        if state is OutboxState.QUEUED:
            row["due"] = due or now
        if self.connection.execute(_SETTLE, row).rowcount != 1:
            raise KeyError(id)

    def recover(self) -> int:
        """At start-up: what was in flight goes back to QUEUED; says how many."""
        in_flight = sa.update(outbox).where(outbox.c.state == OutboxState.SENDING).values(state=OutboxState.QUEUED)
        return self.connection.execute(in_flight).rowcount

    def find(self, message_ids: Sequence[str]) -> list[OutboxRow]:
        """Letters with one of these Message-IDs without their bytes, by id within each stretch of them."""
        return [row for page in pages(message_ids) for row in self._select(_HEADS.where(outbox.c.message_id.in_(page)))]

    def get(self, id: int) -> OutboxRow:
        """One letter with its bytes."""
        found = self.connection.execute(_ONE, {"which": id}).first()
        if found is None:
            raise KeyError(id)
        return self._row(found)

    def rewrite(self, id: int, letter: Outgoing) -> None:
        """Put other words into a letter that waits; key and Message-ID stay as they are."""
        waiting = (outbox.c.id == id) & (outbox.c.state == OutboxState.WAITING)
        words = {"subject": letter.subject, "content": letter.content}
        if self.connection.execute(sa.update(outbox).where(waiting).values(words)).rowcount != 1:
            raise KeyError(id)

    def last_sent(self, address: str) -> datetime | None:
        """When the newest answer to this address was queued or sent; one that was refused or dropped was no answer."""
        went = outbox.c.state.in_((OutboxState.QUEUED, OutboxState.SENDING, OutboxState.SENT, OutboxState.WAITING))
        query = (
            sa.select(sa.func.max(sa.func.coalesce(outbox.c.sent, outbox.c.queued)))
            .join(recipients, recipients.c.letter == outbox.c.id)
            .where(recipients.c.address == address.lower(), outbox.c.letter.not_in(NOT_ANSWERS), went)
        )
        found: datetime | None = self.connection.execute(query).scalar()
        return None if found is None else found.astimezone(self.zone)

    def newest_to(self, address: str, since: datetime) -> OutboxRow | None:
        """The newest letter sent to an address since a moment, without its bytes."""
        query = _HEADS.join(recipients, recipients.c.letter == outbox.c.id).where(
            recipients.c.address == address.lower(), outbox.c.state == OutboxState.SENT, outbox.c.sent >= since
        )
        return max(self._select(query), key=lambda row: (row.sent or row.queued, row.id), default=None)

    def next_due(self) -> datetime | None:
        """When the earliest queued letter is due."""
        query = sa.select(sa.func.min(outbox.c.due)).where(outbox.c.state == OutboxState.QUEUED)
        found: datetime | None = self.connection.execute(query).scalar()
        return None if found is None else found.astimezone(self.zone)

    def sent_since(self, since: datetime) -> int:
        """Letters SENT at or after a moment."""
        return self.connection.execute(_SENT_SINCE, {"since": since}).scalar_one()

    def heads(self) -> Iterator[OutboxRow]:
        """Every letter by id without its bytes, which in all would not fit into memory."""
        return self._select(_HEADS.execution_options(yield_per=1000))

    def all(self) -> Iterator[OutboxRow]:
        """Every letter by id."""
        return self._select(sa.select(outbox).execution_options(yield_per=PAGE))

    def _select(self, query: sa.Select[Any]) -> Iterator[OutboxRow]:
        with self.connection.execute(query.order_by(outbox.c.id)) as found:
            for row in found:
                yield self._row(row)

    def _row(self, row: sa.Row[Any]) -> OutboxRow:
        letter = OUTGOING.value(row, self.zone, 1)  # behind the id of its row
        return OUTBOX_ROW.value(row, self.zone, 1 + len(OUTGOING.names), row[0], letter)
