"""PDF pages as they are shown: turned, cut, written into."""

import pytest

from bot.doctor import turned_page
from bot.reading.limits import Limits
from bot.reading.pdf import read_pdf
from bot.reading.unreadable import Unreadable
from tests.reading.pdf_files import field, latin, marks, note, pdf, text

needs_font = pytest.mark.skipif(
    not turned_page.is_read(), reason="no Chinese font on this machine: turned pages are NOT tested"
)


def rows(data: bytes) -> list[list[str]]:
    """Paragraphs as rows of one, rows of tables as they are."""
    found: list[list[str]] = []
    for block in read_pdf(data, Limits()).blocks:
        if block.paragraph:
            found.append([block.paragraph.text])
        elif block.table:
            found += [[cell.text for cell in block.table.cells if cell.row == row] for row in range(1, 3)]
    return found


def box(x: float, y: float) -> str:
    """A table of two rows and two columns, its lower left corner here."""
    lying = "".join(f"{x} {y + rise} m {x + 160} {y + rise} l S\n" for rise in (0, 20, 40))
    return lying + "".join(f"{x + step} {y} m {x + step} {y + 40} l S\n" for step in (0, 60, 160))


UPRIGHT = text("推荐表", 80, 270) + box(20, 200) + text("姓名", 25, 225) + text("张三", 85, 225) + text("民族", 25, 205)
EXPECTED = [["推荐表"], ["姓名", "张三"], ["民族", ""]]


def test_a_page_is_read_from_the_corner_of_its_box() -> None:
    moved = f"1 0 0 1 1000 -500 cm\n{UPRIGHT}"
    assert rows(pdf(UPRIGHT)) == rows(pdf(moved, box="1000 -500 1200 -200")) == EXPECTED


@needs_font
@pytest.mark.parametrize(
    ("turned", "drawn"), [(90, "0 1 -1 0 300 0 cm\n"), (180, "-1 0 0 -1 200 300 cm\n"), (270, "0 -1 1 0 0 200 cm\n")]
)
def test_a_turned_page_is_read_as_it_is_shown(turned: int, drawn: str) -> None:
    """What was drawn askew, so that the turned page shows it upright."""
    size = "0 0 200 300" if turned == 180 else "0 0 300 200"
    assert rows(pdf(drawn + UPRIGHT, box=size, turned=turned)) == EXPECTED


def test_what_lies_outside_the_box_is_not_shown() -> None:
    assert rows(pdf(text("推荐表", 80, 270) + text("看不见", 80, 400) + text("看不见", 300, 270))) == [["推荐表"]]


def test_fields_that_were_filled_in_are_read_in_their_place() -> None:
    filled = field("a", "0371-6590", "82 203 158 217")
    assert rows(pdf(UPRIGHT, fields=[filled])) == [["推荐表"], ["姓名", "张三"], ["民族", "0371-6590"]]


def test_words_typed_over_a_page_are_read_in_their_place() -> None:
    assert rows(pdf(UPRIGHT, annotations=[note("汉族", "82 201 282 221")])) == [["推荐表"], ["姓名", "张三"], ["民族", "汉族"]]


def test_western_words_stay_apart_and_chinese_ones_stay_together() -> None:
    data = pdf(latin("the quick fox", 20, 250) + text("为 民", 20, 200) + text("服" * 16, 20, 150))
    assert rows(data) == [["the quick fox"], ["为 民"], ["服" * 16]]


def test_a_document_without_a_page_is_damaged() -> None:
    with pytest.raises(Unreadable):
        read_pdf(pdf("").replace(b"/Kids[3 0 R]", b"/Kids[9 0 R]"), Limits())


@needs_font
def test_letters_of_wingdings_are_the_marks_they_show() -> None:
    content = marks("R", 20, 200) + text("男", 40, 200) + marks("\u00a3", 60, 200) + text("女", 80, 200) + latin("R", 120, 200)
    (block,) = read_pdf(pdf(content), Limits()).blocks
    assert block.paragraph is not None
    assert block.paragraph.text.split() == ["☑", "男", "□", "女", "R"]
