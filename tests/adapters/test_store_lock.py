"""Two workers with one ledger in PostgreSQL, each on a machine of its own: the second one says so and ends."""

from pathlib import Path

import pytest

from bot.adapters.store import SqlStore
from bot.app import open_app
from bot.config import Config
from bot.ports import StoreError
from bot.settings import CourierSettings, LedgerSettings, MailboxSettings, StateSettings
from tests.adapters.test_backup import empty_database
from tests.fakes import ZONE


@pytest.mark.server
def test_a_second_worker_with_the_same_ledger_is_refused_and_looking_is_not(postgres_url: str, tmp_path: Path) -> None:
    url = empty_database(postgres_url, "shared")
    (tmp_path / "mailbox" / "new").mkdir(parents=True)

    def machine(name: str) -> Config:
        return Config(
            state=StateSettings(str(tmp_path / name)),
            ledger=LedgerSettings(url),
            mailbox=MailboxSettings(kind="maildir", path=str(tmp_path / "mailbox")),
            courier=CourierSettings(kind="folder", path=str(tmp_path / "letters")),
        )

    with open_app(machine("one")) as first:
        assert first.round().well
        with pytest.raises(StoreError, match="another worker works with this ledger"), open_app(machine("two")):
            pass
        with open_app(machine("two"), working=False) as looking, looking.store.glance() as ledger:
            assert list(ledger.mails.all()) == []
        assert first.round().well
    with open_app(machine("two")) as second:
        assert second.round().well


@pytest.mark.server
def test_the_lock_is_let_go_with_the_connection(postgres_url: str) -> None:
    url = empty_database(postgres_url, "let_go")
    stores = [SqlStore(url, ZONE) for _ in range(2)]
    with stores[0].alone(), pytest.raises(StoreError), stores[1].alone():
        pass
    with stores[1].alone():
        pass
    for store in stores:
        store.close()
