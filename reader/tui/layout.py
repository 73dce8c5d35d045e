"""Breaking a sheet into lines of a given width."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from reader.tui.marks import Marks
from reader.tui.sheet import Part, Sheet
from reader.tui.wrap import wrap


class Line(NamedTuple):
    """One line of the screen: `prefix` (indent, bullet, bar) and the sheet's `[start, end)`; `kind` is its part's.

    A blank line has `start == end`.
    """

    start: int
    end: int
    kind: str
    prefix: str = ""


class Layout:
    """The lines of a sheet at one width."""

    def __init__(self, sheet: Sheet, width: int, marks: Marks) -> None:
        self.width = max(1, width)
        self.lines: list[Line] = []
        for part in sheet.parts:
            if part.gap and self.lines and self.lines[-1].start < self.lines[-1].end:
                self.lines.append(Line(part.start, part.start, "blank"))
            self._add(sheet.text, part, marks)
        self._starts = [line.start for line in self.lines]

    def line_at(self, position: int) -> int:
        """The line that shows `position` of the sheet, or the last one before it."""
        found = bisect_right(self._starts, position) - 1
        if found > 0 and self.lines[found].kind == "blank" and found + 1 < len(self.lines):
            found += self.lines[found + 1].start == position
        return max(0, found)

    def _add(self, text: str, part: Part, marks: Marks) -> None:
        first, rest = _prefixes(text, part, marks, self.width)
        keep = part.kind in ("code", "links")
        position = part.start
        while position <= part.end:
            stop = text.find("\n", position, part.end)
            stop = part.end if stop < 0 else stop
            room = max(1, self.width - max(len(first), len(rest)))
            for start, end in _hard(text, position, stop, room) if keep else wrap(text, position, stop, room):
                self.lines.append(Line(start, end, part.kind, first))
                first = rest
            position = stop + 1


_ITEM = re.compile(r"(?:[-*•‣◦–]|\(?\d{1,3}[.)]|[a-zA-Z][.)])\s+")


def _prefixes(text: str, part: Part, marks: Marks, width: int) -> tuple[str, str]:
    """What stands before the first and before the other lines of a part; never more than half of the line."""
    first = rest = ""
    if part.kind == "list":
        indent = " " * (2 * min(max(part.level - 1, 0), 6))
        item = _ITEM.match(text, part.start, part.end)
        if item:
            first, rest = indent, indent + " " * len(item[0])
        else:
            first, rest = indent + marks.bullet, indent + " " * len(marks.bullet)
    elif part.kind == "quote":
        first = rest = marks.quoted
    elif part.kind == "code":
        first = rest = "  "
    elif part.kind == "links":
        rest = "     "
    if len(rest) > width // 2:
        return "", ""
    return first, rest


def _hard(text: str, start: int, end: int, width: int) -> list[tuple[int, int]]:
    """Code keeps its blanks: cut at the width, not at words."""
    from rich.cells import chop_cells

    lines = []
    for piece in chop_cells(text[start:end], width) if end > start else [""]:
        lines.append((start, start + len(piece)))
        start += len(piece)
    return lines
