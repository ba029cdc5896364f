"""Takes a line of an order apart: deeds, numbers, mails, letters, days, reasons, and the words between them.

Every character keeps its place, so that a reason can be quoted as it was written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from bot.campaign import OrderWords
from bot.deciding.deeds import Deed

LONGEST_RUN = 300
"""Numbers from one to another (0123至0130) that are taken for a run of papers; more is a slip of the pen."""

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_CIRCLED = {0x2460 + digit: 0x31 + digit for digit in range(9)}
_LOWER = {code: code + 0x20 for code in range(0x41, 0x5B)}
_FLAT = {**_FULL_WIDTH, **_CIRCLED}

_DAY = (
    r"(?:(?P<year>20\d\d)\s*[年./-]\s*)?(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})(?!\d)\s*[日号]?(?:\s*\d{1,2}\s*[时点])?"
)
_NUMBER = r"(?<![\d.])\d{4,5}(?!\d|-\d|\s*年)"


class Kind(StrEnum):
    """What a token is."""

    DEED = "deed"
    NUMBERS = "numbers"  # one nomination or a run of them
    MAIL = "mail"
    LETTER = "letter"
    DAY = "day"
    REASON = "reason"  # the word before a reason
    WORDS = "words"  # anything else


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line; `end` and `start` are places in it."""

    kind: Kind
    start: int
    end: int
    deed: Deed | None = None
    subjects: tuple[str, ...] = ()  # nomination:0123, mail:17, letter:9
    day: tuple[int | None, int, int] | None = None  # year (None: not written), month, day


def flat(text: str) -> str:
    """Full-width characters and circled numbers made plain, ASCII letters small; no character moves."""
    return text.translate(_FLAT).translate(_LOWER)


def one_of(words: Iterable[str]) -> str:
    """A pattern of words, the longest first; one that never matches where there are none. ASCII words stand alone."""
    flattened = sorted({flat(word) for word in words}, key=len, reverse=True)
    return "(?:" + ("|".join(_word(word) for word in flattened) or "(?!)") + ")"


def _word(word: str) -> str:
    """A word with any spaces between its own; Latin ones are no part of a longer one."""
    text = r"\s+".join(map(re.escape, word.split()))
    before = r"(?<![a-z])" if re.match(r"[a-z]", word) else ""
    after = r"(?![a-z])" if re.search(r"[a-z]$", word) else ""
    return f"{before}{text}{after}"


@lru_cache(maxsize=8)
def _grammar(words: OrderWords) -> tuple[re.Pattern[str], tuple[tuple[str, Deed], ...]]:
    """The pattern of all tokens, and which deed each phrase stands for."""
    phrases = tuple((flat(phrase), deed) for deed in Deed for phrase in getattr(words, deed.value))
    through, called = one_of(words.through), f"(?:{one_of(words.nomination)}\\s*)?"
    pattern = "|".join(
        (
            rf"(?P<mail>{one_of(words.mail)}\s*(?:{one_of(words.nomination)})?\s*(?P<mail_id>\d{{1,7}})(?!\d)\s*号?)",
            rf"(?P<letter>{one_of(words.letter)}\s*(?P<letter_id>\d{{1,7}})(?!\d)\s*号?)",
            rf"(?P<deed>{one_of(phrase for phrase, _ in phrases)})",
            rf"(?P<reason>{one_of(words.reason)})",
            rf"(?P<date>(?<![\d.]){_DAY})",
            rf"(?P<run>{called}(?<![\d.])(?P<first>\d{{4,5}})\s*号?\s*{through}\s*{called}(?P<last>\d{{4,5}})(?!\d)\s*号?)",
            rf"(?P<number>{called}(?P<own>{_NUMBER})\s*号?)",
        )
    )
    return re.compile(pattern), phrases


def tokens(line: str, words: OrderWords) -> list[Token]:
    """The line in pieces, in order; what lies between known pieces is words, white space alone is nothing."""
    pattern, phrases = _grammar(words)
    meanings = {re.sub(r"\s+", " ", phrase): deed for phrase, deed in phrases}
    text, found, at = flat(line), list[Token](), 0
    for match in pattern.finditer(text):
        found += _between(text, at, match.start())
        found += _token(match, meanings)
        at = match.end()
    return [*found, *_between(text, at, len(text))]


def _between(text: str, start: int, end: int) -> Iterator[Token]:
    if text[start:end].strip():
        yield Token(Kind.WORDS, start, end)


def _token(match: re.Match[str], meanings: dict[str, Deed]) -> Iterator[Token]:
    start, end = match.span()
    if match["mail"]:
        yield Token(Kind.MAIL, start, end, subjects=(f"mail:{int(match['mail_id'])}",))
    elif match["letter"]:
        yield Token(Kind.LETTER, start, end, subjects=(f"letter:{int(match['letter_id'])}",))
    elif match["deed"]:
        yield Token(Kind.DEED, start, end, deed=meanings[re.sub(r"\s+", " ", match["deed"])])
    elif match["reason"]:
        yield Token(Kind.REASON, start, end)
    elif match["run"]:
        yield Token(Kind.NUMBERS, start, end, subjects=_run(match["first"], match["last"]))
    elif match["number"]:
        yield Token(Kind.NUMBERS, start, end, subjects=(f"nomination:{match['own']}",))
    else:
        year = int(match["year"]) if match["year"] else None
        yield Token(Kind.DAY, start, end, day=(year, int(match["month"]), int(match["day"])))


def _run(first: str, last: str) -> tuple[str, ...]:
    """The nominations from one number to another; () when it cannot be a run."""
    if not int(first) <= int(last) < int(first) + LONGEST_RUN:
        return ()
    return tuple(f"nomination:{number:04d}" for number in range(int(first), int(last) + 1))


def day_of(token: Token, near: date) -> date | None:
    """The day of a token; without a year the one next to `near`. None when no calendar has it."""
    if token.day is None:
        return None
    year, month, day = token.day
    try:
        found = [date(wanted, month, day) for wanted in ((year,) if year else (near.year - 1, near.year, near.year + 1))]
    except ValueError:
        return None
    return min(found, key=lambda one: abs((one - near).days))
