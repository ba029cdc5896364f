"""OpenDocument texts and workbooks (ISO/IEC 26300: odt, ods, and the same as one flat XML file), with all changes accepted.

Text boxes, form controls, notes, headers and footers are read; what was deleted, remarks, placeholders, hidden text and
hidden sheets are not.
"""

from collections.abc import Iterator

from lxml import etree

from bot.model import Document
from bot.reading.docx_runs import child
from bot.reading.limits import Limits
from bot.reading.odf_body import Body
from bot.reading.odf_runs import controls_of
from bot.reading.odf_styles import Styles
from bot.reading.package import Package, local, parse_xml
from bot.reading.tables import lines_of
from bot.reading.unreadable import Unreadable

_MARGINS = ("header", "footer")
_LOCKED = "encryption-data"
_LOCKED_WHOLE = "encrypted-package"


def read_odf(data: bytes, limits: Limits) -> Document:
    """The document; raises `Unreadable`."""
    if not data.startswith(b"PK"):
        root = parse_xml(data)
        return _read(root, root, limits)
    package = Package(data, limits)
    if _is_locked(package):
        raise Unreadable.encrypted()
    content = package.xml("content.xml")
    if content is None:
        raise Unreadable.damaged("no content")
    return _read(content, _beside(package), limits)


def _read(content: etree._Element, styles: etree._Element | None, limits: Limits) -> Document:
    body = child(content, "body")
    if body is None:
        raise Unreadable.damaged("no body")
    # Of documents from before OpenDocument 1.0 the body itself is the text.
    text = next((element for element in body if local(element.tag) in ("text", "spreadsheet")), body)
    reader = Body(limits, Styles(styles, content), controls_of(text))
    if local(text.tag) == "spreadsheet":
        reader.sheets(text)
    else:
        reader.read(text)
        reader.notes()
    margins = dict.fromkeys(_margins(styles, limits))
    return Document(tuple(reader.writer.blocks), images=reader.images, margins=tuple(margins))


def _is_locked(package: Package) -> bool:
    """Whether a password locks it: its manifest tells how each part is encrypted, or one part holds all others."""
    if any(name == _LOCKED_WHOLE for name in package.names()):
        return True
    manifest = package.xml("META-INF/manifest.xml")
    return manifest is not None and any(local(element.tag) == _LOCKED for element in manifest.iter())


def _beside(package: Package) -> etree._Element | None:
    """The part with the styles. Where it is broken the text itself is whole."""
    try:
        return package.xml("styles.xml")
    except Unreadable as error:
        if error.check != "attachment-unreadable":
            raise  # too large is too large
        return None


def _margins(styles: etree._Element | None, limits: Limits) -> Iterator[str]:
    """The lines of headers and footers, their tables included."""
    pages = None if styles is None else child(styles, "master-styles")
    for part in () if pages is None else pages.iter():
        if local(part.tag).startswith(_MARGINS):
            body = Body(limits, Styles(styles), {})
            body.read(part)
            yield from lines_of(body.writer.blocks)
