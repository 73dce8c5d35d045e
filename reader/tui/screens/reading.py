"""Commands that open and read: articles, unread ones, quotes, pages, matches, links by letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from reader import service
from reader.errors import SecnewsError
from reader.model import ArticleRow, View
from reader.tui.screens.moving import Moving

TRAIL = 200  # articles to go back to


class Reading(Moving, inherit_bindings=False):
    def action_open(self) -> None:
        if self.focus_name == "sections":
            place = self.sections.place
            self.cancel_soon("place")
            if place is not None:
                if place.key != self.place.key or self.words:
                    self.show_place(place)
                self.focus_pane("articles")
        elif self.focus_name == "articles":
            if self.articles.article_id is not None:
                self.focus_pane("article")
                self.open_under_cursor()
        else:
            self.show_card()

    def show_card(self) -> None:
        raise NotImplementedError

    def open_under_cursor(self) -> None:
        if self.articles.article_id is not None and self.place.view is not None:
            self.open_article(self.articles.article_id)

    def open_article(self, article_id: int, then: Callable[[], None] | None = None) -> None:
        """Show an article as one that is being read: it counts as opened, and `'` leads back to the one before."""
        current = self.article.article
        if current is not None and current.row.id != article_id and current.row.id not in self.trail[-1:]:
            self.trail = [*self.trail[-TRAIL:], current.row.id]
        self.load(article_id, partial(self._opened, article_id, then))

    def _opened(self, article_id: int, then: Callable[[], None] | None) -> None:
        if then:
            then()
        reading = self.app.config.reading
        if reading.mark_read == "open":
            self.mark_opened(article_id)
        elif reading.mark_read == "dwell":
            self.soon("dwell", reading.dwell, partial(self.mark_opened, article_id))

    def mark_opened(self, article_id: int) -> None:
        """Opening marks as read."""
        article = self.article.article
        if article is None or article.row.id != article_id:
            return
        row = self.current_row(article)
        if row is None or row.read or self.library.readonly:
            return
        self.row_says([article_id], read=True)
        if article_id > 0:
            self.run_change(partial(service.actions.mark_read, self.library, [article_id], True))

    # --- the next one -----------------------------------------------------------------------------------------------

    def action_article(self, step: int) -> None:
        """The next or previous article of the list, whichever pane has the focus."""
        if not self.articles.row_count or self.place.view is None:
            return
        target = self.articles.cursor + step * (self.take_count() or 1)
        if not 0 <= target < self.articles.row_count and abs(step) == 1:
            self.app.tell("This is the last article." if step > 0 else "This is the first article.")
        self.articles.set_cursor(target, tell=False)
        self.open_under_cursor()

    def action_unread(self, step: int) -> None:
        if self.focus_name == "article" and self.article.found.spans:
            self.action_match(step)
            return
        self.go_unread(step, count=self.take_count() or 1)

    def go_unread(self, step: int, *, count: int = 1, beyond: bool = True) -> None:
        """Open the next unread article of the list, or the one `count` further; past its end, of the next section."""
        rows = self.articles.rows
        if rows is None or self.place.view is None:
            return
        at, index = self.articles.cursor, self.articles.cursor + step
        for index in range(at + step, len(rows) if step > 0 else -1, step):
            row = rows.row(index)
            if row is not None and not row.read:
                count -= 1
                if count:
                    continue
                self.articles.set_cursor(index, tell=False)
                self.open_under_cursor()
                return
        if step > 0 and beyond and self.next_section_with_unread():
            return
        self.app.tell("Nothing unread is left." if step > 0 else "Nothing unread before this.")

    def next_section_with_unread(self) -> bool:
        """Go on in the next section; only where one section is being read."""
        if self.words or not self.place.key.startswith("section:"):
            return False
        places = [place for place in self.sections.places if place.key.startswith("section:")]
        at = next((index for index, place in enumerate(places) if place.key == self.place.key), -1)
        for place in (*places[at + 1 :], *places[: max(at, 0)]):
            if place.unread and place.view is not None and (row := self.first_unread(place.view)):
                self.show_place(place, article_id=row.id)
                self.open_article(row.id)
                self.app.tell(f"On to {place.name}.")
                return True
        return False

    def first_unread(self, view: View) -> ArticleRow | None:
        """Asked of the library: what Sections say may be of a moment ago."""
        try:
            return next(iter(self.library.window(replace(view, unread=True), limit=1)), None)
        except SecnewsError as error:
            self.app.tell(str(error), error=True)
            return None

    def action_jump_back(self) -> None:
        """The article that was left last; twice goes between two articles."""
        if not self.trail:
            self.app.tell("There is nowhere to go back to yet.")
            return
        article_id = self.trail.pop()
        index = self.articles.rows.index_of(article_id) if self.articles.rows else None
        if index is not None:
            self.articles.set_cursor(index, tell=False)
        self.open_article(article_id)

    # --- reading on -------------------------------------------------------------------------------------------------

    def action_flow(self, step: int) -> None:
        """A page on; at the end of the article the next unread one. Works from the list, too."""
        article = self.article.article
        if self.focus_name == "sections" or "article" not in self.visible_panes():
            self.action_open()
            return
        if article is None or (self.focus_name == "articles" and article.row.id != self.articles.article_id):
            self.open_under_cursor()
        elif step < 0:
            self.article.page(-1)
        elif not self.article.at_end:
            self.article.page(1)
            self.mark_opened(article.row.id)
        elif self.app.config.reading.auto_advance != "never":
            self.mark_opened(article.row.id)
            self.go_unread(1, beyond=self.app.config.reading.auto_advance == "always")
        else:
            self.app.tell("This is the end of the article; n goes to the next unread one.")

    # --- quotes -----------------------------------------------------------------------------------------------------

    def action_quote(self, step: int) -> None:
        index = self.article.step_quote(step * (self.take_count() or 1), self.quotes.indexes)
        if index is None:
            self.app.tell("Nobody is quoted in this article.")
            return
        self.article.go_to_quote(index)
        self.quotes.go_to(index)

    def action_next_voice(self) -> None:
        self.quotes.next_voice()
        if self.quotes.quote_index is not None:
            self.article.go_to_quote(self.quotes.quote_index)

    # --- matches and links --------------------------------------------------------------------------------------------

    def action_match(self, step: int) -> None:
        found = self.article.found
        if not found.spans:
            self.app.tell("No search is active; / searches in this text.")
            return
        self.article.step_match(step * (self.take_count() or 1))
        self.status.say(hint=f"match {found.current + 1} of {len(found.spans)}")

    def action_hints(self, copy: bool) -> None:
        """Letters on the links that are seen; the keys that follow choose one."""
        links = self.article.show_hints()
        if not links:
            self.app.tell("No link is on the screen.")
            return
        self.app.read_hint(links, self.hint_chosen, "a letter opens, y and a letter copies")

    def hint_chosen(self, value: str | None, *, copy: bool) -> None:
        self.article.hide_hints()
        if value and copy:
            self.app.copy(value, "the address of the link")
        elif value:
            self.app.browse(value)

    def view_now(self) -> View | None:
        """What the Articles pane shows."""
        return self.articles.rows.view if self.articles.rows and (self.words or self.place.view) else None
