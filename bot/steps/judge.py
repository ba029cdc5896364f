"""Judge one read mail inside a transaction: load the history that bears on it, decide, write everything down together."""

from dataclasses import replace
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.choices import chosen, may_answer
from bot.deciding.decide import decide
from bot.deciding.due import answer_address
from bot.deciding.numbers import numbers_in
from bot.deciding.understand import joined, understand
from bot.deciding.units import match_unit, named_unit
from bot.model import (
    AnswerState,
    Choice,
    Command,
    Decision,
    Event,
    Facts,
    Filed,
    FileRow,
    Filing,
    History,
    MailRow,
    MailState,
    Outcome,
    Reading,
    Role,
    Submission,
    UnitVerdict,
)
from bot.ports import Transaction
from bot.steps.halves import with_halves
from bot.steps.listing import settle_lists
from bot.steps.order_security import NOBODY, OrderDesk
from bot.steps.orders import kept_subject, take_orders
from bot.steps.rulings_time import granted
from bot.steps.thread import Thread, message_ids


def judge(
    transaction: Transaction,
    mail: MailRow,
    reading: Reading,
    earlier: Reading | None,
    thread: Thread,
    rules: Rules,
    now: datetime,
    desk: OrderDesk = NOBODY,
) -> Decision:
    """Decide about one mail and write it down: the mail, nominations with versions, history, the answer owed.

    `earlier` is the reading of `thread.earlier`: of a returned mail that this one answers with the unit's name, its files are
    judged with it; of one whose halves it says belong together, they alone.
    """
    times = granted(transaction)
    rules = times.rules_of(None, rules)
    picked = chosen(reading, thread.question, rules) if thread.question else ()
    halves, earlier = (None, earlier) if thread.returned else (earlier, None)
    whole = joined(reading, earlier) if earlier else reading
    named = _named(mail, reading, earlier, picked, rules)
    submission = understand(whole, rules, mail.received, thread.unit, named, _sender_unit(transaction, reading))
    if mail.released:
        submission = replace(submission, released=True)
    if ordered := take_orders(transaction, mail, reading, submission, rules, desk, now):
        _write_orders(transaction, mail, reading, ordered, rules, now)
        return ordered
    came = mail
    if picked:
        submission = _answering(transaction, submission, reading, thread, picked, rules)
    if submission.command is Command.CHOOSE and thread.halves:
        submission = with_halves(transaction, submission, thread.halves, halves, rules)
        came = thread.halves if submission.drafts else mail
    history = replace(_history(transaction, submission, reading, thread), longer=times.nominations())
    decision = decide(submission, history, times.rules_of(submission.verdict.unit, rules), came.received, came.id)
    _write(transaction, mail, whole, submission, decision, rules, now)
    return decision


def _history(transaction: Transaction, submission: Submission, reading: Reading, thread: Thread) -> History:
    """What the ledger knows that bears on the submission."""
    history = transaction.nominations.history(
        submission.verdict.unit,
        [draft.nominee for draft in submission.drafts],
        message_ids(reading),
        (*submission.numbers, *(number for choice in submission.chosen for number in choice.withdraw)),
    )
    kin = transaction.texts.kin(list(_texts(submission).values()))
    return replace(history, thread_unit=thread.unit, kin=kin)


def _texts(submission: Submission) -> dict[str, str]:
    """The materials of a submission by their digests."""
    return {draft.material_digest: draft.material_text for draft in submission.drafts if draft.material_text}


def _write(
    transaction: Transaction,
    mail: MailRow,
    whole: Reading,
    submission: Submission,
    decision: Decision,
    rules: Rules,
    now: datetime,
) -> None:
    """A decision on record: nominations with their materials, whom the unit writes from, the mail, what its tables lack."""
    texts, unit = _texts(submission), decision.verdict.unit
    for filed in decision.filed:
        transaction.nominations.file(filed, mail.id, now)
        if filed.filing is not Filing.REPEATED and filed.nomination.material_digest in texts:
            transaction.texts.keep(filed.nomination.number, texts[filed.nomination.material_digest])
    if decision.outcome is Outcome.RECEIVED and unit and not submission.automatic:
        transaction.nominations.learn(unit, whole.headers.sender, mail.id)
    transaction.mails.save(_row_after(mail, whole, decision, rules, now))
    handled = Event(now, f"mail:{mail.id}", "handled", f"mail:{mail.id}", _outcome_facts(decision))
    transaction.chronicle.add(*(_filed_event(filed, mail, now) for filed in decision.filed), handled)
    if unit and (decision.filed or decision.listed):
        settle_lists(transaction, unit, rules, f"mail:{mail.id}", now)


