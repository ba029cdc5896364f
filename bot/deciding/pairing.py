"""Puts forms and materials together into nominations; what cannot be paired with confidence is left to a person.

Evidence that a material belongs to a form, strongest first: one document holds both; the material's file name, title or opening
names the form's nominee; both lie alone in one folder; their file names are equal but for the kind of document. Another
nominee's name speaks against. Pairs are taken only where each is the other's best by a clear margin.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from bot.campaign import Rules
from bot.deciding.folding import longest_first
from bot.deciding.nominees import Nominee, from_name, of_file, of_text, same_name, speaks_of
from bot.deciding.parts import BODY, FormPart, MaterialPart, Parts
from bot.deciding.roles import stem
from bot.deciding.stamped import is_scan_of
from bot.deciding.vocabulary import categories_named
from bot.model import Format, Role
from bot.text import folded

ENOUGH = 4.0
"""Evidence from which a material belongs to a form."""

MARGIN = 1.5
"""So much stronger must it be than for any other form or material."""

LOUD = 5.0
"""Evidence of a name in file name, title or opening."""

_NAMED = 2.0
"""Evidence that a text calls itself a material: of two about one nominee the one that does."""

_LONG_NAME = 6
"""Folded characters of a project's or team's name that a file name can be trusted to tell."""

_COPY = 97
"""Of 100: two texts this alike are one text saved twice."""

_WORD = frozenset({Format.DOCX, Format.DOC, Format.WPS, Format.RTF, Format.XLSX, Format.XLS, Format.ET, Format.HTML})
"""Formats a form is written in; beside one of these a PDF or OFD of the same form is its stamped copy."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The halves of one nomination; `uncertain` names the files a person has to choose among."""

    form: FormPart | None
    material: MaterialPart | None
    uncertain: tuple[str, ...] = ()
    scan: str | None = None  # a picture that may be the missing form
    copies: tuple[FormPart, ...] = ()  # stamped copies of the form

    @property
    def order(self) -> int:
        """Its place in the mail: that of its first file."""
        return min(part.order for part in (self.form, self.material) if part is not None)


@dataclass(frozen=True, slots=True)
class Paired:
    """All nominations of a mail, and the roles that pairing found otherwise."""

    pairs: tuple[Pair, ...]
    roles: Mapping[str, Role] = field(default_factory=dict)


def pair(parts: Parts, rules: Rules) -> Paired:
    """The nominations that these parts make, in the order of the files."""
    roles: dict[str, Role] = {}
    forms, doubtful, copies = _without_copies(parts.forms, rules, roles)
    bound = {b.form: b.material for b in parts.bound if b.form in forms}
    stray = [b.material for b in parts.bound if b.form not in forms]
    loose = [material for material in parts.materials if material not in {b.material for b in parts.bound}]
    materials = _one_of_each(loose, roles)
    pairs = [Pair(form, material) for form, material in bound.items()]
    open_forms = [form for form in forms if form not in bound]
    if len(open_forms) > len(materials):  # a stamped copy may hold the material that the Word form lacks
        materials += [m for m in stray if not any(m.digest == other.digest for other in materials)]
    matcher = _Matcher(rules, parts, open_forms, materials, forms)
    pairs += matcher.matched()
    pairs += matcher.leftovers([*pairs])
    pairs = [replace(p, uncertain=doubtful[p.form]) if p.form in doubtful else p for p in pairs]
    pairs = [replace(p, copies=tuple(copies[p.form])) if p.form in copies else p for p in pairs]
    for extra in matcher.extras:
        if not extra.named:
            roles.setdefault(extra.path, Role.OTHER)
    return Paired(tuple(sorted((_with_scan(p, parts, rules) for p in pairs), key=lambda p: p.order)), roles)


# --- copies -------------------------------------------------------------------------------------------------------------


def _without_copies(
    forms: Sequence[FormPart], rules: Rules, roles: dict[str, Role]
) -> tuple[list[FormPart], dict[FormPart | None, tuple[str, ...]], dict[FormPart | None, list[FormPart]]]:
    """Each nominee's form once: Word before PDF. Two different Word forms for one nominee are for a person to choose.

    Beside the forms: the files a person has to choose among, and the stamped copies, each by their form.
    """
    kept: list[FormPart] = []
    doubtful: dict[FormPart | None, tuple[str, ...]] = {}
    copies: dict[FormPart | None, list[FormPart]] = {}
    for form in sorted(forms, key=lambda form: (form.format not in _WORD, form.order)):
        twin = next((other for other in kept if _same_nomination(form, other, rules)), None)
        if twin is None:
            kept.append(form)
        elif form.format not in _WORD:
            roles[form.path] = Role.STAMPED_SCAN
            copies.setdefault(twin, []).append(form)
        elif form.digest != twin.digest and form.path != twin.path:
            doubtful[twin] = tuple(dict.fromkeys((*doubtful.get(twin, (twin.path,)), form.path)))
    return sorted(kept, key=lambda form: forms.index(form)), doubtful, copies


