"""The command line: contracts, exit codes, errors in one line, and texts from outside shown harmlessly."""

import base64
import hashlib
import json
import logging
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.cli import run
from bot.cli.printing import complain, say
from bot.demo.acts import loose, nominees, note, papers
from bot.demo.cast import writer
from bot.demo.programs import compose
from bot.demo.scene import on
from bot.demo.stage import Stage, prepare

KEYS = ["path", "message_id", "outcome", "reason", "command", "unit", "nominations", "findings", "files", "letters"]
NOMINATION = [
    *("number", "version", "category", "nominee", "unit", "state", "form", "material", "characters", "fields", "findings"),
]
ESCAPES = "\x1b]0;title\x07\x1b[2J红\u202etxt"
QUESTION = "Message-ID: <q@x>\r\nFrom: =?utf-8?b?{}?= <zhao@qq.example>\r\nSubject: =?utf-8?b?{}?=\r\n\r\n您好，请问怎样报名？"


def nomination(unit: str = "water", key: str = "one", number: int = 0, category: str = "project") -> bytes:
    """A clean mail of a unit."""
    who, at = writer(unit), on(8, "10:00")
    some = nominees(who, at, {category: (number,)})
    return compose(note(who, key, at, some, enclosures=loose(papers(who, some))), who.program)


def question() -> bytes:
    """A question whose subject and sender would move the terminal's cursor."""
    words = base64.b64encode(ESCAPES.encode()).decode()
    return QUESTION.format(words, words).encode()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    (folder / "1.eml").write_bytes(nomination())
    (folder / "2.eml").write_bytes(nomination(key="two", number=1))
    (folder / "3.eml").write_bytes(question())
    (folder / "4.eml").write_bytes(b"\x00\xff" * 50)
    (folder / "5.EML").write_bytes(b"")
    (folder / "notes.txt").write_text("no mail")
    return folder


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A stage after one round: a nomination filed, a question held."""
    stage = prepare(tmp_path_factory.mktemp("lived") / "stage")
    stage.drop(nomination(), on(8, "10:00"))
    stage.drop(question(), on(8, "11:00"))
    assert run(["--config", str(stage.settings), "once"]) == 0
    return stage


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test in an empty folder of its own, without settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("SHOULI_MAILBOX_PASSWORD", "SHOULI_COURIER_PASSWORD", "SHOULI_LEDGER_URL"):
        monkeypatch.delenv(name, raising=False)


Said = pytest.CaptureFixture[str]


def tried(capsys: Said, *arguments: object) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert run(["try", "--json", *map(str, arguments)]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.split("\n") if line]


# --- try -------------------------------------------------------------------------------------------------------------------


def test_try_prints_one_line_a_mail_in_name_order_with_every_key(samples: Path, capsys: Said) -> None:
    rows = tried(capsys, "--at", "2021-12-08T10:00:00+08:00", samples)
    assert [Path(row["path"]).name for row in rows] == ["1.eml", "2.eml", "3.eml", "4.eml", "5.EML"]
    assert [list(row) for row in rows] == [KEYS] * 5
    assert [row["outcome"] for row in rows][:3] == ["received", "received", "held"]
    filed = rows[0]["nominations"][0]
    assert list(filed) == NOMINATION
    assert (filed["number"], filed["version"], filed["category"], filed["state"]) == ("0001", 1, "project", "accepted")
    assert filed["fields"]["项目名称"] == filed["nominee"]
    assert filed["form"] in {file["file"] for file in rows[0]["files"]}
    assert {file["role"] for file in rows[0]["files"]} == {"form", "material"}
    assert rows[0]["unit"] == {"id": filed["unit"], "name": "河南省水利厅", "kind": "province"}
    assert [letter["letter"] for letter in rows[0]["letters"]] == ["receipt"]
    assert rows[2]["unit"] is None
    assert rows[2]["nominations"] == []
    assert rows[4]["message_id"] is None


def test_each_mail_is_judged_alone_unless_together(samples: Path, capsys: Said) -> None:
    at = ("--at", "2021-12-08T10:00:00+08:00")
    alone = tried(capsys, *at, samples / "1.eml", samples / "2.eml")
    assert [row["nominations"][0]["number"] for row in alone] == ["0001", "0001"]
    assert [row["nominations"][0]["state"] for row in alone] == ["accepted", "accepted"]
    together = tried(capsys, *at, "--together", samples / "1.eml", samples / "2.eml")
    assert [row["nominations"][0]["number"] for row in together] == ["0001", "0002"]
    assert [row["nominations"][0]["state"] for row in together] == ["accepted", "over-quota"]


def test_at_decides_lateness_and_without_it_the_mail_s_own_trace_does(samples: Path, capsys: Said) -> None:
    def state(*arguments: str) -> str:
        return str(tried(capsys, *arguments, samples / "1.eml")[0]["nominations"][0]["state"])

    assert state() == "accepted"  # by its Received header of 8 December 2021, whatever the day of this test
    assert state("--at", "2021-12-20T23:59:59+08:00") == "accepted"
    assert state("--at", "2021-12-20T16:00:00Z") == "late"
    assert state("--at", "2021-12-21") == "late"  # without a zone: the campaign's


def test_try_by_the_live_ledger_leaves_it_byte_for_byte_alone(lived: Stage, samples: Path, capsys: Said) -> None:
    before = contents(lived.folder)
    at = ("--at", "2021-12-08T12:00:00+08:00")
    capsys.readouterr()
    assert run(["--config", str(lived.settings), "try", "--json", "--ledger", *at, str(samples / "2.eml")]) == 0
    (row,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert [(one["number"], one["state"]) for one in row["nominations"]] == [("0002", "over-quota")]
    assert contents(lived.folder) == before


def contents(folder: Path) -> dict[str, str]:
    """Every file of a stage, and the rows of its ledger (SQLite's side files may be folded into it by looking)."""
    connection = sqlite3.connect(folder / "state" / "ledger.db")
    rows = "\n".join(connection.iterdump())
    connection.close()
    files = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("ledger.db-")
    }
    return {**files, "rows": hashlib.sha256(rows.encode()).hexdigest()}


