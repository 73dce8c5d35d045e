"""The library as a file: is it ours, may we write it, and how a new one comes into being.

A library appears whole or not at all: it is built under another name and then linked into place. So a file of zero
bytes under our name is never a young library, always a damaged one.
"""

from __future__ import annotations

import os
import stat
import struct
from pathlib import Path
from typing import NamedTuple

from reader.errors import StorageError
from reader.store.faults import shown

APPLICATION_ID = 0x5EC0_11E5  # "SEC…NEWS" as near as hexadecimal digits come; at offset 68 of the file
_MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes; https://www.sqlite.org/fileformat.html#the_database_header


class Header(NamedTuple):
    """What the file says about itself."""

    application_id: int
    user_version: int


def inspect(path: Path) -> Header | None:
    """What the first bytes of the file say; None if there is no file.

    Raises StorageError if it is no database file. Opens nothing that could block and changes nothing.
    """
    try:
        found = path.stat()
    except FileNotFoundError:
        if path.is_symlink():
            raise StorageError(
                f"The library {shown(path)} is a link to nowhere; remove the link or bring back what it points to."
            ) from None
        return None
    except OSError as error:
        raise StorageError(_unreadable(path, error)) from None
    if not stat.S_ISREG(found.st_mode):
        raise StorageError(f"The library {shown(path)} is not a file; move it away and start again.")
    try:
        with path.open("rb") as file:
            head = file.read(_HEADER)
    except OSError as error:
        raise StorageError(_unreadable(path, error)) from None
    if len(head) < _HEADER or not head.startswith(_MAGIC):
        what = "is empty" if not head else "is damaged: it is not a database"
        raise StorageError(
            f"The library {shown(path)} {what}; it was left as it is: `secnews doctor --repair` puts it aside and"
            " recovers what it can."
        )
    user_version, application_id = struct.unpack(">I4xI", head[60:72])
    return Header(application_id, user_version)


def writable(path: Path) -> bool:
    """Whether the file and its folder (where SQLite keeps its journal) may be written by this process."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def make_folder(folder: Path) -> None:
    """Make the folder (and its parents) for this user only; an existing folder stays as it is."""
    try:
        if not folder.is_dir():
            missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for made in missing:
                made.chmod(0o700)  # whatever the umask; parents made by mkdir ignore `mode`
    except OSError as error:
        raise StorageError(
            f"The folder {shown(folder)} for the library cannot be made ({_why(error)}); check the permissions above"
            " it or choose another place with --home."
        ) from None


def create_private(path: Path) -> None:
    """Make an empty file for this user only, whatever the umask; an existing one is replaced.

    SQLite gives its journal, -wal and -shm files the mode of the database file.
    """
    try:
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
        try:
            os.fchmod(descriptor, 0o600)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StorageError(
            f"The file {shown(path)} cannot be made ({_why(error)}); check the folder's permissions and free space."
        ) from None


def put_in_place(made: Path, path: Path) -> None:
    """Give the finished file its name unless another process was faster; then that one's file stays."""
    try:
        os.link(made, path)  # atomic, and never overwrites
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links
        if not path.exists():
            made.rename(path)
            return
    finally:
        made.unlink(missing_ok=True)


def _unreadable(path: Path, error: OSError) -> str:
    return (
        f"The library {shown(path)} cannot be read ({_why(error)}); check the permissions of the file and its folder."
    )


def _why(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
