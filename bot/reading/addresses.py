"""Address lists of header fields (RFC 5322, 3.4) read leniently: comments, groups, quoted and encoded names, broken quotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.model import Address
from bot.reading.encoded import decode_words
from bot.text import tidy

# Bounded, or a header of one long word would be gone through from each of its letters (RFC 5321, 4.5.3.1: 64 and 255).
_SPEC = re.compile(r"[^\s<>()\[\],;:\"'@\\]{1,300}@[^\s<>()\[\],;:\"'@\\]{1,300}")
_IN_TEXT = re.compile(r"(?<![\w.@+-])[A-Za-z0-9][A-Za-z0-9._%+=-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}", re.ASCII)
_MOST = 1000
_WIDE = str.maketrans({"＜": "<", "＞": ">", "＠": "@", "，": ",", "；": ";"})


@dataclass(slots=True)
class _Piece:
    """What stands between two commas, sorted by what it is."""

    phrase: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    angle: str | None = None
    angles: int = 0


def addresses(value: str) -> tuple[Address, ...]:
    """The addresses of a field, encoded words still encoded in `value`; names without an address come with an empty one."""
    found = _addresses(value)
    if not any(one.address for one in found) and "=?" in value:  # a whole address list inside encoded words
        decoded = _addresses(decode_words(value))
        found = decoded if any(one.address for one in decoded) else found
    if not any(one.address for one in found) and ("＠" in value or "＜" in value):
        found = _addresses(value.translate(_WIDE))
    return found


def specs(text: str) -> tuple[str, ...]:
    """All that looks like an address in running text, in lower case, each once."""
    return tuple(dict.fromkeys(match[0].lower() for match in _IN_TEXT.finditer(text)))


def _addresses(value: str) -> tuple[Address, ...]:
    out: list[Address] = []
    for piece in _pieces(value):
        address = _address(piece)
        if address.address or address.name:
            out.append(address)
        if len(out) >= _MOST:
            break
    return tuple(out)


def _address(piece: _Piece) -> Address:
    phrase, comment = "".join(piece.phrase), "".join(piece.comment)
    inner = "" if piece.angle is None else "".join(piece.angle.split())
    spec = inner.rpartition(":")[2]  # an obsolete route, or “mailto:”
    if "@" not in spec and piece.angles > 1:
        spec = ""  # markup, and no address: whatever stands around it was put there by nobody who can be answered
    elif "@" not in spec:
        match = _SPEC.search(phrase) or _SPEC.search(comment)
        if match is not None:
            spec, phrase = match[0], phrase.replace(match[0], " ")
        elif not phrase.strip():
            phrase, spec = inner, ""
    name = tidy(decode_words(phrase)).strip("'\"“” ") or tidy(decode_words(comment))
    return Address(address=tidy(spec).strip("'\"<>").lower(), name=name)


def _pieces(value: str) -> Iterator[_Piece]:
    """The list cut at its commas and semicolons; quotes, comments and angle brackets protect what is in them."""
    piece = _Piece()
    at = 0
    while at < len(value):
        char = value[at]
        if char == '"':
            text, at = _quoted(value, at + 1)
            piece.phrase.append(text)
        elif char == "(":
            text, at = _comment(value, at + 1)
            piece.comment.append(text)
        elif char == "<":
            end = value.find(">", at)
            end = len(value) if end < 0 else end
            piece.angle, piece.angles, at = value[at + 1 : end], piece.angles + 1, end + 1
        elif char in ",;":
            yield piece
            piece, at = _Piece(), at + 1
        elif char == ":" and "@" not in "".join(piece.phrase) and piece.angle is None:
            piece, at = _Piece(), at + 1  # the name of a group
        else:
            end = _plain(value, at)
            piece.phrase.append(value[at:end])
            at = end
    yield piece


_STOP = re.compile(r'["(<,;:]')


def _plain(value: str, at: int) -> int:
    if value.startswith("=?", at):  # an encoded word may hold any of the stops
        end = value.find("?=", value.find("?", value.find("?", at + 2) + 1) + 1)
        if end > at and not value[at:end].count(" "):
            return end + 2
    match = _STOP.search(value, at + 1)
    end = len(value) if match is None else match.start()
    word = value.find("=?", at + 1, end)
    return end if word < 0 else word


def _quoted(value: str, at: int) -> tuple[str, int]:
    out: list[str] = []
    while at < len(value) and value[at] != '"':
        if value[at] == "\\" and at + 1 < len(value):
            at += 1
        out.append(value[at])
        at += 1
    return "".join(out), at + 1


def _comment(value: str, at: int) -> tuple[str, int]:
    depth, start = 1, at
    while at < len(value) and depth:
        if value[at] == "\\":
            at += 1
        elif value[at] in "()":
            depth += 1 if value[at] == "(" else -1
        at += 1
    return value[start : max(start, at - (depth == 0))], at
