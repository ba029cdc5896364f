"""The calendar file: whole days, escaped and folded as RFC 5545 asks, the same bytes each time."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.letters.calendar import FOLD, Appointment, calendar

STAMP = datetime(2021, 12, 10, 1, 31, 5, tzinfo=UTC)


def lines(content: bytes) -> list[str]:
    """The content lines, unfolded."""
    return content.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_a_deadline_is_a_whole_day_with_a_reminder_at_nine_of_the_day_before() -> None:
    made = calendar([Appointment("drive-last", date(2021, 12, 20), "截止；24时", "请发至 a@b.cn，\n电话", 1)], "b.cn", STAMP)
    assert lines(made) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//shouli//deadlines//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:drive-last@b.cn",
        "DTSTAMP:20211210T013105Z",
        "DTSTART;VALUE=DATE:20211220",
        "DTEND;VALUE=DATE:20211221",
        "SUMMARY:截止；24时",
        "DESCRIPTION:请发至 a@b.cn，\\n电话",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:截止；24时",
        "TRIGGER:-PT15H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


@given(st.text(), st.text())
def test_no_text_breaks_the_lines(summary: str, description: str) -> None:
    made = calendar([Appointment("k", date(2021, 12, 31), summary, description)], "b.cn", STAMP)
    pieces = made.split(b"\r\n")
    assert all(len(piece) <= FOLD for piece in pieces)
    assert made.count(b"\n") == made.count(b"\r\n") == len(pieces) - 1
    names = [line.partition(":")[0] for line in lines(made)]
    assert names == [
        "BEGIN",
        "VERSION",
        "PRODID",
        "CALSCALE",
        "METHOD",
        "BEGIN",
        "UID",
        "DTSTAMP",
        "DTSTART;VALUE=DATE",
        "DTEND;VALUE=DATE",
        "SUMMARY",
        "DESCRIPTION",
        "TRANSP",
        "END",
        "END",
    ]


def test_separators_are_escaped() -> None:
    made = calendar([Appointment("k", date(2021, 12, 20), "a,b;c\\d", "")], "b.cn", STAMP)
    assert "SUMMARY:a\\,b\\;c\\\\d" in lines(made)
