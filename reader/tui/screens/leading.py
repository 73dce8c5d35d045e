"""Commands that lead outside: the browser and the clipboard, always with addresses that were checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.tui.screens.finding import Finding

if TYPE_CHECKING:
    from reader.tui.widgets.article_view import ArticleView
    from reader.tui.widgets.virtual_list import VirtualList


class Leading(Finding, inherit_bindings=False):
    def action_browse(self) -> None:
        row = self.target()
        if row is None:
            self.app.tell("No article is open.")
        elif not row.url:
            self.app.tell("This article has no address.")
        else:
            self.app.browse(row.url)

    def action_copy_address(self) -> None:
        row = self.target()
        if row is None or not row.url:
            self.app.tell("There is no address to copy.")
        else:
            self.app.copy(row.url, "the address")

    def action_copy_quote(self) -> None:
        article = self.article.article
        index = self.quotes.quote_index if self.focus_name == "quotes" else self.article.quote
        index = self.quotes.quote_index if index is None else index
        if article is None or index is None or index >= len(article.quotes):
            self.app.tell("There is no quote to copy; [ and ] go from quote to quote.")
            return
        from reader.tui.citing import cite

        self.app.copy(cite(article, article.quotes[index], self.app.zone), "the quote with its source")

    def show_card(self) -> None:
        """Who says the current quote."""
        article = self.article.article
        index = self.quotes.quote_index if self.focus_name == "quotes" else self.article.quote
        if article is None or index is None or index >= len(article.quotes):
            if article is not None and self.focus_name == "article":
                self.app.tell("No quote is the current one; [ and ] go from quote to quote.")
            return
        from reader.tui.screens.speaker import SpeakerScreen

        self.app.push_screen(SpeakerScreen(self.library, article, article.quotes[index]), self.card_closed)

    def card_closed(self, place: tuple[int, int] | None) -> None:
        raise NotImplementedError

    def on_article_view_link_clicked(self, message: ArticleView.LinkClicked) -> None:
        self.app.browse(message.url)

    def on_virtual_list_chosen(self, message: VirtualList.Chosen) -> None:
        if message.pane in (self.sections, self.articles):
            self.action_open()
        elif message.pane is self.quotes:
            self.show_card()
        elif message.pane is self.catalogue_pane():
            self.action_choose()

    def action_choose(self) -> None:
        raise NotImplementedError
