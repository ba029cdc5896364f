"""The workbook put together: the frame as openpyxl writes it, with the rows of the lists between its tags."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import IO
from xml.sax.saxutils import quoteattr

import openpyxl
from openpyxl.writer.excel import ExcelWriter

from bot.adapters.packages import FixedZip
from bot.adapters.workbook_cells import RowWriter

_LINK_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINK_TYPE = f"{_LINK_SPACE}/hyperlink"
_RELS_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"

_AT_ONCE = 256
"""Links that are written together."""


def join(workbook: openpyxl.Workbook, lists: Sequence[RowWriter], target: IO[bytes]) -> None:
    """Write a workbook whose sheets from the second on are frames for these lists, in their order."""
    frame = io.BytesIO()
    ExcelWriter(workbook, FixedZip(frame, "w")).save()
    by_name = {f"xl/worksheets/sheet{index}.xml": one for index, one in enumerate(lists, 2)}
    with zipfile.ZipFile(frame) as source, FixedZip(target, "w", compresslevel=3) as result:
        for member in source.infolist():
            content = source.read(member)
            if member.filename in by_name:
                _put_list(result, member.filename, content, by_name[member.filename])
            else:
                result.writestr(member.filename, content)


def _put_list(result: FixedZip, name: str, frame: bytes, rows: RowWriter) -> None:
    """One sheet: what stands before the rows, the rows, what stands after them, and where its links lead."""
    before, mark, after = frame.partition(b"</sheetData>")
    assert mark, name  # noqa: S101 - openpyxl writes the head of every list
    with result.open(result.member(name), "w", force_zip64=True) as out:
        out.write(_without_dimension(before))
        rows.finish()
        rows.out.seek(0)
        while piece := rows.out.read(1 << 20):
            out.write(piece)
        out.write(mark)
        head, tail = _before_links(after)
        out.write(head)
        _write_links(out, rows.links)
        out.write(tail)
    if rows.links:
        folder, _, file = name.rpartition("/")
        with result.open(result.member(f"{folder}/_rels/{file}.rels"), "w") as out:
            _write_relationships(out, rows.links)


def _without_dimension(before: bytes) -> bytes:
    """The frame knows one row only; the extent is optional (ECMA-376, 18.3.1.35) and left to the reader."""
    start = before.index(b"<dimension")
    return before[:start] + before[before.index(b"/>", start) + 2 :]


def _before_links(after: bytes) -> tuple[bytes, bytes]:
    """What stands before and after the list of links, which comes before the print options (ECMA-376, 18.3.1.99)."""
    at = after.index(b"<printOptions")
    return after[:at], after[at:]


def _write_links(out: IO[bytes], links: Sequence[tuple[str, str]]) -> None:
    """The list of links."""
    if links:
        out.write(f'<hyperlinks xmlns:r="{_LINK_SPACE}">'.encode())
        _write_each(out, (f'<hyperlink ref="{ref}" r:id="rId{number}"/>' for number, (ref, _) in enumerate(links, 1)))
        out.write(b"</hyperlinks>")


def _write_relationships(out: IO[bytes], links: Sequence[tuple[str, str]]) -> None:
    """Where the links lead."""
    out.write(f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_RELS_SPACE}">'.encode())
    entries = (
        f'<Relationship Id="rId{number}" Type="{_LINK_TYPE}" Target={quoteattr(target)} TargetMode="External"/>'
        for number, (_, target) in enumerate(links, 1)
    )
    _write_each(out, entries)
    out.write(b"</Relationships>")


def _write_each(out: IO[bytes], entries: Iterable[str]) -> None:
    """Many short texts, some at a time: all together take as much memory as the rest of the workbook."""
    source = iter(entries)
    while piece := "".join(islice(source, _AT_ONCE)):
        out.write(piece.encode())