def test_json_keeps_to_one_line_whatever_the_subject_and_the_locale(tmp_path: Path, capfdbinary: Any) -> None:
    subject = base64.b64encode("一\u2028二\x85三\x1b[2J".encode()).decode()
    attached = (
        f"Message-ID: <l@x>\r\nFrom: <a@qq.example>\r\nSubject: =?utf-8?b?{subject}?=\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: application/zip; name*=utf-8''%E4%B8%80%E2%80%A8%C2%85.zip\r\n\r\nx"
    )
    (tmp_path / "a.eml").write_text(attached)
    assert run(["try", "--json", str(tmp_path / "a.eml")]) == 0
    out = capfdbinary.readouterr().out.decode("utf-8")
    assert len(out.splitlines()) == 1
    assert "\x1b" not in out
    assert json.loads(out)["outcome"] in {"returned", "held"}


def test_try_for_people_shows_no_character_that_moves_a_terminal(samples: Path, capsys: Said) -> None:
    assert run(["try", "--at", "2021-12-08", str(samples)]) == 0
    out = capsys.readouterr().out
    assert not harmful(out)
    assert "received" in out


# --- looking ----------------------------------------------------------------------------------------------------------------


def harmful(text: str) -> list[str]:
    return [c for c in text if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u202a\u202b\u202c\u202d\u202e")]


def test_held_shows_what_waits_and_is_harmless(lived: Stage, capsys: Said) -> None:
    assert run(["--config", str(lived.settings), "held"]) == 0
    out = capsys.readouterr().out
    assert "mail:2" in out
    assert "zhao@qq.example" in out
    assert "[2J红" in out
    assert not harmful(out)


def test_what_is_printed_of_a_mail_cannot_move_a_terminal(capsys: Said) -> None:
    say(ESCAPES, "two\nlines")
    complain("one\nline\x9b")
    told = capsys.readouterr()
    assert told.out == "\\x1b]0;title\\x07\\x1b[2J红\\u202etxt\ntwo\nlines\n"
    assert told.err == "one\\x0aline\\x9b\n"


def test_status_counts_and_its_exit_code_says_whether_to_look(lived: Stage, capsys: Said) -> None:
    assert run(["--config", str(lived.settings), "status"]) == 0
    out = capsys.readouterr().out
    assert "mails        2, held 1, received 1" in out
    assert run(["--config", str(lived.settings), "status", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["well"], found["troubles"], found["mails"]) == (True, [], {"received": 1, "held": 1})


def test_status_of_a_worker_that_never_read_a_mailbox_is_1(tmp_path: Path, capsys: Said) -> None:
    stage = prepare(tmp_path / "stage")
    assert run(["--config", str(stage.settings), "status"]) == 1
    assert "attention: the mailbox has never been read" in capsys.readouterr().out


def test_paper_and_export_do_what_they_say(lived: Stage, tmp_path: Path, capsys: Said) -> None:
    assert run(["--config", str(lived.settings), "paper", "0001"]) == 0
    assert capsys.readouterr().out == "paper noted: 0001\n"
    book = tmp_path / "deep" / "ledger.xlsx"
    assert run(["--config", str(lived.settings), "export", "--into", str(book)]) == 0
    assert book.read_bytes()[:2] == b"PK"


def test_replay_under_the_same_rules_says_so(lived: Stage, capsys: Said) -> None:
    assert run(["--config", str(lived.settings), "replay"]) == 0
    assert capsys.readouterr().out == "Nothing would be decided differently.\n"


# --- errors -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["try", "nowhere.eml"], "nowhere.eml: no such file"),
        (["try", "--at", "yesterday", "."], "--at"),
        (["try"], "PATH"),
        (["fly"], "fly"),
        ([], "COMMAND"),
        (["try", "--rules", "nowhere", "."], "nowhere"),
        (["--config", "nowhere.toml", "status"], "nowhere.toml: cannot be read"),
        (["try", "--ledger", "."], "there is no ledger yet"),
        (["replay"], "there is no ledger yet"),
        (["forms", "--into", "file/below"], "file/below"),
    ],
)
def test_an_expected_error_is_one_line_and_exit_2(arguments: Sequence[str], words: str, capsys: Said) -> None:
    Path("file").write_text("")
    assert code(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert len(told.err.splitlines()) == 1
    assert words in told.err


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ("mail:1", "mail 1 is received"),
        ("mail:99", "there is no mail 99"),
        ("letter:99", "99"),
        ("0099", "there is no nomination 0099"),
        ("0001", "nothing about it waits"),
        ("post:1", "write mail:17"),
        ("mail:²", "write mail:17"),
    ],
)
def test_a_release_that_cannot_be_is_one_line_and_exit_2(item: str, words: str, lived: Stage, capsys: Said) -> None:
    assert code(["--config", str(lived.settings), "release", item]) == 2
    told = capsys.readouterr()
    assert len(told.err.splitlines()) == 1
    assert words in told.err


