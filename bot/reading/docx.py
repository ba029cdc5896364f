"""Word documents (ECMA-376, transitional and strict), read from their XML parts as Word shows them with all changes accepted.

Content controls, insertions, smart tags, hyperlinks and text boxes are read; deletions, hidden text, placeholders, field
instructions and the fallback half of alternate content are not.
"""

import posixpath

from lxml import etree

from bot.model import Document
from bot.reading.docx_body import Body
from bot.reading.docx_chunks import Chunks
from bot.reading.limits import Limits
from bot.reading.package import Package, local
from bot.reading.tables import lines_of
from bot.reading.unreadable import Unreadable

_MARGINS = ("header", "footer")
_NOTES = ("footnotes", "endnotes")
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read_docx(data: bytes, limits: Limits) -> Document:
    """The document in the package; raises `Unreadable`."""
    return _read(data, limits, 0)


def _read(data: bytes, limits: Limits, depth: int) -> Document:
    """The document; `depth` says inside how many others it was found."""
    package = Package(data, limits)
    main = _main_part(package)
    root = package.xml(main)
    if root is None:
        raise Unreadable.damaged("no main part")
    body = Body(limits, Chunks(package, main, limits, depth, _read).write)
    body.read(root)
    related = _related(package, posixpath.dirname(main).lower())
    for name in related:
        if posixpath.basename(name).removesuffix(".xml") in _NOTES:
            _read_notes(_beside(package, name), body)
    margins = [
        line
        for name in related
        if posixpath.basename(name).startswith(_MARGINS)
        for line in _lines(_beside(package, name), limits)
    ]
    return Document(tuple(body.writer.blocks), images=body.images, margins=tuple(dict.fromkeys(margins)))


def _related(package: Package, folder: str) -> list[str]:
    """The parts in a folder that are notes or margins by their names."""
    named = (name for name in package.names() if name.rpartition("/")[2].startswith((*_MARGINS, *_NOTES)))
    return sorted(name for name in named if name.endswith(".xml") and posixpath.dirname(name) == folder)


def _beside(package: Package, name: str) -> etree._Element | None:
    """A part beside the main one. Where it is broken the text itself is whole, and Word shows it."""
    try:
        return package.xml(name)
    except Unreadable as error:
        if error.check != "attachment-unreadable":
            raise  # too large is too large
        return None


def _main_part(package: Package) -> str:
    """The part that the package's relationships call its document; the usual name where they do not say."""
    relationships = package.xml("_rels/.rels")
    for relationship in () if relationships is None else relationships:
        if relationship.get("Type", "").endswith("/officeDocument"):
            target = relationship.get("Target", "").lstrip("/")
            if target:
                return posixpath.normpath(target)
    return "word/document.xml"


def _read_notes(root: etree._Element | None, body: Body) -> None:
    """Footnotes and endnotes follow the text; the rules above them are no notes."""
    for note in () if root is None else root:
        if not any(local(name) == "type" and value in _SEPARATORS for name, value in note.attrib.items()):
            body.read(note)


def _lines(root: etree._Element | None, limits: Limits) -> list[str]:
    """The lines of a header or footer, its tables included."""
    if root is None:
        return []
    body = Body(limits)
    body.read(root)
    return list(lines_of(body.writer.blocks))
