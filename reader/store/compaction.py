"""Giving back the room that a library no longer needs: pages that are free, and pages that are half empty.

Contents shrink when they are compressed, rows go, texts come newest first: after much of that, half of a file may be
air. `VACUUM` writes it anew, in one transaction of the journal; a kill leaves the old file or the new one.
"""

from __future__ import annotations

import sqlite3
import threading
from datetime import datetime
from pathlib import Path

from reader.store import backups
from reader.store.connections import open_connection
from reader.store.faults import explain

SHARE = 0.05  # of the file must be air
LEAST = 2 * 2**20  # bytes; less is not worth the work


def air(path: Path, *, now: datetime) -> int:
    """How many bytes the library at `path` would lose; 0 if that is not worth the work.

    A backup of this day, which has no air in it, tells exactly; without one only free pages are seen. Raises
    StorageError.
    """
    try:
        size = path.stat().st_size
        newest = next(iter(backups.all(path, today=now.date())), None)
        if newest is not None and newest.name.endswith(now.date().isoformat()):
            gain = size - newest.stat().st_size
        else:
            gain = _free(path)
    except OSError:
        return 0
    return gain if gain >= max(LEAST, size * SHARE) else 0


def compact(path: Path, *, cancel: threading.Event | None = None) -> int:
    """Write the library at `path` anew; returns how many bytes shorter it is, 0 if it was stopped.

    Some two seconds for 100 MB, in which others read; writers wait. Raises StorageError, also where there is no room
    for a second copy; the library is then as it was.
    """
    if cancel is not None and cancel.is_set():
        return 0
    before = path.stat().st_size
    try:
        connection = open_connection(f"{path.absolute().as_uri()}?mode=rw")
        try:
            if cancel is not None:
                connection.set_progress_handler(cancel.is_set, backups.STEPS)
            connection.execute("PRAGMA temp_store = FILE")  # or the whole new library would stand in memory first
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.close()
    except sqlite3.Error as error:
        if cancel is not None and cancel.is_set():
            return 0
        raise explain(error, path) from error
    return max(0, before - path.stat().st_size)


def _free(path: Path) -> int:
    try:
        connection = open_connection(f"{path.absolute().as_uri()}?mode=ro")
        try:
            pages, size = (connection.execute(sql).fetchone()[0] for sql in _FREE)
            return int(pages) * int(size)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise explain(error, path) from error


_FREE = ("PRAGMA freelist_count", "PRAGMA page_size")
