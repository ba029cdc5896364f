"""Orders of the office as people write them: which deed about which thing, and what is none."""

from datetime import date

import pytest

from bot.deciding.deeds import Deed, Order
from bot.deciding.order_choices import Listed
from bot.deciding.orders import order_of_cell, orders_in
from tests.deciding.build import rules, town

LISTED = (
    Listed("mail:17", "mail_held"),
    Listed("nomination:0456", "late"),
    Listed("nomination:0123", "alike"),
    Listed("letter:9", "letter_waiting"),
)


def told(text: str) -> list[str]:
    """Each order in one line: deed, thing, and what else it says; what cannot be read begins with a question mark."""
    return [_line(order) for order in orders_in(text, rules(), LISTED)]


def _line(order: Order) -> str:
    parts = [f"?{order.trouble}" if order.trouble else str(order.deed), order.about, order.reason]
    parts += [order.until.isoformat() if order.until else "", order.unit or ""]
    return " ".join(part for part in parts if part)


def admitted(*numbers: str) -> list[str]:
    return [f"admit nomination:{number}" for number in numbers]


def papers(*numbers: str) -> list[str]:
    return [f"paper nomination:{number}" for number in numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到纸质 0123 0124", papers("0123", "0124")),
        ("收到纸质件：0123、0124，0125", papers("0123", "0124", "0125")),
        ("0123、0124纸质件已收到", papers("0123", "0124")),
        ("纸质件已收到：\n0123\n０１２４号、0125\n谢谢！", papers("0123", "0124", "0125")),
        ("收到纸质 0123-0126", papers("0123", "0124", "0125", "0126")),
        ("今日收到纸质件 编号0123 至 编号0125。", papers("0123", "0124", "0125")),
        ("准予 0456", admitted("0456")),
        ("准予０４５６、０４５７", admitted("0456", "0457")),
        ("经研究，同意受理第0456号。", admitted("0456")),
        ("准予0456与0457", admitted("0456", "0457")),
        ("对不起，准予 0456", admitted("0456")),
        ("退回 0456 理由：材料逾期", ["refuse nomination:0456 材料逾期"]),
        ("退回0456\n理由：材料逾期", ["refuse nomination:0456 材料逾期"]),
        ("退回 0456", ["refuse nomination:0456"]),
        (
            "退回 0456、0457 因材料与附件不符",
            ["refuse nomination:0456 材料与附件不符", "refuse nomination:0457 材料与附件不符"],
        ),
        ("0456 准予，0457 退回 理由：逾期", [*admitted("0456"), "refuse nomination:0457 逾期"]),
        ("准予 0456 退回 0457 逾期三天", [*admitted("0456"), "refuse nomination:0457 逾期三天"]),
        ("1. 准予 0456\n2. 退回 0457，理由：超额", [*admitted("0456"), "refuse nomination:0457 超额"]),
        ("暂停发信", ["pause campaign"]),
        ("请恢复发信。", ["resume campaign"]),
        ("0123 已核对，予以保留", ["checked nomination:0123"]),
        ("邮件17 办结；邮件18 重新处理", ["settle mail:17", "redo mail:18"]),
        ("邮件17 新乡市", ["redo mail:17 410700"]),
        ("来信17重新处理，属于新乡市", ["redo mail:17 410700"]),
        ("信件9 放行\n信件10 不发", ["send letter:9", "keep letter:10"]),
    ],
)
def test_usual_words_are_understood(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("延期 新乡市 12月22日", ["extend unit:410700 2021-12-22"]),
        ("新乡市延期到12月22日", ["extend unit:410700 2021-12-22"]),
        ("同意延期：新乡市、安阳市 至 2021.12.22", ["extend unit:410700 2021-12-22", "extend unit:410500 2021-12-22"]),
        ("延期 0456 至 12月22日", ["extend nomination:0456 2021-12-22"]),
        ("延期 至12月22日", ["extend campaign 2021-12-22"]),
        ("各单位报送时间延期至12月22日24时前", ["extend campaign 2021-12-22"]),
        ("各单位延期至２０２２年１月３日", ["extend campaign 2022-01-03"]),
        ("延期到1月3日", ["extend campaign 2022-01-03"]),
        ("延期 火星市 12月22日", ["?unit-unknown 2021-12-22"]),
        ("延期 新乡市", ["?no-day"]),
        ("延期 新乡市 2月30日", ["?no-day"]),
        ("新乡市是否延期到12月22日？", ["?unclear"]),
    ],
)
def test_a_longer_time_names_whom_and_until_when(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3：1", ["checked nomination:0123"]),
        ("待核定 2：1", ["admit nomination:0456"]),
        ("待核定2：2，理由：逾期", ["refuse nomination:0456 逾期"]),
        ("第2项选1", ["admit nomination:0456"]),
        ("1：2，2：①；４：１", ["redo mail:17", "admit nomination:0456", "send letter:9"]),
        ("0456：1", ["admit nomination:0456"]),
        ("0456 选 2", ["refuse nomination:0456"]),
        ("邮件17：1\n信件9选2", ["settle mail:17", "keep letter:9"]),
        ("9：1", ["?not-listed"]),
        ("0999：1", ["?not-listed nomination:0999"]),
        ("2：5", ["?no-such-option nomination:0456"]),
    ],
)
def test_the_numbers_of_the_digest_can_be_answered(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "不准予 0456",
        "暂不退回 0456",
        "是否准予0456？",
        "准予0456吗",
        "准予 0456，如果材料齐全",
        "未收到纸质 0123",
        "准予与否另议",
        "退回",
        "收到纸质件12件：请查",
    ],
)
def test_what_is_denied_asked_or_only_half_said_is_no_order_and_is_told_back(text: str) -> None:
    assert told(text) == ["?unclear"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "您好，收到，谢谢。",
        "会议定于12月20日10:30开始，3：00签到。",
        "联系电话：0371-65901305，12月20日前答复。",
        "0456 号的材料我看过了",
        "办公室　王  2021年12月17日",
    ],
)
def test_other_words_are_no_orders(text: str) -> None:
    assert told(text) == []


