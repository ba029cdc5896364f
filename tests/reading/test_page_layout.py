"""Pages of placed characters: paragraphs joined, tables rebuilt from their lines, page numbers set aside."""

import io

import pypdfium2
import pytest

from bot.model import Document
from bot.reading.limits import Limits
from bot.reading.page_grid import Rule, ruled_tables
from bot.reading.page_layout import Glyph, Pages
from bot.reading.pdf import read_pdf
from bot.reading.tables import Writer
from bot.reading.unreadable import Unreadable

HEIGHT = 842.0


def line(text: str, x: float, y: float, size: float = 12.0) -> list[Glyph]:
    """Characters side by side, each as wide as it is high; a space leaves its place free."""
    return [Glyph(char, x + i * size, y, x + (i + 1) * size, y + size) for i, char in enumerate(text) if char != " "]


def box(xs: list[float], ys: list[float]) -> list[Rule]:
    """The lines of a full grid."""
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def pages(*made: tuple[list[Glyph], list[Rule]]) -> Pages:
    found = Pages(Writer(Limits()))
    for number, (glyphs, rules) in enumerate(made, 1):
        found.take(number, HEIGHT, glyphs, rules)
    found.finish()
    return found


def texts(found: Pages) -> list[str]:
    return [block.paragraph.text for block in found.writer.blocks if block.paragraph]


def tables(found: Pages) -> list[list[tuple[str, int, int, int, int]]]:
    return [
        [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in block.table.cells]
        for block in found.writer.blocks
        if block.table
    ]


def test_lines_that_reach_the_right_edge_are_one_paragraph() -> None:
    found = pages(
        (
            line("  首行缩进的一段", 72, 100)
            + line("它在第二行结束", 72, 120)
            + line("  新的一段从这里", 72, 140)
            + line("开始", 72, 160),
            [],
        )
    )
    assert texts(found) == ["首行缩进的一段它在第二行结束", "新的一段从这里开始"]


def test_a_paragraph_goes_on_over_the_page_and_the_page_number_is_no_text() -> None:
    first = line("这一段写到页尾还", 72, 700) + line("- 1 -", 280, 800)
    second = line("没有完", 72, 72) + line("2", 280, 800)
    found = pages((first, []), (second, []))
    assert texts(found) == ["这一段写到页尾还没有完"]
    assert found.margins == ["- 1 -", "2"]


def test_a_page_that_ends_early_was_followed_by_a_page_break() -> None:
    found = pages((line("推荐表", 72, 72), []), (line("典型材料", 72, 72), []))
    assert [(b.paragraph.text, b.paragraph.starts_page) for b in found.writer.blocks if b.paragraph] == [
        ("推荐表", False),
        ("典型材料", True),
    ]


def test_wide_gaps_part_columns_and_small_ones_words() -> None:
    assert texts(pages((line("姓名    张三", 72, 100) + line("a b", 72, 200, 8), []))) == ["姓名\t张三", "a b"]


def test_cells_are_what_lines_enclose_and_merged_ones_span() -> None:
    xs, ys = [50.0, 150.0, 250.0], [100.0, 130.0, 160.0]
    # The line between the two cells of the second row is missing.
    rules = [Rule(50, y, 250, y) for y in ys] + [Rule(50, 100, 50, 160), Rule(250, 100, 250, 160), Rule(150, 100, 150, 130)]
    glyphs = line("姓名", 55, 108) + line("张三", 155, 108) + line("合并的一格", 55, 138)
    assert tables(pages((glyphs, rules))) == [[("姓名", 1, 1, 1, 1), ("张三", 1, 2, 1, 1), ("合并的一格", 2, 1, 1, 2)]]
    assert len(ruled_tables(box(xs, ys))[0].spots) == 4


def test_a_table_that_goes_on_on_the_next_page_is_one() -> None:
    xs = [50.0, 150.0, 500.0]
    first = (line("姓名", 55, 108) + line("张三", 155, 108), box(xs, [100.0, 780.0]))
    second = (line("民族", 55, 78) + line("汉", 155, 78), box(xs, [70.0, 100.0]))
    assert tables(pages(first, second)) == [
        [("姓名", 1, 1, 1, 1), ("张三", 1, 2, 1, 1), ("民族", 2, 1, 1, 1), ("汉", 2, 2, 1, 1)]
    ]


