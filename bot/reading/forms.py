"""From the labels of one form to its fields: which category its labels speak for, which field each label is, what was written.

A form comes here as finds: a label, the text that belongs to it and where that stood. `form_tables.py` finds them in tables,
`form_lines.py` in running text.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.campaign import Category, FieldKind
from bot.model import Field, Form, Place
from bot.reading.answers import answer
from bot.reading.labels import Label, Lexicon
from bot.text import tidy

_TELEPHONE = re.compile(r"(?:\+?\d[\d\-—－–()（）转 ]{5,}\d)(?:\s*[,，、/;；]\s*(?:\+?\d[\d\-—－–()（） ]{5,}\d))*")
_CLEAR = 0.8  # a category speaks from the labels too when it has so much of the best one's weight


@dataclass(frozen=True, slots=True)
class Find:
    """A label met in a form, as written, and the text that stands for its value. `place` is the value's."""

    label: Label
    written: str
    text: str
    place: Place
    parts: tuple[Label, ...] = ()  # of a label that joins several fields


def make_form(title: str, titled: tuple[str, ...], finds: Sequence[Find], lexicon: Lexicon) -> Form:
    """The form that these finds make."""
    labelled = spoken_for(finds, lexicon.categories)
    category = _naming(titled, labelled, lexicon)
    fields = [field for find in finds for field in _fields(find, category, lexicon)]
    return Form(title, tuple(fields), titled, labelled)


def spoken_for(finds: Sequence[Find], categories: tuple[Category, ...]) -> tuple[str, ...]:
    """The categories that a set of labels speaks for: a label of one category alone weighs most, one of all tells nothing."""
    labels = {label.key: label for find in finds for label in (find.label, *find.parts) if label.specs}
    weights: dict[str, float] = {}
    for category in categories:
        fields: dict[str, float] = {}
        for label in labels.values():
            spec = label.specs.get(category.id)
            if spec is not None and len(label.specs) < max(len(categories), 2):
                fields[spec.name] = max(fields.get(spec.name, 0.0), 1 / len(label.specs) ** 2)
        weights[category.id] = sum(fields.values())
    best = max(weights.values(), default=0.0)
    return tuple(id for id, weight in weights.items() if best > 0 and weight >= best * _CLEAR)


def _naming(titled: tuple[str, ...], labelled: tuple[str, ...], lexicon: Lexicon) -> str | None:
    """The category whose field names are used: what the labels say, the title where they leave it open."""
    both = [id for id in labelled if id in titled]
    if both:
        return both[0]
    if labelled:
        return labelled[0]
    return titled[0] if titled else (lexicon.categories[0].id if len(lexicon.categories) == 1 else None)


def _fields(find: Find, category: str | None, lexicon: Lexicon) -> list[Field]:
    if find.parts:
        return _joined_fields(find, category, lexicon)
    spec = find.label.spec(category)
    if spec is None:
        return []
    return [Field(spec.name, tidy(find.written), answer(find.text, spec, lexicon), find.place)]


def _joined_fields(find: Find, category: str | None, lexicon: Lexicon) -> list[Field]:
    """One cell for several fields: the telephone number goes to its field, the words to the other."""
    text = find.text
    number = _TELEPHONE.search(text)
    found: list[Field] = []
    for label in find.parts:
        spec = label.spec(category)
        if spec is None:
            continue
        if spec.kind is FieldKind.TELEPHONE:
            part = number[0] if number else ""
        else:
            part = (text[: number.start()] + " " + text[number.end() :] if number else text).strip(" \n、，,;；/")
        found += _fields(replace(find, label=label, text=part, parts=()), category, lexicon)
    return found
