"""A list of any length: rows of a fixed height, drawn and fetched only where they are seen."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, Resize
from textual.message import Message

from reader.tui.widgets.line_pane import LinePane
from reader.tui.wrap import wrap


class VirtualList(LinePane):
    """A cursor over rows. What a row says is up to `draw_row`; rows are counted from zero.

    `cursor` is the row the next command is about; it is 0 in an empty list.
    """

    empty_text = ""

    class Highlighted(Message):
        """The cursor went to another row, by key or click."""

        def __init__(self, pane: VirtualList, index: int) -> None:
            super().__init__()
            self.pane = pane
            self.index = index

        @property
        def control(self) -> VirtualList:
            return self.pane

    class Chosen(Highlighted):
        """A row was clicked twice."""

    def __init__(self, *, title: str, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(title=title, id=id)
        self.cursor = 0

    # --- what a list says of its rows -----------------------------------------------------------------------------

    @property
    def row_count(self) -> int:
        raise NotImplementedError

    def draw_row(self, index: int, line: int, width: int, style: Style) -> list[Segment]:
        """Line `line` of row `index` in at most `width` cells, on the ground of `style`."""
        raise NotImplementedError

    def row_height(self) -> int:
        """Lines of one row."""
        return 1

    def first_line(self, index: int) -> int:
        """The line where row `index` begins."""
        return index * self.row_height()

    def height_of(self, index: int) -> int:
        return self.row_height()

    def index_at(self, y: int) -> int:
        """The row that line `y` belongs to; may be past the end."""
        return y // self.row_height()

    # --- cursor ---------------------------------------------------------------------------------------------------

    def rows_changed(self) -> None:
        """The rows are others now: fit the height, keep the cursor inside, draw anew."""
        count = self.row_count
        self.cursor = max(0, min(self.cursor, count - 1))
        self.set_total(self.first_line(count))
        self.show_from(self.top)
        self.changed()

    def set_cursor(self, index: int, *, tell: bool = True, scroll: bool = True) -> None:
        """Put the cursor on row `index` (clamped); `tell` posts `Highlighted` if that is another row."""
        if not self.row_count:
            return
        index = max(0, min(index, self.row_count - 1))
        before, self.cursor = self.cursor, index
        if before != index:
            for row in (before, index):
                self.row_changed(row)
        if scroll:
            self.keep_visible()
        if tell and before != index:
            self.post_message(self.Highlighted(self, index))

    def row_changed(self, index: int) -> None:
        """Row `index` says something else now."""
        if 0 <= index < self.row_count:
            self.changed(self.first_line(index), self.height_of(index))

    def keep_visible(self) -> None:
        """Scroll as little as possible so that the whole row under the cursor is seen."""
        if not self.row_count:
            return
        top, height = self.first_line(self.cursor), self.height_of(self.cursor)
        first, room = self.top, self.line_height
        if top < first or height >= room:
            self.show_from(top)
        elif top + height > first + room:
            self.show_from(top + height - room)

    def move(self, steps: int) -> None:
        self.set_cursor(self.cursor + steps)

    def page(self, pages: float) -> None:
        if not self.row_count:
            return
        rows = max(1, round(abs(pages) * self.line_height / max(1, self.height_of(self.cursor))))
        self.move(rows if pages > 0 else -rows)

    def edge(self, direction: int, number: int | None = None) -> None:
        if number is not None:
            self.set_cursor(number - 1)
        else:
            self.set_cursor(self.row_count - 1 if direction > 0 else 0)

    # --- drawing and the mouse ------------------------------------------------------------------------------------

    def draw(self, y: int, width: int) -> list[Segment]:
        if not self.row_count:
            return self._draw_empty(y, width)
        index = self.index_at(y)
        if index >= self.row_count:
            return []
        style = self.style("" if index != self.cursor else "cursor" if self.has_focus else "cursor-blurred")
        segments = self.draw_row(index, y - self.first_line(index), width, style)
        blank = width - sum(segment.cell_length for segment in segments)
        if index == self.cursor and blank > 0 and segments and segments[0].style == style:
            segments.append(Segment(" " * blank, style))
        return segments

    def _draw_empty(self, y: int, width: int) -> list[Segment]:
        lines = [span for part in _lines(self.empty_text) for span in wrap(self.empty_text, *part, width - 2)]
        if not 0 <= y - 1 < len(lines):
            return []
        start, end = lines[y - 1]
        return [Segment(" " + self.empty_text[start:end], self.style("quiet"))]

    def on_focus(self) -> None:
        self.row_changed(self.cursor)  # besides the frame, which the ground sees to

    def on_blur(self) -> None:
        self.row_changed(self.cursor)

    def on_resize(self, event: Resize) -> None:
        self.rows_changed()
        self.keep_visible()

    def on_click(self, event: Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or not self.row_count:
            return
        index = self.index_at(offset.y + self.top)
        if index < self.row_count:
            self.set_cursor(index)
            if event.chain == 2:
                self.post_message(self.Chosen(self, index))


def _lines(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans
