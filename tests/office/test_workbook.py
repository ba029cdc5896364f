"""The ledger as a workbook: what its sheets say, that nothing from outside becomes a formula, that it opens elsewhere."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bot.adapters import workbook_cells
from bot.adapters.workbook import LedgerBook
from bot.adapters.workbook_cells import LONGEST, Link, RowWriter, plain
from bot.adapters.workbook_words import OfficeWords
from tests.office.build import at, finding, nomination, office_wording
from tests.office.scene import Scene, scene

SHEETS = ["总览", "总台账", "单位进度", "待补正", "待核定", "纸质件", "往来邮件", "修改记录", "系统校验（请勿改动）"]


def written(one: Scene | None = None) -> bytes:
    one = one or scene()
    target = io.BytesIO()
    LedgerBook(one.rules, office_wording()).write_from(one.look, lambda: iter(one.events), target)
    return target.getvalue()


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(written()))


def rows(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def column(sheet: Any, heading: str) -> list[Any]:
    headings = [cell.value for cell in sheet[1]]
    return [row[headings.index(heading)] for row in rows(sheet)]


def test_the_sheets_come_in_the_order_in_which_a_clerk_needs_them(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_a_nomination_is_one_row_with_all_that_the_office_asks_of_it(book: openpyxl.Workbook) -> None:
    sheet = book["总台账"]
    headings = [cell.value for cell in sheet[1]]
    first = dict(zip(headings, rows(sheet)[0], strict=True))
    assert first == {
        "编号": "0001",
        "推荐单位": "新乡市",
        "类别": "实事项目",
        "推荐对象": "红旗区“一件事一次办”服务项目",
        "状态": "已受理",
        "推荐表": "有",
        "典型材料": "有",
        "公示": "已注明",
        "纸质件": datetime(2021, 12, 16),  # noqa: DTZ001 - a spreadsheet knows no zone
        "字数": 1873,
        "需补正问题": None,
        "核定意见": None,
        "备注": None,
        "内部提示": None,
        "对象所在单位": None,
        "优先情形（摘自材料）": None,
        "联系人": "戚长风",
        "联系电话": "0373-5550102",
        "首次收到": datetime(2021, 12, 10, 9, 1),  # noqa: DTZ001
        "最近更新": datetime(2021, 12, 10, 9, 1),  # noqa: DTZ001
        "版次": 1,
        "来信": "邮件1",
    }
    assert column(sheet, "编号") == [line.number for line in scene().board.lines]


def test_the_units_stand_with_their_quotas_and_the_sums_below(book: openpyxl.Workbook) -> None:
    table = rows(book["单位进度"])
    assert [row[:3] for row in table] == [
        ["郑州市", "500万人以上省辖市", "已报"],
        ["新乡市", "500万人以上省辖市", "待补正"],
        ["许昌市", "500万人以下省辖市、济源示范区", "待补正"],
        ["济源示范区", "500万人以下省辖市、济源示范区", "待核定"],
        ["河南省教育厅", "省直单位", "待补正"],
        ["郑州大学", "高等院校", "未报"],
        ["合计", None, None],
    ]
    assert table[1][3:11] == [1, 10, 1, 10, 2, 10, 4, 0.1333]
    assert table[-1][3:11] == [10, 32, 2, 32, 4, 32, 16, 0.1667]
    assert [row[-1] for row in table] == [0, 2, 0, 0, 0, 0, None], "how often each unit was reminded"
    for index in range(3, 10):
        assert table[-1][index] == sum(row[index] for row in table[:-1])


def test_every_open_defect_is_a_row_and_so_is_that_of_a_returned_mail(book: openpyxl.Workbook) -> None:
    found = [(row[0], row[1], row[4], row[5]) for row in rows(book["待补正"])]
    assert found == [
        ("0002", "新乡市", "联系电话没有填写", "《推荐表.docx》“联系电话”"),
        ("0002", "新乡市", "没有公示情况", "《推荐表.docx》“公示情况”"),
        ("0004", "许昌市", "典型材料超过字数上限", "《典型材料.docx》"),
        ("0008", "河南省教育厅", "超出推荐名额", None),
        (None, None, "推荐单位不止一个", None),
    ]


def test_what_waits_for_a_person_comes_with_its_reason_and_the_choices(book: openpyxl.Workbook) -> None:
    found = [(row[0], row[1] or row[3], row[4].split("\n")[0]) for row in rows(book["待核定"])]
    assert found == [
        ("来信", "请问推荐表是否需要贴照片", "来信不是报送材料（咨询、问候等），或系统不能判断"),
        ("来信", "材料", "系统三次处理均出错"),
        ("来信", "撤回 0003", "来信要求撤回或查询，但发件人不能确认属于该单位"),
        ("推荐", "0005", "可能与其他推荐重复"),
        ("推荐", "0006", "推荐表与典型材料不能可靠配对"),
        ("推荐", "0008", "超出限额（名额内在册的推荐列后）"),
        ("推荐", "0009", "逾期收到"),
        ("去信", "【受理回执】第3号", "信件发送失败：【受理回执】第3号"),
        ("去信", "【受理回执】第4号", "信件等待放行或疑似被拦截：【受理回执】第4号"),
    ]


def test_papers_that_have_not_come_stand_before_those_that_have(book: openpyxl.Workbook) -> None:
    days = column(book["纸质件"], "纸质件")
    assert days == [None] * 15 + [datetime(2021, 12, 16)]  # noqa: DTZ001 - a spreadsheet knows no zone


def test_mails_and_letters_are_one_correspondence(book: openpyxl.Workbook) -> None:
    sheet = book["往来邮件"]
    assert sorted(column(sheet, "来往")) == ["去信"] * 6 + ["来信"] * 9
    assert column(sheet, "结果").count("待处理") == 1


def test_a_correction_is_told_field_by_field_and_mails_are_not_told_twice(book: openpyxl.Workbook) -> None:
    sheet = book["修改记录"]
    assert [row[1:] for row in rows(sheet)] == [
        ["推荐0001", "登记", "邮件1", "已受理；第1版"],
        ["推荐0011", "登记", "邮件6", "待补正；第1版"],
        ["推荐0011", "更正", "邮件8", "已受理；第2版；联系电话：“（空）”改为“13803710004”；学历：“本科”改为“研究生”"],
        ["推荐0001", "纸质件收到", "工作人员", None],
        ["新乡市", "提醒", "系统（定时）", "标识：reminder:3x100-2021:410700:7d"],
    ]


def test_no_cell_of_the_workbook_is_a_formula_whatever_its_text(book: openpyxl.Workbook) -> None:
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    cell = next(cell for cell in book["总台账"]["D"] if str(cell.value).startswith("="))
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "=cmd|'/c calc'!A1", True)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1"])
def test_a_text_that_begins_like_a_formula_stays_text_when_a_person_edits_it(text: str) -> None:
    """Fault 46."""
    sheet = openpyxl.load_workbook(io.BytesIO(written(_with_nominee(text))))["总台账"]
    cell = sheet["D2"]
    assert isinstance(cell.value, str)
    assert (cell.data_type, cell.value.strip(), cell.quotePrefix) == ("s", text.strip(), True)


def test_control_characters_and_broken_surrogates_do_not_break_the_file() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written(_with_nominee("甲\x00\x0b\ud800乙<&>]]>"))))["总台账"]
    assert sheet["D2"].value == "甲乙<&>]]>"


def test_a_text_without_end_is_cut() -> None:
    assert plain("很" * 5000) == "很" * (LONGEST - 1) + "…"
    assert len(_height_row("长" * 5000)) < 20_000


def _height_row(text: str) -> str:
    out = io.BytesIO()
    styles = {"text": 1, "guarded": 2, "link": 3}
    writer = RowWriter(out, styles, ["text"], [20])
    writer.write([text])
    writer.finish()
    return out.getvalue().decode()


@pytest.mark.parametrize(("text", "height"), [("短", 19), ("一" * 9, 19), ("一" * 10, 34), ("a\nb\nc", 49), ("很" * 5000, 409)])
def test_a_row_is_as_high_as_its_longest_text(text: str, height: int) -> None:
    assert f'ht="{height}"' in _height_row(text)


def _with_nominee(text: str) -> Scene:
    one = scene()
    return replace(one, nominations=(nomination(1, nominee=text), *one.nominations[1:]))


def test_a_mail_number_leads_to_the_original_beside_the_export(book: openpyxl.Workbook) -> None:
    sheet = book["总台账"]
    digest = f"{1:064x}"
    assert sheet["V2"].hyperlink is not None
    assert sheet["V2"].hyperlink.target == f"../mail/{digest[-2:]}/{digest}.eml"
    assert book["往来邮件"]["C2"].hyperlink.target == f"../mail/{digest[-2:]}/{digest}.eml"


def test_more_links_than_a_spreadsheet_bears_become_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_cells, "MOST_LINKS", 1)
    writer = RowWriter(io.BytesIO(), {"text": 1, "guarded": 2, "link": 3}, ["text"], [20])
    writer.write([Link("邮件1", "a")])
    writer.write([Link("邮件2", "b")])
    assert writer.links == [("A2", "a")]


def test_a_full_sheet_ends_without_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_cells, "MOST_ROWS", 3)
    writer = RowWriter(io.BytesIO(), {"text": 1, "guarded": 2, "link": 3}, ["text"], [20])
    for _ in range(9):
        writer.write(["a"])
    assert writer.rows == 4


def rows_written(count: int) -> str:
    """Rows of names that recur, names that do not, moments, links, nothing, and texts that need care."""
    out = io.BytesIO()
    styles = {"text": 1, "guarded": 2, "link": 3, "moment": 4, "number": 5}
    writer = RowWriter(out, styles, ["text", "text", "text", "moment", "number", "text"], [20, 12, 0, 15, 9, 30])
    for number in range(count):
        writer.write(
            (
                f"单位{number % 7}",
                f"便民服务项目{number}",
                Link(f"邮件{number}", f"../mail/{number}.eml"),
                at(10) + timedelta(minutes=number),
                number % 3 or None,
                ("", "a & b", "=1+1", " x", "甲\n乙", "\x00", f"第{number}行 <{number}>")[number % 7],
            )
        )
    writer.finish()
    return out.getvalue().decode()


def test_cells_that_are_kept_ready_are_those_that_would_be_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    ready = rows_written(1500)
    monkeypatch.setattr(workbook_cells, "_REMEMBERED", 0)
    assert rows_written(1500) == ready
    assert ready.count("<row ") == ready.count("</row>") == 1500


def test_of_a_column_without_end_only_so_many_cells_are_kept() -> None:
    writer = RowWriter(io.BytesIO(), {"text": 1, "guarded": 2, "link": 3}, ["text"], [20])
    for number in range(3 * workbook_cells._REMEMBERED):
        writer.write([f"项目{number}"])
    assert [len(column) for column in writer._columns] == [workbook_cells._REMEMBERED]


def test_a_row_with_a_cell_too_few_is_a_mistake_that_is_told() -> None:
    writer = RowWriter(io.BytesIO(), {"text": 1, "guarded": 2, "link": 3}, ["text", "text"], [20, 20])
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        writer.write(["a"])


def test_every_list_can_be_filtered_scrolled_and_printed(book: openpyxl.Workbook) -> None:
    for name in SHEETS[1:]:
        sheet = book[name]
        assert isinstance(sheet, Worksheet)
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert book["总台账"].auto_filter.ref == "A1:V18"
    assert book["单位进度"].auto_filter.ref.endswith("7")  # without the sums


def test_states_are_coloured_and_progress_has_native_charts(book: openpyxl.Workbook) -> None:
    assert len(book["总台账"].conditional_formatting) == 1
    assert len(next(iter(book["总台账"].conditional_formatting)).rules) == 10
    with zipfile.ZipFile(io.BytesIO(written())) as package:
        charts = sorted(name for name in package.namelist() if name.startswith("xl/charts/"))
    assert charts == ["xl/charts/chart1.xml", "xl/charts/chart2.xml", "xl/charts/chart3.xml"]


def test_dates_are_dates_in_chinese_writing(book: openpyxl.Workbook) -> None:
    cell = book["总台账"]["S2"]
    assert cell.is_date
    assert cell.number_format == 'm"月"d"日" hh:mm'


def test_the_same_ledger_gives_the_same_bytes() -> None:
    first = written()
    assert first == written()
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.read("docProps/core.xml").count(b"2000-01-01") == 2


def test_an_empty_ledger_is_a_workbook_too() -> None:
    empty = openpyxl.load_workbook(io.BytesIO(written(Scene(scene().rules, (), (), (), ()))))
    assert [len(rows(empty[name])) for name in SHEETS[1:]] == [0, 7, 0, 0, 0, 0, 0, 4]


def test_the_lists_are_read_row_by_row_and_whole(book: openpyxl.Workbook) -> None:
    lean = openpyxl.load_workbook(io.BytesIO(written()), read_only=True)
    assert [list(row) for row in lean["总台账"].iter_rows(min_row=2, values_only=True)] == rows(book["总台账"])
    lean.close()


def test_words_of_findings_recur_without_being_filled_in_again() -> None:
    words = OfficeWords(scene().rules, office_wording())
    assert words.titles((finding("form-missing"), finding("form-missing"), finding("late"))).count("；") == 1


SOFFICE = shutil.which("soffice")


@pytest.fixture
def office(tmp_path: Path) -> Callable[[bytes, str], Path]:
    """LibreOffice, headless, with a profile of its own."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")

    def convert(content: bytes, target: str) -> Path:
        (tmp_path / "book.xlsx").write_bytes(content)
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        folder = tmp_path / "again"
        command = [str(SOFFICE), profile, "--headless", "--convert-to", target, "--outdir", str(folder), "book.xlsx"]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
        return folder / f"book.{target}"

    return convert


@pytest.mark.server
@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # LibreOffice adds its own
def test_libreoffice_opens_recalculates_and_saves_it_with_every_cell_unchanged(office: Callable[[bytes, str], Path]) -> None:
    before, again = openpyxl.load_workbook(io.BytesIO(written())), openpyxl.load_workbook(office(written(), "xlsx"))
    assert again.sheetnames == before.sheetnames
    for name in SHEETS[1:]:
        assert rows(again[name]) == rows(before[name])
    values = [cell.value for sheet in again for row in sheet.iter_rows() for cell in row]
    assert not [value for value in values if isinstance(value, str) and value.startswith(("#", "Err:"))]
