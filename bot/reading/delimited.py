"""Tables in plain text (RFC 4180 and its relatives): what Excel and WPS save as csv, or as text with tabs."""

import csv
import io
from collections import Counter

_DELIMITERS = "\t,;|"
_NARROWEST = 3  # columns: two parts of a line may be anything
_ROWS = 2
_ALIKE = 0.6  # of the rows that are not empty have as many columns as the table
_LOOKED_AT = 20_000  # characters from which the delimiter is told
_PROSE = ", "  # after the comma of a sentence stands a space, after that of a table none


def rows_of(text: str) -> list[list[str]]:
    """The rows of a text that is one table, each as wide as it was written; none where it is anything else."""
    for delimiter in _DELIMITERS:
        if text.count(delimiter, 0, _LOOKED_AT) < _ROWS * (_NARROWEST - 1):
            continue
        if delimiter == "," and text.count(_PROSE, 0, _LOOKED_AT) * 2 > text.count(delimiter, 0, _LOOKED_AT):
            continue
        rows = _parsed(text, delimiter)
        if _is_table(rows):
            return rows
    return []


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error:  # a cell beyond any size, a zero: no table of a person
        return []


def _is_table(rows: list[list[str]]) -> bool:
    filled = [len(row) for row in rows if any(row)]
    if len(filled) < _ROWS:
        return False
    width, often = Counter(filled).most_common(1)[0]
    return width >= _NARROWEST and often >= max(_ROWS, _ALIKE * len(filled))
