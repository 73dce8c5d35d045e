"""All that one expert has said, across outlets, with a picture of the months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from reader.errors import SecnewsError
from reader.model import Expert, QuoteRow
from reader.service import actions, experts
from reader.service.library import Library
from reader.text.clean import clean_line
from reader.text.sparkline import by_month, sparkline
from reader.tui.citing import cite_row
from reader.tui.counting import reach
from reader.tui.screens.growing import PAGE, GrowingWindow
from reader.tui.widgets.brief import Brief
from reader.tui.widgets.text_list import Cell, Row
from reader.tui.widgets.virtual_list import VirtualList

Place = tuple[int, int]


class TimelineScreen(GrowingWindow[Place, QuoteRow]):
    """Answers with the place of a quote to open."""

    title_text = "Timeline"
    empty = "Nothing is found."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="timeline.open", tooltip="Open the article at this quote."),
        Binding("Y", "copy", "Copy", id="timeline.copy", tooltip="Copy the quote with who said it, where and when."),
        Binding("x", "mark", "Choose", id="timeline.mark", tooltip="Choose this article for S."),
        Binding("S", "split", "Somebody else", id="timeline.split", tooltip="In the chosen articles, or this one, it is"
                " somebody else of that name."),
        Binding("u", "undo", "Undo", id="timeline.undo", tooltip="Take back the last change."),
    ]  # fmt: skip

    def __init__(self, library: Library, expert: Expert) -> None:
        super().__init__()
        self._library = library
        self._expert = expert
        self._months: list[tuple[str, int]] = []
        self._chosen: set[int] = set()
        self._all: list[QuoteRow] | None = None
        self._who, self._what, self._line = (
            Brief(id="timeline-who", most=1),
            Brief(id="timeline-what"),
            Brief(id="timeline-months", most=1),
        )

    def compose(self) -> ComposeResult:
        self._who.say(clean_line(self._expert.name, 200))
        with Vertical(id="window"):
            yield self._who
            yield self._what
            yield self._line
            yield self.list
            yield self.detail
            yield Input(placeholder="/ filter", id="window-filter", compact=True)

    def fetch(self, words: str, have: Sequence[QuoteRow]) -> list[QuoteRow]:
        if not have:
            self._months = experts.months(self._library, self._expert)
        if words:
            wanted = words.casefold().split()
            return [] if have else [row for row in self._whole() if all(word in _told(row) for word in wanted)]
        return experts.timeline(self._library, self._expert, limit=len(have) + PAGE)[len(have) :]

    def _whole(self) -> list[QuoteRow]:
        if self._all is None:
            self._all = experts.timeline(self._library, self._expert)
        return self._all

    def say_count(self) -> None:
        expert = self._expert
        more = "" if self.whole or len(self.items) < PAGE else "+"
        chosen = f"  {len(self._chosen)} articles chosen" if self._chosen else ""
        self.list.say_title(
            "What was said", f"{len(self.items):,}{more}{chosen}   enter open  Y copy  S somebody else  / filter"
        )
        counts = reach(expert)
        parts = ("; ".join(expert.roles[:6]), "; ".join(expert.organizations[:6]), counts)
        self._what.say("  ".join(part for part in parts if part))
        months = by_month(self._months)
        if months:
            room = max(8, min(self.app.size.width, 130) - 30)
            bars = sparkline([count for _, count in months], room, ascii_only=self.app.config.reading.ascii)
            most = max(count for _, count in months)
            told = f"{months[0][0]} {bars} {months[-1][0]}  (at most {most} a month)"
            self._line.say(told)

    def row_of(self, item: QuoteRow) -> Row:
        width = self.app.size.width
        date = item.article.published or item.article.sort_date
        sign = self.app.marks.chosen if item.article.id in self._chosen else ""
        cells = [Cell(sign, 1, "strong"), Cell(f"{date:%Y-%m-%d}", 10, "quiet"), Cell(item.quote.text)]
        if width >= 70:
            cells.insert(2, Cell(item.article.source_title, 18, "quiet"))
        if width >= 110:
            cells.insert(3, Cell(item.quote.kind, 8, "quiet"))
        return cells

    def detail_of(self, item: QuoteRow) -> str:
        return f"{item.quote.text}  {item.article.source_title}: {item.article.title}"

    # --- commands ---------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        if self.current is not None:
            self.dismiss((self.current.article.id, self.current.quote.start))

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        self.action_open()

    def action_copy(self) -> None:
        if self.current is not None:
            self.app.copy(cite_row(self.current, self.app.zone), "the quote with its source")

    def action_mark(self) -> None:
        if self.current is not None:
            self._chosen ^= {self.current.article.id}
            self.list.changed()
            self.say_count()
            self.list.move(1)

    def action_split(self) -> None:
        if self.current is None:
            return
        chosen = self._chosen or {self.current.article.id}
        try:
            other = experts.split(self._library, self._expert.id, sorted(chosen))
        except SecnewsError as error:
            self.app.tell(str(error), error=True)
            return
        self.app.tell(f"Told apart: another {clean_line(other.name, 40)} in {len(chosen)} articles; u takes it back.")
        self.look_again()

    def action_undo(self) -> None:
        try:
            label = actions.undo(self._library)
        except SecnewsError as error:
            self.app.tell(str(error), error=True)
            return
        self.app.tell(f"Undone: {label}." if label else "There is nothing to undo.")
        self.look_again()

    def look_again(self) -> None:
        """The expert may be another now; one who is gone leaves."""
        self._chosen.clear()
        self._all = None
        try:
            self._expert = experts.get(self._library, self._expert.id)
        except SecnewsError:
            self.dismiss(None)
            return
        self.show_rows(self._typed)


def _told(row: QuoteRow) -> str:
    return f"{row.quote.text} {row.article.source_title} {row.article.title} {row.quote.kind}".casefold()
