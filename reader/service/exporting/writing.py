"""Files that appear whole or not at all, never in place of another one, never outside the folder that was chosen."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from reader.errors import StorageError, UsageError
from reader.text.clean import clean_line

_TEMPORARY = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def write_file(path: Path, fill: Callable[[BinaryIO], None] | bytes, *, overwrite: bool = False) -> None:
    """Write what `fill` writes (or the bytes) to `path`, readable for this user only.

    It is written beside its place under another name, synced, and then given its name: after any failure nothing is
    there that was not there before. Without `overwrite`, a name that is taken (also by a link) raises UsageError. A
    full disk, a folder that is missing or may not be written raise StorageError.
    """
    shown = clean_line(str(path), 300)
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise UsageError(f"{shown} is a link, a folder or a device, which is never overwritten; choose another name.")
    if path.exists() and not overwrite:
        raise UsageError(f"{shown} is there already; choose another name, or --force overwrites it.")
    made = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        descriptor = os.open(made, _TEMPORARY, 0o600)
    except OSError as error:
        raise _refused(shown, error) from None
    try:
        with os.fdopen(descriptor, "w+b") as file:
            if isinstance(fill, bytes):
                file.write(fill)
            else:
                fill(file)
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            made.replace(path)
        else:
            _name(made, path, shown)
        _sync(path.parent)
    except OSError as error:
        raise _refused(shown, error) from None
    finally:
        made.unlink(missing_ok=True)


def _name(made: Path, path: Path, shown: str) -> None:
    """Give the file its name unless somebody was faster: a hard link never overwrites."""
    try:
        os.link(made, path, follow_symlinks=False)
    except FileExistsError:
        raise UsageError(f"{shown} is there already; choose another name, or --force overwrites it.") from None
    except OSError:  # a file system without hard links
        os.close(os.open(path, _TEMPORARY, 0o600))  # takes the name, or fails if it is taken
        made.replace(path)


def _sync(folder: Path) -> None:
    """Make the new name last over a power cut where the file system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)


def _refused(shown: str, error: OSError) -> StorageError:
    reason = clean_line(error.strerror or type(error).__name__).lower()
    return StorageError(f"{shown} could not be written: {reason}; nothing of it was left behind.")
