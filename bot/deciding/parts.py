"""The halves of nominations as they lie in the files of a mail: forms and materials, before they are put together."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.campaign import Category, Rules
from bot.deciding.nominees import Nominee, nominee, of_file, speaks_of
from bot.deciding.roles import called, is_blank, is_material, role_of, stem, titled, values
from bot.model import Count, FileRead, Form, Format, Reading, Role, Section
from bot.text import folded

BODY = "body"
"""Stands for the path of forms that were pasted into the mail itself."""

_OPENING = 200
"""Characters of a material that count as its opening, where it names whom it is about."""

_OF_FORM = 150
"""字数 below which text beside a form is a note to it and no material."""


@dataclass(frozen=True, slots=True, eq=False)
class FormPart:
    """One filled form and where it lies."""

    path: str
    format: Format
    form: Form
    category: Category | None  # as the form says, where it says one thing
    who: Nominee
    written: Mapping[str, str]  # values by field
    digest: str
    order: int  # place of the file in the mail
    scanned: bool = False  # read from pictures by OCR
    sealed: bool | None = None  # of a scan: whether a red seal is to be seen; None: nobody looked


@dataclass(frozen=True, slots=True, eq=False)
class MaterialPart:
    """One case material and where it lies; `named`: it calls itself a material, in its title or file name."""

    path: str
    format: Format
    title: str
    text: str
    count: Count
    named: bool
    digest: str
    order: int
    key: str = field(default="")  # folded text

    @property
    def opening(self) -> str:
        """Title and first lines."""
        return self.text[:_OPENING]


@dataclass(frozen=True, slots=True)
class Bound:
    """A form and a material that one document holds together."""

    form: FormPart
    material: MaterialPart


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything in a mail that may be part of a nomination."""

    roles: Mapping[str, Role]
    forms: tuple[FormPart, ...]
    materials: tuple[MaterialPart, ...]
    bound: tuple[Bound, ...]
    blanks: tuple[FormPart, ...]  # forms that nobody filled in
    scans: tuple[FileRead, ...]  # pictures of documents
    lists: tuple[tuple[str, Section], ...]  # summary tables

    @property
    def any(self) -> bool:
        """Whether the mail brings at least one readable half."""
        return bool(self.forms or self.materials)


def parts_of(reading: Reading, rules: Rules) -> Parts:
    """Sort the files of a mail; the same bytes twice count once (both have their role)."""
    roles = {file.path: role_of(file, rules) for file in reading.files}
    gatherer = _Gatherer(rules)
    seen: set[str] = set()
    for order, file in enumerate(reading.files):
        if roles[file.path] in {Role.FORM, Role.MATERIAL, Role.OTHER, Role.SUMMARY} and file.sha256 not in seen:
            gatherer.file(file, roles[file.path], order)
        seen.add(file.sha256)
    if reading.body_sections and not gatherer.forms:
        gatherer.sections(BODY, Format.HTML, reading.body_sections, len(reading.files))
    scans = tuple(file for file in reading.files if roles[file.path] is Role.STAMPED_SCAN)
    return Parts(
        roles,
        tuple(gatherer.forms),
        tuple(gatherer.materials),
        tuple(gatherer.bound),
        tuple(gatherer.blanks),
        scans,
        tuple(gatherer.lists),
    )


def category_of_form(form: Form, rules: Rules) -> Category | None:
    """The one category that title and labels of a form agree on; None when they speak for several or none."""
    titles, labels = set(form.titled), set(form.labelled)
    agreed = titles & labels or titles or labels
    return rules.category(next(iter(agreed))) if len(agreed) == 1 and not (titles and labels and not titles & labels) else None


def form_digest(written: Mapping[str, str]) -> str:
    """The same for a form that says the same, however it was saved."""
    told = "\n".join(f"{name}={folded(value)}" for name, value in sorted(written.items()))
    return hashlib.sha256(told.encode()).hexdigest()


