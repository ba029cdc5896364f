"""Pages of placed characters and ruled lines (PDF, OFD) made into paragraphs and tables."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.model import Block, Cell, Table
from bot.reading.answers import joined
from bot.reading.page_grid import Rule, RuledTable, Spot, ruled_tables
from bot.reading.tables import Writer

_PAGE_NUMBER = re.compile(r"[-—–―·.\s]*\d{1,3}[-—–―·.\s]*|第\s*\d{1,3}\s*页.{0,12}|Page\s+\d+.{0,12}|\d{1,3}\s*/\s*\d{1,3}")
_LABELLED = re.compile(
    r"(?:[（(]?\d{1,2}[）).、．]|[（(]?[一二三四五六七八九十]{1,3}[）)、])?\s*"
    r"(?:[\u4e00-\u9fff、/][ \u3000]{0,8}){2,12}(?:[（(][^（()）]{1,12}[)）])?[：:]"
)
"""A line that begins with a label and a colon is a paragraph of its own, however far the one before it reaches."""
_SET_APART = re.compile(r"\S(?:\s+\S)*")
"""A line of single characters: words that run down the page stand beside each other in it."""
_CUT = re.compile(r"\d-\Z")
_YEAR = re.compile(r"(?<!\d)(?:1\n9\d|19\n\d|19\d\n|2\n0\d|20\n\d|20\d\n)\d[年.．]")
_MONTH = re.compile(r"(?<!\d)(?:19|20)\d\d[.．/-](?:\d{1,2}[.．/-])?\d\n\d(?!\d)")
_LONGEST_DATE = 12  # characters of a date that may stand on either side of a break
_SAME_EDGE = 6.0  # points: columns of a table that goes on over the page agree so closely
_SPACE = 0.28  # of a character's height: a wider gap is a space
_WIDE_SPACE = 1.1  # of a character's height: a gap that somebody left on purpose
_TAB = 1.9  # of a character's height: a wider gap parts columns
_WIDE = "\u2e80"  # from here on characters fill a square
_CLOSING = frozenset("，。、；：！？）》”’」』】〕%％．")
_EARLY = 0.75  # of a page's height: text that ends above it was followed by a page break
_SMALL = 0.7  # of a line's height: what is lower than that is a mark in it, not a line of its own
_AT_RIGHT = 0.4  # of a column's width: a line that begins farther in is set to the right, and ends with itself
_FULL = 1.3  # of a character's height: a line that ends so near the right edge goes on in the next


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character and its box in points, y downwards."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    apart: bool = False  # the page says that a space stands before it


@dataclass(slots=True)
class _TextLine:
    """Characters side by side."""

    glyphs: list[Glyph]
    x0: float = 0.0
    x1: float = 0.0
    y0: float = 0.0
    height: float = 0.0
    text: str = ""

    def inside(self, glyph: Glyph) -> float:
        """How many points of a glyph's height lie in this line."""
        return min(glyph.y1, self.y0 + self.height) - max(glyph.y0, self.y0)

    def holds(self, glyph: Glyph) -> bool:
        """Whether a low mark lies in this line: “。” and “一” where boxes are drawn tight, digits beside tall characters."""
        return self.inside(glyph) >= _SMALL * (glyph.y1 - glyph.y0)


@dataclass(slots=True)
class _Pending:
    """A table at the end of a page: it may go on at the top of the next."""

    number: int
    page: int
    xs: list[float]
    rows: int
    cells: list[Cell] = field(default_factory=list)


