"""Between the text that a source gave and the whole text of the article's page, as the reader wishes."""

from __future__ import annotations

import threading
from typing import NamedTuple

from reader.errors import SourceError
from reader.model import Document
from reader.quotes import ENGINE
from reader.service import jobs
from reader.service.library import Library
from reader.service.whole_pages import fetch_pages
from reader.store import articles, keeping, pages

NO_ADDRESS = "This article has no web address, so there is no page to fetch."


class Shown(NamedTuple):
    """`page`: the page's text is shown now; `reason` is a sentence for the reader."""

    page: bool
    reason: str


def toggle(library: Library, article_id: int, *, offline: bool = False, cancel: threading.Event | None = None) -> Shown:
    """Show the other text; the page is fetched if it was not yet, and the reader's choice is kept.

    A page that was just fetched is shown if it is the better text; asked once more it is shown in any case. Blocks
    while it fetches (`cancel` stops it). Raises SourceError if the page cannot be had, NotFoundError, StorageError.
    """
    row = library.article(article_id).row
    with library.database.read() as c:
        info = pages.info(c, article_id)
    if info is None or not info.has_text:
        if not row.url:
            raise SourceError(NO_ADDRESS)
        if offline:
            raise SourceError("The page of this article is not in the library, and secnews was started offline.")
        for result in fetch_pages(library, [article_id], cancel=cancel):
            if result.error:
                raise SourceError(result.error)
            return Shown(result.shown, result.reason)
        raise SourceError("The page was not fetched: that was cancelled.")
    return _switch(library, article_id, page=not info.shown, cancel=cancel)


def _switch(library: Library, article_id: int, *, page: bool, cancel: threading.Event | None) -> Shown:
    with library.database.read() as c:
        document = pages.text(c, article_id) if page else pages.given(c, article_id)
        pending = articles.pending_one(c, article_id)
    raw, url = (pending.raw, pending.url) if pending else (b"", "")
    item = jobs.ToDerive(raw, url) if document is None else jobs.ToDerive(text=document.text)
    (derived,) = list(jobs.derive([item], urgent=True, cancel=cancel))
    found = document or derived.document or Document(text="")
    reason = "You have chosen the text of the page." if page else "You have chosen the text of the feed."
    with library.database.write() as c:
        pages.show(c, article_id, found, derived.quotes, page=page, engine=ENGINE)
        pages.choose(c, article_id, "page" if page else "feed", reason=reason)
        keeping.keep_shown(c, [article_id], now=library.now())
    return Shown(page, reason)
