"""Tables in the cells of an old Word document: office-oxide gives their text alone, the marks in it say what stood where."""

from collections.abc import Iterator

from bot.model import Table
from bot.reading.doc_tables import Tables
from bot.reading.tables import LooseCell, Writer, lay_out

BEGIN, CELL, ROW = "\ufdd2", "\ufdd3", "\ufdd4"
"""Noncharacters: a table begins before, a cell ends, a row ends. No text from outside holds them."""

_LEVEL = 0x6649  # sprmPItap: how deep in tables a paragraph is
_CELL_ENDS = 0x244B  # sprmPFInnerTableCell
_ROW_ENDS = 0x244C  # sprmPFInnerTtp
_ON = b"\1"
_FIELD, _FIELD_SHOWN = "\x13", "\x14"  # the instruction of a field stands between them


def table_marks(tables: Tables) -> Iterator[tuple[int, str]]:
    """Which characters end cells and rows of tables in cells, and which begin such a table; deeper ones stay text."""
    before = -1  # the last character of such a table so far
    for run in tables.paragraphs:
        if int.from_bytes(run.properties.get(_LEVEL, b""), "little") < 2:
            continue
        first, last = tables.pieces.at(run.start), tables.pieces.at(run.end - 1)
        if first is None or last is None:
            continue
        if run.properties[_LEVEL][0] == 2:
            if run.properties.get(_ROW_ENDS) == _ON:
                yield last, ROW
            elif run.properties.get(_CELL_ENDS) == _ON:
                yield last, CELL
            if first != before + 1:
                yield _shown_first(tables.pieces.text, first, last), BEGIN
        before = last


def _shown_first(text: str, first: int, last: int) -> int:
    """The first character of a paragraph that may be overwritten: it shows something, and is no half of another."""
    at = first
    while at < last and (text[at] < " " or "\ud800" <= text[at] < "\ue000"):
        end = text.find(_FIELD_SHOWN, at, last) if text[at] == _FIELD else -1
        at = max(at, end) + 1
    return at


def without_tables(text: str, writer: Writer) -> tuple[str, tuple[Table, ...]]:
    """The text of a cell itself, and the tables that stood in it."""
    own, *inner = text.split(BEGIN)
    tables: list[Table] = []
    for part in inner:
        body, _, behind = part.rpartition(ROW)
        rows = [[LooseCell(cell.strip()) for cell in row.split(CELL)[:-1]] for row in body.split(ROW)] if body else []
        if any(rows):
            tables.append(Table(writer.next_table(), lay_out(rows, writer)))
        own = own.rstrip("\n") + "\n" + (behind if any(rows) else part).lstrip("\n")
    return _plain(own), tuple(tables)


def _plain(text: str) -> str:
    """Marks that make no table are the ends of lines."""
    return text.replace(CELL, "\n").replace(ROW, "\n").strip()
