"""The text of an HTML body as a reader sees it: hidden text left out, links and quoted blocks marked."""

import re
from collections.abc import Iterator

from lxml import etree

LINK, LINK_END = "\ufdd0", "\ufdd1"
"""Noncharacters around the target of a link, which stands after its visible text; no text from outside holds them."""

_PARSE_MOST = 5_000_000  # characters of HTML; a mail that says more says it in pictures
_BREAK, _BLOCK = "\n", "\r"  # pieces that end a line: a written break, the edge of a block
_BLOCKS = frozenset(
    {"p", "div", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "dt", "dd", "pre", "hr"}
    | {"section", "article", "header", "footer", "blockquote", "center", "form"}
)
_SKIPPED = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "svg", "xml"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:\.0*)?(?:px|pt|em|%)?\s*(?:;|$)|mso-hide\s*:\s*all", re.I
)
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
_QUOTES = frozenset({"gmail_quote", "moz-cite", "isreplycontent", "yahoo_quoted"})


def html_text(html: str) -> str:
    """The text, a line for each block, cells apart by tabs, quoted blocks with “> ” before each line, links marked."""
    root = _root(html[:_PARSE_MOST])
    if root is None:
        return ""
    lines: list[str] = []
    line: list[str] = []
    for piece, depth in _pieces(root):
        if piece in (_BREAK, _BLOCK):
            _close(lines, line, depth, hard=piece == _BREAK)
        else:
            line.append(piece)
    _close(lines, line, 0, hard=False)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def without_links(text: str) -> str:
    """The text with the marks and targets of links taken out."""
    return re.sub(f"{LINK}[^{LINK_END}]*{LINK_END}", "", text)


def _close(lines: list[str], line: list[str], depth: int, *, hard: bool) -> None:
    """End a line. An empty one stands only where a break was written: blocks end lines, they do not make empty ones."""
    text = _SPACES.sub(" ", "".join(line).replace("\t", "\v")).replace("\v", "\t").strip(" \t")
    line.clear()
    if text or (hard and lines and lines[-1]):
        lines.append("> " * min(depth, 8) + text if text else "")


def _root(html: str) -> "etree._Element | None":
    # No entities are resolved and nothing is fetched; libxml2 drops what nests deeper than 256.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True)
    try:
        return etree.fromstring(html.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _pieces(root: "etree._Element") -> Iterator[tuple[str, int]]:
    """Texts and line breaks in reading order, each with how many quoted blocks it is in."""
    depth = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            yield from _before(tag, depth)
            depth += _is_quote(element, tag)
            if tag in _SKIPPED or _is_hidden(element):
                walk.skip_subtree()
            elif element.text:
                yield _clean(element.text), depth
            continue
        if tag == "a" and element.get("href"):
            yield LINK + _clean(element.get("href") or "") + LINK_END, depth
        if tag in _BLOCKS:
            yield _BLOCK, depth
        depth -= _is_quote(element, tag)
        if tag in ("td", "th"):
            yield "\t", depth
        if element.tail:
            yield _clean(element.tail), depth


def _before(tag: str, depth: int) -> Iterator[tuple[str, int]]:
    if tag == "br":
        yield _BREAK, depth
    elif tag in _BLOCKS:
        yield _BLOCK, depth


def _clean(text: str) -> str:
    return _SPACES.sub(" ", text).replace(LINK, "").replace(LINK_END, "")


def _is_hidden(element: "etree._Element") -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and _HIDDEN.search(style) is not None)


def _is_quote(element: "etree._Element", tag: str) -> bool:
    if tag not in ("blockquote", "div"):
        return False
    if tag == "blockquote" and (element.get("type") or "").lower() == "cite":
        return True
    marks = f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()
    return any(mark in _QUOTES for mark in marks)
