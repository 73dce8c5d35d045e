"""A picture as coloured half blocks: two pixels in a cell, in every terminal that has colours."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.model import Picture

UPPER = "▀"


def room(columns: int, rows: int) -> tuple[int, int]:
    """The pixels that cells hold, as (width, height)."""
    return max(1, columns), max(1, rows * 2)


class Blocks(Widget):
    """As large as its picture, which was made to fit."""

    def __init__(self, picture: Picture) -> None:
        super().__init__(id="picture")
        self._picture = picture
        self.styles.width = picture.width
        self.styles.height = (picture.height + 1) // 2
        self._strips: dict[int, Strip] = {}

    def render_lines(self, crop: Region) -> list[Strip]:
        return [self._line(y).crop(crop.x, crop.right) for y in range(crop.y, crop.bottom)]

    def _line(self, y: int) -> Strip:
        if y not in self._strips:
            width, height, pixels, _original = self._picture
            segments = []
            for x in range(width if y * 2 < height else 0):
                upper = (y * 2 * width + x) * 3
                lower = upper + width * 3 if y * 2 + 1 < height else upper
                segments.append(Segment(UPPER, _style(pixels[upper : upper + 3], pixels[lower : lower + 3])))
            self._strips[y] = Strip(segments, len(segments))
        return self._strips[y]


def _style(upper: bytes, lower: bytes) -> Style:
    return Style.parse(f"#{upper.hex()} on #{lower.hex()}")
