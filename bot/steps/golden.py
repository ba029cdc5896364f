"""Judges the golden cases of a campaign and tells every difference between what came out and what must come out."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.campaign import Rules
from bot.model import Decision, Filing, Finding, MailRow, Nomination, Outcome, Outgoing, Reading
from bot.model.examples import Example, Examples, ExpectedNomination
from bot.ports import Reader, Store, Transaction
from bot.steps.ahead import read_ahead
from bot.steps.dry_run import DryRun, Sample

_TOUCHED = frozenset({Filing.FILED, Filing.COMPLETED, Filing.CORRECTED})


@dataclass(frozen=True, slots=True)
class Golden:
    """What judging golden cases needs; `new_store` gives an empty ledger in memory."""

    reader: Reader
    width: int  # mails the reader can read at once
    rules: Rules
    new_store: Callable[[], Store]
    now: datetime  # for a mail that tells no time of arrival

    def differences(self, examples: Examples) -> Iterator[str]:
        """One line a difference, with the file it stands in; a mail without expectation is answered with one to take over."""
        fresh = [Example(name, mail, Outcome.HELD) for name, mail in examples.unexplained.items()]
        readings = self._readings([*examples.cases, *fresh])
        by_name = {case.name: case for case in examples.cases}
        for case in examples.cases:
            decision = self._judged(case, [by_name[name] for name in case.after], readings)
            yield from (f"examples/{case.name}.json: {line}" for line in compared(case, decision, self.rules))
        for case in fresh:
            suggestion = json.dumps(expectation(self._judged(case, [], readings)), ensure_ascii=False)
            yield f"examples/{case.name}.eml: {case.name}.json is missing; judged now it would be {suggestion}"

    def _readings(self, cases: Sequence[Example]) -> dict[bytes, Reading]:
        mails = dict.fromkeys(case.mail for case in cases)
        return {mail: reading.result() for mail, reading in read_ahead(mails, self.reader.read, self.width)}

    def _judged(self, case: Example, before: Sequence[Example], readings: dict[bytes, Reading]) -> Decision:
        """The decision on this case's mail, after those of the cases before it."""
        store = self.new_store()
        try:
            dry_run = DryRun(store, _Known(readings), 1, self.rules, _no_letter, together=True, at=None, now=self.now)
            for one in before:
                list(replace(dry_run, at=one.at).run([Sample(one.name, one.mail)]))
            (judged,) = replace(dry_run, at=case.at).run([Sample(case.name, case.mail)])
            return judged.decision
        finally:
            store.close()


@dataclass(frozen=True, slots=True)
class _Known:
    """A reader of mails that have been read already."""

    readings: dict[bytes, Reading]

    def read(self, content: bytes) -> Reading:
        return self.readings[content]

    def close(self) -> None:
        """Nothing is open."""


def _no_letter(_transaction: Transaction, _mail: MailRow, _now: datetime) -> Outgoing | None:
    return None


def compared(case: Example, decision: Decision, rules: Rules) -> Iterator[str]:
    """What came out otherwise than the case says, a line each."""
    unit = next((unit for unit in rules.units if unit.id == decision.verdict.unit), None)
    told = None if unit is None else unit.name if case.unit == unit.name else unit.id
    rows: list[tuple[str, Any, Any]] = [
        ("outcome", case.outcome, decision.outcome),
        ("unit", case.unit, told),
        ("command", case.command, decision.command),
        ("findings", sorted(case.findings), _ids(decision.findings)),
    ]
    if case.letter is not None:
        rows.append(("letter", case.letter, decision.letter))
    yield from _unequal(rows)
    yield from _nominations(case.nominations, _filed(decision))


def _nominations(wanted: Iterable[ExpectedNomination], found: Sequence[Nomination]) -> Iterator[str]:
    """Nominations are matched by their nominees, in order where one comes twice."""
    left = list(found)
    for one in wanted:
        got = next((other for other in left if other.nominee == one.nominee), None)
        if got is None:
            yield f"nominations: {one.nominee}: expected, but not filed"
            continue
        left.remove(got)
        rows = [
            ("category", one.category, got.category),
            ("state", one.state, got.state),
            ("version", one.version, got.version),
            ("findings", sorted(one.findings), _ids(got.findings)),
        ]
        yield from (f"nominations: {one.nominee}: {line}" for line in _unequal(rows))
    yield from (f"nominations: {other.nominee or '(no name)'}: filed, but not expected" for other in left)


def _unequal(rows: Iterable[tuple[str, Any, Any]]) -> Iterator[str]:
    for name, wanted, got in rows:
        if wanted != got:
            yield f"{name}: expected {_word(wanted)}, got {_word(got)}"


def _word(value: Any) -> str:
    return ", ".join(value) or "none" if isinstance(value, list) else str(value or "none")


def _ids(findings: Iterable[Finding]) -> list[str]:
    return sorted(f"{finding.check} {finding.field}" if finding.field else finding.check for finding in findings)


def _filed(decision: Decision) -> list[Nomination]:
    return [filed.nomination for filed in decision.filed if filed.filing in _TOUCHED]


def expectation(decision: Decision) -> dict[str, Any]:
    """What a decision would be as the expectation of a golden case."""
    told = {
        "outcome": decision.outcome,
        "unit": decision.verdict.unit,
        "command": decision.command,
        "letter": decision.letter,
        "findings": _ids(decision.findings),
        "nominations": [
            {
                "nominee": one.nominee,
                "category": one.category,
                "state": one.state,
                "version": one.version,
                "findings": _ids(one.findings),
            }
            for one in _filed(decision)
        ],
    }
    return {name: value for name, value in told.items() if value}
