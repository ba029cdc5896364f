"""Dates in every usual writing, and those that cannot be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding.dates import Span, Written, plain, spans

Told = tuple[int | None, int | None, int | None]


def told(span: Span) -> tuple[Told, Told]:
    return (span.first.year, span.first.month, span.first.day), (span.last.year, span.last.month, span.last.day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12月10日至12月16日", (None, 12, 10), (None, 12, 16)),
        ("12月10日-16日", (None, 12, 10), (None, 12, 16)),
        ("12月10-16日", (None, 12, 10), (None, 12, 16)),
        ("12月6日—10日在《郑州日报》公示", (None, 12, 6), (None, 12, 10)),
        ("2021.12.10-12.16", (2021, 12, 10), (2021, 12, 16)),
        ("2021.12.10-2021.12.16", (2021, 12, 10), (2021, 12, 16)),
        ("2021.12.6-10", (2021, 12, 6), (2021, 12, 10)),
        ("2021-12-10至2021-12-16", (2021, 12, 10), (2021, 12, 16)),
        ("2021-12-10-2021-12-16", (2021, 12, 10), (2021, 12, 16)),
        ("2021/12/10~2021/12/16", (2021, 12, 10), (2021, 12, 16)),
        ("12.10-12.16", (None, 12, 10), (None, 12, 16)),
        ("20211210-20211216", (2021, 12, 10), (2021, 12, 16)),
        ("十二月六日至十日", (None, 12, 6), (None, 12, 10)),
        ("二〇二一年十二月二十日—三十一日", (2021, 12, 20), (2021, 12, 31)),
        ("２０２１年１２月１０日－１６日", (2021, 12, 10), (2021, 12, 16)),
        ("2021 年 12 月 6 日 至 10 日", (2021, 12, 6), (2021, 12, 10)),
        ("2021年12月10日（星期五）至12月16日（星期四）", (2021, 12, 10), (2021, 12, 16)),
        ("12月10日8:00至12月16日18:00", (None, 12, 10), (None, 12, 16)),
        ("自12月6日起至12月10日止", (None, 12, 6), (None, 12, 10)),
        ("12月6日开始，至12月10日结束", (None, 12, 6), (None, 12, 10)),
        ("2021年12月30日至2022年1月5日", (2021, 12, 30), (2022, 1, 5)),
        ("6日至10日", (None, None, 6), (None, None, 10)),
        ("1992.07—1996.06", (1992, 7, None), (1996, 6, None)),
        ("2021年3月-11月", (2021, 3, None), (2021, 11, None)),
    ],
)
def test_a_stretch_is_read_from_its_first_to_its_last_day(text: str, first: Told, last: Told) -> None:
    assert [told(span) for span in spans(text)] == [(first, last)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1970.01（51岁）", (1970, 1, None)),
        ("1970年1月", (1970, 1, None)),
        ("1970-01", (1970, 1, None)),
        ("七〇年一月", (1970, 1, None)),
        ("一九七○年一月", (1970, 1, None)),
        ("70.1", (1970, 1, None)),
        ("197001", (1970, 1, None)),
        ("19700115", (1970, 1, 15)),
        ("1998", (1998, None, None)),
        ("2019年7月至今", (2019, 7, None)),
        ("自2021年12月8日起公示5个工作日", (2021, 12, 8)),
        ("1970-01-01 00:00:00", (1970, 1, 1)),
        ("25/12/1990", (1990, 12, 25)),
    ],
)
def test_a_single_date_is_read_as_far_as_it_was_written(text: str, day: Told) -> None:
    assert [told(span) for span in spans(text)] == [(day, day)]


def test_days_that_are_listed_take_month_and_year_from_the_one_before() -> None:
    assert [told(span)[0] for span in spans("2021年12月10日、13日、14日")] == [(2021, 12, 10), (2021, 12, 13), (2021, 12, 14)]
    assert [told(span)[0] for span in spans("12月6、7、8日")] == [(None, 12, 6), (None, 12, 7), (None, 12, 8)]


@pytest.mark.parametrize(
    "text", ["公示3个工作日", "12.5万人", "约3000人次", "12月3个工作日", "满意率98.5%", "", "电话65901305"]
)
def test_a_number_is_no_date(text: str) -> None:
    assert spans(text) == ()


@pytest.mark.parametrize(
    "text", ["1970年13月", "2021年2月30日", "1970.00", "2021.11.31", "197013", "3021-01-01", "2021年7月至2019年3月"]
)
def test_a_date_the_calendar_does_not_have_is_not_possible(text: str) -> None:
    assert not all(span.possible() for span in spans(text)) or not spans(text)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2050, 12, 31)))
def test_every_day_is_read_in_each_writing(day: date) -> None:
    want = (day.year, day.month, day.day)
    for text in (
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        day.strftime("%Y%m%d"),
    ):
        assert [told(span)[0] for span in spans(text)] == [want], text


@given(st.text(alphabet="0123456789年月日号至到-—.、/ 十二三一〇起（）天工作个", max_size=40))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    for span in spans(text):
        assert 0 <= span.start < span.end <= len(plain(text))
        span.possible()


def test_what_was_not_written_is_filled_in_at_either_end() -> None:
    written = Written(None, 2)
    assert (written.earliest(2021).isoformat(), written.latest(2021).isoformat()) == ("2021-02-01", "2021-02-28")
