"""Ledgers of earlier releases become ledgers of this one, whole or not at all; on SQLite and on a real PostgreSQL."""

import logging
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.adapters import migrations
from bot.adapters.store import SqlStore, StoreError, copy_to_memory
from bot.adapters.store_engine import make_engine
from bot.adapters.store_schema import Upgrade, bring_up_to_date, migrate, revision_of
from bot.adapters.store_tables import REVISION, metadata, revisions, schema
from bot.model import OutboxState, State
from tests.fakes import ZONE

FIRST_RELEASE = Path(__file__).parent / "ledgers" / "first_release.sql"

USES: tuple[Callable[[str], object], ...] = (SqlStore, bring_up_to_date)
"""Looking at a ledger, and starting to work with it."""

BOTH = pytest.mark.parametrize("url", ["file", pytest.param("postgres", marks=pytest.mark.server)], indirect=True)


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database: a file, or a schema of its own on the server."""
    if request.param == "file":
        yield f"sqlite:///{tmp_path}/ledger.db"
        return
    server: str = request.getfixturevalue("postgres_url")
    engine = sa.create_engine(server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS migrations")
        connection.exec_driver_sql("CREATE DATABASE migrations")
    engine.dispose()
    yield server.rsplit("/", 1)[0] + "/migrations"


def first_release(url: str, tmp_path: Path) -> None:
    """The ledger of the first release in this database, row by row."""
    file = Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else tmp_path / "first.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(FIRST_RELEASE.read_text("utf-8"))
    if url.startswith("sqlite"):
        return
    source, target = make_engine(f"sqlite:///{file}"), make_engine(url)
    with target.begin() as connection:
        migrate(connection, None, "0001")
        connection.execute(sa.text("DROP TABLE alembic_version"))
    there = sa.MetaData()
    there.reflect(target)
    with source.connect() as old, target.begin() as new:
        for table in there.sorted_tables:
            if rows := [dict(row) for row in old.execute(sa.select(table)).mappings()]:
                new.execute(sa.insert(table), rows)
    source.dispose()
    target.dispose()


def rows(url: str, columns: dict[str, list[str]] | None = None) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, of these columns only where they are named."""
    engine = make_engine(url)
    found = sa.MetaData()
    found.reflect(engine)
    kept = columns or {name: list(table.c.keys()) for name, table in found.tables.items()}
    with engine.connect() as connection:
        content = {
            name: sorted(map(tuple, connection.execute(sa.select(*(found.tables[name].c[one] for one in of)))), key=repr)
            for name, of in kept.items()
        }
    engine.dispose()
    return content


def columns(url: str) -> dict[str, list[str]]:
    engine = make_engine(url)
    found = sa.MetaData()
    found.reflect(engine)
    engine.dispose()
    return {name: list(table.c.keys()) for name, table in found.tables.items()}


def drawn(url: str) -> dict[str, Any]:
    """The tables as the database draws them: columns with type and null, keys, indexes with what they hold to."""
    engine = make_engine(url)
    inspector = sa.inspect(engine)
    found: dict[str, Any] = {}
    for table in inspector.get_table_names():
        found[table] = {
            "columns": {(one["name"], str(one["type"]), one["nullable"]) for one in inspector.get_columns(table)},
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "foreign": [(one["constrained_columns"], one["referred_table"]) for one in inspector.get_foreign_keys(table)],
            "unique": {(one["name"], *one["column_names"]) for one in inspector.get_unique_constraints(table)},
            "indexes": {
                (one["name"], tuple(one["column_names"]), bool(one["unique"]), _where(one))
                for one in inspector.get_indexes(table)
            },
        }
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            for name, words in connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
                if name in found:
                    found[name]["options"] = {word for word in ("AUTOINCREMENT", "WITHOUT ROWID") if word in words}
    engine.dispose()
    return found


def _where(index: Any) -> str:
    """The rows an index is for; empty: all."""
    options = index.get("dialect_options", {})
    return str(options.get("sqlite_where", options.get("postgresql_where", "")))


def test_the_newest_revision_is_the_one_that_the_tables_say() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [REVISION]
    in_order = [script.revision for script in scripts.walk_revisions()]
    assert in_order == [f"{number:04d}" for number in range(len(in_order), 0, -1)]


@BOTH
def test_the_revisions_together_give_the_tables_that_a_fresh_ledger_has(url: str, tmp_path: Path) -> None:
    engine = make_engine(url)
    with engine.begin() as connection:
        migrate(connection, None, "head")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata) == []
    migrated = drawn(url)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        revisions.drop(connection)
    engine.dispose()
    SqlStore(url, ZONE).close()
    assert migrated == drawn(url)


@BOTH
def test_the_first_revision_is_the_first_release_to_the_last_column(url: str, tmp_path: Path) -> None:
    first_release(f"sqlite:///{tmp_path}/released.db", tmp_path)
    engine = make_engine(url)
    with engine.begin() as connection:
        migrate(connection, None, "0001")
        connection.execute(sa.text("DROP TABLE alembic_version"))
    engine.dispose()
    if url.startswith("sqlite"):
        assert drawn(url) == drawn(f"sqlite:///{tmp_path}/released.db")
    assert columns(url) == columns(f"sqlite:///{tmp_path}/released.db")


