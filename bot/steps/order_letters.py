"""Writes the answer to mails of orders: what was done, what was not and why; one short letter for all that came together."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot.campaign import Rules
from bot.letters.compose import About, Thread, compose
from bot.letters.contents import Contents
from bot.letters.order_words import OrderSays
from bot.letters.render import Wording
from bot.letters.views import frame, mail_view
from bot.model import Event, Fact, Letter, MailRow, Outcome, Outgoing
from bot.ports import Transaction
from bot.steps.gather import Post
from bot.steps.order_security import ORDERS, REFUSED
from bot.steps.orders import ORDERED


def compose_orders(
    transaction: Transaction, mails: Sequence[MailRow], key: str, wording: Wording, rules: Rules, now: datetime, post: Post
) -> Outgoing:
    """The letter to the office, to the address that ordered; nothing is written to the ledger."""
    says = OrderSays(wording, rules)
    events = [event for mail in mails for event in transaction.chronicle.of(f"mail:{mail.id}") if event.what == ORDERED]
    done = [event for event in events if "why" not in event.facts]
    left = [event.facts for event in events if "why" in event.facts]
    left += [_why_held(transaction, mail) for mail in mails if mail.outcome is Outcome.HELD]
    contents = Contents(Letter.ORDERS, frame(rules, now), tuple(mail_view(mail, rules) for mail in mails), (), None, ())
    facts = contents.facts() | {
        "put": partial(wording_put, wording),
        "done": says.done(done),
        "done_count": len(done),
        "left": [says.left(one) for one in left],
    }
    about = About(None, _numbers(done), tuple(mail.id for mail in mails))
    thread = Thread(mails[-1].message_id, mails[-1].references)
    rendered = wording.render(Letter.ORDERS, facts)
    return compose(Letter.ORDERS, key, rendered, [mails[-1].sender.address], post.sender, now, thread, about=about)


def wording_put(wording: Wording, key: str, **values: object) -> str:
    """A sentence of `words/orders.toml`."""
    return wording.phrase("orders", key, values)


def _why_held(transaction: Transaction, mail: MailRow) -> dict[str, Fact]:
    """Why nothing in a mail was carried out."""
    refused = [event for event in transaction.chronicle.of(ORDERS) if event.what == REFUSED and event.who == f"mail:{mail.id}"]
    return {"why": refused[-1].facts["why"]} if refused else {"why": "not-possible"}


def _numbers(done: Sequence[Event]) -> tuple[str, ...]:
    """The nominations that the orders changed."""
    abouts = (str(event.facts["about"]) for event in done)
    return tuple(dict.fromkeys(about.partition(":")[2] for about in abouts if about.startswith("nomination:")))
