"""What a person decides about a held thing: a mail is judged again, a nomination admitted, a letter sent, paper noted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.campaign import Rules
from bot.deciding.quota import settle
from bot.deciding.states import restated
from bot.model import Event, Filed, Filing, MailState, OutboxState, Outcome, State
from bot.ports import Store


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
        again = replace(mail, state=MailState.NEW, attempts=0, traceback="", given_unit=unit or mail.given_unit)
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
        admitted = replace(nomination, admitted=True)
        of_unit = [admitted if one.number == number else one for one in transaction.nominations.of_unit(nomination.unit)]
        before = {one.number: one for one in transaction.nominations.of_unit(nomination.unit)}
        kind = next((unit.kind for unit in rules.units if unit.id == nomination.unit), "")
        settled = [restated(one, one.findings) if one.number == number else one for one in of_unit]
        for one in settle(settled, kind, rules):
            if one != before[one.number]:
                transaction.nominations.file(Filed(one, Filing.RESTATED), one.mail, now)
                facts = {"state": one.state.value, "admitted": one.admitted}
                transaction.chronicle.add(Event(now, who, "admitted", f"nomination:{one.number}", facts))
        after = transaction.nominations.get(number)
        return after.state if after else admitted.state


def release_letter(store: Store, letter_id: int, who: str, now: datetime) -> None:
    """Send a letter that waits for a person."""
    with store.begin() as transaction:
        row = next((row for row in transaction.outbox.heads() if row.id == letter_id), None)
        if row is None or row.state is not OutboxState.WAITING:
            raise NotReleasable(f"letter {letter_id} does not wait for anybody")
        transaction.outbox.settle(letter_id, OutboxState.QUEUED, now, due=now)
        transaction.chronicle.add(Event(now, who, "released", f"letter:{letter_id}"))


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
