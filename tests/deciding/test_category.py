"""The category of a nomination: the form decides, contradictions are told, silence is filled from elsewhere."""

from dataclasses import replace

import pytest

from bot.model import Section
from tests.deciding.build import draft, file, filled, form, found, text


def speaking(category: str, titled: tuple[str, ...], labelled: tuple[str, ...]) -> Section:
    section = form(category)
    assert section.form is not None
    return replace(section, form=replace(section.form, titled=titled, labelled=labelled))


@pytest.mark.parametrize(
    ("titled", "labelled", "category", "findings"),
    [
        (("team",), ("team",), "team", []),
        (("team",), (), "team", []),
        ((), ("team",), "team", []),
        (("team",), ("team", "member"), "team", []),
        (("team", "member"), ("team",), "team", []),
        (("project",), ("team",), None, ["category-ambiguous"]),
        (("team", "member"), (), None, ["category-ambiguous"]),
    ],
)
def test_title_and_labels_of_the_form_must_agree(
    titled: tuple[str, ...], labelled: tuple[str, ...], category: str | None, findings: list[str]
) -> None:
    made = draft(file("表.docx", speaking("team", titled, labelled)), file("典型材料.docx", text()), subject="新乡市材料")
    assert (made.category, found(made)) == (category, findings)


@pytest.mark.parametrize("subject", ["党员服务标兵推荐材料", "新乡市实事项目"])
def test_a_subject_or_a_folder_that_says_otherwise_is_overruled(subject: str) -> None:
    sent = (file("党员服务标兵/推荐表.docx", form("team")), file("党员服务标兵/材料.docx", text()))
    made = draft(*sent, subject=subject)
    assert (made.category, found(made)) == ("team", [])


@pytest.mark.parametrize(
    ("title", "findings"),
    [
        ("党员服务标兵典型材料", ["category-ambiguous"]),
        ("党员服务标兵", ["category-ambiguous"]),
        ("先进服务单位（团队）典型材料", []),
        ("典型材料", []),
        ("一支由党员服务标兵领衔的为老服务队", []),
        ("新乡市“暖心桥”为老服务队典型材料", []),
    ],
)
def test_a_material_titled_as_another_category_contradicts_the_form(title: str, findings: list[str]) -> None:
    made = draft(file("推荐表.docx", form("team")), file("材料.docx", text(title)))
    assert found(made) == findings


def test_an_ambiguous_category_names_who_says_what() -> None:
    made = draft(file("表.docx", speaking("team", ("project",), ("team",))), file("典型材料.docx", text()))
    assert made.findings[0].facts == {
        "candidates": ("project", "team"),
        "names": ("群众满意度高的实事（服务项目）", "先进服务单位（团队）"),
        "sources": ("title", "labels"),
    }
    assert made.nominee == "新乡市“暖心桥”为老服务队"


@pytest.mark.parametrize(
    ("path", "title", "subject", "category"),
    [
        ("党员服务标兵/游庆穗.docx", "典型材料", "材料", "member"),
        ("游庆穗党员服务标兵典型材料.docx", "典型材料", "实事项目材料", "member"),
        ("材料.docx", "党员服务标兵典型材料", "实事项目材料", "member"),
        ("材料.docx", "典型材料", "新乡市党员服务标兵材料", "member"),
    ],
)
def test_a_material_alone_has_its_category_from_what_stands_nearest(path: str, title: str, subject: str, category: str) -> None:
    made = draft(file(path, text(title)), subject=subject, body="请查收")
    assert (made.category, found(made)) == (category, ["form-missing"])


def test_a_material_that_nothing_tells_the_category_of_has_none() -> None:
    made = draft(file("游庆穗典型材料.docx", text("典型材料")), subject="新乡市材料", body="请查收")
    assert (made.category, found(made)) == (None, ["category-unknown", "form-missing"])


def test_everyday_words_in_a_materials_opening_name_no_category() -> None:
    made = draft(
        file("典型材料.docx", text("典型材料", body="今年列出民生实事28件，获评先进集体。")), subject="新乡市", body="请查收"
    )
    assert (made.category, found(made)) == (None, ["category-unknown", "form-missing"])


def test_a_category_in_quotation_marks_is_no_part_of_a_nominees_name() -> None:
    made = draft(file("材料.docx", text("槐树下热线班“先进服务单位”典型材料")), subject="新乡市材料", body="请查收")
    assert (made.category, made.nominee, found(made)) == ("team", "槐树下热线班", ["form-missing"])


@pytest.mark.parametrize(
    ("path", "nominee"),
    [
        ("新建文件夹.zip/正文.docx", ""),
        ("ATT00001.eml/典型材料.docx", ""),
        ("刘主任转发.eml/典型材料.docx", ""),
        ("xinxiang.zip/Doc1.docx", ""),
        ("槐树下热线班.zip/典型材料.docx", "槐树下热线班"),
        ("刘主任转发.eml/槐树下热线班典型材料.docx", "槐树下热线班"),
        ("灯塔工作室典型材料.docx", "灯塔工作室"),
    ],
)
def test_what_a_folder_is_called_names_a_nominee_only_where_the_text_does_too(path: str, nominee: str) -> None:
    made = draft(file(path, text("典型材料", body="槐树下热线班坚持为民服务。")), subject="新乡市先进服务单位", body="请查收")
    assert made.nominee == nominee


def test_a_nominee_that_sounds_like_another_category_names_none() -> None:
    name = "新乡市为民服务标兵工作室"
    made = draft(filled("team", {"单位（团队）名称": name}), file("材料.docx", text(f"{name}典型材料", about=name)))
    assert (made.category, found(made)) == ("team", [])


def test_a_subtitle_names_category_and_nominee() -> None:
    made = draft(file("材料.docx", text("记党员服务标兵桑榆晚")), subject="新乡市材料", body="请查收")
    assert (made.category, made.nominee, found(made)) == ("member", "桑榆晚", ["form-missing"])
