"""Content-Transfer-Encoding undone (RFC 2045, 6): base64 with rubbish in it, broken quoted-printable, uuencode."""

import binascii
import re
from binascii import a2b_base64, a2b_qp, a2b_uu

_RUBBISH = re.compile(r"[^A-Za-z0-9+/=\s]")
_GOOD = bytes(byte for byte in range(128) if not _RUBBISH.match(chr(byte)))
_ALPHABET = re.compile(rb"[^A-Za-z0-9+/]")
_PADDED = re.compile(rb"[A-Za-z0-9+/\s]+={0,2}")
_BASE64_LINES = re.compile(r"\A\s*(?:[A-Za-z0-9+/]{60,76}\r?\n){2,}[A-Za-z0-9+/\r\n]*={0,2}\s*\Z")
_BEGIN = re.compile(r"^begin [0-7]{3,4} (\S.*?)[ \t]*\r?$", re.MULTILINE)


def content_of(payload: str, encoding: str, *, text: bool) -> bytes:
    """The bytes of a payload; `text` says that it is words, which never get guessed to be base64."""
    word = encoding.partition(";")[0].partition("(")[0].strip().strip("\"'").lower()
    if word == "base64" or word == "b":
        return _base64(payload)
    if word in ("quoted-printable", "quotedprintable", "q"):
        return a2b_qp(_raw(payload))
    if word in ("x-uuencode", "uuencode", "x-uue", "uue"):
        found, _ = uuencoded(payload)
        return found[0][1] if found else _raw(payload)
    if not text and _BASE64_LINES.match(payload):  # the field got lost, its content did not
        return _base64(payload)
    return _raw(payload)


def uuencoded(text: str) -> tuple[list[tuple[str, bytes]], str]:
    """The files that stand uuencoded in a text (name, bytes), and the text without them."""
    found: list[tuple[str, bytes]] = []
    rest: list[str] = []
    at = kept = 0
    while (begin := _BEGIN.search(text, at)) is not None:
        data, at = _uu_lines(text, begin.end() + 1)
        if data:  # else “begin 644 x” was a sentence
            rest.append(text[kept : begin.start()])
            found.append((begin[1], data))
            kept = at
    return found, "".join((*rest, text[kept:]))


def _uu_lines(text: str, at: int) -> tuple[bytes, int]:
    """The bytes of uuencoded lines from here on, and where they end: behind “end”, or before the first line that is none."""
    out = bytearray()
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop].rstrip("\r")
        if line.strip() == "end":
            return bytes(out), stop
        if line.strip("` "):
            length = (((ord(line[0]) - 32) & 63) * 4 + 5) // 3
            try:
                out += a2b_uu(line[: length + 1].encode("ascii"))
            except (binascii.Error, UnicodeEncodeError):
                break
        at = stop + 1
    return bytes(out), min(at, len(text))


def _raw(payload: str) -> bytes:
    return payload.encode("utf-8", "surrogateescape")


def _base64(payload: str) -> bytes:
    sample = payload[:4000]
    if _rubbish(sample) > max(4, len(sample) // 10) or _is_prose(sample):  # labelled base64, but it is not
        return _raw(payload)
    data = _raw(payload)
    try:
        out = a2b_base64(data)
    except binascii.Error:
        return _mended(data)
    pad = data.find(b"=")
    if pad >= 0 and len(data) - pad > 200:  # pieces encoded by themselves and put together: each ends with its padding
        return b"".join(_mended(piece) for piece in _PADDED.findall(data) if _ALPHABET.sub(b"", piece)) or out
    return out


def _rubbish(sample: str) -> int:
    """Characters that base64 has none of, white space aside."""
    if sample.isascii():
        return len(sample.encode("ascii").translate(None, _GOOD))
    return len(_RUBBISH.findall(sample))


def _is_prose(sample: str) -> bool:
    """Words with spaces between them are no base64."""
    line = sample.strip()[:200]
    return line.count(" ") >= max(2, len(line) // 12)


def _mended(data: bytes) -> bytes:
    """As much as whole groups of four give, where the padding or the end is missing."""
    letters = _ALPHABET.sub(b"", data)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return a2b_base64(letters + b"=" * (-len(letters) % 4))
