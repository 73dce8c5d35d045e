"""Moving the articles of an older library to the form that takes half the room, in the background.

What is left to do is a fact in the library, so that this work goes on where it stopped, also after a kill; everything
can be read and found meanwhile.
"""

from __future__ import annotations

import threading

from reader.service.library import Library
from reader.store import moving

BATCH = 50  # articles a transaction: some 60 ms, so that stopping is quick and writers do not wait


def move_pending(library: Library, *, cancel: threading.Event | None = None) -> int:
    """Move what is still to be moved, newest first; returns how many articles that were. Nothing happens if read-only.

    Costs nothing to speak of when there is nothing to do, else some millisecond an article. Raises StorageError.
    """
    done = 0
    while not library.readonly and not (cancel is not None and cancel.is_set()):
        with library.database.read() as c:
            waiting = moving.waiting(c, limit=BATCH)
            if not waiting and not moving.unfinished(c):
                break
        with library.database.write() as c:
            for article_id in waiting:
                moving.move(c, article_id)
            moving.finish(c)
        done += len(waiting)
    return done
