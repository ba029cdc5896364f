"""RTF 1.9 as a stream of events: control words, groups, and text already decoded by the font's character set."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from bot.reading.symbols import is_symbol_font, shown

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|((?:\\'[0-9a-fA-F]{2})+)|\\([^a-zA-Z])|([{}])|([^\\{}\r\n\x00]+)|[\r\n\x00]", re.DOTALL
)
_CODECS = {936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8", 10000: "mac-roman", 10008: "gb18030"}
_CHARSETS = {
    128: 932,
    129: 949,
    134: 936,
    136: 950,
    204: 1251,
    161: 1253,
    162: 1254,
    163: 1258,
    177: 1255,
    178: 1256,
    238: 1250,
}
_DOUBLE = frozenset({936, 950, 932, 949})
_SYMBOLS = {b"~": "\u00a0", b"-": "", b"_": "-", b"\n": "\n", b"\r": "\n", b"\t": "\t", b"\\": "\\", b"{": "{", b"}": "}"}
_CHARACTERS = dict(  # noqa: C408 - control words read better without quotation marks
    tab="\t", line="\n", softline="", zwj="", zwnj="", emspace=" ", enspace=" ", qmspace=" ",
    emdash="—", endash="–", lquote="‘", rquote="’", ldblquote="“", rdblquote="”", bullet="•",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """What comes next: kind is “word” (a control word with its number), “open”, “close” or “text”."""

    kind: str
    text: str = ""
    number: int | None = None


_OPEN, _CLOSE = Event("open"), Event("close")


@lru_cache(maxsize=4096)
def _word(name: str, number: int | None) -> Event:
    """Documents are made of the same few control words."""
    return Event("word", name, number)


@dataclass(slots=True)
class _State:
    """What a group inherits: the font and how many characters stand in for one `\\u`."""

    font: int = 0
    substitutes: int = 1


@dataclass(slots=True)
class Tokens:
    """Reads one RTF text. Fonts are learnt from its font table on the way."""

    data: bytes
    codepage: int = 1252
    charsets: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    _raw: bytearray = field(default_factory=bytearray)
    _text: list[str] = field(default_factory=list)
    _skip: int = 0

    def __iter__(self) -> Iterator[Event]:
        state, stack = _State(), list[_State]()
        raw, text = self._raw, self._text  # mostly empty: asked here, a call for each of ten thousand tokens is saved
        position = 0
        while (match := _TOKEN.match(self.data, position)) is not None:
            position = match.end()
            word, number, hexed, symbol, brace, plain = match.groups()
            if word is not None:
                name, value = word.decode("ascii"), None if number is None else int(number)
                if name == "bin":
                    position += max(value or 0, 0)
                elif not self._is_character(name, value, state):
                    if raw or text:
                        yield self._flushed(state)
                    self._learn(name, value, state)
                    yield _word(name, value)
            elif hexed is not None or plain is not None:
                self._bytes(bytes.fromhex(hexed.replace(b"\\'", b"").decode()) if hexed is not None else plain)
            elif brace is not None:
                if raw or text:
                    yield self._flushed(state)
                self._skip = 0
                if brace == b"{":
                    stack.append(_State(state.font, state.substitutes))
                else:
                    state = stack.pop() if stack else state
                yield _OPEN if brace == b"{" else _CLOSE
            elif symbol == b"*":
                if raw or text:
                    yield self._flushed(state)
                yield _word("*", None)
            elif symbol in _SYMBOLS:
                self._decode(state)
                self._text.append(_SYMBOLS[symbol])
        if raw or text:
            yield self._flushed(state)

    def _bytes(self, content: bytes) -> None:
        dropped = min(self._skip, len(content))
        self._skip -= dropped
        self._raw += content[dropped:]

    def _is_character(self, name: str, value: int | None, state: _State) -> bool:
        """Whether a control word is a character, or stands between the two halves of one; then it is taken."""
        if name == "u" and value is not None:
            self._decode(state)
            self._text.append(chr(value & 0xFFFF))
            self._skip = state.substitutes
        elif name in _CHARACTERS:
            self._decode(state)
            self._text.append(_CHARACTERS[name])
        elif name == "uc":
            state.substitutes = max(0, min(value or 0, 8))
        else:
            return False
        return True

    def _learn(self, name: str, value: int | None, state: _State) -> None:
        """Remember what decides how bytes are decoded."""
        if value is None:
            return
        if name == "f":
            state.font = value
        elif name == "ansicpg":
            self.codepage = value
        elif name == "fcharset":
            self.charsets[state.font] = value

    def _flushed(self, state: _State) -> Event:
        """The text gathered so far."""
        self._decode(state)
        # `\u` gives UTF-16 units: a character beyond the first plane comes as two.
        text = "".join(self._text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        self._text.clear()
        font = self.names.get(state.font, "")
        return Event("text", shown(font, text) if is_symbol_font(font) else text)

    def _decode(self, state: _State) -> None:
        if self._raw:
            self._text.append(bytes(self._raw).decode(self._codec(state.font), "replace"))
            self._raw.clear()

    def _codec(self, font: int) -> str:
        """The font's own character set; where the document is in a double-byte code page, that one for the rest."""
        page = _CHARSETS.get(self.charsets.get(font, 0), self.codepage)
        if page not in _DOUBLE and self.codepage in _DOUBLE:
            page = self.codepage
        if is_symbol_font(self.names.get(font, "")):
            return "latin-1"
        return _CODECS.get(page) or (f"cp{page}" if page in range(1250, 1259) else "cp1252")
