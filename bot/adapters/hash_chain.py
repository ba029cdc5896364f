"""A file of lines each of which holds the digest of the line before: nobody can change, drop or insert one unnoticed.

The head, the digest of the last line, is what a person writes down or signs: it vouches for the whole file.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

START = ""
"""What stands in the first line in place of a digest."""


def chained(entries: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The entries as lines (JSON, UTF-8), each with its number and the digest of the line before."""
    previous = START
    for number, entry in enumerate(entries):
        line = json.dumps({"line": number, **entry, "previous": previous}, ensure_ascii=False).encode() + b"\n"
        previous = hashlib.sha256(line).hexdigest()
        yield line


def head_of(content: bytes) -> str:
    """The head of a chain; ValueError with the number of the first line that is not what the next one vouches for."""
    previous = START
    lines = content.splitlines(keepends=True)
    for number, line in enumerate(lines):
        try:
            entry = json.loads(line)
        except ValueError:
            entry = {}
        if not isinstance(entry, dict) or (entry.get("line"), entry.get("previous")) != (number, previous):
            raise ValueError(f"line {number + 1} does not follow from the one before")
        previous = hashlib.sha256(line).hexdigest()
    if not lines:
        raise ValueError("there are no lines")
    return previous
