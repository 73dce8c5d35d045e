"""The four panes and what they show: the part of the main screen that its commands build on."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from reader.model import View
from reader.tui.placing import NEW, new_place, places_at_once, places_of, remembered, search_id
from reader.tui.rows import WINDOW, ArticleRows
from reader.tui.screens.panes import Panes
from reader.tui.times import since
from reader.tui.widgets.article_view import ArticleView
from reader.tui.widgets.section_list import Place
from reader.tui.widgets.virtual_list import VirtualList

if TYPE_CHECKING:
    from reader.model import Article, ArticleRow
    from reader.service.library import Library
    from reader.tui.app import RoomApp
    from reader.tui.memory import Memory
    from reader.tui.page import Page

PREVIEW = 0.12  # seconds the cursor rests on a row before its article is shown
OPENED = "opened"  # the place of articles given on the command line
PASSING = (OPENED, NEW)  # places that the next session does not have
COUNTING = 0.4  # seconds after a change before the sections are counted again


class Room(Panes, inherit_bindings=False):
    """Keeps the panes in step: a place fills the list, a row fills the article, the article fills the quotes."""

    app: RoomApp
    started = False  # whether the first rows are seen

    def __init__(self, library: Library, memory: Memory, opened: Sequence[Article] = ()) -> None:
        super().__init__(memory)
        self.opened = {article.row.id: article for article in opened}  # read without being stored
        self.library = library
        self.log_path = library.paths.log_file
        self.place = Place("unread", "Unread", View(unread=True))
        self.words: tuple[str, ...] = ()  # the query of the search that the Articles pane shows, if any
        self.narrowed = False  # that search is a filter of the place
        self.by_rank = False  # its best match stands first, not its newest
        self.trail: list[int] = []  # articles that were left, for going back
        self._after_paint: list[Callable[[], object]] = []
        self.coming = 0  # the id of the article that is on its way
        self.last_seen = memory.newest  # what has a higher id came in since the last session

    def once_painted(self, call: Callable[[], object]) -> None:
        """Call now, but not before the first rows are seen: until then a thread would only take time from them."""
        if self.started:
            call()
        else:
            self._after_paint.append(call)

    def first_rows_painted(self) -> None:
        """Do what waited for it."""
        self.started = True
        for call in self._after_paint:
            call()
        self._after_paint.clear()

    # --- places ---------------------------------------------------------------------------------------------------

    def open_first_place(self) -> None:
        """Show what is new since the last session, or else what was shown at its end.

        Runs before the first paint and reads one window.
        """
        places = remembered(self.memory.places) or places_at_once(self.library)
        if self.opened:
            places = (self.opened_place(), *places)
        elif self.last_seen and self.library.window(View(newer_than=self.last_seen), limit=1):
            places = (new_place(self.last_seen), *places)
        self.sections.show_places(places)
        by_key = {place.key: place for place in places}
        wanted = by_key.get(NEW) or by_key.get(self.memory.place) or by_key.get("start") or by_key["unread"]
        if wanted.key == "unread" and not wanted.unread and not self.memory.place:
            wanted = by_key["all"]
        if self.opened:
            self.show_place(places[0])
        elif wanted.key == NEW:
            self.trail = [self.memory.article] if self.memory.article else []  # `'` leads to where the reader was
            self.memory.article = 0
            self.show_place(wanted)
        else:
            self.show_place(wanted, article_id=self.memory.article)

    def opened_place(self) -> Place:
        return Place(OPENED, "Opened", View())

    def show_place(self, place: Place, *, article_id: int = 0) -> None:
        """Fill the Articles pane with a place, with the cursor on an article if it is there."""
        before, self.place, self.words = self.place, place, ()
        self.sections.set_here(place.key)
        if place.key == OPENED:
            self.show_rows(
                ArticleRows(View(), [article.row for article in self.opened.values()], self.fetch, whole=True)
            )
        elif place.view is None:
            self.show_catalogue()
        else:
            self.show_view(place.view, article_id=article_id)
        if before.view is None and place.view is not None:
            self.arrange_panes()  # the list takes the place of the catalogue

    def show_catalogue(self) -> None:
        raise NotImplementedError

    def show_view(self, view: View, *, article_id: int = 0) -> None:
        """Fill the Articles pane, newest first: the first window at once, every id soon after."""
        self.by_rank = False
        try:
            head = self.library.window(view, limit=WINDOW)
        except Exception as error:
            self.fail(error)
            head = []
        rows = ArticleRows(view, head, self.fetch)
        self.articles.empty_text = self.empty_words(view)
        self.show_rows(rows)
        index = rows.index_of(article_id) if article_id else None
        if index is not None:
            self.articles.set_cursor(index, tell=False)
        if rows.whole:
            self.rows_complete(rows, 0 if index is not None else article_id, rows.ids)
        else:
            wanted = 0 if index is not None else article_id
            job, done = partial(self.library.ids, view), partial(self.rows_complete, rows, wanted)
            self.once_painted(partial(self.run_job, job, done, group="ids"))

    def show_rows(self, rows: ArticleRows) -> None:
        self.articles.show_rows(rows)
        self.say_where()

    def rows_complete(self, rows: ArticleRows, article_id: int, ids: array[int]) -> None:
        """Every id of the view is known."""
        if rows is not self.articles.rows:
            return
        self.articles.take_ids(ids)
        if article_id:
            index = rows.index_of(article_id)
            if index is not None:
                self.articles.set_cursor(index, tell=False)
        self.say_where()
        if self.articles.article_id is not None:
            self.preview_soon()

    def fetch(self, ids: Sequence[int]) -> list[ArticleRow]:
        """The rows of articles; those that were opened directly have ids below zero and are in no library."""
        if self.opened and ids and ids[0] < 0:
            return [self.opened[article_id].row for article_id in ids if article_id in self.opened]
        try:
            return self.library.rows(ids)
        except Exception as error:
            self.fail(error)
            return []

    def reload(self) -> None:
        """The library has changed (a refresh, an undo): the same view, with what is being read where it is."""
        self.count_soon()
        rows = self.articles.rows
        if rows is None or self.place.view is None or (self.place.key == OPENED and not self.words):
            return
        rows.forget()
        if self.by_rank:  # its order is of the moment it was asked for
            self.rows_complete(rows, 0, rows.ids)
            return

        def ids() -> array[int]:
            return rows.merged(self.library.ids(rows.view))

        self.run_job(ids, partial(self.rows_complete, rows, 0), group="ids")

    def count_soon(self) -> None:
        """Count the sections anew, once for many changes."""
        self.soon("count", COUNTING, self.count_now)

    def count_now(self) -> None:
        self.run_job(partial(places_of, self.library, self.last_seen), self.counted, group="count")

    def counted(self, places: tuple[Place, ...]) -> None:
        """The sections are counted; a place that is not there any more is left for All."""
        if self.opened:
            places = (self.opened_place(), *places)
        self.sections.show_places(places)
        self.memory.places = [(place.key, place.name, place.unread) for place in places if place.key not in PASSING]
        by_key = {place.key: place for place in places}
        gone = self.place.key not in by_key and not self.words
        if gone and (self.place.view is not None or self.place.name == "Start here"):
            self.show_place(by_key["all"])
        self.say_where()

    # --- the article ----------------------------------------------------------------------------------------------

    def preview_soon(self) -> None:
        """Show the article under the cursor once the cursor rests."""
        if self.started:  # else it is the first thing that follows
            self.soon("preview", PREVIEW, self.preview_now)

    def preview_now(self) -> None:
        shown = "article" in self.visible_panes()
        if self.articles.article_id is not None and shown:
            self.load(self.articles.article_id)

    def load(self, article_id: int, then: Callable[[], None] | None = None) -> None:
        """Show an article; the last one asked for wins. `then` runs once it is shown."""
        self.cancel_soon("preview")
        if then is None and self.coming == article_id:
            return  # it is on its way already, to be opened: a preview of it must not take its place
        current = self.article.article
        if current is not None and current.row.id == article_id:
            if then:
                then()
            return
        width = self.article.measure()

        def read() -> Page:
            from reader.tui.page import page_of

            article = self.opened.get(article_id) or self.library.article(article_id)
            return page_of(article, width, self.app.marks, self.app.zone)

        self.coming = article_id
        self.run_job(read, partial(self.loaded, then), group="article", failed=self.not_loaded)

    def not_loaded(self, sentence: str) -> None:
        self.coming = 0
        self.tell_error(sentence)

    def loaded(self, then: Callable[[], None] | None, page: Page) -> None:
        self.leave_article()
        self.coming = 0
        article = page.article
        if article is None:
            return
        self.article.show_page(page, offset=self.memory.at(article.row.id))
        if query := self.words[0] if self.words else (self.place.view.query if self.place.view else ""):
            self.article.mark(query)
        self.quotes.show_quotes(article.quotes)
        self.memory.article = article.row.id
        self.articles.update_row(article.row)
        row = self.current_row(article)
        if row is not None and row.saved != article.row.saved:  # saved while the article was on its way
            self.row_says([row.id], saved=row.saved)
        self.say_where()
        if then:
            then()

    def leave_article(self) -> None:
        """Remember where the reader was in the article that is shown."""
        if self.article.article is not None:
            self.memory.keep(self.article.article.row.id, self.article.offset_at_top())

    def row_says(
        self,
        ids: Sequence[int],
        *,
        read: bool | None = None,
        saved: bool | None = None,
        tags: tuple[str, ...] | None = None,
    ) -> None:
        """Rows look different at once, before the library has it."""
        if self.articles.rows is None:
            return
        for index in self.articles.rows.change(ids, read=read, saved=saved):
            self.articles.row_changed(index)
        article = self.article.article
        if article is not None and article.row.id in ids and saved is not None:
            from reader.tui.page import page_of

            row = replace(article.row, saved=saved, tags=article.row.tags if tags is None else tags)
            changed = replace(article, row=row)
            self.article.update_page(page_of(changed, self.article.measure(), self.app.marks, self.app.zone))
        self.count_soon()

    def target(self) -> ArticleRow | None:
        """The article a command is about: in the list the one under the cursor, elsewhere the one that is shown."""
        if self.focus_name in ("articles", "sections") and self.articles.rows is not None:
            row = self.articles.rows.row(self.articles.cursor)
            if row is not None:
                return row
        return self.current_row(self.article.article)

    def tell_not_kept(self, article_id: int) -> None:
        """Say why an article that is in no list of the library's own cannot be changed."""
        if article_id in self.opened:
            self.app.tell("This article is not in the library; s adds its source.")
        else:
            self.app.tell("The samples are for trying things out; nothing is kept of what is done to them.")

    def current_row(self, article: Article | None) -> ArticleRow | None:
        """The row of an article as it is now, not as it was when the article was loaded."""
        if article is None:
            return None
        rows = self.articles.rows
        index = rows.index_of(article.row.id) if rows else None
        return (rows.row(index) if rows and index is not None else None) or article.row

    # --- messages of the panes ------------------------------------------------------------------------------------

    @on(VirtualList.Highlighted, "#sections")
    def section_highlighted(self, message: VirtualList.Highlighted) -> None:
        place = self.sections.place
        if place is not None:
            self.soon("place", PREVIEW, partial(self.show_place, place))

    @on(VirtualList.Highlighted, "#articles")
    def article_highlighted(self, message: VirtualList.Highlighted) -> None:
        self.say_where()
        self.preview_soon()

    @on(VirtualList.Highlighted, "#quotes")
    def quote_highlighted(self, message: VirtualList.Highlighted) -> None:
        self.article.go_to_quote(self.quotes.quote_index)

    @on(ArticleView.QuoteReached)
    def quote_reached(self, message: ArticleView.QuoteReached) -> None:
        self.quotes.go_to(message.index)

    # --- small things ---------------------------------------------------------------------------------------------

    def say_where(self) -> None:
        """Titles and status line say where the reader is."""
        total, cursor = self.articles.row_count, self.articles.cursor
        more = "" if self.articles.rows is None or self.articles.rows.whole else "+"
        name = self.place.name
        if self.place.key == NEW and self.memory.left:
            name = f"New since {since(self.memory.left, self.app.now(), self.app.zone)}"
        if self.words:
            name = f"{name}: {self.words[0]}" if self.narrowed else f"Search: {self.words[0]}"
            name += " (best first)" if self.by_rank else ""
        count = f"{cursor + 1:,}/{total:,}{more}" if total else "0"
        self.articles.say_title(f"Articles {self.app.marks.dot} {name}", count)
        self.status.say(place=f"{name} {count}" if self.place.view is not None or self.words else name)

    def empty_words(self, view: View) -> str:
        if view.words or (view.query and not search_id(self.place.key)):
            return "Nothing found. Every word must stand in the article; esc leaves the search."
        if view.saved:
            return "Nothing is saved yet. s keeps an article for offline."
        if view.unread:
            return "Everything is read."
        return "No articles yet. a adds a source, R fetches all of them."

    def fail(self, error: Exception) -> None:
        """Tell an error that came up while drawing; the room goes on."""
        from reader.errors import SecnewsError
        from reader.tui import crash

        told = str(error) if isinstance(error, SecnewsError) else crash.record(error, self.log_path)
        self.tell_error(told)
