"""Publicity: which days a form tells, how many of them people work, and whether it was over when the mail arrived."""

import pytest

from bot.deciding.publicity import Publicity, Shown, publicity
from tests.deciding.build import ARRIVED, GOOD, day, draft, file, form, found, text

FIELD = "公示情况"


def read(value: str, arrived: int = 16) -> Publicity:
    return publicity(value, day(arrived), "china")


@pytest.mark.parametrize(
    ("value", "first", "last", "days"),
    [
        ("12月10日至12月16日在《新乡日报》公示", 10, 16, 5),
        ("2021.12.10-12.16", 10, 16, 5),
        ("自2021年12月8日起公示5个工作日", 8, 14, 5),
        ("12月6日—10日在《郑州日报》公示", 6, 10, 5),
        ("于十二月六日至十日在市属媒体公示", 6, 10, 5),
        ("2021年12月8日开始，公示期3个工作日，无异议", 8, 10, 3),
        ("12月8日起公示三个工作日", 8, 10, 3),
        ("公示期5天，自2021年12月8日起", 8, 12, 3),
        ("公示时间：２０２１年１２月８日至１２月１０日", 8, 10, 3),
        ("公示期3个工作日（12月10日至12月13日）", 10, 13, 2),
        ("12月8日、9日、10日连续三天在《新乡日报》公示", 8, 10, 3),
        ("经11月30日会议研究，12月6日至12月8日在市电视台公示", 6, 8, 3),
        ("12月6日起在《新乡日报》公示，12月10日结束", 6, 10, 5),
        ("2021年12月6日《新乡日报》第4版公示，公示期至12月10日", 6, 10, 5),
        ("11月30日经市委研究，12月8日在《新乡日报》公示，公示3个工作日", 8, 10, 3),
        ("自12月6日起公示一周", 6, 12, 5),
        ("2021年12月8日至12月8日在《新乡日报》公示", 8, 8, 1),
        ("12月8日起公示两天", 8, 9, 2),
        ("公示时间：2021年12月8日9:00至2021年12月10日18:00", 8, 10, 3),
    ],
)
def test_the_days_of_publicity_are_read_and_counted_by_the_work_calendar(value: str, first: int, last: int, days: int) -> None:
    assert read(value) == Publicity(Shown.DATED, day(first), day(last), days)


def test_a_weekend_that_people_work_counts_and_a_holiday_does_not() -> None:
    october = publicity("2021年9月30日至10月9日公示", day(15, 10), "china")  # 1 to 7 October rest, Saturday the 9th is worked
    assert october.days == 3


@pytest.mark.parametrize("value", ["", "  ", "——", "/"])
def test_nothing_written_is_nothing(value: str) -> None:
    assert read(value).shown is Shown.NOTHING


@pytest.mark.parametrize(
    "value",
    [
        "未公示",
        "无",
        "没有公示",
        "尚未公示",
        "暂未公示",
        "未在市属媒体公示",
        "不公示",
        "未进行公示",
        "待公示",
        "否",
        "无需公示",
    ],
)
def test_a_denial_is_as_good_as_nothing(value: str) -> None:
    assert read(value).shown is Shown.DENIED


@pytest.mark.parametrize(
    "value",
    [
        "已公示",
        "公示5个工作日",
        "已在《新乡日报》公示5个工作日，无异议",
        "公示无异议",
        "公示期间未收到任何异议",
        "自12月8日起公示",
        "12月8日在报纸公示",
        "12月32日至12月35日公示",
        "12月16日至12月10日公示",
    ],
)
def test_publicity_whose_days_cannot_be_told_is_undated(value: str) -> None:
    assert read(value).shown is Shown.UNDATED


@pytest.mark.parametrize(
    ("value", "arrived", "findings"),
    [
        ("2021年12月13日至12月15日公示", 16, []),  # three days, over the day before
        ("2021年12月13日至12月15日公示", 15, ["publicity-too-short 公示情况"]),  # ends on the day of arrival
        ("2021年12月13日至12月17日公示", 16, ["publicity-too-short 公示情况"]),  # still running
        ("2021年12月10日至12月13日公示", 16, ["publicity-too-short 公示情况"]),  # a weekend between: two working days
        ("2021年12月10日至12月14日公示", 16, []),  # three working days over a weekend
        ("2021年12月14日至12月15日公示", 16, ["publicity-too-short 公示情况"]),
        ("拟于12月22日至24日公示", 16, ["publicity-too-short 公示情况"]),
        ("", 16, ["publicity-missing 公示情况"]),
        ("未公示", 16, ["publicity-missing 公示情况"]),
        ("年 月 日至 年 月 日", 16, ["publicity-missing 公示情况"]),
        ("公示5个工作日，无异议", 16, ["field-invalid 公示情况"]),
        ("已公示", 16, ["field-invalid 公示情况"]),
        ("12月6日至7日在日报公示，12月8日至12月10日在电视台公示", 16, []),  # one of two is enough
    ],
)
def test_a_city_is_told_what_is_wrong_with_its_publicity(value: str, arrived: int, findings: list[str]) -> None:
    received = ARRIVED.replace(day=arrived)
    assert found(draft(file("推荐表.docx", form(公示情况=value)), file("材料.docx", text()), received=received)) == findings


def test_a_form_without_the_field_lacks_publicity_too() -> None:
    assert found(draft(file("推荐表.docx", form(公示情况=None)), file("材料.docx", text()))) == ["publicity-missing 公示情况"]


@pytest.mark.parametrize("value", ["", "无", "12月14日至15日公示", "已公示"])
def test_nobody_but_a_city_is_asked_for_publicity(value: str) -> None:
    sent = (file("推荐表.docx", form(推荐单位="河南省教育厅", 公示情况=value)), file("材料.docx", text()))
    made = draft(
        *sent, subject="河南省教育厅推荐材料", body="现将河南省教育厅推荐材料报送，请查收。", sender="jgdw@jyt.example"
    )
    assert found(made) == []


def test_too_short_publicity_carries_its_days() -> None:
    made = draft(file("推荐表.docx", form(公示情况="12月14日至12月15日公示")), file("材料.docx", text()))
    assert dict(made.findings[0].facts) == {
        "found": "12月14日至12月15日公示",
        "first": "2021-12-14",
        "last": "2021-12-15",
        "days": 2,
        "limit": 3,
        "over": True,
        "arrived": "2021-12-16",
    }
    assert made.findings[0].place is not None
    assert made.findings[0].place.row == list(GOOD["project"]).index(FIELD) + 1


@pytest.mark.parametrize(
    ("value", "shown"), [(GOOD["project"][FIELD], True), ("", False), ("未公示", False), ("已公示", False)]
)
def test_the_card_shows_publicity_only_where_nothing_is_wrong_with_it(value: str, *, shown: bool) -> None:
    assert draft(file("推荐表.docx", form(公示情况=value)), file("材料.docx", text())).publicity_shown is shown
