"""Six lines for the first start: what a reader needs to know, with the keys as they are on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widget import Widget

from reader.tui.keymap import shown
from reader.tui.wrap import cut

if TYPE_CHECKING:
    from reader.tui.app import RoomApp

# Each line: the ids of commands, whose keys are put in, and words.
LINES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("move.down", "move.up", "open", "back"), "{0} and {1} move, {2} opens, {3} goes back; the mouse works, too."),
    (("flow.on",), "{0} reads everything: a page, then the next unread article, then the next section."),
    (("quote.next", "quote.previous"), "{0} and {1} go from quote to quote; the letter says on whose behalf."),
    (("save", "tag", "undo"), "{0} saves for offline, {1} tags, {2} takes back whatever you did last."),
    (("search", "source.add", "refresh.all"), "{0} searches, {1} adds a source, {2} fetches everything."),
    (("help", "escape", "tour"), "{0} shows every key, {1} closes these lines, {2} brings them back."),
)  # fmt: skip
HEIGHT = len(LINES)


class Tour(Widget, inherit_bindings=False):
    """Takes no focus: every key goes on to the room."""

    app: RoomApp

    class Closed(Message):
        """The lines were clicked."""

    def __init__(self) -> None:
        super().__init__(id="tour")

    def lines(self) -> list[str]:
        """The six lines, with the keys that are bound now; the first of several keys stands for all."""
        keys = self.app.keymap.keys
        return [words.format(*(shown(keys[id_]).split("  ")[0] or "(no key)" for id_ in ids)) for ids, words in LINES]

    def render(self) -> Content:
        width = self.size.width - 2
        return Content("\n".join(f" {cut(line, max(0, width), self.app.marks.more)}" for line in self.lines()))

    def on_click(self, event: Click) -> None:
        event.stop()
        self.post_message(self.Closed())
