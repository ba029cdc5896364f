"""OpenDocument texts and workbooks are read as their program shows them, by what they say and not by who wrote them."""

import pytest

from bot.model import Cell, Document, Format, Paragraph
from bot.reading.documents import Unreadable, read_document
from bot.reading.limits import Limits
from bot.reading.sections import sections
from bot.reading.sniff import format_of
from tests.documents import zip_bytes
from tests.reading.campaign import RULES
from tests.reading.odf_files import COVERED, SHEET, TEXT, cell, fodt, ods, odt, p, root, row, style, table


def read(data: bytes) -> Document:
    return read_document(data, format_of(data, "件"), Limits())


def lines(data: bytes) -> list[str]:
    return [block.paragraph.text for block in read(data).blocks if block.paragraph]


def cells(data: bytes, number: int = 0) -> list[tuple[int, int, str]]:
    tables = [block.table for block in read(data).blocks if block.table]
    return [(one.row, one.column, one.text) for one in tables[number].cells]


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        ("姓名：<text:span>张</text:span>三", "姓名：张三"),
        ("姓<text:s/>名<text:s text:c='3'/>张三", "姓 名   张三"),
        ("姓名\n   张三", "姓名 张三"),
        ("姓名<text:tab/>张三", "姓名\t张三"),
        ("姓<text:change-start/>名<text:change-end/><text:change/>", "姓名"),
        ("姓名<office:annotation><text:p>请核对</text:p></office:annotation>", "姓名"),
        ("<text:ruby><text:ruby-base>张</text:ruby-base><text:ruby-text>zhang</text:ruby-text></text:ruby>三", "张三"),
        ("姓名：<text:placeholder>&lt;姓名&gt;</text:placeholder>", "姓名："),
        ("姓名：<text:text-input>张三</text:text-input><text:bookmark-start/>", "姓名：张三"),
        ("姓名：<loext:content-control loext:showing-place-holder='true'>单击</loext:content-control>", "姓名："),
        ("<loext:content-control loext:checkbox='true' loext:checked='true'>☒</loext:content-control>男", "☑男"),
        ("<loext:content-control loext:checkbox='true'>☐</loext:content-control>女", "□女"),
        ("<text:a>见附件</text:a><text:hidden-text text:is-hidden='true'>密</text:hidden-text>", "见附件"),
        ("张<text:span text:style-name='暗'>暗</text:span>三", "张三"),
        ("<text:span text:style-name='符'>\uf0fe</text:span>男<text:span text:style-name='号'>\uf0a8</text:span>女", "☑男□女"),
    ],
)
def test_a_paragraph_shows_what_its_program_shows(content: str, shown: str) -> None:
    hidden = style("暗", "<style:text-properties text:display='none'/>", "text")
    symbols = style("符", "<style:text-properties style:font-name='Wingdings'/>", "text")
    resting = style("号", "", "text", "style:parent-style-name='符'")
    assert lines(odt(p(content), hidden + symbols + resting)) == [shown]


@pytest.mark.parametrize(
    ("kind", "chosen", "shown"),
    [
        ("FORMCHECKBOX", {"Checkbox_Checked": "true"}, "☑"),
        ("FORMCHECKBOX", {}, "□"),
        ("FORMDROPDOWN", {"Dropdown_Selected": "1"}, "女"),
        ("FORMDROPDOWN", {"Dropdown_Selected": "9"}, ""),
        ("FORMTEXT", {}, ""),
    ],
)
def test_form_fields_taken_over_from_word_show_their_state(kind: str, chosen: dict[str, str], shown: str) -> None:
    entries = "".join(f"<field:param field:name='Dropdown_ListEntry' field:value='{entry}'/>" for entry in "男女")
    told = "".join(f"<field:param field:name='{name}' field:value='{value}'/>" for name, value in chosen.items())
    mark = f"<field:fieldmark field:type='vnd.oasis.opendocument.field.{kind}'>{entries}{told}</field:fieldmark>"
    assert lines(odt(p(f"性别：{mark}"))) == [f"性别：{shown}"]


