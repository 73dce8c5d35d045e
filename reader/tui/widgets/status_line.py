"""The last line of the screen: where I am, what is being fetched, what a key would do."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from reader.text.clean import clean_line
from reader.tui.wrap import cut


class StatusLine(Widget):
    """`place` stands at the left, `activity` and `hint` at the right; what does not fit is cut, the place last."""

    def __init__(self) -> None:
        super().__init__(id="status")
        self.place = ""
        self.activity = ""
        self.hint = ""

    def say(self, *, place: str | None = None, activity: str | None = None, hint: str | None = None) -> None:
        """Change what is told; nothing is sent to the terminal if nothing changes."""
        before = (self.place, self.activity, self.hint)
        self.place = clean_line(place, 200) if place is not None else self.place
        self.activity = clean_line(activity, 200) if activity is not None else self.activity
        self.hint = clean_line(hint, 100) if hint is not None else self.hint
        if before != (self.place, self.activity, self.hint):
            self.refresh()

    def render(self) -> Content:
        width = self.size.width
        right = "  ".join(part for part in (self.activity, self.hint or "? keys") if part)
        if cell_len(right) + 24 > width:
            right = cut(self.hint or self.activity, max(0, width - 12), self.app_more())
        left = cut(f" {self.place}", max(0, width - cell_len(right) - (2 if right else 0)), self.app_more())
        blank = max(0, width - cell_len(left) - cell_len(right) - 1)
        return Content(f"{left}{' ' * blank}{right}"[: max(0, width)])

    def app_more(self) -> str:
        marks = getattr(self.app, "marks", None)
        return marks.more if marks else "…"
