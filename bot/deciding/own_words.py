"""A mail's own words, as they are asked for phrases, requests and questions."""

import re

from bot.campaign import Rules
from bot.deciding.folding import folded_words, found_in
from bot.model import Reading
from bot.text import folded

_DENIALS = frozenset("不勿别未")
"""Before a request's word they turn it round."""

_QUESTION_MARK = re.compile("[?？]")
_RUN = re.compile(r"[!-~]+")  # of ASCII, between spaces or other writing
_HOST = re.compile(r"[\w-]\.[\w-]+/")


class Words:
    """The mail's own words, folded once; the subject of an answer is ours and says nothing about it."""

    def __init__(self, reading: Reading, rules: Rules) -> None:
        self.rules = rules
        self.subject = folded(reading.headers.subject)
        self.text = folded(reading.fresh_text)
        self.answer = bool(reading.headers.in_reply_to) or _is_answer(reading.headers.subject, rules)
        self.own = self.text if self.answer else f"{self.subject}\n{self.text}"
        self._written = reading.fresh_text if self.answer else f"{reading.headers.subject}\n{reading.fresh_text}"

    def hits(self, phrases: tuple[str, ...], text: str | None = None) -> list[str]:
        """The phrases that stand in the mail's own words, or in another text, as they stand there."""
        return found_in(self.own if text is None else text, phrases)

    @property
    def questions(self) -> list[str]:
        """What makes the mail's own words a question: phrases, or a question mark that belongs to no link."""
        marked = _QUESTION_MARK.search(_RUN.sub(_no_link, self._written))
        return self.hits(self.rules.phrases.question) or ([marked[0]] if marked else [])

    def asked(self, phrases: tuple[str, ...]) -> bool:
        """Whether the mail's own words have one of the phrases, not denied right before it (“不撤回”)."""
        return any(self.own[: self.own.find(phrase)][-1:] not in _DENIALS for phrase in self.hits(phrases))

    def subject_says(self, phrases: tuple[str, ...]) -> bool:
        """Whether the subject, being the sender's own, has one of the phrases."""
        return not self.answer and bool(self.hits(phrases, self.subject))


def _is_answer(subject: str, rules: Rules) -> bool:
    head = re.match(r"\s*([^:：\[【]{1,8})[:：]", subject)
    return bool(head) and folded(head[1] if head else "") in folded_words(rules.phrases.answers)


def _no_link(run: re.Match[str]) -> str:
    """Nothing in place of a link: a question mark in one asks nothing."""
    return "" if _HOST.search(run[0]) else run[0]
