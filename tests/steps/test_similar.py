"""Materials compared over the whole ledger: who carries the finding, when it goes, and what is never compared."""

from dataclasses import replace

from bot.model import FileRead, Finding, Nomination
from tests.deciding.build import ARRIVED, at, file, form, mail, text
from tests.deciding.test_alike import materials
from tests.steps.judging import Desk, ids

PUYANG = "dsxxjy@puyang.example"


def nomination(name: str, body: str, unit: str = "新乡市") -> tuple[FileRead, FileRead]:
    """A form and its material with this text."""
    whole = replace(text(f"{name}典型材料"), text=f"{name}典型材料\n{body}")
    return file(f"{name}推荐表.docx", form(项目名称=name, 推荐单位=unit)), file(f"{name}典型材料.docx", whole)


def similar(one: Nomination) -> list[Finding]:
    return [finding for finding in one.findings if finding.check == "similar-material"]


def test_the_later_of_two_units_carries_it_with_number_score_and_passages() -> None:
    desk, own = Desk(), materials()
    desk.take(mail(*nomination("甲社区助餐项目", own[0])), ARRIVED)
    desk.take(
        mail(*nomination("乙社区助餐项目", own[0], "濮阳市"), sender=PUYANG, subject="濮阳市推荐材料", body="濮阳市报送。"),
        at(17),
    )
    first, second = desk.nominations
    assert ids(first) == []
    (found,) = similar(second)
    assert found.facts["number"] == "0001"
    assert int(str(found.facts["score"])) >= 95
    assert found.facts["passages"]
    assert found.file == "乙社区助餐项目典型材料.docx"
    assert second.state == "accepted"


def test_two_of_one_mail_are_compared_too() -> None:
    desk, own = Desk(), materials()
    desk.take(mail(*nomination("甲社区助餐项目", own[0]), *nomination("乙社区助餐项目", own[0])))
    assert [len(similar(one)) for one in desk.nominations] == [0, 1]


def test_a_corrected_version_is_not_compared_with_the_one_before() -> None:
    desk, own = Desk(), materials()
    desk.take(mail(*nomination("甲社区助餐项目", own[0])), ARRIVED)
    desk.take(mail(*nomination("甲社区助餐项目", own[0][:700] + own[1][700:])), at(17))
    (one,) = desk.nominations
    assert (one.version, ids(one)) == (2, [])


def test_it_goes_with_the_material_it_was_about_and_stays_while_only_the_form_changes() -> None:
    desk, own = Desk(), materials()
    desk.take(mail(*nomination("甲社区助餐项目", own[0])), at(14))
    desk.take(mail(*nomination("乙社区助餐项目", own[0])), at(15))
    form_again, _ = nomination("乙社区助餐项目", own[0])
    assert form_again.sections[0].form
    changed = file("乙社区助餐项目推荐表.docx", form(项目名称="乙社区助餐项目", 联系电话="0373-5550999"))
    desk.take(mail(changed), at(16))
    assert [(one.version, len(similar(one))) for one in desk.nominations] == [(1, 0), (2, 1)]
    desk.take(mail(*nomination("乙社区助餐项目", own[1])), at(17))
    assert [(one.version, len(similar(one))) for one in desk.nominations] == [(1, 0), (3, 0)]


def test_the_very_same_mail_again_changes_nothing() -> None:
    desk, own = Desk(), materials()
    desk.take(mail(*nomination("甲社区助餐项目", own[0])), at(14))
    desk.take(mail(*nomination("乙社区助餐项目", own[0])), at(15))
    again = desk.take(mail(*nomination("乙社区助餐项目", own[0])), at(16))
    assert [filed.filing.value for filed in again.filed] == ["repeated"]
    assert [(one.version, len(similar(one))) for one in desk.nominations] == [(1, 0), (1, 1)]


def test_what_was_withdrawn_is_nobodys_original() -> None:
    desk, own = Desk(), materials()
    desk.take(mail(*nomination("甲社区助餐项目", own[0])), at(14))
    desk.take(mail(subject="新乡市撤回 0001", body="新乡市撤回 0001。"), at(15))
    desk.take(mail(*nomination("乙社区助餐项目", own[0])), at(16))
    assert ids(desk.nomination("0002")) == []


def test_materials_that_share_what_everybody_writes_are_not_found_over_a_whole_ledger() -> None:
    desk = Desk()
    for number, body in enumerate(materials()):
        desk.take(mail(*nomination(f"第{number}号便民实事项目", body)), at(16, 9, number % 60))
    assert [one.nominee for one in desk.nominations if similar(one)] == []
