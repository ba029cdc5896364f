"""Finds forms in running text: “标签：值” lines, several pairs in a line, and long fields that go on over paragraphs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bot.campaign import FieldKind
from bot.model import Place
from bot.reading.forms import Find
from bot.reading.labels import Label, Lexicon
from bot.reading.pairs import Pair, pairs, tabbed
from bot.reading.titles import TitleWords, is_annex, is_heading, is_title

_ENOUGH = 3  # different short fields that make a form of running text; one less under a form's title
_HEADED = 2  # short labels alone on their lines, from which on a form is written in headings
_SIGNATURE = 60  # characters of a line that may follow an opinion: seal, signature, date
_MOST_READ = 20_000  # lines read in vain, again from each new label; beyond, the search goes on where the last one ended
_SHORT = 60  # characters of a value that stands on the line under its label


@dataclass(frozen=True, slots=True)
class Line:
    """One line of running text with its place."""

    text: str
    place: Place
    starts_page: bool = False
    is_note: bool = False  # on how to fill in a form: it asks for nothing


@dataclass(slots=True)
class LineForm:
    """A stretch of lines that is a form: from `start`, its title included, up to `end`."""

    start: int
    end: int
    finds: list[Find] = field(default_factory=list)


def find_form(lines: Sequence[Line], start: int, lexicon: Lexicon, words: TitleWords) -> LineForm | None:
    """The first form in the lines from `start` on; None where there is none."""
    index, read = start, 0
    while index < len(lines):
        after = index + 1
        if _begins_field(lines[index], lexicon):
            form = _read(lines, index, lexicon, words)
            title = _title_above(lines, start, index, words)
            if len(_short_fields(form.finds)) >= (_ENOUGH if title is None else _ENOUGH - 1):
                form.start = index if title is None else title
                return form
            read += form.end - index
            if read > _MOST_READ:
                after = max(after, form.end)
        index = after
    return None


def line_finds(line: Line, lexicon: Lexicon) -> list[Find]:
    """The known pairs of one line."""
    return [
        Find(pair.label, pair.written, pair.value, line.place, pair.parts)
        for pair in (() if line.is_note else pairs(line.text, lexicon))
        if pair.label is not None and (pair.label.specs or pair.parts)
    ]


def find_rest(lines: Sequence[Line], answered: Collection[Label], lexicon: Lexicon, words: TitleWords) -> LineForm | None:
    """What goes on below a form's table in headings with text under them; None where the lines are no part of the form.

    The first line must be a label that is not `answered`. One heading alone may just as well be the title of a material,
    unless it is that of an opinion.
    """
    form = _read(lines, 0, lexicon, words) if lines else None
    if form is None or not form.finds or lines[0].is_note:
        return None
    fresh = [find for find in form.finds if not any(find.label.asks_the_same(label) for label in answered)]
    if form.finds[0] not in fresh or form.finds[0].place != lines[0].place:
        return None
    many = len({find.label.key for find in fresh if find.text}) > 1
    return form if many or any(find.label.is_signed for find in fresh) else None


def _read(lines: Sequence[Line], start: int, lexicon: Lexicon, words: TitleWords) -> LineForm:
    """Line by line from the first pair on, until something comes that cannot belong to the form."""
    form = LineForm(start, start)
    seen: set[str] = set()
    collected: list[_Growing] = []
    alone = 0  # short labels alone on their lines
    for index in range(start, len(lines)):
        line = lines[index]
        current = collected[-1] if collected else None
        fresh = () if line.is_note else _pairs_of(line.text, current, lexicon, headed=alone >= _HEADED)
        nominee = {pair.label.key for pair in fresh if pair.label is not None and lexicon.names_nominee(pair.label)}
        goes_on = fresh or _continues(line, current, lexicon, words) or _stands_between(lines, index, collected, lexicon, words)
        if nominee & seen or not goes_on:
            break
        seen |= nominee
        if fresh:
            begun = [_Growing(pair, line.place, [pair.value]) for pair in fresh]
            alone += sum(not growing.is_long and not growing.pair.value for growing in begun)
            collected += begun
        elif current is not None:
            current.lines.append(line.text)
        form.end = index + 1
    form.finds = [
        Find(growing.pair.label, growing.pair.written, "\n".join(growing.lines).strip(), growing.place, growing.pair.parts)
        for growing in collected
        if growing.pair.label is not None and (growing.pair.label.specs or growing.pair.parts)
    ]
    return form


@dataclass(slots=True)
class _Growing:
    """A pair whose value may go on over the lines below."""

    pair: Pair
    place: Place
    lines: list[str]

    @property
    def is_long(self) -> bool:
        return self.pair.label is not None and self.pair.label.is_long

    @property
    def is_signed(self) -> bool:
        label = self.pair.label
        return label is not None and any(spec.kind in (FieldKind.OPINION, FieldKind.OFFICE) for spec in label.specs.values())


def _pairs_of(text: str, current: _Growing | None, lexicon: Lexicon, *, headed: bool) -> tuple[Pair, ...]:
    """The pairs a line begins; a label alone on its line begins one too, its value stands below.

    Within a long text it does so only where the form is `headed`: its short labels stand alone on their lines.
    """
    found = pairs(text, lexicon) or tabbed(text, lexicon)
    if not found:
        label = lexicon.find(text)
        if label is None or not label.specs:
            return ()
        found = (Pair(label, text, "", 0),)
        if label.is_long or current is None or not current.is_long:
            return found
        if not headed:
            return ()
    if found and current is not None and current.is_long and current.pair.label is not None:
        first = found[0].label
        numbered = is_heading(text) and not is_heading(current.pair.written) and not current.is_signed
        if first is None or not first.specs or numbered or current.pair.label.asks_the_same(first):
            return ()
    return found


def _continues(line: Line, current: _Growing | None, lexicon: Lexicon, words: TitleWords) -> bool:
    """Whether a line without a label goes on with the value before it."""
    if current is None or line.is_note or is_annex(line.text) or words.is_form_title(line.text):
        return False
    label = lexicon.find(line.text)
    if words.is_material_title(line.text) and (label is None or not label.specs):
        return False
    if line.starts_page and is_title(line.text):
        return False
    if current.is_signed:
        return len(line.text) <= _SIGNATURE and (not is_title(line.text) or not _is_settled(current, lexicon))
    if current.is_long:
        return True
    return not "".join(current.lines).strip() and len(line.text) <= _SHORT


def _stands_between(
    lines: Sequence[Line], index: int, collected: Sequence[_Growing], lexicon: Lexicon, words: TitleWords
) -> bool:
    """Whether a line is the second of a short value (two telephones): it is short, and right below the form asks on."""
    line = lines[index]
    if not collected or line.is_note or len(line.text) > _SHORT or is_annex(line.text) or words.is_form_title(line.text):
        return False
    if line.starts_page or words.is_material_title(line.text):
        return False
    if is_title(line.text) and not any(char.isdigit() for char in line.text):
        return False
    below = [] if index + 1 >= len(lines) or lines[index + 1].starts_page else pairs(lines[index + 1].text, lexicon)
    label = below[0].label if below else None
    asked = [growing.pair.label for growing in collected if growing.pair.label is not None]
    return label is not None and bool(label.specs) and not any(label.asks_the_same(other) for other in asked)


def _is_settled(current: _Growing, lexicon: Lexicon) -> bool:
    """Whether an opinion has its date already, so that what follows is no part of it."""
    return (
        len(current.lines) > 1 and any(char.isdigit() for char in current.lines[-1]) and not lexicon.is_empty(current.lines[-1])
    )


def _begins_field(line: Line, lexicon: Lexicon) -> bool:
    """Whether a line has the label of a short field, with its value or alone."""
    text = line.text
    if line.is_note:
        return False
    found = [pair.label for pair in pairs(text, lexicon) or tabbed(text, lexicon)] or [lexicon.find(text)]
    return any(label is not None and label.specs and not label.is_long for label in found)


def _short_fields(finds: Sequence[Find]) -> set[str]:
    return {find.label.key for find in finds if not find.label.is_long and find.label.specs}


def _title_above(lines: Sequence[Line], start: int, first: int, words: TitleWords) -> int | None:
    """Where the title block above the first pair begins, if a form's title stands there."""
    top: int | None = None
    titled = False
    for index in range(first - 1, max(start - 1, first - 6), -1):
        text = lines[index].text
        if not (is_title(text) or is_annex(text)):
            break
        titled |= words.is_form_title(text)
        if words.is_form_title(text) or words.named(text) or is_annex(text):
            top = index
    return top if titled else None
