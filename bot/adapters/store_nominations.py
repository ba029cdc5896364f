"""The nominations of the ledger in SQL: every version a row, the newest marked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

import sqlalchemy as sa

from bot.adapters.store_mails import PAGE, pages
from bot.adapters.store_tables import KEY_LENGTH, NOMINATION, addresses, mails, nominations, outbox
from bot.model import LIVE, Address, Brief, Filed, History, Nomination, State
from bot.text import folded

LONGEST_ADDRESS = 254
"""Octets of a mailbox address (RFC 5321 4.5.3.1.3 less its brackets); a longer one can teach nothing."""

_NEWEST = nominations.c.newest.is_(True)
_LIVE = nominations.c.state.in_(sorted(LIVE))

# Statements are made once: making one costs more than running it.
_THIS = nominations.c.number == sa.bindparam("which")
_THIS_VERSION: sa.BindParameter[int] = sa.bindparam("this_version")
_THEIRS = nominations.c.unit == sa.bindparam("of_unit")
_ROWS = sa.select(nominations).order_by(nominations.c.ordinal, nominations.c.version)
_GET = _ROWS.where(_NEWEST & _THIS)
_VERSIONS = _ROWS.where(_THIS)
_OF_UNIT = _ROWS.where(_NEWEST & _THEIRS)
_LIVE_OF = _ROWS.where(_NEWEST & _THEIRS & _LIVE)
_SOME = _ROWS.where(_NEWEST & nominations.c.number.in_(sa.bindparam("numbers", expanding=True)))
_BRIEF = (nominations.c.number, nominations.c.unit, nominations.c.category, nominations.c.state)
_BRIEFS = (
    sa.select(*_BRIEF)
    .where(_NEWEST & nominations.c.unit.in_(sa.bindparam("units", expanding=True)))
    .order_by(nominations.c.ordinal)
)
_HIGHEST = sa.select(sa.func.max(nominations.c.ordinal))
_VERSION = sa.select(sa.func.max(nominations.c.version)).where(_THIS)
_SUPERSEDE = sa.update(nominations).where(_THIS & (nominations.c.version < _THIS_VERSION))
_RENEW = sa.update(nominations).where(_THIS & (nominations.c.version == _THIS_VERSION))
_INSERT = sa.insert(nominations)
_NAMESAKES = _ROWS.where(_NEWEST & _LIVE & nominations.c.nominee_key.in_(sa.bindparam("keys", expanding=True)))
_NAMESAKES_ELSEWHERE = _NAMESAKES.where(nominations.c.unit != sa.bindparam("of_unit"))
_NAMED = _ROWS.where(_NEWEST & _THEIRS & nominations.c.number.in_(sa.bindparam("numbers", expanding=True)))
_UNITS = sa.select(addresses.c.unit).where(addresses.c.address == sa.bindparam("word")).order_by(addresses.c.unit)
_KNOWN = sa.exists().where(addresses.c.unit == sa.bindparam("unit"), addresses.c.address == sa.bindparam("address"))
_ADDRESS = ("unit", "address", "name", "mail")
_LEARN = sa.insert(addresses).from_select(
    _ADDRESS, sa.select(*(sa.bindparam(name, type_=addresses.c[name].type) for name in _ADDRESS)).where(~_KNOWN)
)
_ADDRESSES = sa.select(addresses.c.address).where(addresses.c.unit == sa.bindparam("of_unit")).order_by(addresses.c.address)


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
            next_number=(self.connection.execute(_HIGHEST).scalar() or 0) + 1,
        )

    def _bearing(self, unit: str, numbers: Sequence[str]) -> tuple[Nomination, ...]:
        """The unit's live nominations and those the mail names, oldest first."""
        found = {one.number: one for one in self._select(_LIVE_OF, {"of_unit": unit})}
        for page in pages(numbers):
            found.update((one.number, one) for one in self._select(_NAMED, {"of_unit": unit, "numbers": page}))
        return tuple(sorted(found.values(), key=lambda one: (one.received, one.mail, one.order, one.number)))

    def _namesakes(self, unit: str | None, nominees: Sequence[str]) -> tuple[Nomination, ...]:
        """Live nominations of other units whose nominee reads the same when folded, by number."""
        keys = [key for key in map(_nominee_key, nominees) if key]
        query, of_unit = (_NAMESAKES, {}) if unit is None else (_NAMESAKES_ELSEWHERE, {"of_unit": unit})
        return tuple(one for page in pages(keys) for one in self._select(query, {"keys": page, **of_unit}))

    def _addresses(self, unit: str) -> tuple[str, ...]:
        return tuple(self.connection.execute(_ADDRESSES, {"of_unit": unit}).scalars())

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
        newest = self.connection.execute(_VERSION, {"which": nomination.number}).scalar()
        if newest is not None and newest > nomination.version:
            msg = f"nomination {nomination.number}: version {nomination.version} after {newest}"
            raise ValueError(msg)
        which = {"which": nomination.number, "this_version": nomination.version}
        if newest is not None:
            self.connection.execute(_SUPERSEDE, {**which, "newest": False, "state": State.SUPERSEDED})
        row = {**NOMINATION.row(nomination), **_query_columns(nomination), "touched": now, "touched_by": mail}
        if newest == nomination.version:
            self.connection.execute(_RENEW, {**row, **which})
        else:
            self.connection.execute(_INSERT, row)

    def of_unit(self, unit: str) -> list[Nomination]:
        """All of a unit's, withdrawn ones too, by number."""
        return list(self._select(_OF_UNIT, {"of_unit": unit}))

    def briefs(self, units: Sequence[str]) -> list[Brief]:
        """All of these units', withdrawn ones too, by number within each stretch of them."""
        return [Brief(*row) for page in pages(units) for row in self.connection.execute(_BRIEFS, {"units": page})]

    def get(self, number: str) -> Nomination | None:
        """One, in its newest version."""
        return next(self._select(_GET, {"which": number}), None)

    def some(self, numbers: Sequence[str]) -> list[Nomination]:
        """Those of these numbers that there are, in their newest version, by number within each stretch of them."""
        return [one for page in pages(numbers) for one in self._select(_SOME, {"numbers": page})]

    def all(self) -> Iterator[Nomination]:
        """Every nomination by number."""
        return self._select(_ROWS.where(_NEWEST).execution_options(yield_per=PAGE))

    def versions(self, number: str) -> list[Nomination]:
        """All its versions, oldest first."""
        return list(self._select(_VERSIONS, {"which": number}))

    def filed_from(self, address: str) -> tuple[str, ...]:
        """The units that have learned this address, by id."""
        return tuple(self.connection.execute(_UNITS, {"word": address.lower()}).scalars()) if address else ()

    def learn(self, unit: str, address: Address, mail: int) -> None:
        """Remember an address of this unit; the first mail that showed it stays on record."""
        word = address.address.lower()
        if word and len(word.encode("utf-8", "replace")) <= LONGEST_ADDRESS:
            self.connection.execute(_LEARN, {"unit": unit, "address": word, "name": address.name, "mail": mail})

    def _select(self, query: sa.Select[Any], values: Mapping[str, Any] | None = None) -> Iterator[Nomination]:
        with self.connection.execute(query, values) as found:
            for row in found:
                yield NOMINATION.value(row, self.zone)


def _nominee_key(nominee: str) -> str:
    return folded(nominee)[:KEY_LENGTH]


def _query_columns(nomination: Nomination) -> dict[str, Any]:
    return {"newest": True, "ordinal": int(nomination.number), "nominee_key": _nominee_key(nomination.nominee)}
