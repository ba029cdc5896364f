"""Numbers of nominations that a mail names, told from years, telephone numbers and counts."""

import re
from collections.abc import Iterator

from bot.model import Reading
from bot.text import halfwidth

_NUMBER = re.compile(r"(?<!\d)(?<!\d[.\-/—:])(\d{4})(?!\d|[.\-/—:]\d|[)）]\s*\d|\s+\d{7,8}|\s*[年月字人万余多])")
_CALLED = re.compile(r"(?:编号|受理号|号码|第|撤回|撤销|更正|补正|更新|替换|修改|No\.?|nr\.?|#)\s*[:：]?\s*$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:[、,，和及与]|and|号)*\s*", re.IGNORECASE)
_YEARS = range(1949, 2101)


def numbers_in(reading: Reading) -> tuple[str, ...]:
    """Four digits in the subject; in the text only where they begin with 0, are called a number, or follow one in a list."""
    subject = _numbers(halfwidth(reading.headers.subject), plainly=True)
    return tuple(dict.fromkeys((*subject, *_numbers(halfwidth(reading.fresh_text), plainly=False))))


def _numbers(text: str, *, plainly: bool) -> Iterator[str]:
    before = -1  # where the number before ended
    for found in _NUMBER.finditer(text):
        number = found[1]
        called = bool(_CALLED.search(text[: found.start()]))
        listed = before >= 0 and bool(_AND.fullmatch(text, before, found.start()))
        if called or listed or number.startswith("0") or (plainly and int(number) not in _YEARS):
            before = found.end()
            yield number
