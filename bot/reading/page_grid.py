"""Tables of a page found by their ruled lines: where a line stands between two places of the grid they are two cells."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_NEAR = 3.0  # points: lines that lie so close are one
_SHORTEST = 4.0  # points: a shorter stroke is no rule of a table
_LEAST_ROW = 8.0  # points: a row that a page cuts off and that holds a line
_FRAME = 2  # edges from left to right of what is only a frame
_MOST_RULES = 4000  # of one page; a drawing with more is no form


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal or vertical stroke in points, y downwards: from (x0, y0) to (x1, y1), the lesser first."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it lies rather than stands."""
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(slots=True)
class Spot:
    """A cell of a ruled table: places of the grid from 0, and how many it spans."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(slots=True)
class RuledTable:
    """A ruled table: the edges of its columns and rows, and the cell at each place of the grid."""

    xs: list[float]
    ys: list[float]
    spots: list[Spot] = field(default_factory=list)
    at: dict[tuple[int, int], Spot] = field(default_factory=dict)
    inner: list["RuledTable"] = field(default_factory=list)  # tables in its cells

    def spot(self, x: float, y: float) -> Spot | None:
        """The cell in which a point lies, None outside the table."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        row = min(bisect_right(self.ys, y), len(self.ys) - 1) - 1
        column = min(bisect_right(self.xs, x), len(self.xs) - 1) - 1
        return self.at.get((max(row, 0), max(column, 0)))

    def innermost(self, x: float, y: float) -> Spot | None:
        """The same, in the table in a cell where there is one."""
        inner = next((spot for table in self.inner if (spot := table.innermost(x, y)) is not None), None)
        return inner or self.spot(x, y)

    def inner_of(self, spot: Spot) -> Iterator["RuledTable"]:
        """The tables in one cell."""
        for table in self.inner:
            if self.spot((table.xs[0] + table.xs[-1]) / 2, (table.ys[0] + table.ys[-1]) / 2) is spot:
                yield table


def ruled_tables(rules: Sequence[Rule]) -> list[RuledTable]:
    """The tables of a page from top to bottom."""
    usable = [rule for rule in rules if max(rule.x1 - rule.x0, rule.y1 - rule.y0) >= _SHORTEST]
    if len(usable) > _MOST_RULES:
        return []
    tables = [table for group in _connected(usable) if (table := _table(group)) is not None]
    return sorted(_outermost(tables), key=lambda table: table.ys[0])


def _table(rules: Sequence[Rule]) -> RuledTable | None:
    across = [rule for rule in rules if rule.is_horizontal]
    down = [rule for rule in rules if not rule.is_horizontal]
    xs, ys = _edges([rule.x0 for rule in down]), _edges([rule.y0 for rule in across])
    if len(xs) < 2 or not ys:
        return None
    ys = _with_open_ends(ys, xs, down)
    if len(ys) < 2:
        return None
    table = RuledTable(xs, ys)
    walls = _walls(across, ys, xs, lying=True)
    sides = _walls(down, xs, ys, lying=False)
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) not in table.at:
                _grow(table, row, column, walls, sides)
    return table


def _with_open_ends(ys: list[float], xs: Sequence[float], down: Sequence[Rule]) -> list[float]:
    """The edges of rows with those that a page does not draw: its sides go on where a row is cut by the page's end."""
    sides = [[rule for rule in down if abs(rule.x0 - x) <= _NEAR] for x in (xs[0], xs[-1])]
    top = max(min(rule.y0 for rule in side) for side in sides)
    bottom = min(max(rule.y1 for rule in side) for side in sides)
    above = [top] if top < ys[0] - _LEAST_ROW else []
    below = [bottom] if bottom > ys[-1] + _LEAST_ROW else []
    return [*above, *ys, *below]


def _grow(table: RuledTable, row: int, column: int, walls: set[tuple[int, int]], sides: set[tuple[int, int]]) -> None:
    """The cell whose top left place this is: right and down until a wall stands."""
    right = column
    while right + 1 < len(table.xs) - 1 and (right + 1, row) not in sides and (row, right + 1) not in table.at:
        right += 1
    bottom = row
    while bottom + 1 < len(table.ys) - 1 and not any((bottom + 1, c) in walls for c in range(column, right + 1)):
        bottom += 1
    spot = Spot(row, column, bottom - row + 1, right - column + 1)
    table.spots.append(spot)
    table.at.update(((r, c), spot) for r in range(row, bottom + 1) for c in range(column, right + 1))


def _walls(rules: Sequence[Rule], own: Sequence[float], other: Sequence[float], lying: bool) -> set[tuple[int, int]]:
    """(which edge, which stretch of it): the stretches of each edge along which a line runs."""
    walls: set[tuple[int, int]] = set()
    for rule in rules:
        at, start, end = (rule.y0, rule.x0, rule.x1) if lying else (rule.x0, rule.y0, rule.y1)
        edge = min(range(len(own)), key=lambda place: abs(own[place] - at))
        walls.update(
            (edge, stretch)
            for stretch in range(len(other) - 1)
            if start - _NEAR <= (other[stretch] + other[stretch + 1]) / 2 <= end + _NEAR
        )
    return walls


def _edges(positions: Sequence[float]) -> list[float]:
    """Positions with those that lie close together made one."""
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > _NEAR:
            edges.append(position)
    return edges


def _connected(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Rules in groups that touch or cross each other."""
    rest = sorted(rules, key=lambda rule: rule.y0)
    while rest:
        group, frontier = list[Rule](), [rest.pop(0)]
        while frontier:
            rule = frontier.pop()
            group.append(rule)
            touching = [other for other in rest if _touch(rule, other)]
            if touching:
                taken = set(map(id, touching))
                rest = [other for other in rest if id(other) not in taken]
                frontier += touching
        yield group


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.x0 - _NEAR <= other.x1 and other.x0 - _NEAR <= one.x1 and one.y0 - _NEAR <= other.y1 and other.y0 - _NEAR <= one.y1
    )


def _outermost(tables: list[RuledTable]) -> list[RuledTable]:
    """Without frames around tables and without small tables in cells; one finer than what is around it stays in its cell."""
    kept: list[RuledTable] = []
    for table in sorted(tables, key=lambda table: (table.xs[0] - table.xs[-1]) * (table.ys[-1] - table.ys[0])):
        around = next((other for other in reversed(kept) if _inside(table, other)), None)
        if around is None:
            kept.append(table)
        elif len(table.spots) > len(around.spots):
            if len(around.xs) > _FRAME:
                around.inner.append(table)
            else:
                kept = [other for other in kept if other is not around]
                kept.append(table)
    return kept


def _inside(inner: RuledTable, outer: RuledTable) -> bool:
    return (
        outer.xs[0] - _NEAR <= inner.xs[0]
        and inner.xs[-1] <= outer.xs[-1] + _NEAR
        and outer.ys[0] - _NEAR <= inner.ys[0]
        and inner.ys[-1] <= outer.ys[-1] + _NEAR
    )
