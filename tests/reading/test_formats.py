"""The same form and material in every format that people send: the same fields, the same count."""

# ruff: noqa: E501 - rows of cells and raw documents read better unbroken

import datetime
import io
import random
from pathlib import Path

import openpyxl
import pytest

from bot.model import Block, Document, Format, Section
from bot.reading.documents import Unreadable, read_document
from bot.reading.limits import Limits
from bot.reading.sections import sections
from bot.reading.xls_reach import within_reach
from tests.documents import Row, form_docx, p, raw_docx, tbl, zip_bytes
from tests.reading.campaign import RULES
from tests.reading.office import convert

STORY = "张三同志扎根基层三十年，走遍全市1200个村，为群众办成12件实事。"
MEMBER: tuple[str | list[Row], ...] = (
    "附件3",
    "“我为群众办实事”“三个100”推选活动",
    "党员服务标兵推荐表",
    "推荐单位（盖章）：郑州市         填报日期：2021年12月10日",
    [
        ["姓  名", "张三", "性别", "☑男 □女", "出生年月", "1970.01（51岁）", ("照片", 1, 4)],
        ["民  族", "汉", "政治\n面貌", "中共党员", "入党时间", "１９９５年７月", None],
        ["学历", "大学", "参加工作时间", "1990.07", "联系电话", "13800000000", None],
        ["工作单位及职务", ("郑州市某某局局长", 5), None],
        ["个\n人\n简\n历", ("1990年至1995年，在甲单位工作；\n1995年至今，在乙单位工作。", 6)],
        ["曾获表彰", ("无", 6)],
        ["主 要\n事 迹\n（500字以内）", ("他扎根基层三十年。\n" + "为民服务，不计得失。" * 20, 6)],
        ["公示情况", ("2021年12月10日至12月16日在郑州日报公示，无异议", 6)],
        ["所在单位\n意见", ("同意。\n（盖章）\n2021年12月9日", 6)],
        ["推荐单位意见（盖章）", ("\n\n（盖章）\n  年   月   日", 6)],
        ["审定意见", ("", 6)],
    ],
    "注：此表一式两份。",
    "典型材料",
    "用心用情办实事——记某某局张三",
    STORY * 12,
    "一、扎根基层",
    "服务群众不止步。" * 40,
)
FIELDS = {
    "推荐单位": "郑州市", "姓名": "张三", "性别": "男", "出生年月": "1970.01（51岁）", "民族": "汉", "政治面貌": "中共党员",
    "入党时间": "１９９５年７月", "学历": "大学", "参加工作时间": "1990.07", "联系电话": "13800000000",
    "工作单位及职务": "郑州市某某局局长", "个人简历": "1990年至1995年，在甲单位工作； 1995年至今，在乙单位工作。",
    "曾获表彰": "无", "主要事迹": "他扎根基层三十年。 " + "为民服务，不计得失。" * 20,
    "公示情况": "2021年12月10日至12月16日在郑州日报公示，无异议", "所在单位意见": "同意。 （盖章） 2021年12月9日",
    "推荐单位意见": "", "审定意见": "",
}  # fmt: skip


def read(data: bytes, format: Format) -> tuple[Section, ...]:
    return sections(read_document(data, format, Limits()), "件", RULES)


def fields(found: tuple[Section, ...]) -> dict[str, str]:
    form = next(one.form for one in found if one.form)
    return {field.name: field.value for field in form.fields}


def blocks_of(data: bytes, format: Format) -> tuple[Block, ...]:
    return read_document(data, format, Limits()).blocks


def lines(data: bytes, format: Format) -> list[str]:
    return [block.paragraph.text for block in blocks_of(data, format) if block.paragraph]


def rows(data: bytes, format: Format) -> list[list[str]]:
    table = next(block.table for block in blocks_of(data, format) if block.table)
    height = max(cell.row for cell in table.cells)
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(1, height + 1)]


def test_docx_gives_the_form_and_the_material() -> None:
    found = read(form_docx(MEMBER), Format.DOCX)
    assert fields(found) == FIELDS
    assert [one.title for one in found] == ["党员服务标兵推荐表", "典型材料"]


@pytest.mark.server
def test_the_same_fields_come_out_of_what_libreoffice_writes(tmp_path: Path) -> None:
    source = tmp_path / "form.docx"
    source.write_bytes(form_docx(MEMBER))
    expected = read(source.read_bytes(), Format.DOCX)
    for name, format in (
        ("doc", Format.DOC),
        ("rtf", Format.RTF),
        ("pdf", Format.PDF),
        ("html", Format.HTML),
        ("docx", Format.DOCX),
    ):
        out = tmp_path / name
        out.mkdir()
        convert([source], name, out)
        found = read((out / f"form.{name}").read_bytes(), format)
        assert fields(found) == FIELDS, name
        assert [(one.title, one.count) for one in found[1:]] == [(one.title, one.count) for one in expected[1:]], name


