"""The pages of saved articles: fetched beside the reading as soon as `s` is pressed, or when there is a network."""

from __future__ import annotations

import threading
from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from reader.tui.jobs import JobDone
from reader.tui.screens.whole_text import WholeText

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from reader.model import Article, Source
    from reader.service.library import Library
    from reader.service.whole_pages import PageResult
    from reader.tui.memory import Memory
    from reader.tui.page import Page
    from reader.tui.refreshing import Ended

SOONEST = 5.0  # seconds before a queued page is tried again
LONGEST_SLEEP = 3_600.0  # seconds after which the queue is looked at in any case: a machine may have slept
KNOWN_AGAIN = 60  # characters by which the line that was being read is found in another text
_AGAIN = {
    "same": "The page says what it said when it was kept.",
    "changed": "The page has changed since it was kept; D shows what.",
}


class SavedPages(WholeText, inherit_bindings=False):
    _saving: threading.Event | None = None  # set to cancel the fetch of pages that is under way

    def __init__(self, library: Library, memory: Memory, opened: Sequence[Article] = ()) -> None:
        super().__init__(library, memory, opened)
        self._to_save: deque[int] = deque()  # articles whose pages the thread that fetches has not taken yet
        self._asked: set[int] = set()  # articles of which is told what came of them
        self._promised: set[int] = set()  # those of them whose page is queued: told when it comes

    def saved(self, article_id: int, now_saved: bool) -> None:
        if now_saved and self.app.offline:
            self.count_soon()
            self.app.tell("Saved; its page is queued until there is a network. u takes it back.")
        else:
            super().saved(article_id, now_saved)
        if now_saved and not self.app.offline:
            self.fetch_saved([article_id])
        else:
            self.say_fresh()

    def kept(self, source: Source) -> None:
        super().kept(source)
        if self.app.offline:
            self.say_fresh()
        else:
            self.fetch_saved()

    def undone(self, label: str | None) -> None:
        super().undone(label)
        if label is not None and self._saving is None:
            self.say_fresh()

    # --- fetching ---------------------------------------------------------------------------------------------------

    def fetch_saved(self, ids: Sequence[int] = ()) -> None:
        """Fetch the pages of these saved articles, or all that are queued and due.

        One thread does it, so that the limits for hosts hold; what comes while it runs joins in at once.
        """
        if self.library.readonly or self.app.offline:
            return
        self.cancel_soon("queue")
        self._to_save.extend(ids)
        self._asked.update(ids)
        if self._saving is not None:
            return
        cancel = self._saving = threading.Event()
        self.status.say(activity="fetching the page that is saved" if ids else "fetching saved pages")
        from reader.tui.outside import started

        started(partial(self._fetch_saved, cancel, everything=not ids))

    def _fetch_saved(self, cancel: threading.Event, *, everything: bool) -> None:
        """Runs in a thread of its own, which does not keep the program from ending."""

        def job() -> list[PageResult]:
            from reader.service import whole_pages  # asyncio and the HTTP client: not before they are used

            found = whole_pages.fetch_wanted(
                self.library, saved_only=True, among=None if everything else (), more=self._taken,
                cancel=cancel, on_progress=progress, on_result=result,
            )  # fmt: skip
            if cancel.is_set():
                whole_pages.postpone(self.library)
            return found

        def progress(done: int, total: int) -> None:
            self.post_message(JobDone(partial(self.saving_goes_on, cancel, done, total)))

        def result(found: PageResult) -> None:
            wanted = self._asked if found.error else self._asked | self._promised
            told = self._told(found) if found.article_id in wanted else ""
            self.post_message(JobDone(partial(self.page_saved, found, told)))

        self._do(job, partial(self.pages_saved, cancel), partial(self.pages_not_saved, cancel), bool)

    def _taken(self) -> list[int]:
        """What is to be fetched besides; called from the thread that fetches."""
        found = []
        while self._to_save:
            found.append(self._to_save.popleft())
        return found

    def _told(self, result: PageResult) -> str:
        """What came of a page, in a sentence. Runs in the thread that fetches."""
        from reader.service import saving

        kept = saving.evidence(self.library, result.article_id)
        if result.error:
            again = "; the page is queued" if kept.state == "queued" else ""
            return f"{result.error.rstrip('.')}. What the feed gave is kept{again}."
        if result.kept in _AGAIN:
            return _AGAIN[result.kept]
        newest = kept.newest
        if newest is None or newest.wall:
            return result.reason
        images = sum(bool(image.sha256) for image in newest.images)
        what = f"its page and {_count(images, 'image')}" if images else "its page"
        return f"Kept whole: {what}. {result.reason}"

    def saving_goes_on(self, cancel: threading.Event, done: int, total: int) -> None:
        if self._saving is cancel and total > 1:
            self.status.say(activity=f"fetching saved pages {done:,}/{total:,}")

    def page_saved(self, result: PageResult, told: str) -> None:
        """One page has come, or could not be had."""
        self._asked.discard(result.article_id)
        (self._promised.add if result.error else self._promised.discard)(result.article_id)
        if told:
            self.app.tell(told, error=bool(result.error))
        self.count_soon()
        self.reread_text({result.article_id})

    def pages_saved(self, cancel: threading.Event, results: list[PageResult]) -> None:
        self.saving_ended()
        if cancel.is_set():
            self.app.tell("Cancelled; what is not here yet is queued.")

    def pages_not_saved(self, cancel: threading.Event, sentence: str) -> None:
        self.saving_ended()
        self.app.tell(sentence, error=True)

    def saving_ended(self) -> None:
        self._saving = None
        if self._to_save:  # they came when the thread had looked for the last time
            self.fetch_saved(self._taken())
        else:
            self.say_fresh()

    def refreshing(self) -> bool:
        return (self._saving is not None and not self._saving.is_set()) or super().refreshing()

    def cancel_refresh(self) -> None:
        if self._saving is not None and not self._saving.is_set():
            self._saving.set()
            self._to_save.clear()
            self._asked.clear()
            self.status.say(activity="cancelling the fetch")
        else:
            super().cancel_refresh()

    def close_room(self) -> None:
        """A page that is under way is left: it is queued, and fetched by the next refresh."""
        super().close_room()
        if self._saving is not None:
            self._saving.set()

    def on_ended(self, _message: Ended) -> None:  # Textual calls that of every base, too
        if self.article.article is not None:  # its page may have come with the refresh
            self.reread_text({self.article.article.row.id})

    # --- the queue --------------------------------------------------------------------------------------------------

    def queue_words(self, queued: int) -> str:
        """What the status line says of pages that are still to be fetched."""
        return f"{_count(queued, 'page')} queued" if queued else ""

    def try_again_soon(self, next_try: datetime | None) -> None:
        """Look at the queue when its first page is due; of earlier sessions only where a start may fetch."""
        if not (self.app.config.reading.refresh_on_start or self._promised):
            return
        if next_try is None or self.app.offline or self.library.readonly or self._saving is not None:
            return
        seconds = (next_try - self.app.now()).total_seconds()
        self.soon("queue", min(max(seconds, SOONEST), LONGEST_SLEEP), self.try_again)

    def try_again(self) -> None:
        if not self.refresher.running:  # a refresh does it at its end
            self.fetch_saved()

    # --- what is read -----------------------------------------------------------------------------------------------

    def reread_text(self, ids: set[int]) -> None:
        """The article that is read may have another text now: show it, with the line at the top where it was."""
        before = self.article.article
        if before is None or before.row.id < 0 or before.row.id not in ids:
            return
        article_id, width = before.row.id, self.article.measure()

        def read() -> Page | None:
            fresh = self.library.article(article_id)
            if fresh.document == before.document and fresh.quotes == before.quotes:
                return None
            from reader.tui.page import page_of

            return page_of(fresh, width, self.app.marks, self.app.zone)

        self.run_job(read, partial(self.text_reread, before), group="saved text", failed=lambda _sentence: None)

    def text_reread(self, before: Article, page: Page | None) -> None:
        current = self.article.article
        if page is None or page.article is None or current is None or current.row.id != before.row.id:
            return
        offset = _same_place(current.document.text, page.article.document.text, self.article.offset_at_top())
        self.article.show_page(page, offset=offset)
        self.quotes.show_quotes(page.article.quotes)
        self.articles.update_row(page.article.row)


def _same_place(old: str, new: str, offset: int) -> int:
    """Where the words that stand at `offset` of one text stand in another; the same offset if they do not."""
    if not offset:
        return 0
    words = old[offset : offset + KNOWN_AGAIN].split("\n", 1)[0]
    places = [place for place in (new.rfind(words, 0, offset + len(words)), new.find(words, offset)) if place >= 0]
    return min(places, key=lambda place: abs(place - offset)) if words and places else min(offset, len(new))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
