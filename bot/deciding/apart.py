"""Takes apart a text that holds the materials of several nominees one after the other, by the names the mail's forms tell.

A new material begins at a heading that names another nominee, or at a heading right above “张三，男，…”. Whatever no name tells
stays together.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.campaign import Rules
from bot.deciding.nominees import Nominee
from bot.deciding.parts import FormPart, MaterialPart
from bot.deciding.roles import stem, titled
from bot.length import count
from bot.model import Role
from bot.text import folded

_HEADING = 40
"""Characters of a line that may be a heading."""

_SUBSTANCE = 100
"""Folded characters from which a stretch of text is a material of its own."""

_SENTENCE = re.compile(r"[。；;！!？?，,：:][”’」』）)]?\s*$")
_SUBTITLE = re.compile(r"^\s*[—–\-－]")


def apart(materials: Sequence[MaterialPart], forms: Sequence[FormPart], rules: Rules) -> list[MaterialPart]:
    """The materials, each that holds several taken apart."""
    if len(forms) < 2:
        return list(materials)
    return [piece for material in materials for piece in _pieces(material, materials, forms, rules)]


def _pieces(
    material: MaterialPart, materials: Sequence[MaterialPart], forms: Sequence[FormPart], rules: Rules
) -> list[MaterialPart]:
    told = [other for other in materials if other is not material]
    open_names = {form.who.whole: form.who for form in forms if not _claimed(form.who, told)}
    if len(open_names) < 2 or any(name in folded(stem(material.path)) for name in open_names if name):
        return [material]
    lines = material.text.split("\n")
    starts = list(_starts(lines, _Names(list(open_names.values()))))
    stretches = [lines[start:end] for start, end in pairwise([*starts, len(lines)])]
    if len(starts) < 2 or any(len(folded("".join(stretch))) < _SUBSTANCE for stretch in stretches):
        return [material]
    before = lines[: starts[0]]
    if len(folded("".join(before))) < _SUBSTANCE:
        stretches[0] = [*before, *stretches[0]]
    else:
        stretches.insert(0, before)
    return [_piece(material, stretch, rules) for stretch in stretches]


def _claimed(who: Nominee, materials: Sequence[MaterialPart]) -> bool:
    """Whether the nominee is not named, or has a text of its own by file name or title."""
    return len(who.whole) < 2 or any(who.whole in folded(f"{stem(m.path)} {m.title}") for m in materials)


def _piece(material: MaterialPart, lines: Sequence[str], rules: Rules) -> MaterialPart:
    text = "\n".join(lines)
    key = folded(text)
    title = next((line for line in lines if line.strip()), "")
    return replace(
        material,
        title=title if len(title) <= _HEADING else "",
        text=text,
        count=count(text),
        named=material.named or titled(title, rules.phrases) is Role.MATERIAL,
        digest=hashlib.sha256(key.encode()).hexdigest(),
        key=key,
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """The nominees whose names are looked for; the longest is looked for first, for it may hold another."""

    people: Sequence[Nominee]

    def alone(self, text: str) -> Nominee | None:
        """The one nominee a text names."""
        rest, found = folded(text), []
        for who in sorted(self.people, key=lambda who: -len(who.whole)):
            if who.whole in rest:
                found.append(who)
                rest = rest.replace(who.whole, "\0")
        return found[0] if len(found) == 1 else None

    def first(self, text: str) -> Nominee | None:
        """The nominee with whose name a text begins."""
        key = folded(text[: 4 * _HEADING])
        begun = [who for who in self.people if key.startswith(who.whole)]
        return max(begun, key=lambda who: len(who.whole), default=None)


def _starts(lines: Sequence[str], names: _Names) -> Iterator[int]:
    """The lines at which the material of another nominee begins, each nominee's once."""
    met: set[str] = set()
    for number, line in enumerate(lines):
        above = lines[number - 1] if number else ""
        who, start = None, number
        if _is_heading(line):
            who = names.alone(line)
            start = number - 1 if _SUBTITLE.match(line) and _is_heading(above) else number
        elif number and _is_heading(above) and names.alone(above) is None:
            who, start = names.first(line), number - 1
        if who is not None and who.whole not in met:
            met.add(who.whole)
            yield start


def _is_heading(line: str) -> bool:
    return 0 < len(line.strip()) <= _HEADING and not _SENTENCE.search(line)
