"""The header block of a mail, repaired before it is parsed: one line that is no header must not end the header."""

import re

_FIELD = re.compile(rb"^[\x21-\x39\x3b-\x7e]+[ \t]*:")
_SPACED = re.compile(rb"^([^\s:]+)[ \t]+:")
_LIKE_FIELD = re.compile(rb"^[A-Za-z][\w -]{0,60}:")
_NO_FIELD = b"X-No-Field: "  # a name with spaces in it: its value belongs to no other field
_END = re.compile(rb"\r?\n\r?\n|\r\r")
_LINES = re.compile(rb"\r\n|\n|\r")
_MOST_LINES = 20_000


def mended(content: bytes) -> bytes:
    """The mail with lines of its header that are no header made continuations of the one above, if headers follow them.

    The parser would end the header there and take the rest, the mail's own structure included, for its text. A block in
    which such lines abound is a text without a header and stays as it is.
    """
    content = content.lstrip(b"\r\n")
    block = header_block(content)
    lines = _LINES.split(block)
    fields = [bool(_FIELD.match(line)) for line in lines]
    if b"\0" not in block and not any(_SPACED.match(line) for line in lines) and all(map(_fits, lines, fields)):
        return content
    last = max((number for number, is_field in enumerate(fields) if is_field), default=-1)
    strange = [number for number in range(last) if not (_fits(lines[number], fields[number]) or _is_envelope(number, lines))]
    if len(lines) > _MOST_LINES or len(strange) > max(2, sum(fields) // 2):
        return content
    for number in strange:
        lines[number] = (_NO_FIELD if _LIKE_FIELD.match(lines[number]) else b" ") + lines[number]
    repaired = b"\r\n".join(_SPACED.sub(rb"\1:", line) for line in lines)
    return repaired.replace(b"\0", b"") + content[len(block) :]


def header_block(content: bytes) -> bytes:
    """All before the first empty line."""
    end = _END.search(content)
    return content[: end.start()] if end else content


def _fits(line: bytes, is_field: bool) -> bool:
    return is_field or line[:1] in (b" ", b"\t")


def _is_envelope(number: int, lines: list[bytes]) -> bool:
    return number == 0 and lines[0].startswith(b"From ")
