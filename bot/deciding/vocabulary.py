"""The words of a campaign as names and titles are searched for in them: made once for a set of rules."""

from dataclasses import dataclass

from bot.campaign import Rules
from bot.text import folded

_KIND_WORDS = (
    "先进事迹材料",
    "先进",
    "材料",
    "事迹",
    "表",
    "推荐",
    "推选",
    "申报",
    "报送",
    "word版",
    "pdf版",
    "版",
    "word",
    "pdf",
    "定稿",
    "终稿",
    "最终",
    "最新",
    "修改",
)
"""Words of file names that tell of the document, not of the nominee, beside those of the rules."""

_SURE_TITLE = 6
"""A category's title of so many characters is no part of a nominee's name; shorter ones may be (“…服务项目”)."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All folded."""

    units: frozenset[str]  # names and aliases of the roster
    unit_suffixes: tuple[str, ...]  # longest first
    about: tuple[str, ...]  # words of documents and categories that are no part of a nominee's name, longest first
    titles: tuple[tuple[str, str], ...]  # title of a category, its id; longest first
    whole_titles: frozenset[str]
    sure: frozenset[str]  # titles that are no everyday words
    nameless: frozenset[str]  # what files are called that name nobody


_LAST: list[tuple[Rules, Vocabulary]] = []
_KEPT = 4


def vocabulary(rules: Rules) -> Vocabulary:
    """The vocabulary of these rules; the last few are kept."""
    for known, made in _LAST:
        if known is rules:
            return made
    made = _make(rules)
    _LAST.insert(0, (rules, made))
    del _LAST[_KEPT:]
    return made


def _make(rules: Rules) -> Vocabulary:
    phrases = rules.phrases
    titles = {
        (folded(title), category.id)
        for category in rules.categories
        for title in (category.name, category.short, category.form_title, *category.titles)
        if folded(title)
    }
    sure = {title for title, _ in titles if len(title) >= _SURE_TITLE}
    sure |= {folded(name) for category in rules.categories for name in (category.name, category.short)}
    kinds = (*phrases.form_names, *phrases.material_names, *phrases.stamped_names, *phrases.courtesies, *phrases.submission)
    about = {word for word in map(folded, (*kinds, *_KIND_WORDS)) if word} | sure | {folded(rules.name)}
    return Vocabulary(
        units=frozenset(folded(name) for unit in rules.units for name in (unit.name, *unit.aliases)),
        unit_suffixes=_longest_first({folded(suffix) for suffix in phrases.unit_suffixes}),
        about=_longest_first(about),
        titles=tuple(sorted(titles, key=lambda pair: (-len(pair[0]), pair))),
        whole_titles=frozenset(title for title, _ in titles),
        sure=frozenset(sure),
        nameless=frozenset(map(folded, phrases.nameless)),
    )


def _longest_first(words: set[str]) -> tuple[str, ...]:
    return tuple(sorted((word for word in words if word), key=lambda word: (-len(word), word)))


def categories_named(text: str, rules: Rules, less: str = "", *, surely: bool = False) -> tuple[str, ...]:
    """The categories a text names by their titles, the longest title first covering what it says; `less` is left out.

    `less` is the nominee's name, which may sound like another category (“为民服务标兵工作室”). `surely`: in running text, where
    short titles are everyday words (“列出民生实事28件”), only the full ones tell.
    """
    rest = folded(text)
    words = vocabulary(rules)
    if less:
        rest = rest.replace(folded(less), "\0")
    found: list[str] = []
    for title, id in words.titles:
        if title in rest:
            rest = rest.replace(title, "\0")
            if not surely or title in words.sure:
                found.append(id)
    return tuple(dict.fromkeys(found))
