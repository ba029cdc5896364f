"""What a person decides at the command line about a held thing, each in its own transaction; see `bot/steps/rulings.py`."""

from collections.abc import Sequence
from datetime import datetime

from bot.campaign import Rules
from bot.model import State
from bot.ports import Store
from bot.steps import review, rulings, rulings_post
from bot.steps.rulings import Hand, NotReleasable
from bot.steps.rulings_time import rules_now

__all__ = ["NotReleasable", "admit", "note_paper", "refuse", "release_letter", "release_mail", "send_back"]


def release_mail(store: Store, mail_id: int, unit: str | None, who: str, now: datetime) -> None:
    """Have a held, returned or failed mail judged again in the next round, as of the unit a person names."""
    with store.begin() as transaction:
        rulings_post.judge_again(Hand(transaction, who, now), mail_id, unit)


def admit(store: Store, number: str, rules: Rules, who: str, now: datetime) -> State:
    """Let a nomination stand although it is held, late or over quota; its state afterwards."""
    with store.begin() as transaction:
        return rulings.admit(Hand(transaction, who, now), number, rules_now(transaction, rules))


def refuse(store: Store, number: str, rules: Rules, who: str, reason: str, now: datetime) -> State:
    """Leave standing what stood before a late version came: it becomes the newest version again; its state afterwards."""
    with store.begin() as transaction:
        hand = Hand(transaction, who, now)
        nomination = rulings.the_nomination(hand, number)
        if nomination.state is not State.LATE or not nomination.standing:
            raise NotReleasable(f"nomination {number} is {nomination.state}: no version in time stands beside it")
        return rulings.refuse(hand, number, reason, rules_now(transaction, rules))


def send_back(store: Store, number: str, rules: Rules, who: str, reason: str, now: datetime) -> State:
    """Send a nomination back to its unit for a reason, whatever stands beside it; its state afterwards."""
    with store.begin() as transaction:
        return rulings.refuse(Hand(transaction, who, now), number, reason, rules_now(transaction, rules))


def release_letter(store: Store, letter_id: int, who: str, now: datetime) -> None:
    """Send a letter that waits for a person."""
    try:
        review.release(store, [letter_id], who, now)
    except review.NotWaitingError as error:
        raise NotReleasable(str(error)) from None


def note_paper(store: Store, numbers: Sequence[str], who: str, now: datetime) -> None:
    """Note that the stamped paper of these nominations has come in; all or none."""
    with store.begin() as transaction:
        hand = Hand(transaction, who, now)
        for number in numbers:
            if transaction.nominations.get(number) is None:
                raise NotReleasable(f"there is no nomination {number}; nothing was noted")
            rulings.paper(hand, number, rulings.the_nomination(hand, number).paper or now)
