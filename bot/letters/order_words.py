"""Orders in words: what was done, what was not and why, in the lines of the answer; what a unit is told of a decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.campaign import Rules
from bot.letters.lines import one_line
from bot.letters.render import Wording
from bot.model import Event, Fact, State

MOST_NUMBERS = 60
"""Numbers in a line of the answer; nobody checks more of them than these."""

_SAME = ("deed", "state", "reason", "until", "unit", "new")
"""Facts that orders of one line share."""


@dataclass(frozen=True, slots=True)
class OrderSays:
    """Words of `words/orders.toml`, each asked by its meaning."""

    wording: Wording
    rules: Rules

    def put(self, key: str, **values: object) -> str:
        """A sentence with its values."""
        return self.wording.phrase("orders", key, values)

    def state(self, state: str) -> str:
        """A state in words, "" for none."""
        return str(self.wording.words["letters"]["state"][state]) if state else ""

    def about(self, subject: str) -> str:
        """“0123”, “邮件17”, a unit's name."""
        kind, _, id = subject.partition(":")
        if kind == "unit":
            return next((unit.name for unit in self.rules.units if unit.id == id), id)
        return self.put(f"about_{kind}", id=id) if kind else ""

    def done(self, events: Iterable[Event]) -> list[str]:
        """Orders that were carried out, those that say the same in one line."""
        lines: dict[tuple[object, ...], list[Event]] = {}
        for event in events:
            lines.setdefault(tuple(event.facts.get(key) for key in _SAME), []).append(event)
        return [self._done(same) for same in lines.values()]

    def _done(self, same: list[Event]) -> str:
        facts = same[0].facts
        values: dict[str, object] = {key: facts.get(key, "") for key in ("reason", "new")}
        return self.put(
            f"done_{facts['deed']}",
            **values,
            abouts=self._listed([str(event.facts["about"]) for event in same]),
            state=self.state(str(facts.get("state", ""))),
            withdrawn=self.state(State.WITHDRAWN),
            until=date.fromisoformat(str(facts["until"])) if facts.get("until") else None,
            moved=sum(moved for event in same if isinstance(moved := event.facts.get("moved"), int)),
            unit=self.about(f"unit:{facts['unit']}") if facts.get("unit") else "",
        )

    def left(self, facts: Mapping[str, Fact]) -> str:
        """An order that was not carried out, and why."""
        known = {key: facts[key] for key in ("first", "last") if key in facts}
        why = self.put(f"why_{facts['why']}", **known, state=self.state(str(facts.get("state", ""))))
        said, about = one_line(str(facts.get("said", "")), 60), self.about(str(facts.get("about", "")))
        return self.put("not_done", said=said, abouts="" if about and about in said else about, why=why)

    def _listed(self, subjects: list[str]) -> str:
        names = [self.about(subject) for subject in subjects]
        shown = self.put("separator").join(names[:MOST_NUMBERS])
        return shown if len(names) <= MOST_NUMBERS else f"{shown}… ({len(names)})"
