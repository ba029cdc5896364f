"""Lines that are no running text: titles of forms and materials, “附件1”, page numbers; and which category a title names."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.campaign import Category, Phrases, Rules, once
from bot.text import folded

TITLE_LONGEST = 60  # characters; a longer line is a sentence
_ANNEX = re.compile(r"附(?:件|表)?[一二三四五六七八九十\d]{0,3}(?:之[一二三四五六七八九十\d])?")
_SENTENCE = re.compile(r"[。；;！？!?，,][”’」』）)]?\s*\Z")
_LISTED = re.compile(r"\A\s*(?:附件?\s*[:：]?\s*)?[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．](?!\d)")
_NUMBERED = re.compile(
    r"\A\s*(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]|第[一二三四五六七八九十\d]{1,3}[章节、])"
)


@dataclass(frozen=True, slots=True)
class TitleWords:
    """The words that titles are told by, folded; category titles longest first."""

    categories: tuple[tuple[str, str], ...]  # title, category id
    own: tuple[str, ...]  # the titles of the campaign's own blank forms
    forms: tuple[str, ...]
    materials: tuple[str, ...]
    summaries: tuple[str, ...]
    others: tuple[str, ...]  # publicity proof and covering letters

    def named(self, text: str) -> tuple[str, ...]:
        """The categories a text names, in their order; where titles overlap the longest wins."""
        rest = folded(text)
        found: set[str] = set()
        for title, category in self.categories:
            if title in rest:
                found.add(category)
                if not any(other == title and id != category for other, id in self.categories):
                    rest = rest.replace(title, "\0")
        return tuple(dict.fromkeys(id for _, id in self.categories if id in found))

    def is_form_title(self, text: str) -> bool:
        """Whether a line is the title of a form: it says so, or it is one of the campaign's own."""
        if not is_title(text):
            return False
        key = folded(text)
        if any(title in key for title in self.own):
            return True
        return any(word in key for word in self.forms) and not any(word in key for word in self.summaries + self.others)

    def is_summary_title(self, text: str) -> bool:
        """Whether a line is the title of a list of nominations."""
        return is_title(text) and _holds(text, self.summaries)

    def is_material_title(self, text: str) -> bool:
        """Whether a line is the title of a case material."""
        return is_title(text) and _holds(text, self.materials) and not self.is_form_title(text)

    def is_other_title(self, text: str) -> bool:
        """Whether a line is the title of publicity proof or of a covering letter."""
        return is_title(text) and _holds(text, self.others)


def _holds(text: str, words: tuple[str, ...]) -> bool:
    key = folded(text)
    return any(word in key for word in words)


def is_title(text: str) -> bool:
    """Whether a line may be a title: short, no sentence, no item of a list, no label before a colon."""
    line = text.strip()
    if not line or len(line) > TITLE_LONGEST or _SENTENCE.search(line) or line.endswith(("：", ":")):
        return False
    return _LISTED.match(line) is None


def is_heading(text: str) -> bool:
    """Whether a line is a numbered heading within a text (“一、主要做法”)."""
    return _NUMBERED.match(text) is not None


def is_annex(text: str) -> bool:
    """Whether a line is only an annex mark: “附件1”, “附件2-1：”, “附表”."""
    return len(text) <= 16 and _ANNEX.fullmatch(folded(text)) is not None


@lru_cache(maxsize=8)
def _words(categories: tuple[Category, ...], phrases: Phrases) -> TitleWords:
    titles = {
        (folded(title), category.id)
        for category in categories
        for title in (category.name, category.short, *category.titles)
        if folded(title)
    }
    order = {category.id: place for place, category in enumerate(categories)}
    return TitleWords(
        categories=tuple(sorted(titles, key=lambda pair: (-len(pair[0]), order[pair[1]]))),
        own=_folded(tuple(category.form_title for category in categories)),
        forms=_folded(phrases.form_names),
        materials=_folded(phrases.material_names),
        summaries=_folded(phrases.summary_names),
        others=_folded(phrases.publicity_names + phrases.letter_names),
    )


def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in map(folded, words) if word)


@once
def title_words(rules: Rules) -> TitleWords:
    """The title words of a campaign, made once."""
    return _words(rules.categories, rules.phrases)
