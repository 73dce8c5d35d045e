"""A container that is only the ground under its children."""

from __future__ import annotations

from rich.style import Style
from textual.containers import Container
from textual.geometry import Region
from textual.strip import Strip


class Box(Container):
    """Textual renders every line of a container although its children cover it: here all lines are one blank strip."""

    _ground: Style | None = None

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._ground is None:
            self._ground = self.rich_style  # of all containers above, too: a tenth of the time of a key
        return blank_lines(self._ground, crop)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ground = None


def blank_lines(ground: Style, crop: Region) -> list[Strip]:
    """The ground alone in the part `crop`."""
    return [Strip.blank(crop.width, ground)] * crop.height
