"""The mails of the ledger in SQL."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

import sqlalchemy as sa

from bot.adapters.store_tables import LISTS, MAIL, mails
from bot.model import AnswerState, MailRow, MailState

PAGE = 500
"""Rows fetched, and values listed in one statement, at a time: hostile References headers name thousands."""

_ARRIVAL = (mails.c.received, mails.c.folder, mails.c.uid, mails.c.id)


# Statements are made once: making one costs more than running it.
_THIS = mails.c.id == sa.bindparam("which")
_SAME = sa.select(mails.c.id).where(mails.c.message_id == sa.bindparam("message_id"), mails.c.sha256 == sa.bindparam("sha256"))
_ADD = sa.insert(mails).returning(mails.c.id)
_SAVE = sa.update(mails).where(_THIS)
_ANSWERED = sa.update(mails).where(_THIS).values(answer_state=sa.bindparam("answer"))
_ROWS = sa.select(mails).order_by(*_ARRIVAL)
_GET = sa.select(mails).where(_THIS)
_UNHANDLED = _ROWS.where(mails.c.state == MailState.NEW).limit(sa.bindparam("most"))
_OWED = _ROWS.where(mails.c.answer_state == AnswerState.OWED)
_ANSWERING = _ROWS.where(mails.c.message_id.in_(sa.bindparam("message_ids", expanding=True)))
_LISTING = _ROWS.where((mails.c.unit == sa.bindparam("of_unit")) & LISTS)


def pages(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values, each once, in stretches that one statement can name."""
    each = tuple(dict.fromkeys(values))
    return (each[start : start + PAGE] for start in range(0, len(each), PAGE))


@dataclass(frozen=True, slots=True)
class SqlMails:
    """Keeps the promises of `bot.ports.Mails`."""

    connection: sa.Connection
    zone: tzinfo

    def add(self, mail: MailRow) -> int | None:
        """Insert and give the id; None when the same mail is there. Nobody writes between the look and the insert."""
        same = {"message_id": mail.message_id, "sha256": mail.sha256}
        if self.connection.execute(_SAME, same).first() is not None:
            return None
        id: int = self.connection.execute(_ADD, _columns(mail)).scalar_one()
        return id

    def get(self, id: int) -> MailRow:
        """One mail; KeyError when unknown."""
        row = self.connection.execute(_GET, {"which": id}).first()
        if row is None:
            raise KeyError(id)
        return self._mail(row)

    def save(self, mail: MailRow) -> None:
        """Write every column; KeyError when unknown."""
        done = self.connection.execute(_SAVE, {**_columns(mail), "which": mail.id})
        if done.rowcount != 1:
            raise KeyError(mail.id)

    def answered(self, id: int, state: AnswerState) -> None:
        """Write what became of its answer, and nothing else; KeyError when unknown."""
        if self.connection.execute(_ANSWERED, {"which": id, "answer": state}).rowcount != 1:
            raise KeyError(id)

    def unhandled(self, limit: int) -> list[MailRow]:
        """NEW mails in order of arrival."""
        return list(self._select(_UNHANDLED, {"most": limit}))

    def next_after(self, id: int) -> MailRow | None:
        """The mail with the next higher id."""
        found = self.connection.execute(sa.select(mails).where(mails.c.id > id).order_by(mails.c.id).limit(1)).first()
        return None if found is None else self._mail(found)

    def owed(self) -> list[MailRow]:
        """Handled mails whose answer is owed, in order of arrival."""
        return list(self._select(_OWED))

    def answering(self, message_ids: Sequence[str]) -> list[MailRow]:
        """Mails with one of these Message-IDs, in order of arrival within each stretch of ids."""
        return [mail for page in pages(message_ids) for mail in self._select(_ANSWERING, {"message_ids": page})]

    def listing(self, unit: str) -> list[MailRow]:
        """Mails of a unit whose summary tables list nominees, in order of arrival."""
        return list(self._select(_LISTING, {"of_unit": unit}))

    def all(self) -> Iterator[MailRow]:
        """Every mail in order of arrival."""
        return self._select(_ROWS.execution_options(yield_per=PAGE))

    def _select(self, query: sa.Select[Any], values: Mapping[str, Any] | None = None) -> Iterator[MailRow]:
        with self.connection.execute(query, values) as found:
            for row in found:
                yield self._mail(row)

    def _mail(self, row: sa.Row[Any]) -> MailRow:
        return MAIL.value(row, self.zone, 1, row[0])  # behind its id


def _columns(mail: MailRow) -> dict[str, Any]:
    position = mail.position
    return {**MAIL.row(mail), "folder": position.folder if position else "", "uid": position.uid if position else 0}
