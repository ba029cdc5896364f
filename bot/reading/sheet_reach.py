"""Workbooks with a stray cell far away: the reader makes room for all between, so what lies out of reach is taken out first."""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from bot.reading.package import Package, local, parse_xml

WIDEST = 256
"""Columns read of a sheet."""
ROOM = 4_000_000
"""Places between a sheet's first cell and its last for which the reader may make room, some 30 bytes each."""
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml\Z")
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")


def within_reach(data: bytes, package: Package) -> bytes:
    """The xlsx as it is, or without the cells beyond `WIDEST` columns and below the rows there is room for."""
    cut = {name: _cut(content) for name, content in _sheets(package) if _spread(content) > ROOM}
    if not cut:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            key = name.replace("\\", "/").lstrip("/").lower()
            new.writestr(name, cut[key] if key in cut else package.read(name) or b"")
    return out.getvalue()


def _sheets(package: Package) -> Iterator[tuple[str, bytes]]:
    for name in package.names():
        if _SHEET.match(name):
            yield name, package.read(name) or b""


def _spread(sheet: bytes) -> int:
    """How many places lie between the top left corner and the farthest row and column."""
    rows = columns = 0
    for letters, digits in _PLACE.findall(sheet):
        rows, columns = max(rows, int(digits)), max(columns, _column(letters))
    return rows * columns


def _column(letters: bytes) -> int:
    """A=1 … XFD=16384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cut(sheet: bytes) -> bytes:
    root = parse_xml(sheet)
    for row in [element for element in root.iter() if local(element.tag) == "row"]:
        for cell in list(row):
            place = _PLACE.fullmatch(b'r="%s"' % str(cell.get("r", "")).encode())
            if place is not None and (_column(place[1]) > WIDEST or int(place[2]) > ROOM // WIDEST):
                row.remove(cell)
    return etree.tostring(root)
