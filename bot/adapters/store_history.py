"""The append-only history and the worker's small facts in SQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

import sqlalchemy as sa

from bot.adapters.store_mails import PAGE
from bot.adapters.store_tables import EVENT, MARK, chronicle, folders, marks
from bot.model import Event
from bot.ports import Mark


@dataclass(frozen=True, slots=True)
class SqlChronicle:
    """Keeps the promises of `bot.ports.Chronicle`: there is no way to change or remove a row."""

    connection: sa.Connection
    zone: tzinfo

    def add(self, event: Event) -> None:
        """Append."""
        self.connection.execute(sa.insert(chronicle).values(EVENT.row(event)))

    def of(self, subject: str) -> list[Event]:
        """Everything about one subject, oldest first."""
        return list(self._select(sa.select(chronicle).where(chronicle.c.subject == subject)))

    def all(self) -> Iterator[Event]:
        """Everything, oldest first."""
        return self._select(sa.select(chronicle).execution_options(yield_per=PAGE))

    def _select(self, query: sa.Select[Any]) -> Iterator[Event]:
        with self.connection.execute(query.order_by(chronicle.c.id)) as found:
            for row in found.mappings():
                yield EVENT.value(row, self.zone)


@dataclass(frozen=True, slots=True)
class SqlMarks:
    """Keeps the promises of `bot.ports.Marks`."""

    connection: sa.Connection
    zone: tzinfo

    def folder(self, folder: str) -> Mark | None:
        """How far this folder has been taken in."""
        row = self.connection.execute(sa.select(folders).where(folders.c.folder == folder)).mappings().first()
        return None if row is None else MARK.value(row, self.zone)

    def advance(self, mark: Mark) -> None:
        """Remember it."""
        this = folders.c.folder == mark.folder
        if self.connection.execute(sa.update(folders).where(this).values(MARK.row(mark))).rowcount == 0:
            self.connection.execute(sa.insert(folders).values(MARK.row(mark)))

    def get(self, key: str) -> str | None:
        """A remembered word."""
        return self.connection.execute(sa.select(marks.c.value).where(marks.c.key == key)).scalar()

    def put(self, key: str, value: str | None) -> None:
        """Remember or forget it."""
        self.connection.execute(sa.delete(marks).where(marks.c.key == key))
        if value is not None:
            self.connection.execute(sa.insert(marks).values(key=key, value=value))
