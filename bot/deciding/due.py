"""When an answer is due to an address, and who gets none. Moments in, moments out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.campaign import Rules
from bot.model import Address, Command, Headers, MailRow, Outcome
from bot.text import folded


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast mails are answered: a little patience makes one letter of what belongs together."""

    quiet: timedelta = timedelta(seconds=30)  # no further mail from the address for so long
    window: timedelta = timedelta(minutes=10)  # between two letters to one address, and the longest an answer waits


@dataclass(frozen=True, slots=True)
class Answered:
    """A letter that went to an address before: when, and whether it answered a mail that filed something."""

    at: datetime
    filed: bool


BRAKE = 6
"""Letters a day to one address about mails that filed nothing: a machine that answers us is fed no more than that.

What comes beyond waits and is merged into the next letter; nothing is dropped. Mails that file something never wait, nor do the
office's orders.
"""

BRAKE_SPAN = timedelta(days=1)


def answer_due(owed: Sequence[MailRow], before: Sequence[Answered], pace: Pace) -> datetime:
    """When the one letter to an address that answers all of `owed` is to be written; `before` went to it earlier.

    Usually when the address has been quiet for a moment; after a recent letter only when the window has passed; never later
    than a window after the oldest mail. Only the brake holds an answer longer, and a mail's own `answer_by`, which is put off
    when its letter could not be written.
    """
    since = sorted(_since(mail) for mail in owed)
    due = since[-1] + pace.quiet
    if before:
        due = max(due, max(letter.at for letter in before) + pace.window)
    due = max(min(due, since[0] + pace.window), *(mail.answer_by or mail.received for mail in owed))
    if any(mail.outcome is Outcome.RECEIVED or mail.command is Command.ORDER for mail in owed):
        return due
    idle = sorted(letter.at for letter in before if not letter.filed)
    return max(due, idle[-BRAKE] + BRAKE_SPAN) if len(idle) >= BRAKE else due


def _since(mail: MailRow) -> datetime:
    """Since when a mail waits: its arrival, but not later than it was handled: the mail server's clock may be ahead."""
    return min(mail.received, mail.handled) if mail.handled else mail.received


# --- to whom -----------------------------------------------------------------------------------------------------------


def answer_address(headers: Headers) -> Address:
    """Where the answer to a mail goes: From; Reply-To only within the same domain, or where there is no From.

    RFC 5322 3.6.2 lets Reply-To name anybody. A receipt lists what a unit has filed, so it does not follow a header to another
    house; within one (a clerk's address and the section's) it does.
    """
    sender = headers.sender
    for other in headers.reply_to:
        if other.address and (not sender.address or _domain(other.address) == _domain(sender.address)):
            return other
    return sender


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


def address_of(mail: MailRow) -> str:
    """The address, in lower case, that the answer to a mail in the ledger goes to."""
    return (mail.answer_to or mail.sender.address).strip().lower()


SILENT: tuple[tuple[str, Callable[[MailRow, frozenset[str], frozenset[str], Rules], bool]], ...] = (
    # Automatic mail gets no letter (RFC 3834, 2), whatever was owed.
    ("automatic mail", lambda mail, _own, _silent, _rules: mail.outcome in (Outcome.BOUNCE, Outcome.IGNORED)),
    # A letter to an empty or unusable address cannot be sent.
    ("no address to answer", lambda mail, _own, _silent, _rules: "@" not in address_of(mail)),
    # Our own letters come back by aliases and forwarding.
    ("our own address", lambda mail, own, _silent, rules: address_of(mail) in own | {rules.office.mailbox.lower()}),
    # The operator's list.
    ("on the do-not-reply list", lambda mail, _own, silent, _rules: address_of(mail) in silent),
    # A machine may file a nomination for somebody, and its owner is told; it is not told anything else.
    ("an address that no person reads", lambda mail, _own, _silent, rules: _robot(mail, rules)),
)
"""Why a mail gets no letter although one is owed: the first that applies. The reason goes into the history."""


def silence(mail: MailRow, own: frozenset[str], silent: frozenset[str], rules: Rules) -> str | None:
    """Why nothing is written to this mail's sender; None when it is to be answered. Addresses in lower case."""
    return next((reason for reason, applies in SILENT if applies(mail, own, silent, rules)), None)


LONG_ROBOT = 7
"""A robot's name of so many letters also counts as the beginning of one (noreply-2021), a short one (bot) only whole."""


def _robot(mail: MailRow, rules: Rules) -> bool:
    if mail.outcome is Outcome.RECEIVED:
        return False
    name = folded(address_of(mail).partition("@")[0])
    robots = [folded(robot) for robot in rules.phrases.robots]
    return any(name == robot or (len(robot) >= LONG_ROBOT and name.startswith(robot)) for robot in robots if robot)
