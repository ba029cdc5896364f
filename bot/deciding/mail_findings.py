"""Findings that stand at the mail itself: its unit, its attachments, links where files should be, nothing to file."""

from collections.abc import Iterator, Sequence

from bot.campaign import Rules, Unit
from bot.deciding.nominees import from_name
from bot.deciding.parts import Parts
from bot.deciding.roles import called, stem
from bot.deciding.units import written_units
from bot.model import SEVERITIES, Draft, Facts, FileRead, Finding, Format, Reading, Role, UnitVerdict
from bot.text import folded

_MOST_LINKS = 10
_MOST_FILES = 20


def of_attachments(reading: Reading) -> Iterator[Finding]:
    """One for each file that could not be read, and one for all cloud links together."""
    for file in reading.files:
        if file.problem:
            check = file.problem.check
            yield Finding(check, SEVERITIES[check], file=file.path, facts=file.problem.facts)
    if reading.links:
        facts: Facts = {"links": reading.links[:_MOST_LINKS], "count": len(reading.links)}
        yield Finding("cloud-attachment", SEVERITIES["cloud-attachment"], facts=facts)


def of_scans(parts: Parts, drafts: Sequence[Draft], rules: Rules) -> Iterator[Finding]:
    """Scans of a form and of a material that name somebody about whom nothing else came: pictures of a whole nomination.

    Any other scan beside documents is taken for their stamped copy.
    """
    told = folded(" ".join(text for one in drafts for text in (one.nominee, one.nominee_unit, *one.fields.values())))
    named: dict[str, dict[Role, FileRead]] = {}
    for scan in parts.scans:
        own = stem(scan.name)
        role = called(own, rules.phrases, (Role.STAMPED_SCAN,))
        name = folded(from_name(own, rules))
        if role in {Role.FORM, Role.MATERIAL} and len(name) >= 2 and name not in told:
            named.setdefault(name, {})[role] = scan
    for name, halves in named.items():
        if len(halves) == 2:
            yield from (_unread_scan(scan, name) for scan in halves.values())


def _unread_scan(file: FileRead, nominee: str = "") -> Finding:
    check = "attachment-unsupported"
    facts: Facts = {"format": file.format.value, "scanned": True}
    return Finding(check, SEVERITIES[check], file=file.path, facts={**facts, "nominee": nominee} if nominee else facts)


def of_nothing(reading: Reading, parts: Parts) -> tuple[Finding, ...]:
    """For a submission of which nothing can be filed: what is wrong with each file, or that there is none."""
    found = tuple(of_attachments(reading))
    if found:
        return found
    pictures = [file for file in reading.files if file.scanned or file.format is Format.IMAGE]
    scans = [file for file in pictures if parts.roles[file.path] is Role.STAMPED_SCAN] or pictures
    if scans and not parts.lists:
        return tuple(_unread_scan(file) for file in scans)
    names = tuple(file.path for file in reading.files if not file.container)[:_MOST_FILES]
    facts: Facts = {"files": names} if names else {}
    return (Finding("no-attachment", SEVERITIES["no-attachment"], facts=facts),)


def of_unit(verdict: UnitVerdict, reading: Reading, rules: Rules) -> Iterator[Finding]:
    """Why nothing of this mail can be filed under a unit."""
    if verdict.finding is None:
        return
    units = {unit.id: unit for unit in rules.units}
    facts: Facts
    match verdict.finding:
        case "unit-unknown":
            facts = {"found": written_units(reading, rules)}
        case "unit-ambiguous":
            facts = {
                "candidates": verdict.candidates,
                "names": tuple(units[id].name for id in verdict.candidates if id in units),
            }
        case _:
            facts = _not_entitled(verdict, units)
    yield Finding(verdict.finding, SEVERITIES[verdict.finding], facts=facts)


def _not_entitled(verdict: UnitVerdict, units: dict[str, Unit]) -> Facts:
    unit = units.get(verdict.unit or "")
    facts: dict[str, str] = {"unit": unit.id if unit else "", "name": unit.name if unit else verdict.body}
    through = units.get((unit.parent if unit else None) or next(iter(verdict.candidates), ""))
    if through is not None and through is not unit:
        facts["through"] = through.id
        facts["through_name"] = through.name
    return facts
