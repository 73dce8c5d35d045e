"""The web pages of articles: fetched under the rules of every fetch, read in a child, stored with what is saved.

Which pages are wanted is a fact in the library (`store.wanted`), so whatever interrupts the work, the next refresh goes
on with it. A page of an article that is saved when it comes is kept with its bytes and images (`store.captures`), in
the same transaction as its text: an article is saved whole or as it was before.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TypeVar
from urllib.parse import urlsplit

from reader.errors import ExtractError, SourceError
from reader.model import CaptureKind, Document, Fetched, ImageRecord, Source, SourceKind
from reader.quotes import ENGINE
from reader.service import jobs
from reader.service.better import WALLS, better
from reader.service.children import SECONDS, ChildFailed, Stopped, shared
from reader.service.clients import Clients
from reader.service.derive import derive_now
from reader.service.library import Library
from reader.service.picturing import fetch_images
from reader.service.saving import NO_ADDRESS
from reader.service.visits import in_words
from reader.sources.http import PAGE_ACCEPT, PAGE_CAP
from reader.sources.policy import RefusedError, consent
from reader.store import bodies, captures, pages, sources, views, wanted

NEWEST = 100  # articles of a source whose pages are wanted by itself
AT_ONCE = 8  # pages under way
TICK = 0.05  # seconds between looks at `cancel`
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=10), timedelta(days=1)
FINAL = (401, 402, 404, 410, 451)  # statuses after which nobody asks again by itself


@dataclass(frozen=True, slots=True)
class PageResult:
    """What came of one page: `error` is "" if it was read; `shown` whether its text is the one that is read now.

    `kept` says what it is beside the pages that were kept of a saved article: "first", "same" or "changed"; else "".
    """

    article_id: int
    error: str = ""
    reason: str = ""
    shown: bool = False
    kept: str = ""


Progress = Callable[[int, int], None]
Result = TypeVar("Result")
Images = Sequence[tuple[ImageRecord, bytes | None]]


@dataclass(frozen=True, slots=True)
class _Job:
    """An article whose page is fetched; `images` are those of the text that its source gave."""

    id: int
    url: str
    source: Source
    saved: bool
    given: Document
    images: tuple[str, ...] = ()


def fetch_wanted(
    library: Library,
    *,
    saved_only: bool = False,
    among: Collection[int] | None = None,
    more: Callable[[], Sequence[int]] | None = None,
    cancel: threading.Event | None = None,
    on_progress: Progress | None = None,
    on_result: Callable[[PageResult], None] | None = None,
) -> list[PageResult]:
    """Fetch the pages that are wanted and due: of saved articles first, then of sources whose full text is wanted.

    Blocks. What another thread or process has fetched meanwhile is passed over. With `among` only pages of these
    articles; `more` gives further ones while it runs and is asked all the time, so a slow page keeps nobody waiting.
    `on_progress(done, total)` and `on_result` are called on this thread. Raises StorageError.
    """
    if library.readonly:
        return []
    with library.database.read() as c:
        missing = wanted.missing(c, sources=() if saved_only else full_sources(library), newest=NEWEST)
    if missing:
        with library.database.write() as c:
            wanted.put(c, missing, now=library.now())
    with library.database.read() as c:
        due = wanted.due(c, now=library.now(), saved_only=saved_only)
    due = due if among is None else [article_id for article_id in due if article_id in among]
    if not due and more is None:
        return []
    run = _Run(library, cancel or threading.Event(), on_progress, on_result, wanted_only=True)
    return asyncio.run(run.all(due, more))


def postpone(library: Library) -> None:
    """Leave the pages of saved articles that are due now for a while: somebody has cancelled their fetch."""
    now = library.now()
    with library.database.write() as c:
        wanted.postpone(c, now=now, until=now + FIRST_WAIT, reason="Its fetch was cancelled.")


def want(library: Library, article_ids: Sequence[int]) -> None:
    """Queue the pages of these articles, also of those whose page is there: they are fetched again."""
    with library.database.write() as c:
        wanted.put(c, article_ids, now=library.now())


def full_sources(library: Library) -> list[int]:
    """The sources whose articles are wanted with their whole text: the configuration goes before the library."""
    with library.database.read() as c:
        found = [(source, library.config.source(source.url)) for source in sources.all(c)]
    return [
        source.id
        for source, override in found
        if (source.full_text if override is None or override.full_text is None else override.full_text)
    ]


def fetch_pages(
    library: Library,
    article_ids: Sequence[int],
    *,
    cancel: threading.Event | None = None,
    on_progress: Progress | None = None,
) -> list[PageResult]:
    """Fetch the pages of these articles now and store what came; blocks, and is safe to call from any thread.

    `on_progress(done, total)` is called on this thread, `cancel` may be set from any: what is stored stays. A page
    that could not be had is in the results with a sentence and stays wanted if it was. Raises StorageError.
    """
    return asyncio.run(_Run(library, cancel or threading.Event(), on_progress).all(article_ids))


class _Run:
    def __init__(
        self,
        library: Library,
        cancel: threading.Event,
        on_progress: Progress | None,
        on_result: Callable[[PageResult], None] | None = None,
        *,
        wanted_only: bool = False,
    ) -> None:
        self._library = library
        self._wanted_only = wanted_only
        self._cancel = cancel
        self._tell = on_progress or _nobody
        self._tell_result = on_result
        self._total = 0
        self._results: list[PageResult] = []
        self._held: set[str] = set()  # hosts that asked to be left alone
        self._clients: Clients
        self._threads: ThreadPoolExecutor
        self._writer: ThreadPoolExecutor

    async def all(
        self, article_ids: Sequence[int], more: Callable[[], Sequence[int]] | None = None
    ) -> list[PageResult]:
        waiting, self._total = deque(article_ids), len(article_ids)
        with (
            ThreadPoolExecutor(shared().size, "secnews-page") as self._threads,
            ThreadPoolExecutor(1, "secnews-write") as self._writer,
        ):
            async with Clients(self._library.config, clock=self._library.now) as self._clients:
                workers: set[asyncio.Task[None]] = set()
                try:
                    while not self._cancel.is_set():
                        further = more() if more is not None else ()
                        waiting.extend(further)
                        self._total += len(further)
                        while waiting and len(workers) < AT_ONCE:
                            workers.add(asyncio.create_task(self._one_waiting(waiting.popleft())))
                        if not workers:
                            break
                        done, workers = await asyncio.wait(workers, timeout=TICK, return_when=asyncio.FIRST_COMPLETED)
                        for worker in done:
                            worker.result()
                finally:
                    for worker in workers:
                        worker.cancel()
                    await asyncio.gather(*workers, return_exceptions=True)
        return self._results

    async def _one_waiting(self, article_id: int) -> None:
        try:
            result = await self._alone(article_id)
        except Stopped:
            return
        if result is None:
            self._total -= 1
            return
        self._results.append(result)
        self._tell(len(self._results), self._total)
        if self._tell_result is not None:
            self._tell_result(result)

    async def _alone(self, article_id: int) -> PageResult | None:
        """One page; of those that are only wanted none that another thread is fetching."""
        mine = self._library.under_way.begin(article_id)
        if not mine and self._wanted_only:
            return None
        try:
            return await self._one(article_id)
        finally:
            if mine:
                self._library.under_way.end(article_id)

    async def _one(self, article_id: int) -> PageResult | None:
        job = await self._write(self._job, article_id)
        if job is None:
            return None
        if not job.url:
            return await self._write(self._failed, job, SourceError(NO_ADDRESS), ())
        host = urlsplit(job.url).netloc
        if host in self._held:
            return PageResult(article_id, "Its host asked to be left alone, so it was not asked.")
        client = self._clients.of(job.source.consent)
        same = consent(job.url) == consent(job.source.url)
        try:
            fetched = await client.fetch(
                job.url, cap=PAGE_CAP, accept=PAGE_ACCEPT, headers=dict(job.source.headers) if same else None
            )
            read = await self._read(job.url, fetched)
        except SourceError as error:
            if error.retry_after is not None:
                self._held.add(host)
            lasting = error.status in FINAL
            images = await fetch_images(client, job.images) if job.saved and lasting else []
            return await self._write(self._failed, job, error, images)
        document = read.document or Document(text="")
        addresses = dict.fromkeys([*(image.url for image in document.images if not read.wall), *job.images])
        images = await fetch_images(client, addresses) if job.saved else []
        return await self._write(self._done, job, fetched, read, images)

    async def _read(self, url: str, fetched: Fetched) -> jobs.ReadArticle:
        address = fetched.final_url or url
        work = partial(
            jobs.read_article,
            fetched.body,
            url=address,
            name=urlsplit(address).path.rpartition("/")[2],
            content_type=fetched.content_type,
            seconds=SECONDS,
            cancel=self._cancel,
        )
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except (ExtractError, ChildFailed) as error:
            failed = in_words(url, error)
            failed.status = fetched.status
            raise failed from error

    async def _write(self, work: Callable[..., Result], *args: object) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._writer, partial(work, *args))

    # --- on the writer's thread -----------------------------------------------------------------------------------

    def _job(self, article_id: int) -> _Job | None:
        """What is to be done; None if the article is gone, or nobody wants its page any more."""
        library = self._library
        with library.database.read() as c:
            rows = views.rows(c, [article_id])
            source = sources.get(c, rows[0].source_id) if rows else None
            given = pages.given(c, article_id)
            gone = not rows or (self._wanted_only and wanted.get(c, article_id) is None)
        if gone:
            return None
        if given is None:
            derive_now(library, article_id)
            with library.database.read() as c:
                given = pages.given(c, article_id)
        row = rows[0]
        source = source or Source(row.source_id, SourceKind.FEED, row.source_url, row.source_title, row.section)
        found = given or Document(text="")
        return _Job(article_id, row.url, source, row.saved, found, tuple(image.url for image in found.images))

    def _done(self, job: _Job, fetched: Fetched, read: jobs.ReadArticle, images: Images) -> PageResult:
        """Everything that came of a page, in one transaction."""
        now, url = self._library.now(), fetched.final_url or job.url
        document = replace(read.document or Document(text=""), url=url)
        with self._library.database.write() as c:
            before, old = pages.info(c, job.id), pages.text(c, job.id)
            choice = better(job.given.text, document.text, read.wall)
            lost = bool(read.wall) or not document.text
            if not lost:
                pages.complete(c, job.id, document)
            if before is not None and before.shown and lost and old is not None and old.text:
                reason = f"{WALLS.get(read.wall, choice.reason).partition(',')[0]} now; its earlier text stays."
                pages.put(c, job.id, old, url=before.url, wall=read.wall, reason=reason, now=now)
                shown = True
            else:
                pages.put(c, job.id, document, url=url, wall=read.wall, reason=choice.reason, now=now)
                asked = before.choice if before is not None else ""
                shown = bool(document.text) and (choice.page if not asked else asked == "page")
                reason = choice.reason
                if shown:
                    pages.show(c, job.id, document, read.quotes, page=True, engine=ENGINE)
            rows, kept = views.rows(c, [job.id]), ""
            if rows and rows[0].saved:
                text = document if not lost and (choice.page or shown) else job.given
                taken = captures.Taken(
                    CaptureKind.PAGE, job.url, url, replace(text, title=document.title), fetched.body,
                    fetched.content_type, read.wall, tuple(images),
                )  # fmt: skip
                first = all(one.kind is not CaptureKind.PAGE for one in captures.of_article(c, job.id))
                made = captures.put(c, job.id, taken, now=now)
                kept = "same" if made is None else "first" if first else "changed"
            wanted.done(c, [job.id])
        return PageResult(job.id, reason=reason, shown=shown, kept=kept)

    def _failed(self, job: _Job, error: SourceError, images: Images) -> PageResult:
        """It stays wanted, if it was; what was there stays. Images of a saved article are kept without its page."""
        now, words = self._library.now(), str(error)
        lasting = words == NO_ADDRESS or error.status in FINAL or isinstance(error, RefusedError)
        lasting = lasting or (error.status == 200 and not isinstance(error, ChildFailed))
        with self._library.database.write() as c:
            entry = wanted.get(c, job.id)
            wait = timedelta(seconds=error.retry_after) if error.retry_after else FIRST_WAIT * 2 ** min(
                entry.tries if entry else 0, 8
            )  # fmt: skip
            next_try = None if lasting else now + min(wait, LONGEST_WAIT)
            wanted.failed(c, job.id, reason=words, next_try=next_try)
            if job.saved and images:
                given = captures.Taken(CaptureKind.FEED, job.url, job.url, job.given, bodies.raw(c, job.id) or None,
                                       images=tuple(images))  # fmt: skip
                captures.put(c, job.id, given, now=now)
        return PageResult(job.id, error=words)


def _nobody(_done: int, _total: int) -> None:
    """Nobody is watching."""
