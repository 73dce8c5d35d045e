"""The mouse over a quote: after a moment the speaker's card, until a key or the mouse goes on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader import service
from reader.errors import SecnewsError
from reader.text.clean import clean_line
from reader.tui.marks import voice_of
from reader.tui.screens.ordering import Ordering

if TYPE_CHECKING:
    from textual.geometry import Offset

    from reader.model import Article, Quote, QuoteRow
    from reader.service.library import Library
    from reader.tui.widgets.hover_card import HoverCard
    from reader.tui.widgets.quote_hovered import QuoteHovered

REST = 0.5  # seconds that the mouse rests on a quote before the card appears
OTHERS = 3  # other quotes that it shows


class Hovering(Ordering, inherit_bindings=False):
    _card: HoverCard | None = None  # what is shown

    def on_quote_hovered(self, message: QuoteHovered) -> None:
        self.hide_hover()
        article = self.article.article
        if article is not None and message.index is not None and message.index < len(article.quotes):
            quote = article.quotes[message.index]
            self.soon("hover", REST, partial(self.look_up, article, quote, message.place))

    def look_up(self, article: Article, quote: Quote, place: Offset) -> None:
        job = partial(card_lines, self.library, article, quote)
        self.run_job(job, partial(self.show_hover, article, place), group="hover", failed=lambda _sentence: None)

    def show_hover(self, article: Article, place: Offset, lines: list[str]) -> None:
        shown = self.article.article
        if "hover" in self._timers_by_name and shown is not None and shown.row.id == article.row.id and self.is_current:
            from reader.tui.widgets.hover_card import HoverCard

            self.hide_card()
            self._card = HoverCard(lines, place)
            self.mount(self._card)

    def hide_hover(self) -> None:
        """Away with the card, also with one that is on its way."""
        self.cancel_soon("hover")
        self.hide_card()

    def hide_card(self) -> None:
        if self._card is not None:  # asked at every key: no query
            self._card.remove()
            self._card = None


def card_lines(library: Library, article: Article, quote: Quote) -> list[str]:
    """Name, role and organisation, voice, and a few of the speaker's other quotes in the library."""
    speaker = quote.speaker
    if speaker is None:
        return ["Nobody is named", f"{voice_of(quote)}, {quote.kind}"]
    name = clean_line(speaker.name, 120)
    known = [clean_line(part, 120) for part in (speaker.role, speaker.organization) if part]
    who = ", ".join(part for part in known if part != name)
    lines = [name, *([who] if who else []), f"{voice_of(quote)}, {quote.kind}"]
    try:
        others = _others(library, article, quote)
    except SecnewsError:
        return lines  # the card says what it can
    if others:
        lines.append(f"Also said{'' if len(others) <= OTHERS else ', among others'}:")
        lines += [f"  {clean_line(row.quote.text, 200)}" for row in others[:OTHERS]]
    return lines


def _others(library: Library, article: Article, quote: Quote) -> list[QuoteRow]:
    from reader.model import QuoteRow

    row = QuoteRow(article.row, quote)
    expert = service.experts.speaker_of(library, row) if article.row.id > 0 else None
    if expert is not None:
        found = service.experts.timeline(library, expert, limit=OTHERS + 20)
    else:
        found = library.quotes(speaker=quote.speaker.name, limit=OTHERS + 20) if quote.speaker else []
    words = {other.quote.text: other for other in reversed(found) if other.quote.text != quote.text}
    return list(reversed(words.values()))  # what is printed in many articles is shown once
