"""A list of rows of words in columns, for windows that tell something: keys, messages, results, sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.widget import Widget

from reader.text.clean import clean_line
from reader.tui.widgets.virtual_list import VirtualList
from reader.tui.wrap import cut

CELL_LIMIT = 600  # characters
LEAST = 10  # cells that a column without a width of its own has, if columns with one can give way


class Cell(NamedTuple):
    """`width` cells; 0: its share of what is left. `name` is an ink."""

    text: str
    width: int = 0
    name: str = ""


Row = Sequence[Cell]


class TextList(VirtualList):
    """Shows `rows`; moves by the same keys as every pane."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "step(1)", "Down", id="list.down", tooltip="The next row."),
        Binding("k,up", "step(-1)", "Up", id="list.up", tooltip="The row before."),
        Binding("ctrl+d", "leaf(0.5)", "Half a page down", id="list.half_down", tooltip="Half a page down."),
        Binding("ctrl+u", "leaf(-0.5)", "Half a page up", id="list.half_up", tooltip="Half a page up."),
        Binding("space,ctrl+f,pagedown", "leaf(1)", "Page down", id="list.page_down", tooltip="A page down."),
        Binding("ctrl+b,pageup", "leaf(-1)", "Page up", id="list.page_up", tooltip="A page up."),
        Binding("g,home", "rim(-1)", "Top", id="list.top", tooltip="The first row."),
        Binding("G,end", "rim(1)", "End", id="list.end", tooltip="The last row."),
    ]

    def __init__(self, *, title: str, id: str, rows: Sequence[Row] = (), empty: str = "Nothing here.") -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(title=title, id=id)
        self.empty_text = empty
        self._rows: Sequence[Row] = rows

    @property
    def row_count(self) -> int:
        return len(self._rows)

    def row(self, index: int) -> Row:
        """Row `index`; empty if there is none."""
        return self._rows[index] if 0 <= index < len(self._rows) else ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        self._rows = rows
        self.rows_changed()
        self.keep_visible()

    def action_step(self, step: int) -> None:
        if step < 0 and self.cursor == 0:
            self.show_above()
        self.move(step)

    def show_above(self) -> None:
        """Up from the first row: what stands above the list in a dialog that is too low for both."""
        if isinstance(self.parent, Widget) and self.parent.allow_vertical_scroll:
            self.parent.scroll_home(animate=False)

    def set_cursor(self, index: int, *, tell: bool = True, scroll: bool = True) -> None:
        before = self.cursor
        super().set_cursor(index, tell=tell, scroll=scroll)
        if self.cursor != before and self.has_focus and isinstance(self.parent, Widget):
            self.parent.scroll_to_widget(self, animate=False)

    def action_leaf(self, pages: float) -> None:
        self.page(pages)

    def action_rim(self, direction: int) -> None:
        self.edge(direction)

    def draw_row(self, index: int, line: int, width: int, style: Style) -> list[Segment]:
        current = index == self.cursor
        segments: list[Segment] = []
        for cell, room in columns(self._rows[index], width):
            text = cut(clean_line(cell.text, CELL_LIMIT), room, self.marks.more)
            ground = style if current or not cell.name else style + self.over(cell.name)
            if width > 3:
                segments.append(Segment(" ", style))
            segments += [Segment(text, ground), Segment(" " * (room - cell_len(text)), style)]
        return segments


def columns(row: Row, width: int) -> list[tuple[Cell, int]]:
    """The cells of a row that `width` has room for, each behind a blank, and how wide each is.

    Columns of a fixed width give way, the last one first, until the others have room for a word or two.
    """
    kept = list(row)
    if not kept:
        return []
    while True:
        free = sum(not cell.width for cell in kept)
        left = width - sum(cell.width for cell in kept) - len(kept) * (width > 3)
        if left >= LEAST * free and left >= 0:
            break
        last = next((at for at in reversed(range(len(kept))) if kept[at].width), None)
        if last is None or len(kept) == 1:
            break
        del kept[last]
    if left < free:  # not even a cell for each: the first one that says something has it all
        first = next((cell for cell in kept if cell.text), kept[0])
        return [(first, max(1, width - (width > 3)))]
    share = left // free if free else 0
    return [(cell, cell.width or share) for cell in kept]
