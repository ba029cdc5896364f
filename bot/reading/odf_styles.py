"""What the styles of an OpenDocument say that bears on its text: what is hidden, what begins a page, which font is used."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from lxml import etree

from bot.reading.docx_runs import attribute, child
from bot.reading.package import local

_DEEPEST = 20  # styles resting on one another
_PROPERTIES = ("text-properties", "paragraph-properties", "table-properties", "properties")  # the last as before ODF 1.0
_STYLES = ("styles", "automatic-styles")


@dataclass(frozen=True, slots=True)
class _Style:
    """What one style says by itself."""

    parent: str
    page: str  # the kind of page that it begins (style:master-page-name)
    properties: dict[str, str]

    @classmethod
    def of(cls, style: etree._Element) -> Self:
        """What this element says."""
        return cls(attribute(style, "parent-style-name"), attribute(style, "master-page-name"), dict(_properties(style)))


class Styles:
    """The styles of one part of a document by family and name, each resting on its parent (OpenDocument 1.3, part 3, 16.2)."""

    def __init__(self, *roots: etree._Element | None) -> None:
        """Of a later root a style outweighs one of the same name in an earlier one."""
        self._styles: dict[tuple[str, str], _Style] = {}
        self._families: dict[str, str] = {}  # of fonts, by the names they go under here
        for root in roots:
            if root is not None:
                self._gather(root)

    def is_hidden(self, family: str, name: str) -> bool:
        """Whether what is set in this style does not show; of a sheet, whether it is hidden."""
        return self._told(family, name, "display") in ("none", "false")

    def begins_page(self, family: str, name: str) -> bool:
        """Whether a page begins before what is set in this style."""
        style = self._styles.get((family, name))
        return (style is not None and bool(style.page)) or self._told(family, name, "break-before") == "page"

    def ends_page(self, family: str, name: str) -> bool:
        """Whether a page begins behind it."""
        return self._told(family, name, "break-after") == "page"

    def font(self, family: str, name: str) -> str:
        """The name of the font, "" where none is told."""
        font = self._told(family, name, "font-name")
        return self._families.get(font, font) or self._told(family, name, "font-family").strip("'\"")

    def _told(self, family: str, name: str, property: str) -> str:
        """A property of a style, or of the nearest one it rests on that has it."""
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name))
            if style is None:
                return ""
            if property in style.properties:
                return style.properties[property]
            name = style.parent
        return ""

    def _gather(self, root: etree._Element) -> None:
        for element in root:
            name = local(element.tag)
            if name == "font-face-decls":
                self._families |= {attribute(face, "name"): attribute(face, "font-family").strip("'\"") for face in element}
            elif name in _STYLES:
                for style in element:
                    if local(style.tag) == "style":
                        key = attribute(style, "family"), attribute(style, "name")
                        self._styles[key] = _Style(
                            attribute(style, "parent-style-name"),
                            attribute(style, "master-page-name"),
                            dict(_properties(style)),
                        )


def _properties(style: etree._Element) -> Iterator[tuple[str, str]]:
    for name in _PROPERTIES:
        element = child(style, name)
        for key, value in () if element is None else element.attrib.items():
            yield str(key).rpartition("}")[2], str(value)
