"""What a person decides about a held thing: a mail is judged again, a nomination admitted, a letter sent, paper noted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.quota import settle
from bot.deciding.states import restated
from bot.model import Event, Filed, Filing, MailState, Nomination, Outcome, State
from bot.ports import Store, Transaction
from bot.steps import review


class NotReleasable(Exception):  # noqa: N818 - an answer to a person, read as a sentence
    """There is no such thing, or nothing about it waits for a person."""


def release_mail(store: Store, mail_id: int, unit: str | None, who: str, now: datetime) -> None:
    """Have a held, returned or failed mail judged again in the next round, as of the unit a person names."""
    with store.begin() as transaction:
        try:
            mail = transaction.mails.get(mail_id)
        except KeyError:
            raise NotReleasable(f"there is no mail {mail_id}") from None
        if mail.state is MailState.NEW or not (mail.waits or mail.outcome is Outcome.RETURNED):
            raise NotReleasable(
                f"mail {mail_id} is {mail.outcome or mail.state}: only held and returned mails are judged again"
            )
        if mail.outcome is Outcome.RETURNED and unit is None:
            raise NotReleasable(f"mail {mail_id} was returned: name the unit it is of with --unit")
        known = unit or mail.given_unit
        again = replace(mail, state=MailState.NEW, attempts=0, traceback="", given_unit=known, released=True)
        transaction.mails.save(again)
        transaction.chronicle.add(Event(now, who, "released", f"mail:{mail_id}", {"unit": unit or ""}))


def admit(store: Store, number: str, rules: Rules, who: str, now: datetime) -> State:
    """Let a nomination stand although it is held, late or over quota; its state afterwards."""
    with store.begin() as transaction:
        nomination = transaction.nominations.get(number)
        if nomination is None:
            raise NotReleasable(f"there is no nomination {number}")
        if nomination.state not in {State.HELD, State.LATE, State.OVER_QUOTA}:
            raise NotReleasable(f"nomination {number} is {nomination.state}: nothing about it waits for a person")
        admitted = replace(nomination, admitted=True, standing=0)
        return _settle(transaction, restated(admitted, admitted.findings), rules, Event(now, who, "admitted", ""))


def refuse(store: Store, number: str, rules: Rules, who: str, reason: str, now: datetime) -> State:
    """Leave standing what stood before a late version came: it becomes the newest version again; its state afterwards."""
    with store.begin() as transaction:
        nomination = transaction.nominations.get(number)
        if nomination is None:
            raise NotReleasable(f"there is no nomination {number}")
        if nomination.state is not State.LATE or not nomination.standing:
            raise NotReleasable(f"nomination {number} is {nomination.state}: no version in time stands beside it")
        before = next(one for one in transaction.nominations.versions(number) if one.version == nomination.standing)
        again = replace(before, version=nomination.version + 1, paper=nomination.paper)
        return _settle(transaction, restated(again, before.findings), rules, Event(now, who, "refused", "", {"reason": reason}))


def _settle(transaction: Transaction, changed: Nomination, rules: Rules, done: Event) -> State:
    """File a nomination as a person wants it, with the unit's others whose state moves because of it; its state afterwards."""
    before = {one.number: one for one in transaction.nominations.of_unit(changed.unit)}
    kind = next((unit.kind for unit in rules.units if unit.id == changed.unit), "")
    settled = settle((before | {changed.number: changed}).values(), kind, rules)
    for one in settled:
        if one != before[one.number]:
            transaction.nominations.file(Filed(one, Filing.RESTATED), one.mail, done.at)
            facts = {"state": one.state.value, "admitted": one.admitted, "version": one.version, **done.facts}
            transaction.chronicle.add(replace(done, subject=f"nomination:{one.number}", facts=facts))
    return next(one.state for one in settled if one.number == changed.number)


def release_letter(store: Store, letter_id: int, who: str, now: datetime) -> None:
    """Send a letter that waits for a person."""
    try:
        review.release(store, [letter_id], who, now)
    except review.NotWaitingError as error:
        raise NotReleasable(str(error)) from None


def note_paper(store: Store, numbers: Sequence[str], who: str, now: datetime) -> None:
    """Note that the stamped paper of these nominations has come in; all or none."""
    with store.begin() as transaction:
        for number in numbers:
            nomination = transaction.nominations.get(number)
            if nomination is None:
                raise NotReleasable(f"there is no nomination {number}; nothing was noted")
            filed = Filed(replace(nomination, paper=nomination.paper or now), Filing.RESTATED)
            transaction.nominations.file(filed, nomination.mail, now)
            transaction.chronicle.add(Event(now, who, "paper", f"nomination:{number}"))
