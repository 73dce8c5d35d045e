"""The automatic daily backup: a compact copy of the whole library beside it, the last three of them kept."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import threading
from datetime import date, datetime
from pathlib import Path

from reader.errors import StorageError
from reader.store import placing
from reader.store.connections import open_connection
from reader.store.faults import explain, shown

KEPT = 3
ROOM = 1.2  # times the library's size must be free
STEPS = 100_000  # instructions of SQLite between looks at `cancel`: some milliseconds


def all(path: Path, *, today: date | None = None) -> list[Path]:  # noqa: A001 - read as `backups.all`
    """The backups of the library at `path`, newest first; those from a future that a wrong clock made come last."""
    found = []
    try:
        names = os.listdir(path.parent)  # noqa: PTH208 - a name that is no text must not stop us
    except OSError:
        return []
    for name in names:
        match = _NAME.fullmatch(name.removeprefix(f"{path.name}.")) if name.startswith(f"{path.name}.") else None
        if match:
            found.append((today is None or match[1] <= today.isoformat(), match[1], path.with_name(name)))
    return [one[2] for one in sorted(found, reverse=True)]


def due(path: Path, *, now: datetime) -> bool:
    """Whether there is a library and no backup of this day (UTC) yet."""
    return path.is_file() and not _target(path, now).exists()


def make(path: Path, *, now: datetime, cancel: threading.Event | None = None) -> Path | None:
    """Make the backup of this day and drop those beyond the last three; returns its path.

    Takes about a second for 100 MB, during which others read and write. `cancel` stops it within milliseconds; then
    nothing is left of it and the result is None. The backup appears whole or not at all, and none is dropped before
    the new one has been checked. Raises StorageError: damaged library, full disk, a folder that cannot be written.
    """
    target = _target(path, now)
    made = target.with_name(f".{target.name}.{os.getpid()}.part")
    _check_room(path)
    placing.create_private(made)
    try:
        _copy(path, made, cancel)
        with made.open("rb") as file:
            os.fsync(file.fileno())
        made.replace(target)
    except sqlite3.Error as error:
        if cancel is not None and cancel.is_set():
            return None
        raise explain(error, path) from error
    except OSError as error:
        raise StorageError(
            f"The library {shown(path)} could not be backed up ({(error.strerror or 'an error').lower()}); check the"
            " permissions and the free space of its folder."
        ) from None
    finally:
        made.unlink(missing_ok=True)
    for old in all(path, today=now.date())[KEPT:]:
        old.unlink(missing_ok=True)
    return target


def sound(path: Path) -> bool:
    """Whether the file is a library that can be read from end to end."""
    try:
        header = placing.inspect(path)
        if header is None or header.application_id != placing.APPLICATION_ID:
            return False
        connection = open_connection(f"{path.absolute().as_uri()}?mode=ro&immutable=1")
        try:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
        finally:
            connection.close()
    except (StorageError, sqlite3.Error, UnicodeDecodeError):
        return False


def _copy(path: Path, made: Path, cancel: threading.Event | None) -> None:
    source = open_connection(f"{path.absolute().as_uri()}?mode=ro")
    try:
        if cancel is not None:
            source.set_progress_handler(cancel.is_set, STEPS)
        source.execute("VACUUM INTO ?", (str(made),))
    finally:
        source.close()
    if not sound(made):
        raise sqlite3.DatabaseError


def _check_room(path: Path) -> None:
    try:
        size, free = path.stat().st_size, shutil.disk_usage(path.parent).free
    except OSError:
        return  # what follows will say it
    if free < size * ROOM:
        raise StorageError(
            f"The disk that holds the library {shown(path)} has no room for a backup; free some space on it."
        )


def _target(path: Path, now: datetime) -> Path:
    return path.with_name(f"{path.name}.backup-{now.date().isoformat()}")


_NAME = re.compile(r"backup-([0-9]{4}-[0-9]{2}-[0-9]{2})")
