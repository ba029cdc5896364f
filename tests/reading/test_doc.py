"""Old Word documents: what stands in the tables beside their text."""

import random
import struct
from pathlib import Path

import pytest

from bot.model import Document, Format, Paragraph
from bot.reading.doc import read_doc
from bot.reading.doc_marks import Marked, marked
from bot.reading.doc_nested import BEGIN, CELL, ROW, without_tables
from bot.reading.documents import read_document
from bot.reading.docx import read_docx
from bot.reading.limits import Limits
from bot.reading.tables import Writer
from bot.reading.unreadable import Unreadable
from tests.documents import p, raw_docx, tbl, tc
from tests.reading.doc_files import PAGE_BEFORE, PICTURE, SECTION_BREAK, SYMBOL, Styled, check_box, doc, drop_down
from tests.reading.office import convert

FONTS = ("宋体", "Wingdings", "Symbol")


def paragraphs(data: bytes) -> list[Paragraph]:
    return [block.paragraph for block in read_doc(data, Limits()).blocks if block.paragraph]


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in paragraphs(data)]


def symbol(font: int, code: int, width: int = 2) -> Styled:
    """A symbol as Word keeps it: a bracket in the text, the symbol in its formatting."""
    return Styled("(", {SYMBOL: struct.pack("<HH", font, code)}, width)


def field(name: str, at: int) -> list[Styled]:
    return [Styled(f"\x13 {name} "), Styled("\x01", {PICTURE: struct.pack("<I", at)}), Styled("\x14\x15")]


@pytest.mark.parametrize("width", [2, 1])
def test_a_symbol_is_read_as_what_it_shows(width: int) -> None:
    data = doc(
        [
            symbol(1, 0xF0FE, width),
            Styled("男"),
            symbol(1, 0xF0A8, width),
            Styled("女（"),
            symbol(2, 0xF06D),
            Styled("）(1)\r"),
        ],
        fonts=FONTS,
    )
    assert texts(data) == ["☑男□女（μ）(1)"]


@pytest.mark.parametrize("sprm", [0x4A4F, 0x4A51])
@pytest.mark.parametrize("width", [2, 1])
def test_letters_of_a_symbol_font_are_the_marks_they_show(sprm: int, width: int) -> None:
    marks = {sprm: struct.pack("<H", 3)}
    text = [Styled("R", marks, width), Styled("男 "), Styled("£", marks, width), Styled("女 R£ "), Styled("x", {sprm: b"\t\0"})]
    assert texts(doc([*text, Styled("\r")], fonts=(*FONTS, "Wingdings 2"))) == ["☑男 □女 R£ x"]


def test_what_was_deleted_or_hidden_is_left_away() -> None:
    deleted, hidden, off = {0x0800: b"\1"}, {0x083C: b"\1"}, {0x0800: b"\0", 0x083C: b"\0"}
    text = [Styled("张"), Styled("老", deleted), Styled("三"), Styled("（填全名）\r", hidden), Styled("男", off), Styled("\r")]
    assert texts(doc(text)) == ["张三", "男"]


def test_check_boxes_and_lists_show_their_state() -> None:
    parts = [check_box(True), check_box(False), check_box(True, touched=False), drop_down(("本科", "研究生"), 1)]
    places = [sum(map(len, parts[:number])) for number in range(len(parts))]
    one, two, three, four = (
        field(name, place)
        for name, place in zip(["FORMCHECKBOX", "FORMCHECKBOX", "FORMCHECKBOX", "FORMDROPDOWN"], places, strict=True)
    )
    line = [*one, Styled("男"), *two, Styled("女"), *three, Styled("党员 学历："), *four, Styled("\r")]
    assert texts(doc(line, data=b"".join(parts))) == ["☑男□女☑党员 学历：研究生"]


def test_a_field_whose_data_are_elsewhere_shows_nothing_and_costs_nothing() -> None:
    assert texts(doc([*field("FORMCHECKBOX", 5000), Styled("男\r")], data=check_box(True))) == ["男"]


def test_pages_begin_where_the_author_broke_them() -> None:
    text = "推荐表\r\f典型材料\r结尾\r新节\f下一节\r连着\f同页\r段前\r"
    ends = [text.index("\f下") + 1, text.index("\f同") + 1, len(text)]
    data = doc(
        [Styled(text)],
        paragraphs={text.index("段前"): {PAGE_BEFORE: b"\1"}},
        sections=list(zip(ends, [{}, {SECTION_BREAK: b"\2"}, {SECTION_BREAK: b"\0"}], strict=True)),
    )
    assert [(one.text, one.starts_page) for one in paragraphs(data)] == [
        ("推荐表", False),
        ("典型材料", True),
        ("结尾", False),
        ("新节", False),
        ("下一节", True),
        ("连着", False),
        ("同页", False),
        ("段前", True),
    ]


