"""The second look: scans of mails that have been answered are read by OCR, one mail at a time, behind everything else.

What was found is written in one transaction: fields of forms that came as scans alone, differences between a Word form and its
stamped copy, scans without a seal. A letter follows only where something was filed or completed.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace

from bot.campaign import NOT_ENTITLED, Rules, Unit
from bot.deciding.looks import look, may_hold_scans, to_look_at, with_looks
from bot.deciding.understand import understand
from bot.model import (
    AnswerState,
    Event,
    Filed,
    FileRow,
    Filing,
    Letter,
    MailRow,
    MailState,
    Outcome,
    Reading,
    Role,
    Submission,
)
from bot.ports import Clock, Originals, Reader, Scanner, Store, Transaction
from bot.steps.listing import settle_lists

MARK = "second-look"
"""The mark that holds the id of the last mail that was looked at, or passed over."""

_PASSED_OVER = 200
"""Mails without scans that are passed over in one transaction."""

_TOUCHED = frozenset({Filing.FILED, Filing.COMPLETED})

log = logging.getLogger("shouli.second_look")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail whose scans are to be looked at; `lacking`: a form is missing that a photograph may show."""

    mail: MailRow
    lacking: bool


@dataclass(frozen=True, slots=True)
class SecondLook:
    """The step with what it needs of the world."""

    store: Store
    originals: Originals
    reader: Reader
    scanner: Scanner
    rules: Rules
    clock: Clock

    def waiting(self) -> Waiting | None:
        """The next mail with scans that has been handled; those without are passed over. A waiting mail is waited for."""
        with self.store.begin() as transaction:
            at = int(transaction.marks.get(MARK) or 0)
            for _ in range(_PASSED_OVER):
                mail = transaction.mails.next_after(at)
                if mail is None or mail.state is MailState.NEW:
                    break
                if mail.outcome in {Outcome.RECEIVED, Outcome.RETURNED} and may_hold_scans(mail.files):
                    transaction.marks.put(MARK, str(at))
                    return Waiting(mail, _lacks_form(mail, transaction))
                at = mail.id
            transaction.marks.put(MARK, str(at))
        return None

    def see(self, waiting: Waiting) -> Reading:
        """The mail as it reads with its scans read; takes seconds a page and touches no ledger."""
        content = self.originals.load(waiting.mail.original)
        reading = self.reader.read(content)
        paths = to_look_at(reading, waiting.mail.files, lacking=waiting.lacking)
        return with_looks(reading, self.scanner.look(content, paths)) if paths else reading

    def settle(self, mail: MailRow, reading: Reading | None) -> None:
        """Write down what was seen. None: looking failed, and the mail stays as it is; so does one judged anew meanwhile."""
        with self.store.begin() as transaction:
            transaction.marks.put(MARK, str(mail.id))
            row = transaction.mails.get(mail.id)
            if reading is not None and row.handled == mail.handled and any(f.scanned and f.sections for f in reading.files):
                self._write(transaction, row, reading)

    def _write(self, transaction: Transaction, row: MailRow, reading: Reading) -> None:
        now = self.clock.now()
        submission = understand(reading, self.rules, row.received, row.given_unit or row.unit)
        unit = self._unit(row, submission)
        if unit is None or submission.intent is not Outcome.RECEIVED:
            return
        history = transaction.nominations.history(unit.id, [draft.nominee for draft in submission.drafts], (), ())
        filed = look(submission, reading, unit, history, self.rules, row.received, row.id)
        texts = {draft.material_digest: draft.material_text for draft in submission.drafts if draft.material_text}
        for entry in filed:
            transaction.nominations.file(entry, row.id, now)
            if text := texts.get(entry.nomination.material_digest):
                transaction.texts.keep(entry.nomination.number, text)
            facts = {"state": entry.nomination.state.value, "version": entry.nomination.version, "by": "scan"}
            transaction.chronicle.add(
                Event(now, f"mail:{row.id}", entry.filing.value, f"nomination:{entry.nomination.number}", facts)
            )
        facts = {"scans": sum(file.scanned and bool(file.sections) for file in reading.files), "changed": len(filed)}
        transaction.chronicle.add(Event(now, "clock", "looked", f"mail:{row.id}", facts))
        if any(entry.filing in _TOUCHED for entry in filed):
            transaction.mails.save(self._after(row, reading, submission, unit, filed))
            settle_lists(transaction, unit.id, self.rules, f"mail:{row.id}", now)
        log.info("mail %d: second look, %d scans, %d nominations changed", row.id, facts["scans"], len(filed))

    def _unit(self, row: MailRow, submission: Submission) -> Unit | None:
        """The unit the mail was filed under; for one that was returned, the unit that is plain now."""
        verdict = submission.verdict
        id = row.unit if row.outcome is Outcome.RECEIVED else verdict.unit if verdict.finding is None else None
        return next((unit for unit in self.rules.units if unit.id == id and unit.kind != NOT_ENTITLED), None)

    def _after(self, row: MailRow, reading: Reading, submission: Submission, unit: Unit, filed: tuple[Filed, ...]) -> MailRow:
        """The mail's row after something of it was filed or completed: it is owed an answer once more."""
        seen = {file.path for file in reading.files if file.scanned and file.sections}
        numbers = [entry.nomination.number for entry in filed if entry.filing in _TOUCHED]
        owed = bool(row.sender.address) and row.letter is not None
        return replace(
            row,
            outcome=Outcome.RECEIVED,
            reason=f"{row.reason}; a second look at its scans filed {len(numbers)}",
            unit=unit.id,
            findings=tuple(finding for finding in row.findings if finding.file not in seen),
            files=tuple(
                FileRow(file.path, file.sha256, file.size, file.format, submission.roles.get(file.path, Role.OTHER))
                for file in reading.files
            ),
            filed=tuple(dict.fromkeys((*row.filed, *numbers))),
            letter=Letter.RECEIPT if owed else row.letter,
            answer_state=AnswerState.OWED if owed else row.answer_state,
            answer_by=self.clock.now() if owed else row.answer_by,
            handled=self.clock.now(),
        )


class Looker:
    """Takes the second looks in a thread of its own: nobody waits for it, and only `turn` touches the ledger."""

    def __init__(self, step: SecondLook) -> None:
        self._step = step
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="second-look")
        self._under_way: tuple[MailRow, Future[Reading]] | None = None

    def turn(self) -> None:
        """Write down what has been seen meanwhile, and begin with the next mail."""
        if self._under_way is not None:
            mail, future = self._under_way
            if not future.done():
                return
            self._under_way = None
            self._step.settle(mail, _outcome(mail, future.result))
        following = self._step.waiting()
        if following is not None:
            self._under_way = following.mail, self._pool.submit(self._step.see, following)

    def finish(self) -> None:
        """Wait for the look that is under way and write it down; begin no other."""
        if self._under_way is not None:
            mail, future = self._under_way
            self._under_way = None
            self._step.settle(mail, _outcome(mail, future.result))

    def close(self) -> None:
        """Drop what is under way; the mail is looked at again by the next worker."""
        self._step.scanner.close()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _lacks_form(mail: MailRow, transaction: Transaction) -> bool:
    filed = [transaction.nominations.get(number) for number in mail.filed]
    return mail.outcome is Outcome.RETURNED or any(one is not None and one.form is None for one in filed)


def _outcome(mail: MailRow, result: Callable[[], Reading]) -> Reading | None:
    """The reading; a look that raised is logged and costs this mail its second look, nothing else."""
    try:
        return result()
    except Exception:
        log.exception("mail %d: the second look failed", mail.id)
        return None
