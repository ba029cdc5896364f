"""Dates and spans of dates as people write them in forms, in Chinese, numeric and ISO writing.

“2021年12月10日至16日”, “2021.12.10-12.16”, “十二月六日—十日”, “1970.01（51岁）”, “七〇年一月”, “20211210-20211216”.
Nothing is corrected: a thirteenth month is found and says that it is not possible.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.text import halfwidth


@dataclass(frozen=True, slots=True)
class Written:
    """One date as written; parts that were not written are None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def possible(self) -> bool:
        """Whether a calendar of the years 1900 to 2100 has it; an unwritten year is given the benefit of a leap day."""
        if self.year is not None and not 1900 <= self.year <= 2100:
            return False
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        return self.day is None or 1 <= self.day <= self._longest()

    def _longest(self) -> int:
        return calendar.monthrange(self.year or 2000, self.month)[1] if self.month else 31

    def earliest(self, year: int) -> date:
        """The first day it may mean, `year` standing in for an unwritten one. ValueError when impossible."""
        return date(self.year or year, self.month or 1, self.day or 1)

    def latest(self, year: int) -> date:
        """The last day it may mean. ValueError when impossible."""
        month = self.month or 12
        last = calendar.monthrange(self.year or year, month)[1]
        return date(self.year or year, month, self.day or last)


@dataclass(frozen=True, slots=True)
class Span:
    """A date or a stretch between two, and where in the plain text it stood; `listed`: follows another by “、” or “和”."""

    first: Written
    last: Written
    start: int
    end: int
    listed: bool = False
    single: bool = True  # one date, no stretch

    def possible(self) -> bool:
        """Both ends exist and the last is not before the first."""
        if not (self.first.possible() and self.last.possible()):
            return False
        if self.first.year is None or self.last.year is None:
            return True
        return self.first.earliest(0) <= self.last.latest(0)


_DIGITS = {c: n for n, cs in enumerate(("〇零○Ｏ", "一", "二两", "三", "四", "五", "六", "七", "八", "九")) for c in cs}
_NUMERAL = re.compile(
    r"(?<![〇零○一二两三四五六七八九十廿卅])[〇零○一二两三四五六七八九十廿卅]+(?=年|月|日|号|个?工作日|个工作|天|个月|周|个?星期)"
)
_WEEKDAY = re.compile(r"\((?:星期|周|礼拜)[一二三四五六日天]\)")
_CLOCK = re.compile(r"(?<=[日号\d])\s*(?:上午|下午|早上|晚上|晚)?\s*\d{1,2}(?::\d{2}(?::\d{2})?|[时点](?:\d{1,2}分|整)?)(?!\d)")
_AROUND = re.compile(r"(?:(?<!\s)\s+)?([年月日号./])\s*")
_NOT_A_DAY = r"(?![\d个天人名次项家户岁%年月时点万千百.])"

_DATE = re.compile(
    rf"""(?<![\d])(?:
      (?P<d8>\d{{1,2}})(?P<s8>[./-])(?P<m8>\d{{1,2}})(?P=s8)(?P<y8>(?:19|20)\d{{2}})(?!\d)
    | (?P<y1>\d{{4}}|\d{{2}})年(?P<m1>\d{{1,2}})月(?:(?P<d1>\d{{1,2}})(?:[日号]|{_NOT_A_DAY}))?
    | (?P<y2>(?:19|20)\d{{2}})(?P<s2>[-./])(?P<m2>\d{{1,2}})(?:(?P=s2)(?P<d2>\d{{1,2}}))?(?!\d)[日号]?
    | (?P<y3>(?:19|20)\d{{2}})(?P<m3>\d{{2}})(?P<d3>\d{{2}})?(?!\d)
    | (?P<m4>\d{{1,2}})月(?P<d4>\d{{1,2}})(?:[日号]|{_NOT_A_DAY})
    | (?P<y5>(?:19|20)\d{{2}})年?(?![\d年])
    | (?P<y6>\d{{2}})年(?![\d代])
    | (?P<m7>\d{{1,2}})[./](?P<d7>\d{{1,2}})(?![\d.%万千百亿个人元次倍岁米公平])[日号]?
    )""",
    re.VERBOSE,
)
_LATER = re.compile(
    rf"""(?:
      (?P<m1>\d{{1,2}})月(?P<d1>\d{{1,2}})(?:[日号]|{_NOT_A_DAY})
    | (?P<m2>\d{{1,2}})(?P<s2>[-./])(?P<d2>\d{{1,2}})(?![\d.-])
    | (?P<m3>\d{{1,2}})月(?!\d)
    | (?P<d4>\d{{1,2}})(?:[日号]|{_NOT_A_DAY})
    )""",
    re.VERBOSE,
)
_BARE = re.compile(r"(?<![\d.])(?P<d1>\d{1,2})[日号](?![\d内])")
_UNTIL = re.compile(
    r"\s*(?:(?:(?:起|开始|启动)(?:公示)?[,;、]?|公示[,;、]?|[,;、])\s*)?(?:至|到|直至|截至|截止到?|[-—–―─~]+)\s*"
)
_MORE_DAYS = re.compile(r"(?:[、,]\d{1,2})*[日号]")
_AND = re.compile(r"\s*(?:、|和|及|,)\s*")


