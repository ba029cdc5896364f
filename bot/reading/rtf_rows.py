"""Rows of RTF tables: cells are told by their right edges alone, and what spans what is found by comparing these."""

from dataclasses import dataclass, field

from bot.reading.tables import LooseCell

_JOIN = 30  # twips: edges of cells that lie so close are one


@dataclass(slots=True)
class Row:
    """The cells of a row as they were defined (right edges, merges) and filled."""

    edges: list[int] = field(default_factory=list)
    merges: list[frozenset[str]] = field(default_factory=list)
    left: int = 0
    cells: list[LooseCell] = field(default_factory=list)


def placed(rows: list[Row]) -> list[list[LooseCell]]:
    """The cells with their columns and spans, told from where their edges lie (RTF gives only right edges, in twips)."""
    columns = _columns(rows)
    laid: list[list[LooseCell]] = []
    for row in rows:
        left = row.left
        cells: list[LooseCell] = []
        for index, cell in enumerate(row.cells):
            if index >= len(row.edges):
                cells.append(cell)
                continue
            merges = row.merges[index]
            first, last = _nearest(columns, left), _nearest(columns, row.edges[index])
            left = row.edges[index]
            if "clmrg" in merges and cells:
                cells[-1].column_span += max(last - first, 1)
                continue
            cell.column, cell.column_span = first + 1, max(last - first, 1)
            cell.continues = "clvmrg" in merges
            cells.append(cell)
        laid.append(cells)
    return laid


def _columns(rows: list[Row]) -> list[int]:
    edges: list[int] = []
    for edge in sorted({edge for row in rows for edge in (row.left, *row.edges)}):
        if not edges or edge - edges[-1] > _JOIN:
            edges.append(edge)
    return edges


def _nearest(columns: list[int], edge: int) -> int:
    return min(range(len(columns)), key=lambda place: abs(columns[place] - edge))
