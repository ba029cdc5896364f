"""Plain text, in whatever character set it is; one that is a table (csv, text with tabs) gives a table."""

from bot.model import Document, Table
from bot.reading.charsets import decode
from bot.reading.delimited import rows_of
from bot.reading.limits import Limits
from bot.reading.tables import LooseCell, Writer, lay_out


def read_text(data: bytes, limits: Limits) -> Document:
    """Each line a paragraph; a form feed begins a page. Of a table, lines above it that are no rows are paragraphs too."""
    writer = Writer(limits)
    text = decode(data)
    rows = rows_of(text)
    if rows:
        _write_table(rows, writer)
    else:
        _write_lines(text, writer)
    return Document(tuple(writer.blocks))


def _write_lines(text: str, writer: Writer) -> None:
    for page, part in enumerate(text.replace("\x0b", "\n").split("\f")):
        starts_page = page > 0
        for line in part.splitlines():
            writer.paragraph(line, starts_page=starts_page)
            starts_page &= not line.strip()


def _write_table(rows: list[list[str]], writer: Writer) -> None:
    """Rows keep the numbers that they have in the file."""
    above = next((place for place, row in enumerate(rows) if len(row) > 1), 0)
    for row in rows[:above]:
        writer.paragraph("".join(row))
    cells = [[LooseCell(cell if writer.room(len(cell)) else "") for cell in row] for row in rows[above:]]
    writer.table(Table(writer.next_table(), lay_out([*([] for _ in range(above)), *cells], writer)))
