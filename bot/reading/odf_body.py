"""The body of an OpenDocument text or workbook: paragraphs, tables and what is wrapped around them.

Elements are told by their local names, which versions and dialects of the format share.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from bot.model import Table
from bot.reading.docx_runs import attribute
from bot.reading.limits import Limits
from bot.reading.odf_cells import MOST_ROWS, Spread, number, spread_rows, value_shown
from bot.reading.odf_runs import Runs
from bot.reading.odf_styles import Styles
from bot.reading.package import local
from bot.reading.tables import LooseCell, Writer, lay_out

_PARAGRAPHS = frozenset({"p", "h"})
# Left away whole: what was deleted, remarks, declarations, and from what an index is made.
_SKIPPED = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "forms", "scripts", "shapes", "title", "desc", "note-citation"}
)
_ROW_GROUPS = frozenset({"table-rows", "table-header-rows", "table-row-group"})
_DRAWN = frozenset(
    {
        "frame",
        "control",
        "custom-shape",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "path",
        "connector",
        "caption",
    }
)


class Body:
    """Reads one story of a document (body, notes, header) into `writer`."""

    def __init__(self, limits: Limits, styles: Styles, controls: Mapping[str, str]) -> None:
        self.writer = Writer(limits)
        self._styles = styles
        self._runs = Runs(styles, controls)
        self._break_pending = False

    @property
    def images(self) -> int:
        """Pictures met so far."""
        return self._runs.images

    def read(self, parent: etree._Element) -> None:
        """All blocks below an element, through every wrapper."""
        for element in parent:
            name = local(element.tag)
            if name in _PARAGRAPHS:
                self._paragraph(element)
            elif name == "table":
                self._begin_page("table", element)
                self.writer.table(self._table(element))
            elif name in _DRAWN:
                for box in self._runs.shape(element):
                    self._text_box(box)
            elif not self._is_skipped(name, element):
                self.read(element)

    def notes(self) -> None:
        """Footnotes and endnotes follow the text; those in notes are none."""
        notes, self._runs.notes = self._runs.notes, []
        for note in notes:
            self.read(note)

    def sheets(self, workbook: etree._Element) -> None:
        """Each visible sheet is one table."""
        for sheet in workbook:
            if local(sheet.tag) == "table" and not self._styles.is_hidden("table", attribute(sheet, "style-name")):
                place = self.writer.next_table()
                rows = spread_rows(self._spread(row) for row in _rows(sheet))
                self.writer.table(Table(place, lay_out(rows, self.writer), sheet=attribute(sheet, "name")))

    def _is_skipped(self, name: str, element: etree._Element) -> bool:
        """What does not show: a hidden section, and the entries from which an index is made."""
        hidden = name == "section" and attribute(element, "display") == "none"
        return hidden or name in _SKIPPED or name.endswith("-source")

    def _paragraph(self, element: etree._Element) -> None:
        style = attribute(element, "style-name")
        self._begin_page("paragraph", element)
        text, boxes = self._runs.paragraph(element)
        self.writer.paragraph(text, starts_page=self._break_pending)
        if text.strip():
            self._break_pending = False
        self._break_pending |= self._styles.ends_page("paragraph", style)
        for box in boxes:
            self._text_box(box)

    def _begin_page(self, family: str, element: etree._Element) -> None:
        """A break before empty paragraphs holds for the next that is not."""
        begins = self._styles.begins_page(family, attribute(element, "style-name"))
        self._break_pending |= begins and bool(self.writer.blocks)

    def _text_box(self, box: etree._Element) -> None:
        """A text box in the body stands behind the paragraph it is anchored in and shares its number."""
        for element in self._blocks(box):
            if local(element.tag) == "table":
                self.writer.table(self._table(element))
            else:
                text, boxes = self._runs.paragraph(element)
                self.writer.lines(text)
                for inner in boxes:
                    self._text_box(inner)

    def _blocks(self, parent: etree._Element) -> Iterator[etree._Element]:
        """Paragraphs and tables below an element, through every wrapper; boxes that stand by themselves are looked into."""
        for element in parent:
            name = local(element.tag)
            if name in _PARAGRAPHS or name == "table":
                yield element
            elif name in _DRAWN:
                for box in self._runs.shape(element):
                    yield from self._blocks(box)
            elif not self._is_skipped(name, element):
                yield from self._blocks(element)

    # --- tables -------------------------------------------------------------------------------------------------------

    def _table(self, element: etree._Element) -> Table:
        place = self.writer.next_table()
        return Table(place, lay_out(self._table_rows(element), self.writer))

    def _table_rows(self, table: etree._Element) -> Iterator[list[LooseCell]]:
        for row in _rows(table):
            spread = self._spread(row)
            cells = spread.cells(len(spread.parts))
            for _ in range(min(spread.repeated, MOST_ROWS)):
                yield cells

    def _spread(self, row: etree._Element) -> Spread:
        """The cells of a row; what lies under a cell that spans columns or rows only takes its place."""
        spread = Spread(number(row, "number-rows-repeated"))
        for element in row:
            name = local(element.tag)
            repeated = number(element, "number-columns-repeated")
            if name == "covered-table-cell":
                spread.covered(repeated)
            elif name == "table-cell":
                spread.add(self._cell(element), repeated)
        return spread

    def _cell(self, element: etree._Element) -> LooseCell:
        lines, tables = self._content(element)
        text = value_shown(element, "\n".join(lines))
        return LooseCell(
            text if self.writer.room(len(text)) else "",
            number(element, "number-rows-spanned"),
            min(number(element, "number-columns-spanned"), 100),
            tables=tuple(tables),
        )

    def _content(self, parent: etree._Element) -> tuple[list[str], list[Table]]:
        lines: list[str] = []
        tables: list[Table] = []
        for block in self._blocks(parent):
            if local(block.tag) == "table":
                tables.append(self._table(block))
                continue
            text, boxes = self._runs.paragraph(block)
            lines.append(text)
            for box in boxes:
                box_lines, box_tables = self._content(box)
                lines += box_lines
                tables += box_tables
        return lines, tables


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for element in table:
        name = local(element.tag)
        if name == "table-row":
            yield element
        elif name in _ROW_GROUPS:
            yield from _rows(element)
