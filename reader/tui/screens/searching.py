"""Search and filter: the query language in the prompt, results while it is typed, and searches kept as sections."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from reader import service
from reader.errors import QueryError
from reader.model import ArticleRow, View
from reader.tui.placing import SEARCH, search_id
from reader.tui.rows import WINDOW, ArticleRows
from reader.tui.screens.labelling import Labelling
from reader.tui.widgets.article_list import ArticleList

if TYPE_CHECKING:
    from reader.text.query_match import Snippet
    from reader.tui.widgets.prompt import Prompt

TYPING = 0.15  # seconds without a key before results are shown
RANKED = 1_000  # best matches that are shown


class Searching(Labelling, inherit_bindings=False):
    async def action_filter(self) -> None:
        """Narrow the list that is shown, whatever it is."""
        if self.place.view is None:
            self.app.tell("There is no list to filter here.")
        else:
            await self.ask("filter", "F")

    def on_prompt_typed(self, message: Prompt.Typed) -> None:
        if message.purpose in ("library", "filter"):
            self.soon("typing", TYPING, partial(self.show_typed, message.purpose, message.text))

    def show_typed(self, purpose: str, text: str) -> None:
        """The first results of what has been typed so far; what is no query yet says so at the side and waits."""
        if not self.query("#prompt") or not text.strip():
            return
        try:
            view = self.view_found(purpose, text)
        except QueryError:
            return
        self.run_job(
            partial(self.library.window, view, limit=WINDOW), partial(self.show_head, view, purpose, text),
            group="typing", failed=lambda _sentence: None,
        )  # fmt: skip

    def show_head(self, view: View, purpose: str, text: str, head: list[ArticleRow]) -> None:
        if self.query("#prompt"):
            self.articles.empty_text = self.empty_words(view)
            self.articles.show_rows(ArticleRows(view, head, self.fetch))
            name = f"{self.place.name}: {text}" if purpose == "filter" else f"Search: {text}"
            count = f"{len(head)}{'+' if len(head) >= WINDOW else ''} found"
            self.articles.say_title(f"Articles {self.app.marks.dot} {name}", count)

    def view_found(self, purpose: str, text: str) -> View:
        """What a search or a filter shows; raises QueryError."""
        from reader.text.query import both, parse

        parse(text)
        base = self.place.view
        if purpose == "library" or base is None:
            return View(query=text.strip())
        return replace(base, query=both(base.query, text))

    def search_library(self, words: str, *, purpose: str = "library") -> None:
        """Show what a query finds, in the whole library or in the list that is shown; no words: leave the search."""
        self.cancel_soon("typing")
        if not words.strip():
            if not self.leave_search():
                self.show_again()
            return
        try:
            view = self.view_found(purpose, words)
        except QueryError as error:
            self.app.tell(error.sentence)
            self.show_again()
            return
        if self.place.view is None:  # from the catalogue: its place in the pane is taken by what is found
            self.show_place(next(place for place in self.sections.places if place.key == "all"))
        self.words = (words.strip(),)
        self.narrowed = purpose == "filter"
        self.show_view(view)
        self.focus_pane("articles")
        self.preview_soon()

    def show_again(self) -> None:
        """What was shown before something was typed."""
        rows = self.articles.rows
        view = (
            self.view_found("filter" if self.narrowed else "library", self.words[0]) if self.words else self.place.view
        )
        if rows is not None and view is not None and rows.view != view:
            self.show_view(view)

    def leave_search(self) -> bool:
        """Back from a search to what was shown before; whether there was one."""
        if not self.words:
            return False
        self.words = ()
        self.show_place(self.place, article_id=self.articles.article_id or 0)
        return True

    def action_order(self) -> None:
        """The search that is shown by rank, the best match first, or by date again."""
        rows = self.articles.rows
        if not self.words or rows is None:
            self.app.tell("No search is shown; / searches, then this orders by rank or by date.")
            return
        self.by_rank = not self.by_rank
        if not self.by_rank:
            self.show_view(rows.view, article_id=self.articles.article_id or 0)
            return
        view = rows.view
        self.run_job(partial(service.searching.ranked, self.library, view, limit=RANKED),
                     partial(self.show_ranked, view), group="ids")  # fmt: skip

    def show_ranked(self, view: View, found: list[ArticleRow]) -> None:
        """The best matches, unless something else is shown meanwhile."""
        rows = self.articles.rows
        if rows is not None and rows.view == view and self.by_rank:
            self.show_rows(ArticleRows(view, found, self.fetch, whole=True))
            self.preview_soon()

    @on(ArticleList.PlacesWanted)
    def places_wanted(self, message: ArticleList.PlacesWanted) -> None:
        """Look where in these articles the search found its words."""

        def look() -> dict[int, Snippet | None]:
            rows = self.library.rows(message.ids)
            found = {hit.row.id: hit.snippet for hit in service.searching.hits(self.library, rows, message.asked)}
            return {article_id: found.get(article_id) for article_id in message.ids}

        nothing: dict[int, Snippet | None] = dict.fromkeys(message.ids)
        self.run_job(
            look, partial(self.articles.take_places, message.asked), group="places",
            failed=lambda _sentence: self.articles.take_places(message.asked, nothing),
        )  # fmt: skip

    # --- searches kept as sections ----------------------------------------------------------------------------------

    async def action_keep_search(self) -> None:
        """Give the search that is shown a name and a place among the sections."""
        if not self.words:
            self.app.tell("No search is shown; / searches, then this keeps it as a section.")
        else:
            await self.ask("keep", "name")

    def keep_search(self, name: str) -> None:
        rows = self.articles.rows
        if not name.strip() or not self.words or rows is None:
            return
        from reader.text.query import both

        query = both(self.place.view.query if self.narrowed and self.place.view else "", self.words[0])

        def kept(search: service.saved_searches.SavedSearch) -> None:
            self.app.tell(f"{search.name} is now a section; u takes it back.")
            self.count_soon()

        self.run_job(partial(service.saved_searches.add, self.library, name, query), kept, group="searches")

    def action_move_search(self, steps: int) -> None:
        """Move the kept search of this place up or down among the others."""
        number = search_id(self.place.key)
        if number:
            self.run_job(
                partial(service.saved_searches.move, self.library, number, steps), lambda _far: self.count_soon(),
                group="searches",
            )  # fmt: skip
        else:
            self.app.tell(f"Only a kept search can be moved; its place begins with {SEARCH!r}.")

    def action_drop_search(self) -> None:
        """Keep the search of this place no longer."""
        number = search_id(self.place.key)
        if not number:
            self.app.tell("This is no kept search.")
            return

        def dropped(_nothing: None) -> None:
            self.app.tell("The search is no longer kept; u brings it back.")
            self.count_soon()

        self.run_job(partial(service.saved_searches.remove, self.library, number), dropped, group="searches")
