"""The header block of a mail that is too large to be fetched whole, out of its first bytes."""

import re

LONGEST_HEADER = 256 * 1024
"""Bytes of header kept of such a mail; more than this is no honest header."""

_END = re.compile(rb"\r?\n\r?\n")


def header_block(start: bytes) -> bytes:
    """The header with its closing empty line, or as much of it as is kept."""
    end = _END.search(start, 0, LONGEST_HEADER)
    return start[: end.end() if end else LONGEST_HEADER]
