"""The main screen: the room with all its commands."""

from __future__ import annotations

import gc
from importlib import import_module

from reader.tui.commands import bindings
from reader.tui.screens.hovering import Hovering
from reader.tui.screens.room import PASSING

REST = 1.0  # seconds after the first paint
# What the first command of its kind would wait for, so that it is there before: 20 ms in all.
SOON_WANTED = (
    "reader.service.actions",
    "reader.service.searching",
    "reader.text.query_parser",
    "reader.tui.widgets.prompt",
)


class MainScreen(Hovering, whole=True):
    """Four panes; narrower terminals show fewer of them."""

    BINDINGS = bindings("*")
    AUTO_FOCUS = ""
    # Classes would style everything once more.
    HORIZONTAL_BREAKPOINTS = []  # noqa: RUF012 - Textual declares no ClassVar
    VERTICAL_BREAKPOINTS = []  # noqa: RUF012 - Textual declares no ClassVar
    _closed_room = False

    def on_mount(self) -> None:
        self.open_first_place()
        self.arrange_panes()
        name = self.memory.focus if self.memory.focus in self.panes else "articles"
        self.focus_pane(name)
        self.call_after_refresh(self.after_first_paint)

    def after_first_paint(self) -> None:
        """What can wait until the first rows are seen."""
        if not gc.isenabled():
            gc.freeze()  # what has been made so far stays: nobody need look through it for garbage again
            gc.enable()
        self.first_rows_painted()
        if self.coming or self.article.article is not None:
            pass  # a key was quicker
        elif self.opened:
            self.go_pane("article")
        elif self.memory.article and self.place.view is not None:
            self.load(self.memory.article)
        else:
            self.preview_now()
        self.show_tour_once()
        if self.library.readonly:
            self.app.tell(self.library.refusal.replace("was changed", "can be changed"), error=True)
        self.count_now()
        self.start_refresh_soon()
        self.soon("ready", REST, self.get_ready)
        for problem in (*self.app.config.problems, *self.app.keymap.problems):
            self.app.tell(problem, error=True)

    def get_ready(self) -> None:
        """Load what commands need, while nobody waits for it."""

        def load() -> None:
            for name in SOON_WANTED:
                import_module(name)

        self.run_job(load, group="ready")

    def close_room(self) -> None:
        """Everything asked for is done and what is to be remembered is kept; the second time does nothing."""
        if self._closed_room:
            return
        self._closed_room = True
        super().close_room()
        self.outside.cancel()
        self.refresher.leave()
        self.leave_article()
        self.memory.place = self.place.key if self.place.key not in PASSING else self.memory.place
        self.memory.focus = self.focus_name if self.focus_name in ("articles", "article") else "articles"
        self.memory.zen = self.zen
        self.finish_changes()
        if not self.library.readonly:
            self.memory.newest = max(self.memory.newest, self.library.newest())
            self.memory.left = self.library.now().isoformat(timespec="minutes")
            self.library.set_setting("tui", self.memory.to_json())