def test_a_number_broken_by_a_narrow_cell_is_one() -> None:
    glyphs = line("138000", 52, 104) + line("00000", 52, 120)
    (cells,) = tables(pages((glyphs, box([50.0, 126.0], [100.0, 150.0]))))
    assert cells == [("13800000000", 1, 1, 1, 1)]


def test_a_frame_around_the_page_is_no_table_of_its_own() -> None:
    inner = box([60.0, 150.0, 250.0], [100.0, 130.0])
    frame = box([20.0, 560.0], [20.0, 820.0])
    found = pages((line("姓名", 65, 108) + line("张三", 155, 108) + line("页上的字", 65, 300), inner + frame))
    assert tables(found) == [[("姓名", 1, 1, 1, 1), ("张三", 1, 2, 1, 1)]]
    assert texts(found) == ["页上的字"]


def test_a_drawing_of_thousands_of_lines_is_no_table() -> None:
    assert ruled_tables([Rule(x, 0, x, 100) for x in range(5000)]) == []


def test_a_page_without_text_but_with_a_picture_is_scanned() -> None:
    pdf = pypdfium2.PdfDocument.new()
    page = pdf.new_page(200, 200)
    image = pypdfium2.PdfImage.new(pdf)
    image.set_bitmap(pypdfium2.PdfBitmap.new_native(4, 4, pypdfium2.raw.FPDFBitmap_BGR))
    image.set_matrix(pypdfium2.PdfMatrix().scale(100, 100))
    page.insert_obj(image)
    page.gen_content()

    out = io.BytesIO()
    pdf.save(out)
    assert read_pdf(out.getvalue(), Limits()) == Document((), images=1, pages=1, scanned=True)


