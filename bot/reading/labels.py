"""Labels of forms: which words mean which field, however they are spaced, numbered, bracketed or set vertically.

Everything is compared after `bot.text.folded`, so spaces, line breaks, width, case and punctuation never matter.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from bot.campaign import Category, FieldKind, FieldSpec, Phrases, Rules, once
from bot.text import folded

_LONGEST = 160  # characters of a cell that may still be a label, spaced out or with a note in brackets
_BEGINNING = 40  # characters that are enough to see most notes begin
_REMEMBERED = 4096  # texts of which it is remembered whether they are a label
_EMPTY_LONGEST = 60  # characters, folded, of a value that may still say nothing
_NOTE = re.compile(r"[(\[{<【〔〖《][^()\[\]{}<>【】〔〕〖〗《》]*[)\]}>】〕〗》]")
_OPENING = re.compile(
    "[([{<《【〔〖（＜［｛\u207d\u208d\u2474-\u2487\u249c-\u24b5\u3200-\u321e\u3220-\u3243\ufe17\ufe35\ufe37\ufe39\ufe3b\ufe3d"
    "\ufe47\ufe59\ufe5b\ufe5d\ufe64\U0001f110-\U0001f12a\U0001f240-\U0001f248]"
)
"""Every character in which a note's opening bracket is seen (NFKC)."""

_OPEN_NOTE = re.compile(r"[(【〔〖].*\Z", re.DOTALL)
_NUMBER = re.compile(r"\A\s*[(（]?\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）、.．:：]\s*")
_NUMBER_LONGEST = 12  # characters, folded, and some to spare
_CIRCLED = re.compile(r"\A\s*[\u2460-\u2473\u3220-\u3229\u2776-\u277f]\s*")
_SIZE = re.compile(r"(?:限|限于|约|不超过|不少于|控制在|字数|限制)*\d{2,5}字(?:以内|左右|以下|以上|内)?\Z")
_IDEOGRAPH, _OTHER = "[\u4e00-\u9fff]", "[^\u4e00-\u9fff]"
_CONJUNCTION = re.compile(r"以及|及其|及|和|与|暨")
_JOINTS = re.compile(r"及|和|与|、|/|&|\band\b")


SIGNED = frozenset({FieldKind.OPINION, FieldKind.OFFICE})
LONG = SIGNED | {FieldKind.LONG_TEXT}


@dataclass(frozen=True, slots=True)
class Label:
    """What a label means: the field of each category that has one. None at all: a label that is known to be no field."""

    key: str
    specs: Mapping[str, FieldSpec]
    is_long: bool = field(init=False, compare=False)  # its value usually takes several lines
    is_signed: bool = field(init=False, compare=False)  # its value ends with seal and date

    def __post_init__(self) -> None:
        # Asked of every cell from every side.
        kinds = {spec.kind for spec in self.specs.values()}
        object.__setattr__(self, "is_long", not kinds.isdisjoint(LONG))
        object.__setattr__(self, "is_signed", not kinds.isdisjoint(SIGNED))

    def spec(self, category: str | None) -> FieldSpec | None:
        """The field of one category; where the category is unknown, the field all categories with one agree on."""
        if category is not None:
            return self.specs.get(category)
        names = {spec.name for spec in self.specs.values()}
        return next(iter(self.specs.values())) if len(names) == 1 else None

    def asks_the_same(self, other: "Label") -> bool:
        """Whether two labels mean one field in some category."""
        return any(other.specs.get(category) == spec for category, spec in self.specs.items())


