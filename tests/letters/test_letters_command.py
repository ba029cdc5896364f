"""`shouli letters` and `shouli remind --preview`, as a person at a terminal uses them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.store import SqlStore
from bot.cli import run
from bot.model import OutboxRow, OutboxState
from tests.fakes import ZONE
from tests.letters.build import at
from tests.letters.scenes import defects, receipt


class Terminal:
    """A settings file, a ledger with two waiting letters, and what commands print."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.capsys = capsys
        self.config = folder / "shouli.toml"
        self.config.write_text('[mailbox]\nkind = "maildir"\npath = "in"\n[courier]\nkind = "folder"\npath = "out"\n', "utf-8")
        (folder / "state").mkdir(mode=0o700)
        self.store = SqlStore(f"sqlite:///{folder / 'state' / 'ledger.db'}", ZONE)
        with self.store.begin() as transaction:
            for letter in (receipt(), replace(defects(), dedup_key="answer:2")):
                assert transaction.outbox.add(letter, at(10), at(10), OutboxState.WAITING)

    def type(self, *words: str) -> tuple[int, str, str]:
        code = run(["--config", str(self.config), *words])
        out, err = self.capsys.readouterr()
        return code, out, err

    def row(self, id: int) -> OutboxRow:
        with self.store.glance() as look:
            return look.outbox.get(id)


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(tmp_path, capsys)


def test_waiting_letters_are_listed_with_recipients_and_subject(terminal: Terminal) -> None:
    code, out, _ = terminal.type("letters")
    assert (code, terminal.type("letters", "list")[1]) == (0, out)
    assert out.splitlines() == [
        "1  2021-12-10 09:30  yunchuan@city.example",
        f"    {receipt().subject}",
        "2  2021-12-10 09:30  yunchuan@city.example",
        f"    {defects().subject}",
    ]


def test_a_letter_is_shown_and_written_as_a_page(terminal: Terminal) -> None:
    page = terminal.folder / "letter.html"
    code, out, _ = terminal.type("letters", "show", "2", "--into", str(page))
    assert code == 0
    assert out.startswith(f"Letter 2, waiting\nTo: yunchuan@city.example\nSubject: {defects().subject}\n")
    assert "补正：" in out
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_letters_are_released_or_kept_back_by_number(terminal: Terminal) -> None:
    assert terminal.type("letters", "release", "1")[0] == 0
    assert terminal.type("letters", "refuse", "2", "--reason", "phoned")[0] == 0
    assert terminal.row(1).state is OutboxState.QUEUED
    assert (terminal.row(2).state, terminal.row(2).error) == (OutboxState.DROPPED, "kept back by operator: phoned")
    assert terminal.type("letters") == (0, "", "")


def test_a_letter_that_does_not_wait_is_told_in_one_line(terminal: Terminal) -> None:
    terminal.type("letters", "release", "1")
    for words in (("release", "2", "1"), ("refuse", "9"), ("show", "9"), ("edit", "1", "--from", "/dev/null")):
        code, out, err = terminal.type("letters", *words)
        assert (code, out, err.count("\n")) == (2, "", 1)
    assert terminal.row(2).state is OutboxState.WAITING


def test_words_are_changed_in_an_editor(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "sed -i -e 's/现予受理/现予受理（人工核对）/' -e '1s/受理回执/受理/'")
    code, out, _ = terminal.type("letters", "edit", "1")
    assert (code, out) == (0, "letter 1 is rewritten and waits: shouli letters release 1\n")
    row = terminal.row(1)
    assert row.state is OutboxState.WAITING
    assert row.outgoing.subject.startswith("【受理】")
    assert "现予受理（人工核对）" in terminal.type("letters", "show", "1")[1]
    monkeypatch.setenv("EDITOR", "true")
    assert terminal.type("letters", "edit", "1")[1] == "letter 1 is as it was\n"


@pytest.mark.parametrize("editor", ["false", "/no/such/editor"])
def test_an_editor_that_fails_changes_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, editor: str) -> None:
    monkeypatch.setenv("VISUAL", editor)
    before = terminal.row(1)
    code, _, err = terminal.type("letters", "edit", "1")
    assert (code, err.count("\n")) == (2, 1)
    assert terminal.row(1) == before


def test_words_come_from_a_file(terminal: Terminal) -> None:
    words = terminal.folder / "words.txt"
    words.write_text("Subject: 新主题\n\n新内容\n", "utf-8")
    assert terminal.type("letters", "edit", "1", "--from", str(words))[0] == 0
    assert terminal.row(1).outgoing.subject == "新主题"
    words.write_text("新内容\n", "utf-8")
    assert terminal.type("letters", "edit", "1", "--from", str(words))[0] == 2
    words.unlink()
    assert terminal.type("letters", "edit", "1", "--from", str(words))[0] == 2


def test_a_preview_of_reminders_queues_nothing(terminal: Terminal) -> None:
    code, out, _ = terminal.type("remind", "--preview")
    assert (code, out) == (0, "0 reminders would be written now\n")
    with terminal.store.glance() as look:
        assert len(list(look.outbox.heads())) == 2
