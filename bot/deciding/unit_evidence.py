"""Gathers every reason a mail gives to think of a unit, each with its weight; what the reasons amount to is for `units.py`.

What an author says of himself weighs most: the form's unit field and its seal, the signature of the covering text. A subject, a
sender's name or a folder is weaker. Where a nominee works is written down and never decides. Material is not looked at.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.campaign import Rules
from bot.deciding.unit_covering import SIGNATURE, addressed, closing, labelled, labels, sealed, signature, spoken
from bot.deciding.unit_names import Named, Names
from bot.deciding.unit_text import Folded, fold
from bot.model import FileRead, Form, Reading, Section
from bot.text import folded, tidy

FORM_FIELD = 9  # the form's own field for the nominating unit
SEAL = 8  # who signs the recommendation at the end of the form
SIGNED = 8  # the signature of the covering text, or a label like 报送单位 in it
THREAD = 7  # the unit our answered letter went to
NEARLY = 7  # a form field or signature one letter away from one unit's full name
SAID = 8  # “我是…”, “…现报送”
SAID_OF_BODY = 6  # the same of a body: likelier what the unit above sends about it
SUBJECT = 6
ADDRESS = 6  # an address the roster knows
LETTER = 6  # signature and labels of a covering letter or a summary table
FORWARDED = 5  # what an attached mail says of who sent it
FOLDER = 5  # an archive or a folder
SENDER_NAME = 5
FILE_NAME = 4
DOMAIN = 4  # a domain the roster knows
MENTIONED = 3  # the only unit the covering text names
FILE_OF_BODY = 3  # a file name that begins with a body: likelier the nominee's place than the sender
WORKPLACE = 1  # where the nominee belongs

LIFTS = 5  # from here on a unit above takes over what speaks strongly for a body of its own
STRONG = 8  # from here on two units contradict each other
DECIDES = 3  # below, evidence is only noted

_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_LONG_NAME = 8  # characters: so long a name that is one letter off is no other body's


@dataclass(frozen=True, slots=True)
class Sign:
    """One reason to think of a unit: `body` names a body below it, "" is the unit itself. `own`: its author says who he is."""

    source: str
    named: Named
    weight: int
    own: bool = False


def signs(reading: Reading, rules: Rules, names: Names, thread_unit: str | None) -> tuple[Sign, ...]:
    """All reasons, in the order of the table above."""
    nominees = _nominee_words(reading, rules, names)
    return (
        *_of_forms(reading, rules, names),
        *_of_thread(thread_unit, names),
        *_of_text(reading.fresh_text, names),
        *_of_subject(reading.headers.subject, names, nominees),
        *_of_sender(reading, names),
        *_of_letters(reading, rules, names),
        *_of_attached_mails(reading, names),
        *_of_paths(reading, names, nominees),
    )


def unit_words(reading: Reading, rules: Rules, names: Names) -> tuple[str, ...]:
    """What the mail itself gives as its unit's name, in the fields of forms and behind labels."""
    fields = [form.value(name) for form in _forms(reading) for name in _unit_fields(rules)]
    behind = [value for label, value in labelled(reading.fresh_text) if label in names.labels]
    return tuple(dict.fromkeys(tidy(word) for word in (*fields, *behind) if folded(word)))


def signature_words(reading: Reading) -> tuple[str, ...]:
    """Lines that may be a signature, the last first."""
    return tuple(line for line in reversed(closing(reading.fresh_text)) if len(folded(line)) <= SIGNATURE)


# --- forms ------------------------------------------------------------------------------------------------------------


def _forms(reading: Reading) -> list[Form]:
    sections = [section for file in reading.files for section in file.sections] + list(reading.body_sections)
    return [section.form for section in sections if section.form is not None]


def _unit_fields(rules: Rules) -> list[str]:
    return list(dict.fromkeys(category.unit_field for category in rules.categories if category.unit_field))


def _of_forms(reading: Reading, rules: Rules, names: Names) -> Iterator[Sign]:
    seals = dict.fromkeys(category.seal_field for category in rules.categories if category.seal_field)
    workplaces = dict.fromkeys(category.nominee_unit for category in rules.categories if category.nominee_unit)
    for form in _forms(reading):
        for name in _unit_fields(rules):
            yield from (Sign("form-field", named, FORM_FIELD) for named in _in_field(form.value(name), names))
        for name in seals:
            yield from (Sign("seal", named, SEAL) for named in sealed(form.value(name), names))
        for name in workplaces:
            named = names.leading(fold(form.value(name or "")))
            if named:
                yield Sign("workplace", named, WORKPLACE)


def _in_field(value: str, names: Names) -> list[Named]:
    """Every unit the field names; of a body that is named for its unit in other ways, the unit it is named for."""
    text = fold(value)
    leading = names.leading(text)
    if leading and leading.body and names.nearly(value, _LONG_NAME):
        return []  # 郑州航空工业管理学校 is no school of 郑州 but a slip of the pen
    if leading is None:
        inside = [named for named in names.scan(text) if not named.short][:1]
        return [replace(named, found=tidy(value), body=named.body or text.chars) for named in inside]
    return [
        leading,
        *(named for named in names.scan(text) if named.start >= leading.end and _stands_beside(named, leading, text, names)),
    ]


def _stands_beside(named: Named, leading: Named, text: Folded, names: Names) -> bool:
    """Whether a field names a further unit: behind a sign, or behind “和” or a space where it is one that may nominate."""
    if text.gaps[named.start] == 2:
        return True
    own = names.entitled(named.unit) and not named.short and named.unit != leading.unit
    return own and (text.gaps[named.start] == 1 or text.chars[leading.end : named.start].endswith(names.joints))


