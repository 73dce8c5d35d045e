"""The pages of saved articles: fetched beside the reading as soon as `s` is pressed, or when there is a network."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from reader.tui.jobs import JobDone
from reader.tui.screens.whole_text import WholeText

if TYPE_CHECKING:
    from datetime import datetime

    from reader.model import Article, Source
    from reader.service.whole_pages import PageResult
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
    _more_saved = False  # something was saved while it was under way

    def saved(self, now_saved: bool) -> None:
        if not now_saved:
            super().saved(now_saved)
            self.say_fresh()
        elif self.app.offline:
            self.count_soon()
            self.app.tell("Saved; its page is queued until there is a network. u takes it back.")
            self.say_fresh()
        else:
            super().saved(now_saved)
            self.fetch_saved()

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

    def fetch_saved(self) -> None:
        """Fetch what is queued and due of saved articles; one fetch at a time, and what is saved meanwhile follows."""
        if self.library.readonly or self.app.offline:
            return
        self.cancel_soon("queue")
        if self._saving is not None:
            self._more_saved = True
            return
        cancel = self._saving = threading.Event()
        self._more_saved = False
        self.status.say(activity="fetching the page that is saved")
        from reader.tui.outside import started

        started(partial(self._fetch_saved, cancel))

    def _fetch_saved(self, cancel: threading.Event) -> None:
        """Runs in a thread of its own, which does not keep the program from ending."""

        def job() -> tuple[list[PageResult], str]:
            from reader.service.whole_pages import fetch_wanted  # asyncio and the HTTP client: not before they are used

            found = fetch_wanted(self.library, saved_only=True, cancel=cancel, on_progress=progress)
            return found, self._told(found)

        def progress(done: int, total: int) -> None:
            self.post_message(JobDone(partial(self.saving_goes_on, cancel, done, total)))

        self._do(job, partial(self.pages_saved, cancel), partial(self.pages_not_saved, cancel), bool)

    def _told(self, results: Sequence[PageResult]) -> str:
        """What came of it, in a sentence; "" if there was nothing to do."""
        from reader.service import saving

        failed = [result for result in results if result.error]
        if len(results) == 1 and not failed:
            if results[0].kept in ("same", "changed"):
                return _AGAIN[results[0].kept]
            newest = saving.evidence(self.library, results[0].article_id).newest
            images = sum(bool(image.sha256) for image in newest.images) if newest else 0
            what = f"its page and {_count(images, 'image')}" if images else "its page"
            return f"Kept whole: {what}. {results[0].reason}"
        if len(results) == 1:
            again = saving.evidence(self.library, results[0].article_id).state == "queued"
            return f"{failed[0].error} What the feed gave is kept{'; the page is queued' if again else ''}."
        if failed:
            kept = len(results) - len(failed)
            return f"{_count(kept, 'page')} kept, {len(failed):,} could not be had. {failed[0].error}"
        return f"{_count(len(results), 'page')} kept." if results else ""

    def saving_goes_on(self, cancel: threading.Event, done: int, total: int) -> None:
        if self._saving is cancel and total > 1:
            self.status.say(activity=f"fetching saved pages {done:,}/{total:,}")

    def pages_saved(self, cancel: threading.Event, found: tuple[list[PageResult], str]) -> None:
        results, told = found
        self.saving_ended(cancel)
        if cancel.is_set():
            self.app.tell("Cancelled; what is not here yet is queued.")
        elif told:
            self.app.tell(told, error=any(result.error for result in results))
        if results:
            self.count_soon()
            self.reread_text({result.article_id for result in results})

    def pages_not_saved(self, cancel: threading.Event, sentence: str) -> None:
        self.saving_ended(cancel)
        self.app.tell(sentence, error=True)

    def saving_ended(self, cancel: threading.Event) -> None:
        if self._saving is cancel or self._saving is None:
            self._saving = None
            if self._more_saved and not cancel.is_set():
                self.fetch_saved()
                return
        self.say_fresh()

    def refreshing(self) -> bool:
        return (self._saving is not None and not self._saving.is_set()) or super().refreshing()

    def cancel_refresh(self) -> None:
        if self._saving is not None and not self._saving.is_set():
            self._saving.set()
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
        """Look at the queue when its first page is due."""
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
