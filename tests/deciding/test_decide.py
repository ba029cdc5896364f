"""What becomes of a mail and of nominations: outcomes, numbers, versions, quota, lateness, doubles, requests, letters."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.deciding.understand import joined
from bot.model import Change, Command, FileRead, Filing, Letter, Outcome, Reading, State
from tests.deciding.build import ARRIVED, MAIL, Ledger, at, file, filled, form, found, mail, text, unread, whole

JYT: dict[str, Any] = {
    "subject": "河南省教育厅推荐材料",
    "body": "现将河南省教育厅推荐材料报送，请查收。",
    "sender": "jgdw@jyt.example",
}


def province(category: str = "project", **changed: str | None) -> tuple[FileRead, FileRead]:
    return whole(category, 推荐单位="河南省教育厅", 公示情况="", **changed)


def told(
    ledger: Ledger, reading: Reading, received: datetime = ARRIVED, **thread: Any
) -> list[tuple[str, str, str, list[str]]]:
    decision = ledger.take(reading, received, **thread)
    return [(e.nomination.number, e.filing.value, e.nomination.state.value, found(e.nomination)) for e in decision.filed]


# --- filing -----------------------------------------------------------------------------------------------------------


def test_a_whole_nomination_is_accepted_and_answered_with_the_receipt() -> None:
    decision = Ledger().take(mail(*whole()))
    (entry,) = decision.filed
    assert (decision.outcome, decision.letter, decision.findings) == (Outcome.RECEIVED, Letter.RECEIPT, ())
    assert (entry.filing, entry.changes) == (Filing.FILED, ())
    one = entry.nomination
    assert (one.number, one.version, one.unit, one.state) == ("0001", 1, "410700", State.ACCEPTED)
    assert (one.form_mail, one.material_mail, one.mail, one.order) == (1, 1, 1, 0)


def test_numbers_go_on_in_the_order_of_the_files() -> None:
    ledger = Ledger()
    ledger.take(mail(*whole("team")))
    decision = ledger.take(mail(*whole("project"), *whole("member")))
    assert [(e.nomination.number, e.nomination.category, e.nomination.order) for e in decision.filed] == [
        ("0002", "project", 0),
        ("0003", "member", 1),
    ]


def test_a_defect_of_the_nomination_makes_it_defective_and_is_answered_as_that() -> None:
    decision = Ledger().take(mail(*whole(联系电话="")))
    assert (decision.outcome, decision.letter, decision.filed[0].nomination.state) == (
        Outcome.RECEIVED,
        Letter.DEFECTS,
        State.DEFECTIVE,
    )


def test_a_defect_of_the_mail_alone_leaves_the_nomination_accepted_but_is_told() -> None:
    decision = Ledger().take(mail(*whole(), unread("公示.zip")))
    assert (found(decision), decision.letter, decision.filed[0].nomination.state) == (
        ["attachment-encrypted"],
        Letter.DEFECTS,
        State.ACCEPTED,
    )


def test_a_notice_holds_nothing_up() -> None:
    decision = Ledger().take(mail(filled("team", {}), file("典型材料.docx", text(words=1900, characters=2300))))
    assert (found(decision.filed[0].nomination), decision.filed[0].nomination.state, decision.letter) == (
        ["material-near-limit"],
        State.ACCEPTED,
        Letter.RECEIPT,
    )


def test_an_unpaired_nomination_is_held_and_never_called_in_order() -> None:
    ledger = Ledger()
    sent = [file(f"{n}.docx", *filled("member", {"姓名": n}).sections) for n in ("游庆穗", "柏知远")]
    sent += [file("c.docx", text("典型材料", body="甲篇。")), file("d.docx", text("典型材料", body="乙篇。"))]
    decision = ledger.take(mail(*sent))
    assert [e.nomination.state for e in decision.filed] == [State.HELD, State.HELD]
    assert decision.letter is Letter.HELD


@pytest.mark.parametrize(
    ("told_by", "finding"),
    [
        ({"推荐单位": "红旗区"}, "unit-not-entitled"),
        ({"推荐单位": "某某协会"}, "unit-unknown"),
    ],
)
def test_nothing_is_filed_without_a_unit(told_by: dict[str, str], finding: str) -> None:
    name = told_by["推荐单位"]
    word = filled(
        "project", {**told_by, "项目名称": "“党员联户”项目", "实施单位": name, "推荐单位意见": f"同意推荐。{name}（盖章）"}
    )
    reading = mail(word, file("材料.docx", text()), subject=f"{name}推荐材料", body="请查收。", sender="x@mail.example")
    decision = Ledger().take(reading)
    assert (decision.outcome, found(decision), decision.filed, decision.letter) == (
        Outcome.RETURNED,
        [finding],
        (),
        Letter.DEFECTS,
    )


def test_a_body_that_may_not_nominate_is_told_whom_to_go_through() -> None:
    word = filled("project", {"推荐单位": "新乡市红旗区", "推荐单位意见": "同意推荐。红旗区委（盖章）"})
    reading = mail(
        word, file("材料.docx", text()), subject="红旗区推荐材料", body="红旗区现报送，请查收。", sender="x@mail.example"
    )
    (finding,) = Ledger().take(reading).findings
    assert finding.facts == {"unit": "410702", "name": "红旗区", "through": "410700", "through_name": "新乡市"}


def test_a_reply_that_names_the_unit_files_the_returned_mail() -> None:
    ledger = Ledger()
    word = filled("project", {"推荐单位": "", "实施单位": "街道办", "推荐单位意见": "同意推荐"})
    earlier = mail(word, file("材料.docx", text()), subject="推荐材料", body="请查收。", sender="x@mail.example")
    assert found(ledger.take(earlier)) == ["unit-unknown"]
    reply = mail(subject="回复：【需补正】推荐材料", body="我们是新乡市。", sender="x@mail.example", in_reply_to=("<a@b>",))
    decision = ledger.take(joined(reply, earlier))
    assert (decision.outcome, decision.verdict.unit, len(decision.filed)) == (Outcome.RECEIVED, "410700", 1)


# --- letters that are not written ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reading",
    [
        mail(subject="系统退信", body=""),
        mail(auto_submitted="auto-replied"),
        mail(*whole(), precedence="bulk"),
        mail(*whole(), auto_response_suppress="All"),
        mail(unread("a.zip"), auto_response_suppress="All", sender="noreply@xinxiang.example"),
    ],
)
def test_nobody_is_written_to_who_is_no_person_or_asks_for_no_answer(reading: Reading) -> None:
    decision = Ledger().take(reading)
    assert decision.letter is None
    assert decision.reason


# --- versions -----------------------------------------------------------------------------------------------------------


def test_a_corrected_form_is_a_new_version_that_says_what_changed() -> None:
    ledger = Ledger()
    ledger.take(mail(*whole(联系电话="123")))
    decision = ledger.take(mail(*whole(联系电话="0373-5550199")), at(17))
    (entry,) = decision.filed
    assert (entry.nomination.number, entry.nomination.version, entry.filing) == ("0001", 2, Filing.CORRECTED)
    assert entry.changes == (Change("联系电话", "123", "0373-5550199"),)
    assert (entry.nomination.state, entry.nomination.received, entry.nomination.updated) == (State.ACCEPTED, ARRIVED, at(17))
    assert (entry.nomination.mail, decision.letter) == (2, Letter.RECEIPT)


@pytest.mark.parametrize(
    "name",
    [
        "红旗区 “党员联户＋” 服务项目",
        "红旗区党员联户+服务项目",
        "新乡市红旗区“党员联户+”服务项目",
        "红旗区《党员联户+》服务项目",
    ],
)
def test_small_variations_of_a_name_are_the_same_nominee(name: str) -> None:
    ledger = Ledger()
    ledger.take(mail(*whole()))
    assert [e.nomination.number for e in ledger.take(mail(*whole(项目名称=name))).filed] == ["0001"]


def test_a_courtesy_is_no_part_of_a_name() -> None:
    ledger = Ledger()
    ledger.take(mail(*whole("member")))
    assert [e.nomination.number for e in ledger.take(mail(*whole("member", 姓名="游庆穗同志"))).filed] == ["0001"]


@pytest.mark.parametrize("name", ["牧野区“党员联户+”服务项目", "红旗区“清廉街巷”服务项目"])
def test_another_name_is_another_nominee(name: str) -> None:
    ledger = Ledger()
    ledger.take(mail(*whole()))
    assert [(e.nomination.number, e.filing) for e in ledger.take(mail(*whole(项目名称=name))).filed] == [("0002", Filing.FILED)]


def test_the_very_same_files_again_change_nothing_and_are_answered() -> None:
    ledger = Ledger()
    ledger.take(mail(*whole()))
    before = ledger.nominations["0001"]
    decision = ledger.take(mail(*whole()), at(17))
    assert (decision.outcome, decision.letter) == (Outcome.RECEIVED, Letter.RECEIPT)
    same = replace(before, form_at=at(17), material_at=at(17))
    assert [(e.filing, e.nomination) for e in decision.filed] == [(Filing.REPEATED, same)]


def test_the_very_same_files_again_after_the_deadline_do_not_make_it_late() -> None:
    ledger = Ledger()
    ledger.take(mail(*whole()))
    ledger.take(mail(*whole()), at(22))
    assert ledger.state("0001") == "accepted"


def test_the_same_files_again_once_the_publicity_is_over_mend_it() -> None:
    ledger = Ledger()
    sent = mail(*whole(公示情况="12月13日至12月15日公示"))
    assert told(ledger, sent, at(15)) == [("0001", "filed", "defective", ["publicity-too-short 公示情况"])]
    assert told(ledger, sent, at(16)) == [("0001", "corrected", "accepted", [])]


def test_a_material_that_comes_later_completes_the_form() -> None:
    ledger = Ledger()
    form, material = whole()
    assert told(ledger, mail(form)) == [("0001", "filed", "defective", ["material-missing"])]
    assert told(ledger, mail(material), at(16, 10)) == [("0001", "completed", "accepted", [])]
    one = ledger.nominations["0001"]
    assert (one.version, one.form_mail, one.material_mail, one.category) == (1, 1, 2, "project")
    assert (one.form, one.material) == (form.path, material.path)


def test_a_form_that_comes_later_completes_the_material() -> None:
    ledger = Ledger()
    form, material = whole("member")
    assert told(ledger, mail(material)) == [("0001", "filed", "defective", ["category-unknown", "form-missing"])]
    assert told(ledger, mail(form)) == [("0001", "completed", "accepted", [])]
    assert (ledger.nominations["0001"].category, ledger.nominations["0001"].version) == ("member", 1)


def test_a_nameless_material_completes_the_only_form_that_lacks_one() -> None:
    ledger = Ledger()
    ledger.take(mail(whole()[0], *whole("team")))
    assert told(ledger, mail(file("典型材料.docx", text("典型材料")), subject="新乡市补充材料")) == [
        ("0001", "completed", "accepted", [])
    ]


def test_a_nameless_material_that_two_forms_lack_is_a_nomination_of_its_own() -> None:
    ledger = Ledger()
    ledger.take(mail(whole()[0], whole("team")[0]))
    decision = ledger.take(mail(file("典型材料.docx", text("典型材料")), subject="新乡市补充材料"))
    assert [(e.nomination.number, found(e.nomination)) for e in decision.filed] == [
        ("0003", ["category-unknown", "form-missing"])
    ]


def test_a_completion_keeps_the_findings_of_the_half_that_stays() -> None:
    ledger = Ledger()
    form, _ = whole(联系电话="")
    ledger.take(mail(form))
    long = file("红旗区“党员联户+”服务项目典型材料.docx", text("红旗区“党员联户+”服务项目典型材料", words=2300))
    assert told(ledger, mail(long)) == [("0001", "completed", "defective", ["field-missing 联系电话", "material-too-long"])]


def test_a_corrected_material_alone_renews_that_half_only() -> None:
    ledger = Ledger()
    form, _ = whole()
    title = "红旗区“党员联户+”服务项目典型材料"
    ledger.take(mail(form, file(f"{title}.docx", text(title, words=2145, body="初稿。"))))
    decision = ledger.take(mail(file(f"{title}（修改）.docx", text(title, words=1950, body="改稿。"))), at(17))
    (entry,) = decision.filed
    assert (entry.filing, entry.nomination.version, entry.nomination.state) == (Filing.CORRECTED, 2, State.ACCEPTED)
    assert entry.changes == (Change("material", "2145", "1950"),)
    assert (entry.nomination.form, entry.nomination.form_mail, entry.nomination.material_mail) == (form.path, 1, 2)


def test_the_number_in_the_subject_says_which_even_under_another_name() -> None:
    ledger = Ledger()
    ledger.take(mail(*whole()))
    decision = ledger.take(mail(*whole(项目名称="红旗区“邻里守望”项目"), subject="更正0001：新乡市材料"))
    (entry,) = decision.filed
    assert (entry.nomination.number, entry.nomination.version, entry.nomination.nominee) == ("0001", 2, "红旗区“邻里守望”项目")
    assert [change.field for change in entry.changes] == ["项目名称", "material"]


def test_a_number_of_another_unit_is_no_number_here() -> None:
    ledger = Ledger()
    ledger.take(mail(*whole()))
    decision = ledger.take(mail(*province(项目名称="省教育厅“暖冬”项目"), **{**JYT, "subject": "更正0001：河南省教育厅材料"}))
    assert [(e.nomination.number, e.filing) for e in decision.filed] == [("0002", Filing.FILED)]


def test_a_reply_mends_the_name_of_the_one_it_answers() -> None:
    ledger = Ledger()
    ledger.take(mail(*whole("member", 姓名="游庆穗")))
    decision = ledger.take(
        mail(*whole("member", 姓名="游庆惠"), subject="回复：【需补正】"), thread=("0001",), thread_unit="410700"
    )
    assert [(e.nomination.number, e.nomination.version, e.nomination.nominee) for e in decision.filed] == [
        ("0001", 2, "游庆惠")
    ]


def test_a_whole_nomination_of_another_name_in_a_reply_pushes_nothing_aside() -> None:
    ledger = Ledger()
    ledger.take(mail(*whole("member", 姓名="游庆穗")))
    decision = ledger.take(
        mail(*whole("member", 姓名="柏知远"), subject="回复：【受理回执】"), thread=("0001",), thread_unit="410700"
    )
    assert [(e.nomination.number, e.filing) for e in decision.filed] == [("0002", Filing.FILED)]


def test_a_form_in_the_right_category_corrects_one_without_category() -> None:
    ledger = Ledger()
    _, material = whole("member")
    ledger.take(mail(material))
    assert ledger.nominations["0001"].category is None
    ledger.take(mail(*whole("member")))
    assert [(n.category, n.state) for n in ledger.nominations.values()] == [("member", State.ACCEPTED)]


# --- quota --------------------------------------------------------------------------------------------------------------


def test_two_over_a_quota_of_one_in_one_mail_the_later_carries_it() -> None:
    first, second = province(), province(项目名称="省教育厅“暖冬”项目")
    decision = Ledger().take(mail(*first, *second, **JYT))
    assert [(e.nomination.number, e.nomination.state, found(e.nomination)) for e in decision.filed] == [
        ("0001", State.ACCEPTED, []),
        ("0002", State.OVER_QUOTA, ["over-quota"]),
    ]
    assert decision.letter is Letter.DEFECTS
    assert decision.filed[1].nomination.findings[0].facts == {
        "quota": 1,
        "live": 2,
        "place": 2,
        "numbers": ("0001",),
        "nominees": ("红旗区“党员联户+”服务项目",),
    }


def test_each_category_counts_by_itself() -> None:
    decision = Ledger().take(mail(*province(), *province("team"), *province("member"), **JYT))
    assert [e.nomination.state for e in decision.filed] == [State.ACCEPTED] * 3


@pytest.mark.parametrize(("unit", "quota"), [("新乡市", 10), ("焦作市", 5), ("济源示范区", 5)])
def test_a_city_has_the_quota_of_its_size(unit: str, quota: int) -> None:
    ledger = Ledger()
    for number in range(quota + 1):
        sent = whole(推荐单位=unit, 项目名称=f"第{number}街道{chr(0x5000 + 37 * number)}{chr(0x6000 + 11 * number)}便民项目")
        ledger.take(
            mail(*sent, subject=f"{unit}推荐材料", body=f"现将{unit}推荐材料报送，请查收。", sender=f"office@{number}.example")
        )
    states = [one.state for one in ledger.nominations.values()]
    assert states == [State.ACCEPTED] * quota + [State.OVER_QUOTA]


def test_a_withdrawal_lets_the_next_one_in() -> None:
    ledger = Ledger()
    ledger.take(mail(*province(), **JYT))
    ledger.take(mail(*province(项目名称="省教育厅“暖冬”项目"), **JYT))
    assert ledger.state("0002") == "over-quota"
    decision = ledger.take(mail(subject="撤回0001", body="河南省教育厅申请撤回0001。", sender=JYT["sender"]))
    assert (decision.outcome, decision.command, decision.letter) == (Outcome.COMMAND, Command.WITHDRAW, Letter.WITHDRAWN)
    assert [(e.nomination.number, e.filing, e.nomination.state) for e in decision.filed] == [
        ("0001", Filing.WITHDRAWN, State.WITHDRAWN),
        ("0002", Filing.RESTATED, State.ACCEPTED),
    ]


def test_late_ones_count_after_all_others() -> None:
    ledger = Ledger()
    ledger.take(mail(*province(), **JYT), at(21))
    assert ledger.state("0001") == "late"
    ledger.take(mail(*province(项目名称="省教育厅“暖冬”项目"), **JYT), at(20))  # handled later, arrived in time
    assert (ledger.state("0001"), ledger.state("0002")) == ("late", "accepted")
    assert found(ledger.nominations["0001"]) == ["late", "over-quota"]


# --- lateness -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "facts"),
    [
        (at(20, 23, 59), None),
        (at(20, 0, 0), None),
        (at(21, 0, 0), (0, 0, 0)),
        (at(21, 0, 1), (0, 0, 1)),
        (at(21, 9, 30), (0, 9, 30)),
        (at(23, 10, 5), (2, 10, 5)),
    ],
)
def test_the_last_day_counts_to_midnight(received: datetime, facts: tuple[int, int, int] | None) -> None:
    (entry,) = Ledger().take(mail(*whole()), received).filed
    late = [finding.facts for finding in entry.nomination.findings if finding.check == "late"]
    assert [(f["days"], f["hours"], f["minutes"]) for f in late] == ([facts] if facts else [])
    assert entry.nomination.state is (State.LATE if facts else State.ACCEPTED)


def test_late_is_for_the_office_and_comes_before_defective() -> None:
    decision = Ledger().take(mail(*whole(联系电话="")), at(22))
    assert (decision.filed[0].nomination.state, decision.letter) == (State.LATE, Letter.DEFECTS)
    assert Ledger().take(mail(*whole()), at(22)).letter is Letter.RECEIPT


# --- doubles and senders ------------------------------------------------------------------------------------------------


def test_a_nominee_of_two_units_is_told_the_office() -> None:
    ledger = Ledger()
    ledger.take(mail(*whole("member")))
    decision = ledger.take(mail(*province("member"), **JYT))
    assert found(decision.filed[0].nomination) == ["duplicate-nominee"]
    assert (decision.filed[0].nomination.state, decision.letter) == (State.ACCEPTED, Letter.RECEIPT)
    assert decision.filed[0].nomination.findings[0].facts["numbers"] == ("0001",)


def test_a_name_alone_makes_no_double() -> None:
    ledger = Ledger()
    ledger.take(mail(*whole("member")))
    decision = ledger.take(mail(*province("member", 工作单位及职务="河南省教育厅基础教育处副处长"), **JYT))
    assert found(decision.filed[0].nomination) == []


def test_one_nominee_in_two_categories_of_a_unit_is_a_double() -> None:
    ledger = Ledger()
    name = "新乡市“暖心桥”为老服务队"
    ledger.take(mail(*whole("team")))
    decision = ledger.take(mail(*whole("project", 项目名称=name)))
    assert [(e.nomination.number, found(e.nomination)) for e in decision.filed] == [("0002", ["duplicate-nominee"])]


def test_an_address_that_is_not_known_for_the_unit_is_told_the_office() -> None:
    ledger = Ledger()
    assert found(ledger.take(mail(*whole()))) == []  # the first mail of a unit without known addresses teaches
    assert found(ledger.take(mail(*whole("team")))) == []
    decision = ledger.take(mail(*whole("member"), sender="other@mail.example"))
    assert (found(decision), decision.letter) == (["sender-new"], Letter.RECEIPT)
    assert decision.findings[0].facts == {"address": "other@mail.example", "known": (MAIL,)}


# --- requests -----------------------------------------------------------------------------------------------------------


def filed() -> Ledger:
    ledger = Ledger()
    ledger.take(mail(*whole(), *whole("team")))
    return ledger


def test_only_the_unit_itself_withdraws() -> None:
    decision = filed().take(mail(subject="撤回0001", body="新乡市撤回0001", sender="stranger@mail.example"))
    assert (decision.outcome, decision.command, decision.filed) == (Outcome.COMMAND, Command.WITHDRAW, ())
    assert decision.letter is Letter.HELD


def test_whoever_answers_our_letter_may_withdraw() -> None:
    ledger = filed()
    decision = ledger.take(
        mail(subject="回复：【受理回执】", body="新乡市撤回 0002", sender="private@mail.example"),
        thread=("0001", "0002"),
        thread_unit="410700",
    )
    assert [(e.nomination.number, e.filing) for e in decision.filed] == [("0002", Filing.WITHDRAWN)]


@pytest.mark.parametrize(
    ("body", "numbers"),
    [
        ("新乡市撤回0001", ["0001"]),
        ("新乡市撤回0001和0002", ["0001", "0002"]),
        ("新乡市撤回“暖心桥”为老服务队的推荐（新乡市“暖心桥”为老服务队）", ["0002"]),
        ("新乡市申请撤回推荐", []),
        ("新乡市撤回0009", []),
        ("新乡市撤回0001和0009", []),
    ],
)
def test_a_withdrawal_must_say_what(body: str, numbers: list[str]) -> None:
    decision = filed().take(mail(subject="撤回推荐", body=body))
    assert [e.nomination.number for e in decision.filed] == numbers
    assert (decision.outcome, decision.letter) == (Outcome.COMMAND, Letter.WITHDRAWN if numbers else Letter.HELD)


def test_a_withdrawn_nomination_is_withdrawn_once_and_may_come_again() -> None:
    ledger = filed()
    ledger.take(mail(subject="撤回0001", body="新乡市撤回0001"))
    again = ledger.take(mail(subject="撤回0001", body="新乡市撤回0001"))
    assert (again.outcome, again.filed) == (Outcome.COMMAND, ())
    decision = ledger.take(mail(*whole()))
    assert [(e.nomination.number, e.filing) for e in decision.filed] == [("0003", Filing.FILED)]


@pytest.mark.parametrize(("sender", "letter"), [(MAIL, Letter.STATUS), ("stranger@mail.example", Letter.HELD)])
def test_how_things_stand_is_told_the_unit_alone(sender: str, letter: Letter) -> None:
    decision = filed().take(mail(subject="查询新乡市报送情况", body="", sender=sender))
    assert (decision.outcome, decision.letter) == (Outcome.COMMAND, letter)


def test_a_unit_of_which_nothing_is_known_may_ask() -> None:
    decision = Ledger().take(mail(subject="查询新乡市报送情况", body="", sender="x@mail.example"))
    assert (decision.outcome, decision.command, decision.letter) == (Outcome.COMMAND, Command.STATUS, Letter.STATUS)


def test_anybody_may_ask_for_the_forms() -> None:
    decision = Ledger().take(mail(subject="索取推荐表", body="", sender="x@mail.example"))
    assert (decision.outcome, decision.command, decision.letter) == (Outcome.COMMAND, Command.FORMS, Letter.FORMS)


def test_a_question_is_held_and_answered_with_one_polite_line() -> None:
    decision = Ledger().take(mail(subject="咨询", body="请问可以推荐两个吗？"))
    assert (decision.outcome, decision.letter, decision.filed, decision.findings) == (Outcome.HELD, Letter.HELD, (), ())


def test_the_same_mail_ledger_and_rules_give_the_same_decision() -> None:
    one, other = filed(), filed()
    reading = mail(*whole(联系电话="1"), *whole("member"))
    assert one.take(reading) == other.take(reading)


def test_a_form_finds_the_material_that_came_before_it_under_half_its_name() -> None:
    ledger, name = Ledger(), "“一窗通办”便民服务项目"
    ledger.take(mail(file(f"{name}典型材料.docx", text(f"{name}典型材料", about=name))))
    ledger.take(mail(file(f"{name}推荐表.docx", form(项目名称=name))))
    (one,) = ledger.nominations.values()
    assert (one.nominee, one.state, one.version) == (name, State.ACCEPTED, 1)


def test_a_submission_that_gives_no_address_to_answer_is_held_with_what_is_wrong() -> None:
    decision = Ledger().take(mail(unread("推荐表.zip"), sender=""))
    assert (decision.outcome, decision.letter) == (Outcome.HELD, None)
    assert [finding.check for finding in decision.findings] == ["attachment-encrypted"]


# --- parts of names -----------------------------------------------------------------------------------------------------

NAME = "“一窗通办”便民服务项目"


def _project() -> tuple[FileRead, FileRead]:
    return (
        file("推荐表.docx", *filled("project", {"项目名称": NAME}).sections),
        file(f"{NAME}典型材料.docx", text(f"{NAME}典型材料", about=NAME)),
    )


def test_a_whole_nomination_is_that_of_the_material_which_came_before_it() -> None:
    ledger = Ledger()
    form, material = _project()
    ledger.take(mail(material))
    ledger.take(mail(form, material))
    assert [(one.number, one.nominee, found(one)) for one in ledger.nominations.values()] == [("0001", NAME, [])]


def test_a_material_sent_again_alone_is_a_correction_although_its_title_leaves_a_part_of_the_name() -> None:
    ledger = Ledger()
    form, material = _project()
    ledger.take(mail(form, material))
    decision = ledger.take(mail(file(f"{NAME}典型材料.docx", text(f"{NAME}典型材料", about=NAME, body="改过的一篇。"))))
    assert [(entry.nomination.number, entry.filing) for entry in decision.filed] == [("0001", Filing.CORRECTED)]


@pytest.mark.parametrize("first", ["李丽", "李丽娟"])
def test_a_name_within_another_is_another_nominee(first: str) -> None:
    ledger = Ledger()
    second = "李丽娟" if first == "李丽" else "李丽"
    ledger.take(mail(file(f"{first}同志事迹.docx", text(f"{first}同志先进事迹", about=first))))
    ledger.take(mail(file("推荐表.docx", *filled("member", {"姓名": second}).sections)))
    assert sorted(one.nominee for one in ledger.nominations.values()) == ["李丽", "李丽娟"]
