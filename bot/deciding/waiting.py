"""What waits for a person, as one list: mails, nominations, letters, each with why (keys of the office's words)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from bot.deciding.board import Board, Line, MailLine
from bot.model import Finding, OutboxRow, OutboxState, State

_STATES = {State.HELD: "held", State.LATE: "late", State.OVER_QUOTA: "over-quota"}
_TOLD = {State.LATE: ("late",)}
_HINTS = {"duplicate-nominee": "alike", "similar-material": "alike", "versions-differ": "versions-differ"}


NOT_CARRIED_OUT = "orders that were not carried out: "
"""How the reason of a held mail begins that gives orders and may not."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to decide. `what` is mail, nomination or letter; `reason` a key of the words `waiting`."""

    what: str
    reason: str
    received: datetime
    number: str = ""
    unit: str | None = None
    category: str | None = None
    nominee: str = ""
    mail: int | None = None
    letter: int | None = None
    sender: str = ""
    subject: str = ""
    findings: tuple[Finding, ...] = ()  # told with the reason
    details: tuple[str, ...] = ()  # choices as judging wrote them
    log: str = ""  # the reason in the log, English


def waiting_lines(board: Board) -> Iterator[Waiting]:
    """Mails first, then nominations, then letters that were refused or wait to be released."""
    for mail in board.waiting:
        yield _mail(mail)
    for line in board.lines:
        yield from _nomination(line)
    for letter in board.held_letters:
        yield _letter(letter)


def _mail(mail: MailLine) -> Waiting:
    """A mail that nobody but a person understands."""
    reason = "mail_command" if mail.command else "mail_held"
    if mail.failed or mail.reason.startswith(NOT_CARRIED_OUT):
        reason = "mail_failed" if mail.failed else "mail_order"
    return Waiting(
        "mail", reason, mail.received, unit=mail.unit, mail=mail.id, sender=mail.sender, subject=mail.subject, log=mail.reason
    )


def _nomination(line: Line) -> Iterator[Waiting]:
    """A nomination whose state waits for a person, or of which the office was told something; one entry a reason."""
    reasons: dict[str, tuple[Finding, ...]] = {}
    if line.state in _STATES:
        told = _TOLD.get(line.state, ())
        reasons[_STATES[line.state]] = tuple(finding for finding in line.findings if finding.check in told)
    if line.stands:
        for finding in line.findings:
            if (reason := _HINTS.get(finding.check)) and finding.check not in line.checked:
                reasons[reason] = (*reasons.get(reason, ()), finding)
    for reason, findings in reasons.items():
        yield Waiting(
            "nomination",
            reason,
            line.updated,
            number=line.number,
            unit=line.unit,
            category=line.category,
            nominee=line.nominee,
            mail=line.mail,
            findings=findings,
            details=_details(line, reason),
        )


def _details(line: Line, reason: str) -> tuple[str, ...]:
    """The choices judging left open, or for one over the quota those that fill it."""
    if reason == "held":
        return line.uncertain
    if reason != "over-quota":
        return ()
    facts = next((finding.facts for finding in line.findings if finding.check == "over-quota"), {})
    numbers, nominees = facts.get("numbers", ()), facts.get("nominees", ())
    if not isinstance(numbers, tuple) or not isinstance(nominees, tuple):
        return ()
    return tuple(f"{number} {nominee}".strip() for number, nominee in zip_longest(numbers, nominees, fillvalue=""))


def _letter(row: OutboxRow) -> Waiting:
    """A letter that did not go out by itself."""
    letter = row.outgoing
    reason = "letter_failed" if row.state is OutboxState.FAILED else "letter_waiting"
    sender = ", ".join(letter.recipients)
    return Waiting(
        "letter", reason, row.queued, unit=letter.unit, sender=sender, subject=letter.subject, letter=row.id, log=row.error
    )