def test_form_controls_show_what_was_entered() -> None:
    controls = (
        "<office:forms><form:form>"
        "<form:text form:id='a' form:current-value='张三'/>"
        "<form:checkbox form:id='b' form:current-state='checked' form:label='男'/>"
        "<form:checkbox form:id='c' form:label='女'/>"
        "<form:listbox form:id='d'><form:option form:label='汉族'/><form:option form:label='回族' "
        "form:current-selected='true'/></form:listbox>"
        "</form:form></office:forms>"
    )
    shown = "".join(f"<draw:control draw:control='{id}'/> " for id in "abcde")
    assert lines(odt(controls + p(shown))) == ["张三 ☑男 □女 回族"]


def test_what_was_deleted_and_what_is_hidden_is_left_away() -> None:
    deleted = "<text:tracked-changes><text:changed-region><text:deletion>" + p("旧稿") + "</text:deletion>"
    deleted += "</text:changed-region></text:tracked-changes>"
    hidden = "<text:section text:display='none'>" + p("密") + "</text:section>"
    shown = "<text:section><text:list><text:list-item>" + p("一") + "</text:list-item></text:list></text:section>"
    index = "<text:table-of-content><text:table-of-content-source><text:index-title-template>目录</text:index-title-template>"
    index += "</text:table-of-content-source><text:index-body>" + p("一、做法") + "</text:index-body></text:table-of-content>"
    assert lines(odt(deleted + hidden + shown + index)) == ["一", "一、做法"]


def test_text_boxes_stand_behind_their_paragraph_and_notes_behind_the_text() -> None:
    box = "<draw:frame><draw:text-box>" + p("框中") + "</draw:text-box></draw:frame>"
    shape = "<draw:custom-shape>" + p("图形") + "</draw:custom-shape>"
    picture = "<draw:frame><draw:image/><svg:title>照片</svg:title></draw:frame>"
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body>" + p("脚注") + "</text:note-body></text:note>"
    data = odt(p(f"首{note}句{box}{picture}") + shape + p("末句"))
    found = read(data)
    assert [(one.paragraph.text, one.paragraph.number) for one in found.blocks if one.paragraph] == [
        ("首句", 1),
        ("框中", 1),
        ("图形", 1),
        ("末句", 2),
        ("脚注", 3),
    ]
    assert found.images == 1


def test_page_breaks_of_styles_hold_for_the_next_text() -> None:
    styles = (
        style("断", "<style:paragraph-properties fo:break-before='page'/>")
        + style("尾", "<style:paragraph-properties fo:break-after='page'/>")
        + style("页", "", more="style:master-page-name='横页'")
    )
    data = odt(p("一", "页") + p("", "断") + p("二") + p("三", "尾") + p("四") + p("五", "页") + p("六"), styles)
    assert [
        block.paragraph == Paragraph(block.paragraph.text, block.paragraph.number, None, block.paragraph.text in "二四五")
        for block in read(data).blocks
        if block.paragraph
    ] == [True] * 6


def test_headers_and_footers_are_margins() -> None:
    page = "<style:master-page style:name='页'><style:header>" + p("党员服务标兵") + table(row("推荐表")) + "</style:header>"
    page += "<style:footer>" + p("第1页") + "</style:footer><style:footer-left>" + p("第1页") + "</style:footer-left>"
    styles = root("document-styles", f"<office:master-styles>{page}</style:master-page></office:master-styles>")
    assert read(odt(p("正文"), parts={"styles.xml": styles})).margins == ("党员服务标兵", "推荐表", "第1页")
    assert read(odt(p("正文"), parts={"styles.xml": "<broken"})).margins == ()


