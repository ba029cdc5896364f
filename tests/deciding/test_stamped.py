"""A Word form and its stamped copy: what is a difference, and what only another way of writing."""

import pytest

from bot.deciding.looks import may_hold_scans, to_look_at
from bot.model import FileRead, FileRow, Format, Role
from tests.deciding import build


def differing(category: str = "member", copy: dict[str, str | None] | None = None) -> dict[str | None, tuple[object, object]]:
    """The fields in which a PDF with text is said to differ from the form in order."""
    pdf = build.file("盖章.pdf", build.form(category, None, "盖章.pdf", **(copy or {})))
    one = build.draft(*build.whole(category), pdf)
    told = [finding for finding in one.findings if finding.check == "versions-differ"]
    assert {finding.file for finding in told} <= {"盖章.pdf"}
    assert build.found(one) == [f"versions-differ {finding.field}" for finding in told]
    return {finding.field: (finding.facts["word"], finding.facts["scan"]) for finding in told}


def test_a_copy_that_says_the_same_differs_in_nothing() -> None:
    assert differing() == {}
    assert differing("project") == {}
    assert differing("team") == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("出生年月", "1979.08"),
        ("联系电话", "138 0373 0001"),
        ("工作单位及职务", "红旗区民政事务中心 主任"),
        ("主要事迹", "长期在社区 为群众办事"),
        ("推荐单位意见", "同意。（盖章）2021年12月16日"),
        ("审定意见", "同意"),
        ("曾获表彰", None),
        ("学历", ""),
        ("学历", "本科 照片"),
    ],
)
def test_another_way_of_writing_is_no_difference(field: str, value: str | None) -> None:
    assert differing(copy={field: value}) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("出生年月", "1978年8月"),
        ("联系电话", "13803730002"),
        ("工作单位及职务", "红旗区民政事务中心副主任"),
        ("主要事迹", "在企业从事技术研发工作多年，取得专利。"),
        ("入党时间", "2004年7月"),
    ],
)
def test_another_value_is_a_difference(field: str, value: str) -> None:
    assert differing(copy={field: value}) == {field: (build.GOOD["member"][field], value)}


def test_two_word_forms_are_for_a_person_to_choose_and_are_not_compared() -> None:
    other = build.file("推荐表2.docx", build.form("member", file="推荐表2.docx", 联系电话="13803730002"))
    one = build.draft(*build.whole("member"), other)
    assert build.found(one) == []
    assert one.uncertain == ("游庆穗推荐表.docx", "推荐表2.docx")


def row(path: str, format: Format, role: Role) -> FileRow:
    return FileRow(path, "", 1, format, role)


def test_only_pictures_that_may_be_forms_are_worth_a_second_look() -> None:
    assert may_hold_scans([row("a.jpg", Format.IMAGE, Role.PHOTO)])
    assert may_hold_scans([row("a.pdf", Format.PDF, Role.STAMPED_SCAN)])
    assert not may_hold_scans([row("a.docx", Format.DOCX, Role.FORM), row("b.jpg", Format.IMAGE, Role.PUBLICITY)])


def test_photographs_are_looked_at_only_where_a_form_is_lacking() -> None:
    photo, scan, text = build.picture("a.jpg"), build.picture("b.pdf"), build.file("c.pdf", build.text())
    broken = FileRead("d.jpg", "", 1, Format.IMAGE, scanned=True, problem=build.unread("d.jpg").problem)
    reading = build.mail(photo, scan, text, broken)
    roles = [row(file.path, file.format, Role.PHOTO if file is photo else Role.STAMPED_SCAN) for file in reading.files]
    assert to_look_at(reading, roles, lacking=False) == ("b.pdf",)
    assert to_look_at(reading, roles, lacking=True) == ("a.jpg", "b.pdf")
