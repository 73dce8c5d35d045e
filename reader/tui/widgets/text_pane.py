"""A pane that shows a sheet of text: wrapped, styled by offsets, scrolled by the keys of every list."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Resize

from reader.tui.layout import Layout
from reader.tui.sheet import Sheet
from reader.tui.widgets.line_pane import LinePane


class TextPane(LinePane):
    """Scrolls by lines; a change of the width keeps the line at the top where it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll(1)", "Down", id="text.down", tooltip="A line down."),
        Binding("k,up", "scroll(-1)", "Up", id="text.up", tooltip="A line up."),
        Binding("ctrl+d", "leaf(0.5)", "Half a page down", id="text.half_down", tooltip="Half a page down."),
        Binding("ctrl+u", "leaf(-0.5)", "Half a page up", id="text.half_up", tooltip="Half a page up."),
        Binding("space,ctrl+f,pagedown", "leaf(1)", "Page down", id="text.page_down", tooltip="A page down."),
        Binding("backspace,ctrl+b,pageup", "leaf(-1)", "Page up", id="text.page_up", tooltip="A page up."),
        Binding("g,home", "rim(-1)", "Top", id="text.top", tooltip="The first line."),
        Binding("G,end", "rim(1)", "End", id="text.end", tooltip="The last line."),
    ]

    def __init__(self, *, title: str, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(title=title, id=id)
        self._sheet = Sheet()
        self._layout: Layout | None = None

    def show_sheet(self, sheet: Sheet) -> None:
        """Show it from its beginning."""
        self._sheet = sheet
        self._lay_out()
        self.show_from(0)

    def show_position(self, position: int) -> None:
        """Put the line with this position of the sheet at the top."""
        if self._layout is not None:
            self.show_from(min(self._layout.line_at(position), self.last_top))

    def line_of(self, position: int) -> int:
        return self._layout.line_at(position) if self._layout is not None else 0

    def _lay_out(self) -> None:
        self._layout = Layout(self._sheet, max(1, self.line_width - 2), self.marks)
        self.set_total(len(self._layout.lines))
        self.changed()

    def on_resize(self, _event: Resize) -> None:
        lines = self._layout.lines if self._layout is not None else []
        position = lines[min(self.top, len(lines) - 1)].start if lines else 0
        self._lay_out()
        self.show_position(position)

    def draw(self, y: int, width: int) -> list[Segment]:
        if self._layout is None or y >= len(self._layout.lines):
            return []
        line = self._layout.lines[y]
        base = self.style(line.kind)
        segments, position = [Segment(f" {line.prefix}", base)], line.start
        for item in self._sheet.styled:
            start, end = max(item.start, line.start), min(item.end, line.end)
            if start < end:
                segments += [
                    Segment(self._sheet.text[position:start], base),
                    Segment(self._sheet.text[start:end], base + self.over(item.name)),
                ]
                position = end
        return [*segments, Segment(self._sheet.text[position : line.end], base)]

    def action_scroll(self, lines: int) -> None:
        self.show_from(max(0, min(self.top + lines, self.last_top)))

    def action_leaf(self, pages: float) -> None:
        self.action_scroll(int(pages * max(1, self.line_height - 1)) or (1 if pages > 0 else -1))

    def action_rim(self, direction: int) -> None:
        self.show_from(self.last_top if direction > 0 else 0)
