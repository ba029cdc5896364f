"""After the campaign: an index and all originals that can be checked, then a ledger and a folder that name nobody any more."""

import base64
import csv
import hashlib
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa

from bot.adapters.archive import ArchiveError, verified, write_archive
from bot.adapters.archive_index import archive_problems
from bot.adapters.files import FileOriginals, make_state
from bot.adapters.hash_chain import chained, head_of
from bot.adapters.ledger_emptying import ARCHIVED, empty_of, is_emptied
from bot.adapters.removal import remove_personal_data
from bot.adapters.removal_policy import CHANGED, KEPT
from bot.adapters.rules import load_rules
from bot.adapters.store import SqlStore
from bot.adapters.store_engine import make_engine
from bot.adapters.store_tables import metadata
from bot.adapters.wording import load_wording
from bot.campaign import Rules
from bot.config import Config
from bot.letters.render import Wording
from bot.model import Address, AnswerState, Event, FileRow, Filing, Format, MailRow, Nomination, OutboxState, Role
from bot.steps.status import status
from bot.wiring import campaign_folder, shipped
from tests.adapters.test_backup import empty_database
from tests.adapters.values import filed, full_mail, full_nomination
from tests.fakes import NOON, ZONE, mail_bytes, outgoing

NOW = datetime(2022, 1, 15, 2, 3, 4, tzinfo=UTC)
MATERIAL = "材料.docx"
NAMES = ("胡一尘", "hu@slt.example", "0371-65990001", "=cmd|' /C calc'!A0", "胡一尘推荐表.docx", "先锋护河队的材料")
"""What must be nowhere afterwards: nominee, address, telephone, file, words of a material."""


@pytest.fixture(scope="module")
def rules() -> Rules:
    return load_rules(campaign_folder(Config()))


@pytest.fixture(scope="module")
def wording(rules: Rules) -> Wording:
    return load_wording(rules, None, shipped("templates"))


