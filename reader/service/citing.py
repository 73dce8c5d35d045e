"""Putting quotes that an older edition has stored into the indexes of experts and of repeated words.

New articles get there when they are derived; what an older library still has outside is a fact in it (the edition that
indexed an article), so that this work goes on where it stopped.
"""

from __future__ import annotations

import threading

from reader.service.library import Library
from reader.store import quotes

BATCH = 50  # articles a transaction: some 50 ms, so that stopping is quick and writers do not wait


def cite_pending(library: Library, *, cancel: threading.Event | None = None) -> int:
    """Index the quotes that are not yet, newest first; returns of how many articles. Nothing happens if read-only.

    Costs nothing to speak of when there is nothing to do, else some millisecond an article. Raises StorageError.
    """
    done = 0
    while not library.readonly and not (cancel is not None and cancel.is_set()):
        with library.database.read() as c:
            waiting = quotes.uncited(c, limit=BATCH)
        if not waiting:
            break
        with library.database.write() as c:
            for article_id in waiting:
                quotes.reput(c, article_id)
        done += len(waiting)
    return done
