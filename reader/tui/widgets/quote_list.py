"""The Quotes pane: who says what in the article."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Leave, MouseMove
from textual.geometry import Offset

from reader.model import VOICE_STRENGTH, Voice
from reader.text.clean import clean_line
from reader.tui.commands import bindings
from reader.tui.marks import letter_of, voice_of
from reader.tui.widgets.quote_hovered import NOWHERE, QuoteHovered
from reader.tui.widgets.virtual_list import VirtualList
from reader.tui.wrap import beginning, cut

if TYPE_CHECKING:
    from reader.model import Quote


WHO_LINES = 2  # of role and organisation
QUOTE_LINES = 6  # of a longer quote the pane shows the beginning; the article has it whole

Row = list[tuple[str, str]]  # lines: text and ink


class QuoteList(VirtualList):
    """Shows `quotes`, all or those of one voice. `indexes` says which quotes the rows are."""

    BINDINGS = bindings("Q")
    empty_text = "The quotes of the article you open are listed here."

    def __init__(self) -> None:
        super().__init__(title="Quotes", id="quotes")
        self.quotes: Sequence[Quote] = ()
        self.indexes: list[int] = []
        self.voice: Voice | None = None
        self.hovered: int | None = None  # the quote under the mouse
        self._rows: list[Row] = []
        self._tops: list[int] = [0]
        self._width = -1

    # --- content --------------------------------------------------------------------------------------------------

    def show_quotes(self, quotes: Sequence[Quote], *, opened: bool = True) -> None:
        """Show the quotes of another article; `opened` says that there is one."""
        self.quotes = quotes
        self.cursor = 0
        self.empty_text = "Nobody is quoted in this article." if opened else type(self).empty_text
        self._choose()
        self.show_from(0)

    def next_voice(self) -> Voice | None:
        """Show only one voice: the next one that this article has, after the last all again."""
        seen = {voice_of(quote) for quote in self.quotes}
        order: list[Voice | None] = [None, *(voice for voice in VOICE_STRENGTH if voice in seen)]
        at = order.index(self.voice) if self.voice in order else 0
        self.voice = order[(at + 1) % len(order)]
        kept = self.quote_index
        self._choose()
        self.go_to(kept)
        return self.voice

    @property
    def quote_index(self) -> int | None:
        """The quote under the cursor, counted as in the article."""
        return self.indexes[self.cursor] if self.cursor < len(self.indexes) else None

    def go_to(self, index: int | None) -> None:
        """Put the cursor on quote `index` of the article, without telling anyone."""
        if index in self.indexes:
            self.set_cursor(self.indexes.index(index), tell=False)
            self._say_count()

    def set_cursor(self, index: int, *, tell: bool = True, scroll: bool = True) -> None:
        super().set_cursor(index, tell=tell, scroll=scroll)
        self._say_count()

    def _choose(self) -> None:
        voices = [voice_of(quote) for quote in self.quotes]
        if self.voice not in voices:
            self.voice = None
        self.indexes = [i for i, voice in enumerate(voices) if self.voice in (None, voice)]
        self._width = -1
        self.rows_changed()
        self._say_count()

    def _say_count(self) -> None:
        only = f"{self.voice} only  " if self.voice else ""
        place = f"{self.cursor + 1}/{len(self.indexes)}" if self.indexes else ""
        self.say_title("Quotes", only + place)

    def on_mouse_move(self, event: MouseMove) -> None:
        offset = event.get_content_offset(self)
        row = self.index_at(offset.y + self.top) if offset is not None else len(self.indexes)
        self.say_hovered(self.indexes[row] if 0 <= row < len(self.indexes) else None, event.screen_offset)

    def on_leave(self, event: Leave) -> None:
        self.say_hovered(None)

    def say_hovered(self, index: int | None, place: Offset = NOWHERE) -> None:
        """The mouse is over another quote, or over none any more."""
        if index != self.hovered:
            self.hovered = index
            self.post_message(QuoteHovered(index, place))

    # --- rows of different heights --------------------------------------------------------------------------------

    @property
    def row_count(self) -> int:
        return len(self.indexes)

    def rows_changed(self) -> None:
        if self._width != self.line_width:
            self._width = self.line_width
            self._rows = [self._lines_of(self.quotes[index], self._width) for index in self.indexes]
            self._tops = [0, *accumulate(len(row) for row in self._rows)]
        super().rows_changed()

    def first_line(self, index: int) -> int:
        return self._tops[min(index, len(self._tops) - 1)]

    def height_of(self, index: int) -> int:
        return len(self._rows[index])

    def index_at(self, y: int) -> int:
        return bisect_right(self._tops, y) - 1

    def _lines_of(self, quote: Quote, width: int) -> Row:
        speaker, more = quote.speaker, self.marks.more
        inner = max(1, width - 3)
        if speaker is None:
            lines: Row = [("(nobody named)", "strong")]
        else:
            lines = [(cut(clean_line(speaker.name, 200), inner, more), "strong")]
            rest = ", ".join(clean_line(part, 200) for part in (speaker.role, speaker.organization) if part)
            # A name that is the organisation itself needs no second line to say so.
            if rest and rest != clean_line(speaker.name, 200):
                lines += [(line, "quiet") for line in beginning(rest, inner, WHO_LINES, more)]
        lines.append((cut(f"{voice_of(quote)}, {quote.kind}", inner, more), "quiet"))
        from reader.model import CorrectedQuote

        if isinstance(quote, CorrectedQuote):
            lines.append((cut("corrected by you", inner, more), "quiet"))
        lines += [(line, "") for line in beginning(clean_line(quote.text, 4000), inner, QUOTE_LINES, more)]
        return [*lines, ("", "")]

    def draw_row(self, index: int, line: int, width: int, style: Style) -> list[Segment]:
        row = self._rows[index]
        quote = self.quotes[self.indexes[index]]
        text, name = row[line]
        last = line == len(row) - 1
        current = index == self.cursor and not last
        ground = style if current else self.style()
        voice = self.over(f"voice-{voice_of(quote)}")
        sign = letter_of(quote) if line == 0 else " " if last else self.marks.bar
        text = text if width > 3 else ""  # the letter alone
        return [
            Segment(f"{sign} "[:width], ground if current else ground + voice),
            Segment(
                text,
                ground + (Style(bold=True) if name == "strong" else Style.null())
                if current
                else ground + self.over(name),
            ),
            Segment(" " * max(0, width - 2 - cell_len(text)) if current else "", ground),
        ]
