"""How the fields of a category are laid out on the sheet: which share a row, and how high each row is.

Short fields stand two in a row, names of units and projects and everything long have the whole width. When all rows fit on
one page in comfortable heights they fill it; else the first page ends before the opinions, which fill their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.campaign import Category, FieldKind, FieldSpec

PAGE_HEIGHT = 29.7 - 2.4 - 2.2 - 3.6
"""Centimetres that rows may fill: A4 less the margins, the annex line and a title of two lines."""

SHORT_HEIGHT = 1.0
COMFORTABLE = {FieldKind.OPINION: 2.9, FieldKind.OFFICE: 2.9}
LONG_OPTIONAL = 2.2
LONG_REQUIRED = 3.6
OPINION_LARGEST = 5.5

_WIDE = {FieldKind.LONG_TEXT, FieldKind.OPINION, FieldKind.OFFICE}
_SIGNED = {FieldKind.OPINION, FieldKind.OFFICE}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form: one field over the whole width or two side by side. `height` in centimetres, at least."""

    fields: tuple[FieldSpec, ...]
    height: float

    @property
    def signed(self) -> bool:
        """Whether a seal and a date end the cell."""
        return self.fields[0].kind in _SIGNED

    @property
    def grows(self) -> bool:
        """Whether spare room on the page goes to this row."""
        return self.fields[0].kind in _WIDE


def layout(category: Category) -> tuple[Row, ...]:
    """The rows of the form, heights set so that whole pages are filled."""
    rows = _paired(category)
    if _total(rows) <= PAGE_HEIGHT:
        return _stretched(rows, PAGE_HEIGHT)
    first = next((index for index, row in enumerate(rows) if row.signed), len(rows))
    return _stretched(rows[:first], PAGE_HEIGHT) + tuple(
        replace(row, height=OPINION_LARGEST if row.signed else row.height) for row in rows[first:]
    )


def _paired(category: Category) -> tuple[Row, ...]:
    """Fields in their order, two short neighbours to a row."""
    rows: list[Row] = []
    waiting: FieldSpec | None = None
    for spec in category.fields:
        if _is_wide(spec, category):
            rows += [_row(waiting)] if waiting else []
            rows.append(_row(spec))
            waiting = None
        elif waiting:
            rows.append(_row(waiting, spec))
            waiting = None
        else:
            waiting = spec
    return (*rows, *([_row(waiting)] if waiting else []))


def _is_wide(spec: FieldSpec, category: Category) -> bool:
    """Long fields, and those that hold the name of a project, a team or a unit, which runs long."""
    names = spec.name in (category.nominee, category.nominee_unit, category.unit_field) and spec.kind is not FieldKind.PERSON
    return spec.kind in _WIDE or names


def _row(*fields: FieldSpec) -> Row:
    """A row with its comfortable height."""
    first = fields[0]
    if first.kind is FieldKind.LONG_TEXT:
        return Row(fields, LONG_REQUIRED if first.required else LONG_OPTIONAL)
    return Row(fields, COMFORTABLE.get(first.kind, SHORT_HEIGHT))


def _total(rows: Sequence[Row]) -> float:
    """Height of rows together."""
    return sum(row.height for row in rows)


def _stretched(rows: Sequence[Row], height: float) -> tuple[Row, ...]:
    """The rows with the spare room shared among those that grow, long required texts getting most."""
    spare = max(0.0, height - _total(rows))
    weight = sum(row.height for row in rows if row.grows and not row.signed)
    if not weight:
        return tuple(rows)
    return tuple(
        replace(row, height=round(row.height + spare * row.height / weight, 2)) if row.grows and not row.signed else row
        for row in rows
    )
