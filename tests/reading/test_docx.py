"""Word documents in every dress, from raw XML: what Word shows is read, what it hides is not, nothing comes twice."""

# ruff: noqa: E501 - the XML of one case reads better on one line

import zipfile
from io import BytesIO

import pytest

from bot.model import Cell, Document, Table
from bot.reading.docx import read_docx
from bot.reading.limits import Limits
from bot.reading.unreadable import Unreadable
from tests.documents import STRICT, form_docx, p, r, raw_docx, tbl, tc, zip_bytes


def lines(data: bytes) -> list[str]:
    return [block.paragraph.text for block in read(data).blocks if block.paragraph]


def read(data: bytes) -> Document:
    return read_docx(data, Limits())


def first_table(data: bytes) -> Table:
    return next(block.table for block in read(data).blocks if block.table)


def grid(table: Table) -> list[tuple[str, int, int, int, int]]:
    return [(cell.text, cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells]


CHUNK = "<w:altChunk r:id='c'/>"
MHT = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n"
    "<html><body><p>存的页</p></body></html>\n--b--\n"
)


def chunk(target: str, mode: str = "") -> dict[str, str]:
    """The relationship under which a document calls another one inside it."""
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return {
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}"><Relationship Id="c" Type="aFChunk" Target="{target}"{mode}/></Relationships>'
    }


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.html", "<html><body><p>页一</p><p>页二</p></body></html>", ["前", "页一", "页二", "后"]),
        ("a.mht", MHT, ["前", "存的页", "后"]),
        ("a.rtf", r"{\rtf1 \u20826?\par}", ["前", "党", "后"]),
        ("a.txt", "一行\n二行", ["前", "一行", "二行", "后"]),
    ],
)
def test_a_document_put_into_another_is_read_where_it_stands(name: str, content: str, expected: list[str]) -> None:
    assert lines(raw_docx(p("前") + CHUNK + p("后"), {**chunk(name), f"word/{name}": content})) == expected


def test_tables_of_a_document_put_into_another_are_numbered_on() -> None:
    page = "<html><body><table><tr><td>甲<table><tr><td>乙</td></tr></table></td></tr></table></body></html>"
    found = read(raw_docx(tbl(["姓名"]) + CHUNK + tbl(["民族"]), {**chunk("/word/a.html"), "word/a.html": page}))
    tables = [block.table for block in found.blocks if block.table]
    assert [(table.number, [nested.number for cell in table.cells for nested in cell.tables]) for table in tables] == [
        (1, []),
        (2, [3]),
        (4, []),
    ]


def test_a_document_put_into_a_cell_is_read_in_the_cell() -> None:
    page = "<html><body><p>乙</p><table><tr><td>丙</td></tr></table></body></html>"
    data = raw_docx(tbl(["甲", tc(p("前") + CHUNK + p("后"))]) + p("末"), {**chunk("a.html"), "word/a.html": page})
    (table, last) = read(data).blocks
    assert table.table is not None
    assert [cell.text for cell in table.table.cells] == ["甲", "前\n乙\n后"]
    assert [[inner.text for inner in nested.cells] for cell in table.table.cells for nested in cell.tables] == [["丙"]]
    assert last.paragraph is not None
    assert (last.paragraph.text, last.paragraph.number) == ("末", 1)


def test_a_word_document_inside_a_word_document_is_read_to_a_depth() -> None:
    made = raw_docx(p("最里"))
    for name in ("四", "三", "二", "一"):
        made = zip_bytes({**parts_of(raw_docx(p(name) + CHUNK, chunk("in.docx"))), "word/in.docx": made})
    assert lines(made) == ["一", "二", "三", "四"]


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_document_from_elsewhere_is_not_fetched_and_a_foreign_one_is_named() -> None:
    assert lines(raw_docx(p("前") + CHUNK, chunk("file:///etc/passwd", ' TargetMode="External"'))) == ["前"]
    assert lines(raw_docx(p("前") + CHUNK, chunk("../../etc/passwd"))) == ["前"]
    with pytest.raises(Unreadable):
        read(zip_bytes({**parts_of(raw_docx(p("前") + CHUNK, chunk("a.png"))), "word/a.png": b"\x89PNG\r\n\x1a\n"}))


def test_a_broken_header_or_note_costs_no_text() -> None:
    data = raw_docx(p("正文"), {"word/header1.xml": "<w:hdr", "word/footnotes.xml": "<w:footnotes"})
    assert (lines(data), read(data).margins) == (["正文"], ())


