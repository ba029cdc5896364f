"""The nominations of the ledger in SQL: every version a row, the newest marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import sqlalchemy as sa

from bot.adapters.store_mails import PAGE, pages
from bot.adapters.store_tables import KEY_LENGTH, NOMINATION, addresses, mails, nominations, outbox
from bot.model import LIVE, Address, Filed, History, Nomination, State
from bot.text import folded

LONGEST_ADDRESS = 254
"""Octets of a mailbox address (RFC 5321 4.5.3.1.3 less its brackets); a longer one can teach nothing."""

_NEWEST = nominations.c.newest.is_(True)
_LIVE = nominations.c.state.in_(sorted(LIVE))


@dataclass(frozen=True, slots=True)
class SqlNominations:
    """Keeps the promises of `bot.ports.Nominations`."""

    connection: sa.Connection
    zone: tzinfo

    def history(self, unit: str | None, nominees: Sequence[str], message_ids: Sequence[str], numbers: Sequence[str]) -> History:
        """What bears on a submission; `message_ids` in the order in which the answered mail is most likely among them."""
        thread, thread_unit = self._thread(message_ids)
        return History(
            nominations=self._bearing(unit, numbers) if unit is not None else (),
            namesakes=self._namesakes(unit, nominees),
            addresses=self._addresses(unit) if unit is not None else (),
            thread=thread,
            thread_unit=thread_unit,
            next_number=(self.connection.execute(sa.select(sa.func.max(nominations.c.ordinal))).scalar() or 0) + 1,
        )

    def _bearing(self, unit: str, numbers: Sequence[str]) -> tuple[Nomination, ...]:
        """The unit's live nominations and those the mail names, oldest first."""
        mine = _NEWEST & (nominations.c.unit == unit)
        found = {one.number: one for one in self._select(sa.select(nominations).where(mine & _LIVE))}
        for page in pages(numbers):
            named = self._select(sa.select(nominations).where(mine & nominations.c.number.in_(page)))
            found.update((one.number, one) for one in named)
        return tuple(sorted(found.values(), key=lambda one: (one.received, one.mail, one.order, one.number)))

    def _namesakes(self, unit: str | None, nominees: Sequence[str]) -> tuple[Nomination, ...]:
        """Live nominations of other units whose nominee reads the same when folded, by number."""
        keys = [key for key in map(_nominee_key, nominees) if key]
        others = _NEWEST & _LIVE if unit is None else _NEWEST & _LIVE & (nominations.c.unit != unit)
        return tuple(
            one
            for page in pages(keys)
            for one in self._select(sa.select(nominations).where(others & nominations.c.nominee_key.in_(page)))
        )

    def _addresses(self, unit: str) -> tuple[str, ...]:
        known = sa.select(addresses.c.address).where(addresses.c.unit == unit).order_by(addresses.c.address)
        return tuple(self.connection.execute(known).scalars())

    def _thread(self, message_ids: Sequence[str]) -> tuple[tuple[str, ...], str | None]:
        """What the answered letter was about: our letter first, else the sender's own earlier mail."""
        letters = self._by_message_id(outbox, outbox.c.numbers, message_ids)
        own = self._by_message_id(mails, mails.c.filed, message_ids)
        for found in (letters, own):
            for id in message_ids:
                if id in found:
                    return found[id]
        return (), None

    def _by_message_id(
        self, table: sa.Table, numbers: sa.Column[Any], message_ids: Sequence[str]
    ) -> dict[str, tuple[tuple[str, ...], str | None]]:
        found = {}
        for page in pages(message_ids):
            query = sa.select(table.c.message_id, numbers, table.c.unit).where(table.c.message_id.in_(page))
            for id, about, unit in self.connection.execute(query.order_by(table.c.id)):
                found[id] = (tuple(about), unit)
        return found

    def file(self, filed: Filed, mail: int, now: datetime) -> None:
        """Insert or renew; ValueError when a newer version is on file, which only a wrong decision can bring about."""
        nomination = filed.nomination
        same = nominations.c.number == nomination.number
        newest = self.connection.execute(sa.select(sa.func.max(nominations.c.version)).where(same)).scalar()
        if newest is not None and newest > nomination.version:
            msg = f"nomination {nomination.number}: version {nomination.version} after {newest}"
            raise ValueError(msg)
        older = same & (nominations.c.version < nomination.version)
        self.connection.execute(sa.update(nominations).where(older).values(newest=False, state=State.SUPERSEDED))
        row = {**NOMINATION.row(nomination), **_query_columns(nomination), "touched": now, "touched_by": mail}
        if newest == nomination.version:
            this = same & (nominations.c.version == nomination.version)
            self.connection.execute(sa.update(nominations).where(this).values(row))
        else:
            self.connection.execute(sa.insert(nominations).values(row))

    def of_unit(self, unit: str) -> list[Nomination]:
        """All of a unit's, withdrawn ones too, by number."""
        return list(self._select(sa.select(nominations).where(_NEWEST & (nominations.c.unit == unit))))

    def get(self, number: str) -> Nomination | None:
        """One, in its newest version."""
        return next(self._select(sa.select(nominations).where(_NEWEST & (nominations.c.number == number))), None)

    def all(self) -> Iterator[Nomination]:
        """Every nomination by number."""
        return self._select(sa.select(nominations).where(_NEWEST).execution_options(yield_per=PAGE))

    def versions(self, number: str) -> list[Nomination]:
        """All its versions, oldest first."""
        return list(self._select(sa.select(nominations).where(nominations.c.number == number)))

    def learn(self, unit: str, address: Address, mail: int) -> None:
        """Remember an address of this unit; the first mail that showed it stays on record."""
        word = address.address.lower()
        if not word or len(word.encode("utf-8", "replace")) > LONGEST_ADDRESS or word in self._addresses(unit):
            return
        row = {"unit": unit, "address": word, "name": address.name, "mail": mail}
        self.connection.execute(sa.insert(addresses).values(row))

    def _select(self, query: sa.Select[Any]) -> Iterator[Nomination]:
        with self.connection.execute(query.order_by(nominations.c.ordinal, nominations.c.version)) as found:
            for row in found.mappings():
                yield NOMINATION.value(row, self.zone)


def _nominee_key(nominee: str) -> str:
    return folded(nominee)[:KEY_LENGTH]


def _query_columns(nomination: Nomination) -> dict[str, Any]:
    return {"newest": True, "ordinal": int(nomination.number), "nominee_key": _nominee_key(nomination.nominee)}
