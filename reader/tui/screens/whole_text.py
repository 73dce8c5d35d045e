"""The whole text of an article's page and the feed's text, one in place of the other, fetched beside the reading."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from reader.tui.screens.sourcing import Sourcing

if TYPE_CHECKING:
    from reader.service.full_text import Shown
    from reader.tui.page import Page


class WholeText(Sourcing, inherit_bindings=False):
    _fetching: threading.Event | None = None  # set to cancel the fetch that is under way

    def action_full_text(self) -> None:
        """The other text of this article; a page is fetched the first time, and esc cancels that."""
        row = self.target()
        if row is None or self.refuse_change():
            return
        if row.id < 0:
            self.tell_not_kept(row.id)
            return
        if self._fetching is not None:
            self.app.tell("A page is being fetched already; esc cancels that.")
            return
        cancel = self._fetching = threading.Event()
        self.status.say(activity="fetching the whole text")
        article_id = row.id

        def switch() -> tuple[Shown, Page]:
            from reader.service.full_text import toggle  # asyncio and the HTTP client: not before they are needed
            from reader.tui.page import page_of

            shown = toggle(self.library, article_id, offline=self.app.offline, cancel=cancel)
            article = self.library.article(article_id)
            return shown, page_of(article, self.article.measure(), self.app.marks, self.app.zone)

        self.run_job(
            switch,
            partial(self.text_switched, article_id, cancel),
            group="whole text",
            failed=partial(self.text_not_switched, cancel),
        )

    def text_switched(self, article_id: int, cancel: threading.Event, found: tuple[Shown, Page]) -> None:
        self.fetching_ended(cancel)
        shown, page = found
        current = self.article.article
        if page.article is not None and current is not None and current.row.id == article_id:
            self.article.show_page(page)
            self.quotes.show_quotes(page.article.quotes)
            self.articles.update_row(page.article.row)
        self.app.tell(f"{'Whole text' if shown.page else 'Text of the feed'}. {shown.reason}")

    def text_not_switched(self, cancel: threading.Event, sentence: str) -> None:
        self.fetching_ended(cancel)
        self.app.tell(sentence, error=not cancel.is_set())

    def fetching_ended(self, cancel: threading.Event) -> None:
        if self._fetching is cancel:
            self._fetching = None
        self.say_fresh()

    def close_room(self) -> None:
        """A fetch that is under way is not waited for."""
        if self._fetching is not None:
            self._fetching.set()

    def refreshing(self) -> bool:
        return self._fetching is not None or super().refreshing()

    def cancel_refresh(self) -> None:
        if self._fetching is not None:
            self._fetching.set()
            self._fetching = None
            self.status.say(activity="cancelling the fetch")
        else:
            super().cancel_refresh()