class _Gatherer:
    """Goes through documents and collects halves."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.forms: list[FormPart] = []
        self.materials: list[MaterialPart] = []
        self.bound: list[Bound] = []
        self.blanks: list[FormPart] = []
        self.lists: list[tuple[str, Section]] = []

    def file(self, file: FileRead, role: Role, order: int) -> None:
        """One document with its role."""
        if role is Role.SUMMARY:
            self.lists += [(file.path, section) for section in file.sections if section.rows]
        elif role is Role.MATERIAL:
            texts = [section for section in file.sections if not section.rows]
            self._materials(file.path, file.format, texts, order)
        else:
            before = len(self.forms)
            self.sections(file.path, file.format, file.sections, order)
            if file.scanned:
                self._mark_scanned(before, file.red_seal)

    def _mark_scanned(self, since: int, sealed: bool | None) -> None:
        """The forms gathered since then were read from pictures."""
        marked = {form: replace(form, scanned=True, sealed=sealed) for form in self.forms[since:]}
        self.forms = [marked.get(form, form) for form in self.forms]
        self.bound = [Bound(marked.get(bound.form, bound.form), bound.material) for bound in self.bound]

    def sections(self, path: str, format: Format, sections: Sequence[Section], order: int) -> None:
        """A document with forms: each form with the text that follows it, up to the next."""
        before, groups = _groups(sections, self.rules)
        parts = [self._form(path, format, form, order) for form, _ in groups]
        texts = [texts for _, texts in groups]
        if before and not texts[-1] and _stand_before(before, texts, parts):
            texts = [before, *texts[:-1]]
        several = len(parts) > 1 and any(not found for found in texts[:-1])
        for part, found in zip(parts, texts, strict=True):
            if part is None:
                continue
            self.forms.append(part)
            if found and (not several or part is not parts[-1]):
                material = self._material(path, format, found, order)
                self.materials.append(material)
                self.bound.append(Bound(part, material))
            elif found:
                self._materials(path, format, found, order, split=True)

    def _form(self, path: str, format: Format, form: Form, order: int) -> FormPart | None:
        written = values(form, self.rules)
        category = category_of_form(form, self.rules)
        part = FormPart(path, format, form, category, self._who(form, category, written), written, form_digest(written), order)
        if is_blank(form, self.rules):
            self.blanks.append(part)
            return None
        return part

    def _who(self, form: Form, category: Category | None, written: Mapping[str, str]) -> Nominee:
        likely = [found for id in (*form.titled, *form.labelled) if (found := self.rules.category(id))]
        for candidate in ([category] if category else []) + likely + list(self.rules.categories):
            if name := written.get(candidate.nominee, ""):
                return nominee(name, candidate, self.rules)
        return nominee("", category, self.rules)

    def _materials(self, path: str, format: Format, texts: Sequence[Section], order: int, *, split: bool = False) -> None:
        """A file of running text: one material, or several where each has a title of its own that says so."""
        titles = [text for text in texts if titled(text.title, self.rules.phrases) is Role.MATERIAL]
        if len(titles) < 2 and not split:
            if texts:
                self.materials.append(self._material(path, format, texts, order))
            return
        groups: list[list[Section]] = []
        for text in texts:
            if not groups or text in titles or split:
                groups.append([text])
            else:
                groups[-1].append(text)
        self.materials += [self._material(path, format, group, order) for group in groups]

    def _material(self, path: str, format: Format, texts: Sequence[Section], order: int) -> MaterialPart:
        text = "\n".join(section.text for section in texts)
        count = Count(sum(s.count.words for s in texts), sum(s.count.characters for s in texts))
        title = next((section.title for section in texts if section.title), "")
        names = {titled(title, self.rules.phrases), called(stem(path.rsplit("/", 1)[-1]), self.rules.phrases)}
        key = folded(text)
        digest = hashlib.sha256(key.encode()).hexdigest()
        return MaterialPart(path, format, title, text, count, Role.MATERIAL in names, digest, order, key)


def _stand_before(before: Sequence[Section], texts: Sequence[list[Section]], parts: Sequence[FormPart | None]) -> bool:
    """Whether every material stands before its form: the names say so, or there is one before each."""
    who = [part.who if part else None for part in parts]

    def agree(shifted: Sequence[Sequence[Section]]) -> int:
        told = [folded("\n".join(section.text for section in found)) for found in shifted]
        return sum(one is not None and speaks_of(text, one) == 1 for text, one in zip(told, who, strict=True))

    ahead, behind = agree([before, *texts[:-1]]), agree(texts)
    return ahead > behind or (ahead == behind and len(texts) > 1 and all(texts[:-1]))


def _groups(sections: Iterable[Section], rules: Rules) -> tuple[list[Section], list[tuple[Form, list[Section]]]]:
    """The texts before the first form, and each form with the texts after it; those before it where there is but one form.

    Of several forms without any text after them the first has the texts before it.
    """
    before: list[Section] = []
    groups: list[tuple[Form, list[Section]]] = []
    for section in sections:
        if section.form is not None and groups and not groups[-1][1] and _continues(groups[-1][0], section.form, rules):
            groups[-1] = (_whole(groups[-1][0], section.form), [])
        elif section.form is not None:
            groups.append((section.form, []))
        elif groups and _belongs(section, rules):
            groups[-1][1].append(section)
        elif is_material(section, rules):
            before.append(section)
    if before and groups and not any(texts for _, texts in groups):
        groups[0][1].extend(before)
        before = []
    return before, groups


def _continues(form: Form, more: Form, rules: Rules) -> bool:
    """Whether a form is the rest of the one before it: it has no place for a nominee, and asks for nothing a second time."""
    nominees = {category.nominee for category in rules.categories}
    asked = {field.name for field in more.fields}
    return not nominees & asked and not asked & {field.name for field in form.fields if field.value}


def _whole(form: Form, more: Form) -> Form:
    fields = tuple(field for field in form.fields if field.value or field.name not in {f.name for f in more.fields})
    return replace(form, fields=(*fields, *more.fields))


def _belongs(section: Section, rules: Rules) -> bool:
    """Whether text after a form is part of its material, not a note, a list or another kind of document."""
    if section.rows:
        return False
    role = titled(section.title, rules.phrases)
    other = role in {Role.LETTER, Role.PUBLICITY, Role.SUMMARY, Role.OTHER}
    return not other and (section.count.words >= _OF_FORM or role is Role.MATERIAL)


def named_nominee(part: FormPart, rules: Rules) -> str:
    """The nominee of a form; where the form leaves it empty, the one its file name tells."""
    return part.who.name or of_file(part.path, rules, person=part.who.person)
