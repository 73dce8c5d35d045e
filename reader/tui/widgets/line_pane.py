"""A pane that draws its own lines and its own frame: the ground under every list and the article.

Not a `ScrollView`: that lays out the whole screen anew whenever the number of lines changes, and its borders and
scroll bars took a third of the time to the first row. Here a scroll or a new length is one repaint of the pane.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.events import MouseDown, MouseScrollDown, MouseScrollUp
from textual.filter import ANSIToTruecolor
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from reader.text.clean import clean_line
from reader.tui.wrap import cut

if TYPE_CHECKING:
    from reader.tui.app import RoomApp
    from reader.tui.marks import Marks

CACHED_LINES = 1024
WHEEL = 3  # lines that one click of the wheel scrolls


class LinePane(Widget, can_focus=True, inherit_bindings=False):
    """`total` lines of which those from `top` on are seen; `draw(y)` gives line `y`.

    Lines are kept until the width, the styles or the content change. The frame (title, count, and where we are in the
    whole at the right edge) stands in the padding that CSS gives; without padding there is none.
    """

    app: RoomApp

    def __init__(self, *, title: str, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self.top = 0
        self.total = 0
        self.title_text = title
        self.count_text = ""
        self._lines: LRUCache[int, list[Segment]] = LRUCache(CACHED_LINES)
        self._lines_width = -1
        self._ground: Style | None = None

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
        return int(self.content_size.width)

    @property
    def line_height(self) -> int:
        return max(1, int(self.content_size.height))

    @property
    def last_top(self) -> int:
        """The `top` at which the last line is seen at the bottom."""
        return max(0, self.total - self.line_height)

    def style(self, name: str = "") -> Style:
        """The ground of this pane with the ink called `name` over it."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground + self.app.inks[name] if name else self._ground

    def over(self, name: str) -> Style:
        """The ink alone, to lay over another style."""
        return self.app.inks[name]

    # --- what has changed -----------------------------------------------------------------------------------------

    def say_title(self, title: str, count: str = "") -> None:
        title, count = clean_line(title, 200), clean_line(count, 200)
        if (title, count) != (self.title_text, self.count_text):
            self.title_text, self.count_text = title, count
            self._refresh_frame()

    def changed(self, y: int | None = None, height: int = 1) -> None:
        """Line `y` (and `height - 1` more), or everything, is to be drawn anew."""
        if y is None:
            self._lines.clear()
            self.refresh()
            return
        for line in range(y, y + height):
            self._lines.discard(line)
        first = max(y, self.top)
        last = min(y + height, self.top + self.line_height)
        if first < last and self.is_attached:
            self.refresh(Region(0, first - self.top, self.content_size.width, last - first))

    def set_total(self, lines: int) -> None:
        """There are so many lines now."""
        if lines != self.total:
            self.total = lines
            self.show_from(self.top)
            self.refresh()

    def show_from(self, y: int) -> None:
        """Make line `y` the first one seen, as far as there are lines."""
        y = max(0, min(y, self.last_top)) if self.content_size.height else max(0, y)
        if y != self.top:
            self.top = y
            self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._ground = None
        self._lines.clear()

    def on_focus(self) -> None:
        self._refresh_frame()

    def on_blur(self) -> None:
        self._refresh_frame()

    def _refresh_frame(self) -> None:
        if self.is_attached and self.styles.padding.top:
            self.refresh()

    # --- drawing --------------------------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips of the part of the widget that has to be painted, frame and all."""
        width, height = self.outer_size
        framed = self.styles.padding.top > 0
        if self._lines_width != self.line_width:
            self._lines.clear()
            self._lines_width = self.line_width
        if framed:
            strips = [self._framed(y, width, height) for y in crop.line_range]
        else:
            strips = [Strip(self._content(y), width) for y in crop.line_range]
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            if isinstance(line_filter, ANSIToTruecolor):
                continue  # no ink is an ANSI colour where the theme is not
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        first, last = crop.column_span
        return strips if (first, last) == (0, width) else [strip.crop(first, last) for strip in strips]

    def _content(self, row: int) -> list[Segment]:
        """What stands in row `row` of the content, exactly as wide as the content is."""
        y, width = self.top + row, self.line_width
        line = self._lines.get(y)
        if line is None:
            drawn = [segment for segment in self.draw(y, width) if segment.text]
            line = Segment.adjust_line_length(drawn, width, self.style())
            self._lines.set(y, line)
        return line

    def _framed(self, y: int, width: int, height: int) -> Strip:
        marks = self.marks
        line_style = self.style("frame-focus" if self.has_focus else "frame")
        if 0 < y < height - 1:
            edge = marks.thumb if self._thumb(y - 1, height - 2) else marks.side
            return Strip([Segment(marks.side, line_style), *self._content(y - 1), Segment(edge, line_style)], width)
        left, right = (marks.top_left, marks.top_right) if y == 0 else (marks.bottom_left, marks.bottom_right)
        words = cut(self.title_text if y == 0 else self.count_text, max(0, width - 6), marks.more)
        if not words:
            return Strip([Segment(left + marks.rule * (width - 2) + right, line_style)], width)
        title = Segment(f" {words} ", self.style("frame-title-focus" if self.has_focus else "frame-title"))
        rest = marks.rule * max(0, width - 5 - cell_len(words))
        if y == 0:
            return Strip([Segment(left + marks.rule, line_style), title, Segment(rest + right, line_style)], width)
        return Strip([Segment(left + rest, line_style), title, Segment(marks.rule + right, line_style)], width)

    def _thumb(self, row: int, rows: int) -> bool:
        """Whether the part of the whole that is seen is shown beside `row` of the frame's right edge."""
        if self.total <= rows or rows <= 0:
            return False
        size = max(1, rows * rows // self.total)
        first = self.top * (rows - size) // max(1, self.last_top)
        return first <= row < first + size

    # --- mouse ----------------------------------------------------------------------------------------------------

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self.show_from(self.top + WHEEL)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self.show_from(self.top - WHEEL)

    def on_mouse_down(self, event: MouseDown) -> None:
        """A press on the right edge goes to that part of the whole."""
        width, height = self.outer_size
        if event.x == width - 1 and self.styles.padding.right and 0 < event.y < height - 1:
            self.show_from(self.total * (event.y - 1) // max(1, height - 2))