SDT = "<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
BOX = "<w:p><w:r>{drawing}</w:r></w:p>"
TEXT_BOX = "<w:txbxContent>" + p("框内") + "</w:txbxContent>"
DRAWING = f"<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>{TEXT_BOX}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
PICT = f"<w:pict><v:shape><v:textbox>{TEXT_BOX}</v:textbox></v:shape></w:pict>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("张", "三"), ["张三"]),
        (SDT.format(properties="", content=p("块级")), ["块级"]),
        (p(SDT.format(properties="", content=r("行级"))), ["行级"]),
        (p(SDT.format(properties="<w:showingPlcHdr/>", content=r("单击此处输入文字。")), "后"), ["后"]),
        (p("<w:ins w:author='x'>" + r("插入") + "</w:ins>", "<w:del><w:r><w:delText>删除</w:delText></w:r></w:del>"), ["插入"]),
        (p("<w:moveFrom>" + r("移走") + "</w:moveFrom>", "<w:moveTo>" + r("移来") + "</w:moveTo>"), ["移来"]),
        (p("<w:smartTag w:element='x'>" + r("标记") + "</w:smartTag>"), ["标记"]),
        (p("<w:hyperlink r:id='x'>" + r("链接") + "</w:hyperlink>"), ["链接"]),
        (p("<w:fldSimple w:instr=' DATE '>" + r("2021年") + "</w:fldSimple>"), ["2021年"]),
        (
            p("<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>"
              "<w:r><w:fldChar w:fldCharType='separate'/></w:r>", "7", "<w:r><w:fldChar w:fldCharType='end'/></w:r>"),
            ["7"],
        ),
        (p(r("看不见", "<w:vanish/>"), r("看得见", "<w:vanish w:val='0'/>")), ["看得见"]),
        (p("<w:r><w:t>左</w:t><w:tab/><w:t>右</w:t></w:r>"), ["左\t右"]),
        (p("<w:r><w:t>上</w:t><w:br/><w:t>下</w:t></w:r>"), ["上", "下"]),
        (p("<w:r><w:t>0371</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>"), ["0371-1"]),
        (p("<w:r><w:sym w:font='Wingdings 2' w:char='F052'/></w:r>", "男", "<w:r><w:sym w:font='Wingdings' w:char='F0A8'/></w:r>", "女"), ["☑男□女"]),
        (p(r("R", "<w:rFonts w:ascii='Wingdings 2' w:hAnsi='Wingdings 2'/>"), "男", r("\uf0a3", "<w:rFonts w:ascii='Wingdings 2'/>"), "女"), ["☑男□女"]),
        (p(SDT.format(properties="<w14:checkbox><w14:checked w14:val='1'/></w14:checkbox>", content=r("☒")), "男"), ["☑男"]),
        (p(SDT.format(properties="<w14:checkbox><w14:checked w14:val='0'/></w14:checkbox>", content=r("☐")), "女"), ["□女"]),
        (p("<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='1'/></w:checkBox></w:ffData></w:fldChar></w:r>", "男"), ["☑男"]),
        (p("<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox></w:ffData></w:fldChar></w:r>", "女"), ["□女"]),
        (p("<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='男'/><w:listEntry w:val='女'/></w:ddList></w:ffData></w:fldChar></w:r>"), ["女"]),
        (p("<w:r><w:ruby><w:rubyPr/><w:rt>" + r("pin") + "</w:rt><w:rubyBase>" + r("拼") + "</w:rubyBase></w:ruby></w:r>"), ["拼"]),
        (BOX.format(drawing=f"<mc:AlternateContent><mc:Choice Requires='wps'>{DRAWING}</mc:Choice><mc:Fallback>{PICT}</mc:Fallback></mc:AlternateContent>"), ["框内"]),
        (BOX.format(drawing=PICT), ["框内"]),
        (BOX.format(drawing="<mc:AlternateContent><mc:Fallback>" + PICT + "</mc:Fallback></mc:AlternateContent>"), ["框内"]),
        (BOX.format(drawing="<w:pict><v:shape><v:textpath string='党员服务标兵推荐表'/></v:shape></w:pict>"), ["党员服务标兵推荐表"]),
        ("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + r("前半") + "</w:p>" + p("后半"), ["前半后半"]),
        ("<w:customXml>" + p("自定义") + "</w:customXml>", ["自定义"]),
        (p("甲") + p("") + p("乙"), ["甲", "乙"]),
    ],
)  # fmt: skip
def test_what_word_shows_is_read_once(body: str, expected: list[str]) -> None:
    assert lines(raw_docx(body)) == expected


def test_strict_documents_are_read_like_transitional_ones() -> None:
    body = p("甲") + tbl(["姓名", "张三"])
    strict, transitional = read(raw_docx(body, namespace=STRICT)), read(raw_docx(body))
    assert strict == transitional


def test_paragraphs_keep_the_number_they_have_with_the_empty_ones() -> None:
    blocks = read(raw_docx(p("甲") + p("") + p("乙"))).blocks
    assert [(block.paragraph.text, block.paragraph.number) for block in blocks if block.paragraph] == [("甲", 1), ("乙", 3)]


def test_a_page_break_stands_before_the_paragraph_that_follows_it() -> None:
    body = (
        p("甲")
        + p("<w:r><w:br w:type='page'/></w:r>")
        + p("乙")
        + "<w:p><w:pPr><w:pageBreakBefore/></w:pPr>"
        + r("丙")
        + "</w:p>"
    )
    blocks = read(raw_docx(body)).blocks
    assert [(b.paragraph.text, b.paragraph.starts_page) for b in blocks if b.paragraph] == [
        ("甲", False),
        ("乙", True),
        ("丙", True),
    ]


