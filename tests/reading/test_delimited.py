"""A summary table saved as csv or text is listed row by row, as that of a workbook is; other text stays lines."""

import csv
import io

import pytest

from bot.model import Format, Section
from bot.reading.documents import read_document
from bot.reading.limits import Limits
from bot.reading.sections import sections
from tests.reading.campaign import RULES

ROWS = (
    ("序号", "类别", "推荐对象", "所在单位", "联系电话"),
    ("1", "党员服务标兵", "张三", "甲局", "0373-3051234"),
    ("2", "实事项目", "“一键通”,便民;“零距离”", "乙局\t二科", "13800000000"),
    ("合计", "2", "", "", ""),
)
LISTED = tuple(tuple(" ".join(cell.split()) for cell in row) for row in ROWS)


def written(delimiter: str, title: str) -> str:
    out = io.StringIO()
    out.write(title)
    csv.writer(out, delimiter=delimiter).writerows(ROWS)
    return out.getvalue()


def read(text: str | bytes) -> tuple[Section, ...]:
    data = text.encode() if isinstance(text, str) else text
    return sections(read_document(data, Format.TEXT, Limits()), "汇总表.csv", RULES)


@pytest.mark.parametrize("delimiter", ["\t", ",", ";", "|"], ids=["tabs", "commas", "semicolons", "bars"])
@pytest.mark.parametrize("title", ["", "新乡市推荐汇总表\r\n"], ids=["bare", "titled"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_summary_table_in_text_is_listed_row_by_row(delimiter: str, title: str, encoding: str) -> None:
    (found,) = read(written(delimiter, title).encode(encoding))
    assert (found.rows, found.title) == (LISTED, title.strip())


def test_a_title_that_fills_its_row_as_excel_saves_it_is_the_title() -> None:
    (found,) = read(written(",", "新乡市推荐汇总表,,,,\r\n"))
    assert (found.rows, found.title) == (LISTED, "新乡市推荐汇总表")


def test_places_agree_with_the_lines_of_the_file() -> None:
    text = "党员服务标兵推荐表\n姓名\t张三\t性别\t男\n民族\t汉\t联系电话\t13800000000\n"
    (found,) = read(text)
    assert found.form is not None
    assert [(field.name, field.value, field.place.row, field.place.column) for field in found.form.fields] == [
        ("姓名", "张三", 2, 2),
        ("性别", "男", 2, 4),
        ("民族", "汉", 3, 2),
        ("联系电话", "13800000000", 3, 4),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a, b, c\nd, e, f",
        "他说,好,行\n大家都说好",
        "姓名：张三\n性别：男\n民族：汉",
        '1,2,3\n"4,5,6\n7,8,9',
        "一,二,三",
        "甲,乙,丙\n甲,乙\n甲\n甲,乙,丙,丁",
        "甲,乙,丙\n" * 2 + "丁" * 140_000,
    ],
    ids=["prose", "one line with commas", "pairs", "open quotes", "one row", "ragged", "a cell beyond any size"],
)
def test_other_text_is_read_line_by_line(text: str) -> None:
    found = read_document(text.encode(), Format.TEXT, Limits())
    assert [block.paragraph.text for block in found.blocks if block.paragraph] == text.split("\n")
    assert not any(block.table for block in found.blocks)


def test_a_table_keeps_to_the_limits() -> None:
    found = read_document(b"a\tb\tc\n" * 5000, Format.TEXT, Limits(cells=300, document_characters=100))
    (table,) = [block.table for block in found.blocks if block.table]
    assert len(table.cells) == 300
    assert sum(len(cell.text) for cell in table.cells) == 100
