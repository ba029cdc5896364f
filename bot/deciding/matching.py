"""Matches forms with materials by evidence: the surest first, then all that is left weighed together, then by elimination."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.campaign import Rules
from bot.deciding.likeness import LOUD, NAMED, Likeness
from bot.deciding.nominees import speaks_of
from bot.deciding.parts import FormPart, MaterialPart, Parts
from bot.text import folded

ENOUGH = 4.0
"""Evidence from which a material belongs to a form."""

MARGIN = 1.5
"""So much stronger must it be than for any other form or material."""

_AGAINST = -3.0
"""Evidence below which a material is not even among the choices."""

_MOST = 8
"""Forms, or materials, that are weighed together; with more each must be the other's best by itself."""


@dataclass(frozen=True, slots=True)
class Match:
    """A form and its material; one of them None where it has none. `choices`: the materials a person has to choose among."""

    form: FormPart | None
    material: MaterialPart | None
    choices: tuple[MaterialPart, ...] = ()


class Matcher:
    """Matches the forms and materials of one mail; `known` are the pairs that one document holds together."""

    def __init__(
        self,
        rules: Rules,
        parts: Parts,
        forms: Sequence[FormPart],
        materials: Sequence[MaterialPart],
        all_forms: Sequence[FormPart],
        known: Sequence[Match],
    ) -> None:
        self.alone = len(parts.forms) == len(parts.materials) == 1 or len(all_forms) == len(materials) == 1
        self.forms, self.materials, self.all_forms = list(forms), list(materials), all_forms
        self.likeness = Likeness(rules, forms, materials, all_forms)
        self.extras: list[MaterialPart] = []
        self.made: list[Match] = list(known)
        self._set_aside()
        self._score = {(form, material): self.likeness.score(form, material) for form in forms for material in self.materials}

    def _set_aside(self) -> None:
        """Where enough texts call themselves materials, one that does not and names no nominee is something else."""
        named = [material for material in self.materials if self.likeness.named(material)]
        if named and len(named) >= len(self.forms):
            loud = {m for m in self.materials for form in self.all_forms if self.likeness.mention(form, m) >= LOUD}
            self.extras += [material for material in self.materials if material not in named and material not in loud]
            self.materials = [material for material in self.materials if material not in self.extras]
            self.alone = self.alone or len(self.all_forms) == len(self.materials) == 1

    def matches(self) -> list[Match]:
        """All of them: pairs, forms and materials alone, and what a person has to choose."""
        while best := self._best():
            self._take(*best)
        for pair in self._weighed():
            self._take(*pair)
        if not self._last():
            self._leftovers()
        return self.made

    def _take(self, form: FormPart, material: MaterialPart) -> None:
        self.made.append(Match(form, material))
        self.forms.remove(form)
        self.materials.remove(material)

    def _best(self) -> tuple[FormPart, MaterialPart] | None:
        """Two that are each other's best by a clear margin."""
        open_pairs = [(form, material) for form in self.forms for material in self.materials]
        for form, material in sorted(open_pairs, key=lambda pair: -self._score[pair]):
            score = self._score[form, material]
            if score < ENOUGH:
                return None
            rivals = [self._score[form, other] for other in self.materials if other is not material]
            rivals += [self._score[other, material] for other in self.forms if other is not form]
            if score - max(rivals, default=0) >= MARGIN:
                return form, material
        return None

    # --- weighed together -----------------------------------------------------------------------------------------------

    def _weighed(self) -> list[tuple[FormPart, MaterialPart]]:
        """Of the assignment that has most evidence in all the pairs without which there is clearly less."""
        if not 1 < len(self.forms) <= _MOST or not 1 < len(self.materials) <= _MOST:
            return []
        whole = Weighing(self.forms, self.materials, self._score)
        best = whole.best()
        sure = [pair for pair in best.pairs if best.total - whole.best(without=pair).total >= MARGIN]
        return sure if len(sure) == len(best.pairs) else []

    # --- what is left ---------------------------------------------------------------------------------------------------

    def _last(self) -> bool:
        """The only two that are left go together, unless names contradict."""
        if not len(self.forms) == len(self.materials) == 1:
            return False
        form, material = self.forms[0], self.materials[0]
        if self.likeness.contradict(form, material) or not self._belong(form, material):
            return False
        self._take(form, material)
        return True

    def _belong(self, form: FormPart, material: MaterialPart) -> bool:
        """Nothing else came; something speaks for it; or every other form has its own and this is a material as theirs are."""
        if self.alone or self._score[form, material] > NAMED or speaks_of(material.key, form.who) > 0:
            return True
        others = [match.material for match in self.made if match.form is not None]
        if not others or self._score[form, material] < 0:
            return False
        return self.likeness.named(material) or not any(other is not None and self.likeness.named(other) for other in others)

    def _leftovers(self) -> None:
        """Each form alone or in doubt, each material alone or something else."""
        chosen: set[MaterialPart] = set()
        for form in self.forms:
            choices = tuple(
                m for m in self.materials if self._score[form, m] > _AGAINST and not self.likeness.contradict(form, m)
            )
            chosen.update(choices)
            self.made.append(Match(form, None, choices))
        for material in self.materials:
            if material not in chosen and self._is_nomination(material):
                self.made.append(Match(None, material))
            elif material not in chosen:
                self.extras.append(material)

    def _is_nomination(self, material: MaterialPart) -> bool:
        """Whether a material without form is a nomination of its own, and not a further text about one that is here."""
        if not self.all_forms:
            return True
        if not self.likeness.named(material):
            return False
        if any(self.likeness.score(form, material) >= ENOUGH for form in self.all_forms):
            return False
        own, likeness = self.likeness.own_name(material), self.likeness
        paired = [match.form for match in self.made if match.form]
        return bool(own) and not any(speaks_of(folded(own), form.who) or likeness.speaks(form, material) for form in paired)


@dataclass(frozen=True, slots=True)
class _Assigned:
    """Some pairs and their evidence in all."""

    total: float
    pairs: tuple[tuple[FormPart, MaterialPart], ...]


class Weighing:
    """The assignment of materials to forms with most evidence; pairs without enough of it are no pairs."""

    def __init__(
        self,
        forms: Sequence[FormPart],
        materials: Sequence[MaterialPart],
        score: dict[tuple[FormPart, MaterialPart], float],
    ) -> None:
        self._forms, self._materials, self._score = forms, materials, score

    def best(self, without: tuple[FormPart, MaterialPart] | None = None) -> _Assigned:
        """The best of all; `without` one pair, which is then not allowed."""
        reached: dict[int, _Assigned] = {0: _Assigned(0.0, ())}  # by the materials that are taken, one bit each
        for form in self._forms:
            further = dict(reached)
            for taken, before in reached.items():
                for bit, material in self._allowed(form, taken, without):
                    now = _Assigned(before.total + self._score[form, material], (*before.pairs, (form, material)))
                    if now.total > further.get(taken | bit, _Assigned(-1.0, ())).total:
                        further[taken | bit] = now
            reached = further
        return max(reached.values(), key=lambda one: one.total)

    def _allowed(
        self, form: FormPart, taken: int, without: tuple[FormPart, MaterialPart] | None
    ) -> Iterator[tuple[int, MaterialPart]]:
        for number, material in enumerate(self._materials):
            bit = 1 << number
            if not taken & bit and (form, material) != without and self._score[form, material] >= ENOUGH:
                yield bit, material
