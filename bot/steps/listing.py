"""Settles summary tables: of what the tables of a unit list, each mail keeps as findings what is nowhere on file by now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.gaps import absent, blocks, gaps, in_force, is_gap, present
from bot.model import Event, Facts, Finding, Listed, MailRow, Nomination, Outcome, State
from bot.ports import Transaction


def settle_lists(transaction: Transaction, unit: str, rules: Rules, who: str, now: datetime) -> None:
    """Bring the findings of this unit's mails with summary tables to what is on file; to be called whenever that changed.

    Whatever the order in which mails are handled, the end is the same: it follows from the tables and the nominations alone.
    """
    mails = transaction.mails.listing(unit)
    if not mails:
        return
    nominations = transaction.nominations.of_unit(unit)
    tables = in_force([mail.listed for mail in mails], rules)
    for mail, rows in zip(mails, tables, strict=True):
        settled = _settled(mail, rows, nominations, rules)
        if settled != mail:
            transaction.mails.save(settled)
            missing = tuple(str(f.facts["nominee"]) for f in settled.findings if is_gap(f) and f.check == "form-missing")
            facts: Facts = {"missing": missing}
            transaction.chronicle.add(Event(now, who, "list-settled", f"mail:{mail.id}", facts))


def _settled(mail: MailRow, rows: Sequence[Listed], nominations: Sequence[Nomination], rules: Rules) -> MailRow:
    """The mail with what its tables still miss; one that brought nothing but tables is done with once all of it is there."""
    there = [one for one in nominations if _counts(one, mail)]
    own = tuple(finding for finding in mail.findings if not is_gap(finding))
    missing = gaps(absent(rows, there, rules), rules) if _may_tell(mail, own, there) else ()
    settled = replace(mail, findings=(*own, *missing))
    named = present(mail.listed, there, rules)
    if mail.outcome is not Outcome.RETURNED or not named:
        return settled
    kept = tuple(finding for finding in settled.findings if finding.check != "no-attachment")
    if kept:
        return replace(settled, findings=kept)
    numbers = tuple(one.number for one in named)
    return replace(
        settled, outcome=Outcome.RECEIVED, reason="a summary table, and all it lists is on file", findings=(), filed=numbers
    )


def _counts(one: Nomination, mail: MailRow) -> bool:
    """Whether a nomination answers for a row: one withdrawn before the table came is wanted again by it."""
    return one.state is not State.WITHDRAWN or one.updated >= mail.received


def _may_tell(mail: MailRow, own: Sequence[Finding], there: Sequence[Nomination]) -> bool:
    """Files that cannot be opened may hold what is missed; once others have come after them they do not excuse any more."""
    return not any(blocks(finding) for finding in own) or any(one.updated > mail.received for one in there)