def _write_orders(
    transaction: Transaction, mail: MailRow, reading: Reading, decision: Decision, rules: Rules, now: datetime
) -> None:
    """A mail of orders on record: its code is cut out, and the answer goes to the address that orders, not to a Reply-To."""
    row = _row_after(mail, reading, decision, rules, now)
    transaction.mails.save(replace(row, subject=kept_subject(row.subject, rules), answer_to=""))
    transaction.chronicle.add(Event(now, f"mail:{mail.id}", "handled", f"mail:{mail.id}", _outcome_facts(decision)))


def _named(
    mail: MailRow, reading: Reading, earlier: Reading | None, picked: tuple[Choice, ...], rules: Rules
) -> UnitVerdict | None:
    """The unit that somebody has named for this mail: a person of the office, else the reply to the letter that asked for it.

    What a reply says by itself outweighs the form it is about: that two units stand in the form is why it was asked.
    """
    if mail.given_unit:
        return named_unit(mail.given_unit, rules)
    if earlier and picked and picked[0].unit:
        return named_unit(picked[0].unit, rules)
    verdict = match_unit(reading, rules) if earlier else None
    return verdict if verdict and verdict.unit and verdict.finding is None else None


def _sender_unit(transaction: Transaction, reading: Reading) -> str | None:
    """The only unit that the sender has filed for; of several the one whose nominations the mail names."""
    units = transaction.nominations.filed_from(reading.headers.sender.address)
    if len(units) > 1:
        named = [transaction.nominations.get(number) for number in numbers_in(reading)]
        units = tuple({one.unit for one in named if one is not None and one.unit in units})
    return units[0] if len(units) == 1 else None


def _answering(
    transaction: Transaction,
    submission: Submission,
    reading: Reading,
    thread: Thread,
    picked: tuple[Choice, ...],
    rules: Rules,
) -> Submission:
    """A reply that takes a choice: a choice among units is the filing itself, one among nominations a command.

    Who was not asked and is not known for the unit decides nothing, whatever the thread; a person looks at it.
    """
    if submission.intent in (Outcome.BOUNCE, Outcome.IGNORED):
        return submission
    if not may_answer(reading.headers, thread.asked, _known(transaction, thread.unit, rules)):
        reason = "a choice from an address that was not asked, or that its server disowns"
        return replace(submission, intent=Outcome.HELD, reason=reason, drafts=(), findings=())
    if picked[0].unit:
        return submission
    verdict = (named_unit(thread.unit, rules) if thread.unit else None) or submission.verdict
    return replace(
        submission, intent=Outcome.COMMAND, command=Command.CHOOSE, reason="a choice", verdict=verdict, chosen=picked
    )


def _known(transaction: Transaction, unit: str | None, rules: Rules) -> tuple[str, ...]:
    """The addresses from which a unit is known to write."""
    if unit is None:
        return ()
    roster = next((row.addresses for row in rules.units if row.id == unit), ())
    return (*roster, *transaction.nominations.history(unit, (), (), ()).addresses)


def _outcome_facts(decision: Decision) -> Facts:
    return {"outcome": decision.outcome.value, "reason": decision.reason, "unit": decision.verdict.unit or ""}


def _filed_event(filed: Filed, mail: MailRow, now: datetime) -> Event:
    """One history row a nomination: what happened to it, its state, and field by field what a new version changed."""
    facts: dict[str, str | int | tuple[str, ...]] = {
        "state": filed.nomination.state.value,
        "version": filed.nomination.version,
    }
    for change in filed.changes:
        facts[f"field:{change.field}"] = (change.before, change.after)
    return Event(now, f"mail:{mail.id}", filed.filing.value, f"nomination:{filed.nomination.number}", facts)


def _row_after(mail: MailRow, reading: Reading, decision: Decision, rules: Rules, now: datetime) -> MailRow:
    owed = decision.letter is not None
    return replace(
        mail,
        state=MailState.HANDLED,
        outcome=decision.outcome,
        reason=decision.reason,
        command=decision.command,
        unit=decision.verdict.unit,
        sender=reading.headers.sender,
        subject=reading.headers.subject,
        answer_to=answer_address(reading.headers).address,
        references=reading.headers.references,
        findings=decision.findings,
        files=tuple(
            FileRow(file.path, file.sha256, file.size, file.format, decision.roles.get(file.path, Role.OTHER))
            for file in reading.files
        ),
        evidence=decision.verdict.evidence,
        filed=tuple(filed.nomination.number for filed in decision.filed if filed.filing is not Filing.RESTATED),
        rules=rules.version,
        traceback="",
        letter=decision.letter,
        listed=decision.listed,
        answer_state=AnswerState.OWED if owed else AnswerState.NONE,
        answer_by=mail.received if owed else None,
        handled=now,
    )
