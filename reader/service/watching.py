"""Watching: every source is refreshed when it is due, for as long as somebody wants it."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from datetime import datetime, timedelta

from reader.model import Outcome, RefreshSummary, Source
from reader.service.choosing import choose
from reader.service.events import Event, Listener, Waiting
from reader.service.library import Library
from reader.service.refresh import refresh
from reader.service.schedule import LOCAL, hold

LOCAL_EVERY = timedelta(minutes=5)  # to look at files costs little, not nothing
TICK = 30.0  # seconds after which it is looked again what is due: other programs add and fetch sources too


def watch(
    library: Library,
    on_event: Listener | None,
    cancel: threading.Event,
    *,
    section: str | None = None,
    jobs: int | None = None,
    tick: float = TICK,
) -> None:
    """Refresh what is due, wait, and so on until `cancel` is set; blocks, in any thread.

    `on_event` gets the events of every refresh, without the sources that nothing was done about, and `Waiting` whenever
    the time of the next one changes. What the library still has to derive is derived first. Raises StorageError when
    nothing can be stored.
    """
    told: datetime | None = None
    looked: datetime | None = None
    first = True
    while not cancel.is_set():
        now = library.now()
        present = choose(library, None, section)
        files = looked is None or now - looked >= LOCAL_EVERY or now < looked
        due = [source.id for source in present if _is_due(source, now, files=files)]
        if files:
            looked = now
        done = RefreshSummary()
        if due or first:
            done = refresh(library, due, jobs=jobs, on_event=on_event, cancel=cancel)
        first = False
        until = next_due(choose(library, None, section), library.now())
        later = until is None or until > library.now()  # else another program is fetching what is due
        if later and until != told and not cancel.is_set():
            told = until
            if on_event is not None:
                on_event(Waiting(until))
        busy = any(result.outcome is not Outcome.SKIPPED for result in done.results)
        left = (until - library.now()).total_seconds() if until is not None else tick
        cancel.wait(min(max(left, 0.0 if busy else 1.0), tick))


def due(library: Library, *, section: str | None = None) -> list[int]:
    """Sources on the network that are to be asked now."""
    now = library.now()
    return [source.id for source in choose(library, None, section) if _is_due(source, now, files=False)]


def next_due(present: Iterable[Source], now: datetime) -> datetime | None:
    """When the next of these sources is due (`now` if one is); files count only if nothing else does: None then."""
    times = [
        source.next_fetch if hold(source, now) is not None else now
        for source in present
        if source.kind not in LOCAL and not source.paused and source.status != Outcome.GONE
    ]
    return min((time for time in times if time is not None), default=None)


def _is_due(source: Source, now: datetime, *, files: bool) -> bool:
    if source.kind in LOCAL:
        return files and not source.paused
    return hold(source, now) is None


__all__ = ["Event", "Waiting", "due", "next_due", "watch"]
