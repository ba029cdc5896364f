"""One worker for one ledger, on however many machines: a lock that PostgreSQL holds as long as its connection lives.

An SQLite ledger lies in the state folder, whose own lock says the same (`bot/adapters/files.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from bot.ports import StoreError

_WORKER_LOCK = 0x73686F76
"""PostgreSQL advisory lock, beside that of a writing transaction."""


@contextmanager
def only_worker_of(engine: sa.Engine) -> Iterator[None]:
    """Hold it; StoreError when another worker does."""
    if engine.dialect.name != "postgresql":
        yield
        return
    # A connection of its own, without transactions: one that stays open would hold back the cleaning of the tables.
    own = sa.create_engine(engine.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with own.connect() as connection:
        mine = connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_WORKER_LOCK}, hashtext(current_schema()))").scalar()
        if not mine:
            raise StoreError("another worker works with this ledger, perhaps on another machine; only one may")
        yield
