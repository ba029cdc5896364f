"""Finds names of units in texts: longest alias first, prefixes and offices peeled off, bodies below a unit told apart from it.

“中共新乡市委党史学习教育领导小组办公室” is 新乡市, “新乡市民政局” is a body of 新乡市, “新乡医学院” is neither. Which words
are prefixes, offices and bodies is the campaign's (`Phrases.unit_*`); nothing here knows a language, but words of Latin letters
end at spaces.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from bot.campaign import NOT_ENTITLED, Rules, Unit
from bot.deciding.name_tree import NameTree, word_ends
from bot.deciding.unit_text import Folded, by_first, folded_words
from bot.text import folded

OFFICE = ""
"""Stands for the office of the campaign where a unit's id is expected: a mail to it names it, and it never nominates."""

_SHORTEST_NEAR_MISS = 5
"""Characters: in a shorter name one other letter makes another unit (漯河, 黄河)."""

_MOST_PARTS = 4
"""Prefixes in a row before a name, and offices behind it: 中共 河南省 …委 党史学习教育领导小组 办公室."""


@dataclass(frozen=True, slots=True)
class Named:
    """A unit's name in a text. `body` is what follows it when the words name a body below the unit; "" is the unit itself."""

    unit: str
    found: str
    body: str
    start: int  # place in `Folded.chars`
    end: int
    short: bool  # found by a name of one or two characters


