"""Makes of a reply that chooses among halves what it settles: the nominations of the earlier mail, put together as chosen."""

from dataclasses import replace

from bot.campaign import Rules
from bot.deciding.settling import pairings_of, settled_before, settlement
from bot.deciding.understand import chosen_halves
from bot.model import Outcome, Reading, Submission
from bot.model.ledger import MailRow
from bot.ports import Transaction

CHANGED = "a choice, but things have changed since it was asked"


def with_halves(
    transaction: Transaction, submission: Submission, source: MailRow, earlier: Reading | None, rules: Rules
) -> Submission:
    """The submission with the nominations of `source` as its unit has chosen; held where that cannot be done any more.

    What it files came with `source`: it is in time when that was. The same answer a second time changes nothing.
    """
    pairings = pairings_of(submission.chosen)
    on_file = {one.number: one for one in transaction.nominations.of_unit(submission.verdict.unit or "")}
    if settled_before(pairings, on_file):
        return submission
    settled = settlement(pairings, on_file, source.id)
    drafts = chosen_halves(earlier, rules, source.received, submission.verdict, settled) if earlier and settled else None
    if not drafts:
        return replace(submission, intent=Outcome.HELD, command=None, reason=CHANGED, chosen=())
    return replace(submission, intent=Outcome.RECEIVED, command=None, drafts=drafts, findings=(), numbers=(), chosen=())
