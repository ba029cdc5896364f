"""HTML pages, and what Word and Excel save as XML named .doc or .xls (WordML and SpreadsheetML 2003, flat packages)."""

import re

from lxml import etree
from lxml.html import HTMLParser

from bot.model import Document, Table
from bot.reading.charsets import decode, fits
from bot.reading.docx_body import Body
from bot.reading.limits import Limits
from bot.reading.package import inner_text, local, parse_xml
from bot.reading.sheet_xml import read_sheet_xml
from bot.reading.symbols import TICKED, UNTICKED, guessed, is_symbol_font, shown
from bot.reading.tables import LooseCell, Writer, lay_out
from bot.reading.unreadable import Unreadable

_DEEPEST = 200  # elements inside one another that are walked; what lies deeper is taken as plain text
_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "center", "blockquote", "pre", "form"}
    | {"body", "html", "section", "article", "header", "footer", "main", "fieldset", "address", "hr", "caption", "nav", "aside"}
)
_SKIPPED = frozenset(
    {"del", "comment", "head", "script", "style", "title", "template", "noscript", "meta", "link", "object", "xml", "button"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*comment", re.IGNORECASE)
_FONT = re.compile(r"font-family\s*:\s*[\"']?([\w ]{1,40})", re.IGNORECASE)
_PAGE_BREAK = re.compile(r"page-break-before\s*:\s*(?:always|left|right)|break-before\s*:\s*page", re.IGNORECASE)
_LABEL = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_XML_ROOT = re.compile(rb"<(?:(\w+):)?(wordDocument|package|Workbook)\b")
_SPACES = re.compile(r"[ \t\r\n\f]+")


def read_html(data: bytes, limits: Limits) -> Document:
    """The document; raises `Unreadable`."""
    root = _XML_ROOT.search(data[:4096])
    if root is not None:
        return _read_office_xml(data, limits)
    text = fits(data.removeprefix(b"\xef\xbb\xbf"), "utf-8") or decode(data, _label(data))
    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        page = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable.damaged("html") from error
    reader = _Page(limits)
    if page is not None:
        reader.walk(page, 0)
        reader.end_line()
    return Document(tuple(reader.writer.blocks), images=reader.images)


def _label(data: bytes) -> str:
    match = _LABEL.search(data[:8192])
    return match[1].decode("ascii") if match else ""


def _read_office_xml(data: bytes, limits: Limits) -> Document:
    root = parse_xml(data)
    if local(root.tag) == "Workbook":
        return read_sheet_xml(root, limits)
    body = Body(limits)
    for element in root.iter():
        if local(element.tag) == "body":
            body.read(element)
            break
    return Document(tuple(body.writer.blocks), images=body.images)


class _Page:
    """Walks the elements; text gathers in a line until a block begins or ends."""

    def __init__(self, limits: Limits) -> None:
        self.writer = Writer(limits)
        self.images = 0
        self._line: list[str] = []
        self._cells: list[list[str]] = []  # the lines of the cells that are open, innermost last
        self._tables: list[list[Table]] = []  # tables nested in them
        self._starts_page = False
        self._font = ""  # a symbol font, in which letters are marks

    def walk(self, element: etree._Element, depth: int) -> None:
        """One element with everything in it."""
        name = local(element.tag).lower()
        style = element.get("style") or ""
        if name in _SKIPPED or _HIDDEN.search(style) or element.get("hidden") is not None:
            return
        if depth > _DEEPEST:
            self._text(inner_text(element))
        elif name == "table":
            self.end_line()
            self._table(element, depth)
        else:
            self._element(element, name, style, depth)

    def _element(self, element: etree._Element, name: str, style: str, depth: int) -> None:
        if name in _BLOCKS:
            self.end_line()
        if _PAGE_BREAK.search(style):
            self._starts_page = True
        if name == "br":
            self._line.append("\n")
        elif name == "img":
            self.images += 1
        elif name in ("input", "select", "textarea"):
            self._line.append(_entered(element, name))
        else:
            font, self._font = self._font, _font(element, style, self._font)
            self._inside(element, depth)
            self._font = font
        if name in _BLOCKS:
            self.end_line()

    def _inside(self, element: etree._Element, depth: int) -> None:
        self._text(element.text)
        for inner in element:
            self.walk(inner, depth + 1)
            self._text(inner.tail)

    def _text(self, text: str | None) -> None:
        if text and self.writer.room(len(text)):
            text = _SPACES.sub(" ", text)
            self._line.append(shown(self._font, text) if self._font else guessed(text))

    def end_line(self) -> None:
        """What was gathered becomes a paragraph of the document or a line of the open cell."""
        text, self._line = "".join(self._line), []
        if self._cells:
            self._cells[-1] += [line.strip() for line in text.split("\n") if line.strip()]
        elif text.strip():
            self.writer.paragraph(text, starts_page=self._starts_page)
            self._starts_page = False

    def _table(self, element: etree._Element, depth: int) -> None:
        number = self.writer.next_table()
        rows = [[self._cell(cell, depth) for cell in _parts(row, ("td", "th"))] for row in _parts(element, ("tr",))]
        table = Table(number, lay_out(rows, self.writer))
        if self._tables:
            self._tables[-1].append(table)
        else:
            self.writer.table(table)

    def _cell(self, element: etree._Element, depth: int) -> LooseCell:
        self._cells.append([])
        self._tables.append([])
        self._inside(element, depth + 3)
        self.end_line()
        lines, tables = self._cells.pop(), self._tables.pop()
        return LooseCell("\n".join(lines), _span(element, "rowspan"), _span(element, "colspan"), tables=tuple(tables))


def _parts(element: etree._Element, names: tuple[str, ...]) -> list[etree._Element]:
    """Rows of a table or cells of a row, through row groups and whatever else was put between."""
    found: list[etree._Element] = []
    for inner in element:
        name = local(inner.tag).lower()
        if name in names:
            found.append(inner)
        elif name not in ("table", "td", "th", "tr"):
            found += _parts(inner, names)
    return found


def _font(element: etree._Element, style: str, outer: str) -> str:
    """The symbol font in which an element is set; "" where it is any other font."""
    told = _FONT.search(style)
    fonts = told[1] if told else element.get("face")
    if fonts is None:
        return outer
    first = fonts.partition(",")[0].strip(" '\"")
    return first if is_symbol_font(first) else ""


def _span(element: etree._Element, name: str) -> int:
    value = (element.get(name) or "").strip()
    return max(1, min(int(value), 1000)) if value.isdecimal() and len(value) < 5 else 1


def _entered(element: etree._Element, name: str) -> str:
    """What a field of an HTML form shows."""
    if name == "textarea":
        return inner_text(element)
    if name == "select":
        return "".join(inner_text(option) for option in element.iter("option") if option.get("selected") is not None)
    kind = (element.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return TICKED if element.get("checked") is not None else UNTICKED
    return element.get("value") or "" if kind in ("text", "tel", "date", "number", "email") else ""
