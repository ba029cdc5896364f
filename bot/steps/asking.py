"""What a letter asks with numbered choices: of which unit a mail is, which halves belong together, which nominations stand."""

from collections.abc import Sequence

from bot.campaign import Rules, Unit
from bot.deciding.owing import waits_for_choice
from bot.letters.contents import Contents, Option
from bot.model import LIVE, Choice, Letter, MailRow, Nomination, Outcome, Question, State
from bot.ports import Transaction
from bot.steps.asking_halves import Asking, which_halves

MOST_UNITS = 9
MOST_OPTIONS = 40
"""Choices of one question; what has more is asked in words."""


def asking(
    transaction: Transaction,
    letter: Letter,
    mails: Sequence[MailRow],
    contents: Contents,
    told: Sequence[Nomination],
    rules: Rules,
) -> Asking | None:
    """The one question of a letter that tells of these nominations; None when it has none that a number can answer."""
    if letter is Letter.RECEIPT:
        return _which_halves(told, contents)
    if letter not in (Letter.DEFECTS, Letter.COMBINED):
        return None
    if len(mails) == 1 and mails[0].outcome is Outcome.RETURNED:
        return _which_unit(mails[0], rules)
    return _which_halves(told, contents) or _which_stand(transaction, contents, rules)


def asking_again(nominations: Sequence[Nomination], unit: Unit, rules: Rules) -> Asking | None:
    """What a unit has still to choose of its nominations, as they stand; None when a number cannot answer it."""
    return _halves_of(nominations) or _within_quota(nominations, unit, rules)


def _which_unit(mail: MailRow, rules: Rules) -> Asking | None:
    finding = next((finding for finding in mail.findings if finding.check == "unit-ambiguous"), None)
    candidates = finding.facts.get("candidates") if finding else None
    if not isinstance(candidates, tuple):
        return None
    units = [unit for id in candidates for unit in rules.units if unit.id == id]
    if not 2 <= len(units) <= MOST_UNITS:
        return None
    question = Question(tuple(Choice(unit=unit.id) for unit in units))
    return Asking(question, tuple(Option("unit", name=unit.name) for unit in units))


def _which_halves(told: Sequence[Nomination], contents: Contents) -> Asking | None:
    """Asked of one unit: halves are what must be known before anything else."""
    unit = contents.unit
    return _halves_of([one for one in told if one.unit == unit.id]) if unit else None


def _halves_of(nominations: Sequence[Nomination]) -> Asking | None:
    """Asked about the halves of one mail, the oldest first."""
    held = [one for one in nominations if waits_for_choice(one)]
    first = min(held, key=lambda one: (one.form_at or one.received, one.number), default=None)
    if first is None:
        return None
    return which_halves([one for one in held if one.form_mail == first.form_mail])


def _which_stand(transaction: Transaction, contents: Contents, rules: Rules) -> Asking | None:
    """Asked of one unit by a letter that tells of one too many."""
    shown = [view for group in contents.groups for view in (*group.filed, *group.moved)]
    if contents.unit is None or not any(view.state is State.OVER_QUOTA for view in shown):
        return None
    return _within_quota(transaction.nominations.of_unit(contents.unit.id), contents.unit, rules)


def _within_quota(nominations: Sequence[Nomination], unit: Unit, rules: Rules) -> Asking | None:
    """With one place which one stands, with more which ones are withdrawn, as many as are over."""
    live = [one for one in nominations if one.state in LIVE]
    over = [one for one in live if one.state is State.OVER_QUOTA]
    categories = {one.category for one in over}
    concerned = [one for one in live if one.category in categories]
    if not over or len(concerned) > MOST_OPTIONS:
        return None
    if len(categories) == 1 and rules.quota(unit.kind) == 1 and len(concerned) - len(over) == 1:
        return _one_stands(concerned)
    choices = tuple(Choice(withdraw=(one.number,)) for one in concerned)
    options = tuple(Option("withdraw", one.number, one.nominee) for one in concerned)
    return Asking(Question(choices, most=len(over)), options)


def _one_stands(concerned: Sequence[Nomination]) -> Asking:
    numbers = tuple(one.number for one in concerned)
    choices = tuple(Choice(stand=(n,), withdraw=tuple(other for other in numbers if other != n)) for n in numbers)
    return Asking(Question(choices), tuple(Option("stand", one.number, one.nominee) for one in concerned))
