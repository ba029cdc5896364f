"""Parameters of MIME headers and the names of files in them: RFC 2231, RFC 2047 where it does not belong, percent signs."""

import re
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from bot.reading.charsets import decode, fits
from bot.reading.encoded import decode_words

_NAME = re.compile(r"[\s;]*([^\s;=]+)\s*=\s*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)(?:"|\Z)', re.DOTALL)
_SEGMENT = re.compile(r"^([^*]+)\*(?:(\d{1,4})(\*)?)?$")
_EXTENDED = re.compile(r"^([\w.:+-]*)'([\w-]*)'(.*)$", re.DOTALL)
_ESCAPED = re.compile(r'\\(["\\])')
_UNFIT = re.compile(r"[\x00-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def parameters(value: str) -> tuple[str, Mapping[str, str]]:
    """A header such as Content-Type taken apart: its first word in lower case, and its parameters, decoded.

    `value` is raw 8-bit already decoded, encoded words still encoded. Of a parameter given twice the first counts.
    """
    head, _, rest = value.partition(";")
    plain: dict[str, str] = {}
    segments: dict[str, list[tuple[int, bool, str]]] = {}
    for name, text in _pairs(rest):
        match = _SEGMENT.match(name)
        if match is None:
            plain.setdefault(name, text)
        else:
            extended = match[2] is None or match[3] is not None
            segments.setdefault(match[1], []).append((int(match[2] or 0), extended, text))
    found = {name: decode_words(text) for name, text in plain.items()}
    for name, pieces in segments.items():
        joined = _joined(pieces)
        # Where both forms are there, RFC 2231 counts (RFC 6266, 4.3), unless it came out with gaps.
        if joined and not ("\ufffd" in joined and found.get(name)):
            found[name] = joined
    return head.strip().strip('"').lower(), found


def boundary(value: str) -> str | None:
    """The boundary parameter of a multipart, not decoded: it must equal the bytes of the body."""
    pairs = _pairs(value.partition(";")[2])
    plain = next((text for name, text in pairs if name == "boundary"), None)
    if plain is not None:
        return plain.rstrip() or None
    pieces = sorted((name, text) for name, text in pairs if name.startswith("boundary*"))
    return "".join(text.rpartition("'")[2] for _, text in pieces).rstrip() or None


def _pairs(rest: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    at = 0
    while (match := _NAME.match(rest, at)) is not None:
        quoted = _QUOTED.match(rest, match.end())
        if quoted is not None:
            text, at = _ESCAPED.sub(r"\1", quoted[1]), quoted.end()
            tail = rest[at : (rest.find(";", at) + 1 or len(rest) + 1) - 1]
            if tail.strip().startswith("=?"):  # several quoted or bare words in a row
                text, at = text + tail, at + len(tail)
        else:
            end = rest.find(";", match.end())
            end = len(rest) if end < 0 else end
            text, at = rest[match.end() : end].strip(), end
        pairs.append((match[1].lower(), text))
        at = max(at, match.end())
        skip = rest.find(";", at)
        if skip >= 0 and rest[at:skip].strip():
            at = skip  # rubbish after a closing quote
    return pairs


def _joined(pieces: list[tuple[int, bool, str]]) -> str:
    """The segments of an RFC 2231 value joined as bytes, then decoded: a character may be split between two of them."""
    pieces.sort(key=lambda piece: piece[0])
    charset = ""
    data = bytearray()
    for index, (_, extended, text) in enumerate(pieces):
        match = _EXTENDED.match(text) if extended and index == 0 else None
        if match is not None:
            charset, text = match[1], match[3]
        data += unquote_to_bytes(text) if extended else text.encode("utf-8", "replace")
    text = decode(bytes(data), charset)
    return decode_words(text)


def file_name(value: str, longest: int = 240) -> str:
    """A name as people see it: no folders, no invisible characters, at most `longest` characters; "" if none is left.

    A name from outside never becomes a path; this is only what it is called.
    """
    name = _percent(decode_words(value))
    name = re.split(r"[/\\]", name)[-1]
    name = _UNFIT.sub(lambda match: " " if match[0].strip("\t\r\n") == "" else "", name).strip()
    if name in (".", ".."):
        return ""
    return shortened(name, longest)


def shortened(name: str, longest: int) -> str:
    """A long name cut before its extension."""
    if len(name) <= longest:
        return name
    extension = _EXTENSION.search(name)
    tail = extension[0] if extension else ""
    return name[: longest - len(tail)] + tail


def _percent(name: str) -> str:
    """Names that were percent-encoded without saying so: undone where the bytes make UTF-8 beyond ASCII."""
    if name.count("%") < 3 or not name.isascii():
        return name
    text = fits(unquote_to_bytes(name), "utf-8")
    return text if text is not None and not text.isascii() else name


class Distinct:
    """Gives every file of one folder a path of its own: the second 推荐表.docx becomes “推荐表 (2).docx”."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def __call__(self, path: str) -> str:
        """The path itself the first time, a numbered one afterwards."""
        if path not in self._taken:
            self._taken[path] = 1
            return path
        extension = _EXTENSION.search(path)
        stem, tail = (path[: extension.start()], extension[0]) if extension else (path, "")
        while True:
            self._taken[path] += 1
            candidate = f"{stem} ({self._taken[path]}){tail}"
            if candidate not in self._taken:
                self._taken[candidate] = 1
                return candidate
