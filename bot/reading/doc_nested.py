"""Tables in the cells of an old Word document: office-oxide gives their text alone, the marks in it say what stood where."""

import re
from collections.abc import Iterator

from bot.model import Table
from bot.reading.doc_tables import Tables
from bot.reading.tables import LooseCell, Writer, lay_out

_FIRST, _DEEPEST = 2, 5  # levels of tables in cells; deeper ones stay text
_MARKS = {
    level: tuple(map(chr, range(0xFDD2 + 3 * (level - 2), 0xFDD5 + 3 * (level - 2)))) for level in range(_FIRST, _DEEPEST + 1)
}
BEGIN, CELL, ROW = _MARKS[_FIRST]
"""Noncharacters: a table begins before, a cell ends, a row ends; others at each level. No text from outside holds them."""

BEGINNINGS = frozenset(marks[0] for marks in _MARKS.values())
"""Those that stand before what a character shows."""

_LEFT = re.compile(f"[{''.join(mark for marks in _MARKS.values() for mark in marks)}]")
_LEVEL = 0x6649  # sprmPItap: how deep in tables a paragraph is
_CELL_ENDS = 0x244B  # sprmPFInnerTableCell
_ROW_ENDS = 0x244C  # sprmPFInnerTtp
_ON = b"\1"
_FIELD, _FIELD_SHOWN = "\x13", "\x14"  # the instruction of a field stands between them


def table_marks(tables: Tables) -> Iterator[tuple[int, str]]:
    """Which characters end cells and rows of tables in cells, and which begin such a table."""
    before, above = -1, _FIRST - 1  # the last character in such a table so far, and the level it stands at
    for run in tables.paragraphs:
        level = min(int.from_bytes(run.properties.get(_LEVEL, b""), "little"), _DEEPEST)
        if level < _FIRST:
            continue
        first, last = tables.pieces.at(run.start), tables.pieces.at(run.end - 1)
        if first is None or last is None:
            continue
        _, cell, row = _MARKS[level]
        if run.properties.get(_ROW_ENDS) == _ON:
            yield last, row
        elif run.properties.get(_CELL_ENDS) == _ON:
            yield last, cell
        around = above if first == before + 1 else _FIRST - 1
        if level > around:
            yield (
                _shown_first(tables.pieces.text, first, last),
                "".join(_MARKS[begun][0] for begun in range(around + 1, level + 1)),
            )
        before, above = last, level


def _shown_first(text: str, first: int, last: int) -> int:
    """The first character of a paragraph that may be overwritten: it shows something, and is no half of another."""
    at = first
    while at < last and (text[at] < " " or "\ud800" <= text[at] < "\ue000"):
        end = text.find(_FIELD_SHOWN, at, last) if text[at] == _FIELD else -1
        at = max(at, end) + 1
    return at


def without_tables(text: str, writer: Writer, level: int = _FIRST) -> tuple[str, tuple[Table, ...]]:
    """The text of a cell itself, and the tables that stood in it; `level` is that of these tables."""
    if level > _DEEPEST:
        return _plain(text), ()
    begin, cell_end, row_end = _MARKS[level]
    own, *inner = text.split(begin)
    tables: list[Table] = []
    for part in inner:
        body, _, behind = part.rpartition(row_end)
        rows = [row.split(cell_end)[:-1] for row in body.split(row_end)] if body else []
        if any(rows):
            number = writer.next_table()
            loose = ([_loose(cell, writer, level) for cell in row] for row in rows)
            tables.append(Table(number, lay_out(loose, writer)))
        own = own.rstrip("\n") + "\n" + (behind if any(rows) else part).lstrip("\n")
    return _plain(own), tuple(tables)


def _loose(text: str, writer: Writer, level: int) -> LooseCell:
    own, tables = without_tables(text, writer, level + 1)
    return LooseCell(own, tables=tables)


def _plain(text: str) -> str:
    """Marks that make no table are the ends of lines."""
    return _LEFT.sub(lambda mark: "" if mark[0] in BEGINNINGS else "\n", text).strip()
