"""What people of the office have put down, in SQL: a thing has at most one note of a kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

import sqlalchemy as sa

from bot.adapters.store_mails import PAGE
from bot.adapters.store_tables import NOTE, notes
from bot.model import Note, NoteKind

# Made once: making a statement costs more than running it.
_ROWS = sa.select(notes).order_by(notes.c.subject, notes.c.kind)
_OF = _ROWS.where(notes.c.kind == sa.bindparam("this_kind"))
_GET = _OF.where(notes.c.subject == sa.bindparam("about"))


@dataclass(frozen=True, slots=True)
class SqlNotes:
    """Keeps the promises of `bot.ports.Notes`."""

    connection: sa.Connection
    zone: tzinfo

    def get(self, subject: str, kind: NoteKind) -> Note | None:
        """The note of this kind about a thing."""
        return next(self._select(_GET, {"about": subject, "this_kind": kind}), None)

    def put(self, note: Note) -> None:
        """Put it in place of the one before."""
        self.remove(note.subject, note.kind)
        self.connection.execute(sa.insert(notes).values(NOTE.row(note)))

    def remove(self, subject: str, kind: NoteKind) -> None:
        """Take it away, if there is one."""
        self.connection.execute(sa.delete(notes).where(notes.c.subject == subject, notes.c.kind == kind))

    def of(self, kind: NoteKind) -> list[Note]:
        """All notes of a kind, by their things."""
        return list(self._select(_OF, {"this_kind": kind}))

    def all(self) -> Iterator[Note]:
        """Every note, by their things."""
        return self._select(_ROWS.execution_options(yield_per=PAGE))

    def _select(self, query: sa.Select[Any], values: Mapping[str, Any] | None = None) -> Iterator[Note]:
        with self.connection.execute(query, values) as found:
            for row in found:
                yield NOTE.value(row, self.zone)