class Lexicon:
    """All labels of a campaign, and what its forms leave where nothing was written."""

    def __init__(self, categories: tuple[Category, ...], phrases: Phrases) -> None:
        found: dict[str, dict[str, FieldSpec]] = {}
        for category in categories:
            # The canonical name of a field outweighs a synonym of another.
            for words in (lambda spec: (spec.name,), lambda spec: spec.synonyms):
                for spec in category.fields:
                    for word in words(spec):
                        found.setdefault(folded(word), {}).setdefault(category.id, spec)
        for word in phrases.other_labels:
            found.setdefault(folded(word), {})
        found.pop("", None)
        self.categories = categories
        self.labels: Mapping[str, Label] = {key: Label(key, specs) for key, specs in found.items()}
        self._unjoined = _unjoined(self.labels.values())
        self._nominees = {category.id: category.nominee for category in categories}
        self.longest = max(map(len, found), default=0)
        self.beginnings = frozenset(key[:length] for key in found for length in range(1, len(key)))
        self._too_many = re.compile(rf"(?:{_OTHER}*{_IDEOGRAPH}){{{self.longest + _NUMBER_LONGEST}}}")
        self.hints = frozenset(folded(spec.hint) for category in categories for spec in category.fields if spec.hint)
        self._empty = _alternatives(phrases.empty_values)
        self._notes = tuple(word for word in map(folded, phrases.form_notes) if word)
        self._longest_note = max(map(len, self._notes), default=0)
        # A form asks for the same few labels again and again, from every side; only the process that reads remembers them.
        self._found = lru_cache(maxsize=_REMEMBERED)(self._sought)
        self._joined = lru_cache(maxsize=_REMEMBERED)(self._parted)

    def find(self, text: str) -> Label | None:
        """The label that a text is, None when it is something else. Notes in brackets and numbering are looked through."""
        return self._found(text) if text and len(text) <= _LONGEST and not self._is_prose(text) else None

    def _sought(self, text: str) -> Label | None:
        label = self.labels.get(folded(text))
        if label is not None:
            return label
        # A label set vertically, a character a line, is numbered and noted like any other.
        looked_up = text
        for written in (text, text.replace("\n", "")) if "\n" in text else (text,):
            looked_up = text
            for reading in _readings(written):
                label = self.labels.get(folded(reading)) if reading != looked_up else None
                if label is not None:
                    return label
                looked_up = reading
        key = folded(looked_up)
        return self._unjoined.get(_CONJUNCTION.sub("", key)) if _CONJUNCTION.search(key) else None

    def _is_prose(self, text: str) -> bool:
        """Whether a text has more characters than any label with its number, and no note or size to be looked through.

        Asked before anything is folded: most of what stands in documents is prose. Only characters are counted that stay
        what they are however they are folded.
        """
        return self._too_many.match(text) is not None and "字" not in text and _OPENING.search(text) is None

    def parts(self, text: str) -> tuple[Label, ...]:
        """The labels of a text that asks for several things at once (“联系人及电话”), one of them a telephone number.

        Empty for any other: only a number can be told from the words around it.
        """
        return self._joined(text) if text and len(text) <= _LONGEST else ()

    def _parted(self, text: str) -> tuple[Label, ...]:
        bare = _NOTE.sub("", unicodedata.normalize("NFKC", text))
        if _JOINTS.search(bare) is None:
            return ()
        pieces = [piece for piece in _JOINTS.split(bare) if folded(piece)]
        found = [self.labels.get(folded(piece)) for piece in pieces]
        labels = tuple(label for label in found if label is not None and label.specs)
        numbers = sum(any(spec.kind is FieldKind.TELEPHONE for spec in label.specs.values()) for label in labels)
        return labels if len(labels) == len(pieces) > 1 and 0 < numbers < len(labels) else ()

    def label(self, text: str) -> tuple[Label | None, tuple[Label, ...]]:
        """The label that a text is, and the labels it joins where it asks for several things."""
        parts = self.parts(text)
        return (parts[0], parts) if parts else (self.find(text), ())

    def head(self, text: str) -> tuple[Label, str] | None:
        """The label that a text begins with on lines of its own, and what follows: a label and its value in one cell."""
        lines = text.split("\n")
        for used in range(1, min(len(lines), 12)):
            key = "".join(lines[:used])
            if len(folded(key)) > self.longest + 12:
                return None
            label = self.find(key)
            rest = "\n".join(lines[used:]).strip()
            if label is not None and rest:
                return label, rest
        return None

    def begins_notes(self, text: str) -> bool:
        """Whether notes on how to fill in a form begin with this text: what follows asks for nothing."""
        start = folded(text[:_BEGINNING])
        # All but its last character is what it would be in the whole.
        return (start if len(start) > self._longest_note else folded(text[:_LONGEST])).startswith(self._notes)

    def names_nominee(self, label: Label) -> bool:
        """Whether a label asks for the nominee of some category."""
        return any(self._nominees.get(id) == spec.name for id, spec in label.specs.items())

    def is_empty(self, value: str) -> bool:
        """Whether a value says nothing: blank, a hint of the blank form, or only what stands where nothing was written."""
        key = folded(value)
        if not key or key in self.hints:
            return not key or key in self.hints
        if len(key) > _EMPTY_LONGEST:
            return False
        rest = self._empty.sub("", key)
        # A year printed in the blank form before “年 月 日” is no date yet.
        return not rest or (rest != key and rest.isdecimal() and len(rest) <= 4)


def _unjoined(labels: Iterable[Label]) -> Mapping[str, Label]:
    """The labels by their words without the conjunctions, where these mean one: 工作举措和成效 is also 工作举措及成效."""
    found: dict[str, list[Label]] = {}
    for label in labels:
        if _CONJUNCTION.search(label.key):
            found.setdefault(_CONJUNCTION.sub("", label.key), []).append(label)
    return {key: these[0] for key, these in found.items() if all(other.specs == these[0].specs for other in these)}


def _alternatives(words: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all words, longest first; it never matches where there are none."""
    keys = sorted({folded(word) for word in words} - {""}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, keys)) if keys else r"(?!)")


def _readings(text: str) -> Iterator[str]:
    """The text without numbering, without notes in brackets, without a size at its end; each on top of the one before."""
    text = _CIRCLED.sub("", text)
    text = unicodedata.normalize("NFKC", text)
    yield text
    text = _NUMBER.sub("", text)
    yield text
    # Notes from the last to the first: “单位（团队）名称（必填）” has one bracket of its own.
    for _ in range(4):
        notes = list(_NOTE.finditer(text))
        if not notes:
            break
        text = text[: notes[-1].start()] + text[notes[-1].end() :]
        yield text
    text = _OPEN_NOTE.sub("", text)
    yield text
    yield _SIZE.sub("", folded(text))


@lru_cache(maxsize=8)
def _lexicon(categories: tuple[Category, ...], phrases: Phrases) -> Lexicon:
    return Lexicon(categories, phrases)


@once
def lexicon(rules: Rules) -> Lexicon:
    """The labels of a campaign, made once."""
    return _lexicon(rules.categories, rules.phrases)
