"""A backup holds everything, a restored folder is the same to the last row, and a backup that was tampered with is refused."""

import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.adapters.backup import Belongings, back_up
from bot.adapters.backup_manifest import BackupError, is_ours
from bot.adapters.files import FileOriginals, make_state
from bot.adapters.restore import restore
from bot.adapters.row_digests import digest_of, table_digests
from bot.adapters.store import SqlStore, StoreError
from bot.adapters.store_engine import make_engine
from bot.adapters.store_schema import bring_up_to_date
from bot.adapters.store_tables import REVISION
from bot.model import AnswerState
from tests.adapters.test_migrations import first_release
from tests.adapters.values import filed, full_mail, full_nomination
from tests.fakes import NOON, ZONE, mail_bytes, outgoing

NOW = datetime(2021, 12, 13, 2, 3, 4, tzinfo=UTC)
MAILS = 5


def empty_database(server: str, name: str) -> str:
    """A database of this name that nobody has used."""
    engine = sa.create_engine(server.replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.rsplit("/", 1)[0] + f"/{name}"


def fill(url: str, state: Path) -> None:
    """A ledger with something in every kind of column, and the originals of its mails."""
    originals = FileOriginals(make_state(state))
    store = SqlStore(url, ZONE)
    with store.begin() as ledger:
        for number in range(MAILS):
            content = mail_bytes(str(number))
            path = originals.keep(content)
            row = full_mail(message_id=f"<{number}@x>", sha256=Path(path).stem, original=path, answer_state=AnswerState.OWED)
            id = ledger.mails.add(row)
            assert id is not None
            ledger.nominations.file(filed(full_nomination(f"{number + 1:04d}", mail=id)), id, NOON)
            ledger.texts.keep(f"{number + 1:04d}", f"材料{number}" * 300)
        ledger.outbox.add(outgoing("a"), NOON, NOON)
        ledger.marks.put("x", "y")
    store.close()


@pytest.fixture
def office(tmp_path: Path) -> Belongings:
    state = tmp_path / "office" / "state"
    url = f"sqlite:///{state}/ledger.db"
    state.mkdir(parents=True)
    fill(url, state)
    (state / "maildir-uids").write_text("uidvalidity 7\n")
    (state / "secret").write_text("the day's code")
    (state / "export").mkdir()
    (state / "export" / "台账.xlsx").write_bytes(b"made from the ledger at any time")
    rules = tmp_path / "office" / "rules"
    (rules / "examples").mkdir(parents=True)
    (rules / "campaign.toml").write_text('id = "x"\n')
    (rules / "examples" / "一.eml").write_bytes(b"From: x")
    return Belongings(url, state, "# settings\n", {"rules": rules})


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def digests(url: str) -> dict[str, Any]:
    engine = make_engine(url)
    with engine.connect() as connection:
        found = table_digests(connection)
    engine.dispose()
    return found


def test_what_is_restored_is_what_was_backed_up_and_nothing_else_came_along(office: Belongings, tmp_path: Path) -> None:
    manifest = back_up(office, tmp_path / "b.zip", NOW)
    assert (tmp_path / "b.zip").stat().st_mode & 0o777 == 0o600
    done = restore(tmp_path / "b.zip", tmp_path / "new" / "office")
    assert done.manifest == manifest
    assert (done.originals, manifest.missing, manifest.revision, manifest.made) == (MAILS, (), REVISION, NOW)
    found = files(tmp_path / "new" / "office")
    before = files(office.state.parent)
    ledger = found.pop("state/ledger.db")
    assert ledger.startswith(b"SQLite format 3")
    wanted = {name: content for name, content in before.items() if name.startswith(("state/mail/", "rules/"))}
    assert found == {**wanted, "state/maildir-uids": b"uidvalidity 7\n", "shouli.toml": b"# settings\n"}
    assert digests(f"sqlite:///{tmp_path}/new/office/state/ledger.db") == digests(office.url)
    for path in (tmp_path / "new" / "office").rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["office"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "new", "office"]


def test_a_backup_never_takes_the_place_of_another_and_a_restore_never_of_anything(office: Belongings, tmp_path: Path) -> None:
    back_up(office, tmp_path / "b.zip", NOW)
    first = (tmp_path / "b.zip").read_bytes()
    with pytest.raises(BackupError, match="is there already"):
        back_up(office, tmp_path / "b.zip", NOW)
    assert (tmp_path / "b.zip").read_bytes() == first
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for place in ("full", "file"):
        with pytest.raises(BackupError, match="is not empty"):
            restore(tmp_path / "b.zip", tmp_path / place)
    assert files(tmp_path / "full") == {"x": b"mine"}
    (tmp_path / "empty").mkdir()
    assert restore(tmp_path / "b.zip", tmp_path / "empty").originals == MAILS


def test_originals_that_are_gone_or_damaged_are_named_and_the_rest_is_kept(office: Belongings, tmp_path: Path) -> None:
    gone, damaged, *_ = sorted((office.state / "mail").rglob("*.eml"))
    gone.unlink()
    damaged.write_bytes(b"other bytes")
    manifest = back_up(office, tmp_path / "b.zip", NOW)
    assert set(manifest.missing) == {path.relative_to(office.state).as_posix() for path in (gone, damaged)}
    assert restore(tmp_path / "b.zip", tmp_path / "new").originals == MAILS - 2
    assert (tmp_path / "new" / damaged.relative_to(office.state.parent)).read_bytes() == b"other bytes"


def test_there_is_nothing_to_back_up_before_the_first_run(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no ledger yet"):
        back_up(Belongings(f"sqlite:///{tmp_path}/ledger.db", tmp_path, "", {}), tmp_path / "b.zip", NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_ledger_of_an_earlier_version_is_backed_up_as_it_is_and_goes_on_after_its_restore(tmp_path: Path) -> None:
    state = make_state(tmp_path / "state")
    url = f"sqlite:///{state}/ledger.db"
    first_release(url, tmp_path)
    manifest = back_up(Belongings(url, state, "", {}), tmp_path / "b.zip", NOW)
    assert (manifest.revision, len(manifest.missing)) == ("0001", 4)
    restore(tmp_path / "b.zip", tmp_path / "new")
    restored = f"sqlite:///{tmp_path}/new/state/ledger.db"
    assert digests(restored) == digests(url)
    assert bring_up_to_date(restored) is not None


@pytest.mark.server
def test_a_ledger_in_postgresql_is_backed_up_and_restored_into_a_folder_and_into_a_database(
    postgres_url: str, tmp_path: Path
) -> None:
    url = empty_database(postgres_url, "backed_up")
    fill(url, tmp_path / "state")
    manifest = back_up(Belongings(url, tmp_path / "state", "", {}), tmp_path / "b.zip", NOW)
    assert manifest.missing == ()
    target = empty_database(postgres_url, "restored")
    restore(tmp_path / "b.zip", tmp_path / "new", target)
    for place in (target, f"sqlite:///{tmp_path}/new/state/ledger.db"):
        assert digests(place) == digests(url)
        store = SqlStore(place, ZONE)
        with store.begin() as ledger:  # numbers go on where they were
            assert ledger.mails.add(full_mail(message_id="<new@x>", sha256="f" * 64)) == MAILS + 1
            assert next(iter(ledger.mails.all())).received == NOON
            assert ledger.outbox.add(outgoing("b"), NOON, NOON)
        store.close()
    with pytest.raises(StoreError, match="holds a ledger already"):
        restore(tmp_path / "b.zip", tmp_path / "again", target)
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("left", [True, False])
def test_a_digest_of_a_table_knows_no_order_but_every_value(left: bool) -> None:
    rows: list[dict[str, Any]] = [{"id": 1, "text": "a", "blob": b"x"}, {"id": 2, "text": None, "blob": b""}]
    assert digest_of(rows) == digest_of([dict(reversed(row.items())) for row in reversed(rows)])
    for name, value in (("id", 3), ("text", "b"), ("text", ""), ("blob", b"y")):
        changed = [{**row, name: value} if number == left else row for number, row in enumerate(rows)]
        assert digest_of(changed) != digest_of(rows)


# --- backups that somebody made or changed -----------------------------------------------------------------------------

Change = Callable[[dict[str, Any], dict[str, bytes]], None]


def tampered(source: Path, into: Path, change: Change, entry: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> Path:
    """The same backup with another list of contents, other files or other entries."""
    with zipfile.ZipFile(source) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(contents.pop("manifest.json"))
    change(manifest, contents)
    with zipfile.ZipFile(into, "w") as archive:
        for name, content in {**contents, "manifest.json": json.dumps(manifest).encode()}.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = 0o100600 << 16
            entry(info)
            archive.writestr(info, content)
    return into


def _add(name: str) -> Change:
    def change(manifest: dict[str, Any], contents: dict[str, bytes]) -> None:
        import hashlib

        contents[name] = b"x"
        manifest["files"][name] = {"bytes": 1, "sha256": hashlib.sha256(b"x").hexdigest()}

    return change


def _other_byte(manifest: dict[str, Any], contents: dict[str, bytes]) -> None:
    name = next(name for name in contents if name.endswith(".eml"))
    contents[name] = contents[name].replace(b"m", b"n", 1)


def _longer(manifest: dict[str, Any], contents: dict[str, bytes]) -> None:
    contents["rules/campaign.toml"] += b"\0" * 50_000_000


def _one_less(manifest: dict[str, Any], contents: dict[str, bytes]) -> None:
    name = next(name for name in contents if name.startswith("state/mail/"))
    del contents[name], manifest["files"][name]


def _unlisted(manifest: dict[str, Any], contents: dict[str, bytes]) -> None:
    contents["rules/more.toml"] = b"x"


def _other_rows(manifest: dict[str, Any], contents: dict[str, bytes]) -> None:
    manifest["tables"]["mails"]["rows"] += 1


def _without_table(manifest: dict[str, Any], contents: dict[str, bytes]) -> None:
    del manifest["tables"]["outbox"]


def _other_format(manifest: dict[str, Any], contents: dict[str, bytes]) -> None:
    manifest["format"] = 2


def _other_revision(manifest: dict[str, Any], contents: dict[str, bytes]) -> None:
    manifest["revision"] = "0001"


def _no_ledger(manifest: dict[str, Any], contents: dict[str, bytes]) -> None:
    del contents["state/ledger.db"], manifest["files"]["state/ledger.db"]


def _no_words(manifest: dict[str, Any], contents: dict[str, bytes]) -> None:
    manifest.clear()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param(_add("../outside"), "which no backup", id="out-of-the-folder"),
        pytest.param(_add("rules/../../outside"), "which no backup", id="out-of-the-folder-by-a-way-round"),
        pytest.param(_add("/etc/outside"), "which no backup", id="absolute"),
        pytest.param(_add("rules\\..\\outside"), "which no backup", id="backslash"),
        pytest.param(_add("C:/outside"), "which no backup", id="drive"),
        pytest.param(_add("state/secret"), "which no backup", id="other-file-of-the-state"),
        pytest.param(_add("state/mail/00/x.eml"), "which no backup", id="no-original"),
        pytest.param(_add(".bashrc"), "which no backup", id="other-file"),
        pytest.param(_other_byte, "is not what was backed up", id="other-byte"),
        pytest.param(_longer, "is not what was backed up", id="longer-than-listed"),
        pytest.param(_one_less, "1 originals of the ledger are not in the backup", id="an-original-less"),
        pytest.param(_unlisted, "other files than its list", id="unlisted"),
        pytest.param(_other_rows, "the table mails", id="other-rows"),
        pytest.param(_without_table, "the table outbox", id="a-table-less"),
        pytest.param(_other_format, "format 2", id="other-format"),
        pytest.param(_other_revision, "another revision", id="other-revision"),
        pytest.param(_no_ledger, "holds no ledger", id="no-ledger"),
        pytest.param(_no_words, "list of contents cannot be read", id="no-list"),
    ],
)
def test_a_backup_that_is_not_what_it_says_is_refused_and_nothing_is_left(
    office: Belongings, tmp_path: Path, change: Change, said: str
) -> None:
    back_up(office, tmp_path / "b.zip", NOW)
    bad = tampered(tmp_path / "b.zip", tmp_path / "bad.zip", change)
    before = files(tmp_path)
    with pytest.raises((BackupError, StoreError), match=said):
        restore(bad, tmp_path / "deep" / "new")
    assert files(tmp_path) == before
    assert list((tmp_path / "deep").iterdir()) == []


def test_a_link_in_a_backup_is_refused(office: Belongings, tmp_path: Path) -> None:
    def link(info: zipfile.ZipInfo) -> None:
        if info.filename == "rules/campaign.toml":
            info.external_attr = (stat.S_IFLNK | 0o777) << 16

    back_up(office, tmp_path / "b.zip", NOW)
    bad = tampered(tmp_path / "b.zip", tmp_path / "bad.zip", lambda _manifest, _contents: None, link)
    with pytest.raises(BackupError, match="which no backup"):
        restore(bad, tmp_path / "new")


@pytest.mark.parametrize("cut", [0, 10, 5000, -30])
def test_half_a_backup_is_refused(office: Belongings, tmp_path: Path, cut: int) -> None:
    back_up(office, tmp_path / "b.zip", NOW)
    whole = (tmp_path / "b.zip").read_bytes()
    (tmp_path / "half.zip").write_bytes(whole[:cut])
    with pytest.raises(BackupError, match="damaged"):
        restore(tmp_path / "half.zip", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_disk_that_is_too_small_is_told_before_anything_is_written(
    office: Belongings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(office, tmp_path / "b.zip", NOW)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10))
    with pytest.raises(BackupError, match="not free"):
        restore(tmp_path / "b.zip", tmp_path / "new")


def test_names_a_backup_may_hold() -> None:
    good = ["shouli.toml", "state/ledger.db", f"state/mail/ab/{'a' * 64}.eml", "rules/units.csv", "templates/letters/一/a.txt"]
    assert [name for name in good if not is_ours(name)] == []
    bad = ["rules", "rules/", "rules//a", "rules/./a", "rules/..", "rules/a\x00", "rules/a\nb", "mail/x", "", "state/lock"]
    assert [name for name in bad if is_ours(name)] == []


def test_a_backup_leaves_nothing_half_done_when_the_disk_fails(
    office: Belongings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "b.zip")

    monkeypatch.setattr("bot.adapters.backup.flush_file", full)
    before = files(tmp_path)
    with pytest.raises(OSError, match="No space"):
        back_up(replace(office, settings="x"), tmp_path / "b.zip", NOW)
    assert files(tmp_path) == before
