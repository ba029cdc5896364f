"""What summary tables list, and which of the listed have not come."""

from dataclasses import replace

import pytest

from bot.deciding.gaps import absent, in_force
from bot.deciding.listing import listed
from bot.model import Decision, FileRead, Finding, Listed, Outcome, Severity
from bot.model.mail import Fact
from tests.deciding.build import Ledger, at, file, filled, mail, rows, rules, text, town, unread, whole

HEAD = ("序号", "类别", "推荐对象", "联系电话", "备注")
ROWS = (HEAD, ("1", "党员服务标兵", "游庆穗", "", ""), ("2", "党员服务标兵", "柏知远", "", ""))


def table(*lines: tuple[str, ...], title: str = "推荐汇总表", path: str = "汇总表.xlsx") -> FileRead:
    return file(path, rows(*lines, title=title))


def names(*lines: tuple[str, ...], title: str = "推荐汇总表", path: str = "汇总表.xlsx") -> list[tuple[str, str | None]]:
    found = listed([(path, section) for section in table(*lines, title=title).sections], rules())
    return [(one.nominee, one.category) for one in found]


def pair(name: str) -> tuple[FileRead, FileRead]:
    return (
        file(f"{name}推荐表.docx", *filled("member", {"姓名": name}).sections),
        file(f"{name}典型材料.docx", text(f"{name}典型材料", about=name)),
    )


def missed(decision: Decision) -> list[tuple[str, str | None, str]]:
    return [(f.check, f.file, str(f.facts["nominee"])) for f in decision.findings if f.facts.get("listed")]


# --- rows ---------------------------------------------------------------------------------------------------------------


def test_each_row_lists_a_nominee_with_the_category_of_its_cell() -> None:
    assert names(*ROWS) == [("游庆穗", "member"), ("柏知远", "member")]


@pytest.mark.parametrize(
    ("title", "path", "category"),
    [
        ("党员服务标兵推荐汇总表", "汇总表.xlsx", "member"),
        ("推荐汇总表", "党员服务标兵汇总表.xlsx", "member"),
        ("党员服务标兵", "汇总表.xlsx", "member"),
        ("推荐汇总表", "汇总表.xlsx", None),
    ],
)
def test_the_title_of_table_sheet_or_file_tells_the_category(title: str, path: str, category: str | None) -> None:
    assert names(("序号", "姓名/名称", "单位"), ("1", "游庆穗", "民政局"), title=title, path=path) == [("游庆穗", category)]


def test_a_form_label_at_the_head_tells_nothing_that_the_category_would_contradict() -> None:
    assert names(("序号", "项目名称", "实施单位"), ("1", "“红旗e家”项目", "红旗区")) == [("“红旗e家”项目", "project")]


def test_rows_of_one_cell_announce_a_category_and_others_list_nobody() -> None:
    lines = (
        ("序号", "姓名/名称", "单位"),
        ("一、党员服务标兵（2名）", "", ""),
        ("1", "游庆穗", "民政局"),
        ("2", "柏 知 远", "民政局"),
        ("二、先进服务单位（团队）", "", ""),
        ("1", "“暖心桥”服务队", ""),
        ("三、实事项目", "", ""),
        ("", "无", ""),
        ("合计", "3", ""),
        ("备注：以上均已公示", "", ""),
        ("填表人：祝青禾", "", ""),
    )
    assert names(*lines) == [("游庆穗", "member"), ("柏 知 远", "member"), ("“暖心桥”服务队", "team")]


def test_a_further_head_begins_another_list() -> None:
    lines = (
        ("序号", "项目名称", "实施单位"),
        ("一、实事项目", "", ""),
        ("1", "“红旗e家”项目", "红旗区"),
        ("二、党员服务标兵", "", ""),
        ("序号", "姓名", "工作单位"),
        ("1", "游庆穗", "民政局"),
    )
    assert names(*lines) == [("“红旗e家”项目", "project"), ("游庆穗", "member")]


def test_a_column_for_each_category_lists_a_nominee_in_each_cell() -> None:
    lines = (
        ("序号", "县区", "群众满意度高的实事（服务项目）", "先进服务单位（团队）", "党员服务标兵"),
        ("1", "红旗区", "“红旗e家”项目", "“暖心桥”服务队", "游庆穗、柏知远"),
        ("2", "卫滨区", "“夜间门诊”项目", "/", ""),
    )
    assert names(*lines) == [
        ("“红旗e家”项目", "project"),
        ("“暖心桥”服务队", "team"),
        ("游庆穗", "member"),
        ("柏知远", "member"),
        ("“夜间门诊”项目", "project"),
    ]


