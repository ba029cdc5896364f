"""The second look: what scans of a mail that was handled before tell now that OCR has read them.

Forms in Word stay what they are: a scan beside one is compared with it. A form that came as a scan alone is filed with what was
read, and held until a person has compared it: OCR is mostly right, never surely.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.campaign import Rules, Unit
from bot.deciding.filing import file_all, settled
from bot.deciding.stamped import OF_STAMPED, differences
from bot.deciding.states import restated
from bot.deciding.versions import Arrival, match, renewed
from bot.model import Draft, Filed, FileRead, FileRow, Filing, Finding, Format, History, Nomination, Reading, Role, Submission

_PICTURES = frozenset({Format.IMAGE, Format.PDF})


def may_hold_scans(files: Sequence[FileRow]) -> bool:
    """Whether a second look at a mail with these files may be worth its time."""
    return any(file.format in _PICTURES and file.role in {Role.STAMPED_SCAN, Role.PHOTO} for file in files)


def to_look_at(reading: Reading, roles: Sequence[FileRow], *, lacking: bool) -> tuple[str, ...]:
    """The scans of a mail by path. Photographs are looked at only where a form is `lacking`: one of them may be it."""
    wanted = {Role.STAMPED_SCAN, Role.PHOTO} if lacking else {Role.STAMPED_SCAN}
    role = {file.path: file.role for file in roles}
    return tuple(file.path for file in reading.files if file.scanned and file.problem is None and role.get(file.path) in wanted)


def with_looks(reading: Reading, seen: dict[str, FileRead]) -> Reading:
    """The reading with its scans as they read now."""
    return replace(reading, files=tuple(seen.get(file.path, file) for file in reading.files))


@dataclass(slots=True)
class _Look:
    """What is found in one mail, nomination by nomination."""

    history: History
    rules: Rules
    scans: frozenset[str]
    mail: int
    received: datetime
    filed: dict[str, Filed] = field(default_factory=dict)
    rest: list[Draft] = field(default_factory=list)

    def draft(self, draft: Draft, submission: Submission) -> None:
        """One nomination as the mail tells it now."""
        if draft.form in self.scans:
            self._scanned(draft, submission)
        elif known := next((one for one in self._open() if self._brought(one, draft)), None):
            told = [finding for finding in draft.findings if finding.check in OF_STAMPED]
            if told:
                self._add(known, told)

    def _open(self) -> Iterator[Nomination]:
        return (one for one in self.history.nominations if one.number not in self.filed)

    def _brought(self, one: Nomination, draft: Draft) -> bool:
        """Whether the nomination still stands by the form, or by the material, that this mail brought."""
        if draft.form is not None and draft.form not in self.scans:
            return one.form == draft.form and one.form_mail == self.mail and one.form_digest == draft.form_digest
        return draft.material is not None and one.material == draft.material and one.material_mail == self.mail

    def _scanned(self, draft: Draft, submission: Submission) -> None:
        known = next((one for one in self._open() if one.form is None and self._brought(one, draft)), None)
        known = known or match(draft, submission, self.history, self.rules, self.filed.keys())
        if known is None:
            self.rest.append(draft)
        elif known.form is None:
            entry = renewed(known, draft, Arrival(self.received, self.mail, known.order))
            self.filed[known.number] = replace(entry, nomination=restated(entry.nomination, entry.nomination.findings))
        elif (known.form_mail or 0) <= self.mail:  # a scan is no copy of a form that came after it
            self._add(known, self._compared(known, draft))

    def _compared(self, known: Nomination, draft: Draft) -> list[Finding]:
        """A scan that came by itself against the form on file."""
        category = self.rules.category(known.category or "")
        specs = {spec.name: spec for spec in category.fields} if category else {}
        unsealed = [finding for finding in draft.findings if finding.check == "stamp-not-seen"]
        return [*differences(known.fields, draft.fields, specs, draft.form or "", scanned=True), *unsealed]

    def _add(self, known: Nomination, told: Sequence[Finding]) -> None:
        kept = [finding for finding in known.findings if finding.check not in OF_STAMPED]
        one = restated(known, (*kept, *told))
        if one != known:
            self.filed[known.number] = Filed(one, Filing.RESTATED)


def look(
    submission: Submission,
    reading: Reading,
    unit: Unit,
    history: History,
    rules: Rules,
    received: datetime,
    mail: int,
) -> tuple[Filed, ...]:
    """What the second look changes at nominations of the unit, and what it files; `submission` understands `reading`."""
    scans = frozenset(file.path for file in reading.files if file.scanned and file.sections)
    looking = _Look(history, rules, scans, mail, received)
    for draft in submission.drafts:
        looking.draft(draft, submission)
    filed = settled(looking.filed, unit, history, rules) if looking.filed else ()
    if not looking.rest:
        return filed
    now = {entry.nomination.number: entry.nomination for entry in filed}
    then = replace(history, nominations=tuple(now.get(one.number, one) for one in history.nominations), thread=())
    fresh = file_all(replace(submission, drafts=tuple(looking.rest), numbers=()), unit, then, rules, received, mail)
    return (*filed, *fresh)
