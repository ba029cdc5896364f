"""Whether a value of a form is there at all, and whether it can be what its field asks for."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from bot.campaign import FieldKind, FieldSpec, Rules
from bot.deciding.dates import plain, spans
from bot.deciding.folding import longest_first
from bot.text import folded, halfwidth

TICKED = "☑☒√✓✔■●◉⊙🗹✅"
UNTICKED = "□○◯☐◻▢"
_LONGEST_CHOICE = 60
"""A value of more characters is running text, and a sign in it is a bullet."""
_ZERO = re.compile(r"(?<=[一二三四五六七八九〇])○|○(?=[一二三四五六七八九])")
_MARK = f"[{TICKED}{UNTICKED}]"
_OPTION_AFTER = re.compile(rf"({_MARK})\s*([^\s{TICKED}{UNTICKED}、，,;；/]+)")
_OPTION_BEFORE = re.compile(rf"([^\s{TICKED}{UNTICKED}、，,;；/()（）]+)\s*[(（]?\s*({_MARK})\s*[)）]?")


def ticked(value: str) -> tuple[str, ...] | None:
    """The options ticked in “☑男 □女” or “男（√） 女（ ）”; None when the value has no such marks."""
    text = _ZERO.sub("〇", value.strip())
    if not re.search(_MARK, text):
        return None
    if re.match(_MARK, text):
        return tuple(label for mark, label in _OPTION_AFTER.findall(text) if mark in TICKED)
    return tuple(label for label, mark in _OPTION_BEFORE.findall(text) if mark in TICKED)


def effective(value: str) -> str:
    """The value as it is judged: of ticked options only what was ticked."""
    options = ticked(value)
    if options is None or len(value) > _LONGEST_CHOICE:
        return value
    return "、".join(options)


_LONGEST_NOTHING = 60
"""Folded characters; a longer value was written by somebody."""

_LEFT_OF_DATES = "年月日至到起止"
"""What remains of two dates nobody filled in: “年 月 日至 年 月 日”."""

_STAMP_DATE = re.compile(r"\d{4}[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?")


def is_empty(value: str, spec: FieldSpec, rules: Rules) -> bool:
    """Whether nothing was written: only punctuation, only what the blank form leaves (“年 月 日”, “（盖章）”).

    “无” is an answer. A seal's date alone is no opinion.
    """
    rest = effective(value)
    if spec.kind is FieldKind.OPINION:
        rest = _STAMP_DATE.sub("", plain(rest))
    rest = folded(rest)
    if spec.hint and rest == folded(spec.hint):
        return True
    if len(rest) > _LONGEST_NOTHING:
        return False
    if _any_of(rules.phrases.empty_values).search(rest):  # most values hold none of them, and there are a hundred
        for nothing in longest_first(rules.phrases.empty_values):
            rest = rest.replace(nothing, "")
    return not rest.strip(_LEFT_OF_DATES)


@lru_cache(maxsize=8)
def _any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, longest_first(phrases))))


# --- telephone --------------------------------------------------------------------------------------------------------

_SOME_DIGITS = re.compile(r"\+?\d(?:[\d()\s\-—–―‐]*\d)?")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|[-—–―#])\s*\d{1,5}(?=$|\D)", re.IGNORECASE)
_CHINESE_NUMBERS = (
    re.compile(r"1[3-9]\d{9}"),  # mobile
    re.compile(r"0(?:10|2\d)[2-9]\d{7}"),  # three-digit area code, eight digits
    re.compile(r"0[3-9]\d{2}[1-9]\d{6,7}"),  # four-digit area code, seven or eight
    re.compile(r"[2-9]\d{6,7}"),  # without area code
    re.compile(r"[48]00\d{7}"),
)
_NO_AREA = re.compile(r"(?<![\d-])[（(]?0(?!10|2\d)\d{2}[)）]?\s*[-—–―]\s*\d{7,8}(?!\d)")
"""An area code of three digits that no place has: those of 北京 and of the cities under 02 are the only ones."""
_TWO = 18
"""Digits from which a run may be two numbers that stood on two lines of a page."""
_LONGEST_TELEPHONES = 300
_ANY_NUMBER = (re.compile(r"\d{6,15}"),)  # ITU-T E.164


def _numbers_of(value: str) -> list[str]:
    """The digits of every number in a value, extensions and the country code off, the longest runs that make sense."""
    text = re.sub(r"[（(]\s*(0\d{2,3})\s*[)）]", r"\1-", halfwidth(value))
    found = []
    for part in re.split(r"[、,;/|或和及\n]|\s{2,}|(?<=\d{7})\s+(?=[01])", text):
        for run in _SOME_DIGITS.findall(part):
            digits = re.sub(r"\D", "", run)
            digits = re.sub(r"^(?:0086|86)(?=1[3-9]\d{9}$)", "", digits)
            found.append(re.sub(r"^(?:0086|86)0?(?=[1-9]\d{1,2}[2-9]\d{6,7}$)", "0", digits))
    return found


def _telephone(value: str, language: str) -> bool:
    """One number at least can be dialled, and none beside it is a mobile number with a digit too many or too few."""
    kinds = _CHINESE_NUMBERS if language.startswith("zh") else _ANY_NUMBER

    def good(digits: str) -> bool:
        return one(digits) or (
            len(digits) >= _TWO and any(one(digits[:at]) and one(digits[at:]) for at in range(7, len(digits) - 6))
        )

    def one(digits: str) -> bool:
        return any(kind.fullmatch(digits) for kind in kinds)

    value = value[:_LONGEST_TELEPHONES]
    if language.startswith("zh") and _NO_AREA.search(halfwidth(value)):
        return False
    whole = _numbers_of(value)
    bare = _numbers_of(_EXTENSION.sub("", halfwidth(value)))
    if not any(map(good, (*whole, *bare))):
        return False
    return not any(len(digits) >= 9 and not good(digits) for digits in (bare if any(map(good, bare)) else whole))


# --- dates ------------------------------------------------------------------------------------------------------------

_TIME_WORDS = re.compile(
    r"长期|至今|常年|常态|持续|每[年月周日天季]|全年|日常|不定期|定期|今年|去年|前年|近年|以来|当年|年度|[年月季周天]|世纪|寒假|暑假|节|期间"
)
_WRONG_YEAR = re.compile(r"(?<!\d)(?:\d{5,}|[2-9]\d{2}|1\d{2}(?=年\d))年")


def _dated(value: str) -> bool:
    """No date in it is impossible, and it speaks of time at all."""
    found = spans(value)
    if not all(span.possible() for span in found):
        return False
    return bool(found) or (bool(_TIME_WORDS.search(value)) and not _WRONG_YEAR.search(plain(value)))


def born(value: str) -> date | None:
    """The first day that a written month of birth may mean; None when no possible one is written."""
    first = next((span.first for span in spans(value) if span.first.year), None)
    return first.earliest(0) if first and first.possible() else None


# --- by kind ----------------------------------------------------------------------------------------------------------


def _valid_telephone(value: str, _spec: FieldSpec, rules: Rules, _arrived: date) -> bool:
    return _telephone(value, rules.language)


def _valid_date(value: str, _spec: FieldSpec, _rules: Rules, arrived: date) -> bool:
    firsts = [span.first for span in spans(value) if span.first.year]
    return _dated(value) and not (firsts and firsts[0].earliest(0) > arrived + timedelta(days=365))


def _valid_month(value: str, _spec: FieldSpec, _rules: Rules, arrived: date) -> bool:
    day = born(value)
    return day is not None and day <= arrived and all(span.possible() for span in spans(value))


def _valid_choice(value: str, spec: FieldSpec, _rules: Rules, _arrived: date) -> bool:
    """One of the choices, or words that contain exactly one of them (“男性”); ticked twice is none."""
    options = ticked(value)
    if options is not None and len(options) != 1:
        return False
    found = folded(effective(value))
    choices = [folded(choice) for choice in spec.choices]
    return not choices or found in choices or sum(choice in found for choice in choices) == 1


_VALID: Mapping[FieldKind, tuple[str, Callable[[str, FieldSpec, Rules, date], bool]]] = {
    FieldKind.TELEPHONE: ("telephone", _valid_telephone),
    FieldKind.DATE: ("date", _valid_date),
    FieldKind.MONTH: ("month", _valid_month),
    FieldKind.CHOICE: ("choice", _valid_choice),
}
"""The kinds whose value may be one that cannot be, with the key of `facts.WANTED`. Counts and texts are free."""


def wanted_instead(value: str, spec: FieldSpec, rules: Rules, arrived: date) -> str | None:
    """None when the value can be what the field asks for; else the key of what is wanted. `arrived`: the day of the mail."""
    if spec.kind not in _VALID:
        return None
    wanted, valid = _VALID[spec.kind]
    return None if valid(value, spec, rules, arrived) else wanted