def test_merged_cells_come_once_with_their_spans() -> None:
    data = form_docx([[[("姓名", 1), ("张三", 2), ("照片", 1, 2)], [("民族", 1), ("汉", 2), None]]])
    assert grid(first_table(data)) == [
        ("姓名", 1, 1, 1, 1),
        ("张三", 1, 2, 1, 2),
        ("照片", 1, 4, 2, 1),
        ("民族", 2, 1, 1, 1),
        ("汉", 2, 2, 1, 2),
    ]


def test_grid_before_and_irregular_rows_keep_their_columns() -> None:
    body = (
        "<w:tbl><w:tr>"
        + tc("甲")
        + tc("乙")
        + tc("丙")
        + "</w:tr><w:tr><w:trPr><w:gridBefore w:val='2'/></w:trPr>"
        + tc("丁")
        + "</w:tr></w:tbl>"
    )
    assert grid(first_table(raw_docx(body)))[-1] == ("丁", 2, 3, 1, 1)


def test_old_horizontal_merges_widen_the_first_cell() -> None:
    body = tbl([tc("甲", "<w:hMerge w:val='restart'/>"), tc("", "<w:hMerge/>"), tc("乙")])
    assert grid(first_table(raw_docx(body))) == [("甲", 1, 1, 1, 2), ("乙", 1, 3, 1, 1)]


def test_rows_and_cells_in_content_controls_are_read() -> None:
    row = SDT.format(properties="", content="<w:tr>" + tc("姓名") + SDT.format(properties="", content=tc("张三")) + "</w:tr>")
    assert grid(first_table(raw_docx(f"<w:tbl>{row}</w:tbl>"))) == [("姓名", 1, 1, 1, 1), ("张三", 1, 2, 1, 1)]


def test_a_deleted_row_is_not_read() -> None:
    body = "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" + tc("删") + "</w:tr><w:tr>" + tc("留") + "</w:tr></w:tbl>"
    assert [cell.text for cell in first_table(raw_docx(body)).cells] == ["留"]


def test_nested_tables_lie_in_their_cell_and_are_numbered_after_their_parent() -> None:
    inner = tbl(["内"])
    data = raw_docx(tbl([tc(p("外") + inner + p("后"))]) + tbl(["二"]))
    tables = [block.table for block in read(data).blocks if block.table]
    assert [table.number for table in tables] == [1, 3]
    assert tables[0].cells == (Cell("外\n后", 1, 1, tables=(Table(2, (Cell("内", 1, 1),)),)),)


def test_headers_footers_and_notes_are_kept_apart() -> None:
    header = f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{p("页眉")}</w:hdr>'
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:footnote w:type="separator">{p("线")}</w:footnote><w:footnote w:id="1">{p("脚注")}</w:footnote></w:footnotes>'
    )
    found = read(raw_docx(p("正文"), {"word/header1.xml": header, "word/header2.xml": header, "word/footnotes.xml": notes}))
    assert found.margins == ("页眉",)
    assert [block.paragraph.text for block in found.blocks if block.paragraph] == ["正文", "脚注"]


def test_pictures_are_counted() -> None:
    body = p(
        "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    assert read(raw_docx(body)).images == 1


def test_part_names_with_backslashes_and_capitals_are_found() -> None:
    inside = zipfile.ZipFile(BytesIO(raw_docx(p("正文")))).read("word/document.xml")
    assert lines(zip_bytes({"WORD\\Document.xml": inside})) == ["正文"]


@pytest.mark.parametrize(
    ("data", "check"),
    [
        (b"PK\x03\x04 torn", "attachment-unreadable"),
        (zip_bytes({"word/other.xml": "<a/>"}), "attachment-unreadable"),
        (zip_bytes({"word/document.xml": "<w:document"}), "attachment-unreadable"),
        (zip_bytes({"word/document.xml": ""}), "attachment-unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "attachment-encrypted"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, check: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read(data)
    assert raised.value.check == check


def test_entities_are_neither_expanded_nor_fetched() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "啊"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'
    document = (
        bomb
        + '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + p("文")
        + "<w:p><w:r><w:t>&b;&c;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert lines(zip_bytes({"word/document.xml": document})) == ["文"]


@pytest.mark.parametrize("limits", [Limits(document_entries=1), Limits(document_bytes=100), Limits(document_part_bytes=100)])
def test_a_document_beyond_a_limit_is_refused_before_it_is_unpacked(limits: Limits) -> None:
    with pytest.raises(Unreadable) as raised:
        read_docx(raw_docx(p("正文" * 1000)), limits)
    assert (raised.value.check, raised.value.facts["why"]) == ("attachment-unsafe", "too-large")


def test_text_and_cells_beyond_their_limits_are_left_away() -> None:
    found = read_docx(raw_docx(p("甲" * 50) + p("乙" * 60) + p("丙")), Limits(document_characters=100))
    assert [block.paragraph.text for block in found.blocks if block.paragraph] == ["甲" * 50]
    few = read_docx(raw_docx(tbl(["甲", "乙", "丙"])), Limits(cells=2))
    assert [len(block.table.cells) for block in few.blocks if block.table] == [2]
