"""Rows in columns that stand in line: by terminal cells, with the head on a terminal only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from reader.cli.cells import cut, width
from reader.cli.output import Output, one_line
from reader.cli.style import Piece, Style

GAP = "  "
AHEAD = 1000  # rows that decide the widths; what comes after is printed as it comes
LAST = 24  # cells that the last column should have
EMPTY = "-"  # a cell is never blank, so that columns can be counted by machines too


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a terminal: at most `most` cells wide (0: no bound); the last column takes what is left of the line.

    Where the line is too short, columns go in the order of `spare`, the highest first; 0 always stays. In a pipe
    nothing is cut and no column goes.
    """

    head: str
    most: int = 0
    spare: int = 0


def show(out: Output, columns: Sequence[Column], rows: Iterable[Sequence[Piece | str]]) -> int:
    """Print `rows`; returns how many. On a terminal there is a head and no line is longer than the screen."""
    stream = iter(rows)
    first = [_cells(row) for row in islice(stream, AHEAD)]
    if not first:
        return 0
    widths = [max(width(row[place][0]) for row in first) for place in range(len(columns))]
    kept = list(range(len(columns)))
    if out.terminal:
        widths = [
            max(min(wide, column.most or wide), len(column.head)) for wide, column in zip(widths, columns, strict=True)
        ]
        kept = _kept(columns, widths, out.width)
        _line(out, [(column.head, Style.FAINT) for column in columns], widths, kept)
    count = 0
    for row in chain(first, map(_cells, stream)):
        _line(out, row, widths, kept)
        count += 1
    return count


def _kept(columns: Sequence[Column], widths: Sequence[int], room: int) -> list[int]:
    """The places of the columns that fit beside a last column of `LAST` cells."""
    kept = list(range(len(columns)))
    while sum(widths[place] + len(GAP) for place in kept[:-1]) + min(widths[-1], LAST) > room:
        goes = max(kept[:-1], key=lambda place: columns[place].spare, default=-1)
        if goes < 0 or not columns[goes].spare:
            break
        kept.remove(goes)
    return kept


def _cells(row: Sequence[Piece | str]) -> list[Piece]:
    pieces = [(cell, Style.PLAIN) if isinstance(cell, str) else cell for cell in row]
    return [(one_line(text, 2000) or EMPTY, look) for text, look in pieces]


def _line(out: Output, row: Sequence[Piece], widths: Sequence[int], kept: Sequence[int]) -> None:
    pieces: list[Piece] = []
    used = 0
    for place in kept:
        text, look = row[place]
        if place == kept[-1]:
            pieces.append((cut(text, max(out.width - used, 8)) if out.terminal else text, look))
            break
        shown = cut(text, widths[place]) if out.terminal else text
        pieces += [(shown, look), (" " * (widths[place] - width(shown)) + GAP, Style.PLAIN)]
        used += widths[place] + len(GAP)
    out.line(*pieces)
