"""Numbered answers: whether a reply answers the question of our letter by a number, and which choices it takes.

Only a line that says nothing but numbers (and the campaign's words for choosing) is an answer, and only among the first lines
of the reply's own words: a date, a telephone number, a number within a sentence or in the quoted letter is none.
"""

import re
import unicodedata
from collections.abc import Iterator

from bot.campaign import Rules
from bot.model import Choice, Headers, Question, Reading
from bot.text import halfwidth

LINES = 3
"""Non-empty lines of a reply in which its answer is looked for: a salutation may come first."""

_NUMBERS = re.compile(r"[\s(\[【“\"]*(\d{1,2}(?:[\s、,;/和及与&]+\d{1,2})*)[\s)\]】”\".。!,、;:]*")
_CJK_DIGITS = re.compile("[一二三四五六七八九十]")
_LONG_NUMERAL = re.compile("[一二三四五六七八九十]{2}")
_LONGEST = 40
"""Characters of a line that may be an answer."""


def chosen(reading: Reading, question: Question, rules: Rules) -> tuple[Choice, ...]:
    """The choices a reply takes, in their order; none when it answers in any other way, or brings files of its own."""
    if reading.files or reading.links:
        return ()
    lines = [line for line in halfwidth(reading.fresh_text).splitlines() if line.strip()]
    words = _words(question, rules)
    answers = [numbers for line in lines if (numbers := _numbers(line, words))]
    found: tuple[int, ...] = ()
    for line in lines[:LINES]:
        if found := _numbers(line, words):
            break
        if any(character.isdecimal() for character in line):
            return ()
    if not found or any(other != found for other in answers):
        return ()
    if len(found) > question.most or not all(1 <= number <= len(question.choices) for number in found):
        return ()
    return tuple(question.choices[number - 1] for number in found)


def _words(question: Question, rules: Rules) -> tuple[str, ...]:
    """What may stand beside a number: “保留1” answers which one stands, “撤回1” which one goes, never the other way round."""
    phrases = rules.phrases
    first = question.choices[0]
    own = () if first.unit or first.pairings else phrases.keep if first.stand else phrases.withdraw
    return tuple(sorted((*phrases.choose, *own), key=len, reverse=True))


def _numbers(line: str, words: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of a line that says nothing else, each once, ascending."""
    if len(line) > _LONGEST or _LONG_NUMERAL.search(line):
        return ()
    bare = line.lower()
    for word in words:
        bare = bare.replace(halfwidth(word).lower(), " ")
    match = _NUMBERS.fullmatch(_CJK_DIGITS.sub(_digit, re.sub(r"^[\s:.,]+", "", bare)))
    return tuple(sorted({int(number) for number in re.findall(r"\d+", match[1])})) if match else ()


def _digit(found: re.Match[str]) -> str:
    """A Chinese numeral of one character."""
    return f" {int(unicodedata.numeric(found[0]))} "


# --- who answers --------------------------------------------------------------------------------------------------------


def may_answer(headers: Headers, asked: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether the sender may answer a question: it was asked, or is known for the unit, and its own server does not deny it."""
    sender = headers.sender.address.lower()
    addresses = {address.lower() for address in (*asked, *known)}
    return bool(sender) and sender in addresses and not refuted(headers.authentication)


def refuted(authentication: str) -> bool:
    """Whether the topmost Authentication-Results (RFC 8601) says that the sender is not who it says.

    DMARC decides where it was asked; else SPF that fails without a DKIM signature that holds: forwarding breaks SPF alone.
    """
    results = dict(_results(authentication))
    if "dmarc" in results:
        return results["dmarc"] == "fail"
    return (results.get("spf") in {"fail", "softfail"} and results.get("dkim") != "pass") or results.get("dkim") == "fail"


def _results(authentication: str) -> Iterator[tuple[str, str]]:
    """Methods with their results; of several DKIM signatures one that passes counts."""
    found = re.findall(r"\b(dmarc|spf|dkim)\s*=\s*([a-z]+)", re.sub(r"\([^)]*\)", "", authentication.lower()))
    yield from sorted(found, key=lambda entry: entry[1] == "pass")
