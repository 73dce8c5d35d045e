"""A speaker's card: who it is, how we know, where else the words are printed, and what else they said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from reader.errors import SecnewsError
from reader.model import Article, CorrectedQuote, Expert, Quote, QuoteRow
from reader.service import experts, recycled
from reader.service.library import Library
from reader.text.clean import clean_line
from reader.text.sparkline import by_month, sparkline
from reader.tui.counting import reach
from reader.tui.marks import voice_of
from reader.tui.screens.dialog import Dialog, words
from reader.tui.times import age
from reader.tui.widgets.text_list import Cell, TextList
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.tui.app import RoomApp

OTHERS = 50  # quotes of the same speaker that are listed
NAMED = 3  # other outlets that are named

Place = tuple[int, int]  # an article and the offset of a quote in it


class Known(NamedTuple):
    """What the library knows besides the quote itself."""

    expert: Expert | None
    others: Sequence[QuoteRow]
    again: Sequence[QuoteRow]  # the same words, the earliest first
    outlets: Sequence[str]
    months: Sequence[tuple[str, int]] = ()


class SpeakerScreen(Dialog[Place]):
    """Answers with the place of a quote to open, if one was chosen."""

    app: RoomApp
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "leave", "Close", id="speaker.close", tooltip="Close the card."),
        Binding(
            "enter", "choose", "Open", id="speaker.open", tooltip="Open the article of the quote under the cursor."
        ),
        Binding("e", "timeline", "Timeline", id="speaker.timeline", tooltip="All that this one has said."),
    ]

    def __init__(self, library: Library, article: Article, quote: Quote) -> None:
        super().__init__()
        self._library = library
        self._article = article
        self._quote = quote
        self._known = Known(None, (), (), ())

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
            if isinstance(quote, CorrectedQuote):
                found = clean_line(quote.found.name) if quote.found else "nobody"
                yield words(f"Corrected by you; the program had found {found}", classes="quiet")
            yield words("", id="again")
            yield words("", id="expert", classes="quiet")
            yield words("", id="line", classes="quiet")
            yield TextList(title="Other quotes in the library", id="others", empty="Nothing else by this speaker.")

    def on_mount(self) -> None:
        if self._quote.speaker is None:
            self.query_one("#others").display = False
        self.query_one("#again").display = self.query_one("#expert").display = False
        self.query_one("#line").display = False
        self.set_focus(self.query_one("#others"), scroll_visible=False)  # who it is is seen first
        self.run_worker(self._read, thread=True, exclusive=True, exit_on_error=False)

    def show_field(self) -> None:
        """The list has the focus from the beginning; its cursor brings it into sight."""

    def _read(self) -> None:
        try:
            known = self._look()
        except SecnewsError:
            return  # the card without the list says what it can
        self.app.call_from_thread(self.show, known)

    def _look(self) -> Known:
        """Look the speaker and the words up; of an article that is in no index the name is all there is to go by."""
        row, speaker = QuoteRow(self._article.row, self._quote), self._quote.speaker
        again = recycled.recycled(self._library, row)
        expert = experts.speaker_of(self._library, row) if row.article.id > 0 else None
        if expert is not None:
            found = experts.timeline(self._library, expert, limit=OTHERS + 20)
        else:
            found = self._library.quotes(speaker=speaker.name, limit=OTHERS + 20) if speaker else []
        place = (self._article.row.id, self._quote.start)
        others = [other for other in found if (other.article.id, other.quote.start) != place]
        months = experts.months(self._library, expert) if expert is not None else ()
        return Known(expert, others[:OTHERS], again, recycled.outlets(again, row), by_month(months))

    def show(self, known: Known) -> None:
        if not self.is_attached:
            return
        self._known = known
        now = self.app.now()
        if known.again:
            self._say("#again", _printed_in(known))
        if known.expert is not None:
            one = known.expert
            self._say("#expert", f"{reach(one)} since {one.first_seen:%B %Y}; e shows all of them")
        if len(known.months) > 1:
            bars = sparkline([count for _, count in known.months], 40, ascii_only=self.app.config.reading.ascii)
            self._say("#line", f"{known.months[0][0]} {bars} {known.months[-1][0]}")
        self.query_one("#others", TextList).show_rows(
            [
                [
                    Cell(age(row.article.published or row.article.sort_date, now), 4, "quiet"),
                    Cell(row.article.source_title, 16, "quiet"),
                    Cell(row.quote.text),
                ]
                for row in known.others
            ]
        )

    def _say(self, selector: str, told: str) -> None:
        field = self.query_one(selector, Static)
        field.display = True
        field.update(Content(clean_line(told, 400)))

    def action_choose(self) -> None:
        cursor, others = self.query_one("#others", TextList).cursor, self._known.others
        self.dismiss((others[cursor].article.id, others[cursor].quote.start) if cursor < len(others) else None)

    def action_timeline(self) -> None:
        if self._known.expert is None:
            self.app.tell("The library has nothing else of them.")
            return
        from reader.tui.screens.timeline import TimelineScreen

        self.app.push_screen(TimelineScreen(self._library, self._known.expert), self.timeline_closed)

    def timeline_closed(self, place: Place | None) -> None:
        if place is not None:
            self.dismiss(place)

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        self.action_choose()


def _printed_in(known: Known) -> str:
    """`Also in 4 outlets: One, Two, Three and 1 more; first in One, 3 March 2026`."""
    first = known.again[0].article
    when = first.published or first.sort_date
    outlets = known.outlets
    if not outlets:
        return f"The same words in {len(known.again):,} articles of this outlet"
    named = ", ".join(clean_line(title, 40) for title in outlets[:NAMED])
    more = f" and {len(outlets) - NAMED:,} more" if len(outlets) > NAMED else ""
    count = "another outlet" if len(outlets) == 1 else f"{len(outlets):,} other outlets"
    return f"Also in {count}: {named}{more}; first in {clean_line(first.source_title, 40)}, {when.day} {when:%B %Y}"
