"""An answer to the question which halves belong together: what it settles, and whether it still may.

It may while every nomination it speaks of waits for just these halves, which one mail brought; what a person or another mail
has changed since is looked at by a person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.model import Choice, Nomination, Pairing, State

NONE = ""
"""Stands for the digest where a choice says that none of the halves is the nomination's."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a reply has settled about the halves of one mail; forms and materials by their digests."""

    materials: Mapping[str, str] = field(default_factory=dict)  # by form; NONE: it has none
    rejected: frozenset[str] = frozenset()  # forms that are not the one that counts
    numbers: Mapping[str, str] = field(default_factory=dict)  # of nominations, by form


UNSETTLED = Settlement()
"""Nothing has been chosen."""


def pairings_of(picked: Iterable[Choice]) -> tuple[Pairing, ...]:
    """All halves that the picked choices give away; empty where they give one away twice, or two to one nomination."""
    found = tuple(pairing for choice in picked for pairing in choice.pairings)
    given = [pairing.digest for pairing in found if pairing.digest != NONE]
    numbers = [(pairing.number, pairing.kind) for pairing in found]
    return found if len(set(given)) == len(given) and len(set(numbers)) == len(numbers) else ()


def settlement(pairings: Sequence[Pairing], nominations: Mapping[str, Nomination], mail: int) -> Settlement | None:
    """What these pairings settle about the halves that `mail` brought; None where things have changed since it was asked.

    `nominations` are the unit's: those of the mail that still wait get what is left to choose from.
    """
    if not pairings or not all(_open(pairing, nominations.get(pairing.number), mail) for pairing in pairings):
        return None
    materials: dict[str, str] = {}
    numbers: dict[str, str] = {}
    rejected: set[str] = set()
    for pairing in pairings:
        one = nominations[pairing.number]
        if pairing.kind == "material":
            numbers[one.form_digest] = one.number
            materials[one.form_digest] = pairing.digest
        else:
            numbers[pairing.digest] = one.number
            rejected |= {other.digest for other in one.alternatives if other.digest != pairing.digest}
    for one in nominations.values():
        if one.state is State.HELD and one.form_mail == mail and _lacks_material(one):
            numbers.setdefault(one.form_digest, one.number)
    return Settlement(materials, frozenset(rejected), numbers)


def _lacks_material(one: Nomination) -> bool:
    return any(other.kind == "material" for other in one.alternatives)


def _open(pairing: Pairing, one: Nomination | None, mail: int) -> bool:
    """Whether a nomination still waits for this half among those of the mail."""
    if one is None or one.state is not State.HELD or one.form_mail != mail:
        return False
    own = [other.digest for other in one.alternatives if other.kind == pairing.kind]
    return bool(own) and (pairing.digest in own or (pairing.digest == NONE and pairing.kind == "material"))


def settled_before(pairings: Sequence[Pairing], nominations: Mapping[str, Nomination]) -> bool:
    """Whether the very same has been answered and done before."""
    return bool(pairings) and all(_done(pairing, nominations.get(pairing.number)) for pairing in pairings)


def _done(pairing: Pairing, one: Nomination | None) -> bool:
    if one is None or one.alternatives:
        return False
    if pairing.kind == "form":
        return pairing.digest == one.form_digest
    return pairing.digest == (one.material_digest if one.material else NONE)
