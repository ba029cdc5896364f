"""Two workers with one ledger in PostgreSQL, each on a machine of its own: the second one says so and ends."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.store import SqlStore
from bot.adapters.store_engine import make_engine
from bot.config import Config
from bot.opening import open_app
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


@pytest.mark.server
def test_a_database_server_that_went_and_came_back_costs_a_round(postgres_url: str, tmp_path: Path) -> None:
    url = empty_database(postgres_url, "restarted")
    (tmp_path / "mailbox" / "new").mkdir(parents=True)
    config = Config(
        state=StateSettings(str(tmp_path / "state")),
        ledger=LedgerSettings(url),
        mailbox=MailboxSettings(kind="maildir", path=str(tmp_path / "mailbox")),
        courier=CourierSettings(kind="folder", path=str(tmp_path / "letters")),
    )
    with open_app(config) as app:
        assert app.round().well
        cut_all(postgres_url, "restarted")
        first = app.round()
        assert "the ledger database cannot be used at this moment" in first.trouble
        assert app.round().well
        with (
            pytest.raises(StoreError, match="another worker"),
            open_app(replace(config, state=StateSettings(str(tmp_path / "b")))),
        ):
            pass  # the lock went with the connection, and was taken again
        cut_all(postgres_url, "restarted")
        other = SqlStore(url, ZONE)
        with other.alone():  # another worker was quicker
            assert "another worker works with this ledger" in app.round().trouble
            assert app.stopping.is_set()
        other.close()


def cut_all(server: str, database: str) -> None:
    """What a restart of the server does to its clients."""
    engine = make_engine(server)
    with engine.connect() as connection:
        cut = f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '{database}'"  # noqa: S608 - ours
        assert connection.exec_driver_sql(cut).scalar()
    engine.dispose()