class Names:
    """All names of a campaign's units, ready to be found."""

    def __init__(self, rules: Rules) -> None:
        phrases = rules.phrases
        self.units: Mapping[str, Unit] = {unit.id: unit for unit in rules.units}
        self._prefixes = folded_words(phrases.unit_prefixes)
        self._suffixes = folded_words(phrases.unit_suffixes)
        self._offices = by_first(self._suffixes)
        self._body_prefixes = by_first(folded_words(phrases.unit_body_prefixes))
        self._bodies = tuple(folded_words(phrases.unit_bodies))
        titles = (title for category in rules.categories for title in (category.name, *category.titles))
        files = (*phrases.form_names, *phrases.material_names, *phrases.summary_names)
        self._stops = by_first(folded_words((*phrases.unit_stops, *titles, *files)))
        self.sentence_words = tuple(word for word in folded_words(phrases.unit_stops) if len(word) > 1)
        self.before = tuple(folded_words(phrases.unit_before))
        self.after = tuple(folded_words(phrases.unit_after))
        self.joints = tuple(folded_words(phrases.unit_joints))
        self._elsewhere = tuple(folded_words(phrases.unit_elsewhere))
        self.addressed = tuple(folded_words(phrases.unit_addressed))
        self.labels = frozenset(folded_words((*phrases.unit_labels, *_unit_labels(rules))))
        self.addresses = {address: unit.id for unit in rules.units for address in unit.addresses}
        self._openings = (*self.before, *self.after)
        self._full = {form: u.id for u in rules.units for form in (folded(u.name), self.stem(folded(u.name)))}
        self._tree = NameTree()
        self._plant(rules)

    # --- the tree -----------------------------------------------------------------------------------------------------

    def _plant(self, rules: Rules) -> None:
        whole = [(folded(name), unit) for unit in rules.units for name in (unit.name, *unit.aliases)]
        for name, unit in whole:
            self._tree.add(name, unit.id, at_start=len(name) < 3 and not self._cut_short(name, unit))
        office = folded(rules.office.name)
        for name in (office, self._stem(office)):
            self._tree.add(name, OFFICE)
        peeled: dict[str, set[str]] = {}
        for name, unit in whole:
            for core in self._cores(name):
                peeled.setdefault(core, set()).add(unit.id)
        for core, ids in peeled.items():
            if len(ids) == 1:  # what two units share without their prefixes names neither
                self._tree.add(core, next(iter(ids)), peeled=True)

    def _cut_short(self, name: str, unit: Unit) -> bool:
        """郑州 for 郑州市 is plain anywhere; 郑大 for 郑州大学 and 范县 (in 示范县) only where a name may begin."""
        return unit.kind != NOT_ENTITLED and folded(unit.name).startswith(name) and len(name) > 1

    def _cores(self, name: str) -> Iterator[str]:
        """The name without one or more of the prefixes, as long as it still says something."""
        for prefix in self._prefixes:
            core = name.removeprefix(prefix)
            if core != name and len(core) > 2:
                yield core
                yield from self._cores(core)

    def _stem(self, name: str) -> str:
        """The name without the offices at its end."""
        for _ in range(_MOST_PARTS):
            office = next((s for s in self._suffixes if len(s) > 1 and name.endswith(s) and len(name) > len(s) + 1), "")
            name = name.removesuffix(office)
        return name

    def stem(self, name: str) -> str:
        """A folded name without prefixes and without offices at its end, for comparing names that no alias fits."""
        for _ in range(_MOST_PARTS):
            prefix = next((p for p in self._prefixes if name.startswith(p) and len(name) > len(p) + 2), "")
            name = name.removeprefix(prefix)
        return self._stem(name)

    # --- finding ------------------------------------------------------------------------------------------------------

    def scan(self, text: Folded) -> tuple[Named, ...]:
        """Every unit named anywhere in the text, in its order; the office itself is left out."""
        found: list[Named] = []
        at = 0
        while at < len(text.chars):
            named = self.at(text, at, opened=bool(found) and found[-1].end == at)
            if named is None:
                at += 1
                continue
            found.append(named)
            at = named.end
        return tuple(named for named in found if named.unit != OFFICE)

    def leading(self, text: Folded) -> Named | None:
        """The first unit whose name stands where a word begins; the office is no answer and what follows it is looked at."""
        for at, gap in enumerate(text.gaps):
            if gap and (named := self.at(text, at)) is not None and named.unit != OFFICE:
                return named
        return None

    def at(self, text: Folded, start: int, *, opened: bool = False) -> Named | None:
        """The unit whose name begins exactly here, with prefixes before it and offices or a body behind it."""
        if not text.gaps[start] and text.chars[start].isascii() and text.chars[start - 1].isascii():
            return None  # the middle of a Latin word
        if text.gaps[start] < 2 and text.chars[:start].endswith(self._elsewhere):
            return None  # 省教育厅 in 山东省教育厅
        free = opened or text.gaps[start] > 0 or text.chars[:start].endswith(self._openings)
        best = self._tree.longest(text, start, free=free, prefixed=False)
        for begin in self._after_prefixes(text, start):
            other = self._tree.longest(text, begin, free=True, prefixed=True)
            if other and (best is None or other[1] > best[1]):
                best = other
        return self._whole(text, start, *best) if best else self._before(text, start)

    def _before(self, text: Folded, start: int) -> Named | None:
        """A body that writes its own name before the unit's: 共青团新乡市委."""
        for prefix in self._body_prefixes.get(text.chars[start], ()) if text.gaps[start] else ():
            end = start + len(prefix)
            if text.chars.startswith(prefix, start) and end < len(text.chars):
                best = self._tree.longest(text, end, free=True, prefixed=False)
                if best and best[0] != OFFICE:
                    named = self._whole(text, end, *best)
                    found = text.written(start, named.end)
                    return Named(named.unit, found, prefix + named.body, start, named.end, named.short)
        return None

    def _after_prefixes(self, text: Folded, start: int, most: int = _MOST_PARTS) -> Iterator[int]:
        """The places behind one, two, … prefixes that stand at `start`."""
        for prefix in self._prefixes if most else ():
            end = start + len(prefix)
            if text.chars.startswith(prefix, start) and end < len(text.chars) and 2 not in text.gaps[start + 1 : end + 1]:
                yield end
                yield from self._after_prefixes(text, end, most - 1)

    def _whole(self, text: Folded, start: int, unit: str, end: int) -> Named:
        """The name with what belongs to it: a unit below (郑州市金水区), offices (委宣传部), or the name of a body."""
        short = end - start < 3
        if (below := self._below(text, unit, end)) is not None:
            return Named(below.unit, text.written(start, below.end), below.body, start, below.end, short=False)
        after = self._after_offices(text, end)
        rest_end = self._rest_end(text, after)
        rest = text.chars[after:rest_end]
        if unit != OFFICE and (body := self._body(rest)):
            end = after + len(body)
            return Named(unit, text.written(start, end), body, start, end, short)
        return Named(unit, text.written(start, after), "", start, after, short)

    def _body(self, rest: str) -> str:
        """The name of a body in the words behind a unit's name, without offices of its own: 教育局 in 教育局机关党委."""
        for _ in range(_MOST_PARTS):
            if rest.endswith(self._bodies):
                return rest
            suffix = next((s for s in self._suffixes if rest.endswith(s)), None)
            if suffix is None:
                break
            rest = rest.removesuffix(suffix)
        return ""

    def _below(self, text: Folded, unit: str, end: int) -> Named | None:
        """A unit that begins right behind and lies below this one."""
        if end >= len(text.chars) or text.gaps[end] == 2 or unit == OFFICE:
            return None
        below = self._tree.longest(text, end, free=True, prefixed=False)
        return self._whole(text, end, *below) if below and unit in self.above(below[0]) else None

    def _after_offices(self, text: Folded, start: int) -> int:
        """Where the offices behind a name end."""
        for _ in range(_MOST_PARTS):
            offices = self._offices.get(text.chars[start : start + 1], ())
            office = next((s for s in offices if self._stands(text, s, start)), None)
            if office is None:
                break
            start += len(office)
        return start

    def _stands(self, text: Folded, word: str, start: int) -> bool:
        """Whether a word stands here, whole and with no parting sign before or in it."""
        end = start + len(word)
        if not text.chars.startswith(word, start) or 2 in text.gaps[start:end]:
            return False
        return word_ends(text, end)

    def _rest_end(self, text: Folded, start: int) -> int:
        """Where the words behind a name end that may still belong to it: a parting sign, a stop word, the next unit's name."""
        if start >= len(text.chars) or text.gaps[start] == 2:
            return start
        end = text.rest(start + 1)
        for at in range(start, end):
            if text.chars.startswith(self._stops.get(text.chars[at], ()), at):
                return at
            if any(
                text.chars.startswith(joint, at) and self._tree.longest(text, at + len(joint), free=True, prefixed=False)
                for joint in self.joints
            ):
                return at
            if at > start and text.gaps[at] and self._tree.longest(text, at, free=True, prefixed=False):
                return at
        return end

    def nearly(self, text: str, shortest: int = _SHORTEST_NEAR_MISS) -> str | None:
        """The one unit whose full name is one letter off, in names of at least so many characters; None when there are two."""
        wanted = {word for word in (folded(text), self.stem(folded(text))) if len(word) >= shortest}
        near = {unit for name, unit in self._full.items() for word in wanted if _one_off(name, word)}
        return near.pop() if len(near) == 1 else None

    # --- the roster's tree --------------------------------------------------------------------------------------------

    def above(self, unit: str) -> tuple[str, ...]:
        """The ids of the units above this one, nearest first."""
        found: list[str] = []
        at = self.units[unit].parent if unit in self.units else None
        while at is not None and at in self.units and at not in found:
            found.append(at)
            at = self.units[at].parent
        return tuple(found)

    def entitled(self, unit: str) -> bool:
        """Whether this unit may nominate itself."""
        return unit in self.units and self.units[unit].kind != NOT_ENTITLED


_built: dict[str, tuple[Rules, Names]] = {}


def names_of(rules: Rules) -> Names:
    """The names of a campaign, made once for the rules in use."""
    known = _built.get(rules.version)
    if known is not None and known[0].units is rules.units and known[0].phrases is rules.phrases:
        return known[1]
    if len(_built) > 3:
        _built.clear()
    names = Names(rules)
    _built[rules.version] = (rules, names)
    return names


def _unit_labels(rules: Rules) -> Iterator[str]:
    """The labels of the fields that name the nominating unit."""
    for category in rules.categories:
        if spec := category.field(category.unit_field):
            yield from (spec.name, *spec.synonyms)


def _one_off(one: str, other: str) -> bool:
    near = abs(len(one) - len(other)) < 2 and Levenshtein.distance(one, other, score_cutoff=1) == 1
    return near and min(len(one), len(other)) >= _SHORTEST_NEAR_MISS
