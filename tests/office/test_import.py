"""The workbook read back: what clerks may change is taken, everything else is named, nothing newer is overwritten."""

import io
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.adapters.workbook import LedgerBook
from bot.adapters.workbook_read import BookError, LedgerBookReader, ledger_rows
from bot.deciding.board import Board
from bot.deciding.edits import Book, LedgerRow
from bot.model import Letter, NoteKind, State
from bot.reading.limits import Limits
from bot.steps.export import booked
from bot.steps.import_ledger import NotOursError, Plan, import_ledger, plan
from bot.steps.release import admit, note_paper
from tests.deciding.build import at
from tests.steps.ordering import Ordering
from tests.steps.rounds import wording

Workbook = openpyxl.Workbook
OWN = {"总台账": {"纸质件", "核定意见", "备注"}, "纸质件": {"纸质件", "备注"}, "待核定": {"核定意见"}}
SERVICES = ("社区助餐服务项目", "残疾人就业帮扶项目", "夜间便民门诊项目")


@pytest.fixture
def office() -> Iterator[Ordering]:
    """Three nominations in time and one late."""
    made = Ordering()
    for name in SERVICES:
        made.nominate(16, 项目名称=name)
    made.nominate(21, 项目名称="农家书屋提升项目")
    made.clock.moment = at(22, 10)
    yield made
    made.store.close()


def exported(office: Ordering) -> bytes:
    with office.store.glance() as ledger:
        return booked(ledger, office.rules, LedgerBook(office.rules, wording(office.rules)))[1].content


