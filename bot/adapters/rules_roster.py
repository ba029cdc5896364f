"""Reads `units.csv`, the roster that an office edits in Excel or WPS: one unit a line, doubtful lines reported.

Columns, in any order (Chinese or English headings; only the first three must be there):

| heading | meaning |
|---|---|
| 编号 `id` | the unit's own number or short code, kept as written (leading zeros too), unique |
| 名称 `name` | the full name, unique |
| 类型 `kind` | the id or the name of a kind in `campaign.toml`; `not-entitled` for those who must go through another |
| 上级单位 `parent` | id or full name of the unit a not-entitled one goes through |
| 别名 `aliases` | other names, separated by “；” “、” or line breaks |
| 邮箱 `addresses` | known sender addresses, separated in the same way; `@example.org` means every address of that domain |
| 常住人口 `population` | residents, where the kind depends on them |
| 联系人 `contact`, 电话 `telephone` | for the office's telephone list |

The file may be UTF-8 (with or without mark), UTF-16 or GB18030, separated by commas, tabs or semicolons. Empty lines
do not count.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.adapters.rules_files import UnusableError, as_table_text
from bot.adapters.rules_shape import like
from bot.campaign import Unit, UnitKind
from bot.text import folded, tidy

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号", "单位编号", "代码"),
    "name": ("名称", "单位名称", "全称"),
    "kind": ("类型", "单位类型", "类别"),
    "parent": ("上级单位", "上级", "归口单位"),
    "aliases": ("别名", "简称", "其他名称"),
    "addresses": ("邮箱", "电子邮箱", "邮件地址"),
    "population": ("常住人口", "人口"),
    "contact": ("联系人",),
    "telephone": ("电话", "联系电话"),
}
"""Each column under its English heading (the field of `Unit`) with the Chinese ones that are understood."""

REQUIRED = ("id", "name", "kind")

_SEPARATORS = re.compile(r"[;；、\n\r|]+")
_ADDRESS = re.compile(r"^[^@\s,<>]*@[a-z0-9-]+(\.[a-z0-9-]+)+$")
_SPREADSHEET_NUMBER = re.compile(r"^\d(\.\d+)?E\+\d+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A unit as its line says it, before the lines are compared with each other. `number` is the line in the file."""

    number: int
    unit: Unit


def read_lines(content: bytes, kinds: Mapping[str, UnitKind], note: Callable[[str, str], None]) -> tuple[Line, ...]:
    """The lines of the roster that can be read; everything else goes to `note(key, problem)`."""
    try:
        text = as_table_text(content)
    except UnusableError as unusable:
        note("", str(unusable))
        return ()
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        note("", f"is no table: {error}")
        return ()
    if not rows:
        note("", "is empty: the first line must hold the headings " + ",".join(_heading(key) for key in REQUIRED))
        return ()
    columns = _columns(rows[0][1], note)
    if not all(key in columns for key in REQUIRED):
        return ()
    by_name = {folded(kind.name): kind.id for kind in kinds.values()} | {folded(id): id for id in kinds}
    made = (_line(number, row, columns, by_name, kinds, note) for number, row in rows[1:])
    return tuple(line for line in made if line is not None)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that are not empty, each with its line number (that of its last line, if a cell has line breaks)."""
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]


def _delimiter(text: str) -> str:
    """The separator under which the first line holds most known headings; Excel's “CSV” follows the system's settings."""
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    return max(",\t;", key=lambda d: sum(_column_of(cell.strip('" \r')) is not None for cell in first.split(d)))


def _column_of(heading: str) -> str | None:
    wanted = folded(heading)
    return next((key for key, names in HEADINGS.items() if wanted in map(folded, (key, *names))), None)


def _heading(key: str) -> str:
    return f"{HEADINGS[key][0]} ({key})"


def _columns(row: Sequence[str], note: Callable[[str, str], None]) -> dict[str, int]:
    """Which column holds what; unknown, doubled and missing headings are noted."""
    columns: dict[str, int] = {}
    known = [name for key, names in HEADINGS.items() for name in (key, *names)]
    for index, heading in enumerate(row):
        key = _column_of(heading)
        if key is None and heading.strip():
            note(
                "line 1", f"unknown heading {heading.strip()!r}{like(heading.strip(), known)}; known are {', '.join(HEADINGS)}"
            )
        elif key in columns:
            note("line 1", f"heading {_heading(key)} stands there twice")
        elif key is not None:
            columns[key] = index
    for key in REQUIRED:
        if key not in columns:
            note("line 1", f"heading {_heading(key)} is missing; the first line must hold the headings")
    return columns


def _line(
    number: int,
    row: Sequence[str],
    columns: Mapping[str, int],
    kind_names: Mapping[str, str],
    kinds: Mapping[str, UnitKind],
    note: Callable[[str, str], None],
) -> Line | None:
    """One unit; None where id, name or kind cannot be told."""

    def cell(key: str) -> str:
        index = columns.get(key, len(row))
        return row[index].strip() if index < len(row) else ""

    key = f"line {number}"
    if len(row) > max(columns.values()) + 1 and any(extra.strip() for extra in row[max(columns.values()) + 1 :]):
        note(key, "has more cells than there are headings: a separator too many, or a cell that needs quotation marks")
    id, name, kind = tidy(cell("id")), tidy(cell("name")), kind_names.get(folded(cell("kind")))
    for column in REQUIRED:
        if not cell(column):
            note(key, f"{_heading(column)} is empty")
    if kind is None and cell("kind"):
        note(key, f"unknown kind {cell('kind')!r}{like(cell('kind'), [*kinds, *(k.name for k in kinds.values())])}")
    if _SPREADSHEET_NUMBER.match(id):
        note(key, f"id {id!r} was shortened by a spreadsheet: format the column as text and write it again")
    if not (id and name and kind):
        return None
    return Line(
        number,
        Unit(
            id=id,
            name=name,
            kind=kind,
            aliases=_several(cell("aliases")),
            parent=tidy(cell("parent")) or None,
            addresses=_addresses(cell("addresses"), key, note),
            population=_population(cell("population"), key, note),
            contact=tidy(cell("contact")),
            telephone=tidy(cell("telephone")),
        ),
    )


def _several(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in (tidy(part) for part in _SEPARATORS.split(cell)) if word))


def _addresses(cell: str, key: str, note: Callable[[str, str], None]) -> tuple[str, ...]:
    found = tuple(address.lower() for part in _several(cell) for address in re.split(r"[,，\s]+", part) if address)
    for address in found:
        if not _ADDRESS.match(address):
            note(key, f"{address!r} is no mail address (name@example.org, or @example.org for a whole domain)")
    return tuple(address for address in found if _ADDRESS.match(address))


def _population(cell: str, key: str, note: Callable[[str, str], None]) -> int | None:
    digits = re.sub(r"[,，\s]", "", cell).removesuffix(".0")
    if not digits:
        return None
    if digits.isascii() and digits.isdigit():
        return int(digits)
    note(key, f"population {cell!r} is no whole number of residents")
    return None
