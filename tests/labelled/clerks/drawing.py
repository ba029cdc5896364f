"""The files a clerk makes: forms in eight hands, materials, everything in one document, spreadsheets, web pages saved as Word."""

import io
from collections.abc import Callable, Iterable, Sequence
from html import escape

import openpyxl

from bot.adapters.packages import sealed
from tests.labelled.clerks.sheet import TITLES, WIDE, Sheet
from tests.labelled.ooxml import PAGE_BREAK, Box, document, paragraph, paragraphs, table

Pairs = Sequence[tuple[str, str]]


def form(sheet: Sheet, hand: str = "grid", *, title: str | None = None) -> bytes:
    """The form alone as a Word file."""
    return document(drawn(sheet, hand, title))


def both(sheet: Sheet, hand: str = "grid", *, between: str = PAGE_BREAK) -> bytes:
    """Form and material in one Word file."""
    return document(drawn(sheet, hand) + between + running(sheet.text))


def story(sheet: Sheet) -> bytes:
    """The material alone as a Word file."""
    return document(running(sheet.text))


def note(*lines: str) -> bytes:
    """Any other text as a Word file."""
    return document(running(lines))


def merged(*blocks: str) -> bytes:
    """Forms and texts one after the other in one Word file, each on a new page."""
    return document(PAGE_BREAK.join(blocks))


def running(lines: Iterable[str]) -> str:
    """A centred title and paragraphs."""
    first, *rest = lines
    return paragraph(first, centred=True) + "".join(paragraph(line) for line in rest)


def drawn(sheet: Sheet, hand: str = "grid", title: str | None = None) -> str:
    """A form as Word elements; an empty title leaves it out."""
    head = TITLES[sheet.category] if title is None else title
    return (paragraph(head, centred=True) if head else "") + HANDS[hand](list(sheet.pairs))


def _box(text: str, span: int = 1, down: str = "") -> Box:
    return Box(paragraphs(text), span, down)


def _grid(pairs: Pairs) -> str:
    """Two pairs a row, long ones across."""
    rows: list[list[Box]] = []
    short: list[Box] = []
    for label, value in pairs:
        if label in WIDE:
            rows += [[*short, _box("", 2)]] if short else []
            short = []
            rows.append([_box(label), _box(value, 3)])
            continue
        short += [_box(label), _box(value)]
        if len(short) == 4:
            rows.append(short)
            short = []
    return table([*rows, *([[*short, _box("", 2)]] if short else [])], 4)


def _spaced(pairs: Pairs) -> str:
    """One pair a row, labels spaced out as typists do."""
    return table([[_box("  ".join(label) if len(label) < 4 else label), _box(value)] for label, value in pairs], 2)


def _inside(pairs: Pairs) -> str:
    """Label and value share a cell."""
    return table([[_box(f"{label}：{value}")] for label, value in pairs], 1)


def _stacked(pairs: Pairs) -> str:
    """The label in a row of its own, the answer in the row below."""
    rows: list[list[Box]] = []
    for label, value in pairs:
        rows += [[_box(f"{label}：")], [_box(value)]] if label in WIDE else [[_box(f"{label}：{value}")]]
    return table(rows, 1)


def _lines(pairs: Pairs) -> str:
    """No table at all."""
    return "".join(paragraphs(f"{label}：{value}") for label, value in pairs)


def _numbered(pairs: Pairs) -> str:
    """A column of numbers, one of items, one of contents, with a head row."""
    head = [_box("序号"), _box("项目"), _box("填写内容")]
    return table([head, *([_box(str(n)), _box(label), _box(value)] for n, (label, value) in enumerate(pairs, 1))], 3)


def _pillar(pairs: Pairs) -> str:
    """A merged cell 基本情况 down the left side, labels of long fields upright."""
    short = [pair for pair in pairs if pair[0] not in WIDE]
    rows = [
        [_box("基\n本\n情\n况" if not n else "", 1, "more" if n else "start"), _box(label), _box(value)]
        for n, (label, value) in enumerate(short)
    ]
    return table([*rows, *([_box("\n".join(label)), _box(value, 2)] for label, value in pairs if label in WIDE)], 3)


def _photo(pairs: Pairs) -> str:
    """Three pairs a row and a cell for the photograph, as personnel forms have it."""
    short = [pair for pair in pairs if pair[0] not in WIDE]
    rows = []
    for start in range(0, len(short), 3):
        row = [box for label, value in short[start : start + 3] for box in (_box(label), _box(value))]
        row += [_box("") for _ in range(6 - len(row))]
        rows.append([*row, _box("" if start else "照\n片", 1, "more" if start else "start")])
    return table([*rows, *([_box(label), _box(value, 6)] for label, value in pairs if label in WIDE)], 7)


HANDS: dict[str, Callable[[Pairs], str]] = {
    "grid": _grid,
    "spaced": _spaced,
    "inside": _inside,
    "stacked": _stacked,
    "lines": _lines,
    "numbered": _numbered,
    "pillar": _pillar,
    "photo": _photo,
}
HAND_NAMES = tuple(HANDS)


def spreadsheet(sheet: Sheet) -> bytes:
    """The form as a workbook: someone who has only ever used tables."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append([TITLES[sheet.category]])
    for pair in sheet.pairs:
        page.append(list(pair))
    return _saved(book)


def overview(*sheets: Sheet) -> bytes:
    """A summary table (汇总表) of what a unit nominates."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["“三个100”推荐汇总表"])
    page.append(["序号", "类别", "推荐对象", "联系电话"])
    for number, one in enumerate(sheets, 1):
        page.append([str(number), TITLES[one.category].removesuffix("推荐表"), one.nominee, dict(one.values)["联系电话"]])
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return sealed(out.getvalue())


def web_page(sheet: Sheet, codec: str = "utf-8") -> bytes:
    """The form as a web page that Word has saved under the name of a document."""
    rows = "".join(f"<tr><td>{escape(label)}</td><td>{escape(value)}</td></tr>" for label, value in sheet.pairs)
    head = f'<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta charset="{codec}"></head>'
    return f"{head}<body><p>{TITLES[sheet.category]}</p><table border=1>{rows}</table></body></html>".encode(codec)


def plain(sheet: Sheet, codec: str = "gb18030") -> bytes:
    """The material as a plain text file of the notepad."""
    return "\r\n".join(sheet.text).encode(codec)
