"""What one cell of a form says by itself: a label, pairs of labels and values, or text."""

from dataclasses import dataclass

from bot.model import Cell, Place
from bot.reading.forms import Find
from bot.reading.labels import Label, Lexicon
from bot.reading.pairs import pairs
from bot.reading.titles import is_heading

PARAGRAPH = 200
"""Characters; what a label no rule knows heads in a longer cell is text."""

_BROKEN = 3
"""Lines over which the width of a cell may break a label."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a cell says: a label alone, or pairs of labels and values."""

    label: Label | None = None
    parts: tuple[Label, ...] = ()
    rest: str = ""  # what follows the label in its own cell, for the case that nothing stands beside it
    finds: tuple[Find, ...] = ()
    is_paired: bool = False  # it begins with a pair, if only of a label that is no field

    @property
    def is_label(self) -> bool:
        """Whether the cell is a label and nothing else."""
        return self.label is not None


def look(cell: Cell, place: Place, lexicon: Lexicon) -> Seen:
    """What a cell says by itself, whatever stands beside it."""
    text = cell.text
    label, parts = lexicon.label(text)
    if label is not None:
        return Seen(label, parts)
    if lexicon.begins_notes(text):
        return Seen()
    text = _unwrapped(text, lexicon)
    if pairs(text.partition("\n")[0], lexicon):
        return _look_at_pairs(text, place, lexicon)
    head = lexicon.head(text)
    if head is not None and (head[0].specs or len(text) < PARAGRAPH):
        return _headed(head[0], text[: len(text) - len(head[1])], head[1], place, lexicon)
    return Seen()


def _unwrapped(text: str, lexicon: Lexicon) -> str:
    """The text with the label at its beginning on one line, where the width of the cell broke it (“工作单位及职 / 务：…”)."""
    lines = text.split("\n")
    if len(lines) < 2 or pairs(lines[0], lexicon):
        return text
    for used in range(2, min(len(lines), _BROKEN) + 1):
        before = "".join(lines[: used - 1])
        found = pairs(before + lines[used - 1], lexicon)
        if found and found[0].label is not None and found[0].label.specs and len(found[0].written) > len(before.strip()):
            return "\n".join((before + lines[used - 1], *lines[used:]))
    return text


def _headed(label: Label, written: str, rest: str, place: Place, lexicon: Lexicon) -> Seen:
    """A label with something under or behind it. A note or a seal beside a free cell belongs to the label."""
    if lexicon.is_empty(rest):
        return Seen(label, rest=rest)
    return Seen(finds=(Find(label, written, rest, place),), is_paired=True)


def _look_at_pairs(text: str, place: Place, lexicon: Lexicon) -> Seen:
    """The pairs of a cell's lines; lines without one go on with the value before them."""
    collected: list[_Pairing] = []
    for line in text.split("\n"):
        fresh = [] if collected and _goes_on(collected[-1], line, lexicon) else list(pairs(line, lexicon))
        if fresh:
            collected += [_Pairing(pair.label, pair.parts, pair.written, [pair.value]) for pair in fresh]
        elif collected:
            collected[-1].lines.append(line)
    known = [pairing for pairing in collected if pairing.label is not None]
    if len(known) == 1 == len(collected) and known[0].label is not None and lexicon.is_empty(known[0].text):
        return Seen(known[0].label, known[0].parts, rest=known[0].text)
    return Seen(
        finds=tuple(
            Find(pairing.label, pairing.written, pairing.text, place, pairing.parts)
            for pairing in known
            if pairing.label is not None and pairing.label.specs
        ),
        is_paired=bool(known),
    )


@dataclass(slots=True)
class _Pairing:
    """A pair whose value may still grow by the lines under it."""

    label: Label | None
    parts: tuple[Label, ...]
    written: str
    lines: list[str]

    @property
    def text(self) -> str:
        """The value with all its lines."""
        return "\n".join(self.lines).strip()


def _goes_on(pairing: _Pairing, line: str, lexicon: Lexicon) -> bool:
    """Whether a line belongs to a long value although it begins like a pair: with an unknown, a numbered, or this label."""
    if pairing.label is None or not pairing.label.is_long:
        return False
    fresh = pairs(line, lexicon)
    if not fresh or fresh[0].label is None or not fresh[0].label.specs:
        return True
    if is_heading(line) and not is_heading(pairing.written):
        return True
    return pairing.label.asks_the_same(fresh[0].label)
