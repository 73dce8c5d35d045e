"""What has changed in a saved article, from one revision to the next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from reader.errors import SecnewsError
from reader.tui.difference_sheet import difference_sheet
from reader.tui.screens.dialog import Dialog
from reader.tui.times import since
from reader.tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from reader.service.library import Library
    from reader.service.revisions import Difference
    from reader.tui.app import RoomApp


class DifferenceScreen(Dialog[bool]):
    """Answers True if the page is to be fetched again. `revisions` are how many can be compared; at least two."""

    app: RoomApp
    AUTO_FOCUS = "TextPane"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "leave", "Close", id="changes.close", tooltip="Close this window."),
        Binding("n,right_square_bracket", "step(1)", "Next change", id="changes.next", tooltip="The next change."),
        Binding("p,left_square_bracket", "step(-1)", "Change before", id="changes.previous",
                tooltip="The change before."),
        Binding("h,left", "revision(-1)", "Older", id="changes.older", tooltip="The revision before."),
        Binding("l,right", "revision(1)", "Newer", id="changes.newer", tooltip="The revision after."),
        Binding("r", "again", "Fetch again", id="changes.fetch", tooltip="Fetch the page again and keep what is new."),
    ]  # fmt: skip

    def __init__(self, library: Library, article_id: int, found: Difference, number: int, revisions: int) -> None:
        super().__init__()
        self._library, self._article_id = library, article_id
        self._found, self._number, self._revisions = found, number, revisions
        self._places: tuple[int, ...] = ()
        self._pane = TextPane(title="What changed", id="changes")

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield self._pane

    def on_mount(self) -> None:
        self.show(self._found)

    def show(self, found: Difference) -> None:
        self._found = found
        made = difference_sheet(found.changes, found.new.wall)
        self._places = made.places
        self._pane.show_sheet(made.sheet)
        now, zone = self.app.now(), self.app.zone
        when = " → ".join(since(one.isoformat(), now, zone) for one in (found.old.checked, found.new.fetched))
        keys = "n p changes" + ("  h l revisions" if self._revisions > 2 else "") + "  r again  esc close"
        self._pane.say_title(f"What changed  {when}", f"{self._number}/{self._revisions}   {keys}")

    def action_step(self, step: int) -> None:
        """Go to the next change below the top, or the one above it."""
        lines = [self._pane.line_of(place) for place in self._places]
        if step > 0:
            there = [place for place, line in zip(self._places, lines, strict=True) if line > self._pane.top]
        else:
            there = [place for place, line in zip(self._places, lines, strict=True) if line < self._pane.top][::-1]
        if there:
            self._pane.show_position(there[0])

    def action_revision(self, step: int) -> None:
        number = self._number + step
        if not 2 <= number <= self._revisions:
            self.app.tell("There is no newer revision." if step > 0 else "There is no revision before.")
            return
        self.run_worker(partial(self._read, number), thread=True, exclusive=True, exit_on_error=False)

    def _read(self, number: int) -> None:
        from reader.service.revisions import difference

        try:
            found = difference(self._library, self._article_id, number)
        except SecnewsError as error:
            self.app.call_from_thread(self.app.tell, str(error), error=True)
            return
        self.app.call_from_thread(self._take, number, found)

    def _take(self, number: int, found: Difference) -> None:
        if self.is_attached:
            self._number = number
            self.show(found)

    def action_again(self) -> None:
        self.dismiss(True)
