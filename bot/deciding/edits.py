"""What a clerk changed in the workbook: rows as they were written, as they come back, and as the ledger would write them now.

Nothing newer is overwritten: where the ledger has moved on in the very cell that was changed, it is told as a conflict.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

DECISION, GROUNDS = "decision", ("state", "version", "reason")
"""A decision is about a thing as it stood: the column, and the columns that tell how it stood."""

PRINT = 6
"""Hexadecimal digits of a fingerprint."""


Agree = Callable[[str, str, str], bool]
"""Whether a text in a column means the same as another."""


def _equal(_column: str, text: str, other: str) -> bool:
    return text == other


@dataclass(frozen=True, slots=True)
class BookCell:
    """A cell of the file: where it stands (总台账!I7) and its text."""

    place: str
    text: str


@dataclass(frozen=True, slots=True)
class BookRow:
    """A row of the file that can be read back: its sheet, what tells it from others, its cells by column."""

    sheet: str
    key: str
    place: str
    own: Mapping[str, BookCell]
    others: Mapping[str, BookCell]


@dataclass(frozen=True, slots=True)
class BasisRow:
    """The row as it was written into the file: the own cells' texts, the fingerprints of the others."""

    own: Mapping[str, str]
    prints: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook that came back, and what it was when it was written."""

    campaign: str
    rows: tuple[BookRow, ...]
    basis: Mapping[tuple[str, str], BasisRow]


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """The row as the ledger would write it now."""

    own: Mapping[str, str]
    others: Mapping[str, str]
    prints: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edit:
    """One own cell that says something else than when it was written."""

    place: str
    key: str  # the row's: a nomination's number, or 0123/reason, or a mail with its reason
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is not taken, and why.

    moved-on: the ledger has another value now; not-yours: a cell of the ledger's was changed, not-yours-moved: and the ledger
    itself has moved on; unknown-row: no row was written that is this one; two-values: two sheets say two things.
    """

    why: str
    place: str
    before: str = ""  # what stood there when it was written; "" where nobody can tell
    after: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True)
class Edits:
    """All that was changed, in the order of the file."""

    wanted: tuple[Edit, ...]
    problems: tuple[Problem, ...]


def edits(book: Book, ledger: Mapping[tuple[str, str], LedgerRow], agree: Agree = _equal) -> Edits:
    """What the clerk changed, and what of it cannot be taken.

    `agree` says whether what is written in a column means what the ledger has there now: then nothing is to be done.
    """
    wanted: dict[tuple[str, str], Edit] = {}
    problems: list[Problem] = []
    for row in book.rows:
        basis, now = book.basis.get((row.sheet, row.key)), ledger.get((row.sheet, row.key))
        if basis is None:
            problems += _unknown(row)
            continue
        problems += _not_yours(row, basis, now)
        for edit, problem in _own(row, basis, now, agree):
            if problem:
                problems.append(problem)
            elif edit:
                problems += _twice(wanted, edit)
    return Edits(tuple(wanted.values()), tuple(problems))


def thing_of(key: str) -> str:
    """The number or mail of a row's key."""
    return key.partition("/")[0]


def _unknown(row: BookRow) -> Iterator[Problem]:
    """A row that was not written: nothing is lost if it says nothing in the clerks' columns."""
    said = [cell for cell in row.own.values() if cell.text]
    if said:
        yield Problem("unknown-row", row.place, after=" ".join(cell.text for cell in said))


def _not_yours(row: BookRow, basis: BasisRow, now: LedgerRow | None) -> Iterator[Problem]:
    """Cells that are the ledger's and say something else than when they were written."""
    for column, cell in row.others.items():
        was = basis.prints.get(column)
        if was is None or was == _print_of(cell.text, now, column):
            continue
        same = now is not None and now.prints.get(column) == was
        if now and same:
            yield Problem("not-yours", cell.place, now.others[column], cell.text)
        else:
            yield Problem("not-yours-moved", cell.place, after=cell.text)


def _print_of(text: str, now: LedgerRow | None, column: str) -> str:
    """The fingerprint of a text; that of the ledger's own is known already."""
    if now is not None and now.others.get(column) == text:
        return now.prints[column]
    return fingerprint(text)


def _own(row: BookRow, basis: BasisRow, now: LedgerRow | None, agree: Agree) -> Iterator[tuple[Edit | None, Problem | None]]:
    """The clerks' cells that were changed, each as an edit or as what is against it."""
    for column, cell in row.own.items():
        before = basis.own.get(column, "")
        if cell.text == before:
            continue
        current, moved = now.own.get(column, "") if now else None, ""
        if current is not None and agree(column, cell.text, current):
            continue
        if now is None or current != before or (column == DECISION and (moved := _moved(basis, now))):
            yield None, Problem("moved-on", cell.place, before, cell.text, current or moved)
        else:
            yield Edit(cell.place, row.key, column, before, cell.text), None


def _moved(basis: BasisRow, now: LedgerRow) -> str:
    """What of a thing is not what it was when a decision about it was written down; "" when all is."""
    return next((now.others[name] for name in GROUNDS if basis.prints.get(name) != now.prints.get(name)), "")


def _twice(wanted: dict[tuple[str, str], Edit], edit: Edit) -> Sequence[Problem]:
    """The same thing may be changed on two sheets, to the same value."""
    known = wanted.setdefault((thing_of(edit.key), edit.column), edit)
    if known.after == edit.after:
        return ()
    return (Problem("two-values", edit.place, known.place, edit.after, known.after),)


def fingerprint(text: str) -> str:
    """A few digits that another text would not have: of 16 million changes one would be overlooked."""
    return hashlib.blake2s(text.encode("utf-8", "replace"), digest_size=PRINT // 2).hexdigest()
