"""Every quote of the library (`g q`), newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from reader.model import VOICE_STRENGTH, QuoteRow, View, Voice
from reader.service.library import Library
from reader.text.clean import clean_line
from reader.text.sparkline import shares
from reader.tui.citing import cite_row
from reader.tui.marks import LETTERS, letter_of, voice_of
from reader.tui.screens.growing import PAGE, GrowingWindow
from reader.tui.times import age
from reader.tui.widgets.brief import Brief
from reader.tui.widgets.text_list import Cell, Row
from reader.tui.widgets.virtual_list import VirtualList

Place = tuple[int, int]
WIDEST = 130  # columns of a window


class AllQuotesScreen(GrowingWindow[Place, QuoteRow]):
    """Answers with the place of a quote to open.

    Typed words find speakers and organisations, and articles where nobody of that name speaks.
    """

    title_text = "Quotes of the library"
    empty = "No quotes are found."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="quotes.open", tooltip="Open the article at this quote."),
        Binding(
            "V", "next_voice", "One voice", id="quotes.voice", tooltip="The quotes of one voice, then of the next."
        ),
        Binding("Y", "copy", "Copy", id="quotes.copy", tooltip="Copy the quote with who said it, where and when."),
    ]

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._voice: Voice | None = None
        self._shares = Brief(id="quotes-shares", most=1)

    def compose(self) -> ComposeResult:
        with Vertical(id="window"):
            yield self._shares
            yield self.list
            yield self.detail
            yield Input(placeholder="/ filter", id="window-filter", compact=True)

    def fetch(self, words: str, have: Sequence[QuoteRow]) -> list[QuoteRow]:
        limit, voice = len(have) + PAGE, self._voice
        quotes = self._library.quotes
        if not words.strip():
            return quotes(voice=voice, limit=limit)[len(have) :]
        found = [
            *quotes(speaker=words.strip(), voice=voice, limit=limit),
            *quotes(org=words.strip(), voice=voice, limit=limit),
        ]
        if not found:  # nobody of that name spoke: then the articles with these words
            found = quotes(view=View(words=tuple(words.split())[:32]), voice=voice, limit=limit)
        once = {(row.article.id, row.quote.start): row for row in found}
        newest = sorted(once.values(), key=lambda row: (row.article.sort_date, row.article.id), reverse=True)
        known = {(row.article.id, row.quote.start) for row in have}
        return [row for row in newest[:limit] if (row.article.id, row.quote.start) not in known]

    def say_count(self) -> None:
        more = "" if self.whole or len(self.items) < PAGE else "+"
        only = f"  {self._voice} only" if self._voice else ""
        self.list.say_title(self.title_text, f"{len(self.items):,}{more}{only}   enter open  V voice  Y copy  / filter")

        self._shares.say(self.shares())

    def shares(self) -> str:
        """Which share of the quotes that are listed each voice has: a letter, a bar, a number; nothing for none."""
        counted = Counter(voice_of(item.quote) for item in self.items)
        voices = [voice for voice in VOICE_STRENGTH if counted[voice]]
        room = min(self.app.size.width, WIDEST) - 8 - len(voices) * 16
        cells = shares([counted[voice] for voice in voices], max(len(voices), room))
        bar, whole = self.app.marks.share, len(self.items)
        return "  ".join(
            f"{LETTERS[voice]}{bar * long} {voice} {round(100 * counted[voice] / whole)} %"
            for voice, long in zip(voices, cells, strict=True)
        )

    def row_of(self, item: QuoteRow) -> Row:
        width, who = self.app.size.width, item.quote.speaker
        date = item.article.published or item.article.sort_date
        cells = [
            Cell(letter_of(item.quote), 1, f"voice-{voice_of(item.quote)}"),
            Cell(age(date, self.app.now()), 4, "quiet"),
            Cell(who.name if who else "(nobody named)", 22 if width >= 60 else 14, "strong"),
            Cell(item.quote.text),
        ]
        if width >= 100:
            cells.insert(3, Cell(", ".join(part for part in (who.role, who.organization) if part) if who else "", 26,
                                 "quiet"))  # fmt: skip
        return cells

    def detail_of(self, item: QuoteRow) -> str:
        who = item.quote.speaker
        said = ", ".join(part for part in (who.name, who.role, who.organization) if part) if who else "(nobody named)"
        return f"{clean_line(item.quote.text, 500)}  {said}  {item.article.source_title}: {item.article.title}"

    # --- commands ---------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        if self.current is not None:
            self.dismiss((self.current.article.id, self.current.quote.start))

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        self.action_open()

    def action_copy(self) -> None:
        if self.current is not None:
            self.app.copy(cite_row(self.current, self.app.zone), "the quote with its source")

    def action_next_voice(self) -> None:
        order: list[Voice | None] = [None, *VOICE_STRENGTH]
        self._voice = order[(order.index(self._voice) + 1) % len(order)]
        self.show_rows(self._typed)