ENCRYPTED = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/Length 40/O <%s>/U <%s>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]>>
""" % (b"41" * 32, b"42" * 32)


@pytest.mark.parametrize(("data", "check"), [(ENCRYPTED, "attachment-encrypted"), (b"%PDF-1.4\n", "attachment-unreadable")])
def test_a_pdf_that_cannot_be_opened_says_why(data: bytes, check: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read_pdf(data, Limits())
    assert raised.value.check == check


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        ("1", "978年8月", "1978年8月"),
        ("200", "2.05", "2002.05"),
        ("2021-12-", "01至07", "2021-12-01至07"),
        ("3022345", "1978年", "3022345\n1978年"),
        ("1", "2345年", "1\n2345年"),
    ],
)
def test_a_date_that_a_narrow_cell_broke_is_put_together(upper: str, lower: str, expected: str) -> None:
    glyphs = [*line(upper, 54, 54), *line(lower, 54, 70)]
    found = pages((glyphs, box([50, 400], [50, 90])))
    table = next(block.table for block in found.writer.blocks if block.table)
    assert [cell.text for cell in table.cells] == [expected]


def test_low_marks_in_tight_boxes_stay_in_their_line() -> None:
    def tight(text: str, y: float) -> list[Glyph]:
        boxes = {"。": (7.0, 11.0), "，": (7.0, 12.0), "“": (0.0, 3.0), "”": (0.0, 3.0), "一": (5.0, 6.0)}
        return [
            Glyph(char, 72 + i * 12, y + boxes.get(char, (0.0, 11.0))[0], 84 + i * 12, y + boxes.get(char, (0.0, 11.0))[1])
            for i, char in enumerate(text)
        ]

    said = ["“一窗受理”一次办成，", "群众说：“一心一意”。"]
    glyphs = [glyph for number, text in enumerate(said) for glyph in tight(text, 100 + number * 17)]
    assert texts(pages((glyphs, []))) == said


@pytest.mark.parametrize("label", ["推荐单位意见：", "16、推荐单位意见：", "（十二）审定意见："])
def test_a_label_below_a_date_at_the_right_edge_begins_a_paragraph(label: str) -> None:
    glyphs = line("同意推荐。", 72, 100) + line("2021年12月10日", 400, 120) + line(label, 72, 140) + line("同意。", 72, 160)
    assert texts(pages((glyphs, []))) == ["同意推荐。", "2021年12月10日", label, "同意。"]


def test_what_is_set_to_the_right_ends_with_itself() -> None:
    glyphs = line("同意推荐他。", 72, 100) + line("新乡市委", 400, 120) + line("如上所述", 72, 140)
    assert texts(pages((glyphs, []))) == ["同意推荐他。", "新乡市委", "如上所述"]


def test_a_label_down_the_page_in_two_columns_keeps_its_lines() -> None:
    xs, ys = [50.0, 90.0, 250.0], [100.0, 140.0]
    glyphs = (
        line("简", 56, 104) + line("个", 76, 104) + line("历", 56, 120) + line("人", 76, 120) + line("1990年起工作", 95, 108)
    )
    ((label, value),) = [tables(pages((glyphs, box(xs, ys))))[0]]
    assert (label[0], value[0]) == ("简 个\n历 人", "1990年起工作")


def test_a_table_in_a_cell_of_another_is_kept_there() -> None:
    outer = box([50.0, 100.0, 500.0], [100.0, 160.0, 220.0])
    inner = box([110.0, 200.0, 300.0, 400.0], [105.0, 120.0, 135.0, 150.0])
    glyphs = (
        line("情况", 60, 120) + line("姓名", 112, 107) + line("张三", 202, 107) + line("事迹", 60, 180) + line("好", 120, 180)
    )
    (block,) = [block.table for block in pages((glyphs, outer + inner)).writer.blocks if block.table]
    assert [(cell.text, len(cell.tables)) for cell in block.cells] == [("情况", 0), ("", 1), ("事迹", 0), ("好", 0)]
    (nested,) = block.cells[1].tables
    assert (block.number, nested.number) == (1, 2)
    assert [cell.text for cell in nested.cells if cell.text] == ["姓名", "张三"]


def test_a_frame_around_tables_is_none() -> None:
    frame = box([40.0, 560.0], [60.0, 700.0])
    two = box([50.0, 100.0, 500.0], [100.0, 120.0, 140.0]), box([50.0, 100.0, 500.0], [200.0, 220.0, 240.0])
    glyphs = line("标题", 60, 70) + line("姓名", 52, 103) + line("中间", 60, 160) + line("电话", 52, 203)
    found = pages((glyphs, [*frame, *two[0], *two[1]]))
    assert texts(found) == ["标题", "中间"]
    assert [[cell[0] for cell in table if cell[0]] for table in tables(found)] == [["姓名"], ["电话"]]


def test_a_row_that_the_end_of_a_page_cuts_without_a_line_is_a_row() -> None:
    xs = [50.0, 150.0, 500.0]
    first = box(xs, [700.0, 730.0]) + [Rule(x, 730, x, 800) for x in xs]
    second = box(xs, [90.0, 120.0]) + [Rule(x, 40, x, 90) for x in xs]
    one = line("姓名", 55, 708) + line("张三", 155, 708) + line("事迹", 55, 750) + line("上半", 155, 750)
    two = line("下半", 155, 60) + line("电话", 55, 100) + line("139", 155, 100)
    ((*cells,),) = tables(pages((one, first), (two, second)))
    assert [cell[0] for cell in cells] == ["姓名", "张三", "事迹", "上半", "", "下半", "电话", "139"]


def test_digits_beside_tall_characters_stand_in_their_line() -> None:
    """Boxes of a substituted Chinese font are twice as high as those of the digits, and reach into the line below."""

    def tall(text: str, x: float, base: float) -> list[Glyph]:
        boxes = []
        for char in text:
            width, top, bottom = (7.0, base - 9, base + 1) if char.isascii() else (10.5, base - 20, base)
            boxes.append(Glyph(char, x, top, x + width, bottom))
            x += width
        return boxes

    found = pages((tall("于2021年12月1日至", 72, 100) + tall("2021年12月7日公示", 72, 115), []))
    assert "".join(texts(found)) == "于2021年12月1日至2021年12月7日公示"


@pytest.mark.parametrize(
    ("above", "below", "value"),
    [
        ("1970.0", "1（51岁）", "1970.01（51岁）"),
        ("202", "1．12．6", "2021．12．6"),
        ("自202", "1年12月", "自2021年12月"),
        ("2021.12.0", "6起", "2021.12.06起"),
        ("2021.1", "2022.3", "2021.1\n2022.3"),
        ("共12", "3年", "共12\n3年"),
    ],
)
def test_a_date_that_a_narrow_cell_broke_is_one(above: str, below: str, value: str) -> None:
    found = pages((line(above, 75, 103) + line(below, 75, 123), box([72, 300], [100, 150])))
    assert tables(found) == [[(value, 1, 1, 1, 1)]]