def test_whom_to_ring_is_no_nominee() -> None:
    lines = (
        ("序号", "项目名称", "姓名", "电话"),
        ("1", "“红旗e家”项目", "祝青禾", "1380"),
        ("2", "“夜间门诊”项目", "祝青禾", "1380"),
    )
    assert names(*lines) == [("“红旗e家”项目", "project"), ("“夜间门诊”项目", "project")]


def test_a_list_in_another_language_is_read_by_its_own_words() -> None:
    lines = (("No.", "Name", "Volunteers with"), ("1", "Ann Porter", "Scouts"), ("Total", "1", ""))
    found = listed([("list of nominees.xlsx", rows(*lines, title="List of nominees"))], town())
    assert [one.nominee for one in found] == ["Ann Porter"]


# --- who has not come ---------------------------------------------------------------------------------------------------


def test_of_a_listed_nominee_whose_files_are_nowhere_both_halves_are_missed_at_the_mail() -> None:
    decision = Ledger().take(mail(*pair("游庆穗"), table(*ROWS)))
    assert decision.outcome is Outcome.RECEIVED
    told = [finding for finding in decision.findings if finding.check != "sender-new"]
    known: dict[str, Fact] = {"nominee": "柏知远", "listed": True}
    title = "“我为群众办实事”“三个100”推选活动党员服务标兵推荐表"
    assert told == [
        Finding("form-missing", Severity.DEFECT, file="汇总表.xlsx", facts={**known, "form_title": title}),
        Finding("material-missing", Severity.DEFECT, file="汇总表.xlsx", facts={**known, "limit": 2000}),
    ]
    assert decision.letter is not None
    assert decision.letter.value == "defects"


def test_when_all_that_is_listed_has_come_nothing_is_missed() -> None:
    decision = Ledger().take(mail(*pair("游庆穗"), *pair("柏知远"), table(*ROWS)))
    assert decision.findings == ()


def test_half_a_nomination_is_told_at_the_nomination_alone() -> None:
    decision = Ledger().take(mail(*pair("游庆穗"), pair("柏知远")[0], table(*ROWS)))
    assert missed(decision) == []
    assert [f.check for entry in decision.filed for f in entry.nomination.findings] == ["material-missing"]


@pytest.mark.parametrize(
    "written", ["柏 知 远", "柏知远同志", "柏　知　远", "柏知远（卫滨区）", "卫滨区教体局柏知远", "柏知远 女", "柏智远"]
)
def test_another_writing_of_a_name_is_the_same_nominee(written: str) -> None:
    lines = (*ROWS[:2], ("2", "党员服务标兵", written, "", ""))
    assert missed(Ledger().take(mail(*pair("游庆穗"), *pair("柏知远"), table(*lines)))) == []


def test_two_like_names_answer_for_one_row_each() -> None:
    lines = (HEAD, ("1", "党员服务标兵", "王建国", "", ""), ("2", "党员服务标兵", "王建军", "", ""))
    decision = Ledger().take(mail(*pair("王建国"), table(*lines)))
    assert {name for _, _, name in missed(decision)} == {"王建军"}


def test_two_names_of_two_characters_are_two_persons() -> None:
    lines = (HEAD, ("1", "党员服务标兵", "王芳", "", ""))
    assert {name for _, _, name in missed(Ledger().take(mail(*pair("王伟"), table(*lines))))} == {"王芳"}


def test_a_project_shortened_in_the_table_is_the_same() -> None:
    lines = (HEAD, ("1", "实事项目", "党员联户+", "", ""))
    assert missed(Ledger().take(mail(*whole("project"), table(*lines)))) == []


def test_a_nominee_the_table_puts_into_another_category_has_come() -> None:
    lines = (HEAD, ("1", "先进服务单位（团队）", "游庆穗", "", ""))
    assert missed(Ledger().take(mail(*pair("游庆穗"), table(*lines)))) == []


