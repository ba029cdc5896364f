"""Characters of symbol fonts as the marks they show: ticks and boxes that forms are filled in with."""

import re

TICKED = "☑"
UNTICKED = "□"

_BOX, _TICKED_BOX, _CROSSED, _TICK, _CROSS = UNTICKED, TICKED, "☒", "√", "×"

_LETTERS = {
    0x20: " !∀#∃%&∋()∗+,-./0123456789:;<=>?",
    0x40: "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    0x60: "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA1: "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂·÷≠≡≈…",
    0xC0: "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑",
    0xF1: "〉∫",
}
"""What the font Symbol shows from each of these bytes on (Adobe's Symbol encoding); its bullet as the dot of a list."""

# By font, the low byte of the character (symbol fonts are also addressed at U+F000 and above).
_SYMBOLS: dict[str, dict[int, str]] = {
    "wingdings": {
        0x28: "☎", 0x45: "☜", 0x46: "☞", 0x6C: "●", 0x6E: "■", 0x6F: _BOX, 0x70: _BOX, 0x71: _BOX, 0x72: _BOX, 0x74: "◆",
        0x75: "◆", 0x76: "❖", 0x77: "◆", 0x78: _CROSSED, 0x9F: "•", 0xA0: "•", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: _BOX,
        0xAB: "★", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔",
        **{0x81 + place: char for place, char in enumerate("①②③④⑤⑥⑦⑧⑨⑩")},
        **{0x8C + place: char for place, char in enumerate("❶❷❸❹❺❻❼❽❾❿")},
        0xFB: _CROSS, 0xFC: _TICK, 0xFD: _CROSSED, 0xFE: _TICKED_BOX,
    },
    "wingdings 2": {
        0x2A: _BOX, 0x4F: _CROSS, 0x50: _TICK, 0x51: _CROSSED, 0x52: _TICKED_BOX, 0x53: _CROSSED, 0x54: _CROSSED,
        0x97: "•", 0x98: "●", 0x99: "○", 0xA2: "■", 0xA3: _BOX,
    },
    "symbol": {
        0x2D: "-", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "·", 0xB8: "÷", 0xD6: "√", 0xA8: "♦",
    },
}  # fmt: skip


_GUESSES = {**_SYMBOLS["symbol"], **_SYMBOLS["wingdings"], **_SYMBOLS["wingdings 2"]}
"""Where no font is known: forms use marks, and letters would be guesses."""
_SYMBOLS["symbol"] = {
    **{start + place: char for start, chars in _LETTERS.items() for place, char in enumerate(chars)},
    **_SYMBOLS["symbol"],
}
_ORPHANS = re.compile("[\uf000-\uf0ff]")


def shown(font: str, text: str) -> str:
    """What a text set in a symbol font shows; in any other font the text itself."""
    table = _SYMBOLS.get(font.strip().lower())
    if table is None:
        return text
    return "".join(table.get(ord(char) & 0xFF, "") if _private(char) else table.get(ord(char), char) for char in text)


def guessed(text: str) -> str:
    """Characters of a symbol font whose font is not known: the marks that forms use them for (U+F000 and above)."""
    return _ORPHANS.sub(lambda match: _GUESSES.get(ord(match[0]) & 0xFF, ""), text)


def is_symbol_font(font: str) -> bool:
    """Whether characters of this font show something else than they are."""
    return font.strip().lower() in _SYMBOLS


def _private(char: str) -> bool:
    return 0xF000 <= ord(char) <= 0xF0FF
