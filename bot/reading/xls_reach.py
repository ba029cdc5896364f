"""Old workbooks (MS-XLS) with a stray cell far away: its record is passed over, as the reader makes room for all between."""

import struct
from collections.abc import Iterator
from io import BytesIO

import olefile

from bot.reading.sheet_reach import ROOM, WIDEST

_STREAMS = ("Workbook", "Book")
_BEGINS = 0x0809  # BOF of a sheet or of the workbook (MS-XLS 2.4.21)
_CELLS = frozenset({0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
"""Records of cells, which begin with row and column: formulas, numbers, texts, blanks (MS-XLS 2.3.2)."""

_NOTHING = 0x00EF  # a record that says nothing of cells


def within_reach(data: bytes) -> bytes:
    """The workbook as it is, or without the cells below the rows there is room for; a damaged one as it is."""
    copy = BytesIO(data)
    try:
        with olefile.OleFileIO(copy, write_mode=True) as ole:
            name = next((name for name in _STREAMS if ole.exists(name)), None)
            stream = bytearray(ole.openstream(name).read()) if name is not None else bytearray()
            if name is None or not _cut(stream):
                return data
            ole.write_stream(name, bytes(stream))
            return copy.getvalue()
    except Exception:  # olefile over hostile bytes raises anything; its reader says what can be had of the file
        return data


def _cut(stream: bytearray) -> bool:
    """Make nothing of the cells out of reach in sheets that take too much room; whether there were any."""
    cut = False
    for cells in _sheets(stream):
        rows, columns = (max((place[axis] for _, *place in cells), default=0) + 1 for axis in (0, 1))
        if rows * columns > ROOM:
            for at, row, _ in cells:
                if row >= ROOM // WIDEST:
                    struct.pack_into("<H", stream, at, _NOTHING)
                    cut = True
    return cut


def _sheets(stream: bytearray) -> Iterator[list[tuple[int, int, int]]]:
    """The cells of each sheet: where the record lies, row and column from 0."""
    cells: list[tuple[int, int, int]] = []
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _BEGINS:
            yield cells
            cells = []
        elif kind in _CELLS and size >= 4 and at + 8 <= len(stream):
            cells.append((at, *struct.unpack_from("<HH", stream, at + 4)))
        at += 4 + size
    yield cells
