"""Tables as grids: rows of loose cells laid out with their spans, and the numbers that paragraphs and tables carry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.model import Block, Cell, Paragraph, Table
from bot.reading.limits import Limits


@dataclass(slots=True)
class LooseCell:
    """A cell before it has its place in the grid. `column` counts from 1 where the format says it, else the next free one."""

    text: str
    row_span: int = 1
    column_span: int = 1
    column: int | None = None
    continues: bool = False  # the lower part of the cell above (vMerge)
    tables: tuple[Table, ...] = ()


@dataclass(slots=True)
class Writer:
    """Collects the blocks of one document in order; paragraphs and tables are numbered from 1.

    What goes beyond the limits of characters and cells is left away: a document of that size is no submission.
    """

    limits: Limits
    blocks: list[Block] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    characters: int = 0
    cells: int = 0

    def paragraph(self, text: str, page: int | None = None, starts_page: bool = False) -> None:
        """One paragraph; each of its lines becomes a block of the same number, empty ones are only counted."""
        self.paragraphs += 1
        self.lines(text, page, starts_page)

    def lines(self, text: str, page: int | None = None, starts_page: bool = False) -> None:
        """The lines of a text that belongs to the paragraph last begun (a text box anchored in it)."""
        for line in text.splitlines():
            if line.strip() and self.room(len(line)):
                self.blocks.append(Block(paragraph=Paragraph(line.strip(), max(self.paragraphs, 1), page, starts_page)))
                starts_page = False

    def room(self, characters: int) -> bool:
        """Whether so many characters more may still be kept; counts them."""
        self.characters += characters
        return self.characters <= self.limits.document_characters

    def next_table(self) -> int:
        """The number of a table that begins here, so that nested ones come after their parent."""
        self.tables += 1
        return self.tables

    def table(self, table: Table) -> None:
        """One table, unless it is empty."""
        if table.cells:
            self.blocks.append(Block(table=table))


def lines_of(blocks: Iterable[Block]) -> Iterator[str]:
    """All lines that blocks say, those in tables included: of a header or a footer."""
    for block in blocks:
        if block.paragraph is not None:
            texts = [block.paragraph.text]
        else:
            texts = [cell.text for cell in block.table.cells] if block.table is not None else []
        yield from (line.strip() for text in texts for line in text.splitlines() if line.strip())


def lay_out(rows: Iterable[Sequence[LooseCell]], writer: Writer) -> tuple[Cell, ...]:
    """Loose cells put into a grid: left to right into the free places, as HTML does it (HTML 4.12.1, forming a table)."""
    taken: set[tuple[int, int]] = set()
    placed: dict[tuple[int, int], _Placed] = {}
    order: list[_Placed] = []
    for row, loose_cells in enumerate(rows, 1):
        column = 1
        for loose in loose_cells:
            column = max(loose.column or column, 1)
            while loose.column is None and (row, column) in taken:
                column += 1
            above = placed.get((row - 1, column)) if loose.continues else None
            if above is not None:
                above.row_span += 1
                cell = above
            else:
                writer.cells += 1
                if writer.cells > writer.limits.cells:
                    return tuple(cell.frozen() for cell in order)
                cell = _Placed(loose, row, column)
                order.append(cell)
                taken.update(
                    (below, right)
                    for below in range(row + 1, row + min(loose.row_span, 1000))
                    for right in range(column, column + min(loose.column_span, 100))
                )
            placed[(row, column)] = cell
            column += loose.column_span
    return tuple(cell.frozen() for cell in order)


class _Placed:
    """A loose cell with its place; the span down is known only when the rows below it have been seen."""

    __slots__ = ("column", "loose", "row", "row_span")

    def __init__(self, loose: LooseCell, row: int, column: int) -> None:
        self.loose = loose
        self.row = row
        self.column = column
        self.row_span = loose.row_span

    def frozen(self) -> Cell:
        loose = self.loose
        return Cell(loose.text.strip(), self.row, self.column, self.row_span, loose.column_span, loose.tables)
