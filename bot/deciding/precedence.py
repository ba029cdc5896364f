"""Facts that give a nominee precedence (notice, 三、3（4）), quoted sentence by sentence for the office; no verdict."""

import re
from collections.abc import Iterator, Sequence

from bot.campaign import CheckKind, FieldKind
from bot.deciding.checks import Case
from bot.deciding.folding import folded_words
from bot.text import folded, tidy

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
_MOST = 8
_LONGEST = 160


def precedence(case: Case) -> tuple[str, ...]:
    """Up to eight sentences of form and material that contain one of the words of a `precedence` row."""
    words: list[str] = []
    for row in case.rules.checks:
        applies = not row.categories or (case.category is not None and case.category.id in row.categories)
        if row.kind is CheckKind.PRECEDENCE and applies:
            words += folded_words(row.values)
    telling = (text for text in (*_told(case), case.material_text) if _says(folded(text), words))  # few tell any at all
    found = dict.fromkeys(sentence for text in telling for sentence in _sentences(text) if _says(folded(sentence), words))
    return tuple(found)[:_MOST]


def _says(sentence: str, words: Sequence[str]) -> bool:
    return any(word in sentence for word in words)


def _sentences(text: str) -> Iterator[str]:
    for found in _SENTENCE.finditer(text):
        sentence = tidy(found[0])
        if sentence:
            yield sentence if len(sentence) <= _LONGEST else sentence[: _LONGEST - 1] + "…"


def _told(case: Case) -> Iterator[str]:
    """What is told in sentences beside the material: long fields. A unit or a post in a short field is no merit."""
    for field in case.form.fields if case.form else ():
        spec = case.category.field(field.name) if case.category else None
        if spec is not None and spec.kind is FieldKind.LONG_TEXT:
            yield field.value
