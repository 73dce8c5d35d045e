"""Breaking a paragraph into lines by terminal cells, keeping exact offsets into the text.

Width is measured as Rich and Textual measure it, so a line that fits here fits on the screen: wide characters take
two cells, marks and joiners none, and no line is broken inside a grapheme.
"""

from __future__ import annotations

import re
from functools import cache

from rich.cells import cell_len, split_graphemes

Span = tuple[int, int]


def wrap(text: str, start: int, end: int, width: int) -> list[Span]:
    """Break `text[start:end]`, which holds no line feed, into spans of at most `width` cells.

    Blanks where a line is broken belong to no line; everything else belongs to exactly one, in order. A word longer
    than a line is cut; a single character wider than the line still gets a line of its own. Never empty: a blank
    paragraph is one empty span.
    """
    width = max(1, width)
    while end > start and text[end - 1] == " ":
        end -= 1
    if start >= end:
        return [(start, start)]
    piece = text[start:end]
    if piece.isascii() or (cell_len(piece) == len(piece) and not _complex().search(piece)):
        return _wrap_narrow(text, start, end, width)
    return _wrap_cells(text, start, end, width)


def cut(text: str, width: int, more: str = "…") -> str:
    """`text` (one line) in at most `width` cells; what does not fit is replaced by `more` at the end."""
    if width <= 0:
        return ""
    if len(text) <= width and cell_len(text) <= width:
        return text
    if len(text) > 4 * width + 64:  # a very long title need not be measured to its end
        text = text[: 4 * width + 64]
        if cell_len(text) <= width:
            return text
    room = width - cell_len(more)
    if room < 0:
        return more[:width]
    size = 0
    for begin, finish, cells in split_graphemes(text)[0]:
        if size + cells > room:
            return text[:begin].rstrip() + more
        size += cells
        if finish == len(text):
            break
    return text


@cache
def _complex() -> re.Pattern[str]:
    """Not every character is one cell: a length in cells that is right can hide a wide one beside a mark of no width.

    Compiled when first needed: 4 ms that plain text never pays.
    """
    return re.compile(
        "[\u0300-\u036f\u0483-\u0489\u0590-\u109f\u1100-\u11ff\u1780-\u1fff\u200b-\u200f\u20d0-\u20ff\u2e80-\U0010ffff]"
    )


def beginning(text: str, width: int, most: int, more: str = "…") -> list[str]:
    """`text` (one line) in at most `most` lines of `width` cells; the last one ends with `more` if there is more."""
    spans = wrap(text, 0, len(text), width)
    lines = [text[start:end] for start, end in spans[:most]]
    if len(spans) > most:
        lines[-1] = cut(f"{lines[-1]} {text[spans[most][0] :]}", width, more)
    return lines


# Closing punctuation of CJK text does not start a line (kinsoku, JIS X 4051 in its simplest form).
_NO_START = frozenset("、。，．：；？！）」』】〕〉》”’,.:;?!)]}ー々…")
_NO_END = frozenset("（「『【〔〈《“‘([{")


def _wrap_narrow(text: str, start: int, end: int, width: int) -> list[Span]:
    """Every character is one cell: slices and `rfind` do it all."""
    lines = []
    while end - start > width:
        stop = text.rfind(" ", start, start + width + 1)
        # A line of blanks only (they begin the paragraph) is no line: cut at the width instead.
        if stop <= start or text[start:stop].isspace():
            stop = start + width
        begin = stop
        while begin < end and text[begin] == " ":
            begin += 1
        while stop > start and text[stop - 1] == " ":
            stop -= 1
        lines.append((start, stop))
        start = begin
    if start < end:
        lines.append((start, end))
    return lines


def _wrap_cells(text: str, start: int, end: int, width: int) -> list[Span]:
    graphemes = [(start + begin, start + finish, cells) for begin, finish, cells in split_graphemes(text[start:end])[0]]
    lines: list[Span] = []
    index = first = 0  # first: the grapheme the line begins with
    size = 0
    stop = restart = -1  # where the line may end at the latest, and where the next one would begin
    while index < len(graphemes):
        begin, _finish, cells = graphemes[index]
        if text[begin] == " ":
            if index > first and text[graphemes[index - 1][0]] != " ":
                stop = index
            restart = index + 1
        elif index > first and _may_break(text, graphemes[index - 1], graphemes[index]):
            stop = restart = index
        if size + cells > width and index > first and text[begin] != " ":
            if stop <= first:
                stop = restart = index
            lines.append((graphemes[first][0], graphemes[stop - 1][1]))
            index = first = restart
            size, stop = 0, -1
            continue
        size += cells
        index += 1
    if first < len(graphemes):
        lines.append((graphemes[first][0], end))
    return lines or [(start, end)]


def _may_break(text: str, before: tuple[int, int, int], after: tuple[int, int, int]) -> bool:
    """Between ideographs a line may end anywhere but before a closing or after an opening sign."""
    if before[2] < 2 and after[2] < 2:
        return False
    last, first = text[before[0]], text[after[0]]
    return last != " " and first not in _NO_START and last not in _NO_END
