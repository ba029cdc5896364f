"""The category of a nomination: the form decides; without a form what the material, file names, folders or the mail say."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.campaign import Rules
from bot.deciding.pairing import Pair
from bot.deciding.parts import MaterialPart
from bot.deciding.roles import stem
from bot.deciding.vocabulary import categories_named
from bot.model import SEVERITIES, Facts, Finding, Reading

_TITLE_LINES = 3
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class Said:
    """Which categories one source speaks for."""

    source: str  # title | labels | material | file-name | folder | subject | text
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CategoryVerdict:
    """The category, or the finding that there is none or several."""

    category: str | None
    finding: Finding | None = None


def category_of(pair: Pair, reading: Reading, rules: Rules, nominee: str) -> CategoryVerdict:
    """Title and labels of the form, which must agree with each other and with the title of the material."""
    path = next((part.path for part in (pair.form, pair.material) if part is not None), None)
    if pair.form is not None:
        title, labels = pair.form.form.titled, pair.form.form.labelled
        said = [Said("title", title), Said("labels", labels)]
        agreed = tuple(id for id in title if id in labels) or (() if title and labels else title or labels)
        if title and labels and not agreed:
            return _ambiguous(said, path, rules)
        if len(agreed) > 1:  # labels that several forms share, and no title: the rest of the mail may tell
            agreed = _narrowed(agreed, pair, reading, rules, nominee)
        if len(agreed) > 1:
            return _ambiguous([Said(s.source, _both(agreed, s)) for s in said], path, rules)
        if agreed:
            return _against_material(agreed[0], said, pair, path, rules, nominee)
    for other in _elsewhere(pair, reading, rules, nominee):
        if len(other.categories) == 1:
            return CategoryVerdict(other.categories[0])
    return CategoryVerdict(None, Finding("category-unknown", SEVERITIES["category-unknown"], file=path, facts=_all(rules)))


def _narrowed(agreed: tuple[str, ...], pair: Pair, reading: Reading, rules: Rules, nominee: str) -> tuple[str, ...]:
    both = (_both(agreed, other) for other in _elsewhere(pair, reading, rules, nominee))
    return next((one for one in both if len(one) == 1), agreed)


def _both(agreed: tuple[str, ...], said: Said) -> tuple[str, ...]:
    return tuple(id for id in agreed if id in said.categories)


def _against_material(
    category: str, said: list[Said], pair: Pair, path: str | None, rules: Rules, nominee: str
) -> CategoryVerdict:
    """A material whose title calls itself that of another category contradicts the form."""
    titled = _titled(pair.material, rules, nominee) if pair.material else ()
    if titled and category not in titled:
        of_form = [Said(s.source, (category,)) for s in said if category in s.categories][:1]
        return _ambiguous([*of_form, Said("material", titled)], path, rules)
    return CategoryVerdict(category)


def _titled(material: MaterialPart, rules: Rules, nominee: str) -> tuple[str, ...]:
    """The categories that title lines of a material name as their own: the line is the category, or says it is its material."""
    lines = [line.strip() for line in material.text.split("\n") if line.strip()][:_TITLE_LINES]
    words = rules.phrases.material_names
    found: list[str] = []
    for line in lines:
        if len(line) > _LONGEST_TITLE:
            break
        named = categories_named(line, rules, nominee)
        plain = len(named) == 1 and len(line) <= max(len(title) for title in _titles(named[0], rules)) + 2
        if len(named) == 1 and (plain or any(word in line for word in words)):
            found.append(named[0])
    return tuple(dict.fromkeys(found))


def _titles(category: str, rules: Rules) -> tuple[str, ...]:
    known = rules.category(category)
    return (known.name, known.short, *known.titles) if known else ("",)


def _elsewhere(pair: Pair, reading: Reading, rules: Rules, nominee: str) -> Iterator[Said]:
    """What speaks where the form does not, surest first."""
    material, form = pair.material, pair.form
    if material:
        yield Said("material", _titled(material, rules, nominee) or categories_named(material.title, rules, nominee))
    for part in (form, material):
        if part:
            yield Said("file-name", categories_named(stem(part.path.rsplit("/", 1)[-1]), rules, nominee))
    for part in (form, material):
        for folder in reversed(part.path.split("/")[:-1] if part else []):
            yield Said("folder", categories_named(stem(folder), rules, nominee))
    around = next((part.path for part in (form, material) if part), "")
    for mail in reversed([file for file in reading.files if file.words and around.startswith(f"{file.path}/")]):
        yield Said("subject", categories_named(mail.words, rules, nominee))  # of the attached mail that it came in
    yield Said("subject", categories_named(reading.headers.subject, rules, nominee))
    yield Said("text", categories_named(reading.fresh_text, rules, nominee))
    if material:
        yield Said("text", categories_named(material.opening, rules, nominee, surely=True))


def _all(rules: Rules) -> Facts:
    ids = tuple(category.id for category in rules.categories)
    return {"candidates": ids, "names": tuple(category.name for category in rules.categories)}


def _ambiguous(said: list[Said], path: str | None, rules: Rules) -> CategoryVerdict:
    sources = {id: s.source for s in reversed(said) for id in s.categories}
    ids = tuple(dict.fromkeys(id for s in said for id in s.categories))
    names = tuple(category.name for id in ids if (category := rules.category(id)))
    facts: Facts = {"candidates": ids, "names": names, "sources": tuple(sources[id] for id in ids)}
    return CategoryVerdict(None, Finding("category-ambiguous", SEVERITIES["category-ambiguous"], file=path, facts=facts))
