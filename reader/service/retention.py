"""Old articles go, by age and by number, if `[retention]` says so. They cannot be brought back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from reader.service.library import Library
from reader.store import retention

BATCH = 100  # articles a transaction: some 100 ms


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many articles go (or went), and of which sources: (id, title, articles), most first."""

    articles: int
    sources: tuple[tuple[int, str, int], ...] = ()


def plan(library: Library) -> Pruned:
    """What `prune` would take away now."""
    limits = library.config.retention
    with library.database.read() as c:
        found = retention.old(c, days=limits.days, per_source=limits.per_source, now=library.now())
        return Pruned(len(found), tuple(retention.titles(c, found.values())))


def prune(
    library: Library,
    *,
    cancel: threading.Event | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Pruned:
    """Take away what `[retention]` does not keep; saved and tagged articles, and corrected ones, always stay.

    About a millisecond an article, in short transactions: for the background. `cancel` stops it after the one under
    way; `on_progress(done, total)` is called after each. Raises StorageError.
    """
    limits = library.config.retention
    with library.database.read() as c:
        found = retention.old(c, days=limits.days, per_source=limits.per_source, now=library.now())
    ids, done, sources = list(found), 0, []
    for start in range(0, len(ids), BATCH):
        if cancel is not None and cancel.is_set():
            break
        batch = ids[start : start + BATCH]
        with library.database.write() as c:
            done += retention.remove(c, batch)
        sources += [found[article_id] for article_id in batch]
        if on_progress is not None:
            on_progress(start + len(batch), len(ids))
    with library.database.read() as c:
        return Pruned(done, tuple(retention.titles(c, sources)))
