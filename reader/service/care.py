"""What a library needs now and then, at the end of a refresh: a backup a day, old articles away, no air in the file."""

from __future__ import annotations

import threading

from reader.errors import StorageError
from reader.service import recovery, retention
from reader.service.library import Library
from reader.store import captures, keeping

SMALL = 300 * 2**20  # bytes of a library that is compacted by itself: some seconds, in which writers wait


def care(library: Library, *, cancel: threading.Event | None = None) -> tuple[str, ...]:
    """Back up if the day has no backup yet and then, if a twentieth of a small file is air, write it anew; prune.

    Returns a sentence for what could not be done. Takes some three seconds for 100 MB once a day, a millisecond
    otherwise. Never raises StorageError: what was refreshed is there in any case.
    """
    if library.readonly:
        return ()
    problems = []
    for work in (_backed_up, retention.prune, _let_go):
        if cancel is not None and cancel.is_set():
            break
        try:
            work(library, cancel=cancel)
        except StorageError as error:
            problems.append(str(error))
    return tuple(problems)


def _backed_up(library: Library, *, cancel: threading.Event | None) -> None:
    if recovery.back_up(library, cancel=cancel):  # it tells how much of the file is air
        recovery.compact(library, cancel=cancel, most=SMALL)


def _let_go(library: Library, *, cancel: threading.Event | None = None) -> int:
    """What was kept of articles that are no longer saved."""
    with library.database.read() as c:
        if not captures.unsaved(c):
            return 0
    with library.database.write() as c:
        return keeping.let_go(c)
