"""Gathers every reason a mail gives to think of a unit, each with its weight; what the reasons amount to is for `units.py`.

What an author says of himself weighs most: the form's unit field and its seal, the signature of the covering text. A subject, a
sender's name or a folder is weaker. Where a nominee works is written down and never decides. Material is not looked at.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.campaign import Rules
from bot.deciding.unit_names import Folded, Named, Names, fold
from bot.model import FileRead, Form, Reading, Section
from bot.text import folded, tidy

FORM_FIELD = 9  # the form's own field for the nominating unit
SEAL = 8  # who signs the recommendation at the end of the form
SIGNED = 8  # the signature of the covering text, or a label like 报送单位 in it
THREAD = 7  # the unit our answered letter went to
NEARLY = 7  # a form field or signature one letter away from one unit's full name
SAID = 6  # “我是…”, “…现报送”
SUBJECT = 6
ADDRESS = 6  # an address the roster knows
LETTER = 6  # signature and labels of a covering letter or a summary table
FOLDER = 5  # an archive or a folder
SENDER_NAME = 5
FILE_NAME = 4
DOMAIN = 4  # a domain the roster knows
MENTIONED = 3  # the only unit the covering text names
FILE_OF_BODY = 3  # a file name that begins with a body: likelier the nominee's place than the sender
WORKPLACE = 1  # where the nominee belongs

STRONG = 8  # from here on two units contradict each other
DECIDES = 3  # below, evidence is only noted

_LIST_ITEM = re.compile(r"^\s*[（(]?[\d一二三四五六七八九十]{1,3}[.、)）．]")
_DATE = re.compile(
    r"(?:\d{4}|[〇○Ｏ零一二三四五六七八九十]{4})\s*[年./-]\s*[\d一二三四五六七八九十]{1,3}\s*[月./-]?\s*(?:[\d一二三四五六七八九十]{1,3}\s*[日号]?)?"
    r"|[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*[日号]"
)
_TELEPHONE = re.compile(r"(?:\d[\d\s()（）—-]{5,}\d)|1\d{10}")
_LABEL = re.compile(r"^\s*(?P<label>[^:：]{1,20})[:：]\s*(?P<value>\S.*)$")
_SENTENCE = re.compile(r"[。！？!?]")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_LONG_NAME = 8  # characters: so long a name that is one letter off is no other body's
_LAST_LINES = 8
_LONGEST_SIGNATURE = 40
_LONGEST_REMAINDER = 8  # characters that may stand beside the name in a signature: a person's


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
        *_of_text(reading.fresh_text, rules, names),
        *_of_subject(reading.headers.subject, rules, names, nominees),
        *_of_sender(reading, names),
        *_of_letters(reading, rules, names),
        *_of_paths(reading, names, nominees),
    )


def unit_words(reading: Reading, rules: Rules) -> tuple[str, ...]:
    """What the mail itself gives as its unit's name, in forms and signatures, for near misses and for a letter to quote."""
    fields = [form.value(name) for form in _forms(reading) for name in _unit_fields(rules)]
    labels = [value for label, value in _labelled(reading.fresh_text) if label in _unit_labels(rules)]
    signatures = [line for line in _closing(reading.fresh_text) if len(folded(line)) <= _LONGEST_SIGNATURE]
    return tuple(dict.fromkeys(tidy(word) for word in (*fields, *labels, *reversed(signatures)) if folded(word)))


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
            yield from (Sign("seal", named, SEAL) for named in _sealed(form.value(name), names))
        for name in workplaces:
            named = names.leading(fold(form.value(name or "")))
            if named:
                yield Sign("workplace", named, WORKPLACE)


def _in_field(value: str, names: Names) -> list[Named]:
    """Every unit the field names; one named inside other words counts when none stands by itself."""
    text = fold(value)
    leading = names.leading(text)
    if leading and leading.body and names.nearly(value, _LONG_NAME):
        return []  # 郑州航空工业管理学校 is no school of 郑州 but a slip of the pen
    if leading is None:
        return [named for named in names.scan(text) if not named.short][:1]
    found = [leading]
    found += [named for named in names.scan(text) if named.start >= leading.end and text.gaps[named.start] == 2]
    return found


def _sealed(value: str, names: Names) -> list[Named]:
    """The last unit behind the last sentence of an opinion: “同意推荐。中共新乡市委…（盖章） 2021年12月10日”."""
    sentences = _SENTENCE.split(value)
    for part in (sentences[-1], *(sentences[-2:-1] if not names.scan(fold(sentences[-1])) else ())):
        found = names.scan(fold(part))
        if found and (part is sentences[-1] or not part.strip() or found[-1].end >= len(fold(part).chars) - 2):
            return [found[-1]]
    return []


# --- covering text ----------------------------------------------------------------------------------------------------


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _closing(text: str) -> list[str]:
    """The last lines of a text, where a signature stands, without list items and lines that greet."""
    lines = [line for line in _lines(text)[-_LAST_LINES:] if not line.endswith((":", "："))]
    return [line for line in lines if not _LIST_ITEM.match(line)]


def _labelled(text: str) -> Iterator[tuple[str, str]]:
    """Lines of the form “label：value”, the label folded."""
    for line in _lines(text):
        if match := _LABEL.match(line):
            yield folded(match["label"]), match["value"]


def _unit_labels(rules: Rules) -> set[str]:
    fields = [c.field(c.unit_field) for c in rules.categories]
    synonyms = [word for spec in fields if spec for word in (spec.name, *spec.synonyms)]
    return {folded(word) for word in (*rules.phrases.unit_labels, *synonyms)}


