"""Whether orders in a mail are the office's: a listed address, the day's code, the word of the mail's own server, and a brake.

A mail whose orders are not carried out is held for a person and told in the digest. Nothing in it is done, nothing of it is
told to a sender whose server disowns it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.campaign import Rules
from bot.deciding.codes import codes_in, fitting, tries_a_code
from bot.deciding.proof import Demand, Proof, proof, suffices
from bot.model import MailRow, Reading
from bot.ports import Transaction
from bot.steps.order_days import codes_of, holding, order_days

REFUSED = "order-refused"
"""What the history calls a mail whose orders were not carried out; its subject is `ORDERS`."""

ORDERS = "orders"

BRAKE = 5
"""Wrong codes within `BRAKE_SPAN`, whoever sends them, after which only mail counts that its server vouches for."""

BRAKE_SPAN = timedelta(days=1)

GUESSES = frozenset({"wrong-code", "braked"})

MOST_ANSWERS = 3
"""Letters within `BRAKE_SPAN` that tell a listed address of a code that does not hold: no forger makes us write more."""


@dataclass(frozen=True, slots=True)
class OrderDesk:
    """From whom orders are taken and how they are proven. Without a secret none can be."""

    addresses: frozenset[str] = frozenset()  # lower case
    secret: bytes = b""
    servers: str = ""  # names of the servers whose word counts, with wildcards; "": the topmost field's
    demand: Demand = Demand.GIVEN


NOBODY = OrderDesk()
"""Takes no orders: a dry run, a replay."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks say: the day whose code holds, or why nothing is carried out; `answered`: the sender may be told."""

    day: date | None = None
    why: str = ""  # no-code | wrong-code | old-code | braked | unlisted | refuted | unproven | repeated
    answered: bool = False


def check(transaction: Transaction, mail: MailRow, reading: Reading, said: str, rules: Rules, desk: OrderDesk) -> Checked:
    """Look at a mail that gives orders; `said` are its own words."""
    sender = reading.headers.sender.address.lower()
    if sender not in desk.addresses:
        return Checked(why="unlisted")
    if _done_before(transaction, mail):
        return Checked(why="repeated")
    vouched = proof(reading.headers, desk.servers)
    if vouched is Proof.REFUTED and not suffices(vouched, desk.demand):
        return Checked(why="refuted")
    if not suffices(vouched, desk.demand):
        return Checked(why="unproven")
    day, why = _code(transaction, mail, said, rules, desk)
    guesses, answers = _recent(transaction, mail)
    if guesses >= BRAKE and vouched is not Proof.PROVEN:
        return Checked(why="braked")
    return Checked(day, why, answered=bool(why) and answers < MOST_ANSWERS)


def _code(transaction: Transaction, mail: MailRow, said: str, rules: Rules, desk: OrderDesk) -> tuple[date | None, str]:
    """The day whose code the mail gives and that holds, or what is wrong with what it gives."""
    given, days = codes_in(said), order_days(transaction)
    if not desk.secret:
        return None, "wrong-code" if given else "no-code"
    if day := fitting(given, codes_of(holding(days, mail.received), desk.secret, rules.id)):
        return day, ""
    if fitting(given, codes_of(days, desk.secret, rules.id)):
        return None, "old-code"
    return None, "wrong-code" if tries_a_code(said, rules.orders) else "no-code"


def _done_before(transaction: Transaction, mail: MailRow) -> bool:
    """Whether orders of this Message-ID were carried out, whatever else the mail says now."""
    same = transaction.mails.answering([mail.message_id])
    orders = (event for one in same if one.id != mail.id for event in transaction.chronicle.of(f"mail:{one.id}"))
    return any(event.what == "order" for event in orders)


def _recent(transaction: Transaction, mail: MailRow) -> tuple[int, int]:
    """Wrong codes, and letters that told of codes that do not hold, within the brake's span before this mail."""
    since = mail.received - BRAKE_SPAN
    events = [event for event in transaction.chronicle.of(ORDERS) if event.what == REFUSED and event.at >= since]
    return sum(event.facts.get("why") in GUESSES for event in events), sum(bool(event.facts.get("told")) for event in events)
