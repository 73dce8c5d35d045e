"""A pane that draws its own lines and its own frame: the ground under every list and the article.

Not a `ScrollView`: that lays out the whole screen anew whenever the number of lines changes, and its borders and
scroll bars took a third of the time to the first row. Here a scroll or a new length is one repaint of the pane.
"""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Self

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.events import MouseDown, MouseScrollDown, MouseScrollUp
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from reader.text.clean import clean_line
from reader.tui.wrap import cut

if TYPE_CHECKING:
    from reader.tui.app import RoomApp
    from reader.tui.marks import Marks

CACHED_LINES = 1024
CROPS = 16  # parts of an unchanged pane that are kept as they were painted
Parts = tuple[list[Segment], ...]  # what a row of the screen is made of
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
        self._rows_drawn: dict[int, tuple[Parts, Strip]] = {}
        self._painted: dict[tuple[Region, Size], list[Strip]] = {}
        self.frame_key: object = None
        self.frame_parts: tuple[list[Segment], ...] = ()
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
        changed = (title != self.title_text, count != self.count_text)
        self.title_text, self.count_text = title, count
        if self.is_attached and self.styles.padding.top:  # only the edge that says something else is sent
            width, height = self.content_size
            if changed[0]:
                self.refresh(Region(-1, -1, width + 2, 1))
            if changed[1]:
                self.refresh(Region(-1, height, width + 2, 1))

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

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        self._painted.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._painted.clear()
        self._ground = None
        self._lines.clear()
        self._rows_drawn.clear()

    def on_focus(self) -> None:
        self._refresh_frame()

    def on_blur(self) -> None:
        self._refresh_frame()

    def _refresh_frame(self) -> None:
        if self.is_attached and self.styles.padding.top:
            self.refresh()

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

    # --- drawing --------------------------------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips of the part of the widget that has to be painted, frame and all.

        Textual asks for everything between the first and the last change on the screen, in every pane: a pane that says
        the same as last time gives the same list, and rows that do are the same strips, which cost nothing.
        """
        key = (crop, self.outer_size)
        if key not in self._painted:
            if len(self._painted) >= CROPS:
                self._painted.clear()
            self._painted[key] = self._paint(crop)
        return self._painted[key]

    def _paint(self, crop: Region) -> list[Strip]:
        width, height = self.outer_size
        if self._lines_width != self.line_width:
            self._lines.clear()
            self._lines_width = self.line_width
        if self.styles.padding.top:
            frame = _Frame(self, width, height)
            strips = [self._kept(y, frame.row(y)) for y in crop.line_range]
        else:
            strips = [self._kept(y, (self._content(y),)) for y in crop.line_range]
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            if isinstance(line_filter, ANSIToTruecolor):
                continue  # no ink is an ANSI colour where the theme is not
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        first, last = crop.column_span
        return strips if (first, last) == (0, width) else [strip.crop(first, last) for strip in strips]

    def _kept(self, y: int, parts: Parts) -> Strip:
        """The strip of row `y`, made anew only if one of its parts is another one than last time."""
        known = self._rows_drawn.get(y)
        if known is not None and len(known[0]) == len(parts) and all(map(is_, known[0], parts)):
            return known[1]
        strip = Strip([segment for part in parts for segment in part])
        self._rows_drawn[y] = (parts, strip)
        return strip

    def _content(self, row: int) -> list[Segment]:
        """What stands in row `row` of the content, exactly as wide as the content is."""
        y, width = self.top + row, self._lines_width
        line = self._lines.get(y)
        if line is None:
            drawn = [segment for segment in self.draw(y, width) if segment.text]
            line = Segment.adjust_line_length(drawn, width, self.style())
            self._lines.set(y, line)
        return line


class _Frame:
    """The frame of a pane as it is now: title above, count below, a thumb at the right edge."""

    def __init__(self, pane: LinePane, width: int, height: int) -> None:
        marks, focus = pane.marks, "-focus" if pane.has_focus else ""
        line, words = pane.style(f"frame{focus}"), pane.style(f"frame-title{focus}")
        key = (width, height, line, words, pane.title_text, pane.count_text)
        if key != pane.frame_key:
            pane.frame_key = key
            pane.frame_parts = (
                [Segment(marks.side, line)],
                [Segment(marks.thumb, line)],
                _edge(pane.title_text, width, marks.top_left, marks.top_right, marks, line, words, right=False),
                _edge(pane.count_text, width, marks.bottom_left, marks.bottom_right, marks, line, words, right=True),
            )
        self.pane = pane
        self.last = height - 1
        self.side, self.thumb, self.above, self.below = pane.frame_parts
        rows = max(1, height - 2)
        self.size = max(1, rows * rows // pane.total) if pane.total > rows else 0
        self.first = 1 + pane.top * (rows - self.size) // max(1, pane.total - rows)

    def row(self, y: int) -> Parts:
        if y == 0:
            return (self.above,)
        if y >= self.last:
            return (self.below,)
        edge = self.thumb if self.first <= y < self.first + self.size else self.side
        return (self.side, self.pane._content(y - 1), edge)


def _edge(
    words: str, width: int, begin: str, finish: str, marks: Marks, line: Style, style: Style, *, right: bool
) -> list[Segment]:
    """The upper or lower line of a frame with words in it, at the left or at the right."""
    words = cut(words, max(0, width - 6), marks.more)
    if not words:
        return [Segment((begin + marks.rule * (width - 2) + finish)[:width], line)]
    title = Segment(f" {words} ", style)
    rest = marks.rule * max(0, width - 5 - cell_len(words))
    if right:
        return [Segment(begin + rest, line), title, Segment(marks.rule + finish, line)]
    return [Segment(begin + marks.rule, line), title, Segment(rest + finish, line)]
