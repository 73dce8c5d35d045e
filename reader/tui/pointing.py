"""From a cell of the screen to a position in the text."""

from __future__ import annotations

from rich.cells import cell_len, split_graphemes

from reader.tui.layout import Line


def position_in_line(text: str, line: Line, x: int) -> int | None:
    """The position in `text` of what cell `x` of a line shows; None in the margin, the prefix and behind the end."""
    x -= cell_len(line.prefix)
    if x < 0:
        return None
    for start, _end, cells in split_graphemes(text[line.start : line.end])[0]:
        if x < cells:
            return line.start + start
        x -= cells
    return None
