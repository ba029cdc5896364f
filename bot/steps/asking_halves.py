"""The question which halves belong together: whole assignments while they are few, else one line for each possible pair."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.deciding.settling import NONE
from bot.letters.contents import Option
from bot.letters.lines import file_name
from bot.model import Alternative, Choice, Nomination, Pairing, Question

MOST_ASSIGNMENTS = 6
"""Whole assignments that are shown; beyond them single pairs are, of which several numbers may be answered."""

MOST_PAIRS = 30

Assignment = tuple[tuple[Nomination, Alternative], ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """A question and how its choices are shown, in the same order."""

    question: Question
    options: tuple[Option, ...]


def which_halves(held: Sequence[Nomination]) -> Asking | None:
    """The question about nominations of one mail; None where there are too many possibilities to number them."""
    doubted = next((one for one in held if one.alternatives[0].kind == "form"), None)
    lacking = [one for one in held if one.alternatives[0].kind == "material"]
    if lacking:
        return _which_materials(lacking)
    return _which_form(doubted) if doubted else None


def _which_form(one: Nomination) -> Asking:
    choices = tuple(Choice(pairings=(Pairing(one.number, "form", form.digest),)) for form in one.alternatives)
    options = tuple(
        Option("form", one.number, one.nominee, ((one.nominee, _shown(form, one.alternatives)),)) for form in one.alternatives
    )
    return Asking(Question(choices, mail=one.form_mail), options)


def _which_materials(lacking: Sequence[Nomination]) -> Asking | None:
    """The last choice is that none of them is any of these nominees'."""
    assignments = _assignments(lacking)
    most = 1
    if assignments is None:
        assignments = [((one, material),) for one in lacking for material in one.alternatives]
        most = min(len(lacking), len({material.digest for one in lacking for material in one.alternatives}))
    if len(assignments) > MOST_PAIRS:
        return None
    shown = list({material.digest: material for one in lacking for material in one.alternatives}.values())
    choices = [
        Choice(pairings=(*_given(assignment), *(_without(lacking, assignment) if most == 1 else ())))
        for assignment in assignments
    ]
    options = [
        Option("material", pairs=tuple((one.nominee or one.number, _shown(m, shown)) for one, m in assignment))
        for assignment in assignments
    ]
    choices.append(Choice(pairings=tuple(_without(lacking, ()))))
    options.append(Option("none"))
    return Asking(Question(tuple(choices), most, lacking[0].form_mail), tuple(options))


def _given(assignment: Assignment) -> Iterator[Pairing]:
    return (Pairing(one.number, "material", material.digest) for one, material in assignment)


def _without(lacking: Sequence[Nomination], assignment: Assignment) -> Iterator[Pairing]:
    """Those to whom an assignment gives nothing: they have no material."""
    served = {one.number for one, _ in assignment}
    return (Pairing(one.number, "material", NONE) for one in lacking if one.number not in served)


def _assignments(lacking: Sequence[Nomination]) -> list[Assignment] | None:
    """All ways to give away as many materials as can be given; None where there are more than are shown."""
    found: list[Assignment] = [()]
    for one in lacking:
        found += [
            (*before, (one, material))
            for before in found
            for material in one.alternatives
            if all(material.digest != taken.digest for _, taken in before)
        ]
        if len(found) > 2000:
            return None
    largest = max(map(len, found))
    whole = [assignment for assignment in found if len(assignment) == largest > 0]
    return whole if len(whole) <= MOST_ASSIGNMENTS else None


def _shown(half: Alternative, among: Sequence[Alternative]) -> str:
    """A half by its file; where one file holds several, by its first line too."""
    several = sum(other.path == half.path for other in among) > 1
    return f"《{file_name(half.path, 60)}》{half.title if several else ''}"
