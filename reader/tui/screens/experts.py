"""The index of experts (`g e`): who speaks in the library, as what, how often, since when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from reader.errors import SecnewsError
from reader.model import Expert
from reader.service import actions, experts
from reader.service.citing import cite_pending
from reader.service.library import Library
from reader.text.clean import clean_line
from reader.tui.counting import reach
from reader.tui.marks import LETTERS
from reader.tui.screens.growing import PAGE, GrowingWindow
from reader.tui.widgets.text_list import Cell, Row
from reader.tui.widgets.virtual_list import VirtualList

Place = tuple[int, int]  # an article and the offset of a quote in it


class ExpertsScreen(GrowingWindow[Place, Expert]):
    """Answers with the place of a quote to open, if one was chosen in a timeline."""

    title_text = "Experts"
    empty = "Nobody is found."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Timeline", id="experts.open", tooltip="All that this one has said."),
        Binding("x", "mark", "Choose", id="experts.mark", tooltip="Choose this one for M."),
        Binding("M", "merge", "One and the same", id="experts.merge", tooltip="The chosen ones and this one are one."),
        Binding("u", "undo", "Undo", id="experts.undo", tooltip="Take back the last change."),
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._chosen: dict[int, Expert] = {}

    def fetch(self, words: str, have: Sequence[Expert]) -> list[Expert]:
        cite_pending(self._library)  # what an older edition has stored; mostly nothing
        after = experts.position(have[-1]) if have else None
        return experts.experts(self._library, words.split(), limit=PAGE, after=after)

    def say_count(self) -> None:
        count = f"{len(self.items):,}{'' if self.whole or len(self.items) < PAGE else '+'}"
        chosen = f"  {len(self._chosen)} chosen" if self._chosen else ""
        self.list.say_title("Experts", f"{count}{chosen}   enter timeline  x M one and the same  / filter")

    def row_of(self, item: Expert) -> Row:
        width = self.app.size.width
        sign = self.app.marks.chosen if item.id in self._chosen else LETTERS[item.voice]
        cells = [
            Cell(sign, 1, f"voice-{item.voice}"),
            Cell(item.name, 26 if width >= 80 else 0),
            Cell(f"{item.quotes:,}", 5, "strong"),
        ]
        if width >= 110:
            outlets = "1 outlet" if item.outlets == 1 else f"{item.outlets:,} outlets"
            cells.append(Cell(outlets, 11, "quiet"))
        if width >= 80:
            cells.append(Cell(f"{item.first_seen:%Y-%m} to {item.last_seen:%Y-%m}", 19, "quiet"))
            cells.append(Cell("; ".join([*item.roles[:3], *item.organizations[:3]])))
        return cells

    def detail_of(self, item: Expert) -> str:
        seen = f"{item.first_seen:%Y-%m-%d} to {item.last_seen:%Y-%m-%d}"
        counts = reach(item)
        parts = (item.name, f"{item.voice} {item.type}", counts, seen, "; ".join(item.roles),
                 "; ".join(item.organizations))  # fmt: skip
        return "  ".join(part for part in parts if part)

    # --- commands ---------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        if self.current is not None:
            from reader.tui.screens.timeline import TimelineScreen

            self.app.push_screen(TimelineScreen(self._library, self.current), self.timeline_closed)

    def timeline_closed(self, place: Place | None) -> None:
        if place is not None:
            self.dismiss(place)
        else:
            self.show_rows(self._typed)  # something may have been told apart

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        self.action_open()

    def action_mark(self) -> None:
        if self.current is None:
            return
        if self._chosen.pop(self.current.id, None) is None:
            self._chosen[self.current.id] = self.current
        self.list.row_changed(self.list.cursor)
        self.say_count()
        self.list.move(1)

    def action_merge(self) -> None:
        """The one under the cursor takes in those that were chosen."""
        into = self.current
        others = [expert for expert in self._chosen.values() if into is None or expert.id != into.id]
        if into is None or not others:
            self.app.tell("Choose others with x first; M makes them one with the one under the cursor.")
            return
        names = ", ".join(clean_line(expert.name, 40) for expert in others[:3])
        done = f"{names} taken for {clean_line(into.name, 40)}; u takes it back."
        self.change(partial(experts.merge, self._library, [into.id, *(expert.id for expert in others)]), done)

    def action_undo(self) -> None:
        self.change(partial(actions.undo, self._library), "")

    def change(self, change: Callable[[], object], done: str) -> None:
        """Make a change and look again. It takes as long as rewriting what the experts say."""
        try:
            label = change()
        except SecnewsError as error:
            self.app.tell(str(error), error=True)
            return
        self.app.tell(done or (f"Undone: {label}." if label else "There is nothing to undo."))
        self._chosen.clear()
        self.show_rows(self._typed)
