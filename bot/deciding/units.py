"""Decides which unit writes a mail by weighing the evidence; contradiction and silence become findings, never guesses.

- A body and the unit above it, both named: the unit above nominates the body (a city's own nomination of a county), unless the
  body signs the mail itself and nothing strong speaks for the unit above.
- Bodies only, of one unit, in several forms: a unit above collects them.
- Two unrelated units on strong evidence: ambiguous, both are named.
- A body alone: it is told whom to go through.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.campaign import NOT_ENTITLED, Rules
from bot.deciding.unit_evidence import (
    DECIDES,
    LIFTS,
    NEARLY,
    STRONG,
    Sign,
    of_known_sender,
    signature_words,
    signs,
    unit_words,
)
from bot.deciding.unit_names import Named, Names, names_of
from bot.model import Evidence, Reading, UnitVerdict

_MOST_EVIDENCE = 24


@dataclass(frozen=True, slots=True)
class _Who:
    """Whom evidence speaks for: a unit of the roster, or a body below it that is in no roster."""

    unit: str
    body: str = ""


_Weighed = Mapping[_Who, Sequence[Sign]]


def match_unit(reading: Reading, rules: Rules, thread_unit: str | None = None, sender_unit: str | None = None) -> UnitVerdict:
    """The unit that writes.

    `thread_unit` is the unit our letter went to that this mail answers; `sender_unit` the only one for which mail from this
    sender was accepted before, asked where the mail names none at all (a material sent after its form). The verdict's `unit`
    is a unit's id; None when it is unknown or ambiguous, or not entitled and in no roster (then `body` is its name).
    """
    names = names_of(rules)
    found = signs(reading, rules, names, thread_unit)
    if not any(sign.weight >= DECIDES for sign in found):
        named = unit_words(reading, rules, names)
        found = (*found, *_near_misses((*named, *signature_words(reading)), names))
        if not named and not any(sign.weight >= DECIDES for sign in found):
            found = (*found, *of_known_sender(reading, sender_unit, names))
    verdict = _verdict(_merged(_grouped(found), names), names)
    return replace(verdict, evidence=_evidence(found))


def named_unit(unit: str, rules: Rules) -> UnitVerdict | None:
    """The verdict when a person has said which unit writes; None when the roster has no such unit any more."""
    row = next((row for row in rules.units if row.id == unit), None)
    if row is None:
        return None
    evidence = (Evidence("person", row.name, row.id, 9),)
    if row.kind == NOT_ENTITLED:
        return UnitVerdict(row.id, "unit-not-entitled", (row.parent,) if row.parent else (), evidence)
    return UnitVerdict(row.id, None, (row.id,), evidence)


def written_units(reading: Reading, rules: Rules) -> tuple[str, ...]:
    """What the mail itself gives as its unit, at most five wordings: for a letter that must say that no unit fits them."""
    return unit_words(reading, rules, names_of(rules))[:5]


# --- who speaks for whom ----------------------------------------------------------------------------------------------


def _grouped(found: Iterable[Sign]) -> dict[_Who, list[Sign]]:
    """What may decide, by whom it speaks for; of a body written longer and shorter the shorter name stands for both."""
    grouped: dict[_Who, list[Sign]] = defaultdict(list)
    for sign in found:
        if sign.weight >= DECIDES:
            grouped[_Who(sign.named.unit, sign.named.body)].append(sign)
    for who in sorted(grouped, key=lambda who: len(who.body), reverse=True):
        shorter = [w for w in grouped if w.unit == who.unit and w.body and w != who and who.body.startswith(w.body)]
        if shorter:
            grouped[min(shorter, key=lambda w: len(w.body))] += grouped.pop(who)
    return grouped


def _merged(grouped: dict[_Who, list[Sign]], names: Names) -> dict[_Who, list[Sign]]:
    """Evidence for bodies given to the unit above them where that unit is the one that writes."""
    for who in sorted(grouped, key=lambda who: -_depth(who, names)):
        over = next((above for above in _above(who, names) if above in grouped), None)
        if over and not _entitled(who, names) and _nominates(grouped[over], grouped[who]):
            grouped[over] += grouped.pop(who)
    for who in [who for who in grouped if not _entitled(who, names)]:
        grouped.pop(who) if _only_named_beside(who, grouped, names) else None
    return _collected(grouped, names)


def _depth(who: _Who, names: Names) -> int:
    return len(_above(who, names))


def _above(who: _Who, names: Names) -> list[_Who]:
    units = [_Who(unit) for unit in names.above(who.unit)]
    return [_Who(who.unit), *units] if who.body else units


def _entitled(who: _Who, names: Names) -> bool:
    return not who.body and names.entitled(who.unit)


def _nominates(above: Sequence[Sign], body: Sequence[Sign]) -> bool:
    """Whether the unit above writes: named well enough (a file name is not, against a form), and the body does not sign."""
    named = _top(above) >= LIFTS or _top(body) < STRONG
    return named and not _writes_itself(body, above)


def _writes_itself(body: Sequence[Sign], above: Sequence[Sign]) -> bool:
    """A body that signs its mail writes it, as long as nothing strong says that the unit above does."""
    return any(sign.own for sign in body) and _top(above) < STRONG


def _only_named_beside(who: _Who, grouped: _Weighed, names: Names) -> bool:
    """A unit above that is named more weakly than the body that signs: it is where the body lies, not who writes."""
    below = [other for other in grouped if who in _above(other, names)]
    return any(_writes_itself(grouped[other], grouped[who]) for other in below)


def _collected(grouped: dict[_Who, list[Sign]], names: Names) -> dict[_Who, list[Sign]]:
    """Forms of several bodies of one unit come from that unit, whichever of the bodies each form names."""
    by_through: dict[str, list[_Who]] = defaultdict(list)
    for who, reasons in grouped.items():
        through = _through(who, names)
        if not _entitled(who, names) and through and any(sign.source == "form-field" for sign in reasons):
            by_through[through].append(who)
    for through, bodies in by_through.items():
        if len(bodies) > 1:
            for body in bodies:
                grouped.setdefault(_Who(through), []).extend(grouped.pop(body))
    return grouped


def _through(who: _Who, names: Names) -> str | None:
    """The nearest unit at or above that may nominate."""
    return next((w.unit for w in (who, *_above(who, names)) if _entitled(w, names)), None)


# --- the verdict ------------------------------------------------------------------------------------------------------


def _top(reasons: Sequence[Sign]) -> int:
    return max(sign.weight for sign in reasons)


def _verdict(grouped: _Weighed, names: Names) -> UnitVerdict:
    strong = {who: reasons for who, reasons in grouped.items() if _top(reasons) >= STRONG}
    leading = _strongest(_one_house(strong, names) if strong else grouped, all_equal=bool(strong))
    if not leading:
        return UnitVerdict(None, "unit-unknown")
    if len(leading) > 1:
        ids = tuple(dict.fromkeys(who.unit for who in leading))
        if len(ids) > 1:
            return UnitVerdict(None, "unit-ambiguous", ids)
    return _single(leading[0], grouped[leading[0]], names)


def _one_house(strong: _Weighed, names: Names) -> _Weighed:
    """Of several bodies that go through one unit, and that unit, only the one with most evidence: they do not contradict."""
    best: dict[str | None, _Who] = {}
    for who in sorted(strong, key=lambda who: (not _entitled(who, names), -_weight(strong[who]))):
        best.setdefault(_through(who, names), who)
    return {who: reasons for who, reasons in strong.items() if who in best.values()}


def _strongest(grouped: _Weighed, *, all_equal: bool) -> list[_Who]:
    """The ones that nothing outweighs, best first. Among strong evidence all are equal: a form and a signature that name two
    units contradict each other. Among weak evidence the heavier reason decides, then the number of reasons.
    """
    ordered = sorted(grouped, key=lambda who: (-_top(grouped[who]), -_weight(grouped[who]), who.unit))
    if all_equal or not ordered:
        return ordered
    best = grouped[ordered[0]]
    return [who for who in ordered if (_top(grouped[who]), _weight(grouped[who])) == (_top(best), _weight(best))]


def _weight(reasons: Sequence[Sign]) -> int:
    """The weight of independent reasons: each source counts once, with its heaviest."""
    heaviest: dict[str, int] = {}
    for sign in reasons:
        heaviest[sign.source] = max(sign.weight, heaviest.get(sign.source, 0))
    return sum(heaviest.values())


def _single(who: _Who, reasons: Sequence[Sign], names: Names) -> UnitVerdict:
    if _entitled(who, names):
        return UnitVerdict(who.unit, None, (who.unit,))
    through = _through(who, names)
    candidates = (through,) if through else ()
    if not who.body or not names.entitled(who.unit):
        return UnitVerdict(who.unit, "unit-not-entitled", candidates)
    written = max((sign for sign in reasons if sign.named.body), key=lambda sign: sign.weight).named.found
    return UnitVerdict(None, "unit-not-entitled", candidates, body=written)


def _evidence(found: Iterable[Sign]) -> tuple[Evidence, ...]:
    """What was found, heaviest first, each once."""
    each = dict.fromkeys(Evidence(s.source, s.named.found, s.named.unit, s.weight) for s in found)
    return tuple(sorted(each, key=lambda evidence: -evidence.weight))[:_MOST_EVIDENCE]


# --- near misses ------------------------------------------------------------------------------------------------------


def _near_misses(words: Iterable[str], names: Names) -> list[Sign]:
    """A slip of the pen in a full name: one letter off, and off from one unit only."""
    units = ((word, names.nearly(word)) for word in words)
    return [Sign("form-field", Named(unit, word, "", 0, 0, short=False), NEARLY) for word, unit in units if unit]