class Pages:
    """Takes the pages of a document in order and writes their blocks."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.margins: list[str] = []
        self._pending: _Pending | None = None
        self._last: tuple[_TextLine, float] | None = None  # the last line of text on the page before, and its right edge
        self._ends_early = False

    def take(self, page: int, height: float, glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> None:
        """The next page, counted from 1, with its height in points."""
        tables = ruled_tables(rules) if glyphs else []
        free: list[Glyph] = []
        inside: dict[int, dict[int, list[Glyph]]] = {}
        for glyph in glyphs:
            x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
            for place, table in enumerate(tables):
                spot = table.innermost(x, y)
                if spot is not None:
                    inside.setdefault(place, {}).setdefault(id(spot), []).append(glyph)
                    break
            else:
                free.append(glyph)
        filled = [(table, inside[place]) for place, table in enumerate(tables) if place in inside]
        self._write(page, self._without_page_numbers(_lines(free)), filled)
        self._ends_early = max((glyph.y1 for glyph in glyphs), default=height) < _EARLY * height

    def finish(self) -> None:
        """What is still open is written."""
        if self._pending is not None:
            pending, self._pending = self._pending, None
            self.writer.table(Table(pending.number, tuple(pending.cells), page=pending.page))

    def _write(self, page: int, lines: list[_TextLine], tables: list[tuple[RuledTable, dict[int, list[Glyph]]]]) -> None:
        """Lines and tables from top to bottom."""
        top = 0
        for table, texts in tables:
            above = [line for line in lines[top:] if line.y0 < table.ys[0]]
            top += len(above)
            self._paragraphs(page, above)
            self._table(page, table, texts, alone=not above)
        self._paragraphs(page, lines[top:])

    def _without_page_numbers(self, lines: list[_TextLine]) -> list[_TextLine]:
        for place in (-1, 0):
            if lines and _PAGE_NUMBER.fullmatch(lines[place].text.strip()):
                self.margins.append(lines.pop(place).text.strip())
        return lines

    def _paragraphs(self, page: int, lines: Sequence[_TextLine]) -> None:
        if not lines:
            return
        self.finish()
        left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
        fresh = bool(self.writer.blocks) and self._page_of_last() != page
        paragraphs = _joined_lines(lines, left, right)
        if fresh and not self._ends_early and self._last is not None and _goes_on(self._last[0], lines[0], left, self._last[1]):
            self._lengthen(paragraphs.pop(0))
            fresh = False
        for place, text in enumerate(paragraphs):
            self.writer.paragraph(text, page, starts_page=fresh and place == 0 and self._ends_early)
        self._last = (lines[-1], right)

    def _page_of_last(self) -> int | None:
        last = self.writer.blocks[-1]
        return last.paragraph.page if last.paragraph else last.table.page if last.table else None

    def _lengthen(self, text: str) -> None:
        """The last paragraph goes on over the end of its page."""
        last = self.writer.blocks[-1].paragraph
        if last is None:
            self.writer.paragraph(text)
        else:
            self.writer.blocks[-1] = Block(paragraph=replace(last, text=joined([last.text, text])))

    def _table(self, page: int, table: RuledTable, texts: dict[int, list[Glyph]], alone: bool) -> None:
        pending = self._pending
        if pending is not None and alone and _same_columns(pending.xs, table.xs):
            cells = self._cells(page, table, texts)
            edges = max(pending.xs, table.xs, key=len)
            pending.cells = [_widened(cell, pending.xs, edges) for cell in pending.cells]
            pending.cells += [_widened(replace(cell, row=cell.row + pending.rows), table.xs, edges) for cell in cells]
            pending.rows += len(table.ys) - 1
            pending.xs = edges
            return
        self.finish()
        self._last = None
        number = self.writer.next_table()
        cells = self._cells(page, table, texts)
        self._pending = _Pending(number, page, table.xs, len(table.ys) - 1, cells)
        self.writer.room(sum(len(cell.text) for cell in cells))

    def _cells(self, page: int, table: RuledTable, texts: dict[int, list[Glyph]]) -> list[Cell]:
        """The cells of a table with their texts and the tables in them."""
        cells = [
            Cell(
                _cell_text(texts.get(id(spot), []), table, spot),
                spot.row + 1,
                spot.column + 1,
                spot.row_span,
                spot.column_span,
                tuple(
                    Table(self.writer.next_table(), tuple(self._cells(page, inner, texts)), page=page)
                    for inner in table.inner_of(spot)
                ),
            )
            for spot in table.spots
        ]
        return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether the outer edges agree and the columns of one are among those of the other."""
    if abs(one[0] - other[0]) > _SAME_EDGE or abs(one[-1] - other[-1]) > _SAME_EDGE:
        return False
    few, many = sorted((one, other), key=len)
    return all(min(abs(edge - one) for one in many) <= _SAME_EDGE for edge in few)


def _widened(cell: Cell, own: Sequence[float], edges: Sequence[float]) -> Cell:
    """A cell counted by the edges of its table on another page, where more columns begin."""
    if len(own) == len(edges):
        return cell
    first, last = (
        min(range(len(edges)), key=lambda place: abs(edges[place] - own[at]))
        for at in (cell.column - 1, min(cell.column - 1 + cell.column_span, len(own) - 1))
    )
    return replace(cell, column=first + 1, column_span=max(last - first, 1))


