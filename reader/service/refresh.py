"""The refresh: every source that is due is fetched, read and committed on its own; then texts and quotes are derived.

    due? → fetch (asyncio, one client) → read (child process) → decide and commit (one transaction, writer thread)

The function blocks and runs an event loop of its own, so it can be called from any thread. The network waits neither
for the disk nor for a parser; how many sources are under way at once, and so how much is in memory, is bounded.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TypeVar

from reader.errors import SourceError, StorageError
from reader.model import Outcome, RefreshSummary, Source, SourceResult
from reader.service.care import care
from reader.service.children import Stopped, shared
from reader.service.choosing import choose, spread
from reader.service.clients import Clients
from reader.service.derive import derive_pending
from reader.service.events import Derived, Event, Listener, PagesFetched, SourceDone, Started
from reader.service.hosts import Hosts
from reader.service.intake import Intake
from reader.service.lease import BEAT, Lease
from reader.service.library import Library
from reader.service.local import LocalVisits
from reader.service.schedule import LOCAL, Hold, hold
from reader.service.visits import Stopwatch, Visits
from reader.service.whole_pages import fetch_wanted
from reader.sources.reasons import source_error
from reader.store import sources
from reader.text.addresses import mask

__all__ = ["Derived", "Event", "Listener", "SourceDone", "Started", "refresh"]

AHEAD = 8  # sources at most that are read and stored while others are fetched; they are held in memory
TICK = 0.05  # seconds between looks at `cancel`
FAILURES = (Outcome.ERROR, Outcome.GONE)
_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # whoever keeps a log adds a handler; nothing is ever printed
Result = TypeVar("Result")


def refresh(
    library: Library,
    source_ids: Iterable[int] | None = None,
    *,
    section: str | None = None,
    force: bool = False,
    full: bool = False,
    jobs: int | None = None,
    offline: bool = False,
    on_event: Listener | None = None,
    cancel: threading.Event | None = None,
    derive: bool = True,
) -> RefreshSummary:
    """Refresh all sources, those named, or those of a section, and say how each went.

    `force` fetches also what is not due (but keeps validators, Retry-After and 410), `full` asks for everything anew,
    `jobs` bounds the connections, `offline` reads local sources only. `on_event` is called on this thread, `cancel` may
    be set from any: what is committed stays. With `derive`, pending texts and quotes are derived, the
    backup of the day is made and old articles are taken away before it returns.
    Raises NotFoundError for an id that is not there, StorageError when nothing can be stored.
    """
    chosen = choose(library, source_ids, section)
    if library.readonly:
        with library.database.write():  # raises, in the store's words, before anybody is asked for anything
            pass
    tell = on_event or _nobody
    stop = threading.Event()
    run = _Run(library, stop, jobs or library.config.network.jobs, force=force, full=full, offline=offline, tell=tell)
    tell(Started(len(chosen)))
    try:
        cancelled = asyncio.run(run.all(chosen, cancel))
        if derive and not cancelled:
            derive_pending(
                library, cancel=cancel, on_progress=lambda done, total: tell(Derived(done, total)), on_notice=tell
            )
            if not offline:
                fetch_wanted(library, cancel=cancel, on_progress=lambda done, total: tell(PagesFetched(done, total)))
            care(library, cancel=cancel)
    finally:
        stop.set()  # also on Ctrl-C: children that still read something are ended
    results = tuple(run.results)
    return RefreshSummary(
        results=results,
        new=sum(result.new for result in results),
        updated=sum(result.updated for result in results),
        failed=sum(result.outcome in FAILURES for result in results),
        cancelled=cancelled or (cancel is not None and cancel.is_set()),
    )


class _Run:
    """One refresh: its clients, its threads, its results in the order in which sources were done."""

    def __init__(
        self,
        library: Library,
        stop: threading.Event,
        jobs: int,
        *,
        force: bool,
        full: bool,
        offline: bool,
        tell: Listener,
    ) -> None:
        from reader.quotes import ENGINE

        self.results: list[SourceResult] = []
        self._library = library
        self._stop = stop
        self._jobs = jobs
        self._force = force or full
        self._full = full
        self._offline = offline
        self._tell = tell
        self._total = 0
        self._elsewhere: set[int] = set()
        self._hosts = Hosts(library.config.network.allow_private)
        self._intake = Intake(library.database, library.config, engine=ENGINE)
        self._local = LocalVisits(library, self._intake, shared(), stop, full=full)
        self._visits: Visits
        self._writer: ThreadPoolExecutor

    async def all(self, chosen: Sequence[Source], cancel: threading.Event | None) -> bool:
        """Visit every source; returns whether it was cut short. Raises StorageError."""
        self._total = len(chosen)
        waiting = deque(spread(chosen))
        config, clock = self._library.config, self._library.now
        with (
            self._leased(chosen) as lease,
            ThreadPoolExecutor(shared().size, "secnews-read") as readers,
            ThreadPoolExecutor(1, "secnews-write") as self._writer,
        ):
            async with Clients(config, clock=clock, jobs=self._jobs) as clients:
                self._visits = Visits(clients, config, shared(), readers, self._stop, clock=clock, full=self._full)
                alive = asyncio.create_task(self._beat(lease))
                try:
                    return await self._work(waiting, cancel)
                finally:
                    alive.cancel()

    @contextlib.contextmanager
    def _leased(self, chosen: Sequence[Source]) -> Iterator[Lease]:
        """Claim what is to be fetched; what another reader works on is left to that one."""
        lease = Lease(self._library.database)
        due = {source.id for source in chosen if source.kind not in LOCAL and self._held(source) is None}
        self._elsewhere = due - lease.take(due) if due else set()
        try:
            yield lease
        finally:
            if due:
                with contextlib.suppress(StorageError):  # then it becomes void by itself
                    lease.give_back()

    async def _beat(self, lease: Lease) -> None:
        while True:
            await asyncio.sleep(BEAT)
            with contextlib.suppress(StorageError):  # the next commit will say what is wrong
                await self._write(lease.beat)

    async def _work(self, waiting: deque[Source], cancel: threading.Event | None) -> bool:
        workers = [
            asyncio.create_task(self._drain(waiting))
            for _ in range(min(self._jobs + min(self._jobs, AHEAD), len(waiting)))
        ]
        everything = asyncio.gather(*workers)
        try:
            while not everything.done():
                if cancel is not None and cancel.is_set():
                    return True
                await asyncio.wait([everything], timeout=None if cancel is None else TICK)
            everything.result()
            return False
        finally:
            self._stop.set()
            everything.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            with contextlib.suppress(asyncio.CancelledError, asyncio.InvalidStateError):
                everything.exception()

    async def _drain(self, waiting: deque[Source]) -> None:
        while waiting:
            await self._one(waiting.popleft())

    async def _one(self, source: Source) -> None:
        source, held = self._look_again(source)
        if held is not None:
            result = SourceResult(source.id, mask(source.url), held.outcome, message=held.reason)
        elif (until := self._hosts.wait(source)) is not None:
            result = await self._write(self._intake.neighbourly, source, until)
        else:
            clock = Stopwatch()
            try:
                result = await self._visit(source, clock)
            except SourceError as error:
                if error.retry_after is not None:
                    self._hosts.asked_to_wait(source, self._library.now() + timedelta(seconds=error.retry_after))
                result = await self._write(self._intake.failure, source, error, self._library.now())
            except (StorageError, Stopped):
                raise
            except Exception as error:
                _log.exception("source %d", source.id)
                cause = f"a fault of this program ({type(error).__name__})"
                fault = source_error(source.url, cause, "please report it; what was read before is kept")
                result = await self._write(self._intake.failure, source, fault, self._library.now())
            result = replace(result, seconds=round(clock.seconds, 3))
        self.results.append(result)
        self._tell(SourceDone(result, len(self.results), self._total))

    def _look_again(self, source: Source) -> tuple[Source, Hold | None]:
        """The source as it is at this moment: another process may have fetched or removed it while it waited."""
        with self._library.database.read() as c:
            present = sources.get(c, source.id)
        if present is None:
            return source, Hold(Outcome.SKIPPED, "It was removed meanwhile.")
        if source.id in self._elsewhere:
            return present, Hold(Outcome.SKIPPED, "Another running secnews is fetching it.")
        return present, self._held(present)

    def _held(self, source: Source) -> Hold | None:
        return hold(source, self._library.now(), force=self._force, offline=self._offline)

    async def _visit(self, source: Source, clock: Stopwatch) -> SourceResult:
        if source.kind in LOCAL:
            return await asyncio.to_thread(clock.time, self._local.visit, source)
        received = await self._visits.visit(source, clock)
        return await self._write(self._intake.success, source, received, self._library.now())

    async def _write(self, work: Callable[..., Result], *args: object) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._writer, partial(work, *args))


def _nobody(_event: Event) -> None:
    """Nobody is watching."""