def test_tables_keep_their_spans_and_what_lies_in_their_cells() -> None:
    inner = table(row("时间", "奖项"), row("2020年", "劳模"))
    box = p("简历<draw:frame><draw:text-box>" + p("1990年参加工作") + "</draw:text-box></draw:frame>")
    data = odt(
        table(
            "<table:table-header-rows>"
            + row(cell("基本情况", 'table:number-rows-spanned="2"'), "姓名", "张三")
            + "</table:table-header-rows>",
            row(COVERED, cell("汉族", 'table:number-columns-spanned="2"'), COVERED),
            row(box, cell(inner), ""),
        )
    )
    (found,) = [block.table for block in read(data).blocks if block.table]
    assert [(one.text, one.row, one.column, one.row_span, one.column_span) for one in found.cells] == [
        ("基本情况", 1, 1, 2, 1),
        ("姓名", 1, 2, 1, 1),
        ("张三", 1, 3, 1, 1),
        ("汉族", 2, 2, 1, 2),
        ("简历\n1990年参加工作", 3, 1, 1, 1),
        ("", 3, 2, 1, 1),
        ("", 3, 3, 1, 1),
    ]
    nested = found.cells[5].tables
    assert [[one.text for one in table.cells] for table in nested] == [["时间", "奖项", "2020年", "劳模"]]
    assert (found.number, nested[0].number) == (1, 2)


@pytest.mark.parametrize(
    ("attributes", "text", "shown"),
    [
        ("office:value-type='string'", "张三", "张三"),
        ("office:value-type='float' office:value='13800000000'", "1.38E+10", "13800000000"),
        ("office:value-type='float' office:value='13800000000'", "###", "13800000000"),
        ("office:value-type='float' office:value='35'", "35人", "35人"),
        ("office:value-type='float' office:value='4.1010119700101E+17'", "410101197001010000", "4.10101197001010E+17"),
        ("office:value-type='float' office:value='x'", "35", "35"),
        ("office:value-type='percentage' office:value='0.95'", "95%", "95%"),
        ("office:value-type='date' office:date-value='1970-01-01'", "1970年1月", "1970年1月"),
        ("office:value-type='date' office:date-value='1970-01-01'", "70/01/01", "1970-01-01"),
        ("office:value-type='date' office:date-value='2021-12-10T08:30:00'", "8:30", "2021-12-10 08:30:00"),
    ],
)
def test_cells_of_a_workbook_show_what_they_display_and_numbers_in_full(attributes: str, text: str, shown: str) -> None:
    assert cells(ods(table(row(cell(text, attributes))))) == [(1, 1, shown)]


def test_a_workbook_gives_its_visible_sheets_without_the_empty_rest() -> None:
    hidden = style("隐", "<style:table-properties table:display='false'/>", "table")
    rest = cell("", 'table:number-columns-repeated="16382"')
    sheet = table(
        row("姓名", "张三", rest),
        row(cell("", 'table:number-columns-repeated="16384"'), repeated=2),
        row("电话", cell("", 'table:number-columns-repeated="2"'), rest),
        row(rest, repeated=1048570),
        name="一",
    )
    data = ods(table(row("密"), name="二", style="隐") + sheet, hidden)
    assert cells(data) == [(1, 1, "姓名"), (1, 2, "张三"), (1, 3, ""), (4, 1, "电话"), (4, 2, "")]
    assert [block.table.sheet for block in read(data).blocks if block.table] == ["一"]


def test_repetition_is_no_bomb() -> None:
    alike = cell("甲", 'table:number-columns-repeated="9999999"')
    limits = Limits(cells=5000)
    for data in (ods(table(row(alike, repeated=9999999))), odt(table(row(alike, repeated=9999999)))):
        (block,) = read_document(data, format_of(data, ""), limits).blocks
        assert block.table is not None
        assert len(block.table.cells) == 5000
    empty = odt(table(row(COVERED, repeated=9999999)) + p("<text:s text:c='99999'/>完"))
    assert lines(empty) == ["完"]


def test_a_flat_document_reads_like_a_packed_one() -> None:
    body = p("党员服务标兵推荐表") + table(row("姓名", "张三", "性别", "男"))
    assert read(fodt(body)) == read(odt(body))
    assert format_of(fodt(body), "推荐表.xml") is Format.ODT