def _same_nomination(one: FormPart, other: FormPart, rules: Rules) -> bool:
    if one.digest == other.digest:
        return True
    if one.category and other.category and one.category != other.category:
        return False
    if is_scan_of(one, other, rules):
        return True
    return bool(one.who.whole) and same_name(one.who.name, other.who.name, rules)


def _one_of_each(materials: Sequence[MaterialPart], roles: dict[str, Role]) -> list[MaterialPart]:
    """Each text once: Word before PDF; a PDF with the same text is a stamped copy."""
    kept: list[MaterialPart] = []
    for material in sorted(materials, key=lambda m: (m.format not in _WORD, m.order)):
        if not any(_same_text(material, other) for other in kept):
            kept.append(material)
        elif material.format not in _WORD:
            roles[material.path] = Role.STAMPED_SCAN
    return sorted(kept, key=lambda material: materials.index(material))


def _same_text(one: MaterialPart, other: MaterialPart) -> bool:
    if one.digest == other.digest:
        return True
    alike = one.format != other.format and abs(len(one.key) - len(other.key)) * 20 < len(other.key)
    return alike and fuzz.ratio(one.key, other.key) >= _COPY


# --- matching -----------------------------------------------------------------------------------------------------------


class _Matcher:
    """Matches forms with materials by evidence."""

    def __init__(
        self,
        rules: Rules,
        parts: Parts,
        forms: Sequence[FormPart],
        materials: Sequence[MaterialPart],
        all_forms: Sequence[FormPart],
    ) -> None:
        self.rules = rules
        self.alone = len(parts.forms) == len(parts.materials) == 1 or len(all_forms) == len(materials) == 1
        self.forms = list(forms)
        self.materials = list(materials)
        self.all_forms = all_forms
        self.extras: list[MaterialPart] = []
        self._parts: list[FormPart | MaterialPart] = [*forms, *materials]
        self._keys = {part: _key(part.path, rules) for part in self._parts}
        self._mentions = {(form, material): self._mention(material, form.who) for form in all_forms for material in materials}
        self._set_aside()
        self._score = {(form, material): self._evidence(form, material) for form in forms for material in materials}

    def _set_aside(self) -> None:
        """Where enough texts call themselves materials, one that does not and names no nominee is something else."""
        named = [material for material in self.materials if material.named]
        if named and len(named) >= len(self.forms):
            loud = {material for (_, material), score in self._mentions.items() if score >= LOUD}
            self.extras += [material for material in self.materials if not material.named and material not in loud]
            self.materials = [material for material in self.materials if material not in self.extras]
            self.alone = self.alone or len(self.all_forms) == len(self.materials) == 1

    def matched(self) -> list[Pair]:
        """Pairs with enough evidence, surest first."""
        pairs = []
        while best := self._best():
            form, material = best
            pairs.append(Pair(form, material))
            self.forms.remove(form)
            self.materials.remove(material)
        return pairs

    def _best(self) -> tuple[FormPart, MaterialPart] | None:
        open_pairs = [(form, material) for form in self.forms for material in self.materials]
        for form, material in sorted(open_pairs, key=lambda pair: -self._score[pair]):
            score = self._score[form, material]
            if score < ENOUGH:
                return None
            rivals = [self._score[form, other] for other in self.materials if other is not material]
            rivals += [self._score[other, material] for other in self.forms if other is not form]
            if score - max(rivals, default=0) >= MARGIN:
                return form, material
        return None

    def leftovers(self, pairs: list[Pair]) -> list[Pair]:
        """What no evidence pairs: the only two go together unless names contradict; else each is alone, or in doubt."""
        made: list[Pair] = []
        if len(self.forms) == len(self.materials) == 1 and self._together(self.forms[0], self.materials[0]):
            return [Pair(self.forms[0], self.materials[0])]
        chosen: set[MaterialPart] = set()
        for form in self.forms:
            choices = [m for m in self.materials if self._score[form, m] > -3 and not self._contradict(form, m)]
            chosen.update(choices)
            made.append(Pair(form, None, tuple(dict.fromkeys((form.path, *(m.path for m in choices)))) if choices else ()))
        for material in self.materials:
            if material in chosen:
                continue
            if self._is_nomination(material, pairs):
                made.append(Pair(None, material))
            else:
                self.extras.append(material)
        return made

    def _together(self, form: FormPart, material: MaterialPart) -> bool:
        if self._contradict(form, material):
            return False
        return self.alone or self._score[form, material] > _NAMED or speaks_of(material.key, form.who) > 0

    def _contradict(self, form: FormPart, material: MaterialPart) -> bool:
        """The material names a nominee of its own, and the form's is nowhere in it."""
        if not form.who.whole or self._mention(material, form.who) > 0 or speaks_of(material.key, form.who) > 0:
            return False
        own = self.own_name(material, person=True) if form.who.person else of_file(material.path, self.rules)
        if not own or same_name(own, form.who.name, self.rules):
            return False
        heard = material.key.count(folded(own))
        return heard >= 2 if form.who.person else heard >= 1 and len(folded(own)) >= _LONG_NAME

    def own_name(self, material: MaterialPart, *, person: bool = False) -> str:
        """The nominee that a material's file name or title names."""
        name = of_file(material.path, self.rules, person=person) if material.path != BODY else ""
        return name or of_text(material.title, material.text, self.rules)

    def _is_nomination(self, material: MaterialPart, pairs: list[Pair]) -> bool:
        """Whether a material without form is a nomination of its own, and not a further text about one that is here."""
        if not self.all_forms:
            return True
        if not material.named:
            return False
        if any(self._evidence(form, material) >= ENOUGH for form in self.all_forms):
            return False
        own = self.own_name(material)
        paired = [p.form for p in pairs if p.form]
        return bool(own) and not any(speaks_of(folded(own), form.who) or speaks_of(material.key, form.who) for form in paired)

    # --- evidence ---------------------------------------------------------------------------------------------------------

    def _evidence(self, form: FormPart, material: MaterialPart) -> float:
        score = self._mentions[form, material]
        others = [other for other in self.all_forms if other is not form and other.who.whole != form.who.whole]
        another = any(self._mentions[other, material] >= LOUD for other in others)
        if score == 0:
            score = -6 if another else 2.5 * speaks_of(material.key, form.who)
        place = self._by_place(form, material)
        score += min(place, 1) if score >= LOUD else place  # where a text lies tells little more, once it names its nominee
        score += _NAMED if material.named and score >= 0 else 0
        if form.category:
            named = categories_named(stem(material.path.rsplit("/", 1)[-1]), self.rules, form.who.name)
            named = named or categories_named("/".join(material.path.split("/")[:-1]), self.rules, form.who.name)
            score += 1 if form.category.id in named else -2 if len(named) == 1 else 0
        return score

    def _mention(self, material: MaterialPart, who: Nominee) -> float:
        """How loudly the material names a nominee: in its file name or folder, in its title, in its opening."""
        path = speaks_of(folded(stem(material.path)), who) * 6
        title = speaks_of(folded(material.title), who) * 6
        return max(path, title, speaks_of(folded(material.opening), who) * 5)

    def _by_place(self, form: FormPart, material: MaterialPart) -> float:
        folder, other = (part.path.rpartition("/")[0] for part in (form, material))
        score = 0.0
        if folder and folder == other:
            inside = [p for p in self._parts if p.path.rpartition("/")[0] == folder]
            score += 5 if len(inside) == 2 else 0
        mine, theirs = self._keys.get(form, ""), self._keys.get(material, "")
        if mine and mine == theirs and self._twins(mine, folder if folder == other else None) == 2:
            score += 4 if folder == other else 3
        return score

    def _twins(self, key: str, folder: str | None) -> int:
        """How many files bear this key, in one folder or in the whole mail."""
        return sum(
            mine == key and (folder is None or part.path.rpartition("/")[0] == folder) for part, mine in self._keys.items()
        )


