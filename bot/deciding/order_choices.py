"""Answers to what the digest numbers: “3：1”, “第3项选1”, “0456 选2”, and a reason at the end of the line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.campaign import OrderWords
from bot.deciding.deeds import OPTIONS, Deed, Order
from bot.deciding.order_tokens import flat, one_of

LONGEST_REASON = 300
"""Characters of a reason that are kept."""

LONGEST_SAID = 60
"""Characters of a line that are quoted back."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A thing that the digest listed, at its place: what it is about and why it waited."""

    about: str
    reason: str


def reason_of(line: str, start: int, end: int) -> str:
    """A stretch of a line as a reason: without the marks around it, not too long."""
    return line[start:end].strip(" \t,，.。;；:：、")[:LONGEST_REASON]


def said(line: str) -> str:
    """A line as it is quoted back."""
    return line.strip()[:LONGEST_SAID]


class Choices:
    """Reads lines that say nothing but answers."""

    def __init__(self, words: OrderWords, listed: Sequence[Listed]) -> None:
        self._words, self._listed, self._pattern = words, listed, _choice_pattern(words)

    def of(self, line: str) -> list[Order]:
        """The answers of a line that says nothing else, but for a reason at its end."""
        text, at, found = flat(line), 0, list[re.Match[str]]()
        while match := self._pattern.match(text, at):
            found.append(match)
            at = match.end()
        rest = text[at:].strip(" ,.;、")
        reason = re.match(one_of(self._words.reason), rest)
        if not found or (rest and not reason):
            return []
        told = reason_of(line, at + text[at:].index(rest) + reason.end(), len(line)) if reason and rest else ""
        last = len(found) - 1
        return [self._chosen(match, told if place == last else "", line) for place, match in enumerate(found)]

    def _chosen(self, match: re.Match[str], reason: str, line: str) -> Order:
        about, option = self._about(match), int(match["option"])
        listed = next((one for one in self._listed if one.about == about), None)
        if about is None or listed is None:
            return Order(None, about or "", said=said(line), trouble="not-listed")
        deeds = OPTIONS.get(listed.reason, ())
        if option > len(deeds):
            return Order(None, about, said=said(line), trouble="no-such-option")
        deed = deeds[option - 1]
        return Order(deed, about, reason if deed is Deed.REFUSE else "", said=said(line))

    def _about(self, match: re.Match[str]) -> str | None:
        """What an answer is about: a thing by its own number, or by its place in the digest."""
        if match["mail"]:
            return f"mail:{int(match['mail'])}"
        if match["letter"]:
            return f"letter:{int(match['letter'])}"
        number = match["item"]
        if len(number) >= 4:
            return f"nomination:{number}"
        place = int(number)
        return self._listed[place - 1].about if 1 <= place <= len(self._listed) else None


def _choice_pattern(words: OrderWords) -> re.Pattern[str]:
    """“3：1”, “第3项选1”, “邮件17：2”, “0456 选 1”: a thing, a sign or a word for choosing, an option."""
    choose, item = one_of(words.choose), one_of((*words.item, *words.nomination))
    thing = (
        rf"(?:{one_of(words.mail)}\s*(?P<mail>\d{{1,7}})|{one_of(words.letter)}\s*(?P<letter>\d{{1,7}})|(?P<item>\d{{1,5}}))"
    )
    sign = rf"(?:(?:\s*{choose})*\s*[:=]\s*(?:{choose}\s*)*|(?:\s*{choose})+\s*)"
    return re.compile(rf"[\s,.;、]*(?:{item}\s*)*{thing}(?!\d)(?:{sign})(?P<option>[1-9])(?!\d)(?:\s*{choose})*")
