"""What a person rules about mails and letters: judged again, settled, sent, kept back; letters pause and go on."""

from dataclasses import replace

from bot.model import MailRow, MailState, Note, NoteKind, OutboxRow, OutboxState, Outcome
from bot.steps.rulings import Hand, NotReleasable

PAUSED = "letters-paused"
"""Mark: since when letters to units wait (ISO time) because the office said so."""


def the_mail(hand: Hand, id: int) -> MailRow:
    """A mail that is on record."""
    try:
        return hand.transaction.mails.get(id)
    except KeyError:
        raise NotReleasable(f"there is no mail {id}", "no-such-mail") from None


def judge_again(hand: Hand, id: int, unit: str | None) -> None:
    """Have a held, returned or failed mail judged again in the next round, as of the unit a person names."""
    mail = the_mail(hand, id)
    if mail.state is MailState.NEW or not (mail.waits or mail.outcome is Outcome.RETURNED):
        raise NotReleasable(
            f"mail {id} is {mail.outcome or mail.state}: only held and returned mails are judged again", "mail-done"
        )
    if mail.outcome is Outcome.RETURNED and unit is None:
        raise NotReleasable(f"mail {id} was returned: name the unit it is of with --unit", "unit-wanted")
    known = unit or mail.given_unit
    again = replace(mail, state=MailState.NEW, attempts=0, traceback="", given_unit=known, released=True)
    hand.transaction.mails.save(again)
    hand.transaction.notes.remove(f"mail:{id}", NoteKind.SETTLED)
    hand.tell(f"mail:{id}", "released", {"unit": unit or ""})


def settle_mail(hand: Hand, id: int) -> bool:
    """Note that a mail needs nothing more; whether that is new."""
    mail = the_mail(hand, id)
    if mail.state is MailState.NEW or not mail.waits:
        raise NotReleasable(f"mail {id} does not wait for a person", "mail-done")
    if hand.transaction.notes.get(f"mail:{id}", NoteKind.SETTLED):
        return False
    hand.transaction.notes.put(Note(f"mail:{id}", NoteKind.SETTLED, "", hand.now, hand.who))
    hand.tell(f"mail:{id}", "settled", {})
    return True


def send(hand: Hand, id: int) -> None:
    """Let a letter go that waits or was refused."""
    row = _letter(hand, id)
    hand.transaction.outbox.settle(row.id, OutboxState.QUEUED, hand.now, due=hand.now)
    hand.tell(f"letter:{id}", "released", {})


def keep(hand: Hand, id: int, reason: str = "") -> None:
    """Keep a letter back for good; the mails it answers are told so in the history, and a person answers them."""
    row = _letter(hand, id)
    hand.transaction.outbox.settle(row.id, OutboxState.DROPPED, hand.now, f"kept back by {hand.who}: {reason}".rstrip(": "))
    hand.tell(f"letter:{id}", "kept-back", {"reason": reason})
    for mail in row.outgoing.mails:
        hand.tell(f"mail:{mail}", "answer-kept-back", {"letter": row.id})


def _letter(hand: Hand, id: int) -> OutboxRow:
    try:
        row = hand.transaction.outbox.get(id)
    except KeyError:
        raise NotReleasable(f"there is no letter {id}", "no-such-letter") from None
    if row.state not in (OutboxState.WAITING, OutboxState.FAILED):
        raise NotReleasable(f"letter {id} is {row.state}: it does not wait for anybody", "letter-done")
    return row


def pause(hand: Hand) -> bool:
    """Letters to units wait from now on; whether that is new."""
    if hand.transaction.marks.get(PAUSED):
        return False
    hand.transaction.marks.put(PAUSED, hand.now.isoformat())
    hand.tell("courier", "paused", {})
    return True


def resume(hand: Hand) -> bool:
    """Letters go again; whether that is new."""
    if not hand.transaction.marks.get(PAUSED):
        return False
    hand.transaction.marks.put(PAUSED, None)
    hand.tell("courier", "unpaused", {})
    return True
