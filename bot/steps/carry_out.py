"""Carries an order out: one deed of one table, with what became of it for the answer."""

from collections.abc import Callable, Mapping

from bot.campaign import Rules
from bot.deciding.deeds import Deed, Order
from bot.model import Fact, State
from bot.steps import rulings, rulings_post, rulings_time
from bot.steps.rulings import Hand, NotReleasable

REVIEW: Mapping[Deed, State] = {
    Deed.SHORTLIST: State.SHORTLISTED,
    Deed.SELECT: State.SELECTED,
    Deed.PASS_OVER: State.NOT_SELECTED,
}
"""States of review, by the deed that leads to them."""


def carry_out(hand: Hand, order: Order, rules: Rules) -> Mapping[str, Fact]:
    """Do what an order says; what became of it. Raises `NotReleasable` when nothing was done."""
    if order.deed is None:
        raise NotReleasable(f"this order cannot be read: {order.trouble}", order.trouble or "unclear")
    return _DEEDS[order.deed](hand, order, rules)


_Done = Callable[[Hand, Order, Rules], Mapping[str, Fact]]


def _number(order: Order) -> str:
    return order.about.partition(":")[2]


def _admit(hand: Hand, order: Order, rules: Rules) -> Mapping[str, Fact]:
    return {"state": rulings.admit(hand, _number(order), rules).value}


def _refuse(hand: Hand, order: Order, rules: Rules) -> Mapping[str, Fact]:
    return {"state": rulings.refuse(hand, _number(order), order.reason, rules).value, "reason": order.reason}


def _paper(hand: Hand, order: Order, _rules: Rules) -> Mapping[str, Fact]:
    """A paper that is in already came when it came."""
    known = rulings.the_nomination(hand, _number(order)).paper
    return {"new": rulings.paper(hand, _number(order), known or hand.now)}


def _extend(hand: Hand, order: Order, rules: Rules) -> Mapping[str, Fact]:
    if order.until is None:
        raise NotReleasable("a longer time needs its last day", "no-day")
    return {"moved": rulings_time.extend(hand, order.about, order.until, rules), "until": order.until.isoformat()}


def _redo(hand: Hand, order: Order, _rules: Rules) -> Mapping[str, Fact]:
    rulings_post.judge_again(hand, int(_number(order)), order.unit)
    return {"unit": order.unit or ""}


def _send(hand: Hand, order: Order, _rules: Rules) -> Mapping[str, Fact]:
    rulings_post.send(hand, int(_number(order)))
    return {}


def _keep(hand: Hand, order: Order, _rules: Rules) -> Mapping[str, Fact]:
    rulings_post.keep(hand, int(_number(order)), order.reason)
    return {}


def _review(state: State) -> _Done:
    return lambda hand, order, rules: {"state": rulings.review(hand, _number(order), state, rules).value}


_DEEDS: Mapping[Deed, _Done] = {
    Deed.PAPER: _paper,
    Deed.ADMIT: _admit,
    Deed.REFUSE: _refuse,
    Deed.EXTEND: _extend,
    Deed.PAUSE: lambda hand, _order, _rules: {"new": rulings_post.pause(hand)},
    Deed.RESUME: lambda hand, _order, _rules: {"new": rulings_post.resume(hand)},
    Deed.CHECKED: lambda hand, order, _rules: {"new": rulings.check(hand, _number(order))},
    Deed.SETTLE: lambda hand, order, _rules: {"new": rulings_post.settle_mail(hand, int(_number(order)))},
    Deed.REDO: _redo,
    Deed.SEND: _send,
    Deed.KEEP: _keep,
    **{deed: _review(state) for deed, state in REVIEW.items()},
}
"""How each deed is done."""
