"""Keeping a library from being lost: the daily backup in the background, and `doctor --repair`."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

from reader.errors import StorageError
from reader.paths import Paths
from reader.service.library import Library
from reader.store import Database, backups, compaction, integrity, recovery
from reader.text.addresses import mask


@dataclass(frozen=True, slots=True)
class Repaired:
    """What `repair` did, in sentences; none if there was nothing to do."""

    sentences: tuple[str, ...] = ()


def back_up(library: Library, *, cancel: threading.Event | None = None) -> bool:
    """Make today's backup if there is none yet; returns whether one was made.

    Takes about a second for 100 MB: for the background. A library that cannot be backed up (read-only, full disk) is
    left alone: StorageError says why.
    """
    now = library.now()
    if library.readonly or not backups.due(library.paths.library, now=now):
        return False
    return backups.make(library.paths.library, now=now, cancel=cancel) is not None


def compact(library: Library, *, cancel: threading.Event | None = None, most: int | None = None) -> int:
    """Give back the room that the library's file no longer needs if a twentieth of it is air; returns the bytes gained.

    Files larger than `most` bytes are left alone. Some two seconds for 100 MB, in which other writers wait. Raises
    StorageError.
    """
    path = library.paths.library
    if library.readonly or not path.is_file() or (most is not None and path.stat().st_size > most):
        return 0
    return compaction.compact(path, cancel=cancel) if compaction.air(path, now=library.now()) else 0


def repair(paths: Paths, *, now: datetime) -> Repaired:
    """Make a library that is damaged one that can be used again; a sound one is left as it is.

    A damaged file is put aside with the date behind its name, and a new library made of the newest backup and of what
    can still be read. Where only counts or the search index are wrong, these are made anew in place. Raises
    StorageError: a library of a newer version, a folder that cannot be written.
    """
    from reader.quotes import ENGINE

    path = paths.library
    health = integrity.examine(path, engine=ENGINE)
    if not health.exists and not path.is_symlink():
        return Repaired()
    if not health.refusal and not health.faults:
        return Repaired()
    if health.sound and _set_right(paths):
        return Repaired(("Counts and search index have been made anew; the search index fills in the background.",))
    found = recovery.recover(path, now=now)
    aside = mask(str(found.aside))
    where = f"from the backup {mask(found.backup.name)} and " if found.backup else "as there is no backup, only "
    sentences = [
        f"The damaged library is kept as {aside}.",
        f"A new one was made {where}from what could still be read: {found.articles:,} articles, {found.saved:,} of them"
        " saved.",
    ]
    if found.backup and (found.read_articles or found.read_states):
        sentences.append(
            f"{found.read_articles:,} articles and {found.read_states:,} states newer than the backup came from the"
            " damaged file."
        )
    sentences.append("`secnews refresh` fetches what the feeds still have.")
    return Repaired(tuple(sentences))


def _set_right(paths: Paths) -> bool:
    """Make counts and search index anew; False if that is not enough."""
    from reader.quotes import ENGINE

    try:
        database = Database(paths.library)
        try:
            with database.write() as c:
                recovery.recount(c)
                recovery.reindex(c)
        finally:
            database.close()
    except StorageError:
        return False
    health = integrity.examine(paths.library, engine=ENGINE)
    return not health.refusal and not health.faults
