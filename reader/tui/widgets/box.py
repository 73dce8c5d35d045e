"""A container that is only the ground under its children."""

from __future__ import annotations

from textual.containers import Container
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Box(Container):
    """Textual renders every line of a container although its children cover it: here all lines are one blank strip."""

    def render_lines(self, crop: Region) -> list[Strip]:
        return blank_lines(self, crop)


def blank_lines(widget: Widget, crop: Region) -> list[Strip]:
    """The ground of `widget` in the part `crop`."""
    return [Strip.blank(crop.width, widget.rich_style)] * crop.height
