"""Text and quotes of stored articles: work that follows listing, newest first, resumable at any point.

What an article still needs is a fact in the library (the version of the engine that read it), not a queue: whatever
interrupts the work, the next run goes on where it stopped, and a new version of the engine reads everything again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from reader.model import Document
from reader.service import jobs
from reader.service.children import SECONDS, Children, Stopped, shared
from reader.service.citing import cite_pending
from reader.service.events import Notice, RulesRan
from reader.service.library import Library
from reader.service.merging import merge_pending
from reader.service.moving import move_pending
from reader.service.ruling import rule_pending
from reader.store import articles, counts
from reader.store.articles import Pending

BATCH = 24  # articles a job and a transaction: some 100 ms of a child, so that stopping is quick
FIRST_PART = 2**16  # bytes of an article that are tried again when the whole cannot be derived
SECOND_TRY = 3.0  # seconds
TICK = 0.1  # seconds between looks at `cancel`


def derive_now(library: Library, article_id: int) -> None:
    """Derive one article that somebody waits for. Takes some 10 ms, at most the child's deadline and a second try.

    Raises StorageError if the result cannot be stored.
    """
    with library.database.read() as c:
        pending = articles.pending_one(c, article_id)
    if pending is not None:
        _store(library, [pending], _derive([pending], shared(), threading.Event(), urgent=True))


def derive_pending(
    library: Library,
    *,
    cancel: threading.Event | None = None,
    on_progress: Callable[[int, int], None] | None = None,
    on_notice: Callable[[Notice | RulesRan], None] | None = None,
    children: Children | None = None,
) -> int:
    """Derive all pending articles, newest first, in as many children as there are; returns how many were done.

    Then the reader's rules are applied to them; `on_notice` is told of articles that a rule wants to be told of, and of
    what rules did.

    `on_progress(done, total)` is called on this thread after each batch. `cancel` stops it within a fraction of a
    second; what is stored stays. Raises StorageError.
    """
    from reader.quotes import ENGINE

    pool, stop, done = children or shared(), threading.Event(), 0
    with library.database.read() as c:
        total = counts.pending(c, ENGINE)
    running: dict[Future[list[jobs.Derived]], list[Pending]] = {}
    with library.database.roomy(), ThreadPoolExecutor(pool.size, "secnews-derive") as threads:
        try:
            while total and not (cancel is not None and cancel.is_set()):
                for batch in _next(library, running, pool.size + 1 - len(running), ENGINE):
                    running[threads.submit(_derive, batch, pool, stop)] = batch
                if not running:
                    break
                for future in wait(running, TICK, FIRST_COMPLETED).done:
                    derived = future.result()
                    _store(library, running.pop(future), derived)
                    done += len(derived)
                    if on_progress is not None:
                        on_progress(done, max(done, total))
        finally:
            stop.set()
    cite_pending(library, cancel=cancel)
    move_pending(library, cancel=cancel)
    merge_pending(library, cancel=cancel)
    rule_pending(library, cancel=cancel, on_notice=on_notice)
    return done


def _next(
    library: Library, running: dict[Future[list[jobs.Derived]], list[Pending]], wanted: int, engine: int
) -> list[list[Pending]]:
    """Up to `wanted` batches of pending articles that nobody works on."""
    if wanted <= 0:
        return []
    busy = {item.id for batch in running.values() for item in batch}
    with library.database.read() as c:
        found = articles.pending(c, engine=engine, limit=len(busy) + wanted * BATCH)
    free = [item for item in found if item.id not in busy]
    return [free[start : start + BATCH] for start in range(0, len(free), BATCH)]


def _derive(
    batch: Sequence[Pending], pool: Children, stop: threading.Event, *, urgent: bool = False
) -> list[jobs.Derived]:
    """Results for the first articles of the batch: for all of them unless it was stopped."""
    items = [jobs.ToDerive(item.raw, item.url, item.text if item.has_text else None) for item in batch]
    results: list[jobs.Derived] = []
    try:
        derived = jobs.derive(items, seconds=SECONDS, cancel=stop, urgent=urgent, children=pool)
        for item, result in zip(items, derived, strict=True):
            results.append(_first_part(item, pool, stop, urgent) if result.failed else result)
    except Stopped:
        pass
    return results


def _first_part(item: jobs.ToDerive, pool: Children, stop: threading.Event, urgent: bool) -> jobs.Derived:
    """What can be read of an article that is too much as a whole; an empty text if it is nothing."""
    if item.text is not None:
        return jobs.Derived()
    part = jobs.ToDerive(item.raw[:FIRST_PART], item.url)
    (result,) = jobs.derive([part], seconds=SECOND_TRY, cancel=stop, urgent=urgent, children=pool)
    return jobs.Derived(Document(text="")) if result.failed else result


def _store(library: Library, batch: Sequence[Pending], derived: Sequence[jobs.Derived]) -> None:
    from reader.quotes import ENGINE

    if not derived:
        return
    with library.database.write() as c:
        done = zip(batch, derived, strict=False)
        for pending, result in sorted(done, key=lambda pair: pair[0].id):  # FTS5 writes ids in order at once
            articles.set_derived(
                c, pending.id, result.document, result.quotes, engine=ENGINE, revision=pending.revision
            )
        if saved := articles.saved_among(c, [pending.id for pending in batch]):
            from reader.store import keeping  # 5 ms that a start need not wait for

            keeping.keep_shown(c, saved, now=library.now())