def test_what_is_on_file_already_is_not_missed() -> None:
    ledger = Ledger()
    ledger.take(mail(*pair("柏知远")))
    assert missed(ledger.take(mail(*pair("游庆穗"), table(*ROWS)))) == []


def test_nothing_is_missed_while_a_file_cannot_be_opened() -> None:
    decision = Ledger().take(mail(*pair("游庆穗"), unread("柏知远.zip"), table(*ROWS)))
    assert [finding.check for finding in decision.findings] == ["attachment-encrypted"]


@pytest.mark.parametrize(
    ("title", "path"), [("“暖心桥”服务队成员名单", "成员名单.xlsx"), ("受益群众花名册", "花名册.xlsx"), ("", "测评统计表.xlsx")]
)
def test_a_list_of_other_people_misses_nobody(title: str, path: str) -> None:
    lines = (
        ("序号", "姓名", "电话"),
        *((str(n), name, "") for n, name in enumerate(("游庆穗", "祝青禾", "庄以宁", "柳见山"), 1)),
    )
    assert missed(Ledger().take(mail(*pair("游庆穗"), table(*lines, title=title, path=path)))) == []


def test_a_list_that_says_nothing_of_itself_is_believed_where_half_of_it_has_come() -> None:
    lines = (("序号", "姓名", "电话"), ("1", "游庆穗", ""), ("2", "柏知远", ""), ("3", "祝青禾", ""))
    decision = Ledger().take(mail(*pair("游庆穗"), *pair("柏知远"), table(*lines, title="汇总表")))
    assert {name for _, _, name in missed(decision)} == {"祝青禾"}


# --- the table alone ----------------------------------------------------------------------------------------------------


def test_a_table_alone_is_returned_and_names_all_that_has_not_come() -> None:
    decision = Ledger().take(mail(table(*ROWS)))
    assert (decision.outcome, [finding.check for finding in decision.findings]) == (
        Outcome.RETURNED,
        ["no-attachment", "form-missing", "material-missing", "form-missing", "material-missing"],
    )


def test_a_table_alone_after_some_of_its_nominations_names_the_others() -> None:
    ledger = Ledger()
    ledger.take(mail(*pair("游庆穗")))
    decision = ledger.take(mail(table(*ROWS)))
    assert (decision.outcome, missed(decision)) == (
        Outcome.RETURNED,
        [("form-missing", "汇总表.xlsx", "柏知远"), ("material-missing", "汇总表.xlsx", "柏知远")],
    )
    assert all(finding.check != "no-attachment" for finding in decision.findings)


def test_a_table_alone_of_what_is_all_on_file_is_answered_with_how_that_stands() -> None:
    ledger = Ledger()
    ledger.take(mail(*pair("游庆穗"), *pair("柏知远")))
    decision = ledger.take(mail(table(*ROWS)))
    assert (decision.outcome, decision.findings, decision.letter and decision.letter.value) == (Outcome.RECEIVED, (), "receipt")
    assert [(entry.nomination.nominee, entry.filing.value) for entry in decision.filed] == [
        ("游庆穗", "repeated"),
        ("柏知远", "repeated"),
    ]


# --- several tables -----------------------------------------------------------------------------------------------------


def one(name: str, category: str | None = "member") -> Listed:
    return Listed(name, category, "汇总表.xlsx")


def test_a_newer_table_that_names_somebody_again_takes_the_place_of_the_older() -> None:
    assert in_force([[one("甲甲"), one("乙乙")], [one("甲甲")]], rules()) == ((), (one("甲甲"),))


def test_a_second_batch_leaves_the_first_table_in_force() -> None:
    assert in_force([[one("甲甲")], [one("乙乙")]], rules()) == ((one("甲甲"),), (one("乙乙"),))


def test_a_newer_table_of_one_category_says_nothing_of_another() -> None:
    first = [one("甲甲"), one("乙乙"), one("“暖心桥”服务队", "team")]
    assert in_force([first, [one("甲甲")]], rules()) == ((first[2],), (one("甲甲"),))


def test_a_table_that_may_list_anybody_misses_nobody_by_itself() -> None:
    assert absent([replace(one("甲甲"), sure=False)], [], rules()) == ()


def test_the_mail_of_a_table_alone_may_be_late_and_misses_all_the_same() -> None:
    assert Ledger().take(mail(table(*ROWS)), at(21)).outcome is Outcome.RETURNED
