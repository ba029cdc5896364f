"""Publicity as a form tells it: which days, how many of them working days, and whether it was over when the mail arrived.

Notice, 四（二）: the list is published in municipal main media for at least so many working days, before submitting.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from bot.deciding.dates import Span, Written, plain, spans
from bot.deciding.workdays import working_days
from bot.text import folded

_DENIED = re.compile(
    r"^(?:无|没有|否|不|暂无|未)$|(?:尚|暂|还|仍)?(?:未|没有?|不曾)(?:进行|开展|安排|组织|予以|在.{0,20})?公示|不(?:需要?|用|必|进行|予)?公示|待公示|[免无][需须]?公示"
)
_DURATION = re.compile(r"(\d{1,3})个?(工作日|工作天|天|日|自然日|周|星期)")
_UNTIL = re.compile(r"(?:至|到|截至|截止到?|止于)\s*(?:\d{4}年)?$")
_PUBLISHED = re.compile(r"公示|刊登|刊发|发布")
_BEGINS = re.compile(r"^\s*(?:起|开始|启动)")
_ENDS = re.compile(r"^\s*(?:止|结束|截止|期满|届满)")


class Shown(StrEnum):
    """What a text says about publicity."""

    NOTHING = "nothing"  # empty
    DENIED = "denied"  # “未公示”, “无”
    UNDATED = "undated"  # there was one, but first and last day cannot be told
    DATED = "dated"


@dataclass(frozen=True, slots=True)
class Publicity:
    """Publicity with its days; `days` are working days from `first` to `last`, both counted."""

    shown: Shown
    first: date | None = None
    last: date | None = None
    days: int = 0

    def enough(self, limit: int, arrived: date) -> bool:
        """At least `limit` working days, the last of them before the day of arrival."""
        return self.last is not None and self.days >= limit and self.last < arrived


def publicity(text: str, arrived: date, calendar: str, denials: tuple[str, ...] = ()) -> Publicity:
    """Read what a form says. `denials`: further words that mean there was none. A missing year is that of the campaign."""
    if not folded(text):
        return Publicity(Shown.NOTHING)
    found = [span for span in spans(text) if span.first.day is not None and span.last.day is not None]
    if not found:
        denied = _DENIED.search(text.strip()) or folded(text) in {folded(word) for word in denials}
        return Publicity(Shown.DENIED if denied else Shown.UNDATED)
    stretches = _stretches(plain(text), found, arrived, calendar)
    if not stretches:
        return Publicity(Shown.UNDATED)
    return max(stretches, key=lambda stretch: (stretch.last is not None and stretch.last < arrived, stretch.days))


def _stretches(text: str, found: list[Span], arrived: date, calendar: str) -> list[Publicity]:
    """Every stretch the dates make, the surest way of writing first: from–to, days listed, from with a duration."""
    whole = [span for span in found if not span.single] or _apart(text, found)
    if whole:
        return [made for span in whole if (made := _between(span.first, span.last, arrived, calendar))]
    if listed := _listed(found, arrived, calendar):
        return listed
    lasting = _lasting(text, found, arrived, calendar)
    return [lasting] if lasting else []


def _apart(text: str, found: list[Span]) -> list[Span]:
    """“12月6日起在…公示，12月10日结束”, “12月6日登报，公示至12月10日”: first and last day with words between them."""
    return [
        Span(one.first, other.last, one.start, other.end, single=False)
        for one, other in pairwise(found)
        if _UNTIL.search(text[one.end : other.start]) or (_BEGINS.match(text[one.end :]) and _ENDS.match(text[other.end :]))
    ]


def _lasting(text: str, found: list[Span], arrived: date, calendar: str) -> Publicity | None:
    """“自12月8日起公示5个工作日”, “…公示一周”: the last day follows from the first."""
    duration = _DURATION.search(_without(text, found))
    begun = _begun(text, found)
    first = _day(begun.first, arrived) if begun else None
    if not duration or first is None:
        return None
    length = int(duration[1]) * (7 if duration[2] in {"周", "星期"} else 1)
    if not duration[2].startswith("工作"):
        last = first + timedelta(days=max(length, 1) - 1)
        return Publicity(Shown.DATED, first, last, working_days(first, last, calendar))
    last = first
    while working_days(first, last, calendar) < length and last < first + timedelta(days=2 * length + 31):
        last += timedelta(days=1)
    return Publicity(Shown.DATED, first, last, working_days(first, last, calendar))


def _begun(text: str, found: list[Span]) -> Span | None:
    """The date on which it began: the one before “起”, the only one, or the last one before the word of publication."""
    if begun := [span for span in found if _BEGINS.match(text[span.end :])]:
        return begun[0]
    if len(found) == 1:
        return found[0]
    published = _PUBLISHED.search(text)
    before = [span for span in found if published and span.end <= published.start()]
    return before[-1] if before else None


def _without(text: str, found: list[Span]) -> str:
    for span in reversed(found):
        text = text[: span.start] + " " + text[span.end :]
    return text


def _listed(found: list[Span], arrived: date, calendar: str) -> list[Publicity]:
    """“12月8日、9日、10日公示”: every day named counts by itself."""
    if not any(span.listed for span in found):
        return []
    days = sorted({day for span in found if (day := _day(span.first, arrived))})
    if not days:
        return []
    counted = sum(working_days(day, day, calendar) for day in days)
    return [Publicity(Shown.DATED, days[0], days[-1], counted)]


def _between(first: Written, last: Written, arrived: date, calendar: str) -> Publicity | None:
    begin, end = _day(first, arrived), _day(last, arrived)
    if begin is None or end is None or end < begin:
        return None
    return Publicity(Shown.DATED, begin, end, working_days(begin, end, calendar))


def _day(written: Written, arrived: date) -> date | None:
    """The day itself: a missing year is the one that brings it nearest to arrival, a missing month that of arrival."""
    month = written.month or arrived.month
    written = Written(written.year, month, written.day)
    if not written.possible():
        return None
    years = [written.year] if written.year else [arrived.year - 1, arrived.year, arrived.year + 1]
    days = [Written(year, month, written.day) for year in years]
    real = [day.earliest(0) for day in days if day.possible()]
    return min(real, key=lambda day: abs((day - arrived).days), default=None)
