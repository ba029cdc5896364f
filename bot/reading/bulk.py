"""Long bodies stand aside while a mail is parsed: an attachment of a thousand lines is one line to the parser.

What gives a mail its structure is few lines: header fields, and lines that begin with “--”. Behind the first empty line after
either, every line up to the next “--” is content, wherever it stands (RFC 2046, 5.1.1), and the parser only gathers it. Such
a stretch is exchanged for a mark and put back into the payloads afterwards; all but its last line, the end of which may
belong to a boundary.
"""

import re
from dataclasses import dataclass

LEAST = 2048
"""Bytes of a stretch from which on the exchange pays."""

_SIGN = b"\0\0bulk "  # a mail that holds this itself is parsed as it is
_MARK = re.compile(r"\0\0bulk (\d+)\0\n")
_EMPTY_LINE = re.compile(rb"\n\r?\n")


@dataclass(frozen=True, slots=True)
class Slim:
    """A mail without its bulk."""

    content: bytes
    bulk: tuple[bytes, ...]

    def whole(self, payload: str) -> str:
        """A payload that was parsed out of `content` as it stands in the mail, bytes above ASCII as surrogates."""
        if not self.bulk or "\0\0bulk " not in payload:
            return payload
        return _MARK.sub(lambda mark: self.bulk[int(mark[1])].decode("ascii", "surrogateescape"), payload)


def slim(content: bytes, least: int = LEAST) -> Slim:
    """The mail with marks for its stretches of so many bytes: parsed, it gives the parts and defects of the whole."""
    if b"\0" in content and _SIGN in content:
        return Slim(content, ())
    kept: list[bytes] = []
    bulk: list[bytes] = []
    at = copied = 0
    while (empty := _EMPTY_LINE.search(content, at)) is not None:
        begin = empty.end()
        dash = content.find(b"-", begin)  # base64 has none: most of a mail is passed over at the speed of memchr
        stop = -1 if dash < 0 else content.find(b"\n--", dash - 1)
        at = len(content) if stop < 0 else stop + 1
        end = content.rfind(b"\n", begin, at - 1) + 1
        # A bare CR ends a line for the parser, too.
        if end - begin >= least and not (0 <= dash < end and content.find(b"\r--", begin, end) >= 0):
            kept += content[copied:begin], b"%s%d\0\n" % (_SIGN, len(bulk))
            bulk.append(content[begin:end])
            copied = end
    return Slim(b"".join((*kept, content[copied:])), tuple(bulk))
