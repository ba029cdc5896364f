"""The invented papers, read back by the readers: what was written into a form is what comes out of it."""

from functools import cache
from pathlib import Path

import pytest

from bot.adapters.rules import load_rules
from bot.campaign import Rules
from bot.demo.cast import writer
from bot.demo.dresses import DRESSES
from bot.demo.forms import filled, form, form_with_material, forms_together, text_document
from bot.demo.nominees import Nominee, invent, material_length
from bot.demo.packing import page
from bot.demo.prose import themes
from bot.length import count
from bot.model import Format, Section
from bot.reading.documents import read_document
from bot.reading.limits import Limits
from bot.reading.sections import sections
from bot.text import tidy

CATEGORIES = ("project", "team", "member")
WRITERS = ("xinxiang", "jiyuan", "water", "zzu", "unions")


@cache
def rules() -> Rules:
    return load_rules(Path(__file__).parents[2] / "rules" / "3x100-2021")


def read(content: bytes, format: Format = Format.DOCX) -> tuple[Section, ...]:
    return sections(read_document(content, format, Limits()), "paper", rules())


def only_form(content: bytes) -> dict[str, str]:
    (form,) = [section.form for section in read(content) if section.form]
    return {field.name: field.value for field in form.fields if field.value}


def written(nominee: Nominee) -> dict[str, str]:
    """The values without seal and date lines, which belong to the opinions."""
    return {label: tidy(value) for label, value in nominee.fields.items() if value}


def without_seal(values: dict[str, str]) -> dict[str, str]:
    return {label: tidy(value.partition("（盖章）")[0]) for label, value in values.items() if not value.startswith("（盖章）")}


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("unit", WRITERS)
def test_a_form_in_any_dress_reads_back_as_it_was_filled_in(unit: str, category: str, dress: str) -> None:
    nominee = invent(writer(unit), category, shown="2021年12月1日至7日在报纸公示5个工作日，无异议。")
    assert without_seal(only_form(form(nominee, dress))) == written(nominee)


@pytest.mark.parametrize("category", CATEGORIES)
def test_an_emptied_field_reads_back_empty(category: str) -> None:
    nominee = invent(writer("puyang"), category).without("联系电话")
    assert "联系电话" not in only_form(form(nominee, "pairs"))


@pytest.mark.parametrize("category", CATEGORIES)
def test_form_and_material_of_one_file_are_two_sections(category: str) -> None:
    nominee = invent(writer("htu"), category)
    found = read(form_with_material(nominee))
    assert [bool(section.form) for section in found] == [True, False]
    assert found[1].count.words == sum(count(paragraph).words for paragraph in nominee.material)


def test_forms_of_one_file_are_all_found() -> None:
    some = [invent(writer("xinyang"), "member", number) for number in range(3)]
    found = [section.form.value("姓名") for section in read(forms_together(some)) if section.form]
    assert found == [nominee.name for nominee in some]


def test_a_blank_form_can_be_filled_in() -> None:
    nominee = invent(writer("women"), "member")
    blank = form(nominee.without(*nominee.fields), "pairs")
    assert "姓名" not in only_form(blank)
    values = without_seal(only_form(filled(form(nominee.without(*nominee.fields), "controls"), nominee)))
    assert values["工作单位及职务"] == nominee.fields["工作单位及职务"]


@pytest.mark.parametrize("unit", WRITERS)
@pytest.mark.parametrize("category", CATEGORIES)
def test_materials_are_as_long_as_the_notice_allows(unit: str, category: str) -> None:
    for number in range(5):
        assert 800 <= material_length(invent(writer(unit), category, number)) <= 1990


def test_the_length_steered_by_is_the_length_counted() -> None:
    nominee = invent(writer("luohe"), "project", words=2300)
    (section,) = read(text_document(nominee.material))
    assert section.count.words == material_length(nominee)
    assert section.count.words > 2000


def test_no_two_materials_share_more_than_a_third() -> None:
    texts = ["".join(invent(writer(unit), "project", number).material) for unit in WRITERS for number in range(4)]
    shingles = [{text[at : at + 8] for at in range(len(text) - 7)} for text in texts]
    pairs = [(one, other) for at, one in enumerate(shingles) for other in shingles[:at]]
    assert max(len(one & other) / len(one | other) for one, other in pairs) < 1 / 3


def test_every_choice_of_the_sentence_banks_is_closed() -> None:
    for theme in themes():
        for unit in ("puyang", "zzu"):
            text = "".join(invent(writer(unit), "team", len(theme)).material)
            assert not set("{}[]|") & set(text), theme


def test_papers_are_the_same_bytes_at_every_run() -> None:
    nominee = invent(writer("henu"), "member")
    assert form(nominee, "photo") == form(invent(writer("henu"), "member"), "photo")


def test_the_pdf_page_has_its_text() -> None:
    (section,) = read(page(("关于推荐名单的公示", "2021年12月8日至12月14日")), Format.PDF)
    assert section.text == "关于推荐名单的公示\n2021年12月8日至12月14日"
