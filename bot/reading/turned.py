"""Labels set down the page, read across: a fixed page (PDF, OFD, a scan) gives their characters line by line."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from bot.model import Cell
from bot.reading.labels import Lexicon

_LONGEST = 60  # characters, the spaces between them included
_MARKS = re.compile(r"[\s*＊]+")


def upright(cell: Cell, lexicon: Lexicon) -> Cell:
    """The cell with its label as a person reads it; as it is, when it is one already or in no direction becomes one."""
    text = cell.text
    if not 2 <= len(text) <= _LONGEST or not _is_set_apart(text) or cell.tables or lexicon.label(text)[0] is not None:
        return cell
    read = next((reading for reading in _readings(text) if lexicon.labels.get(reading) is not None), None)
    return cell if read is None else replace(cell, text=read)


def _is_set_apart(text: str) -> bool:
    """Whether each character stands by itself, as those of neighbouring columns do."""
    words = text.replace("*", " ").replace("＊", " ").split()
    return len(words) > 1 and all(len(word) == 1 for word in words)


def _readings(text: str) -> Iterator[str]:
    """The text by columns from the right, and from the bottom up where it was turned to the left."""
    lines = [_MARKS.sub("", line) for line in text.split("\n")]
    lines = [line for line in lines if line]
    if max(map(len, lines), default=0) > 1:
        columns = zip_longest(*(line[::-1] for line in lines), fillvalue="")
        yield "".join("".join(column) for column in columns)
    else:
        yield "".join(reversed(lines))
