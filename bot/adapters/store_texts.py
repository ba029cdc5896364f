"""The materials of the ledger in SQL, found again by their shingles: an inverted index whose lists never grow long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

import sqlalchemy as sa

from bot.adapters.store_mails import PAGE
from bot.adapters.store_tables import nominations, shingles, texts
from bot.deciding.alike import COMMON, FEWEST, shingles_of
from bot.model import LIVE, Kin

MOST = 6
"""Materials that one is compared with in full: those it shares most with."""

SHARE = 0.05
"""Part of its shingles that a material must share with another to be compared with it in full."""

# Statements are made once: making one costs more than running it.
_THESE: sa.BindParameter[int] = sa.bindparam("these", expanding=True)
_LISTED = sa.select(shingles.c.shingle).where(shingles.c.shingle.in_(_THESE)).group_by(shingles.c.shingle)
_FULL = _LISTED.having(sa.func.count() >= COMMON)
_SHARING = (
    sa.select(shingles.c.text, sa.func.count())
    .where(shingles.c.shingle.in_(_LISTED.having(sa.func.count() < COMMON)))
    .group_by(shingles.c.text)
)
_LIVE_ONES = (
    sa.select(nominations.c.number, texts.c.text)
    .join(nominations, nominations.c.ordinal == texts.c.id)
    .where(texts.c.id.in_(_THESE), nominations.c.newest.is_(True), nominations.c.state.in_(sorted(LIVE)))
    .order_by(texts.c.id)
)


@dataclass(frozen=True, slots=True)
class SqlTexts:
    """Keeps the promises of `bot.ports.Texts`. Work and room a material stay the same however many there are."""

    connection: sa.Connection
    zone: tzinfo

    def keep(self, number: str, text: str) -> None:
        """Remember a material; a shingle that many have is not listed for one more: it tells nothing any longer."""
        id = int(number)
        before = self.connection.execute(sa.select(texts.c.text).where(texts.c.id == id)).scalar()
        if before == text:
            return
        if before is not None:
            self._forget(id, before)
        self.connection.execute(sa.insert(texts), {"id": id, "text": text})
        fresh = shingles_of(text)
        full = self._full(fresh)
        if rows := [{"shingle": shingle, "text": id} for shingle in sorted(fresh - full)]:
            self.connection.execute(sa.insert(shingles), rows)

    def kin(self, these: Sequence[str]) -> tuple[Kin, ...]:
        """The live nominations that each of these shares most shingles with, leaving out those that many have."""
        found = {id for text in these for id in self._candidates(text)}
        if not found:
            return ()
        return tuple(Kin(number, text) for number, text in self.connection.execute(_LIVE_ONES, {"these": sorted(found)}))

    def _candidates(self, text: str) -> list[int]:
        mine = sorted(shingles_of(text))
        fewest = max(FEWEST, int(SHARE * len(mine)))
        shared: dict[int, int] = {}
        for start in range(0, len(mine), PAGE):
            for id, count in self.connection.execute(_SHARING, {"these": mine[start : start + PAGE]}):
                shared[id] = shared.get(id, 0) + count
        likely = sorted((-count, id) for id, count in shared.items() if count >= fewest)
        return [id for _, id in likely[:MOST]]

    def _forget(self, id: int, text: str) -> None:
        self.connection.execute(sa.delete(texts).where(texts.c.id == id))
        gone = sorted(shingles_of(text))
        for start in range(0, len(gone), PAGE):
            page = shingles.c.shingle.in_(gone[start : start + PAGE])
            self.connection.execute(sa.delete(shingles).where(page, shingles.c.text == id))

    def _full(self, these: frozenset[int]) -> set[int]:
        """Those of these shingles whose lists are as long as lists become."""
        listed, full = sorted(these), set[int]()
        for start in range(0, len(listed), PAGE):
            full.update(self.connection.execute(_FULL, {"these": listed[start : start + PAGE]}).scalars())
        return full
