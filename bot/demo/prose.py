"""Writes invented case materials (典型材料) of a wanted length from the sentence banks in `prose.toml`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from bot.demo.banks import bank
from bot.demo.chance import dice

_CHOICE = re.compile(r"\{([^{}]*)\}")
_RANGE = re.compile(r"\[(\d+)-(\d+)\]")
_UNITS_OF_LENGTH = re.compile(r"[\x21-\x7e]+|[^\s\x21-\x7e]")


@dataclass(frozen=True, slots=True)
class Topic:
    """What a material is about."""

    key: str  # everything chosen hangs on it
    theme: str  # a table of `prose.toml`
    title: str
    place: str  # who acts
    nominee: str
    leader: str


def themes() -> tuple[str, ...]:
    """The themes there are sentences for, in a fixed order."""
    return tuple(bank("prose")["themes"])


def length(text: str) -> int:
    """字数 as word processors count it, near enough to steer by: runs of ASCII count one, every other mark one."""
    return len(_UNITS_OF_LENGTH.findall(text))


def spoken(template: str, chance: Random, words: Mapping[str, str]) -> str:
    """A sentence from its template: choices made (innermost first), numbers drawn, names filled in."""
    while choice := _CHOICE.search(template):
        template = template[: choice.start()] + chance.choice(choice[1].split("|")) + template[choice.end() :]
    template = _RANGE.sub(lambda found: str(chance.randint(int(found[1]), int(found[2]))), template)
    for name, word in words.items():
        template = template.replace(f"[{name}]", word)
    return template


def project_name(theme: str, key: str) -> str:
    """An invented name for a project of this theme."""
    chance = dice("project", theme, key)
    return spoken(chance.choice(bank("prose")["themes"][theme]["projects"]), chance, {})


def work(theme: str) -> str:
    """The field of work of a theme, for teams and persons."""
    return str(bank("prose")["themes"][theme]["work"])


def passage(topic: Topic, kind: str, count: int) -> str:
    """A short text for one field of a form: some sentences of one bank."""
    chance = dice("passage", topic.key, kind)
    return "".join(_sentences(topic, kind, chance)[:count])


def material(topic: Topic, words: int) -> tuple[str, ...]:
    """The paragraphs of a material, title first, a little below `words` 字 and never above."""
    chance = dice("material", topic.key)
    parts = _parts(topic, chance)
    left = words - sum(length(heading) for heading, _ in parts) - length(topic.title)
    taken: dict[int, list[str]] = {number: [] for number in range(len(parts))}
    for number, sentence in _rounds([sentences for _, sentences in parts]):
        if length(sentence) <= left:
            taken[number].append(sentence)
            left -= length(sentence)
    paragraphs = [topic.title]
    for number, (heading, _) in enumerate(parts):
        paragraphs += ([heading] if heading else []) + _grouped(taken[number])
    return tuple(paragraphs)


def _parts(topic: Topic, chance: Random) -> list[tuple[str, list[str]]]:
    """The parts of a material in order: heading and the sentences it may use, best first."""
    heading = {
        name: spoken(chance.choice(texts), chance, {})
        for name, texts in bank("prose")["headings"].items()
        if name != "method_parts"
    }
    subheadings = [spoken(text, chance, {}) for text in bank("prose")["headings"]["method_parts"]]
    actions = _woven(_sentences(topic, "action", chance), _sentences(topic, "method", chance))
    third = -(-len(actions) // 3)
    return [
        ("", _sentences(topic, "opening", chance)[:2]),
        (heading["background"], _sentences(topic, "problem", chance)),
        (heading["methods"], []),
        *((subheadings[part], actions[part * third : (part + 1) * third]) for part in range(3)),
        (heading["results"], _woven(_sentences(topic, "result", chance), _sentences(topic, "voice", chance))),
        ("", _woven(_sentences(topic, "study", chance)[:4], _sentences(topic, "story", chance))),
        ("", _sentences(topic, "closing", chance)[:1]),
    ]


def _sentences(topic: Topic, kind: str, chance: Random) -> list[str]:
    """Every sentence of a bank of the theme, or else of the general ones, in an order of its own."""
    banks = bank("prose")
    templates = list(banks["themes"][topic.theme].get(kind, ()) or banks["general"][kind])
    chance.shuffle(templates)
    words = {"place": topic.place, "nominee": topic.nominee, "leader": topic.leader}
    return [spoken(template, chance, words) for template in templates]


def _woven(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Two lists taken by turns, so that what is the theme's own never runs out before the general."""
    return [sentence for _, sentence in _rounds([first, second])]


def _rounds(lists: Sequence[Sequence[str]]) -> Iterator[tuple[int, str]]:
    """The first of every list, then the second of every list, and so on, each with the number of its list."""
    for row in range(max(map(len, lists))):
        for number, sentences in enumerate(lists):
            if row < len(sentences):
                yield number, sentences[row]


def _grouped(sentences: Sequence[str]) -> list[str]:
    """Paragraphs of three sentences."""
    return ["".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)]
