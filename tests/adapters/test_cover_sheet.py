"""The cover sheet: whose papers, which numbers, a code with the number, one A4 page, the same bytes each time."""

import io

import docx
import segno
from docx.shared import Length

from bot.adapters.cover_sheet import SheetScribe
from bot.ports import Paper, PaperBundle
from tests.letters.build import RULES, wording

ONE = PaperBundle(RULES.name, RULES.office, "云川市", (Paper("0123", "实事项目", "“家门口”养老服务项目"),))
THREE = PaperBundle(
    RULES.name, RULES.office, "云川市", tuple(Paper(f"{n:04}", "先进服务单位", f"服务队{n}") for n in range(1, 4))
)


def opened(bundle: PaperBundle) -> docx.document.Document:
    return docx.Document(io.BytesIO(SheetScribe(wording()).cover_sheet(bundle).content))


def test_the_sheet_names_unit_numbers_nominees_and_where_it_goes() -> None:
    sheet = SheetScribe(wording()).cover_sheet(THREE)
    assert sheet.name == "盖章纸质件封面 0001等3件.docx"
    document = opened(THREE)
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows == [
        ["编号", "类别", "推荐对象", "扫码核收"],
        ["0001", "先进服务单位", "服务队1", ""],
        ["0002", "先进服务单位", "服务队2", ""],
        ["0003", "先进服务单位", "服务队3", ""],
    ]
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for word in ("推荐单位：云川市（共3件推荐）", RULES.office.telephone, RULES.office.paper, RULES.name):
        assert word in text


def test_each_code_says_the_number_of_its_row() -> None:
    document = opened(THREE)
    for row, number in zip(document.tables[0].rows[1:], ("0001", "0002", "0003"), strict=True):
        (blip,) = row.cells[3]._tc.xpath(".//a:blip/@r:embed")
        expected = io.BytesIO()
        segno.make_qr(number, error="m").save(expected, kind="png", scale=8, border=4)
        assert document.part.related_parts[blip].blob == expected.getvalue()


def test_the_page_is_a4_and_the_bytes_are_the_same_each_time() -> None:
    section = opened(ONE).sections[0]
    assert [round(Length(side or 0).mm) for side in (section.page_width, section.page_height)] == [210, 297]
    assert SheetScribe(wording()).cover_sheet(ONE) == SheetScribe(wording()).cover_sheet(ONE)
