"""Parts of the world with death in them: the process kills itself at one of the points where its world changes."""

import hashlib
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.adapters.files import FileOriginals
from bot.model import Delivery, Outgoing
from bot.ports import Courier, Store, Transaction


class Doom:
    """Counts the points a worker passes and kills its process at the chosen one (0: never)."""

    def __init__(self, point: int) -> None:
        self.point = point
        self.passed = 0

    def tick(self) -> None:
        self.passed += 1
        if self.passed == self.point:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class DoomedStore:
    """A store in which death waits before and after every commit that changes something."""

    store: Store
    doom: Doom

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        with self.store.begin() as transaction:
            before = _changes(transaction)
            yield transaction
            changed = _changes(transaction) > before
            if changed:
                self.doom.tick()
        if changed:
            self.doom.tick()

    @contextmanager
    def glance(self) -> Iterator[Transaction]:
        with self.store.glance() as transaction:
            yield transaction

    def close(self) -> None:
        self.store.close()


def _changes(transaction: Any) -> int:
    """Rows this connection has changed in its life (sqlite3.Connection.total_changes)."""
    changes: int = transaction.marks.connection.connection.driver_connection.total_changes
    return changes


class DoomedOriginals(FileOriginals):
    """Originals with death right after each has been kept."""

    def __init__(self, folder: Path, doom: Doom) -> None:
        super().__init__(folder)
        self.doom = doom

    def keep(self, content: bytes) -> str:
        path = super().keep(content)
        self.doom.tick()
        return path


@dataclass(frozen=True)
class DoomedCourier:
    """A courier with death right before and after the letter is out; each time it went is a line in `journal`."""

    courier: Courier
    doom: Doom
    journal: Path

    def send(self, letter: Outgoing) -> Delivery:
        self.doom.tick()
        delivery = self.courier.send(letter)
        with self.journal.open("a") as file:
            file.write(f"{letter.message_id} {hashlib.sha256(letter.content).hexdigest()}\n")
        self.doom.tick()
        return delivery

    def close(self) -> None:
        self.courier.close()