def edited(data: bytes, *changes: tuple[str, str, str, object]) -> bytes:
    """The workbook with cells changed: sheet, number in its first or second column, heading, value."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    for sheet, number, heading, value in changes:
        put(book[sheet], number, heading, value)
    return saved(book)


def put(sheet: Any, number: str, heading: str, value: object) -> None:
    headings = [cell.value for cell in sheet[1]]
    at_row = next(row for row in sheet.iter_rows(min_row=2) if number in (row[0].value, row[1].value))
    at_row[headings.index(heading)].value = value


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def read(office: Ordering, data: bytes) -> Book:
    return LedgerBookReader(office.rules, wording(office.rules), Limits()).read(data)


def rows_of(office: Ordering) -> Callable[[Board], dict[tuple[str, str], LedgerRow]]:
    return lambda board: ledger_rows(board, office.rules, wording(office.rules))


def planned(office: Ordering, data: bytes) -> Plan:
    with office.store.glance() as ledger:
        return plan(ledger, read(office, data), rows_of(office), office.rules, office.clock.now())


def told(one: Plan) -> list[str]:
    lines = [f"{c.edit.place} {c.edit.before}->{c.edit.after} {c.order.deed if c.order else '-'}" for c in one.changes]
    return lines + [f"{p.place} {p.why} {p.before}|{p.after}|{p.now}" for p in one.problems]


def taken(office: Ordering, data: bytes, *, rest: bool = False) -> list[str]:
    """Import it; what could not be done or taken."""
    made, failed = import_ledger(
        office.store, read(office, data), rows_of(office), office.rules, "operator", office.clock.now(), rest=rest
    )
    return [f"{p.place} {p.why}" for p in (*made.problems, *failed)]


def text(office: Ordering, number: str, kind: NoteKind) -> str:
    with office.store.glance() as ledger:
        note = ledger.notes.get(f"nomination:{number}", kind)
    return note.text if note else ""


def test_a_workbook_that_nobody_touched_changes_nothing(office: Ordering) -> None:
    assert told(planned(office, exported(office))) == []
    assert told(planned(office, saved(openpyxl.load_workbook(io.BytesIO(exported(office)))))) == []


def test_the_clerks_columns_are_marked_and_no_others_are(office: Ordering) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(office)))
    shades = {sheet.title: {cell.value for cell in sheet[1] if cell.fill.fgColor.rgb == "007F6000"} for sheet in book}
    assert {title: own for title, own in shades.items() if own} == OWN
    assert book["系统校验（请勿改动）"].sheet_state == "veryHidden"


def test_remarks_opinions_and_papers_are_taken_and_come_out_again(office: Ordering) -> None:
    data = edited(
        exported(office),
        ("总台账", "0001", "备注", "-已电话核实"),
        ("总台账", "0001", "纸质件", datetime(2021, 12, 20)),  # noqa: DTZ001 - a spreadsheet knows no zone
        ("总台账", "0002", "核定意见", "拟入选，待会议研究"),
        ("纸质件", "0002", "纸质件", "√"),
        ("纸质件", "0003", "备注", "邮寄中"),
    )
    assert taken(office, data) == []
    papers = [one.paper.date().isoformat() if one.paper else None for one in office.nominations()]
    assert papers == ["2021-12-20", "2021-12-22", None, None]
    assert (text(office, "0001", NoteKind.REMARK), text(office, "0003", NoteKind.REMARK)) == ("-已电话核实", "邮寄中")
    assert text(office, "0002", NoteKind.OPINION) == "拟入选，待会议研究"
    assert [(e.who, e.what) for e in office.events("nomination:0001")][-2:] == [("operator", "paper"), ("operator", "remark")]
    assert told(planned(office, data)) == [], "a second import of the same file finds nothing to do"
    sheet = openpyxl.load_workbook(io.BytesIO(exported(office)))["总台账"]
    headings = [cell.value for cell in sheet[1]]
    first = dict(zip(headings, [cell.value for cell in sheet[2]], strict=True))
    assert (first["备注"], first["纸质件"]) == ("-已电话核实", datetime(2021, 12, 20))  # noqa: DTZ001 - as above


def test_words_of_decision_decide_and_units_hear_of_those_that_concern_them(office: Ordering) -> None:
    data = edited(
        exported(office),
        ("总台账", "0001", "核定意见", "入选"),
        ("总台账", "0002", "核定意见", "通过审核"),
        ("总台账", "0003", "核定意见", "退回：与0001重复"),
        ("待核定", "0004", "核定意见", "准予，特殊情况"),
    )
    assert [line.rsplit(" ", 1)[1] for line in told(planned(office, data))] == ["select", "shortlist", "refuse", "admit"]
    assert taken(office, data) == []
    states = [one.state for one in office.nominations()]
    assert states == [State.SELECTED, State.SHORTLISTED, State.WITHDRAWN, State.ACCEPTED]
    office.rest()
    (letter,) = office.letters(Letter.DECISION)
    said = office.text(letter)
    assert letter.numbers == ("0003", "0004")
    assert "理由：与0001重复" in said
    assert "入选" not in said
    assert text(office, "0001", NoteKind.OPINION) == "入选"
    assert "已退回" in [cell.value for cell in openpyxl.load_workbook(io.BytesIO(exported(office)))["总台账"]["E"]]


def test_a_change_elsewhere_is_refused_with_cell_and_both_values_and_nothing_is_done(office: Ordering) -> None:
    data = edited(
        exported(office),
        ("总台账", "0002", "推荐对象", "别的项目"),
        ("总台账", "0001", "备注", "好"),
        ("待核定", "0004", "缘由", "没什么"),
    )
    lines = told(planned(office, data))
    assert lines[:2] == ["总台账!M2 ->好 -", f"总台账!D3 not-yours {SERVICES[1]}|别的项目|"]
    assert taken(office, data)[0] == "总台账!D3 not-yours"
    assert text(office, "0001", NoteKind.REMARK) == ""
    taken(office, data, rest=True)
    assert text(office, "0001", NoteKind.REMARK) == "好"
    assert office.nomination("0002").nominee == SERVICES[1]


def test_a_changed_reason_makes_a_row_that_nobody_knows_only_when_it_says_something(office: Ordering) -> None:
    data = edited(exported(office), ("待核定", "0004", "核定意见", "准予"), ("待核定", "0004", "缘由", "没什么"))
    assert told(planned(office, data)) == ["待核定!2 unknown-row |准予|"]


def test_where_the_ledger_has_moved_on_the_newer_word_stays(office: Ordering) -> None:
    data = edited(
        exported(office),
        ("总台账", "0001", "纸质件", "2021-12-18"),
        ("总台账", "0004", "核定意见", "退回：逾期"),
        ("总台账", "0002", "备注", "好"),
    )
    note_paper(office.store, ["0001"], "operator", at(21))
    admit(office.store, "0004", office.rules, "operator", office.clock.now())
    lines = told(planned(office, data))
    assert lines == [
        "总台账!M3 ->好 -",
        "总台账!I2 moved-on |2021-12-18|2021-12-21",
        "总台账!L5 moved-on |退回：逾期|已受理",
    ]
    assert taken(office, data, rest=True) == ["总台账!I2 moved-on", "总台账!L5 moved-on"]
    assert office.nomination("0004").state is State.ACCEPTED
    assert text(office, "0002", NoteKind.REMARK) == "好"


def test_an_older_workbook_whose_cells_nobody_changed_is_in_nobodys_way(office: Ordering) -> None:
    data = edited(exported(office), ("总台账", "0003", "备注", "好"))
    office.nominate(22, 项目名称=SERVICES[0], 联系电话="0373-5550998")
    assert told(planned(office, data)) == ["总台账!M4 ->好 -"]


def test_a_workbook_that_the_first_release_wrote_is_read_back(office: Ordering) -> None:
    """The file was written by version 0.1.0 from this very ledger: clerks keep workbooks longer than offices keep programs."""
    data = (Path(__file__).parent / "golden" / "exported-0.1.0.xlsx").read_bytes()
    assert told(planned(office, data)) == []
    changed = edited(
        data,
        ("总台账", "0001", "备注", "好"),
        ("总台账", "0002", "推荐对象", "别的项目"),
        ("纸质件", "0003", "纸质件", "√"),
        ("待核定", "0004", "核定意见", "准予"),
    )
    assert told(planned(office, changed)) == [
        "总台账!M2 ->好 -",
        "待核定!H2 ->准予 admit",
        "纸质件!F4 ->√ -",
        f"总台账!D3 not-yours {SERVICES[1]}|别的项目|",
    ]


def test_the_same_on_two_sheets_is_one_change_and_two_things_are_told(office: Ordering) -> None:
    same = edited(exported(office), ("总台账", "0001", "备注", "好"), ("纸质件", "0001", "备注", "好"))
    assert told(planned(office, same)) == ["总台账!M2 ->好 -"]
    other = edited(exported(office), ("总台账", "0001", "备注", "好"), ("纸质件", "0001", "备注", "不好"))
    assert [line.split(" ")[1] for line in told(planned(office, other))][1:] == ["two-values"]


def test_a_copy_that_was_sorted_moved_renamed_and_added_to_reads_like_the_original(office: Ordering) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(office)))
    sheet = book["总台账"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head, body = lines[0], sorted(lines[1:], key=lambda line: str(line[3]), reverse=True)
    for line in body:
        if line[0] == "0002":
            line[head.index("备注")] = "好"
    del book["总台账"]
    copy = book.create_sheet("张三的台账（改）", 0)
    copy.append(["实践活动组内部使用"])
    copy.append(["我的序号", *head])
    for number, line in enumerate(body, 1):
        copy.append([number, *line])
    copy.append([None, None, "合计", 4])
    assert told(planned(office, saved(book))) == [f"张三的台账（改）!N{3 + [b[0] for b in body].index('0002')} ->好 -"]


def test_a_number_that_the_program_made_a_number_is_still_its_row(office: Ordering) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(office)))
    book["总台账"]["A2"].value = 1
    put(book["总台账"], "0002", "备注", "好")
    book["总台账"]["M2"].value = "行"
    lines = told(planned(office, saved(book)))
    assert lines[:2] == ["总台账!M2 ->行 -", "总台账!M3 ->好 -"]


def test_a_row_of_a_number_that_is_not_there_is_told(office: Ordering) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(office)))
    book["总台账"].append(["0999", *[None] * 11, "查无此件"])
    assert told(planned(office, saved(book))) == ["总台账!6 unknown-row |查无此件|"]


@pytest.mark.parametrize(
    ("written", "paper"),
    [
        ("已收到", "2021-12-22"),
        ("收到", "2021-12-22"),
        ("√", "2021-12-22"),
        ("是", "2021-12-22"),
        ("2021-12-19", "2021-12-19"),
        ("2021/12/19", "2021-12-19"),
        ("12月19日", "2021-12-19"),
        ("12月19日收到", "2021-12-19"),
        ("2021年12月19日", "2021-12-19"),
    ],
)
def test_a_paper_that_came_is_written_in_many_ways(office: Ordering, written: str, paper: str) -> None:
    assert taken(office, edited(exported(office), ("总台账", "0001", "纸质件", written))) == []
    found = office.nomination("0001").paper
    assert found is not None
    assert found.date().isoformat() == paper


@pytest.mark.parametrize("written", ["12月25日", "2021-13-40", "寄出了", "大约周五"])
def test_what_is_no_day_is_told(office: Ordering, written: str) -> None:
    data = edited(exported(office), ("总台账", "0001", "纸质件", written))
    assert told(planned(office, data)) == [f"总台账!I2 no-day |{written}|"]


@pytest.mark.parametrize("written", ["", "未收到", "×", "无"])
def test_a_paper_can_be_taken_back(office: Ordering, written: str) -> None:
    note_paper(office.store, ["0001"], "operator", at(20))
    assert taken(office, edited(exported(office), ("总台账", "0001", "纸质件", written or None))) == []
    assert office.nomination("0001").paper is None
    assert office.events("nomination:0001")[-1].what == "paper-missing"


def test_a_ruling_that_cannot_be_done_is_told_and_its_words_stay_a_note(office: Ordering) -> None:
    data = edited(exported(office), ("总台账", "0001", "核定意见", "准予"))
    assert taken(office, data) == ["总台账!L2 not-done"]
    assert text(office, "0001", NoteKind.OPINION) == "准予"


def test_a_workbook_of_another_campaign_or_none_of_ours_is_refused(office: Ordering) -> None:
    strange = Workbook()
    for data, message in (
        (saved(strange), "no basis"),
        (b"PK\x03\x04nonsense", "damaged"),
        (b"text", "cannot be read|no xlsx"),
    ):
        with pytest.raises(BookError, match=message):
            read(office, data)
    book = openpyxl.load_workbook(io.BytesIO(exported(office)))
    book["系统校验（请勿改动）"]["B2"].value = "another"
    with pytest.raises(NotOursError, match="'another'"):
        planned(office, saved(book))


LIBREOFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # LibreOffice adds its own
@pytest.mark.skipif(LIBREOFFICE is None, reason="LibreOffice is not installed")
def test_a_workbook_that_libreoffice_saved_reads_the_same(office: Ordering, tmp_path: Path) -> None:
    note_paper(office.store, ["0003"], "operator", at(20))
    office.clock.advance(timedelta(minutes=5))
    source = tmp_path / "in.xlsx"
    source.write_bytes(exported(office))
    assert converted(source, tmp_path) is not None
    data = (tmp_path / "out" / "in.xlsx").read_bytes()
    assert told(planned(office, data)) == []
    changed = edited(data, ("总台账", "0002", "备注", "好"), ("总台账", "0001", "推荐单位", "别处"))
    assert told(planned(office, changed)) == ["总台账!M3 ->好 -", "总台账!B2 not-yours 新乡市|别处|"]


def converted(source: Path, folder: Path) -> bytes:
    """The file as LibreOffice saves it, with a profile of its own."""
    assert LIBREOFFICE is not None
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [LIBREOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return (folder / "out" / source.name).read_bytes()