def _lines(glyphs: Sequence[Glyph]) -> list[_TextLine]:
    """Characters in lines, from top to bottom: those whose middles lie at one height; low marks go to the line they lie in."""
    usual = sorted(glyph.y1 - glyph.y0 for glyph in glyphs)[3 * len(glyphs) // 4] if glyphs else 0.0
    lines = _at_one_height([glyph for glyph in glyphs if glyph.y1 - glyph.y0 >= _SMALL * usual])
    tops = [line.y0 for line in lines]
    strays: list[Glyph] = []
    for glyph in glyphs:
        if glyph.y1 - glyph.y0 < _SMALL * usual:
            below = bisect_right(tops, (glyph.y0 + glyph.y1) / 2)  # tall boxes of two lines reach into each other
            near = max(lines[max(below - 2, 0) : max(below, 1)], key=lambda line: line.inside(glyph), default=None)
            (near.glyphs if near is not None and near.holds(glyph) else strays).append(glyph)
    if strays:
        lines = sorted([*lines, *_at_one_height(strays)], key=lambda line: line.y0 + line.height / 2)
    for line in lines:
        line.glyphs.sort(key=lambda glyph: glyph.x0)
        line.x0, line.x1 = line.glyphs[0].x0, max(glyph.x1 for glyph in line.glyphs)
        line.text = _spaced(line.glyphs, line.height)
    return [line for line in lines if line.text.strip()]


def _at_one_height(glyphs: Sequence[Glyph]) -> list[_TextLine]:
    lines: list[_TextLine] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.y0 + glyph.y1) / 2):
        middle = (glyph.y0 + glyph.y1) / 2
        line = lines[-1] if lines else None
        if line is not None and line.y0 + line.height * 0.25 <= middle <= line.y0 + line.height * 0.75:
            line.glyphs.append(glyph)
        else:
            lines.append(_TextLine([glyph], y0=glyph.y0, height=max(glyph.y1 - glyph.y0, 1.0)))
    return lines


def _spaced(glyphs: Sequence[Glyph], line_height: float) -> str:
    """The characters of a line with a space or a tab where there is a gap."""
    text = ""
    end: float | None = None
    for glyph in glyphs:
        height = max(glyph.y1 - glyph.y0, 1.0)
        height = line_height if height < _SMALL * line_height else height
        if end is not None and glyph.x0 - end > _SPACE * height:
            gap = (glyph.x0 - end) / height
            text += "\t" if gap > _TAB else "  " if gap > _WIDE_SPACE else " "
        elif glyph.apart and text and text[-1] < _WIDE and glyph.text < _WIDE:
            text += " "  # spaces of Western text are narrower; between Chinese characters they are chance
        text += glyph.text
        end = max(glyph.x1, end or glyph.x1)
    return text


def _cell_text(glyphs: Sequence[Glyph], table: RuledTable, spot: Spot) -> str:
    """The text of a cell: lines that were broken only by its width put together."""
    left, right = table.xs[spot.column], table.xs[spot.column + spot.column_span]
    lines = _lines(glyphs)
    if all(_SET_APART.fullmatch(line.text) for line in lines):
        return "\n".join(line.text for line in lines).replace("\t", "  ")
    padding = min((line.x0 - left for line in lines), default=0.0)
    return "\n".join(_joined_lines(lines, left + padding, right - min(padding, 6.0))).replace("\t", "  ")


def _joined_lines(lines: Sequence[_TextLine], left: float, right: float) -> list[str]:
    """Paragraphs: a line that reaches the right edge goes on in the next, unless that one is set in."""
    paragraphs: list[list[str]] = []
    previous: _TextLine | None = None
    for line in lines:
        if previous is not None and _goes_on(previous, line, left, right):
            paragraphs[-1].append(line.text)
        else:
            paragraphs.append([line.text])
        previous = line
    return [joined(parts) for parts in paragraphs]


def _goes_on(previous: _TextLine, line: _TextLine, left: float, right: float) -> bool:
    # A mark that may not begin a line takes the character before it along into the next.
    room = _FULL + (1 if len(line.glyphs) > 1 and line.glyphs[1].text in _CLOSING else 0)
    if _LABELLED.match(line.text.lstrip()) is not None:
        return False
    broken = f"{previous.text[-_LONGEST_DATE:]}\n{line.text[:_LONGEST_DATE]}"
    if (_CUT.search(previous.text) and line.text[0].isdigit()) or _YEAR.search(broken) or _MONTH.search(broken):
        return True  # a date or a telephone number, broken at its hyphen or inside a year or a month
    if previous.x0 - left > max(_AT_RIGHT * (right - left), 4 * previous.height):
        return False
    full = right - previous.x1 < room * previous.height
    set_in = line.x0 - left > 0.8 * line.height
    return full and not set_in and "\t" not in line.text and abs(previous.height - line.height) < 0.3 * line.height