def test_a_form_in_an_open_document_is_a_form() -> None:
    data = odt(
        p("党员服务标兵推荐表")
        + table(
            row("姓名", "张三", "性别", "男"),
            row("政治面貌", "中共党员", "联系电话", "0371-65900000"),
            row("主要事迹", cell("扎根基层。", 'table:number-columns-spanned="3"'), COVERED, COVERED),
        )
    )
    (section,) = sections(read(data), "表.odt", RULES)
    assert section.form is not None
    assert {field.name: field.value for field in section.form.fields} == {
        "姓名": "张三",
        "性别": "男",
        "政治面貌": "中共党员",
        "联系电话": "0371-65900000",
        "主要事迹": "扎根基层。",
    }


MANIFEST = (
    '<m:manifest xmlns:m="urn:m"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
)


@pytest.mark.parametrize(
    ("parts", "check"),
    [
        ({"mimetype": TEXT, "META-INF/manifest.xml": MANIFEST, "content.xml": b"\x01\x02"}, "attachment-encrypted"),
        ({"mimetype": TEXT, "META-INF/manifest.xml": "<m/>", "encrypted-package": b"\x01"}, "attachment-encrypted"),
        ({"mimetype": TEXT, "content.xml": "<broken"}, "attachment-unreadable"),
        ({"mimetype": TEXT, "content.xml": "<empty/>"}, "attachment-unreadable"),
    ],
)
def test_locked_and_damaged_documents_are_findings(parts: dict[str, str | bytes], check: str) -> None:
    data = zip_bytes(parts)
    assert format_of(data, "a.odt") is Format.ODT
    with pytest.raises(Unreadable) as error:
        read(data)
    assert error.value.check == check


@pytest.mark.parametrize(
    ("parts", "name", "format"),
    [
        ({"mimetype": TEXT + "-template", "content.xml": ""}, "a.ott", Format.ODT),
        ({"mimetype": SHEET, "content.xml": ""}, "a.doc", Format.ODS),
        ({"META-INF/manifest.xml": f'<m media-type="{SHEET}"/>', "content.xml": ""}, "a.zip", Format.ODS),
        ({"mimetype": TEXT, "content.xml": "", "Basic/Standard/script-lb.xml": ""}, "a.odt", Format.ODT),
        ({"mimetype": TEXT, "content.xml": "", "Basic/Standard/Module1.xml": ""}, "a.odt", Format.PROGRAM),
        ({"mimetype": TEXT, "content.xml": "", "Scripts/python/a.py": ""}, "a.odt", Format.PROGRAM),
        ({"mimetype": "application/vnd.oasis.opendocument.presentation", "content.xml": ""}, "a.odp", Format.UNKNOWN),
        ({"mimetype": "application/vnd.sun.xml.writer", "content.xml": ""}, "a.sxw", Format.UNKNOWN),
        ({"uof.xml": "", "content.xml": ""}, "a.uof", Format.UNKNOWN),
        ({"content.xml": ""}, "资料.zip", Format.ZIP),
        ({"mimetype": "x", "推荐表.docx": ""}, "资料.zip", Format.ZIP),
    ],
)
def test_what_a_package_is_stands_in_its_type(parts: dict[str, str], name: str, format: Format) -> None:
    assert format_of(zip_bytes(parts), name) is format


def test_a_flat_document_with_macros_is_never_opened() -> None:
    data = fodt(p("x")).replace(b"<office:body>", b"<office:scripts><ooo:source-code>Sub Main</ooo:source-code><office:body>")
    assert format_of(data, "a.fodt") is Format.PROGRAM


def test_a_cell_of_nothing_but_spans_keeps_its_place() -> None:
    data = odt(table(row(cell("", 'table:number-columns-spanned="2"'), COVERED, "照片")))
    (found,) = [block.table for block in read(data).blocks if block.table]
    assert found.cells == (Cell("", 1, 1, 1, 2), Cell("照片", 1, 3))
