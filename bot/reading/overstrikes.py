"""What a Word formula field shows (EQ): boxes with a tick laid over them, circled characters, phonetic guides, fractions.

Word's menus make these fields (带圈字符, 拼音指南), so the tick of a form may stand nowhere else than in an instruction such as
`EQ \\o\\ac(□,√)`.
"""

import re

from bot.reading.symbols import TICKED

_FORMULA = re.compile(r"\s*EQ\b", re.IGNORECASE)
_OPTION = re.compile(r'\\\*\s*(?:"[^"]*"|\w+)')  # \* jc2, \* "Font:宋体", \* hps12: how it is set
_SWITCH = re.compile(r"\\[a-zA-Z]+\d*[ \u00a0]*\d*")
_RAISED = re.compile(r"\\s\s*\\(?:up|do)", re.IGNORECASE)
_BOXES = frozenset("□☐▢◻■○〇◯Oo")
_FRAMES = frozenset("□☐▢◻■○〇◯Oo△◇")
_TICKS = frozenset("√✓✔∨vV")
_CROSSES = frozenset("×✗✘xX")
_LONGEST = 2000  # characters of an instruction that are looked at
_DEEPEST = 20  # brackets inside one another


def formula(instruction: str) -> str:
    """The text that the instruction of a field shows; "" for every other field, whose result stands in the document."""
    match = _FORMULA.match(instruction)
    return "" if match is None else _text(_OPTION.sub("", instruction[match.end() : _LONGEST]), 0).strip()


def _text(formula: str, depth: int) -> str:
    """A formula without its switches; of what lies one over the other, what it means."""
    opening = formula.find("(")
    if opening < 0 or depth > _DEEPEST:
        return _SWITCH.sub("", formula)
    closing = _closing(formula, opening)
    before, rest = formula[:opening], formula[closing + 1 :]
    parts = _parts(formula[opening + 1 : closing])
    switch = before.lower()
    shown = [_text(part, depth + 1).strip() for part in parts if not _RAISED.match(part.strip())]
    if "\\o" in switch:
        meant = _overlaid(shown)
    elif "\\f" in switch and len(shown) == 2:
        meant = "/".join(shown)
    else:
        meant = "".join(shown)
    return _SWITCH.sub("", before) + meant + _text(rest, depth + 1)


def _overlaid(shown: list[str]) -> str:
    """Characters on one place: a tick in a box is a ticked box, a frame around something is that something."""
    marks = set(shown)
    if len(shown) == 2 and marks & _BOXES and marks & _TICKS:
        return TICKED
    if len(shown) == 2 and marks & _BOXES and marks & _CROSSES and not marks & {"O", "o"}:
        return "☒"
    inner = [text for text in shown if text not in _FRAMES]
    return "".join(inner or shown[:1])


def _closing(formula: str, opening: int) -> int:
    """Where the bracket ends; the end of the formula when it never does."""
    depth = 0
    for place in range(opening, len(formula)):
        depth += (formula[place] == "(") - (formula[place] == ")")
        if depth == 0:
            return place
    return len(formula)


def _parts(inside: str) -> list[str]:
    """What stands between the separators, those in inner brackets left alone."""
    parts, depth = [""], 0
    for char in inside:
        depth += (char == "(") - (char == ")")
        if char in ",;" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts
