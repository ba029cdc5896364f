"""How surely a material is about a form's nominee: names in file names, titles and texts, places, numbers, who does the work.

Another nominee's name is taken out first where it holds this one's (张伟 in 张伟民, a team in its second squad): what is left
speaks of this one.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.campaign import FieldKind, Rules
from bot.deciding.folding import longest_first
from bot.deciding.nominees import Nominee, of_file, of_text, same_name, speaks_of
from bot.deciding.parts import BODY, FormPart, MaterialPart
from bot.deciding.roles import called, stem
from bot.deciding.vocabulary import categories_named
from bot.model import Role
from bot.text import folded

LOUD = 5.0
"""Evidence of a name in file name, title or opening."""

NAMED = 2.0
"""Evidence that a text calls itself a material: of two about one nominee the one that does."""

_ALOUD, _OPENED, _SECOND = 6.0, 5.0, 3.5
"""Evidence of a name in file name or title; first of all nominees in the opening; after another one there."""

_FAINTER = 3.0
"""So much less counts a name in the opening, where file name or title name another nominee."""

_AGAIN, _ONCE, _AMONG = 4.5, 3.0, 2.5
"""Evidence of a name deep in the text: again and again and nobody else's, once and nobody else's, among others."""

_DOER = 2.5
"""Evidence that a text speaks of who does it, as no other form says."""

_ALONE_OF_KIND = 4.0
"""Evidence of a category that one form and one material of a mail alone have."""

_LONG_NAME = 6
"""Folded characters of a project's or team's name that a file name can be trusted to tell."""

_SHORTEST_DOER = 4
_DOERS = frozenset({FieldKind.PERSON})
_TWO_LEVELS = re.compile(
    r"^(?:附件|附|第)?([0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:[-－—–_.．]|之)([1-9]|[一二三四五六七八九])(?![0-9])"
)

Part = FormPart | MaterialPart


class Likeness:
    """Compares the forms and materials of one mail; `all_forms` are those too whose material is known."""

    def __init__(
        self, rules: Rules, forms: Sequence[FormPart], materials: Sequence[MaterialPart], all_forms: Sequence[FormPart]
    ) -> None:
        self.rules = rules
        self.all_forms = all_forms
        self._parts: list[Part] = [*forms, *materials]
        self._folders = Counter(_folder(part) for part in self._parts)
        self._of_forms = {_folder(form) for form in all_forms}
        self._keys = {part: _keys(part.path, rules) for part in self._parts}
        self._masks = {form: self._mask(form.who) for form in all_forms}
        self._doers = self._only_doers()
        self._kinds: Mapping[MaterialPart, str | None] = {m: self._kind(m) for m in materials}
        self._texts: dict[tuple[MaterialPart, FormPart], str] = {}
        self._told: dict[MaterialPart, frozenset[FormPart]] = {}
        self._mentions = {(form, material): self._mention(material, form) for form in all_forms for material in materials}

    # --- what others ask ------------------------------------------------------------------------------------------------

    def score(self, form: FormPart, material: MaterialPart) -> float:
        """All evidence together; what contradicts is less than nothing."""
        score = self._name(form, material)
        place = self._place(form, material)
        score += min(place, 1) if score >= LOUD else place  # where a text lies tells little more, once it names its nominee
        score += NAMED if self.named(material) and score >= 0 else 0
        return score + self._category(form, material)

    def mention(self, form: FormPart, material: MaterialPart) -> float:
        """How loudly the material names the form's nominee: in its file name or folder, in its title, in its opening."""
        return self._mentions[form, material]

    def speaks(self, form: FormPart, material: MaterialPart) -> float:
        """How surely the whole text mentions the form's nominee."""
        return speaks_of(self._text_of(material, form), form.who)

    def named(self, material: MaterialPart) -> bool:
        """Whether a text calls itself a material, or lies in a folder of materials without a form in it."""
        if material.named or material.path == BODY:
            return material.named
        folder = _folder(material)
        own = called(stem(material.path.rsplit("/", 1)[-1]), self.rules.phrases, (Role.STAMPED_SCAN,))
        if own is not None or folder in self._of_forms:
            return False
        return called(stem(folder.rsplit("/", 1)[-1]), self.rules.phrases, (Role.STAMPED_SCAN,)) is Role.MATERIAL

    def own_name(self, material: MaterialPart, *, person: bool = False) -> str:
        """The nominee that a material's file name or title names."""
        name = of_file(material.path, self.rules, person=person) if material.path != BODY else ""
        return name or of_text(material.title, material.text, self.rules)

    def contradict(self, form: FormPart, material: MaterialPart) -> bool:
        """The material names a nominee of its own, and the form's is nowhere in it."""
        if not form.who.whole or self.mention(form, material) > 0 or self.speaks(form, material) > 0:
            return False
        own = self.own_name(material, person=True) if form.who.person else of_file(material.path, self.rules)
        if not own or same_name(own, form.who.name, self.rules):
            return False
        heard = material.key.count(folded(own))
        return heard >= 2 if form.who.person else heard >= 1 and len(folded(own)) >= _LONG_NAME

    # --- names ----------------------------------------------------------------------------------------------------------

    def _mask(self, who: Nominee) -> re.Pattern[str] | None:
        """What other nominees are called, but for names that this one's holds."""
        others = {other.who.whole for other in self.all_forms if other.who.whole and other.who.whole not in who.whole}
        return re.compile("|".join(map(re.escape, sorted(others, key=len, reverse=True)))) if others and who.whole else None

    def _without_others(self, text: str, form: FormPart) -> str:
        mask = self._masks.get(form)
        return mask.sub("\0", text) if mask else text

    def _aloud(self, material: MaterialPart, form: FormPart) -> float:
        places = (stem(material.path), material.title)
        return max(speaks_of(self._without_others(folded(text), form), form.who) for text in places) * _ALOUD

    def _mention(self, material: MaterialPart, form: FormPart) -> float:
        opening = folded(material.opening)
        spoken = speaks_of(self._without_others(opening, form), form.who)
        if spoken:
            first = all(_place_of(form.who, opening) <= _place_of(other.who, opening) for other in self._others(form))
            spoken *= _OPENED if first else _SECOND
        return max(self._aloud(material, form), spoken)

    def _others(self, form: FormPart) -> list[FormPart]:
        return [other for other in self.all_forms if other is not form and other.who.whole != form.who.whole]

    def _name(self, form: FormPart, material: MaterialPart) -> float:
        score = self._mentions[form, material]
        others = self._others(form)
        if score:
            aloud = score > LOUD or self._aloud(material, form) > 0
            fainter = not aloud and any(self._aloud(material, other) > LOUD for other in others)
            return score - _FAINTER if fainter else score
        if any(self._mentions[other, material] >= LOUD for other in others):
            return -_ALOUD
        return self._deep(form, material, others)

    def _deep(self, form: FormPart, material: MaterialPart, others: Sequence[FormPart]) -> float:
        """A name that only the body of the text tells, or who does the work."""
        key = self._text_of(material, form)
        heard = max((key.count(name) for name in (form.who.whole, form.who.core) if len(name) > 1), default=0)
        alone = not any(other in self._told_in(material) for other in others)
        if heard and alone:
            return _AGAIN if heard > 1 else _ONCE
        doers = [material.key.count(doer) for doer in self._doers.get(form, ()) if doer in material.key]
        by_doer = _DOER + (_AGAIN - _DOER if sum(doers) > 1 and alone else 0) if doers else 0.0
        return max(_AMONG * speaks_of(key, form.who), by_doer)

    def _text_of(self, material: MaterialPart, form: FormPart) -> str:
        """The text without others' names; kept, for every form asks for it."""
        if (material, form) not in self._texts:
            self._texts[material, form] = self._without_others(material.key, form)
        return self._texts[material, form]

    def _told_in(self, material: MaterialPart) -> frozenset[FormPart]:
        """The forms whose nominees a text names in full."""
        if material not in self._told:
            named = (form for form in self.all_forms if form.who.whole and form.who.whole in self._text_of(material, form))
            self._told[material] = frozenset(named)
        return self._told[material]

    def _only_doers(self) -> dict[FormPart, tuple[str, ...]]:
        """Of each form who does it and who leads it, where no other form says the same."""
        told = {form: self._doers_of(form) for form in self.all_forms}
        counts = Counter(doer for doers in told.values() for doer in doers)
        return {form: tuple(doer for doer in doers if counts[doer] == 1) for form, doers in told.items()}

    def _doers_of(self, form: FormPart) -> set[str]:
        category = form.category
        if category is None or form.who.person:
            return set()
        fields = {spec.name for spec in category.fields if spec.kind in _DOERS and spec.name != category.nominee}
        people = {folded(form.written.get(name, "")) for name in fields}
        body = folded(form.written.get(category.nominee_unit or "", ""))
        return {name for name in people if 2 <= len(name) <= 4} | ({body} if len(body) >= _SHORTEST_DOER else set())

    # --- places and kinds -----------------------------------------------------------------------------------------------

    def _place(self, form: FormPart, material: MaterialPart) -> float:
        """They lie alone in one folder; or their file names are equal but for the kind of document or a second number."""
        folder, other = _folder(form), _folder(material)
        score = 5.0 if folder and folder == other and self._folders[folder] == 2 else 0.0
        shared = [key for key in self._keys.get(form, ()) if key and key in self._keys.get(material, ())]
        if any(self._twins(key, folder if folder == other else None) == 2 for key in shared):
            score += 4 if folder == other else 3
        return score

    def _twins(self, key: str, folder: str | None) -> int:
        """How many files bear this key, in one folder or in the whole mail."""
        return sum(key in keys and (folder is None or _folder(part) == folder) for part, keys in self._keys.items())

    def _category(self, form: FormPart, material: MaterialPart) -> float:
        """What file name, folder or title of the material say of its category."""
        kind = self._kinds.get(material)
        if form.category is None or kind is None:
            return 0
        if kind != form.category.id:
            return -2
        forms = sum(other.category is not None and other.category.id == kind for other in self.all_forms)
        return _ALONE_OF_KIND if forms == 1 and list(self._kinds.values()).count(kind) == 1 else 1

    def _kind(self, material: MaterialPart) -> str | None:
        """The one category that file name, else title, else folders name; nominees' names, which may sound so, left out."""
        *folders, name = material.path.split("/")
        for text in (stem(name), material.title, "/".join(folders)):
            less = next((f.who.name for f in self.all_forms if f.who.whole and f.who.whole in folded(text)), "")
            named = categories_named(text, self.rules, less)
            if len(named) == 1:
                return named[0]
        return None


def _place_of(who: Nominee, text: str) -> int:
    """Where a name stands first; behind the end where it does not."""
    found = [text.find(name) for name in (who.whole, who.core) if len(name) > 1 and name in text]
    return min(found, default=len(text))


def _folder(part: Part) -> str:
    return part.path.rpartition("/")[0]


def _keys(path: str, rules: Rules) -> tuple[str, ...]:
    """A file's name without what tells the kind of document, and the first of two numbers it begins with.

    Equal for “1-张三-推荐表” and “1-张三-典型材料”; for “01-1 表” and “01-2 材料”.
    """
    own = stem(path.rsplit("/", 1)[-1])
    name, phrases = folded(own), rules.phrases
    for word in longest_first((*phrases.form_names, *phrases.material_names, *phrases.stamped_names, "材料", "表")):
        name = name.replace(word, "")
    two = _TWO_LEVELS.match(own.strip())
    return (name, f"#{two[1].lstrip('0')}") if two else (name,)
