"""Orders by mail: the office's word carried out in the transaction that handles the mail, once, and told in one letter."""

from datetime import date, datetime

from bot.campaign import Rules
from bot.deciding.codes import codes_in, tries_a_code, without_codes
from bot.deciding.deeds import Order
from bot.deciding.orders import orders_in
from bot.deciding.waiting import NOT_CARRIED_OUT
from bot.model import (
    Command,
    Decision,
    Event,
    Fact,
    Letter,
    MailRow,
    Outcome,
    Reading,
    Submission,
    UnitVerdict,
)
from bot.ports import Transaction
from bot.steps.carry_out import carry_out
from bot.steps.order_days import listed_on, order_days
from bot.steps.order_security import ORDERS, REFUSED, Checked, OrderDesk, check
from bot.steps.rulings import Hand, NotReleasable
from bot.steps.rulings_time import rules_now

ORDERED = "order"
"""What the history of a mail calls each of its orders, carried out or not."""


def take_orders(
    transaction: Transaction,
    mail: MailRow,
    reading: Reading,
    submission: Submission,
    rules: Rules,
    desk: OrderDesk,
    now: datetime,
) -> Decision | None:
    """Carry out the orders of a mail, or hold it; None when it is none of orders and everything else may be made of it.

    A mail that a machine wrote or that brings a nomination gives no orders.
    """
    said = _said(reading, rules)
    if submission.intent in (Outcome.BOUNCE, Outcome.IGNORED) or submission.drafts or not _means(said, reading, rules, desk):
        return None
    checked = check(transaction, mail, reading, said, rules, desk)
    if mail.released and checked.why != "repeated":
        checked = Checked(_newest(transaction))
    if checked.why:
        return _held(transaction, mail, submission, checked, now)
    listed = listed_on(transaction, checked.day) if checked.day else ()
    orders = orders_in(without_codes(said, codes_in(said), rules.orders), rules, listed)
    orders = orders or (Order(None, trouble="nothing"),)
    hand = Hand(transaction, reading.headers.sender.address.lower(), now)
    done = sum(_carry_out(hand, mail, order, rules) for order in orders)
    reason = f"{done} of {len(orders)} orders carried out"
    return _decision(submission, Outcome.COMMAND, reason, Letter.ORDERS)


def kept_subject(subject: str, rules: Rules) -> str:
    """The subject of a mail of orders as the ledger keeps it: codes are cut out."""
    return without_codes(subject, codes_in(subject), rules.orders)


def _said(reading: Reading, rules: Rules) -> str:
    """The mail's own words; the subject of an answer is ours."""
    subject = reading.headers.subject
    ours = bool(reading.headers.in_reply_to) or any(
        subject.lower().startswith((f"{word.lower()}:", f"{word.lower()}：")) for word in rules.phrases.answers
    )
    return reading.fresh_text if ours else f"{subject}\n{reading.fresh_text}"


def _means(said: str, reading: Reading, rules: Rules, desk: OrderDesk) -> bool:
    """Whether a mail means to give orders: from the office any that reads like one, from anybody else one with a code."""
    if not rules.orders.code:
        return False
    tries = tries_a_code(said, rules.orders)
    reads = any(order.about or order.deed or order.trouble == "not-listed" for order in orders_in(said, rules))
    if reading.headers.sender.address.lower() in desk.addresses:
        return reads or tries
    return reads and tries


def _newest(transaction: Transaction) -> date | None:
    """The newest digest's day, for a mail that a person let through."""
    days = order_days(transaction)
    return days[-1].day if days else None


def _carry_out(hand: Hand, mail: MailRow, order: Order, rules: Rules) -> bool:
    """Do one order and write down what became of it, for the history and for the answer."""
    facts: dict[str, Fact] = {"deed": order.deed or "", "about": order.about, "said": order.said}
    try:
        facts |= carry_out(hand, order, rules_now(hand.transaction, rules))
    except NotReleasable as refused:
        facts |= {"why": refused.why, **refused.facts}
    hand.transaction.chronicle.add(Event(hand.now, hand.who, ORDERED, f"mail:{mail.id}", facts))
    return "why" not in facts


def _held(transaction: Transaction, mail: MailRow, submission: Submission, checked: Checked, now: datetime) -> Decision:
    """Nothing is done. The office's own address is told why; anybody else gets the line that every stranger gets."""
    told = checked.answered or checked.why == "unlisted"
    letter = (Letter.HELD if checked.why == "unlisted" else Letter.ORDERS) if told else None
    facts: dict[str, Fact] = {"why": checked.why, "mail": f"mail:{mail.id}", "told": checked.answered}
    transaction.chronicle.add(Event(now, f"mail:{mail.id}", REFUSED, ORDERS, facts))
    if checked.why == "repeated":
        return _decision(submission, Outcome.COMMAND, "orders that were carried out before", None)
    return _decision(submission, Outcome.HELD, f"{NOT_CARRIED_OUT}{checked.why}", letter)


def _decision(submission: Submission, outcome: Outcome, reason: str, letter: Letter | None) -> Decision:
    return Decision(
        outcome=outcome,
        reason=reason,
        command=Command.ORDER if outcome is Outcome.COMMAND else None,
        verdict=UnitVerdict(None, None),
        filed=(),
        findings=(),
        roles=submission.roles,
        letter=letter,
    )
