"""An empty Word document to write on: python-docx's own template without what nobody here uses.

The template brings 164 styles in two copies (800 KB of XML): parsing and packing them cost more than all the rest of a page.
"""

import io
import zipfile
from functools import cache

import docx
from docx.document import Document
from docx.oxml.ns import qn
from lxml import etree

from bot.adapters.packages import FixedZip

KEPT_TABLE_STYLES = frozenset({"TableNormal", "TableGrid"})
"""Ids of the table styles that stay; those of paragraphs, characters and lists all do."""

_STYLES = "word/styles.xml"
_DROPPED = ("word/stylesWithEffects.xml", "customXml/", "docProps/thumbnail.jpeg")


def blank_page() -> Document:
    """A document of one empty section."""
    return docx.Document(io.BytesIO(_template()))


@cache
def _template() -> bytes:
    """The lean template, made once."""
    whole, lean = io.BytesIO(), io.BytesIO()
    docx.Document().save(whole)
    with zipfile.ZipFile(whole) as source, FixedZip(lean, "w") as target:
        for name in source.namelist():
            if not name.startswith(_DROPPED):
                target.writestr(name, _lean(name, source.read(name)))
    return lean.getvalue()


def _lean(name: str, content: bytes) -> bytes:
    """A member without the styles, relationships and content types of what is dropped."""
    if name != _STYLES and not name.endswith(".rels") and name != "[Content_Types].xml":
        return content
    root = etree.fromstring(content)
    for element in list(root):
        if _unused(element):
            root.remove(element)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _unused(element: etree._Element) -> bool:
    if element.tag == qn("w:style"):
        return element.get(qn("w:type")) == "table" and element.get(qn("w:styleId")) not in KEPT_TABLE_STYLES
    told = (element.get("Target") or element.get("PartName") or "").lstrip("./")
    return any(part.removeprefix("word/") in told for part in _DROPPED if told)
