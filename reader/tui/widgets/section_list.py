"""The Sections pane: what can be read, with the number of unread articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from reader.model import View
from reader.text.clean import clean_line
from reader.tui.commands import bindings
from reader.tui.widgets.virtual_list import VirtualList
from reader.tui.wrap import cut


class Place(NamedTuple):
    """Somewhere to be: `key` is stable (kept between starts), `view` None for the catalogue of feeds."""

    key: str
    name: str
    view: View | None
    unread: int = 0


class SectionList(VirtualList):
    """Shows places."""

    BINDINGS = bindings("S")

    def __init__(self) -> None:
        super().__init__(title="Sections", id="sections")
        self.places: tuple[Place, ...] = ()
        self.here = ""  # the key of the place that the Articles pane shows

    @property
    def row_count(self) -> int:
        return len(self.places)

    @property
    def place(self) -> Place | None:
        return self.places[self.cursor] if self.cursor < len(self.places) else None

    def show_places(self, places: Sequence[Place]) -> None:
        """Show `places`, with the cursor where it was."""
        if tuple(places) == self.places:
            return
        key = self.place.key if self.place else ""
        self.places = tuple(places)
        self.cursor = next((i for i, place in enumerate(self.places) if place.key == key), self.cursor)
        self.rows_changed()

    def set_here(self, key: str) -> None:
        """The Articles pane shows the place `key` now."""
        self.here = key
        found = next((index for index, place in enumerate(self.places) if place.key == key), None)
        if found is not None:
            self.set_cursor(found, tell=False)
        self.changed()

    def draw_row(self, index: int, line: int, width: int, style: Style) -> list[Segment]:
        place = self.places[index]
        current = index == self.cursor
        here = place.key == self.here
        count = f"{place.unread:,}" if place.unread else ""
        sign = self.app.marks.current if here else " "
        if len(count) + 6 > width:
            count = ""
        name = cut(clean_line(place.name, 120), max(0, width - 2 - len(count) - (2 if count else 0)), self.marks.more)
        ground = style if current or not here else style + self.over("here")
        blank = max(0, width - 2 - cell_len(name) - len(count) - 1)
        return [
            Segment(f"{sign} ", ground),
            Segment(name, ground),
            Segment(" " * blank, style),
            Segment(count + " ", style if current else style + self.over("quiet")),
        ]
