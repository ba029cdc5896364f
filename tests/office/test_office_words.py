"""The office's wording: complete in both campaigns, each gap named, and everything drawn in another language."""

import io
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import docx
import openpyxl
import pytest

from bot.adapters.blank_forms import FormScribe
from bot.adapters.office_words import office_problems
from bot.adapters.rules import load_rules
from bot.adapters.wording import load_wording
from bot.adapters.workbook import LedgerBook
from bot.campaign import Category, FieldKind, Rules
from bot.deciding.briefing import briefing
from bot.deciding.standing import standing
from bot.letters.order_words import OrderSays
from bot.letters.render import Wording
from bot.model import Format, Letter, Nomination, State
from bot.reading.documents import read_document
from bot.reading.limits import Limits
from bot.reading.sections import sections
from bot.steps.digest_orders import OrderNews, order_hints
from bot.steps.digest_view import facts
from tests.fakes import memory_store
from tests.office.build import TEMPLATES, digest_wording, finding, nomination, office_wording
from tests.office.test_digest import HEALTH

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "rules" / "3x100-2021", ROOT / "tests" / "campaigns" / "town-award")
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
VALUES = {
    FieldKind.TEXT: "某某单位 Oak Club",
    FieldKind.LONG_TEXT: "第一段写做法。\n第二段写成效，惠及3000人。",
    FieldKind.PERSON: "戚长风",
    FieldKind.TELEPHONE: "0371-55500101",
    FieldKind.DATE: "2021年3月至11月",
    FieldKind.MONTH: "1975年3月",
    FieldKind.NUMBER: "3000余人",
    FieldKind.CHOICE: "男",
}


@cache
def loaded(folder: Path) -> tuple[Rules, Wording]:
    rules = load_rules(folder)
    return rules, load_wording(rules, folder / "templates", TEMPLATES)


def categories() -> list[tuple[Path, Category]]:
    return [(folder, category) for folder in FOLDERS for category in loaded(folder)[0].categories]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_campaign_has_all_the_words_of_its_office(folder: Path) -> None:
    rules, wording = loaded(folder)
    assert office_problems(wording, rules) == ()


def test_each_missing_word_is_named_with_its_file_and_key() -> None:
    rules, whole = loaded(FOLDERS[0])[0], digest_wording()
    office = {table: dict(entries) for table, entries in whole.words["office"].items() if table != "sheets"}
    del office["states"]["late"], office["columns"]["category_live"]
    sentences = {**whole.words["digest"], "left": "{% if %}"}
    del sentences["head_ring"]
    sources = dict.fromkeys(("letters/digest/body.txt",), "{{ put('head_ring', count=1) }}")
    found = office_problems(Wording(sources, {"office": office, "digest": sentences}), rules)
    assert found[:4] == (
        "words/office.toml: [sheets]: missing",
        "words/office.toml: states.late: missing",
        "words/office.toml: columns.category_live: missing",
        "words/digest.toml: head_ring: missing",
    )
    assert found[4].startswith("words/digest.toml: left: ")
    assert len(found) == 5


def test_a_place_for_a_seal_that_the_reader_would_take_for_a_value_is_a_problem() -> None:
    rules, wording = loaded(FOLDERS[1])
    office = {**wording.words["office"], "form": {**wording.words["office"]["form"], "seal": "Stamp here"}}
    found = office_problems(Wording({}, {**wording.words, "office": office}), rules)
    assert found == (
        "words/office.toml: form.seal: “Stamp here” is not among empty_values in mail.toml;"
        " a blank form would count as filled in",
    )


def test_without_any_words_the_check_still_ends_with_a_list() -> None:
    assert "words/office.toml: [form]: missing" in office_problems(Wording({}, {}), loaded(FOLDERS[0])[0])


def read_back(scribe: FormScribe, rules: Rules, category: Category, values: dict[str, str]) -> dict[str, str]:
    """What the reader of forms finds in the form, by field."""
    document = read_document(scribe.form(category, values), Format.DOCX, Limits())
    (section,) = sections(document, "form.docx", rules)
    assert section.form is not None
    assert category.id in section.form.titled
    return {field.name: field.value for field in section.form.fields}


@pytest.mark.parametrize(("folder", "category"), categories(), ids=lambda value: getattr(value, "id", None) or value.name)
def test_the_reader_finds_every_label_of_a_blank_form_and_not_one_value(folder: Path, category: Category) -> None:
    rules, wording = loaded(folder)
    assert read_back(FormScribe(rules, wording), rules, category, {}) == {spec.name: "" for spec in category.fields}


