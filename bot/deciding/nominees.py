"""Names of nominees: as a form gives them, as a file name or title betrays them, and whether a text speaks of one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.campaign import Category, FieldKind, Rules
from bot.deciding.folding import folded_words
from bot.deciding.roles import stem
from bot.deciding.vocabulary import vocabulary
from bot.text import folded, halfwidth

_QUOTED = re.compile(r"[“\"‘'《「『]([^”\"’'》」』]{2,30})[”\"’'》」』]")
_BREAKS = re.compile(r"[\s+_\-—–―·.．、,，;；:：|/\\()（）\[\]【】{}<>《》~～&＋]+")
_NUMBERING = re.compile(r"^(?:附件?[0-9一二三四五六七八九十]{0,3}|第?[0-9]{1,3}(?:号|份|批)?(?=[^\d年月个]))")
_OF = "记"  # begins a subtitle: “记党员服务标兵张三”
_COPIED = re.compile(r"(?<=[\u3400-\u9fff])\d{1,2}\Z")  # a copy's number behind a person's name: 张三2.docx
_ONLY_NUMBER = re.compile(r"[\d一二三四五六七八九十]+")
_PERSON = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,6}")
_LONGEST_PERSON = 4
_NEAR = 80
"""Of 100: from here two longer names are taken for two writings of one."""


@dataclass(frozen=True, slots=True)
class Nominee:
    """A nominee's name with the shapes under which texts may mention it, all folded; `person`: one person's name."""

    name: str
    person: bool
    whole: str
    core: str  # what stands in quotation marks, or ""


def nominee(name: str, category: Category | None, rules: Rules) -> Nominee:
    """A name ready to be looked for; courtesies (同志) are no part of a person's."""
    spec = category.field(category.nominee) if category else None
    person = spec.kind is FieldKind.PERSON if spec else len(folded(name)) <= _LONGEST_PERSON
    whole = bare(name, rules)
    quoted = _QUOTED.search(name)
    return Nominee(name, person, whole, folded(quoted[1]) if quoted and len(folded(quoted[1])) > 2 else "")


def bare(name: str, rules: Rules) -> str:
    """A name folded, without courtesies at its end and notes in brackets after it (“张三（女）”)."""
    whole = folded(re.sub(r"[（(][^）)]{0,12}[）)]\s*$", "", name.strip())) or folded(name)
    for courtesy in folded_words(rules.phrases.courtesies):
        if whole.endswith(courtesy) and len(whole) > len(courtesy) + 1:
            return whole[: -len(courtesy)]
    return whole


def speaks_of(text: str, who: Nominee) -> float:
    """How surely a folded text mentions the nominee: 1 by the whole name, 0.8 by its quoted core, 0.6 nearly, 0 not."""
    if not who.whole or len(who.whole) < 2:
        return 0
    if who.whole in text:
        return 1
    if who.person:
        return 0
    if who.core and who.core in text:
        return 0.8
    return 0.6 if len(who.whole) >= 5 and fuzz.partial_ratio(who.whole, text) >= _NEAR else 0


def same_name(one: str, other: str, rules: Rules) -> bool:
    """Whether two names mean one nominee: equal but for width, quotation marks, courtesies, or a unit's name before it."""
    a, b = bare(one, rules), bare(other, rules)
    if not a or not b:
        return False
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= 4 and long.endswith(short) and is_unit_name(long[: -len(short)], rules)


def similar_names(one: str, other: str, rules: Rules) -> bool:
    """Whether one name may be the other, mended: a slip of one character, a word more or less."""
    a, b = bare(one, rules), bare(other, rules)
    if not a or not b or same_name(one, other, rules):
        return True
    if min(len(a), len(b)) <= 4:
        return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
    return fuzz.ratio(a, b) >= 70 or (min(len(a), len(b)) >= 6 and fuzz.partial_ratio(a, b) >= 90)


def is_unit_name(text: str, rules: Rules) -> bool:
    """Whether a folded text is the name of a unit, or of one with a suffix (“新乡市委”), or of two in a row."""
    words = vocabulary(rules)
    if not text or text in words.units:
        return True
    if any(text.endswith(suffix) and text[: -len(suffix)] in words.units for suffix in words.unit_suffixes):
        return True
    return any(text[:at] in words.units and text[at:] in words.units for at in range(2, len(text) - 1))


# --- names betrayed by file names and titles -----------------------------------------------------------------------------


