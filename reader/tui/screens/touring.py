"""The tour: shown once, at the first start, and when somebody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.screens.exporting import Exporting

if TYPE_CHECKING:
    from reader.tui.widgets.tour import Tour

LEAST_ROWS = 18  # below that the lines would leave too little of the room


class Touring(Exporting, inherit_bindings=False):
    def show_tour_once(self) -> None:
        """At the first start; on a screen that is too low for it, at a later one."""
        if not self.memory.toured and not self.opened and self.app.size.height >= LEAST_ROWS:
            self.open_tour()

    def action_tour(self) -> None:
        if self.close_tour():
            return
        if self.app.size.height < LEAST_ROWS:
            self.app.tell(f"The tour needs {LEAST_ROWS} lines; ? shows every key.")
        else:
            self.open_tour()

    def open_tour(self) -> None:
        from reader.tui.widgets.tour import Tour

        self.memory.toured = True
        self.mount(Tour(), before=self.status)

    def close_tour(self) -> bool:
        """Close the tour; whether it was there."""
        tour = self.query("#tour")
        tour.remove()
        return bool(tour)

    def on_tour_closed(self, message: Tour.Closed) -> None:
        self.close_tour()

    def action_escape(self) -> None:
        if not self.close_tour():
            super().action_escape()
