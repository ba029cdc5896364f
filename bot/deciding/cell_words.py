"""What a clerk's word in the column of papers means: a day on which the paper came, that it came, or that it did not."""

import re
from dataclasses import dataclass
from datetime import date

from bot.campaign import OrderWords
from bot.deciding.order_tokens import Kind, day_of, flat, tokens

_EDGES = re.compile(r"^[\s。.，,!！]+|[\s。.，,!！]+$")


@dataclass(frozen=True, slots=True)
class PaperWord:
    """`day` is when it came, None where only that it came is said; `came` False: it did not."""

    came: bool
    day: date | None = None


def paper_word(text: str, words: OrderWords, today: date) -> PaperWord | None:
    """What the cell says; None when that cannot be told, or when its day lies ahead."""
    plain = _EDGES.sub("", flat(text))
    if not plain or plain in {flat(word) for word in words.no}:
        return PaperWord(came=False)
    if plain in {flat(word) for word in words.yes}:
        return PaperWord(came=True)
    days = [piece for piece in tokens(plain, words) if piece.kind is Kind.DAY]
    rest = re.sub(r"[\s\d年月日号.:/时点分-]", "", "".join(_without_days(plain, [(one.start, one.end) for one in days])))
    if len(days) != 1 or (rest and rest not in {flat(word) for word in words.yes}):
        return None
    day = day_of(days[0], today)
    return PaperWord(came=True, day=day) if day and day <= today else None


def _without_days(text: str, spans: list[tuple[int, int]]) -> list[str]:
    pieces, at = [], 0
    for start, end in spans:
        pieces.append(text[at:start])
        at = end
    return [*pieces, text[at:]]