def _key(path: str, rules: Rules) -> str:
    """A file's name without what tells the kind of document: equal for “1-张三-推荐表” and “1-张三-典型材料”."""
    name = folded(stem(path.rsplit("/", 1)[-1]))
    phrases = rules.phrases
    for word in longest_first((*phrases.form_names, *phrases.material_names, *phrases.stamped_names, "材料", "表")):
        name = name.replace(word, "")
    return name


def _with_scan(pair: Pair, parts: Parts, rules: Rules) -> Pair:
    """A material whose form came only as a picture: the picture that names the nominee, or the only one."""
    if pair.form is not None or pair.material is None or not parts.scans:
        return pair
    own = of_file(pair.material.path, rules)
    named = [scan for scan in parts.scans if own and folded(own) in folded(scan.path)]
    chosen = named or list(parts.scans if len(parts.scans) == 1 else ())
    return replace(pair, scan=chosen[0].path if chosen else None)


def nominee_of(pair: Pair, rules: Rules, *, person: bool = False) -> str:
    """The name a nomination goes by: what the form says, else what file names and titles tell; "" if nothing does."""
    if pair.form is not None and pair.form.who.name:
        return pair.form.who.name
    for part in (pair.form, pair.material):
        if part is not None and part.path != BODY and (found := of_file(part.path, rules, person=person)):
            return found
    if pair.material is None:
        return ""
    return of_text(pair.material.title, pair.material.text, rules) or from_name(pair.material.title, rules)