def test_the_reason_of_a_refusal_is_quoted_as_written_and_numbers_in_it_are_not_refused() -> None:
    text = "退回 0456 理由：与0123重复；未收到纸质原件，ＡＢ１２ 表有误。"
    assert told(text) == ["refuse nomination:0456 与0123重复；未收到纸质原件，ＡＢ１２ 表有误"]
    assert told("退回 0456 与0123重复") == ["refuse nomination:0456 与0123重复"]


def test_a_run_that_is_too_long_or_backwards_is_a_slip_of_the_pen() -> None:
    assert told("收到纸质 0001-9999") == ["?too-many"]
    assert told("收到纸质 0126-0123") == ["?too-many"]


def test_a_deed_that_does_not_fit_its_thing_is_told_back() -> None:
    assert told("准予 邮件17") == ["?does-not-fit mail:17"]
    assert told("放行 0456") == ["?does-not-fit nomination:0456"]


def test_nothing_below_the_line_of_the_digest_is_an_order() -> None:
    assert told("准予 0456\n———— 请在本行以上填写指令 ————\n退回 0123\n待核定 1：1") == admitted("0456")


def test_the_same_order_twice_is_one() -> None:
    assert told("准予 0456\n\n准予 0456") == admitted("0456")


def test_the_town_orders_in_its_own_words() -> None:
    text = "Dear all,\npaper received 0123, 0124\nplease admit nomination 0456 and 0457\n"
    text += "send back 0458 because it is late\npause letters\nmail 17 done"
    orders = orders_in(text, town())
    assert [(order.deed, order.about, order.reason) for order in orders] == [
        (Deed.PAPER, "nomination:0123", ""),
        (Deed.PAPER, "nomination:0124", ""),
        (Deed.ADMIT, "nomination:0456", ""),
        (Deed.ADMIT, "nomination:0457", ""),
        (Deed.REFUSE, "nomination:0458", "it is late"),
        (Deed.PAUSE, "campaign", ""),
        (Deed.SETTLE, "mail:17", ""),
    ]


@pytest.mark.parametrize(
    ("text", "deed", "reason"),
    [
        ("准予", Deed.ADMIT, ""),
        ("准予，已电话核实", Deed.ADMIT, ""),
        ("退回：逾期", Deed.REFUSE, "逾期"),
        ("不予受理。不符合条件", Deed.REFUSE, "不符合条件"),
        ("入选", Deed.SELECT, ""),
        ("未入选", Deed.PASS_OVER, ""),
        ("通过审核", Deed.SHORTLIST, ""),
    ],
)
def test_a_clerks_word_in_a_cell_decides_about_its_row(text: str, deed: Deed, reason: str) -> None:
    assert order_of_cell(text, "nomination:0456", rules()) == Order(deed, "nomination:0456", reason, said=text)


@pytest.mark.parametrize("text", ["", "准予与否待研究", "建议退回", "请再核", "入选与否由领导定", "延期", "暂停发信", "放行"])
def test_a_remark_in_a_cell_decides_nothing(text: str) -> None:
    assert order_of_cell(text, "nomination:0456", rules()) is None


def test_days_without_a_year_are_those_next_to_the_deadline() -> None:
    (order,) = orders_in("延期到1月3日", rules())
    assert order.until == date(2022, 1, 3)
