"""Encoded words of header fields (RFC 2047), folded: what the standard library's `Header` writes, which tries every length."""

import binascii
from email.header import Header
from email.quoprimime import header_encode, header_length

FOLD = 76
"""Width of a header line; RFC 5322 2.1.1 wants 78, allows 998; RFC 2047 2 wants 76 where there is an encoded word."""

CRLF = "\r\n"

_CHARSET = "utf-8"
_PLAIN = bytes(byte for byte in range(256) if header_length(bytes((byte,))) == 1)
"""What stands for itself where it is quoted; anything else takes three letters."""
_CHROME = len("=?utf-8?b??=")


def encoded_words(name: str, text: str) -> str:
    """A line of text in UTF-8, as the words after the name of its field; no character is parted."""
    content = text.encode(_CHARSET)
    room = FOLD - len(name) - len(": ") - _CHROME
    if 4 * -(-len(content) // 3) < len(content) + 2 * len(content.translate(None, _PLAIN)):
        words = [f"=?{_CHARSET}?b?{binascii.b2a_base64(piece, newline=False).decode()}?=" for piece in _pieces(content, room)]
    else:
        words = [header_encode(piece, _CHARSET) for piece in _quoted_pieces(text, room)]
    return f"{CRLF} ".join(words)


def plain_words(name: str, text: str) -> str:
    """A line of ASCII text, folded between its words."""
    return Header(text, "us-ascii", header_name=name, maxlinelen=FOLD).encode(linesep=CRLF)


def _pieces(content: bytes, room: int) -> list[bytes]:
    """What goes into one word each in base64, three bytes in four letters, the first beside the field's name."""
    pieces, start = [], 0
    while start < len(content):
        end = start + room // 4 * 3
        while end < len(content) and content[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        pieces.append(content[start:end])
        start, room = end, FOLD - 1 - _CHROME
    return pieces


def _quoted_pieces(text: str, room: int) -> list[bytes]:
    """The same where letters mostly stand for themselves."""
    pieces, piece, taken = [], b"", 0
    for character in text:
        coded = character.encode(_CHARSET)
        width = header_length(coded)
        if taken + width > room:
            pieces.append(piece)
            piece, taken, room = b"", 0, FOLD - 1 - _CHROME
        piece, taken = piece + coded, taken + width
    return [*pieces, piece]
