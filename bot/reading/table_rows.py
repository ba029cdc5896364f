"""Rows of a table as parts of a document: their texts, titles among them, and where one form ends and the next begins."""

from collections.abc import Callable, Collection, Sequence

from bot.model import Cell, Table
from bot.reading.forms import Find
from bot.reading.titles import TitleWords, is_title

END = 1 << 30
"""A row beyond the last of any table."""

FORM_LABELS = 3
"""So many different fields make a table a form."""


def row_texts(table: Table, first: int, last: int) -> list[str]:
    """The texts of all cells in some rows, nested tables after their cell."""
    found: list[str] = []
    for cell in table.cells:
        if first <= cell.row < last:
            found += [cell.text] if cell.text else []
            for nested in cell.tables:
                found += row_texts(nested, 1, END)
    return found


def title_rows(table: Table, words: TitleWords, values: Collection[int] = ()) -> list[tuple[int, str]]:
    """Rows of one filled cell at the left that are titles of forms or lists; rows in `values` hold a field's value."""
    filled: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text.strip() and cell.row not in values:
            filled.setdefault(cell.row, []).append(cell)
    alone = [cells[0] for cells in filled.values() if len(cells) == 1 and cells[0].column == 1]
    return [
        (cell.row, line.strip())
        for cell in alone
        for line in cell.text.split("\n")
        if words.is_form_title(line) or words.is_summary_title(line) or (is_title(line) and words.named(line))
    ]


def stretches(
    finds: Sequence[tuple[int, Find]], titles: Sequence[tuple[int, str]], is_nominee: Callable[[Find], bool]
) -> list[tuple[int, int]]:
    """First row and the row after the last of each form in a table; a title, or a nominee asked for again, begins a new one."""
    starts = [1]
    seen: set[str] = set()
    events = [(row, "") for row, _ in titles] + [(row, find.label.key) for row, find in finds if is_nominee(find)]
    for row, key in sorted(events):
        fields = sum(1 for at, _ in finds if starts[-1] <= at < row)
        if (not key or key in seen) and fields >= FORM_LABELS and row > starts[-1]:
            starts.append(row)
            seen = set()
        if key:
            seen.add(key)
    return list(zip(starts, [*starts[1:], END], strict=True))
