"""How the workbook looks: cell formats, colours of states, heads, print setup."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

HEAD_FILL = PatternFill("solid", fgColor="1F3864")
OWN_HEAD_FILL = PatternFill("solid", fgColor="7F6000")
OWN_FILL = PatternFill("solid", fgColor="FFF8E1")
TOTAL_FILL = PatternFill("solid", fgColor="E7ECF5")
_EDGE = Side(style="thin", color="C9CED6")
BORDER = Border(_EDGE, _EDGE, _EDGE, _EDGE)

GOOD, MEND, WAIT, LATE, GREY = (
    ("C6EFCE", "006100"),
    ("FFEB9C", "7F4F00"),
    ("DDD6FE", "4C1D95"),
    ("FFC7CE", "9C0006"),
    ("E5E7EB", "4B5563"),
)
"""Background and ink: in order, to mend, for a person, late or over, settled."""

STATE_COLOURS: Mapping[str, tuple[str, str]] = {
    "accepted": GOOD,
    "shortlisted": GOOD,
    "selected": GOOD,
    "defective": MEND,
    "held": WAIT,
    "over-quota": LATE,
    "late": LATE,
    "withdrawn": GREY,
    "superseded": GREY,
    "not-selected": GREY,
}

STANDING_COLOURS = {"silent": LATE, "mending": MEND, "deciding": WAIT, "partial": GREY, "full": GOOD}
OUTCOME_COLOURS = {"received": GOOD, "returned": MEND, "held": WAIT, "bounce": LATE, "ignored": GREY, "new": WAIT}
OUTBOX_COLOURS = {"sent": GOOD, "failed": LATE, "waiting": WAIT}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key of its heading, width in characters of the font (a Chinese one takes two), format of its cells.

    `own` columns are the clerks': they are empty or may be changed by hand.
    """

    key: str
    width: float
    format: str = "text"
    heading: str = ""  # when the key's wording needs words filled in
    own: bool = False
    printed: bool = True  # columns that are not stand last: on paper they would make the others too small to read


def formats(workbook: Workbook, words: Mapping[str, str]) -> dict[str, int]:
    """Register every cell format and give its number; `words` is the table `book` of the office's words."""
    sheet = workbook.create_sheet("formats")
    numbers: dict[str, int] = {}
    codes = {
        "moment": words["moment"],
        "day": words["day"],
        "own-day": words["day"],
        "percent": words["percent"],
        "total-percent": words["percent"],
    }
    for name in (
        "text",
        "guarded",
        "centre",
        "number",
        "moment",
        "day",
        "percent",
        "link",
        "own",
        "own-day",
        "total",
        "total-percent",
    ):
        cell = sheet.cell(1, len(numbers) + 1)
        flush = "left" if name in ("text", "guarded", "own") else "center"
        cell.alignment = Alignment(horizontal=flush, vertical="center", wrap_text=True)
        cell.border = BORDER
        cell.font = _font(words["font"], link=name == "link", bold=name.startswith("total"))
        cell.number_format = codes.get(name, "General")
        if name.startswith("own"):
            cell.fill = OWN_FILL
        if name.startswith("total"):
            cell.fill = TOTAL_FILL
        cell.quotePrefix = name == "guarded"
        numbers[name] = cell.style_id
    workbook.remove(sheet)
    return numbers


def _font(name: str, link: bool = False, bold: bool = False) -> Font:
    return Font(name=name, size=10, color="0563C1" if link else "1F2328", underline="single" if link else None, bold=bold)


def head(sheet: Worksheet, columns: Sequence[Column], headings: Mapping[str, str], font: str) -> None:
    """The head of a list: headings, widths, frozen so that it and the first column stay in sight."""
    for index, column in enumerate(columns, 1):
        cell = sheet.cell(1, index, column.heading or headings[column.key])
        assert isinstance(cell, Cell)  # noqa: S101 - nothing is merged here
        cell.data_type = "s"
        style_head(cell, font, own=column.own)
        sheet.column_dimensions[get_column_letter(index)].width = column.width
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "B2"


def style_head(cell: Cell, font: str, own: bool = False) -> None:
    """White on dark; the clerks' own columns in another colour."""
    cell.font = Font(name=font, size=10, bold=True, color="FFFFFF")
    cell.fill = OWN_HEAD_FILL if own else HEAD_FILL
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    cell.border = BORDER


def colour(
    sheet: Worksheet, column: int, last: int, wording: Mapping[str, str], colours: Mapping[str, tuple[str, str]]
) -> None:
    """Colour the cells of a column by what they say."""
    letter = get_column_letter(column)
    for key, (ground, ink) in colours.items():
        quoted = wording[key].replace('"', '""')
        looks = DifferentialStyle(font=Font(color=ink), fill=PatternFill(bgColor=ground, fill_type="solid"))
        rule = Rule("cellIs", operator="equal", formula=[f'"{quoted}"'], dxf=looks)
        sheet.conditional_formatting.add(f"{letter}2:{letter}{max(2, last)}", rule)


def bars(sheet: Worksheet, column: int, last: int) -> None:
    """A bar in each cell of a column of shares."""
    letter = get_column_letter(column)
    ends = [FormatObject("num", val=0), FormatObject("num", val=1)]
    rule = Rule("dataBar", dataBar=DataBar(cfvo=ends, color=Color("FFA9D18E"), showValue=True))
    sheet.conditional_formatting.add(f"{letter}2:{letter}{max(2, last)}", rule)


def for_print(sheet: Worksheet, title: str, page: str, area: str, pages: int = 0) -> None:
    """A4 across, as wide as the page, head repeated, title above, page number below; `pages` 0: as many as it takes."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, pages
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.8, 0.7
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.print_options.horizontalCentered = True
    sheet.print_area = area
    if not pages:
        sheet.print_title_rows = "1:1"
    sheet.oddHeader = HeaderFooterItem(center=_HeaderFooterPart(text=title.replace("&", "&&"), size=12))
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart(text=page))