def _of_thread(unit: str | None, names: Names) -> Iterator[Sign]:
    if unit in names.units and unit is not None:
        yield Sign("thread", Named(unit, names.units[unit].name, "", 0, 0, short=False), THREAD)


def _of_text(text: str, rules: Rules, names: Names) -> Iterator[Sign]:
    signed = [*_labels(text, rules, names), *_signature(text, rules, names)]
    yield from (Sign("text", named, SIGNED, own=True) for named in signed)
    said, mentioned, others = _spoken(text, rules, names)
    yield from (Sign("text", named, SAID) for named in said)
    if mentioned and len({(named.unit, named.body) for named in (*mentioned, *said, *others)}) == 1:
        yield Sign("text", mentioned[0], MENTIONED)


def _labels(text: str, rules: Rules, names: Names) -> Iterator[Named]:
    labels = _unit_labels(rules)
    for label, value in _labelled(text):
        named = names.leading(fold(value)) if label in labels else None
        if named:
            yield named


def _signature(text: str, rules: Rules, names: Names) -> list[Named]:
    """The last line that is a unit's name and nothing else, otherwise the last that is a name and little else."""
    lines = [signed for line in reversed(_closing(text)) if (signed := _signed_line(line, rules, names))]
    return [named for named, _ in sorted(lines, key=lambda line: line[1] > 0)[:1]]


def _signed_line(line: str, rules: Rules, names: Names) -> tuple[Named, int] | None:
    """The unit a line names and how many characters stand beside it; an attachment's name or a street is none."""
    bare = _DATE.sub(" ", _TELEPHONE.sub(" ", line))
    text = fold(bare)
    if not text.chars or len(text.chars) > _LONGEST_SIGNATURE or any(char.isdigit() for char in text.chars):
        return None
    named = names.leading(text)
    if named is None:
        return None
    remainder = text.chars[: named.start] + text.chars[named.end :]
    spoken = any(folded(stop) in remainder for stop in rules.phrases.unit_stops if len(stop) > 1)
    return None if spoken or len(remainder) > _LONGEST_REMAINDER else (named, len(remainder))


def _spoken(text: str, rules: Rules, names: Names) -> tuple[list[Named], list[Named], list[Named]]:
    """Units that the running text names: as who sends, plainly, and as somebody else (whom it is addressed to)."""
    said: list[Named] = []
    mentioned: list[Named] = []
    others: list[Named] = []
    for line in _lines(text):
        if line.endswith((":", "：")):
            continue  # “省委办公厅：” is whom the mail greets
        run = fold(line)
        for named in names.scan(run):
            if _addressed(run, named, rules):
                others.append(named)
            else:
                (said if _introduced(run, named, rules) else mentioned).append(named)
    return said, mentioned, others


def _addressed(text: Folded, named: Named, rules: Rules) -> bool:
    """Whether the words before the name make it somebody else; the longest word decides: 报 … but not 现上报 …."""
    phrases, before = rules.phrases, text.chars[: named.start]
    addressed = _longest_end(before, phrases.unit_addressed)
    return 0 < addressed >= _longest_end(before, (*phrases.unit_before, *phrases.unit_after))


def _longest_end(text: str, words: Iterable[str]) -> int:
    """The length of the longest of the words that the text ends with; 0 when it ends with none."""
    return max((len(folded(word)) for word in words if folded(word) and text.endswith(folded(word))), default=0)


def _introduced(text: Folded, named: Named, rules: Rules) -> bool:
    """Whether the words around the name make it the one who sends."""
    before, after = text.chars[: named.start], text.chars[named.end :]
    return before.endswith(tuple(folded(word) for word in rules.phrases.unit_before)) or after.startswith(
        tuple(folded(word) for word in rules.phrases.unit_after)
    )


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


def _of_subject(subject: str, rules: Rules, names: Names, nominees: Iterable[str]) -> Iterator[Sign]:
    text = fold(_without(subject, nominees))
    yield from (Sign("subject", named, SUBJECT) for named in names.scan(text) if not _addressed(text, named, rules))


def _of_sender(reading: Reading, names: Names) -> Iterator[Sign]:
    sender = reading.headers.sender
    text = fold(sender.name)
    named = names.leading(text)
    # 郑大 before a given name may be a person called so; a short name must be all there is.
    if named and not (named.short and named.end < len(text.chars)):
        yield Sign("sender-name", named, SENDER_NAME, own=True)
    for address in dict.fromkeys((sender.address, *(reply.address for reply in reading.headers.reply_to))):
        for unit in names.units.values():
            if address and address in unit.addresses:
                yield Sign("address", _known(unit.id, address), ADDRESS, own=True)
            elif any(known.startswith("@") and _within(address, known) for known in unit.addresses):
                yield Sign("address", _known(unit.id, address), DOMAIN)


def _known(unit: str, address: str) -> Named:
    return Named(unit, address, "", 0, 0, short=False)


def _within(address: str, domain: str) -> bool:
    host = address.rpartition("@")[2]
    return host == domain[1:] or host.endswith("." + domain[1:])


def _of_letters(reading: Reading, rules: Rules, names: Names) -> Iterator[Sign]:
    """Signatures and labels of covering letters, labels and titles of summary tables."""
    for file in reading.files:
        for section in file.sections:
            if section.form is not None:
                continue
            if section.rows:
                yield from (Sign("text", named, LETTER) for named in _labels(section.text, rules, names))
                yield from (Sign("text", named, FOLDER) for named in names.scan(fold(section.title))[:1])
            elif _is_letter(file, section, rules):
                signed = [*_labels(section.text, rules, names), *_signature(section.text, rules, names)]
                yield from (Sign("text", named, LETTER) for named in signed)


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