def plain(text: str) -> str:
    """The text half-width, Chinese numerals of dates as digits, without weekdays, hours and spaces inside dates."""
    text = _NUMERAL.sub(lambda found: str(_number(found[0])), halfwidth(text).replace("○", "〇"))
    return _CLOCK.sub("", _WEEKDAY.sub("", _AROUND.sub(r"\1", text)))


def _number(numeral: str) -> str:
    """“二〇二一” is read digit by digit, “二十一” by value."""
    if not set(numeral) & set("十廿卅"):
        return "".join(str(_DIGITS[character]) for character in numeral)
    total, before = 0, 0
    for character in numeral:
        if character in "十廿卅":
            total += {"十": (before or 1) * 10, "廿": 20, "卅": 30}[character]
            before = 0
        else:
            before = _DIGITS[character]
    return str(total + before)


def spans(text: str) -> tuple[Span, ...]:
    """All dates and stretches of dates in a text, in order; positions refer to `plain(text)`."""
    return tuple(_spans(plain(text)))


def _spans(text: str) -> Iterator[Span]:
    at = 0
    while found := _next(text, at):
        span = _stretched(text, Span(_written(found), _written(found), found.start(), found.end()))
        yield span
        yield from (listed := tuple(_listed(text, span)))
        at = listed[-1].end if listed else span.end


def _next(text: str, at: int) -> "re.Match[str] | None":
    """The next full date; a bare “6日” counts when a stretch follows it (“6日至10日”)."""
    found = _DATE.search(text, at)
    for bare in _BARE.finditer(text, at, found.start() if found else len(text)):
        if (until := _UNTIL.match(text, bare.end())) and _LATER.match(text, until.end()):
            return bare
    return found


def _written(found: "re.Match[str]") -> Written:
    parts: dict[str, int] = {}
    for name, value in found.groupdict().items():
        if value and name[0] in "ymd":
            parts[name[0]] = int(value)
    year = parts.get("y")
    if found.re is _DATE and found["y8"] and parts["m"] > 12 >= parts["d"]:  # the month first: 12/25/2021
        return Written(year, parts["d"], parts["m"])
    if year is None and found.re is _DATE and found["m7"] and parts["m"] > 31:  # “70.1” is a year and a month
        return Written(1900 + parts["m"], parts["d"])
    if year is not None and year < 100:
        year += 1900 if year > 25 else 2000
    return Written(year, parts.get("m"), parts.get("d"))


def _stretched(text: str, span: Span) -> Span:
    """The span lengthened to the date after “至”, which may leave out what the first one said."""
    until = _UNTIL.match(text, span.end)
    if not until:
        return span
    full = _DATE.match(text, until.end())
    short = _LATER.match(text, until.end())
    if full and (full.end() >= (short.end() if short else 0) or full["y1"] or full["y2"]):
        last, end = _written(full), full.end()
    elif short and (span.first.month is not None or (short["d4"] and span.first.day is not None)):
        last, end = _written(short), short.end()
    else:
        return span
    return _inherit(replace(span, last=last, end=end, single=False))


def _inherit(span: Span) -> Span:
    first, last = span.first, span.last
    month = last.month if last.month is not None or last.year is not None else first.month
    last = replace(last, month=month, year=last.year or first.year)
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - ((first.month or 0) > (last.month or 0)))
    return replace(span, first=first, last=last)


def _listed(text: str, span: Span) -> Iterator[Span]:
    """“12月10日、13日、14日”: further days after a date, each taking month and year from the one before."""
    while span.last.day is not None and (joint := _AND.match(text, span.end)):
        found = _LATER.match(text, joint.end())
        if not found or not (text[found.end() - 1] in "日号" or _MORE_DAYS.match(text, found.end())):
            return
        written = _inherit(replace(span, last=_written(found))).last
        span = _stretched(text, Span(written, written, found.start(), found.end(), listed=True))
        yield span