@pytest.fixture(params=["file", pytest.param("postgres", marks=pytest.mark.server)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "file":
        yield f"sqlite:///{make_state(tmp_path / 'state')}/ledger.db"
    else:
        yield empty_database(request.getfixturevalue("postgres_url"), "archived")


def version(number: int, version: int = 1, mail: int = 0) -> Nomination:
    """A version of a nomination that its own mail brought whole."""
    brought = {"mail": mail or number, "form_mail": mail or number, "material_mail": mail or number}
    known = {"nominee": NAMES[0], "form": NAMES[4], "material": MATERIAL, "fields": {"联系电话": NAMES[2]}, "paper": None}
    return full_nomination(f"{number:04d}", version=version, unit="410700", **brought, **known)


def received(number: int, content: bytes, original: str) -> MailRow:
    """The mail of that nomination, handled and answered."""
    return full_mail(
        message_id=f"<{number}@slt.example>",
        sha256=Path(original).stem,
        original=original,
        size=len(content),
        files=(
            FileRow(NAMES[4], "a" * 64, 100, Format.DOCX, Role.FORM),
            FileRow(MATERIAL, "b" * 64, 9, Format.DOCX, Role.MATERIAL),
        ),
        sender=Address(NAMES[1], NAMES[0]),
        subject=NAMES[3],
        filed=(f"{number:04d}",),
        answer_state=AnswerState.WRITTEN,
    )


@pytest.fixture
def state(url: str, tmp_path: Path) -> Path:
    """A state folder with two mails, three versions of two nominations, a letter, and all that a run leaves beside them."""
    folder = make_state(tmp_path / "state")
    originals, store = FileOriginals(folder), SqlStore(url, ZONE)
    with store.begin() as ledger:
        for number in (1, 2):
            content = mail_bytes(str(number), NAMES[0], NAMES[3])
            assert ledger.mails.add(received(number, content, originals.keep(content))) == number
            ledger.nominations.file(filed(version(number)), number, NOON)
            ledger.nominations.learn("410700", Address(NAMES[1], NAMES[0]), number)
            ledger.texts.keep(f"{number:04d}", NAMES[5] * 200)
        ledger.nominations.file(filed(version(1, 2, mail=2), Filing.CORRECTED), 2, NOON)
        ledger.chronicle.add(Event(NOON, NAMES[1], "ordered", f"address:{NAMES[1]}", {"nominee": NAMES[0]}))
        ledger.chronicle.add(Event(NOON, "mail:1", "filed", "nomination:0001", {"nominee": NAMES[0]}))
        assert ledger.outbox.add(
            replace(outgoing("a"), recipients=(NAMES[1],), subject=NAMES[0], content=NAMES[0].encode() * 50), NOON, NOON
        )
        ledger.outbox.claim(NOON)
        ledger.outbox.settle(1, OutboxState.SENT, NOON)
        ledger.marks.put("mailbox-error", NAMES[0])
    store.close()
    (folder / "export").mkdir()
    (folder / "export" / "推荐台账.xlsx").write_text(NAMES[0])
    (folder / "ledger-before-0002.db").write_text(NAMES[0])
    (folder / "code-secret").write_text("s")
    return folder


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


# --- the archive -----------------------------------------------------------------------------------------------------------


def test_the_archive_holds_every_version_every_mail_and_every_file_with_its_digest(
    url: str, state: Path, tmp_path: Path, rules: Rules, wording: Wording
) -> None:
    record = write_archive(url, state, rules, wording, tmp_path / "归档", NOW)
    assert (record.nominations, record.mails, record.missing, record.campaign) == (2, 2, (), "3x100-2021")
    found = {path.name: path.read_bytes() for path in (tmp_path / "归档").iterdir()}
    tables = [f"{name}.csv" for name in ("推荐目录", "来信目录", "附件目录", "统计")]
    assert sorted(found) == sorted([*tables, "归档目录.xlsx", "来信原件.zip", "SHA256SUMS", "archive.json"])
    columns = ("编号", "版次", "推荐单位", "推荐对象", "状态", "首次收到", "推荐表文件", "推荐表 SHA-256", "典型材料 SHA-256")
    assert [[row[name] for name in (*columns, "来信", "归档文件")] for row in rows(found["推荐目录.csv"])] == [
        [
            number,
            version,
            "新乡市",
            NAMES[0],
            state,
            "2021-12-10 12:00:00",
            NAMES[4],
            "a" * 64,
            "b" * 64,
            mail,
            f"来信000{mail}.eml",
        ]
        for number, version, state, mail in (
            ("0001", "1", "已更新", "1"),
            ("0001", "2", "已受理", "2"),
            ("0002", "1", "已受理", "2"),
        )
    ]
    with zipfile.ZipFile(io.BytesIO(found["来信原件.zip"])) as archive:
        digests = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
    assert digests == {row["归档文件"]: row["SHA-256"] for row in rows(found["来信目录.csv"])}
    assert [row["主题"] for row in rows(found["来信目录.csv"])] == [f"'{NAMES[3]}"] * 2
    assert [row["SHA-256"] for row in rows(found["附件目录.csv"])] == ["a" * 64, "b" * 64] * 2
    assert rows(found["统计.csv"]) == [
        {"单位类型": rules.kinds["city-large"].name, "类别": "实事项目", "状态": "已受理", "件数": "2"}
    ]
    assert {path.stat().st_mode & 0o077 for path in (tmp_path / "归档").rglob("*")} == {0}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["state", "归档"]


@pytest.mark.parametrize("url", ["file"], indirect=True)
def test_the_workbook_says_what_the_tables_say_and_no_cell_is_a_formula(
    url: str, state: Path, tmp_path: Path, rules: Rules, wording: Wording
) -> None:
    write_archive(url, state, rules, wording, tmp_path / "a", NOW)
    book = openpyxl.load_workbook(tmp_path / "a" / "归档目录.xlsx")
    assert book.sheetnames == ["推荐目录", "来信目录", "附件目录", "统计"]
    for sheet in book:
        cells = [list(row) for row in sheet.iter_rows()]
        assert {cell.data_type for row in cells for cell in row} <= {"s", "inlineStr", "n"}
        told = [dict(zip([str(cell.value) for cell in cells[0]], row, strict=True)) for row in cells[1:]]
        written = rows((tmp_path / "a" / f"{sheet.title}.csv").read_bytes())
        assert [{name: str(cell.value or "") for name, cell in row.items()} for row in told] == [
            {name: value.removeprefix("'") for name, value in row.items()} for row in written
        ]


@pytest.mark.parametrize("url", ["file"], indirect=True)
def test_an_archive_is_checked_by_us_and_by_sha256sum_and_a_changed_byte_is_seen(
    url: str, state: Path, tmp_path: Path, rules: Rules, wording: Wording
) -> None:
    folder = tmp_path / "a"
    record = write_archive(url, state, rules, wording, folder, NOW)
    assert verified(folder) == record
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, check=True, capture_output=True)
    for name in ("推荐目录.csv", "来信原件.zip", "archive.json"):
        whole = (folder / name).read_bytes()
        (folder / name).write_bytes(whole[:-1] + b"?")
        with pytest.raises(ArchiveError, match="not what was archived"):
            verified(folder)
        (folder / name).write_bytes(whole)
    assert verified(folder) == record
    with pytest.raises(ArchiveError, match="is not empty"):
        write_archive(url, state, rules, wording, folder, NOW)
    with pytest.raises(ArchiveError, match="is no archive"):
        verified(state)


@pytest.mark.parametrize("url", ["file"], indirect=True)
def test_an_original_that_is_gone_is_named_in_the_index_and_keeps_the_removal_from_happening(
    url: str, state: Path, tmp_path: Path, rules: Rules, wording: Wording
) -> None:
    next((state / "mail").rglob("*.eml")).unlink()
    record = write_archive(url, state, rules, wording, tmp_path / "a", NOW)
    assert len(record.missing) == 1
    told = [row["归档文件"] for row in rows((tmp_path / "a" / "来信目录.csv").read_bytes())]
    assert {"原件缺失或已损坏", f"来信{3 - record.missing[0]:04d}.eml"} == set(told)
    with pytest.raises(ArchiveError, match="lacks the originals of 1 mails"):
        remove_personal_data(url, state, tmp_path / "a", "proof.jsonl", NOW)


def test_a_wording_that_lacks_a_word_of_the_index_is_told(rules: Rules, wording: Wording) -> None:
    assert archive_problems(wording) == ()
    words = {"files": dict(wording.words["archive"]["files"]), "columns": dict(wording.words["archive"]["columns"])}
    del words["columns"]["nominee"]
    words["files"] |= {"index": "../x", "mail": "来信"}
    assert archive_problems(Wording({}, {"archive": words})) == (
        "words/archive.toml: columns.nominee: missing",
        "words/archive.toml: files.index: '../x' cannot be a file's name",
        "words/archive.toml: files.mail: write {id} where the mail's number goes",
    )
    words["columns"]["nominee"], words["files"]["index"], words["files"]["mail"] = "x", "y", "{id}{subject}"
    assert archive_problems(Wording({}, {"archive": words})) == (
        "words/archive.toml: files.mail: write {id} where the mail's number goes",
    )


# --- the removal -----------------------------------------------------------------------------------------------------------


def traces(folder: Path) -> dict[str, list[str]]:
    """Files in which one of the names can be read, in whatever way a text may lie there."""
    found: dict[str, list[str]] = {}
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for name in NAMES:
            ways = {name.encode(how) for how in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}
            ways |= {json.dumps(name).strip('"').encode(), base64.b64encode(name.encode())[:-2]}
            if any(way in content for way in ways):
                found.setdefault(path.name, []).append(name)
    return found


def test_afterwards_nobody_is_named_in_the_state_folder_nor_in_the_database_and_counts_stay(
    url: str, state: Path, tmp_path: Path, rules: Rules, wording: Wording
) -> None:
    store = SqlStore(url, ZONE)
    before = status(store, NOW)
    store.close()
    record = write_archive(url, state, rules, wording, tmp_path / "a", NOW)
    assert traces(state)
    digests = {path.stem: path.stat().st_size for path in (state / "mail").rglob("*.eml")}
    done = remove_personal_data(url, state, tmp_path / "a", "proof.jsonl", NOW)
    assert traces(state) == {}
    assert {path.name for path in state.iterdir()} <= {"ledger.db", "ledger.db-wal", "ledger.db-shm", "lock"}
    assert_unnamed(url)
    store = SqlStore(url, ZONE)
    after = status(store, NOW)
    assert (after.mails, after.nominations, after.letters) == (before.mails, before.nominations, before.letters)
    with store.glance() as ledger:  # every row is still one that the program reads
        assert [mail.sha256 for mail in ledger.mails.all()] == list(digests) or set(digests) == {
            m.sha256 for m in ledger.mails.all()
        }
        assert [(one.number, one.version, one.nominee) for one in ledger.nominations.all()] == [
            ("0001", 2, ""),
            ("0002", 1, ""),
        ]
        assert [row.outgoing.recipients for row in ledger.outbox.all()] == [()]
        told = list(ledger.chronicle.all())
        assert [(event.who, event.what, event.subject) for event in told] == [
            ("office", "ordered", "removed"),
            ("mail:1", "filed", "nomination:0001"),
            ("operator", "personal-data-removed", "ledger"),
        ]
        assert told[-1].facts == {"proof": done.head}
        assert ledger.marks.get(ARCHIVED) == NOW.isoformat()
    store.close()
    lines = [json.loads(line) for line in done.proof.read_text("utf-8").splitlines()]
    assert {line["sha256"]: line["bytes"] for line in lines if line["what"] == "original"} == digests
    assert {line["name"]: line["rows"] for line in lines if line["what"] == "table"} == {
        name: digest.rows for name, digest in record.tables.items()
    }
    files = {line["name"] for line in lines if line["what"] == "file"}
    assert files == {"export/推荐台账.xlsx", "ledger-before-0002.db", "code-secret"}
    assert (done.originals, done.files) == (2, 3)
    assert verified(tmp_path / "a") == record


def assert_unnamed(url: str) -> None:
    """No value of any row holds one of the names."""
    engine = make_engine(url)
    found = sa.MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        for table in found.sorted_tables:
            for row in connection.execute(sa.select(table)):
                assert not [name for name in NAMES if name in str(tuple(row))], (table.name, row)
    engine.dispose()


@pytest.mark.parametrize("url", ["file"], indirect=True)
def test_a_ledger_that_moved_on_since_its_archive_is_left_alone(
    url: str, state: Path, tmp_path: Path, rules: Rules, wording: Wording
) -> None:
    write_archive(url, state, rules, wording, tmp_path / "a", NOW)
    store = SqlStore(url, ZONE)
    with store.begin() as ledger:
        ledger.chronicle.add(Event(NOON, "operator", "paper", "nomination:0001"))
    store.close()
    before = traces(state)
    with pytest.raises(ArchiveError, match=r"moved on since the archive was written \(chronicle\)"):
        remove_personal_data(url, state, tmp_path / "a", "proof.jsonl", NOW)
    assert traces(state) == before
    assert not (tmp_path / "a" / "proof.jsonl").exists()


@pytest.mark.parametrize("url", ["file"], indirect=True)
@pytest.mark.parametrize("died", ["empty_ledger", "forget_free_pages", "_remove_files"])
def test_a_removal_that_died_on_its_way_is_finished_by_the_next_one(
    url: str, state: Path, tmp_path: Path, rules: Rules, wording: Wording, died: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    write_archive(url, state, rules, wording, tmp_path / "a", NOW)
    with monkeypatch.context() as patch:
        patch.setattr(f"bot.adapters.removal.{died}", dies)
        with pytest.raises(KeyboardInterrupt):
            remove_personal_data(url, state, tmp_path / "a", "proof.jsonl", NOW)
    assert traces(state)
    done = remove_personal_data(url, state, tmp_path / "a", "proof.jsonl", NOW + timedelta(hours=1))
    assert traces(state) == {}
    assert head_of(done.proof.read_bytes()) == done.head
    store = SqlStore(url, ZONE)
    with store.glance() as ledger:
        told = [event.facts["proof"] for event in ledger.chronicle.all() if event.what == "personal-data-removed"]
    store.close()
    assert told == [done.head]


def test_what_stays_is_named_column_by_column_and_every_other_column_can_be_emptied() -> None:
    tables = {table.name: table for table in metadata.sorted_tables}
    for name, kept in KEPT.items():
        assert kept <= set(tables[name].c.keys())
        for column in tables[name].c:
            if is_emptied(column):
                assert empty_of(column)
    assert {(table, column) for table, column in CHANGED if column not in tables[table].c} == set()


def test_a_link_out_of_the_state_folder_is_removed_and_not_followed(tmp_path: Path, rules: Rules, wording: Wording) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine").write_text("mine")
    url = f"sqlite:///{make_state(tmp_path / 'state')}/ledger.db"
    SqlStore(url, ZONE).close()
    (tmp_path / "state" / "folder").symlink_to(outside)
    (tmp_path / "state" / "file").symlink_to(outside / "mine")
    write_archive(url, tmp_path / "state", rules, wording, tmp_path / "a", NOW)
    remove_personal_data(url, tmp_path / "state", tmp_path / "a", "proof.jsonl", NOW)
    assert (outside / "mine").read_text() == "mine"
    assert not (tmp_path / "state" / "file").is_symlink()
    assert not (tmp_path / "state" / "folder").is_symlink()


# --- the chain -------------------------------------------------------------------------------------------------------------


def test_a_chain_of_lines_shows_every_change() -> None:
    whole = b"".join(chained([{"a": 1}, {"a": "二"}, {"a": 3}]))
    head = head_of(whole)
    assert len(head) == 64
    first, second, third = whole.splitlines(keepends=True)
    for wrong in (
        first + third,
        second + third,
        first + second + second + third,
        whole.replace(b'"a": 1', b'"a": 2'),
        b"",
        b"x\n",
    ):
        with pytest.raises(ValueError, match="line"):
            head_of(wrong)
    # What is cut off or changed at the end is not seen by the lines, but by the head that a person wrote down.
    assert head_of(first + second) != head
    assert head_of(whole.replace(b'"a": 3', b'"a": 4')) != head
