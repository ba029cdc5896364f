"""Puts forms and materials together into nominations; what cannot be paired with confidence is left to a person.

Evidence that a material belongs to a form, strongest first: one document holds both; the material's file name, title or opening
names the form's nominee; both lie alone in one folder; their file names are equal but for the kind of document. Another
nominee's name speaks against. How evidence is weighed stands in `likeness.py`, how pairs are taken in `matching.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from bot.campaign import Rules
from bot.deciding.apart import apart
from bot.deciding.matching import Match, Matcher
from bot.deciding.nominees import from_name, of_file, of_path, of_text, same_name
from bot.deciding.parts import BODY, FormPart, MaterialPart, Parts
from bot.deciding.roles import stem
from bot.deciding.settling import UNSETTLED, Settlement
from bot.deciding.stamped import is_scan_of
from bot.model import Alternative, Format, Role
from bot.text import folded

_COPY = 97
"""Of 100: two texts this alike are one text saved twice."""

_WORD = frozenset(
    {Format.DOCX, Format.DOC, Format.WPS, Format.RTF, Format.ODT, Format.XLSX, Format.XLS, Format.ET, Format.ODS, Format.HTML}
)
"""Formats a form is written in; beside one of these a PDF or OFD of the same form is its stamped copy."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The halves of one nomination; `uncertain` names the files a person has to choose among."""

    form: FormPart | None
    material: MaterialPart | None
    uncertain: tuple[str, ...] = ()
    scan: str | None = None  # a picture that may be the missing form
    copies: tuple[FormPart, ...] = ()  # stamped copies of the form
    alternatives: tuple[Alternative, ...] = ()  # of `uncertain`: the halves themselves

    @property
    def order(self) -> int:
        """Its place in the mail: that of its first file."""
        return min(part.order for part in (self.form, self.material) if part is not None)


@dataclass(frozen=True, slots=True)
class Paired:
    """All nominations of a mail, and the roles that pairing found otherwise."""

    pairs: tuple[Pair, ...]
    roles: Mapping[str, Role] = field(default_factory=dict)


def pair(parts: Parts, rules: Rules, settled: Settlement = UNSETTLED) -> Paired:
    """The nominations that these parts make, in the order of the files; `settled` is what their unit has chosen."""
    roles: dict[str, Role] = {}
    offered = [form for form in parts.forms if form.digest not in settled.rejected]
    forms, doubtful, copies = _without_copies(offered, rules, roles)
    bound = {b.form: b.material for b in parts.bound if b.form in forms}
    stray = [b.material for b in parts.bound if b.form not in forms]
    loose = [material for material in parts.materials if material not in {b.material for b in parts.bound}]
    open_forms = [form for form in forms if form not in bound]
    materials = _one_of_each(apart(loose, open_forms, rules), roles)
    if len(open_forms) > len(materials):  # a stamped copy may hold the material that the Word form lacks
        materials += [m for m in stray if not any(m.digest == other.digest for other in materials)]
    known = [Match(form, material) for form, material in bound.items()]
    known += _taken(open_forms, materials, settled)
    open_forms = [form for form in open_forms if form.digest not in settled.materials]
    materials = [material for material in materials if not any(match.material is material for match in known)]
    matcher = Matcher(rules, parts, open_forms, materials, forms, known)
    pairs = [_pair_of(match) for match in matcher.matches()]
    pairs = [_doubted(p, doubtful[p.form]) if p.form in doubtful else p for p in pairs]
    pairs = [replace(p, copies=tuple(copies[p.form])) if p.form in copies else p for p in pairs]
    for extra in matcher.extras:
        if not matcher.likeness.named(extra):
            roles.setdefault(extra.path, Role.OTHER)
    return Paired(tuple(sorted((_with_scan(p, parts, rules) for p in pairs), key=lambda p: p.order)), roles)


def _pair_of(match: Match) -> Pair:
    """A match as a pair; where a person has to choose, with all the files concerned."""
    if match.form is None or not match.choices:
        return Pair(match.form, match.material)
    paths = tuple(dict.fromkeys((match.form.path, *(m.path for m in match.choices))))
    alternatives = tuple(Alternative("material", m.path, m.digest, m.title) for m in match.choices)
    return Pair(match.form, None, paths, alternatives=alternatives)


def _taken(forms: Sequence[FormPart], materials: Sequence[MaterialPart], settled: Settlement) -> list[Match]:
    """What the unit has chosen for these forms."""
    by_digest = {material.digest: material for material in materials}
    return [Match(form, by_digest.get(settled.materials[form.digest])) for form in forms if form.digest in settled.materials]


def _doubted(pair: Pair, forms: Sequence[FormPart]) -> Pair:
    """A pair of which a person has to say which form is the one that counts."""
    paths = tuple(dict.fromkeys(form.path for form in forms))
    return replace(pair, uncertain=paths, alternatives=tuple(Alternative("form", f.path, f.digest) for f in forms))


# --- copies -------------------------------------------------------------------------------------------------------------


def _without_copies(
    forms: Sequence[FormPart], rules: Rules, roles: dict[str, Role]
) -> tuple[list[FormPart], dict[FormPart | None, list[FormPart]], dict[FormPart | None, list[FormPart]]]:
    """Each nominee's form once: Word before PDF. Two different Word forms for one nominee are for a person to choose.

    Beside the forms: those a person has to choose among, and the stamped copies, each by their form.
    """
    kept: list[FormPart] = []
    doubtful: dict[FormPart | None, list[FormPart]] = {}
    copies: dict[FormPart | None, list[FormPart]] = {}
    for form in sorted(forms, key=lambda form: (form.format not in _WORD, form.order)):
        twin = next((other for other in kept if _same_nomination(form, other, rules)), None)
        if twin is None:
            kept.append(form)
        elif form.format not in _WORD:
            roles[form.path] = Role.STAMPED_SCAN
            copies.setdefault(twin, []).append(form)
        elif form.digest != twin.digest and form.path != twin.path:
            doubtful.setdefault(twin, [twin]).append(form)
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
    if found := _named_by_path(pair, rules, person=person):
        return found
    if pair.material is None:
        return ""
    return of_text(pair.material.title, pair.material.text, rules) or from_name(pair.material.title, rules)


def _named_by_path(pair: Pair, rules: Rules, *, person: bool) -> str:
    """What names of files tell; those of folders and attached mails, which are called anything, where the texts say so too."""
    paths = [part.path for part in (pair.form, pair.material) if part is not None and part.path != BODY]
    told = "".join(map(folded, pair.form.written.values())) if pair.form else ""
    told += pair.material.key if pair.material else ""
    heard = (name for path in paths for name in of_path(path, rules, person=person) if folded(name) in told)
    own = (from_name(stem(path.rsplit("/", 1)[-1]), rules, person=person) for path in paths)
    return next(heard, "") or next(filter(None, own), "")
