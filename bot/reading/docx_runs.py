"""The text of one Word paragraph: runs and everything that may stand among them."""

from collections.abc import Mapping

from lxml import etree

from bot.reading.overstrikes import formula
from bot.reading.package import LOCAL, local
from bot.reading.symbols import TICKED, UNTICKED, guessed, is_symbol_font, shown

_LITERAL = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "pPr", "rPr", "sdtPr", "sdtEndPr", "delText", "delInstrText", "rt", "rubyPr"}
    | {"binData", "fldData", "commentReference", "footnoteReference", "endnoteReference", "annotationRef"}
)


class Runs:
    """Gathers text, text boxes (read by the caller) and pictures of one paragraph after the other."""

    def __init__(self) -> None:
        self.images = 0
        self._out: list[str] = []
        self._boxes: list[etree._Element] = []
        self._instruction = ""  # of the field that is being told

    def begin(self) -> None:
        """Start a paragraph."""
        self._out = []
        self._boxes = []
        self._instruction = ""

    def end(self) -> tuple[str, list[etree._Element]]:
        """The paragraph's text (line breaks as newlines, page breaks as form feeds) and its text boxes."""
        return "".join(self._out), self._boxes

    def read(self, parent: etree._Element) -> None:
        """Everything below an element that shows as text."""
        for element in parent:
            name = LOCAL[element.tag]
            if name == "r":
                self._run(element)
            elif name == "t":
                self._out.append(element.text or "")
            elif name == "br":
                self._out.append("\f" if attribute(element, "type") == "page" else "\n")
            elif name in _LITERAL:
                self._out.append(_LITERAL[name])
            elif name not in _SKIPPED:
                self._other(name, element)

    def _run(self, run: etree._Element) -> None:
        properties = properties_of(run, "rPr")
        if is_on(properties.get("vanish")):
            return
        start = len(self._out)
        self.read(run)
        font = _font(properties)
        if is_symbol_font(font):
            self._out[start:] = [shown(font, text) for text in self._out[start:]]
        elif start < len(self._out) and self._out[start][:1] > "\uefff":
            self._out[start:] = map(guessed, self._out[start:])

    def _other(self, name: str, element: etree._Element) -> None:
        if name == "sym":
            self._out.append(_symbol(element))
        elif name == "sdt":
            self._content_control(element)
        elif name == "instrText":
            self._instruction += element.text or ""
        elif name == "fldChar":
            self._out.append(_form_field(element))
            self._out.append(formula(self._instruction))  # has no result that could follow
            self._instruction = ""
        elif name == "fldSimple":
            self._out.append(formula(attribute(element, "instr")))
            self.read(element)
        elif name in ("blip", "imagedata"):
            self.images += 1
        elif name == "txbxContent":
            self._boxes.append(element)
        elif name == "textpath":
            self._out.append(element.get("string", ""))
        elif name == "AlternateContent":
            choice = child(element, "Choice")
            self.read(choice if choice is not None else next(iter(element), element))
        elif not (name == "annotation" and attribute(element, "type") in ("Word.Deletion", "Word.Comment")):
            self.read(element)

    def _content_control(self, control: etree._Element) -> None:
        properties = child(control, "sdtPr")
        if properties is not None:
            box = child(properties, "checkbox")
            if box is not None:
                self._out.append(TICKED if is_on(child(box, "checked"), absent=False) else UNTICKED)
                return
            if is_on(child(properties, "showingPlcHdr")):
                return
        content = child(control, "sdtContent")
        if content is not None:
            self.read(content)


def child(parent: etree._Element, name: str) -> etree._Element | None:
    """The first child of this local name."""
    for element in parent:
        if LOCAL[element.tag] == name:
            return element
    return None


def properties_of(parent: etree._Element, name: str) -> Mapping[str, etree._Element]:
    """What stands in the first child of this local name, by its own local names, of each the first; empty without one."""
    found: dict[str, etree._Element] = {}
    for element in () if (properties := child(parent, name)) is None else properties:
        found.setdefault(LOCAL[element.tag], element)
    return found


def attribute(element: etree._Element, name: str) -> str:
    """The attribute of this local name, "" when there is none."""
    for key, value in element.items():
        if LOCAL[key] == name:
            return str(value)
    return ""


def is_on(switch: etree._Element | None, absent: bool = False) -> bool:
    """A Word toggle: on when it is there, unless its value says off (ECMA-376 part 1, 17.17.4)."""
    return absent if switch is None else attribute(switch, "val").lower() not in ("0", "false", "off")


def _font(properties: Mapping[str, etree._Element]) -> str:
    fonts = properties.get("rFonts")
    return "" if fonts is None else attribute(fonts, "ascii") or attribute(fonts, "hAnsi")


def _symbol(element: etree._Element) -> str:
    code = attribute(element, "char")
    try:
        return shown(attribute(element, "font"), chr(int(code, 16)))
    except (ValueError, OverflowError):
        return ""


def _form_field(element: etree._Element) -> str:
    """A legacy check box or drop-down list shows its state, which stands in no run (ECMA-376 part 1, 17.16.7 and 17.16.9)."""
    data = child(element, "ffData")
    if data is None:
        return ""
    box = child(data, "checkBox")
    if box is not None:
        state = child(box, "checked")
        if state is None:
            state = child(box, "default")
        return TICKED if is_on(state) else UNTICKED
    entries = child(data, "ddList")
    if entries is None:
        return ""
    result = child(entries, "result")
    chosen = attribute(result, "val") if result is not None else ""
    texts = [attribute(entry, "val") for entry in entries if local(entry.tag) == "listEntry"]
    return texts[int(chosen)] if chosen.isdecimal() and len(chosen) < 4 and int(chosen) < len(texts) else ""
