"""From an error of SQLite to a sentence for a person: what happened, why, what to do."""

from __future__ import annotations

import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import StorageError

ROOM_NEEDED = 128 * 1024  # bytes: the -shm file and the first pages of a journal


class Damaged(sqlite3.DatabaseError):
    """What was read makes no sense; SQLite keeps no checksums, so it cannot notice every flipped bit itself."""

    sqlite_errorcode = sqlite3.SQLITE_CORRUPT


@contextmanager
def decoding() -> Iterator[None]:
    """Around making records of what SQLite gave: whatever goes wrong there is damage, and is raised as `Damaged`."""
    try:
        yield
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError, zlib.error) as error:
        raise Damaged from error


def explain(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> StorageError:
    """The StorageError to raise for `error`; it never repeats SQLite's words, which help nobody at the keyboard.

    UnicodeDecodeError is what `sqlite3` raises when SQLite's words quote a damaged name.
    """
    if isinstance(error, UnicodeDecodeError):
        error = Damaged()
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF  # the low byte is the primary code
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN) and full(path):
        code = sqlite3.SQLITE_FULL  # what SQLite calls it depends on the file that found no room
    template = _SENTENCES.get(code, _OTHERWISE)
    return StorageError(template.format(path=shown(path), why=type(error).__name__))


def full(path: Path) -> bool:
    """Whether the disk that holds `path` has no room for even a journal."""
    try:
        return shutil.disk_usage(path.parent).free < ROOM_NEEDED
    except OSError:
        return False


def shown(path: Path) -> str:
    """A path as it may stand in a sentence."""
    from reader.text.addresses import mask  # patterns that no start needs where nothing is wrong

    return mask(str(path))


_OTHERWISE = "The library {path} could not be used ({why}); run `secnews doctor` to see what is wrong with it."
_DAMAGED = (
    "The library {path} is damaged; it was left as it is: `secnews doctor --repair` puts it aside and recovers what it"
    " can."
)
_SENTENCES = {
    sqlite3.SQLITE_BUSY: "Another secnews is writing to the library {path} and takes long; try again in a moment.",
    sqlite3.SQLITE_LOCKED: "Another secnews is writing to the library {path} and takes long; try again in a moment.",
    sqlite3.SQLITE_FULL: "The disk that holds the library {path} is full; nothing was changed: free some space and"
    " try again.",
    sqlite3.SQLITE_READONLY: "The library {path} can only be read, so nothing was changed; check the permissions of the"
    " file and its folder.",
    sqlite3.SQLITE_PERM: "Access to the library {path} is denied; check the permissions of the file and its folder.",
    sqlite3.SQLITE_CANTOPEN: "The library {path} cannot be opened; check that its folder exists and is yours.",
    sqlite3.SQLITE_IOERR: "The disk that holds the library {path} reports an error; check the disk and its free space,"
    " then try again.",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_NOMEM: "There is not enough memory to use the library {path}; close something and try again.",
    sqlite3.SQLITE_TOOBIG: "Something is too large to be kept in the library {path}; nothing was changed.",
    sqlite3.SQLITE_INTERRUPT: "Work on the library {path} was interrupted; nothing was changed.",
}
