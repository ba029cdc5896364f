"""Loads the golden cases of a campaign: `examples/NAME.eml` with `NAME.json` beside it; all mistakes are told at once.

{
  "about": "what this case shows",
  "at": "2021-12-16T10:00:00",        arrival in the campaign's zone; left out: as the mail's Received tells it
  "after": ["other-case"],            cases whose mails came before; left out: the ledger is empty
  "outcome": "received",
  "unit": "河南省水利厅",              id or full name; null or left out: unknown
  "command": "status",                only with the outcome `command`
  "letter": "defects",                left out: not compared
  "findings": ["attachment-encrypted"],
  "nominations": [
    {"nominee": "…", "category": "project", "state": "defective", "findings": ["field-missing 联系电话"], "version": 1}
  ]
}
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from bot.adapters.rules_files import UnusableError, read_bytes
from bot.campaign import Rules
from bot.model import SEVERITIES, Command, Letter, Outcome, State
from bot.model.examples import Example, Examples, ExpectedNomination


class _Nomination(msgspec.Struct, forbid_unknown_fields=True):
    nominee: str
    state: State
    category: str | None = None
    findings: tuple[str, ...] = ()
    version: int = 1


class _Case(msgspec.Struct, forbid_unknown_fields=True):
    outcome: Outcome
    about: str = ""
    at: datetime | None = None
    after: tuple[str, ...] = ()
    unit: str | None = None
    command: Command | None = None
    letter: Letter | None = None
    findings: tuple[str, ...] = ()
    nominations: tuple[_Nomination, ...] = ()


@dataclass(slots=True)
class _Loading:
    rules: Rules
    cases: dict[str, Example] = field(default_factory=dict)
    unexplained: dict[str, bytes] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, mail: Path) -> None:
        """A mail with its expectation."""
        expected = mail.with_suffix(".json")
        try:
            content = read_bytes(mail)
        except UnusableError as error:
            self.problems.append(f"examples/{mail.name}: {error}")
            return
        if not expected.exists():
            self.unexplained[mail.stem] = content
            return
        try:
            case = msgspec.json.decode(read_bytes(expected).removeprefix(b"\xef\xbb\xbf"), type=_Case)
        except (UnusableError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            self.problems.append(f"examples/{expected.name}: {error}")
            return
        self.problems += [f"examples/{expected.name}: {problem}" for problem in _mistakes(case, self.rules)]
        self.cases[mail.stem] = _example(mail.stem, content, case, ZoneInfo(self.rules.zone))

    def settle(self) -> None:
        """Cases that stand on others which are not there cannot be judged."""
        for name, case in sorted(self.cases.items()):
            for other in case.after:
                if other not in self.cases or other == name:
                    self.problems.append(f"examples/{name}.json: after: there is no other good case named {other}")
                    self.cases.pop(name, None)


def load_examples(folder: Path, rules: Rules) -> Examples:
    """The golden cases of the campaign in this folder; none where there is no `examples`."""
    loading = _Loading(rules)
    place = folder / "examples"
    if place.is_dir():
        files = sorted(place.iterdir())
        mails = {path.stem for path in files if path.suffix == ".eml"}
        for path in files:
            if path.suffix == ".eml":
                loading.add(path)
            elif path.suffix != ".json" or path.stem not in mails:
                wanted = f"{path.stem}.eml is missing" if path.suffix == ".json" else "golden cases are NAME.eml and NAME.json"
                loading.problems.append(f"examples/{path.name}: {wanted}")
    loading.settle()
    return Examples(tuple(loading.cases.values()), loading.unexplained, tuple(loading.problems))


def _mistakes(case: _Case, rules: Rules) -> Iterator[str]:
    """Words that no decision could ever give."""
    if case.unit is not None and not any(case.unit in (unit.id, unit.name) for unit in rules.units):
        yield f"unit: {case.unit} is neither an id nor a full name of units.csv"
    categories = {category.id for category in rules.categories}
    for at, one in enumerate(case.nominations):
        if one.category is not None and one.category not in categories:
            yield f"nominations[{at}].category: {one.category} is none of {', '.join(sorted(categories))}"
        yield from _unknown(f"nominations[{at}].findings", one.findings)
    yield from _unknown("findings", case.findings)


def _unknown(where: str, findings: Iterable[str]) -> Iterator[str]:
    for finding in findings:
        if finding.partition(" ")[0] not in SEVERITIES:
            yield f"{where}: there is no finding {finding}"


def _example(name: str, content: bytes, case: _Case, zone: ZoneInfo) -> Example:
    at = case.at.replace(tzinfo=zone) if case.at and case.at.tzinfo is None else case.at
    return Example(
        name=name,
        mail=content,
        outcome=case.outcome,
        about=case.about,
        at=at,
        after=case.after,
        unit=case.unit,
        command=case.command,
        letter=case.letter,
        findings=case.findings,
        nominations=tuple(
            ExpectedNomination(one.nominee, one.category, one.state, one.findings, one.version) for one in case.nominations
        ),
    )
