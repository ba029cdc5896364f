"""The materials of the ledger in SQL, found again by their shingles: an inverted index whose lists never grow long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

import sqlalchemy as sa

from bot.adapters.store_among import among
from bot.adapters.store_tables import nominations, shingles, texts
from bot.deciding.alike import COMMON, FEWEST, shingles_of
from bot.model import LIVE, Kin

MOST = 6
"""Materials that one is compared with in full: those it shares most with."""

SHARE = 0.05
"""Part of its shingles that a material must share with another to be compared with it in full."""

# Statements are made once: making one costs more than running it.
_LISTED = sa.select(shingles.c.shingle).where(among(shingles.c.shingle, "these")).group_by(shingles.c.shingle)
_FULL = _LISTED.having(sa.func.count() >= COMMON)
_SHARING = (
    sa.select(shingles.c.text, sa.func.count())
    .where(shingles.c.shingle.in_(_LISTED.having(sa.func.count() < COMMON)))
    .group_by(shingles.c.text)
)
_LIVE_ONES = (
    sa.select(nominations.c.number, texts.c.text)
    .join(nominations, nominations.c.ordinal == texts.c.id)
    .where(among(texts.c.id, "these"), nominations.c.newest.is_(True), nominations.c.state.in_(sorted(LIVE)))
    .order_by(texts.c.id)
)
_THIS = texts.c.id == sa.bindparam("which")
_TEXT = sa.select(texts.c.text).where(_THIS)
_KEEP = sa.insert(texts)
_LIST = sa.insert(shingles)
_DELETE = sa.delete(texts).where(_THIS)
_UNLIST = sa.delete(shingles).where(among(shingles.c.shingle, "these"), shingles.c.text == sa.bindparam("which"))


@dataclass(frozen=True, slots=True)
class SqlTexts:
    """Keeps the promises of `bot.ports.Texts`. Work and room a material stay the same however many there are."""

    connection: sa.Connection
    zone: tzinfo

    def keep(self, number: str, text: str) -> None:
        """Remember a material; a shingle that many have is not listed for one more: it tells nothing any longer."""
        id = int(number)
        before = self.connection.execute(_TEXT, {"which": id}).scalar()
        if before == text:
            return
        if before is not None:
            self._forget(id, before)
        self.connection.execute(_KEEP, {"id": id, "text": text})
        fresh = sorted(shingles_of(text))
        full = set(self.connection.execute(_FULL, {"these": fresh}).scalars())
        if rows := [{"shingle": shingle, "text": id} for shingle in fresh if shingle not in full]:
            self.connection.execute(_LIST, rows)

    def kin(self, these: Sequence[str]) -> tuple[Kin, ...]:
        """The live nominations that each of these shares most shingles with, leaving out those that many have."""
        found = {id for text in these for id in self._candidates(text)}
        if not found:
            return ()
        return tuple(Kin(number, text) for number, text in self.connection.execute(_LIVE_ONES, {"these": sorted(found)}))

    def _candidates(self, text: str) -> list[int]:
        mine = sorted(shingles_of(text))
        fewest = max(FEWEST, int(SHARE * len(mine)))
        shared = self.connection.execute(_SHARING, {"these": mine})
        likely = sorted((-count, id) for id, count in shared if count >= fewest)
        return [id for _, id in likely[:MOST]]

    def _forget(self, id: int, text: str) -> None:
        self.connection.execute(_DELETE, {"which": id})
        self.connection.execute(_UNLIST, {"which": id, "these": sorted(shingles_of(text))})