# --- workbooks -----------------------------------------------------------------------------------------------------------


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "推荐表"
    sheet.append(["党员服务标兵推荐表", None, None, None])
    sheet.merge_cells("A1:D1")
    sheet.append(["姓名", "张三", "联系电话", 13800000000])
    sheet.append(["出生年月", datetime.date(1970, 1, 31), "民族", "汉"])
    sheet.append(["主要事迹", "为民服务。"])
    sheet.merge_cells("B4:D4")
    hidden = book.create_sheet("旧")
    hidden.append(["不看"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_form_in_a_workbook() -> None:
    found = read(workbook(), Format.XLSX)
    assert fields(found) == {
        "姓名": "张三",
        "联系电话": "13800000000",
        "出生年月": "1970-01-31",
        "民族": "汉",
        "主要事迹": "为民服务。",
    }
    form = next(one.form for one in found if one.form)
    assert form is not None
    assert (form.titled, form.fields[0].place.sheet, form.fields[0].place.row, form.fields[0].place.column) == (
        ("member",),
        "推荐表",
        2,
        2,
    )


@pytest.mark.server
def test_the_same_form_in_an_old_workbook(tmp_path: Path) -> None:
    source = tmp_path / "form.xlsx"
    source.write_bytes(workbook())
    convert([source], "xls", tmp_path)
    assert fields(read((tmp_path / "form.xls").read_bytes(), Format.XLS)) == fields(read(source.read_bytes(), Format.XLSX))


def test_a_cell_far_below_the_others_is_read_too() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["C40000"] = "姓名", "张三", "远"
    sheet.merge_cells("A3:B4")
    out = io.BytesIO()
    book.save(out)
    table = next(block.table for block in blocks_of(out.getvalue(), Format.XLSX) if block.table)
    filled = [(cell.text, cell.row, cell.column) for cell in table.cells if cell.text]
    assert filled == [("姓名", 1, 1), ("张三", 1, 2), ("远", 40000, 3)]
    assert [(cell.row, cell.row_span, cell.column_span) for cell in table.cells if cell.row_span > 1] == [(3, 2, 2)]


@pytest.mark.parametrize("far", ["XFD1048576", "IV1048576", "XFD9", "D1048576"])
def test_a_stray_cell_at_the_far_corner_costs_nothing_but_itself(far: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book["推荐表"][far] = " "
    out = io.BytesIO()
    book.save(out)
    plain, strayed = (
        [
            (cell.row, cell.column, cell.row_span, cell.column_span, cell.text)
            for block in blocks_of(data, Format.XLSX)
            if block.table
            for cell in block.table.cells
            if cell.text.strip()
        ]
        for data in (workbook(), out.getvalue())
    )
    assert len(plain) == 11
    assert strayed == plain


def test_a_stray_cell_at_the_far_corner_of_an_old_workbook_is_passed_over(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    near, far = tmp_path / "near.xlsx", tmp_path / "far.xlsx"
    book.save(near)
    book["推荐表"]["IV65536"] = "x"
    book.save(far)
    convert([near, far], "xls", tmp_path)
    plain, strayed = (path.with_suffix(".xls").read_bytes() for path in (near, far))
    assert rows(strayed, Format.XLS) == rows(plain, Format.XLS)
    assert within_reach(plain) is plain
    assert len(within_reach(strayed)) == len(strayed)
    assert within_reach(strayed[:3000]) == strayed[:3000]


def test_numbers_are_read_as_people_write_them() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    moment = datetime.datetime(2021, 12, 10, 8, 30)  # noqa: DTZ001 - a workbook knows no zones
    sheet["B3"] = "起"
    sheet.append([None, 12, 12.5, 0.1 + 0.2, 410101197001011234, True, moment])
    out = io.BytesIO()
    book.save(out)
    table = next(block.table for block in blocks_of(out.getvalue(), Format.XLSX) if block.table)
    texts = {(cell.row, cell.column): cell.text for cell in table.cells if cell.text}
    # An identity number kept as a number has lost its last digits: that shows, and none are made up.
    assert texts == {
        (3, 2): "起",
        (4, 2): "12",
        (4, 3): "12.5",
        (4, 4): "0.3",
        (4, 5): "4.10101197001011E+17",
        (4, 6): "是",
        (4, 7): "2021-12-10 08:30",
    }


# --- what is written by hand ----------------------------------------------------------------------------------------------

RTF = (
    rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\fnil\fcharset2 Wingdings 2;}}"
    rb"{\*\generator x;}{\header \'d2\'b3\'c3\'bc\par}\f0 \u20826?\'d4\'b1\par"
    rb"\trowd\cellx1000\cellx3000\pard\intbl \'d0\'d5\'c3\'fb\cell\'d5\'c5\'c8\'fd\cell\row"
    rb"\trowd\clvmgf\cellx1000\cellx2000\cellx3000\intbl \'bc\'d7\cell\'d2\'d2\cell{\f1 R}\'b1\'fb\cell\row"
    rb"\trowd\clvmrg\cellx1000\cellx2000\clmgf\cellx3000\intbl\cell{\v \'d2\'fe}\'b6\'a1\cell\'ce\'ec\cell\row"
    rb"\pard {\field{\*\fldinst PAGE}{\fldrslt 7}}\u-10179?\u-8704?\par{\pict\picw1 00ff}}"
)


def test_rtf_keeps_tables_code_pages_and_symbols() -> None:
    found = read_document(RTF, Format.RTF, Limits())
    assert [block.paragraph.text for block in found.blocks if block.paragraph] == ["党员", "7\U0001f600"]
    table = next(block.table for block in found.blocks if block.table)
    assert [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells] == [
        ("姓名", 1, 1, 1, 1), ("张三", 1, 2, 1, 2), ("甲", 2, 1, 2, 1), ("乙", 2, 2, 1, 1), ("☑丙", 2, 3, 1, 1),
        ("丁", 3, 2, 1, 1), ("戊", 3, 3, 1, 1),
    ]  # fmt: skip
    assert (found.images, found.margins) == (1, ("页眉",))


def test_rtf_keeps_nested_tables_in_their_cell() -> None:
    data = (
        rb"{\rtf1\ansi\trowd\cellx3000\pard\intbl\itap1 a\par\pard\intbl\itap2 b\nestcell{\*\nesttableprops\trowd\cellx1500\nestrow}"
        rb"\pard\intbl\itap1 c\cell\row\pard d\par}"
    )
    table = next(block.table for block in blocks_of(data, Format.RTF) if block.table)
    (cell,) = table.cells
    assert (cell.text, [inner.text for nested in cell.tables for inner in nested.cells]) == ("a\nc", ["b"])
    assert (table.number, cell.tables[0].number) == (1, 2)


HTML = """<html><head><meta charset="gb2312"><style>p{{}}</style></head><body><p>党员服务标兵<br>推荐表</p>
<table><tr><td rowspan=2>甲</td><td colspan="2">乙<script>x</script></td></tr><tr><td><p>丙</p><p>丁</p></td><td><input type=checkbox checked>男
<table><tr><td>内</td></tr></table></td></tr></table><div style="display:none">藏</div><img src=x>尾</body></html>"""


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_html_is_read_by_its_bytes_whatever_it_says_of_itself(encoding: str) -> None:
    found = read_document(HTML.encode(encoding), Format.HTML, Limits())
    assert [block.paragraph.text for block in found.blocks if block.paragraph] == ["党员服务标兵", "推荐表", "尾"]
    table = next(block.table for block in found.blocks if block.table)
    assert [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells] == [
        ("甲", 1, 1, 2, 1), ("乙", 1, 2, 1, 2), ("丙\n丁", 2, 2, 1, 1), ("☑男", 2, 3, 1, 1),
    ]  # fmt: skip
    assert table.cells[3].tables[0].cells[0].text == "内"
    assert found.images == 1


def test_html_shows_marks_of_symbol_fonts_and_nothing_that_was_deleted() -> None:
    page = """<p><font face="Wingdings 2, serif">R<font face="宋体">RR</font></font>男
    <span style="font-family:&quot;Wingdings 2&quot;;mso-char-type:symbol">\u00a3</span>女 <del>旧</del>R\uf0fe
    <span style="font-family:宋体">x</span><comment>批注</comment></p><div style="mso-element:comment-list"><p>批注</p></div>"""
    assert lines(page.encode(), Format.HTML) == ["☑RR男 □女 R☑ x"]


def test_wordml_saved_as_doc_is_read_like_docx() -> None:
    body = p("甲") + tbl(["姓名", "张三"])
    xml = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
        f"<w:body><wx:sect xmlns:wx='http://schemas.microsoft.com/office/word/2003/auxHint'>{body}</wx:sect></w:body></w:wordDocument>"
    )
    assert blocks_of(xml.encode(), Format.HTML) == blocks_of(raw_docx(body), Format.DOCX)


def test_a_workbook_saved_as_xml() -> None:
    xml = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table><Row><Cell><Data>姓名</Data></Cell>'
        '<Cell ss:Index="3" ss:MergeAcross="1"><Data>张三</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    table = next(block.table for block in blocks_of(xml.encode(), Format.HTML) if block.table)
    assert [(cell.text, cell.column, cell.column_span) for cell in table.cells] == [("姓名", 1, 1), ("张三", 3, 2)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_any_character_set(encoding: str) -> None:
    text = "党员服务标兵推荐表\r\n\r\n姓名：张三  性别：男\n民族：汉"
    assert lines(text.encode(encoding), Format.TEXT) == ["党员服务标兵推荐表", "姓名：张三  性别：男", "民族：汉"]
    assert fields(read(text.encode(encoding), Format.TEXT)) == {"姓名": "张三", "性别": "男", "民族": "汉"}


def ofd(content: str) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    return zip_bytes(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
            '</ofd:PageArea></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/P/Content.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/Pages/P/Content.xml": f"<ofd:Page {space}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>",
        }
    )


def placed(text: str, x: float, y: float) -> str:
    return f'<ofd:TextObject Boundary="{x} {y} 60 6" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g {len(text) - 1} 4">{text}</ofd:TextCode></ofd:TextObject>'


def test_ofd_tables_are_rebuilt_from_its_lines() -> None:
    lines_ = "".join(
        f'<ofd:PathObject Boundary="20 {y} 100 0.2"><ofd:AbbreviatedData>M 0 0 L 100 0</ofd:AbbreviatedData></ofd:PathObject>'
        for y in (40, 50, 60)
    ) + "".join(
        f'<ofd:PathObject Boundary="{x} 40 0.2 20"><ofd:AbbreviatedData>M 0 0 L 0 20</ofd:AbbreviatedData></ofd:PathObject>'
        for x in (20, 60, 120)
    )
    data = ofd(
        placed("党员服务标兵推荐表", 60, 20)
        + lines_
        + placed("姓名", 22, 42)
        + placed("张三", 62, 42)
        + placed("民族", 22, 52)
        + placed("汉族", 62, 52)
    )
    assert lines(data, Format.OFD) == ["党员服务标兵推荐表"]
    assert rows(data, Format.OFD) == [["姓名", "张三"], ["民族", "汉族"]]


# --- what cannot be read --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", [one for one in Format if one not in (Format.IMAGE, Format.TEXT, Format.HTML)])
@pytest.mark.parametrize(
    "data",
    [
        b"\x00" * 600,
        b"PK\x03\x04" + b"\xff" * 600,
        b"%PDF-1.4\n%%EOF",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x01" * 600,
        b"{\\rtf",
    ],
)
def test_damaged_bytes_are_a_finding_in_every_format(data: bytes, format: Format) -> None:
    try:
        found = read_document(data, format, Limits())
    except Unreadable as error:
        assert error.check in ("attachment-unreadable", "attachment-unsupported")  # noqa: PT017 - both ends are right: a finding or an empty document
    else:
        assert found == Document(())


def test_an_empty_file_and_one_without_a_reader_say_so() -> None:
    for data, format, check in ((b"", Format.DOCX, "attachment-unreadable"), (b"x", Format.WPS, "attachment-unsupported")):
        with pytest.raises(Unreadable) as raised:
            read_document(data, format, Limits())
        assert raised.value.check == check


def test_an_image_is_a_scanned_document() -> None:
    assert read_document(b"\x89PNG", Format.IMAGE, Limits()) == Document((), images=1, pages=1, scanned=True)


@pytest.mark.parametrize("format", [Format.DOCX, Format.XLSX, Format.RTF, Format.HTML])
def test_bytes_broken_at_random_are_read_or_refused(format: Format) -> None:
    whole = {Format.DOCX: form_docx(MEMBER), Format.XLSX: workbook(), Format.RTF: RTF, Format.HTML: HTML.encode()}[format]
    chance = random.Random(17)  # noqa: S311 - the same damage each time is what is wanted
    refused = 0
    for _ in range(120):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 5, 50])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read(bytes(data[: chance.randrange(len(data))] if chance.random() < 0.2 else data), format)
        except Unreadable:
            refused += 1
    assert refused < 120
