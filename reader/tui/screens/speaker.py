"""A speaker's card: who it is, how we know, and what else the library has of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from reader.errors import SecnewsError
from reader.model import Article, Quote, QuoteRow
from reader.service.library import Library
from reader.text.clean import clean_line
from reader.tui.marks import voice_of
from reader.tui.screens.dialog import Dialog, words
from reader.tui.times import age
from reader.tui.widgets.text_list import Cell, TextList
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.tui.app import RoomApp

OTHERS = 50  # quotes of the same speaker that are listed


class SpeakerScreen(Dialog[int]):
    """Answers with the id of an article to open, if one of the other quotes was chosen."""

    app: RoomApp
    AUTO_FOCUS = "TextList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "leave", "Close", id="speaker.close", tooltip="Close the card."),
        Binding(
            "enter", "choose", "Open", id="speaker.open", tooltip="Open the article of the quote under the cursor."
        ),
    ]

    def __init__(self, library: Library, article: Article, quote: Quote) -> None:
        super().__init__()
        self._library = library
        self._article = article
        self._quote = quote
        self._others: Sequence[QuoteRow] = ()

    def compose(self) -> ComposeResult:
        quote, speaker = self._quote, self._quote.speaker
        with Vertical(id="dialog") as box:
            box.border_title = Content("Who says it")
            yield words(clean_line(speaker.name) if speaker else "Nobody is named", classes="strong")
            if speaker is not None:
                for label, text in (
                    ("Role", speaker.role),
                    ("Organisation", speaker.organization),
                    ("Said as", speaker.mention),
                ):
                    if text:
                        yield words(f"{label}: {clean_line(text)}")
            yield words(f"Voice: {voice_of(quote)}, {speaker.type if speaker else 'unknown'}")
            yield words(f"Quote: {quote.kind}, by “{clean_line(quote.cue)}”" if quote.cue else f"Quote: {quote.kind}")
            yield words(f"Found by the pattern {quote.reason}, {quote.confidence:.0%} sure", classes="quiet")
            yield TextList(title="Other quotes in the library", id="others", empty="Nothing else by this speaker.")

    def on_mount(self) -> None:
        if self._quote.speaker is None:
            self.query_one("#others").display = False
            return
        self.run_worker(self._read, thread=True, exclusive=True, exit_on_error=False)

    def _read(self) -> None:
        name = self._quote.speaker.name if self._quote.speaker else ""
        try:
            found = self._library.quotes(speaker=name, limit=OTHERS + 20)
        except SecnewsError:
            return  # the card without the list says what it can
        here = self._article.row.id
        others = [row for row in found if row.article.id != here or row.quote.start != self._quote.start]
        self.app.call_from_thread(self.show, others[:OTHERS])

    def show(self, others: Sequence[QuoteRow]) -> None:
        self._others = others
        now = self.app.now()
        self.query_one("#others", TextList).show_rows(
            [
                [Cell(age(row.article.published or row.article.sort_date, now), 4, "quiet"), Cell(row.quote.text)]
                for row in others
            ]
        )

    def action_choose(self) -> None:
        cursor = self.query_one("#others", TextList).cursor
        self.dismiss(self._others[cursor].article.id if cursor < len(self._others) else None)

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        self.action_choose()