@BOTH
def test_a_ledger_of_the_first_release_is_brought_up_to_date_and_keeps_every_row(
    url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first_release(url, tmp_path)
    shape, before = columns(url), rows(url)
    copy = tmp_path / f"ledger-before-{REVISION}.db" if url.startswith("sqlite") else None
    with caplog.at_level(logging.WARNING, "shouli"):
        assert bring_up_to_date(url) == Upgrade("0001", REVISION, copy)
    assert f"brought from revision 0001 to {REVISION}" in caplog.text
    after = rows(url, shape)
    assert before.pop("schema") == [(1,)]
    assert after.pop("schema") == [(2,)]  # a program of the first release refuses it from now on
    assert after == before
    assert sum(map(len, before.values())) > 200
    assert bring_up_to_date(url) is None
    store = SqlStore(url, ZONE)
    with store.begin() as ledger:
        assert [len(list(part.all())) for part in (ledger.mails, ledger.outbox, ledger.chronicle)] == [4, 4, 27]
        told = [(one.number, one.version, one.state) for one in ledger.nominations.all()]
        assert told == [("0001", 1, State.ACCEPTED), ("0002", 2, State.ACCEPTED), ("0003", 1, State.OVER_QUOTA)]
        assert {row.state for row in ledger.outbox.all()} == {OutboxState.SENT}
        assert ledger.texts.kin([next(iter(ledger.nominations.all())).nominee * 100]) == ()
    store.close()
    if copy:
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("SELECT version FROM schema").fetchall() == [(1,)]
        assert rows(f"sqlite:///{copy}", shape) == {**before, "schema": [(1,)]}
        assert copy.stat().st_mode & 0o777 == 0o600


@BOTH
def test_an_old_ledger_is_only_looked_at_by_the_worker_or_on_request(url: str, tmp_path: Path) -> None:
    first_release(url, tmp_path)
    before = rows(url)
    looks: tuple[Callable[[str], object], ...] = (SqlStore, copy_to_memory)
    for look in looks:
        with pytest.raises(StoreError, match=r"of revision 0001, this program writes .*shouli migrate"):
            look(url)
    assert rows(url) == before


@BOTH
def test_a_ledger_that_is_newer_than_the_program_is_refused_and_not_touched(url: str) -> None:
    store = SqlStore(url, ZONE)
    with store._engine.begin() as connection:
        connection.execute(sa.update(revisions).values(version_num="0999"))
    store.close()
    before = rows(url)
    for use in USES:
        with pytest.raises(StoreError, match="revision 0999, newer than this program"):
            use(url)
    assert rows(url) == before


@BOTH
def test_a_ledger_without_revision_whose_number_nobody_gave_is_refused(url: str, tmp_path: Path) -> None:
    first_release(url, tmp_path)
    engine = make_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.update(schema).values(version=99))
    engine.dispose()
    for use in USES:
        with pytest.raises(StoreError, match="schema 99"):
            use(url)


@BOTH
def test_an_upgrade_that_fails_leaves_the_ledger_as_it_was(url: str, tmp_path: Path) -> None:
    first_release(url, tmp_path)
    engine = make_engine(url)
    with engine.begin() as connection:  # not what the first release made: noticed only when all else is done
        connection.execute(sa.text("DROP TABLE addresses"))
    engine.dispose()
    before = rows(url)
    with pytest.raises(StoreError, match="lacks the table addresses"):
        bring_up_to_date(url)
    assert rows(url) == before
    with pytest.raises(StoreError, match="revision 0001"):
        SqlStore(url, ZONE)


@pytest.mark.parametrize("url", ["file"], indirect=True)
def test_an_upgrade_tried_again_writes_over_the_copy_of_the_first_try(url: str, tmp_path: Path) -> None:
    first_release(url, tmp_path)
    shutil.copy(tmp_path / "ledger.db", tmp_path / "kept.db")
    bring_up_to_date(url)
    for left in tmp_path.glob("ledger.db*"):
        left.unlink()
    shutil.copy(tmp_path / "kept.db", tmp_path / "ledger.db")
    assert bring_up_to_date(url) is not None
    assert [path.name for path in tmp_path.glob("ledger-before-*")] == [f"ledger-before-{REVISION}.db"]
    assert list(tmp_path.glob("*.part")) == []


@BOTH
def test_a_fresh_ledger_is_made_at_the_newest_revision(url: str) -> None:
    SqlStore(url, ZONE).close()
    engine = make_engine(url)
    with engine.connect() as connection:
        assert revision_of(connection) == REVISION
    engine.dispose()
    assert bring_up_to_date(url) is None


@BOTH
def test_an_upgrade_that_is_killed_in_its_middle_leaves_the_ledger_as_it_was(url: str, tmp_path: Path) -> None:
    first_release(url, tmp_path)
    before = rows(url)
    script = (
        "import os, signal, sys; from bot.adapters import store_schema as schema; "
        "schema._complete = lambda _: os.kill(os.getpid(), signal.SIGKILL); schema.bring_up_to_date(sys.argv[1])"
    )
    done = subprocess.run([sys.executable, "-c", script, url], check=False, capture_output=True, cwd=Path(__file__).parents[2])
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert rows(url) == before
    assert bring_up_to_date(url) is not None