@pytest.mark.parametrize(("folder", "category"), categories(), ids=lambda value: getattr(value, "id", None) or value.name)
def test_the_reader_finds_every_value_of_a_form_that_was_filled_in(folder: Path, category: Category) -> None:
    rules, wording = loaded(folder)
    values = {spec.name: spec.choices[0] if spec.choices else VALUES.get(spec.kind, "") for spec in category.fields}
    expected = {name: " ".join(value.split()) for name, value in values.items()}
    found = read_back(FormScribe(rules, wording), rules, category, values)
    assert {name: " ".join(value.split()) for name, value in found.items()} == expected


@pytest.mark.parametrize(("folder", "category"), categories(), ids=lambda value: getattr(value, "id", None) or value.name)
def test_an_opinion_is_found_above_the_places_for_seal_and_date(folder: Path, category: Category) -> None:
    rules, wording = loaded(folder)
    opinions = {spec.name: "同意推荐" for spec in category.fields if spec.kind is FieldKind.OPINION}
    found = read_back(FormScribe(rules, wording), rules, category, opinions)
    assert all(found[name].startswith("同意推荐") for name in opinions)
    assert opinions


# --- another language -------------------------------------------------------------------------------------------------

LONDON = ZoneInfo("Europe/London")


def award() -> tuple[Rules, Wording, list[Nomination]]:
    rules, wording = loaded(FOLDERS[1])
    unit = next(unit for unit in rules.units if unit.kind != "not-entitled").id
    came = datetime(2024, 2, 12, 9, tzinfo=LONDON)
    missing = finding("field-missing", "Telephone", "form.docx", wanted="telephone")
    category = rules.categories[0].id
    plain, late = {"Telephone": "01632 960001"}, finding("late", days=0, hours=1, minutes=2)
    return (
        rules,
        wording,
        [
            nomination(1, unit, category, "Ada Green", received=came, fields=plain),
            nomination(2, unit, category, "Ben Hill", State.DEFECTIVE, missing, received=came, fields=plain),
            nomination(3, unit, category, "Cleo Reed", State.LATE, late, received=came, fields=plain),
        ],
    )


def test_the_digest_of_an_english_campaign_has_no_chinese_word() -> None:
    rules, wording, nominations = award()
    now = datetime(2024, 2, 28, 7, 15, tzinfo=LONDON)
    told = briefing(standing(nominations, [], rules), {}, HEALTH, rules, now, datetime(2024, 2, 1, tzinfo=LONDON))
    news = OrderNews((("wrong-code", ("mail:1",)),), now)
    hints = order_hints(told, news, bytes(32), OrderSays(wording, rules), rules)
    letter = wording.render(Letter.DIGEST, facts(told, wording, rules, "Ledger-2024-02-28.xlsx", hints))
    assert letter.subject == "[Digest] 28/2: 3 on file, 1 to decide, 1 to complete, 3 silent (1 days left)"
    for text in (letter.subject, letter.text, letter.html.replace("微软雅黑", "")):
        assert CHINESE.findall(text) == []
    assert "left neither telephone nor address" in letter.text


def test_the_workbook_of_an_english_campaign_has_no_chinese_word() -> None:
    rules, wording, nominations = award()
    with memory_store(LONDON).glance() as ledger:
        _, book = LedgerBook(rules, wording).write(ledger, lambda passing: standing(nominations, passing([]), rules))
    assert book.name == "Ledger.xlsx"
    sheets = openpyxl.load_workbook(io.BytesIO(book.content))
    texts = [str(cell.value) for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert sheets["Ledger"]["D2"].value == "Ada Green"
    assert [text for text in (*texts, *sheets.sheetnames) if CHINESE.search(text)] == []


def test_the_form_of_an_english_campaign_has_no_chinese_word() -> None:
    rules, wording, _ = award()
    for category in rules.categories:
        document = docx.Document(io.BytesIO(FormScribe(rules, wording).blank_form(category).content))
        cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
        foot = [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
        assert [text for text in (*cells, *foot, *(p.text for p in document.paragraphs)) if CHINESE.search(text)] == []


def test_office_wording_alone_serves_the_workbook() -> None:
    assert office_problems(office_wording(), loaded(FOLDERS[0])[0]) == ()
