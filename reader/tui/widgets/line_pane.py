"""A pane that draws its own lines: the ground under every list and the article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.text.clean import clean_line

if TYPE_CHECKING:
    from reader.tui.app import RoomApp
    from reader.tui.marks import Marks

CACHED_LINES = 1024


class LinePane(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines come from `draw(y)`; everything drawn is kept until the width, the styles or the content change."""

    app: RoomApp

    def __init__(self, *, title: str, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._strips: LRUCache[tuple[int, int], Strip] = LRUCache(CACHED_LINES)
        self.say_title(title)

    # --- what a pane is -------------------------------------------------------------------------------------------

    def draw(self, y: int, width: int) -> list[Segment]:
        """The segments of line `y` of the whole content: clean, styled, together at most `width` cells."""
        raise NotImplementedError

    def move(self, steps: int) -> None:
        """Go `steps` rows or lines down, up if negative."""
        raise NotImplementedError

    def page(self, pages: float) -> None:
        raise NotImplementedError

    def edge(self, direction: int, number: int | None = None) -> None:
        """Go to the first (-1) or last (1) row, or to row `number`, counted from one."""
        raise NotImplementedError

    # --- help for those that draw ---------------------------------------------------------------------------------

    @property
    def marks(self) -> Marks:
        return self.app.marks

    @property
    def line_width(self) -> int:
        return int(self.scrollable_content_region.width)

    @property
    def line_height(self) -> int:
        return max(1, int(self.scrollable_content_region.height))

    def style(self, *names: str) -> Style:
        """The complete style of component classes."""
        return self.get_component_rich_style(*names)

    def over(self, name: str) -> Style:
        """Only what the component class itself says, to lay over another style."""
        return self.get_component_rich_style(name, partial=True)

    def say_title(self, title: str, count: str = "") -> None:
        self.border_title = Content(clean_line(title, 200))
        self.border_subtitle = Content(clean_line(count, 200))

    # --- drawing --------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        y += self.scroll_offset.y
        width = self.line_width
        key = (y, width)
        strip = self._strips.get(key)
        if strip is None:
            segments = [segment for segment in self.draw(y, width) if segment.text]
            strip = Strip(segments).adjust_cell_length(width, self.rich_style)
            self._strips.set(key, strip)
        return strip

    def changed(self, y: int | None = None, height: int = 1) -> None:
        """Line `y` (and `height - 1` more), or everything, is to be drawn anew."""
        if y is None:
            self._strips.clear()
            self.refresh()
            return
        for line in range(y, y + height):
            self._strips.discard((line, self.line_width))
        self.refresh_lines(y, height)

    def set_height(self, lines: int) -> None:
        """Say how many lines there are in all; the pane scrolls only up and down."""
        size = Size(0, lines)
        if size != self.virtual_size:
            self.virtual_size = size

    def show_from(self, y: int) -> None:
        """Make line `y` the first one seen, at once."""
        self.scroll_to(y=max(0, y), animate=False, force=True)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()