def test_a_symbol_may_begin_a_page() -> None:
    data = doc([Styled("推荐表\r\f"), symbol(1, 0xF0FE), Styled("男\r")], fonts=FONTS)
    assert [(one.text, one.starts_page) for one in paragraphs(data)] == [("推荐表", False), ("☑男", True)]


def test_headers_and_footers_are_kept_line_by_line() -> None:
    margins = "\x03\r党员服务标兵推荐表\r第\x13 PAGE \x141\x15页\r党员服务标兵推荐表\r"
    found = read_doc(doc([Styled("姓名\r"), Styled(margins)], margins=len(margins)), Limits())
    assert found.margins == ("党员服务标兵推荐表", "第1页")


@pytest.mark.server
def test_tables_in_cells_are_those_of_the_docx(tmp_path: Path) -> None:
    inner = tbl(["联系人", "李四"], ["联系电话", "0371-1"], ["备注", ""])
    deep = tbl(["甲", tc(tbl(["姓名", tc(tbl(["张", "三"]) + p("同志"))], ["性别", "男"]) + p("")), "乙"], ["丙", "丁", "戊"])
    rows = (
        tc(p("联系")) + tc(p("前") + inner + p("后")),
        tc(p("又")) + tc(inner + p("")),
        tc(deep + p("末")) + tc(p("")),
    )
    around = "<w:tbl>" + "".join(f"<w:tr>{cells}</w:tr>" for cells in rows) + "</w:tbl>"
    source = tmp_path / "form.docx"
    source.write_bytes(raw_docx(p("推荐表") + around + p("续表") + tbl(["民族", "汉"])))
    convert([source], "doc", tmp_path)
    found = read_doc(source.with_suffix(".doc").read_bytes(), Limits())
    expected = read_docx(source.read_bytes(), Limits())
    assert [block.table for block in found.blocks] == [block.table for block in expected.blocks]


@pytest.mark.parametrize(
    ("text", "own", "tables"),
    [
        (f"前\n{BEGIN}甲{CELL}乙\n丙{CELL}{ROW}后", "前\n后", [["甲", "乙\n丙"]]),
        (f"{BEGIN}甲{CELL}{CELL}{ROW}乙{CELL}{ROW}", "", [["甲", "", "乙"]]),
        (f"{BEGIN}甲{CELL}{ROW}中{BEGIN}乙{CELL}{ROW}后", "中\n后", [["甲"], ["乙"]]),
        (f"{BEGIN}甲{CELL}乙", "甲\n乙", []),
        (f"甲{ROW}", "甲", []),
        ("无", "无", []),
    ],
)
def test_marks_make_tables_or_the_ends_of_lines(text: str, own: str, tables: list[list[str]]) -> None:
    found = without_tables(text, Writer(Limits()))
    assert (found[0], [[cell.text for cell in table.cells] for table in found[1]]) == (own, tables)


def test_marks_are_characters_that_the_document_does_not_use() -> None:
    data = doc([symbol(1, 0xF0FE), Styled("\ue000\ue001男~^`\r"), symbol(1, 0xF0A8, 1), Styled("女\r")], fonts=FONTS)
    assert texts(data) == ["☑\ue000\ue001男~^`", "□女"]


def test_pieces_that_lie_on_one_another_are_not_unpacked() -> None:
    """A file of a few kilobytes that would be two million characters: no mark is made, and it is for its reader to say more."""
    data = doc([Styled("\f" + "为" * 998 + "\r", times=2000)])
    assert marked(data) == Marked(data)
    assert marked(doc([Styled("\f" + "为" * 998 + "\r")])).meanings != {}


def test_tables_broken_at_random_cost_no_text() -> None:
    """Whatever the tables say, the document is read, or damaged for its reader too."""
    whole = doc(
        [Styled("推荐表\r\f"), symbol(1, 0xF0FE), Styled("男\r"), *field("FORMCHECKBOX", 0), Styled("\r")], data=check_box(True)
    )
    chance = random.Random(5)  # noqa: S311 - the same damage each time is what is wanted
    read = 0
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.choice([1, 3, 20])):
            data[chance.randrange(1024, len(data))] = chance.randrange(256)
        assert len(marked(bytes(data)).data) == len(data)
        try:
            read += read_document(bytes(data), Format.DOC, Limits()) != Document(())
        except Unreadable:
            continue  # what the reader cannot make sense of is a finding
    assert read > 100
