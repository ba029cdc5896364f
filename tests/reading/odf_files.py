"""OpenDocument files made by program: texts and workbooks from the XML of their body, packed and flat."""

from collections.abc import Mapping

from tests.documents import zip_bytes

TEXT = "application/vnd.oasis.opendocument.text"
SHEET = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{place}:1.0"'
    for name, place in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "fo": "xsl-fo-compatible",
        "form": "form",
        "svg": "svg-compatible",
        "manifest": "manifest",
    }.items()
)
_MORE = 'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0" xmlns:field="urn:field"'


def root(name: str, content: str, more: str = "") -> str:
    """A document of one element with all namespaces."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<office:{name} {_SPACES} {_MORE} {more}>{content}</office:{name}>'


def odt(body: str, styles: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """A text with this body and these automatic styles."""
    return _packed(TEXT, f"<office:text>{body}</office:text>", styles, parts or {})


def ods(body: str, styles: str = "") -> bytes:
    """A workbook with these tables."""
    return _packed(SHEET, f"<office:spreadsheet>{body}</office:spreadsheet>", styles, {})


def fodt(body: str, styles: str = "") -> bytes:
    """A text as one flat file."""
    content = f"{_automatic(styles)}<office:body><office:text>{body}</office:text></office:body>"
    return root("document", content, f'office:mimetype="{TEXT}"').encode()


def style(name: str, properties: str, family: str = "paragraph", more: str = "") -> str:
    """A style."""
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{properties}</style:style>'


def p(content: str, style: str = "Standard") -> str:
    """A paragraph."""
    return f'<text:p text:style-name="{style}">{content}</text:p>'


def cell(content: str = "", attributes: str = "") -> str:
    """A cell of one paragraph; of markup as it is."""
    inner = content if content.startswith("<") else p(content) if content else ""
    return f"<table:table-cell {attributes}>{inner}</table:table-cell>"


def row(*cells: str, repeated: int = 1) -> str:
    """A row; a text alone is a cell."""
    inner = "".join(one if one.startswith("<table:") else cell(one) for one in cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}</table:table-row>'


def table(*rows: str, name: str = "表", style: str = "") -> str:
    """A table or a sheet."""
    return f'<table:table table:name="{name}" table:style-name="{style}">{"".join(rows)}</table:table>'


COVERED = "<table:covered-table-cell/>"


def _packed(kind: str, body: str, styles: str, parts: Mapping[str, str | bytes]) -> bytes:
    content = root("document-content", f"{_automatic(styles)}<office:body>{body}</office:body>")
    manifest = '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zip_bytes({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content, **parts})


def _automatic(styles: str) -> str:
    return f"<office:automatic-styles>{styles}</office:automatic-styles>"
