"""Values that can and cannot be, and values that are none."""

import pytest

from bot.campaign import FieldKind, FieldSpec
from bot.deciding.values import effective, is_empty, ticked, wanted_instead
from tests.deciding.build import day, rules, town

PHONE = FieldSpec("联系电话", FieldKind.TELEPHONE, required=True)
SEX = FieldSpec("性别", FieldKind.CHOICE, required=True, choices=("男", "女"))


def wrong(value: str, spec: FieldSpec) -> str | None:
    return wanted_instead(value, spec, rules(), day(16))


@pytest.mark.parametrize(
    "value",
    [
        "13837112345",
        "0371-65901305",
        "0371—65901305",
        "（0371）65901305",
        "037165901305",
        "65901305",
        "6590130",
        "0371-65901305转801",
        "0371-65901305-8012",
        "138 3711 2345",
        "138-3711-2345",
        "+86 13837112345",
        "86-13837112345",
        "0086-371-65901305",
        "+86-371-65901305",
        "0371-65901305、13837112345",
        "0371-65901305/13837112345",
        "0371-65901305 13837112345",
        "13837112345（柏知远）",
        "柏知远 13837112345",
        "办公：0371-65901305 手机：13837112345",
        "１３８３７１１２３４５",
        "0373-3696123/3696124",
        "400-618-9999",
        "65901305/06",
        "0371-65901305、65901306",
        "13837112345\n0371-65901305",
        "0371 65901305",
        "0371-6590 1305",
        "电话：0371-65901305（办公室）13900001111（手机）",
        "0371-65901305或13837112345",
        "0391-6633123(办)",
        "010-82345678",
        "0371-65901305（传真同号）",
        "0373-302234513937312345",
    ],
)
def test_every_usual_writing_of_a_telephone_number_is_valid(value: str) -> None:
    assert wrong(value, PHONE) is None


@pytest.mark.parametrize(
    "value",
    [
        "123",
        "0371-123",
        "037-65901305",
        "1383711234",
        "138371123456",
        "12345678901",
        "0371-659013",
        "1383711234O",
        "138****2345",
        "无",
        "不详",
        "12837112345",
        "12345",
        "2021年12月",
        "0371-6590130512",
        "电话",
        "13837112345、1383711234",
        "同上",
        "0371-",
    ],
)
def test_a_number_that_cannot_be_dialled_is_told(value: str) -> None:
    assert wrong(value, PHONE) == "telephone"


@pytest.mark.parametrize("value", ["01632 960123", "+44 1632 960123", "(01632) 960 123", "020 7946 0958 ext. 12"])
def test_another_country_has_its_own_numbers(value: str) -> None:
    assert wanted_instead(value, PHONE, town(), day(16)) is None


@pytest.mark.parametrize(
    "value",
    [
        "1970.01（51岁）",
        "1970年1月",
        "1970-01",
        "七〇年一月",
        "2019年7月至今",
        "长期",
        "2021年3月—2021年11月",
        "1998",
        "每年3月",
        "2020年以来",
        "85.06",
        "近三年",
        "2021年1月1日起",
        "2021年上半年",
        "自2021年3月起持续开展",
        "常态化开展",
        "2020年11月至次年3月",
        "2021年3月、5月",
    ],
)
def test_every_usual_writing_of_a_date_is_valid(value: str) -> None:
    assert wrong(value, FieldSpec("开展时间", FieldKind.DATE)) is None


@pytest.mark.parametrize(
    "value",
    ["1970年13月", "2021年2月30日", "不详", "abc", "202年1月", "19700年1月", "2021.11.31", "2021年7月至2019年3月", "2031年7月"],
)
def test_a_date_that_cannot_be_is_told(value: str) -> None:
    assert wrong(value, FieldSpec("入党时间", FieldKind.DATE, required=True)) == "date"


@pytest.mark.parametrize(
    "value", ["1970.01（51岁）", "1970年1月", "一九七〇年一月", "1970", "1970-01-15", "1970.1.15", "70.1", "197001"]
)
def test_a_month_of_birth_is_valid_in_every_writing(value: str) -> None:
    assert wrong(value, FieldSpec("出生年月", FieldKind.MONTH)) is None


@pytest.mark.parametrize("value", ["1970年13月", "51岁", "无", "2022年1月", "1月", "1870年1月", "汉族", "二十世纪七十年代"])
def test_a_month_in_which_nobody_was_born_is_told(value: str) -> None:
    assert wrong(value, FieldSpec("出生年月", FieldKind.MONTH)) == "month"


@pytest.mark.parametrize("value", ["男", "女", "男性", " 男 ", "☑男 □女", "男☑ 女□", "男（√）女（ ）", "√男"])
def test_a_choice_is_valid_written_or_ticked(value: str) -> None:
    assert wrong(value, SEX) is None


@pytest.mark.parametrize("value", ["男女", "男/女", "☑男 ☑女", "汉", "M"])
def test_a_choice_that_is_none_or_two_is_told(value: str) -> None:
    assert wrong(value, SEX) == "choice"


def test_a_choice_without_choices_may_be_any_word() -> None:
    assert wrong("公益一类事业单位", FieldSpec("单位性质", FieldKind.CHOICE)) is None


@pytest.mark.parametrize("kind", [FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.NUMBER, FieldKind.PERSON, FieldKind.OPINION])
def test_counts_and_texts_are_free(kind: FieldKind) -> None:
    assert wrong("全市12.6万余人", FieldSpec("受益人数", kind)) is None


def test_of_ticked_options_only_what_is_ticked_counts() -> None:
    assert ticked("■中共党员 □群众") == ("中共党员",)
    assert effective("□中共党员 ☑群众") == "群众"
    assert ticked("二○二一年") is None
    assert ticked("中共党员") is None


@pytest.mark.parametrize(
    "value", ["", "  ", "——", "/", "年 月 日", "  年  月", "（盖章）", "□男 □女", "（盖章）  年 月 日", "XX年XX月"]
)
def test_what_the_blank_form_leaves_is_empty(value: str) -> None:
    assert is_empty(value, FieldSpec("性别", FieldKind.TEXT), rules())


@pytest.mark.parametrize("value", ["无", "0", "男", "1970年", "A", "同上"])
def test_a_short_answer_is_an_answer(value: str) -> None:
    assert not is_empty(value, FieldSpec("曾获表彰", FieldKind.TEXT), rules())


@pytest.mark.parametrize(
    ("value", "empty"),
    [("（盖章） 2021年12月15日", True), ("（盖章） 年 月 日", True), ("同意。（盖章） 2021年12月15日", False), ("同意", False)],
)
def test_a_seal_and_a_date_are_no_opinion(value: str, *, empty: bool) -> None:
    assert is_empty(value, FieldSpec("推荐单位意见", FieldKind.OPINION), rules()) is empty


def test_the_hint_of_the_blank_form_is_no_value() -> None:
    assert is_empty("（限500字以内）", FieldSpec("主要事迹", FieldKind.LONG_TEXT, hint="限500字以内"), rules())