def from_name(text: str, rules: Rules, *, person: bool = False) -> str:
    """The nominee a file name or a title names: what is left without units, categories, kinds of document, numbers.

    “新乡市+党员服务标兵+张三” gives 张三, “附件2：张三同志先进事迹材料” too; "" when nothing is left. `person`: a person's
    name is looked for, so a short piece is preferred.
    """
    text = _without_quoted_titles(_wide_quotes(text), rules)
    parts = [part for part in (_peeled(part, rules) for part in _parts(text)) if len(folded(part)) >= 2]
    if person:
        parts = [_COPIED.sub("", part) for part in parts]
        people = [part for part in parts if _PERSON.fullmatch(part) and len(part) <= _LONGEST_PERSON]
        return people[0] if people else ""
    return max(parts, key=len, default="")


def _wide_quotes(text: str) -> str:
    """Half-width, with quotation marks kept as they are."""
    return "".join(character if character in "“”‘’" else halfwidth(character) for character in text)


def _without_quoted_titles(text: str, rules: Rules) -> str:
    """Without a category's title in quotation marks (“张三‘党员服务标兵’典型材料”): that is no name."""
    titles = vocabulary(rules).whole_titles
    return _QUOTED.sub(lambda quoted: " " if folded(quoted[1]) in titles else quoted[0], text)


def _parts(text: str) -> Iterator[str]:
    """The pieces of a name; what stands in quotation marks is never cut."""
    quoted = _QUOTED.search(text)
    if not quoted:
        yield from (part for part in _BREAKS.split(text) if part)
        return
    start = max((found.end() for found in _BREAKS.finditer(text, 0, quoted.start())), default=0)
    end = next((found.start() for found in _BREAKS.finditer(text, quoted.end())), len(text))
    yield from (part for part in _BREAKS.split(text[:start]) if part)
    yield text[start:end]
    yield from _parts(text[end:])


def _peeled(part: str, rules: Rules) -> str:
    """A piece without numbering, then without words of categories and documents at either end, again and again."""
    part = part.strip()
    words = vocabulary(rules)
    while part and not is_unit_name(folded(part), rules):
        shorter = _shorter(part, words.about)
        shorter = _NUMBERING.sub("", part) if shorter == part else shorter
        shorter = part[1:] if shorter == part and part.startswith(_OF) and part[1:].startswith(words.about) else shorter
        if shorter == part:
            break
        part = shorter
    part = _without_unit(part, rules)
    key = folded(part)
    tells_nothing = _ONLY_NUMBER.fullmatch(key) or key.rstrip("0123456789") in words.nameless
    tells_nothing = tells_nothing or any(key in title for title in words.whole_titles)
    return "" if tells_nothing or is_unit_name(key, rules) else part


def _shorter(part: str, words: tuple[str, ...]) -> str:
    lower = part.lower()
    for word in words:
        if lower.endswith(word):
            return part[: -len(word)].strip("的之 ")
        if lower.startswith(word):
            return part[len(word) :].strip("的 ")
    return part


def _without_unit(part: str, rules: Rules) -> str:
    """A person's name after a unit's (“新乡市张三”); a longer name keeps its unit, for it may be part of it."""
    for at in range(len(part) - 2, 1, -1):
        short = len(part) - at <= _LONGEST_PERSON and _PERSON.fullmatch(part[at:])
        if short and is_unit_name(folded(part[:at]), rules) and not is_unit_name(folded(part), rules):
            return part[at:]
    return part


def of_file(path: str, rules: Rules, *, person: bool = False) -> str:
    """The nominee that a file's own name, else its folder, names; "" if none does."""
    return next(of_path(path, rules, person=person), "")


def of_path(path: str, rules: Rules, *, person: bool = False) -> Iterator[str]:
    """What a file's own name and its folders name, the nearest first."""
    *folders, name = path.split("/")
    for part in (stem(name), *map(stem, reversed(folders))):
        if found := from_name(part, rules, person=person):
            yield found


def of_text(title: str, text: str, rules: Rules) -> str:
    """The nominee a material's title names: before 同志 a person whom the text speaks of again, else what the title leaves."""
    for courtesy in rules.phrases.courtesies:
        for found in re.finditer(rf"([\u3400-\u9fff·]{{2,6}}){re.escape(courtesy)}", title):
            if name := _person_before(found[1], text):
                return name
    return from_name(title, rules)


def _person_before(words: str, text: str) -> str:
    """Of the last characters before a courtesy those that come again in the text: 张三 in “民警张三同志”."""
    short = text.count(words[-2:])
    for length in (4, 3):
        if len(words) >= length and text.count(words[-length:]) >= max(2, short / 2):
            return words[-length:]
    return words[-2:] if short >= 2 else ""
