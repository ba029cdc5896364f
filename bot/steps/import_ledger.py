"""Import: what a clerk wrote into the workbook's own columns becomes rulings and notes, after a look at what it changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import partial

from bot.campaign import Rules
from bot.deciding.board import Board
from bot.deciding.cell_words import PaperWord, paper_word
from bot.deciding.deeds import Order
from bot.deciding.edits import Book, Edit, Edits, LedgerRow, Problem, edits, thing_of
from bot.deciding.orders import order_of_cell
from bot.model import Note, NoteKind
from bot.ports import Store, Transaction
from bot.steps import rulings
from bot.steps.carry_out import carry_out
from bot.steps.export import look
from bot.steps.rulings import Hand, NotReleasable
from bot.steps.rulings_time import rules_now

LONGEST = 600
"""Characters of a remark or an opinion."""

LedgerRows = Callable[[Board], Mapping[tuple[str, str], LedgerRow]]
"""The rows as the workbook would have them now."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change and what it does: an order, a paper's word, or a note alone."""

    edit: Edit
    order: Order | None = None
    paper: PaperWord | None = None
    kind: NoteKind | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, and what of the file it does not take."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


class NotOursError(Exception):
    """The workbook is of another campaign."""


def plan(transaction: Transaction, book: Book, rows: LedgerRows, rules: Rules, now: datetime) -> Plan:
    """Look at a workbook; nothing is written."""
    if book.campaign != rules.id:
        raise NotOursError(f"the workbook is of campaign {book.campaign!r}, the ledger of {rules.id!r}")
    found: Edits = edits(book, rows(look(transaction, rules)), partial(_agree, rules, now))
    changes: list[Change] = []
    problems = list(found.problems)
    for edit in found.wanted:
        made = _change(edit, rules, now)
        if isinstance(made, Change):
            changes.append(made)
        else:
            problems.append(made)
    return Plan(tuple(changes), tuple(problems))


def _agree(rules: Rules, now: datetime, column: str, text: str, current: str) -> bool:
    """“√” agrees with any day on which the paper came."""
    if column != "paper":
        return text == current
    word = paper_word(text, rules.orders, now.date())
    return word is not None and word.came == bool(current) and (word.day is None or word.day.isoformat() == current)


def _change(edit: Edit, rules: Rules, now: datetime) -> Change | Problem:
    """What an edit of a cell means."""
    if len(edit.after) > LONGEST:
        return Problem("too-long", edit.place, edit.before, edit.after[:40])
    if edit.column == "paper":
        word = paper_word(edit.after, rules.orders, now.date())
        return Change(edit, paper=word) if word else Problem("no-day", edit.place, edit.before, edit.after)
    if edit.column == "remark":
        return Change(edit, kind=NoteKind.REMARK)
    thing = thing_of(edit.key)
    if thing.isdecimal():
        return Change(edit, order=order_of_cell(edit.after, f"nomination:{thing}", rules), kind=NoteKind.OPINION)
    digits = "".join(character for character in thing if character.isdecimal())
    order = order_of_cell(edit.after, f"mail:{int(digits)}", rules) if digits else None
    return Change(edit, order=order) if order else Problem("no-order", edit.place, edit.before, edit.after)


def import_ledger(
    store: Store, book: Book, rows: LedgerRows, rules: Rules, who: str, now: datetime, *, rest: bool
) -> tuple[Plan, list[Problem]]:
    """Do what a workbook changes, in one transaction, as it stands at that moment; what could not be done.

    Where anything of the file is not taken nothing is done, unless `rest` asks for what remains.
    """
    with store.begin() as transaction:
        rules = rules_now(transaction, rules)
        planned = plan(transaction, book, rows, rules, now)
        if planned.problems and not rest:
            return replace(planned, changes=()), []
        hand = Hand(transaction, who, now)
        return planned, [problem for change in planned.changes for problem in _do(hand, change, rules)]


def _do(hand: Hand, change: Change, rules: Rules) -> list[Problem]:
    """One change; a ruling that cannot be done leaves its words as a note and is told."""
    edit, number = change.edit, thing_of(change.edit.key)
    problems: list[Problem] = []
    try:
        if change.paper is not None:
            rulings.paper(hand, number, _since(hand, number, change.paper))
        if change.order is not None:
            carry_out(hand, change.order, rules)
    except NotReleasable as refused:
        problems.append(Problem("not-done", edit.place, str(refused), edit.after))
    if change.kind is not None:
        _note(hand, f"nomination:{number}", change.kind, edit)
    return problems


def _since(hand: Hand, number: str, word: PaperWord) -> datetime | None:
    """When the paper came: the day that is written, at its beginning; else now, or when it was noted before."""
    if not word.came:
        return None
    if word.day is None:
        return rulings.the_nomination(hand, number).paper or hand.now
    return hand.now if word.day == hand.now.date() else datetime.combine(word.day, time(), tzinfo=hand.now.tzinfo)


def _note(hand: Hand, subject: str, kind: NoteKind, edit: Edit) -> None:
    if edit.after:
        hand.transaction.notes.put(Note(subject, kind, edit.after, hand.now, hand.who))
    else:
        hand.transaction.notes.remove(subject, kind)
    hand.tell(subject, kind.value, {f"field:{edit.column}": (edit.before, edit.after)})
