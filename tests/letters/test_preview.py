"""Previews: every letter can be looked at, from any campaign's own rules, and nothing in it is left undefined."""

from pathlib import Path

import pytest

from bot.adapters.blank_forms import FormScribe
from bot.adapters.rules import load_rules
from bot.adapters.store import SqlStore
from bot.adapters.wording import load_wording
from bot.adapters.workbook import LedgerBook
from bot.cli import run
from bot.model import Letter
from bot.steps.preview import Easel, page, preview
from tests.fakes import memory_store
from tests.letters.build import POST, TEMPLATES

ROOT = Path(__file__).parents[2]


def easel(store: SqlStore) -> Easel:
    folder = ROOT / "rules" / "3x100-2021"
    rules = load_rules(folder)
    wording = load_wording(rules, folder / "templates", TEMPLATES)
    return Easel(store, wording, rules, FormScribe(rules, wording), LedgerBook(rules, wording), POST)


@pytest.mark.parametrize("letter", Letter)
def test_every_letter_can_be_looked_at(letter: Letter) -> None:
    shown = preview(letter, easel(memory_store()))
    assert shown.letter is letter
    html = page(shown)
    assert html.startswith("<!DOCTYPE html>")
    assert f"<b>Subject:</b> {shown.subject}" in html
    assert html.index("<b>Subject:</b>") > html.index("<body")


def test_a_preview_is_the_same_each_time() -> None:
    assert preview(Letter.DEFECTS, easel(memory_store())) == preview(Letter.DEFECTS, easel(memory_store()))


def test_a_subject_from_outside_is_text_in_the_page() -> None:
    shown = preview(Letter.RECEIPT, easel(memory_store()))
    object.__setattr__(shown, "subject", "<script>alert(1)</script>")
    assert "<script>" not in page(shown)


def test_another_campaign_previews_in_its_own_language(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    into = tmp_path / "letter.html"
    folder = ROOT / "tests" / "campaigns" / "town-award"
    assert run(["preview", "defects", "--rules", str(folder), "--into", str(into)]) == 0
    assert "Subject: " in capsys.readouterr().out
    assert not any("\u4e00" <= character <= "\u9fff" for character in into.read_text("utf-8"))