# --- covering text ----------------------------------------------------------------------------------------------------


def _of_thread(unit: str | None, names: Names) -> Iterator[Sign]:
    if unit in names.units and unit is not None:
        yield Sign("thread", Named(unit, names.units[unit].name, "", 0, 0, short=False), THREAD)


def _of_text(text: str, names: Names) -> Iterator[Sign]:
    signed = [*labels(text, names), *signature(text, names)]
    yield from (Sign("text", named, SIGNED, own=True) for named in signed)
    said, mentioned, others = spoken(text, names)
    for named in said:
        yield Sign("text", named, SAID if names.entitled(named.unit) and not named.body else SAID_OF_BODY)
    if mentioned and len({(named.unit, named.body) for named in (*mentioned, *said, *others)}) == 1:
        yield Sign("text", mentioned[0], MENTIONED)


# --- envelope and names of files --------------------------------------------------------------------------------------


def _nominee_words(reading: Reading, rules: Rules, names: Names) -> tuple[str, ...]:
    """Nominees and where they belong, longest first: what names them in a subject or file name says nothing of the sender.

    A nominee that is itself a unit stays: its own name in the subject is the sender's.
    """
    fields = {name for c in rules.categories for name in (c.nominee, c.nominee_unit) if name}
    words = {tidy(form.value(name)) for form in _forms(reading) for name in fields}
    return tuple(sorted((word for word in words if len(word) > 1 and not _is_unit(word, names)), key=len, reverse=True))


def _is_unit(word: str, names: Names) -> bool:
    text = fold(word)
    named = names.leading(text)
    return named is not None and names.entitled(named.unit) and not named.body and named.end == len(text.chars)


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, "、")
    return text


def _of_subject(subject: str, names: Names, nominees: Iterable[str]) -> Iterator[Sign]:
    text = fold(_without(subject, nominees))
    yield from (Sign("subject", named, SUBJECT) for named in names.scan(text) if not addressed(text, named, names))


def _of_sender(reading: Reading, names: Names) -> Iterator[Sign]:
    sender = reading.headers.sender
    text = fold(sender.name)
    named = names.leading(text)
    # 郑大 before a given name may be a person called so; a short name must be all there is.
    if named and not (named.short and named.end < len(text.chars)):
        yield Sign("sender-name", named, SENDER_NAME, own=True)
    for address in dict.fromkeys((sender.address, *(reply.address for reply in reading.headers.reply_to))):
        if address in names.addresses:
            yield Sign("address", _known(names.addresses[address], address), ADDRESS, own=True)
        elif domain := next((known for known in _domains(address) if known in names.addresses), None):
            yield Sign("address", _known(names.addresses[domain], address), DOMAIN)


def of_known_sender(reading: Reading, unit: str | None, names: Names) -> Iterator[Sign]:
    """The sender has filed for this unit before."""
    if unit is not None and unit in names.units:
        yield Sign("address", _known(unit, reading.headers.sender.address), DOMAIN)


def _known(unit: str, address: str) -> Named:
    return Named(unit, address, "", 0, 0, short=False)


def _domains(address: str) -> list[str]:
    """The domain of an address and those above it as the roster writes them, @mail.example.org before @example.org."""
    labels = address.rpartition("@")[2].split(".")
    return ["@" + ".".join(labels[n:]) for n in range(len(labels))]


def _of_letters(reading: Reading, rules: Rules, names: Names) -> Iterator[Sign]:
    """Signatures and labels of covering letters, labels and titles of summary tables."""
    for file in reading.files:
        for section in file.sections:
            if section.form is not None:
                continue
            if section.rows:
                yield from (Sign("text", named, LETTER) for named in labels(section.text, names))
                yield from (Sign("text", named, FOLDER) for named in names.scan(fold(section.title))[:1])
            elif _is_letter(file, section, rules):
                signed = [*labels(section.text, names), *signature(section.text, names)]
                yield from (Sign("text", named, LETTER) for named in signed)


def _of_attached_mails(reading: Reading, names: Names) -> Iterator[Sign]:
    """A mail forwarded as a file: its subject and words tell whose files are in it, less surely than the mail's own."""
    for file in reading.files:
        subject, _, text = file.words.partition("\n")
        for sign in (*_of_text(text, names), *_of_subject(subject, names, ())):
            yield replace(sign, weight=min(sign.weight, FORWARDED), own=False)


def _is_letter(file: FileRead, section: Section, rules: Rules) -> bool:
    title = folded(file.name) + folded(section.title)
    return any(folded(word) in title for word in rules.phrases.letter_names)


def _of_paths(reading: Reading, names: Names, nominees: Iterable[str]) -> Iterator[Sign]:
    """The first unit that each folder, archive and file name gives; nominees are taken out first."""
    seen: set[str] = set()
    for file in reading.files:
        parts = file.path.split("/")
        for depth, part in enumerate(parts):
            if (key := "/".join(parts[: depth + 1])) in seen:
                continue
            seen.add(key)
            inner = depth < len(parts) - 1 or file.container
            found = names.scan(fold(_without(_EXTENSION.sub("", part), nominees)))
            if found:
                weight = FOLDER if inner else FILE_NAME
                below = bool(found[0].body) or not names.entitled(found[0].unit)
                yield Sign("file-name", found[0], min(weight, FILE_OF_BODY) if below and not inner else weight)
