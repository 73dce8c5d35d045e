"""The card that appears beside the mouse while it rests on a quote: who says it, and what else they said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Offset
from textual.widget import Widget

from reader.tui.wrap import cut

if TYPE_CHECKING:
    from reader.tui.app import RoomApp

WIDTH = 60  # cells at most


class HoverCard(Widget, inherit_bindings=False):
    """Lies over the panes and takes no focus; any key ends it, and so does the mouse when it goes on."""

    app: RoomApp

    def __init__(self, lines: Sequence[str], place: Offset) -> None:
        super().__init__(id="hover-card")
        width, height = self.app.size
        inner = max(1, min(WIDTH, width) - 4)
        self._lines = [cut(line, inner, self.app.marks.more) for line in lines]
        self._lines = self._lines[: max(1, height - 2)]
        wide, high = inner + 4, len(self._lines) + 2  # with the frame
        self.styles.width, self.styles.height = wide, high
        below = place.y + 1
        top = below if below + high < height else max(0, place.y - high)
        self.styles.offset = (max(0, min(place.x, width - wide)), top)

    def render(self) -> Content:
        first, *rest = self._lines
        return Content.assemble((f" {first}", "bold"), *(f"\n {line}" for line in rest))
