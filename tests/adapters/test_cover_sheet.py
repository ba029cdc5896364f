"""The cover sheet: whose papers, which numbers, a code with the number, one A4 page, the same bytes each time."""

import io
from importlib.util import find_spec
from pathlib import Path

import docx
import pypdfium2
import pytest
import segno
from docx.shared import Length

from bot.adapters.cover_sheet import SheetScribe
from bot.adapters.number_code import number_code
from bot.adapters.package_pattern import mark
from bot.ports import Paper, PaperBundle
from tests.letters.build import RULES, wording
from tests.reading.office import convert

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
        assert document.part.related_parts[blip].blob == as_segno_writes_it(number)


def as_segno_writes_it(number: str) -> bytes:
    picture = io.BytesIO()
    segno.make_qr(number, error="h", mask=3).save(picture, kind="png", scale=4, border=4)
    return picture.getvalue()


@pytest.mark.parametrize("number", ["0000", "0123", "9999", "10000", "00", "123456", "1234567890" * 3, "A12", "０１２３"])
def test_a_code_is_the_picture_that_segno_writes(number: str) -> None:
    """Longer numbers take a code of more modules."""
    assert number_code(number) == as_segno_writes_it(number)


def test_codes_of_four_digits_are_the_pictures_that_segno_writes() -> None:
    """They are put together from the codes of their bits: each digit in each place, and a step that meets all residues."""
    told = {f"{digit * 10**place:04}" for digit in range(10) for place in range(4)} | {f"{n:04}" for n in range(0, 10_000, 37)}
    assert [number for number in sorted(told) if number_code(number) != as_segno_writes_it(number)] == []


@pytest.mark.skipif(find_spec("cv2") is None, reason="the extra `ocr` is not installed")
def test_another_program_reads_the_number_from_the_code() -> None:
    import cv2
    import numpy

    document = opened(THREE)
    blobs = [part.blob for part in document.part.package.iter_parts() if part.partname.endswith(".png")]
    pictures = [cv2.imdecode(numpy.frombuffer(blob, numpy.uint8), cv2.IMREAD_GRAYSCALE) for blob in blobs]
    read = [cv2.QRCodeDetector().detectAndDecode(picture)[0] for picture in pictures if picture is not None]
    assert sorted(read) == ["0001", "0002", "0003"]


def test_what_a_name_says_stays_text() -> None:
    name = "<w:br/>&amp; “]]>”\n\x0b" + mark("number")
    paper = Paper("0007", "实事项目", name)
    table = opened(PaperBundle(RULES.name, RULES.office, name, (paper,))).tables[0]
    assert table.rows[1].cells[2].text == "<w:br/>&amp; “]]>” number"
    assert table.rows[1].cells[0].text == "0007"


def test_the_page_is_a4_and_the_bytes_are_the_same_each_time() -> None:
    section = opened(ONE).sections[0]
    assert [round(Length(side or 0).mm) for side in (section.page_width, section.page_height)] == [210, 297]
    assert SheetScribe(wording()).cover_sheet(ONE) == SheetScribe(wording()).cover_sheet(ONE)


def many(count: int) -> PaperBundle:
    """So many papers of one city, with nominees of all lengths."""
    names = ("邵与砚", "红旗区“热乎午餐”中小学校园就餐项目", "获嘉县“家门口”看病服务和老旧小区加装电梯惠民工程联合推进队")
    categories = ("党员服务标兵", "实事项目", "先进单位（团队）")
    papers = tuple(Paper(f"{n:04}", categories[n % 3], names[n % 3]) for n in range(1, count + 1))
    return PaperBundle(RULES.name, RULES.office, "云川市", papers)


@pytest.mark.parametrize("count", [6, 12, 13, 30, 31])
def test_a_long_list_runs_on_in_columns_and_names_every_number(count: int) -> None:
    document = opened(many(count))
    assert [row.cells[0].text for row in document.tables[0].rows[1:]] == [f"{n:04}" for n in range(1, count + 1)]
    columns = [section._sectPr.xpath("./w:cols/@w:num") for section in document.sections]
    assert columns == [["1"], ["2"], []]
    assert [str(section.start_type).split()[0] for section in document.sections] == ["CONTINUOUS"] * 3


@pytest.mark.server
def test_the_papers_of_a_receipt_fit_on_one_page_and_every_code_on_it_can_be_read(tmp_path: Path) -> None:
    counts = {1: 1, 5: 1, 12: 1, 30: 1, 60: 2}
    files = [tmp_path / f"{count}.docx" for count in counts]
    for file, count in zip(files, counts, strict=True):
        file.write_bytes(SheetScribe(wording()).cover_sheet(many(count)).content)
    convert(files, "pdf", tmp_path)
    pages = {count: pypdfium2.PdfDocument(tmp_path / f"{count}.pdf") for count in counts}
    assert {count: len(document) for count, document in pages.items()} == counts
    if find_spec("cv2") is None:
        return  # without the extra `ocr` nothing here reads codes
    import cv2

    page, scale = pages[30][0], 300 / 72  # as a page is scanned
    printed = cv2.cvtColor(page.render(scale=scale).to_numpy(), cv2.COLOR_BGR2GRAY)
    read = []
    for code in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,)):
        left, bottom, right, top = (scale * side for side in code.get_bounds())
        height = printed.shape[0]
        crop = printed[int(height - top) : int(height - bottom), int(left) : int(right)]
        read.append(cv2.QRCodeDetector().detectAndDecode(cv2.resize(crop, None, fx=3, fy=3))[0])
    assert sorted(read) == [f"{n:04}" for n in range(1, 31)]
