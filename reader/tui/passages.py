"""The passages of an article that are seen, each with the line in which it begins on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reader.model import Document
from reader.tui.layout import Line
from reader.tui.positions import Positions


class Passage(NamedTuple):
    """A block of the article: its first line that is seen, and its `[start, end)` in the article's text."""

    line: int
    start: int
    end: int


def seen(document: Document, lines: Sequence[Line], positions: Positions, top: int, height: int) -> list[Passage]:
    """The blocks of which a part stands in the lines from `top` on, in their order."""
    found: list[Passage] = []
    blocks = [block for block in document.blocks if block.start < block.end]
    at = 0
    for y in range(top, min(top + height, len(lines))):
        line = lines[y]
        while at < len(blocks) and positions.end(blocks[at].end) <= line.start:
            at += 1
        if at == len(blocks):
            break
        block = blocks[at]
        if line.kind == "blank" or line.start < positions.begin(block.start):
            continue
        if not found or found[-1].start != block.start:
            found.append(Passage(y, block.start, block.end))
    return found
