"""The text of one OpenDocument paragraph: spans, fields, form fields and everything that may stand among them."""

import re
from collections.abc import Mapping

from lxml import etree

from bot.reading.docx_runs import attribute
from bot.reading.odf_styles import Styles
from bot.reading.package import inner_text, local
from bot.reading.symbols import TICKED, UNTICKED, guessed, is_symbol_font, shown

_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 200  # that one element may stand for
_PARAGRAPHS = frozenset({"p", "h"})
_SKIPPED = frozenset(
    {"annotation", "annotation-end", "change", "change-start", "change-end", "tracked-changes", "deletion", "note-citation"}
    | {"ruby-text", "placeholder", "script", "hidden-text", "label", "title", "desc", "binary-data", "object", "object-ole"}
    | {"forms", "event-listeners", "param", "bookmark", "reference-mark", "number", "soft-page-break", "glue-point"}
)
_SHAPES = frozenset(
    {"custom-shape", "rect", "circle", "ellipse", "line", "polyline", "polygon", "path", "connector", "caption", "measure"}
)
_FORM_FIELD = re.compile(r"FORM(CHECKBOX|DROPDOWN)\Z")
_BOX_TICKED = ("true", "1", "checked")


class Runs:
    """Gathers text, text boxes and notes (read by the caller) and pictures of one paragraph after the other.

    `controls` are the form controls of the document as what they show, by their ids.
    """

    def __init__(self, styles: Styles, controls: Mapping[str, str]) -> None:
        self.images = 0
        self.notes: list[etree._Element] = []
        self._styles = styles
        self._controls = controls
        self._out: list[str] = []
        self._boxes: list[etree._Element] = []

    def paragraph(self, element: etree._Element) -> tuple[str, list[etree._Element]]:
        """The text of a paragraph (line breaks as newlines) and the text boxes anchored in it."""
        self._out, self._boxes = [], []
        style = attribute(element, "style-name")
        if not self._styles.is_hidden("paragraph", style):
            self._inside(element, self._styles.font("paragraph", style))
        return "".join(self._out), self._boxes

    def shape(self, element: etree._Element) -> list[etree._Element]:
        """The text boxes of a frame or shape that stands by itself."""
        self._out, self._boxes = [], []
        self._element(element, "")
        return self._boxes

    def _inside(self, element: etree._Element, font: str) -> None:
        self._text(element.text, font)
        for inner in element:
            self._element(inner, font)
            self._text(inner.tail, font)

    def _text(self, text: str | None, font: str) -> None:
        if not text:
            return
        # White space is that of the file; what the author wrote stands in elements of its own (OpenDocument 1.3, 6.1.2).
        text = _SPACES.sub(" ", text)
        self._out.append(shown(font, text) if is_symbol_font(font) else guessed(text))

    def _element(self, element: etree._Element, font: str) -> None:
        name = local(element.tag)
        if name == "span":
            style = attribute(element, "style-name")
            if not self._styles.is_hidden("text", style):
                self._inside(element, self._styles.font("text", style) or font)
        elif name == "s":
            count = attribute(element, "c")
            self._out.append(" " * (min(int(count), _MOST_SPACES) if count.isdecimal() and len(count) < 6 else 1))
        elif name == "tab":
            self._out.append("\t")
        elif name == "line-break":
            self._out.append("\n")
        elif name == "note" or name in ("footnote", "endnote"):
            self.notes += [body for body in element if local(body.tag).endswith("-body")]
        elif name not in _SKIPPED:
            self._other(name, element, font)

    def _other(self, name: str, element: etree._Element, font: str) -> None:
        if name == "frame":
            self._frame(element, font)
        elif name == "text-box" or name in _SHAPES:
            self._boxes.append(element)
        elif name == "image":
            self.images += 1
        elif name == "control":
            self._out.append(self._controls.get(attribute(element, "control"), ""))
        elif name in ("fieldmark", "fieldmark-start"):
            self._out.append(_form_field(element))
        elif name == "content-control":
            self._content_control(element, font)
        elif attribute(element, "display") != "none" and attribute(element, "is-hidden") != "true":
            self._inside(element, font)

    def _frame(self, frame: etree._Element, font: str) -> None:
        """Of several forms of one content the first that can be shown stands for all (OpenDocument 1.3, part 3, 10.4.2)."""
        for element in frame:
            if local(element.tag) in ("text-box", "image", "table"):
                if local(element.tag) == "table":
                    self._boxes.append(frame)
                else:
                    self._element(element, font)
                return

    def _content_control(self, control: etree._Element, font: str) -> None:
        """A control as LibreOffice writes it, the way it takes them over from Word."""
        if attribute(control, "checkbox") == "true":
            self._out.append(TICKED if attribute(control, "checked") == "true" else UNTICKED)
        elif attribute(control, "showing-place-holder") != "true":
            self._inside(control, font)


def _form_field(mark: etree._Element) -> str:
    """A check box or drop-down list of an old Word form: its state stands in parameters, not in the text."""
    kind = _FORM_FIELD.search(attribute(mark, "type"))
    if kind is None:
        return ""
    told = [(attribute(param, "name"), attribute(param, "value")) for param in mark if local(param.tag) == "param"]
    values = dict(told)
    if kind[1] == "CHECKBOX":
        return TICKED if values.get("Checkbox_Checked", "").lower() in _BOX_TICKED else UNTICKED
    entries = [value for name, value in told if name in ("Dropdown_ListEntry", "ListEntry")]
    chosen = values.get("Dropdown_Selected", "")
    return entries[int(chosen)] if chosen.isdecimal() and len(chosen) < 4 and int(chosen) < len(entries) else ""


def controls_of(body: etree._Element) -> dict[str, str]:
    """What the controls of a document's forms show, by their ids (OpenDocument 1.3, part 3, 13)."""
    found: dict[str, str] = {}
    for forms in body:
        if local(forms.tag) == "forms":
            for element in forms.iter():
                id = attribute(element, "id")
                if id:
                    found[id] = _control(element)
    return found


def _control(element: etree._Element) -> str:
    name = local(element.tag)
    if name in ("checkbox", "radio"):
        state = attribute(element, "current-state") or attribute(element, "state")
        ticked = state == "checked" or attribute(element, "current-selected") == "true"
        return (TICKED if ticked else UNTICKED) + attribute(element, "label")
    if name == "listbox":
        chosen = [option for option in element if attribute(option, "current-selected") == "true"]
        return "、".join(attribute(option, "label") for option in chosen)
    if name in ("text", "textarea", "combobox", "formatted-text", "number", "date", "time"):
        lines = "\n".join(inner_text(line) for line in element if local(line.tag) in _PARAGRAPHS)
        return attribute(element, "current-value") or attribute(element, "value") or lines
    return ""
