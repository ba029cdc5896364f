"""The first sheet of the workbook: the campaign on one page, in figures and native charts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.adapters.workbook_cells import plain
from bot.adapters.workbook_style import BORDER, TOTAL_FILL, style_head
from bot.adapters.workbook_words import OfficeWords
from bot.campaign import NOT_ENTITLED
from bot.deciding.board import Board, Tally, UnitBoard
from bot.model import State

COLOURS = ("548235", "F4B183", "8E7CC3", "D9DCE3")
"""Of the stacked charts: accepted, to mend, to decide, still free."""

CHART_COLUMN, LAST_COLUMN, CHART_WIDTH = "K", "S", 17
"""Where the charts stand, beside the widest table, and how wide they are in centimetres."""

MOST_BARS = 30
"""Units in the chart; those with the largest quotas."""


Plain = str | int | date | None


@dataclass(slots=True)
class _Page:
    """The sheet being drawn and the row to go on at."""

    sheet: Worksheet
    words: OfficeWords
    row: int = 1
    chart_row: int = 3

    def chart(self, chart: BarChart | LineChart, height: float) -> None:
        """Put a chart below the one before; `height` in centimetres, a row is about half of one."""
        chart.height, chart.width = height, CHART_WIDTH
        self.sheet.add_chart(chart, f"{CHART_COLUMN}{self.chart_row}")
        self.chart_row += int(height / 0.53) + 2

    @property
    def font(self) -> str:
        """The font of the workbook."""
        return self.words.table("book")["font"]

    def title(self, text: str, size: int = 12) -> None:
        """A heading over a table."""
        cell = self.sheet.cell(self.row, 1, plain(text))
        cell.data_type = "s"
        cell.font = Font(name=self.font, size=size, bold=True, color="1F3864")
        self.sheet.row_dimensions[self.row].height = size * 2
        self.row += 1

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[Plain]], total: bool = False) -> tuple[int, int]:
        """A table with its head; gives the rows of its head and last line (without the sums)."""
        first = self.row
        for column, heading in enumerate(headings, 1):
            cell = self.sheet.cell(self.row, column, heading)
            cell.data_type = "s"
            style_head(cell, self.font)
        for values in rows:
            self.row += 1
            for column, value in enumerate(values, 1):
                self._cell(column, value, bold=total and values is rows[-1])
        last = self.row - (1 if total else 0)
        self.row += 2
        return first, last

    def _cell(self, column: int, value: Plain, bold: bool) -> None:
        """One cell of a table."""
        cell = self.sheet.cell(self.row, column)
        cell.value = plain(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
        if isinstance(value, date):
            cell.number_format = self.words.table("book")["short_day"]
        cell.font = Font(name=self.font, size=10, bold=bold)
        cell.alignment = Alignment(horizontal="left" if column == 1 else "center", vertical="center", wrap_text=True)
        cell.border = BORDER
        if bold:
            cell.fill = TOTAL_FILL


def draw_overview(sheet: Worksheet, board: Board, words: OfficeWords) -> str:
    """Figures on the left, charts beside them; gives the range they fill."""
    rules, says = words.rules, words.table("overview")
    page = _Page(sheet, words)
    for index, width in enumerate((30, *[11] * 8, 3), 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.sheet_view.showGridLines = False
    page.title(rules.name, 16)
    changed = board.changed.strftime("%Y-%m-%d %H:%M") if board.changed else "—"
    page.title(f"{says['deadline'].format(day=rules.last_day.isoformat())}    {says['as_of'].format(time=changed)}", 10)
    page.row += 1
    _categories(page, board)
    _kinds(page, board)
    _figures(page, board)
    _units(page, board)
    _days(page, board)
    return f"A1:{LAST_COLUMN}{max(page.row, page.chart_row)}"


def _categories(page: _Page, board: Board) -> None:
    """How each category stands, with its chart."""
    says, states = page.words.table("overview"), page.words.table("states")
    shown = [State.ACCEPTED, State.DEFECTIVE, State.OVER_QUOTA, State.LATE, State.HELD, State.WITHDRAWN]
    columns = page.words.table("columns")
    headings = [columns["category"], columns["quota"], columns["live"], *(states[state] for state in shown)]
    rows: list[Sequence[Plain]] = [
        (category.short, tally.quota, tally.live, tally.ready, *(tally.of(state) for state in shown[1:]))
        for category, tally in zip(page.words.rules.categories, board.totals, strict=True)
    ]
    sums = [sum(number for row in rows if isinstance(number := row[index], int)) for index in range(1, len(headings))]
    page.title(says["by_category"])
    first, last = page.table(headings, [*rows, (page.words.table("book")["total"], *sums)], total=True)
    chart = _bars(says["chart_category"])
    chart.add_data(Reference(page.sheet, min_col=4, max_col=8, min_row=first, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(page.sheet, min_col=1, min_row=first + 1, max_row=last))
    _paint(chart, ("548235", "F4B183", "C00000", "BF9000", "8E7CC3"))
    page.chart(chart, 8.5)


def _kinds(page: _Page, board: Board) -> None:
    """How many units of each kind have sent something."""
    says = page.words.table("overview")
    kinds = [kind for kind in page.words.rules.kinds.values() if kind.id != NOT_ENTITLED]
    by_kind = [(kind.name, [unit for unit in board.units if unit.unit.kind == kind.id]) for kind in kinds]
    headings = [says["kind"], says["units"], says["reported"], says["silent"], page.words.table("columns")["live"]]
    rows: list[Sequence[Plain]] = [(name, *_reported(units)) for name, units in by_kind]
    total = (page.words.table("book")["total"], *_reported([unit for _, units in by_kind for unit in units]))
    page.title(says["by_kind"])
    page.table(headings, [*rows, total], total=True)


def _reported(units: Sequence[UnitBoard]) -> tuple[int, int, int, int]:
    """Units, those with something on file, those without, nominations."""
    silent = sum(unit.silent for unit in units)
    return len(units), len(units) - silent, silent, sum(unit.live for unit in units)


def _figures(page: _Page, board: Board) -> None:
    """Papers and mails that wait."""
    says = page.words.table("overview")
    due = len(board.papers_due)
    rows = [
        (says["papers_in"], len(board.on_file) - due),
        (says["papers_due"], due),
        (says["waiting_mails"], len(board.waiting)),
        (says["unhandled"], board.unhandled),
    ]
    page.title(says["papers"])
    page.table([says["item"], says["count"]], rows)


def _units(page: _Page, board: Board) -> None:
    """The units that may send several of each category, with their chart."""
    says = page.words.table("overview")
    several = sorted((unit for unit in board.units if _quota(unit) > len(unit.tallies)), key=_quota, reverse=True)[:MOST_BARS]
    if not several:
        return
    columns = page.words.table("columns")
    headings = [columns["unit"], columns["ready"], columns["defective"], says["other"], says["free"]]
    rows = [(unit.unit.name, *_shares(unit)) for unit in several]
    page.title(says["by_unit"])
    first, last = page.table(headings, rows)
    chart = _bars(says["chart_unit"])
    chart.type = "bar"
    chart.y_axis.delete = False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.add_data(Reference(page.sheet, min_col=2, max_col=5, min_row=first, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(page.sheet, min_col=1, min_row=first + 1, max_row=last))
    _paint(chart, COLOURS)
    page.chart(chart, max(8.0, 0.62 * len(several) + 3.5))


def _quota(unit: UnitBoard) -> int:
    """All it may send."""
    return sum(tally.quota for tally in unit.tallies)


def _shares(unit: UnitBoard) -> tuple[int, int, int, int]:
    """Accepted, to mend, to decide, still free."""
    return (
        sum(tally.ready for tally in unit.tallies),
        _all(unit.tallies, State.DEFECTIVE),
        _all(unit.tallies, State.OVER_QUOTA, State.LATE, State.HELD),
        sum(tally.free for tally in unit.tallies),
    )


def _all(tallies: Sequence[Tally], *states: State) -> int:
    """How many are in one of these states, in all categories."""
    return sum(tally.of(*states) for tally in tallies)


def _days(page: _Page, board: Board) -> None:
    """What came each day from the first to the newest."""
    says = page.words.table("overview")
    came = Counter(line.received.date() for line in board.lines)
    if not came:
        return
    rows = [(day, came.get(day, 0)) for day in _span(min(came), max(came))]
    page.title(says["by_day"])
    first, last = page.table([says["day"], says["arrived"]], rows)
    chart = LineChart()
    chart.title, chart.legend = says["chart_day"], None
    chart.add_data(Reference(page.sheet, min_col=2, min_row=first, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(page.sheet, min_col=1, min_row=first + 1, max_row=last))
    chart.x_axis.number_format = page.words.table("book")["short_day"]
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.series[0].graphicalProperties.line.solidFill = "1F3864"
    chart.series[0].smooth = False
    page.chart(chart, 8)


MOST_DAYS = 62
"""Days in the chart, the newest; a campaign takes weeks."""


def _span(first: date, last: date) -> list[date]:
    """Every day from the first to the last, at most the newest `MOST_DAYS`."""
    days = [last - timedelta(days=back) for back in range(min((last - first).days, MOST_DAYS - 1) + 1)]
    return days[::-1]


def _bars(title: str) -> BarChart:
    """Stacked bars with a title, legend below."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "stacked", 100, 60
    chart.title = title
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.legend.position = "b"
    chart.y_axis.number_format = "0"
    return chart


def _paint(chart: BarChart, colours: Sequence[str]) -> None:
    """A colour for each series."""
    for series, colour in zip(chart.series, colours, strict=True):
        series.graphicalProperties = GraphicalProperties(solidFill=colour)
