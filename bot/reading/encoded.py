"""Encoded words (RFC 2047) as mailers really write them: split inside characters, glued together, quoted, with wrong labels."""

import binascii
import re
from base64 import b64decode

from bot.reading.charsets import codec_of, decode

# The text of a word must not hold “?”, yet broken mailers write it; “?=” alone ends the word.
_WORD = re.compile(r"=\?([^?\s]{1,75})\?([bBqQ])\?((?:[^?]|\?(?!=)){0,8000})\?=")
_HEX = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")


def decode_header(raw: bytes) -> str:
    """The text of a header's bytes: raw 8-bit as UTF-8 or else GB18030, then the encoded words in it."""
    return decode_words(decode(raw))


def decode_words(text: str) -> str:
    """The text with its encoded words decoded; white space between neighbouring words goes (RFC 2047, 6.2)."""
    if "=?" not in text:
        return text
    pieces: list[str] = []
    run: list[tuple[str, str, str]] = []
    at = 0
    for match in _WORD.finditer(text):
        between = text[at : match.start()]
        if between.strip() or not run:
            pieces.append(_run_text(run))
            run = []
            pieces.append(between)
        charset, _, _language = match[1].partition("*")  # RFC 2231, 5: charset*language
        run.append((charset, match[2].lower(), match[3]))
        at = match.end()
    return "".join((*pieces, _run_text(run), text[at:]))


def _run_text(run: list[tuple[str, str, str]]) -> str:
    """Neighbouring words decoded; the bytes of one charset are joined first, because words are split inside characters."""
    out: list[str] = []
    index = 0
    while index < len(run):
        charset = run[index][0]
        end = index
        while end < len(run) and _same(run[end][0], charset):
            end += 1
        out.append(decode(_bytes(run[index:end]), charset))
        index = end
    return "".join(out)


def _same(one: str, other: str) -> bool:
    return one.lower() == other.lower() or (codec_of(one) is not None and codec_of(one) == codec_of(other))


def _bytes(words: list[tuple[str, str, str]]) -> bytes:
    out = bytearray()
    pending = b""
    for _, encoding, text in words:
        raw = text.encode("utf-8", "replace")
        if encoding == "q":
            out += _base64(pending) + _quoted(raw)
            pending = b""
            continue
        pending += _NOT_BASE64.sub(b"", raw)
        if len(pending) % 4 == 0 or raw.rstrip().endswith(b"="):  # else the base64 itself was split between two words
            out += _base64(pending)
            pending = b""
    return bytes(out + _base64(pending))


def _base64(text: bytes) -> bytes:
    """The bytes of base64 with its padding made up; a lone last letter carries nothing."""
    if len(text) % 4 == 1:
        text = text[:-1]
    try:
        return b64decode(text + b"=" * (-len(text) % 4))
    except binascii.Error:
        return b""


def _quoted(text: bytes) -> bytes:
    return _HEX.sub(lambda match: bytes([int(match[1], 16)]), text.replace(b"_", b" "))