def test_a_worker_without_account_is_told_all_that_is_lacking(capsys: Said) -> None:
    Path("shouli.toml").write_text('[courier]\nuser = "a@126.com"\n')
    assert code(["once"]) == 2
    assert [line.split(":")[0] for line in capsys.readouterr().err.splitlines()] == [
        "mailbox.user",
        "mailbox.password",
        "courier.password",
    ]
    assert not Path("state").exists()


@pytest.mark.parametrize("url", ["nonsense", "mysql://a/b", "sqlite:////nowhere/at/all.db"])
def test_a_ledger_that_cannot_be_opened_is_one_line(url: str, capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOULI_LEDGER_URL", url)
    assert code(["status"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_certificates_that_are_not_there_are_told(capsys: Said) -> None:
    Path("shouli.toml").write_text('[mailbox]\nuser = "a"\npassword = "b"\nca_file = "gone.pem"\n')
    assert code(["once"]) == 2
    assert "mailbox.ca_file" in capsys.readouterr().err


def test_init_writes_settings_that_check_and_never_over_others(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    assert code(["init"]) == 0
    written = Path("shouli.toml").read_bytes()
    assert code(["init"]) == 2
    assert Path("shouli.toml").read_bytes() == written
    capsys.readouterr()
    monkeypatch.setenv("SHOULI_MAILBOX_PASSWORD", "x")
    Path("shouli.toml").write_text(written.decode().replace('user = ""', 'user = "office@126.com"', 1))
    assert code(["check"]) == 0
    assert "settings: good" in capsys.readouterr().out


def test_check_names_every_mistake_of_settings_and_rules_at_once(capsys: Said) -> None:
    Path("shouli.toml").write_text('[mailbox]\nport = "x"\n[wrong]\n')
    Path("rules").mkdir()
    Path("rules/campaign.toml").write_text("id = 3\n")
    assert code(["check", "--rules", "rules"]) == 2
    told = "".join(capsys.readouterr())
    assert "mailbox.port" in told
    assert "[wrong]" in told
    assert "campaign.toml" in told


def code(arguments: Sequence[str]) -> int:
    try:
        return run(arguments)
    except SystemExit as end:
        return int(end.code or 0)


@pytest.fixture(autouse=True)
def streams() -> Iterator[None]:
    """Log handlers hold on to the streams of the test that set them up: let go of them."""
    yield
    logging.getLogger("shouli").handlers.clear()
