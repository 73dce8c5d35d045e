"""Commands about quotes and who says them: the card, correcting, hiding, all quotes, the experts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reader import service
from reader.text.clean import clean_line
from reader.tui.screens.leading import Leading

if TYPE_CHECKING:
    from reader.model import Article, Quote
    from reader.tui.page import Page


class Quoting(Leading, inherit_bindings=False):
    # --- windows ----------------------------------------------------------------------------------------------------

    def action_all_quotes(self) -> None:
        from reader.tui.screens.all_quotes import AllQuotesScreen

        self.app.push_screen(AllQuotesScreen(self.library), self.place_chosen)

    def action_experts(self) -> None:
        from reader.tui.screens.experts import ExpertsScreen

        self.app.push_screen(ExpertsScreen(self.library), self.experts_closed)

    def action_rules(self) -> None:
        from reader.tui.screens.rules import RulesScreen

        self.app.push_screen(RulesScreen(self.library), self.rules_closed)

    def rules_closed(self, place: tuple[int, int] | None) -> None:
        self.reload()  # what a rule hides comes and goes with it
        self.place_chosen(place)

    def experts_closed(self, place: tuple[int, int] | None) -> None:
        self.reread_quotes()  # what was brought together there may have been undone together with a correction
        self.place_chosen(place)

    def card_closed(self, place: tuple[int, int] | None) -> None:
        self.place_chosen(place)

    def place_chosen(self, place: tuple[int, int] | None) -> None:
        """Open an article at the quote that begins at an offset."""
        if place is None:
            return
        article_id, start = place
        index = self.articles.rows.index_of(article_id) if self.articles.rows else None
        if index is not None:
            self.articles.set_cursor(index, tell=False)
        self.focus_pane("article")
        self.open_article(article_id, partial(self.show_quote_at, start))

    def show_quote_at(self, start: int) -> None:
        article = self.article.article
        for index, quote in enumerate(article.quotes if article else ()):
            if quote.start == start:
                self.article.go_to_quote(index)
                self.quotes.go_to(index)

    # --- changes ----------------------------------------------------------------------------------------------------

    def quote_to_change(self) -> tuple[Article, Quote] | None:
        """The quote under the cursor of the Quotes pane, if it may be changed; else the reader is told why not."""
        article, index = self.article.article, self.quotes.quote_index
        if article is None or index is None or index >= len(article.quotes):
            self.app.tell("There is no quote here.")
            return None
        if article.row.id < 0:
            self.tell_not_kept(article.row.id)
            return None
        return None if self.refuse_change() else (article, article.quotes[index])

    def action_correct(self) -> None:
        chosen = self.quote_to_change()
        if chosen is not None:
            from reader.tui.screens.correct import CorrectScreen

            self.app.push_screen(CorrectScreen(chosen[1]), partial(self.corrected, *chosen))

    def corrected(self, article: Article, quote: Quote, answer: tuple[object] | None) -> None:
        from reader.tui.screens.correct import Answer

        if not isinstance(answer, Answer):
            return
        speaker = answer.speaker
        told = f"Said by {clean_line(speaker.name, 60)} now" if speaker else "Nobody is named now"
        change = partial(service.corrections.correct, self.library, article.row.id, quote.start, quote.end, speaker)
        self.run_change(change, partial(self.quotes_changed, told))

    def action_hide(self) -> None:
        chosen = self.quote_to_change()
        if chosen is not None:
            article, quote = chosen
            change = partial(service.corrections.hide, self.library, article.row.id, quote.start, quote.end)
            self.run_change(change, partial(self.quotes_changed, "Hidden"))

    def quotes_changed(self, told: str, changed: int) -> None:
        self.app.tell(f"{told}; u takes it back." if changed else "That is what was there already.")
        self.reread_quotes()

    def undone(self, label: str | None) -> None:
        super().undone(label)
        if label is not None:
            self.reread_quotes()

    def reread_quotes(self) -> None:
        """Show quotes and notes of the article as they are in the library now; the reader stays where they are."""
        article = self.article.article
        if article is None or article.row.id < 0:
            return
        article_id, width = article.row.id, self.article.measure()

        def read() -> Page | None:
            from reader.tui.page import page_of

            fresh = self.library.article(article_id)
            if (fresh.quotes, fresh.notes) == (article.quotes, article.notes):
                return None
            return page_of(fresh, width, self.app.marks, self.app.zone)

        self.run_job(read, partial(self.quotes_reread, article_id), group="quotes")

    def quotes_reread(self, article_id: int, page: Page | None) -> None:
        current = self.article.article
        if page is None or page.article is None or current is None or current.row.id != article_id:
            return
        cursor = self.quotes.cursor
        self.article.update_page(page)
        self.quotes.show_quotes(page.article.quotes)
        self.quotes.set_cursor(cursor, tell=False)
        self.articles.update_row(page.article.row)
