"""One worker for one ledger, on however many machines: a lock that PostgreSQL holds as long as its connection lives.

An SQLite ledger lies in the state folder, whose own lock says the same (`bot/adapters/files.py`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from bot.ports import StoreError

_WORKER_LOCK = 0x73686F76
"""PostgreSQL advisory lock, beside that of a writing transaction."""

OTHER = "another worker works with this ledger, perhaps on another machine; only one may"

Lost = Callable[[], str]
"""Asked before each round: why this worker may not go on, "" when it may."""


@contextmanager
def only_worker_of(engine: sa.Engine) -> Iterator[Lost]:
    """Hold it; StoreError when another worker does."""
    if engine.dialect.name != "postgresql":
        yield str
        return
    lock = _Lock(engine.url)
    try:
        if not lock.taken():
            raise StoreError(OTHER)
        yield lock.lost
    finally:
        lock.close()


class _Lock:
    """The lock on a connection of its own, without transactions: an open one would hold back the cleaning of the tables."""

    def __init__(self, url: sa.URL) -> None:
        self._engine = sa.create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        self._connection = self._engine.connect()

    def taken(self) -> bool:
        """Take it; taking it again is harmless."""
        words = f"SELECT pg_try_advisory_lock({_WORKER_LOCK}, hashtext(current_schema()))"
        return bool(self._connection.exec_driver_sql(words).scalar())

    def lost(self) -> str:
        """When the server went, the lock went with the connection: it is taken again, unless another worker was quicker."""
        try:
            self._connection.exec_driver_sql("SELECT 1")
        except sa.exc.DBAPIError:
            self.close()
            try:
                self._connection = self._engine.connect()
                return "" if self.taken() else OTHER
            except sa.exc.DBAPIError:
                return ""  # the server is not back yet; nothing can be written meanwhile, and the next round asks again
        return ""

    def close(self) -> None:
        """Let it go."""
        self._connection.close()
