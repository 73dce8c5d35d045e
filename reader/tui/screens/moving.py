"""Commands that move: within a pane, between panes, between places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.arrangement import PANES, arrange, sizes
from reader.tui.placing import NEW
from reader.tui.screens.room import Room
from reader.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from reader.tui.widgets.line_pane import LinePane


class Moving(Room, inherit_bindings=False):
    """`take_count` gives the number typed before the key."""

    def pane_in_focus(self) -> LinePane:
        if self.focus_name == "articles":
            return self.catalogue_pane() or self.articles
        return self.panes[self.focus_name]

    def take_count(self) -> int | None:
        return self.app.keys.take_count()

    def action_move(self, step: int) -> None:
        self.pane_in_focus().move(step * (self.take_count() or 1))

    def action_edge(self, direction: int) -> None:
        self.pane_in_focus().edge(direction, self.take_count())

    def action_page(self, pages: float) -> None:
        self.pane_in_focus().page(pages * (self.take_count() or 1))

    def action_pane(self, step: int) -> None:
        at = PANES.index(self.focus_name) + step * (self.take_count() or 1)
        self.go_pane(PANES[max(0, min(at, len(PANES) - 1))])

    def action_cycle(self, step: int) -> None:
        self.go_pane(PANES[(PANES.index(self.focus_name) + step) % len(PANES)])

    def go_pane(self, name: str) -> None:
        """Go to a pane; going to the article from the list opens what is under the cursor."""
        before = self.focus_name
        self.focus_pane(name)
        if name in ("article", "quotes") and before in ("articles", "sections"):
            self.open_under_cursor()

    def open_under_cursor(self) -> None:
        raise NotImplementedError

    def action_widen(self, cells: int) -> None:
        name = self.focus_name if self.focus_name != "article" else "articles"
        cells *= (self.take_count() or 1) * (-1 if self.focus_name == "article" else 1)
        plan, extra = arrange(*self.app.size, self.focus_name, zen=self.zen), self.memory.widths
        usual = sizes(*self.app.size, plan, {**extra, name: 0})[name]
        now = sizes(*self.app.size, plan, extra)[name]
        # What is remembered is what can be seen of it, so that the way back from a limit begins with the first key.
        extra[name] = sizes(*self.app.size, plan, {**extra, name: now - usual + cells})[name] - usual
        self.arrange_panes()

    def action_zen(self) -> None:
        self.zen = not self.zen
        if self.zen:
            self.go_pane("article")
        self.arrange_panes()

    def action_go(self, key: str) -> None:
        """Show a place by its key, with the focus on its articles."""
        place = next((place for place in self.sections.places if place.key == key), None)
        if place is None and key == "start":
            from reader.tui.widgets.section_list import Place

            place = Place("start", "Feeds to choose from", None)
        if place is None and key == NEW:
            self.app.tell("Nothing came in since the last session.")
            return
        if place is None:
            self.app.tell("The samples are not there any more; u may bring them back.")
            return
        self.show_place(place)
        self.focus_pane("articles")

    def action_next_theme(self) -> None:
        self.app.theme = LIGHT if self.app.current_theme.dark else DARK
        self.memory.theme = self.app.theme
