"""The blank forms that the office sends come back filled in; and the reader knows no language but that of the rules."""

from pathlib import Path

import pytest

from bot.adapters.blank_forms import FormScribe
from bot.adapters.rules import load_rules
from bot.campaign import Category, FieldKind
from bot.model import Format, Section
from bot.reading.documents import read_document
from bot.reading.limits import Limits
from bot.reading.sections import sections
from tests.documents import form_docx
from tests.office.build import office_wording
from tests.reading.campaign import RULES

AWARD = load_rules(Path(__file__).parents[1] / "campaigns" / "town-award")
SCRIBE = FormScribe(RULES, office_wording())
VALUES = {
    FieldKind.TEXT: "郑州市民政局",
    FieldKind.LONG_TEXT: "扎根基层三十年。\n群众称赞。",
    FieldKind.PERSON: "张三",
    FieldKind.TELEPHONE: "0371-65900000",
    FieldKind.DATE: "2021年3月",
    FieldKind.MONTH: "1970年1月",
    FieldKind.NUMBER: "35人",
    FieldKind.CHOICE: "男",
    FieldKind.OPINION: "同意推荐。",
    FieldKind.OFFICE: "",
}


def only(data: bytes) -> Section:
    (found,) = sections(read_document(data, Format.DOCX, Limits()), "表.docx", RULES)
    return found


@pytest.mark.parametrize("category", RULES.categories, ids=lambda category: category.id)
def test_a_blank_form_is_read_as_empty(category: Category) -> None:
    form = only(SCRIBE.blank_form(category).content).form
    assert form is not None
    assert {field.name: field.value for field in form.fields} == {spec.name: "" for spec in category.fields}
    assert (form.title, form.titled, form.labelled) == (category.form_title, (category.id,), (category.id,))


@pytest.mark.parametrize("category", RULES.categories, ids=lambda category: category.id)
def test_a_form_filled_in_is_read_as_it_was_filled_in(category: Category) -> None:
    values = {spec.name: VALUES[spec.kind] for spec in category.fields}
    form = only(SCRIBE.form(category, values)).form
    assert form is not None
    for field in form.fields:
        assert field.value.startswith(values[field.name].replace("\n", " ")), field
    assert len(form.fields) == len(category.fields)


def test_a_form_of_another_campaign_in_another_language() -> None:
    title = AWARD.categories[0].form_title
    data = form_docx(
        [
            title,
            [
                ["Full name", "Ann Miller", "Date of birth", "May 1970"],
                ["Phone:", "01234 567890", "AGE GROUP", "☑ Adult □ Youth"],
                [("Citation (up to 100 words)", 1), ("She reads to children.\nEvery week.", 3)],
            ],
        ]
    )
    (found,) = sections(read_document(data, Format.DOCX, Limits()), "form.docx", AWARD)
    assert found.form is not None
    assert {field.name: field.value for field in found.form.fields} == {
        "Full name": "Ann Miller",
        "Date of birth": "May 1970",
        "Telephone": "01234 567890",
        "Age group": "Adult",
        "Citation": "She reads to children. Every week.",
    }
    assert found.form.titled == (AWARD.categories[0].id,)


def test_pairs_of_another_language_in_lines() -> None:
    data = form_docx(
        [AWARD.categories[0].form_title, "Full name: Ann Miller", "Tel: 01234 567890", "Nominated by: Oakbridge Library"]
    )
    (found,) = sections(read_document(data, Format.DOCX, Limits()), "form.docx", AWARD)
    assert found.form is not None
    assert {field.name: field.value for field in found.form.fields} == {
        "Full name": "Ann Miller",
        "Telephone": "01234 567890",
        "Nominated by": "Oakbridge Library",
    }
