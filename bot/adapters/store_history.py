"""The append-only history and the worker's small facts in SQL."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from bot.adapters.store_mails import PAGE, pages
from bot.adapters.store_tables import EVENT, MARK, chronicle, folders, marks
from bot.model import Event
from bot.ports import Entry, Mark

# Statements are made once: making one costs more than running it.
_EVENTS = sa.select(chronicle).order_by(chronicle.c.id)
_OF = _EVENTS.where(chronicle.c.subject == sa.bindparam("subject"))
_ABOUT = _EVENTS.where(chronicle.c.subject.in_(sa.bindparam("subjects", expanding=True)))
_DOINGS = _ABOUT.where(chronicle.c.who.in_(sa.bindparam("hands", expanding=True)))
_ALL = _EVENTS.execution_options(yield_per=PAGE)
_ADD = sa.insert(chronicle)
_MARK = sa.select(marks.c.value).where(marks.c.key == sa.bindparam("key"))


@dataclass(frozen=True, slots=True)
class SqlChronicle:
    """Keeps the promises of `bot.ports.Chronicle`: there is no way to change or remove a row."""

    connection: sa.Connection
    zone: tzinfo

    def add(self, *events: Event) -> None:
        """Append, in this order."""
        if events:
            self.connection.execute(_ADD, [EVENT.row(event) for event in events])

    def of(self, subject: str) -> list[Event]:
        """Everything about one subject, oldest first."""
        return list(self._select(_OF, {"subject": subject}))

    def about(self, subjects: Sequence[str]) -> list[Event]:
        """Everything about these subjects; the events of each oldest first."""
        return [event for page in pages(subjects) for event in self._select(_ABOUT, {"subjects": page})]

    def doings(self, who: Sequence[str], subjects: Sequence[str]) -> list[Event]:
        """What these hands did with these subjects, oldest first."""
        both = [{"subjects": page, "hands": hands} for page in pages(subjects) for hands in pages(who)]
        rows = (row for each in both for row in self.connection.execute(_DOINGS, each))
        return [self._event(row) for row in sorted(rows, key=itemgetter(0))]

    def since(self, id: int, limit: int) -> list[Entry]:
        """The next rows after the one with this number, oldest first."""
        query = sa.select(chronicle).where(chronicle.c.id > id).order_by(chronicle.c.id).limit(limit)
        return [Entry(row.id, self._event(row)) for row in self.connection.execute(query)]

    def all(self) -> Iterator[Event]:
        """Everything, oldest first."""
        return self._select(_ALL)

    def _select(self, query: sa.Select[Any], values: Mapping[str, Any] | None = None) -> Iterator[Event]:
        with self.connection.execute(query, values) as found:
            for row in found:
                yield self._event(row)

    def _event(self, row: sa.Row[Any]) -> Event:
        return EVENT.value(row, self.zone, 1)  # behind its id


@dataclass(frozen=True, slots=True)
class SqlMarks:
    """Keeps the promises of `bot.ports.Marks`."""

    connection: sa.Connection
    zone: tzinfo

    def folder(self, folder: str) -> Mark | None:
        """How far this folder has been taken in."""
        row = self.connection.execute(sa.select(folders).where(folders.c.folder == folder)).first()
        return None if row is None else MARK.value(row, self.zone)

    def advance(self, mark: Mark) -> None:
        """Remember it."""
        this = folders.c.folder == mark.folder
        if self.connection.execute(sa.update(folders).where(this).values(MARK.row(mark))).rowcount == 0:
            self.connection.execute(sa.insert(folders).values(MARK.row(mark)))

    def get(self, key: str) -> str | None:
        """A remembered word."""
        return self.connection.execute(_MARK, {"key": key}).scalar()

    def put(self, key: str, value: str | None) -> None:
        """Remember or forget it."""
        self.connection.execute(sa.delete(marks).where(marks.c.key == key))
        if value is not None:
            self.connection.execute(sa.insert(marks).values(key=key, value=value))
