"""Annotated copies: the submitter's own form with our findings as comments, made before the letter is written, outside of it.

The original is hostile and the work takes a moment: it is done in limited processes and in no transaction. What cannot be
annotated costs the letter nothing but its copy.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from bot.campaign import Rules
from bot.letters.card import defects
from bot.letters.render import Wording
from bot.letters.views import notices
from bot.model import Attachment, Finding, Format, MailRow, Nomination, Place
from bot.ports import Annotator, Originals, Remark, Transaction

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

MOST_COPIES = 10
MOST_REMARKS = 40
LARGEST_ORIGINAL = 3 << 20
"""Copies of one letter, comments of one copy, bytes of a file that is annotated: a letter stays one that a mailbox takes."""

log = logging.getLogger("shouli.copies")


@dataclass(frozen=True, slots=True)
class Copyist:
    """Where originals lie and who annotates."""

    originals: Originals
    annotator: Annotator


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of a mail with the findings that belong into it."""

    mail: int
    original: str
    path: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """An annotated copy, and what it was made for: a letter takes it only if it still wants the same."""

    wanted: Wanted
    attachment: Attachment


def wanted_copies(transaction: Transaction, mails: Sequence[MailRow]) -> list[Wanted]:
    """The Word forms of these mails that have findings to mend, as the ledger stands now."""
    found: dict[tuple[int, str], list[Finding]] = {}
    rows = {mail.id: mail for mail in mails if mail.complete}
    numbers = tuple(dict.fromkeys(number for mail in mails for number in mail.filed))
    filed = {one.number: one for one in transaction.nominations.some(numbers)}
    for number in numbers:
        nomination = filed.get(number)
        if nomination is None or nomination.form is None or nomination.form_mail not in rows:
            continue
        if _annotatable(rows[nomination.form_mail], nomination.form) and (told := _of_form(nomination)):
            found.setdefault((nomination.form_mail, nomination.form), []).extend(told)
    wanted = [
        Wanted(mail, rows[mail].original, path, tuple(findings)[:MOST_REMARKS]) for (mail, path), findings in found.items()
    ]
    return wanted[:MOST_COPIES]


def _of_form(nomination: Nomination) -> list[Finding]:
    """What is told of the form, only where something in it is to be mended."""
    own = [f for f in nomination.findings if (f.file or (f.place.file if f.place else None)) == nomination.form]
    return [*defects(own), *notices(own)] if defects(own) else []


def _annotatable(mail: MailRow, path: str) -> bool:
    return any(file.path == path and file.format is Format.DOCX and file.size <= LARGEST_ORIGINAL for file in mail.files)


def make_copies(wanted: Sequence[Wanted], copyist: Copyist, wording: Wording, rules: Rules, now: datetime) -> tuple[Copy, ...]:
    """The copies that can be had; a failure is logged and leaves its copy out, whatever it is."""
    copies: list[Copy] = []
    for mail in dict.fromkeys(one.mail for one in wanted):
        ours = [one for one in wanted if one.mail == mail]
        remarks = {one.path: [_remark(finding, one.path, wording) for finding in one.findings] for one in ours}
        try:
            content = copyist.originals.load(ours[0].original)
            made = copyist.annotator.annotate(content, remarks, rules.office.name, now)
        except Exception:
            log.exception("mail %d: no annotated copies", mail)
            continue
        copies += [Copy(one, _attachment(one, made[one.path], wording)) for one in ours if one.path in made]
    return tuple(copies)


def _remark(finding: Finding, path: str, wording: Wording) -> Remark:
    """A finding as a comment, in the words of the letter."""
    said, label = wording.finding(finding), wording.words["letters"]["label"]
    lines = (said.title, f"{label['wrong']}{said.wrong}", f"{label['mend']}{said.mend}")
    return Remark(finding.place or Place(path), "\n".join(lines))


def _attachment(wanted: Wanted, content: bytes, wording: Wording) -> Attachment:
    stem = PurePosixPath(wanted.path).name.rpartition(".")[0] or wanted.path
    return Attachment(wording.phrase("enclosures", "copy_name", {"stem": stem}), content, DOCX)
