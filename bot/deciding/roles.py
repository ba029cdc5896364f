"""What each file of a mail is for: what stands in it first, what it is called second."""

import re
from collections.abc import Iterable, Mapping

from bot.campaign import Phrases, Rules
from bot.deciding.folding import folded_words
from bot.deciding.values import is_empty
from bot.model import FileRead, Form, Format, Role, Section
from bot.text import folded

SHORTEST_MATERIAL = 200
"""字数 from which running text that is called nothing in particular is taken for a case material."""

SHORTEST_NAMED = 20
"""字数 from which a text that calls itself a material is one; below it is a title page."""

_FEWEST_VALUES = 2
"""A form with fewer values and no nominee is a blank form."""

_ARCHIVE = re.compile(r"\.(?:zip|rar|7z|tar|gz|tgz|eml|msg)$", re.IGNORECASE)

_NAMES: Mapping[Role, str] = {
    Role.FORM: "form_names",
    Role.MATERIAL: "material_names",
    Role.SUMMARY: "summary_names",
    Role.PUBLICITY: "publicity_names",
    Role.LETTER: "letter_names",
    Role.STAMPED_SCAN: "stamped_names",
}


def stem(name: str) -> str:
    """A file name without its extension."""
    head, dot, tail = name.rpartition(".")
    return head if dot and head and len(tail) <= 5 else name


def called(text: str, phrases: Phrases, without: Iterable[Role] = ()) -> Role | None:
    """What a file name says a document is: the word that ends last, for the head of such a phrase comes last.

    “典型材料公示” is publicity, “推荐名单公示材料” too (the longer word), “推荐材料汇总表” a summary.
    """
    return _called(folded(text), phrases, tuple(without), _ANYWHERE)


def titled(text: str, phrases: Phrases) -> Role | None:
    """What a title says a document is: as `called`, but only its last words (“让公示栏成为连心桥” is no publicity)."""
    return _called(folded(text), phrases, (Role.STAMPED_SCAN,), _HEAD)


_ANYWHERE = 1000
_HEAD = 3
"""Characters that may follow the word that says what a title is."""


def _called(text: str, phrases: Phrases, without: tuple[Role, ...], tail: int) -> Role | None:
    best: tuple[int, int] = (0, 0)
    role: Role | None = None
    for candidate, attribute in _NAMES.items():
        if candidate in without:
            continue
        reach = _ANYWHERE if candidate in {Role.FORM, Role.MATERIAL} else tail
        for word in folded_words(getattr(phrases, attribute)):
            if word not in text:
                continue
            end = text.rfind(word) + len(word)
            if len(text) - end <= reach and (end, len(word)) > best:
                best, role = (end, len(word)), candidate
    if any(text.rstrip("0123456789").endswith(word) for word in folded_words(phrases.other_names)):
        return role if role and best[0] == len(text) and best[1] > 2 else Role.OTHER
    return role


def values(form: Form, rules: Rules) -> dict[str, str]:
    """The fields in which something was written, by canonical name."""
    specs = {spec.name: spec for category in rules.categories for spec in category.fields}
    found: dict[str, str] = {}
    for field in form.fields:
        spec = specs.get(field.name)
        if field.value and field.name not in found and not (spec and is_empty(field.value, spec, rules)):
            found[field.name] = field.value
    return found


def is_blank(form: Form, rules: Rules) -> bool:
    """Whether nobody has filled in this form."""
    written = values(form, rules)
    nominee = any(category.nominee in written for category in rules.categories)
    return not nominee and len(written) < _FEWEST_VALUES


def is_material(section: Section, rules: Rules) -> bool:
    """Whether running text is long enough, or calls itself so, to be a case material."""
    if section.form is not None or section.rows:
        return False
    role = titled(section.title, rules.phrases)
    if role in {Role.LETTER, Role.PUBLICITY, Role.SUMMARY, Role.OTHER}:
        return False
    least = SHORTEST_NAMED if role is Role.MATERIAL else SHORTEST_MATERIAL
    return section.count.words >= least


def role_of(file: FileRead, rules: Rules) -> Role:
    """The role of one file by itself; pairing may still find that a form is a stamped copy of another."""
    if file.problem:
        return Role.UNREAD
    if file.container or file.format in {Format.MEDIA, Format.CALENDAR}:
        return Role.OTHER
    if any(section.form and not is_blank(section.form, rules) for section in file.sections):
        return Role.FORM
    words = sum(section.count.words for section in file.sections)
    if file.format is Format.IMAGE or file.scanned or (file.images and words < SHORTEST_NAMED):
        return _picture(file, rules.phrases)
    if any(section.form for section in file.sections):
        return Role.OTHER  # a blank form
    return _text(file, words, rules.phrases)


def _picture(file: FileRead, phrases: Phrases) -> Role:
    """A page nobody can read here: told by its name, then by its folder."""
    folders = file.path.split("/")[:-1]
    for name in (stem(file.name), *reversed(folders)):
        role = called(name, phrases, without=(Role.STAMPED_SCAN,))
        if role in {Role.FORM, Role.MATERIAL} and not _ARCHIVE.search(name):  # what holds everything says nothing of one page
            return Role.STAMPED_SCAN
        if role in {Role.PUBLICITY, Role.LETTER, Role.SUMMARY}:
            return role
        if called(name, phrases) is Role.STAMPED_SCAN:
            return Role.STAMPED_SCAN
        if any(word in folded(name) for word in folded_words(phrases.photo_names)):
            return Role.PHOTO
    return Role.PHOTO if file.format is Format.IMAGE or not file.scanned else Role.STAMPED_SCAN


def _text(file: FileRead, words: int, phrases: Phrases) -> Role:
    """Running text or a list: its title, then its name, then its length."""
    title = next((section.title for section in file.sections if section.title), "")
    headed = titled(title, phrases)
    name = called(stem(file.name), phrases, without=(Role.STAMPED_SCAN,))
    rows = max((len(section.rows) for section in file.sections), default=0)
    if rows:
        return Role.PUBLICITY if Role.PUBLICITY in {headed, name} else Role.SUMMARY if rows > 1 else Role.OTHER
    if headed in {Role.LETTER, Role.PUBLICITY, Role.SUMMARY, Role.OTHER} and name is not Role.MATERIAL:
        return headed
    if Role.MATERIAL in {headed, name}:
        return Role.MATERIAL if words >= SHORTEST_NAMED else Role.OTHER
    if name in {Role.LETTER, Role.PUBLICITY, Role.SUMMARY, Role.OTHER}:
        return name
    return Role.MATERIAL if words >= SHORTEST_MATERIAL else Role.OTHER
