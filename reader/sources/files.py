"""Reading article files: one file within a bound, or what a folder holds (`scan` in `folders`).

A path can name things that never end (`/dev/zero`), never answer (a named pipe) or never belonged to anybody's
articles (`/proc/self/environ`). The file is opened without waiting, and what was opened is judged, not the name.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from functools import cache
from pathlib import Path

from reader.errors import SourceError
from reader.sources.decode import amount
from reader.sources.folders import SUFFIXES, FileFound, scan
from reader.sources.unreadable import reason
from reader.text.clean import clean_line

__all__ = ["FILE_CAP", "SUFFIXES", "FileFound", "absent", "beside", "look", "read", "scan"]

FILE_CAP = 16 << 20  # bytes
_OPEN = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
_PIECE = 1 << 20


def read(path: str | os.PathLike[str], *, cap: int = FILE_CAP) -> bytes:
    """Return the bytes of the regular file at `path` (symbolic links are followed), at most `cap` of them.

    Raises SourceError, within a moment, for everything else: missing, forbidden, larger than `cap`, a folder, pipe,
    socket, device, or a file that the kernel makes up (/proc, /sys).
    """
    name = os.fspath(path)
    look(name)  # merely opening a device can do something
    try:
        descriptor = os.open(name, _OPEN)
    except (OSError, ValueError) as error:  # ValueError: NUL in the path
        raise _unreadable(name, error) from error
    try:
        _judge(name, os.fstat(descriptor), cap)
        return _content(descriptor, name, cap)
    except OSError as error:
        raise _unreadable(name, error) from error
    finally:
        os.close(descriptor)


def look(path: str | os.PathLike[str]) -> FileFound:
    """Return size and time of the regular file at `path` without opening it; SourceError as `read`, less the size."""
    name = os.fspath(path)
    try:
        status = Path(name).stat()
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from error
    _judge(name, status, status.st_size)
    return FileFound(name, "", status.st_size, status.st_mtime_ns)


def beside(path: str | os.PathLike[str]) -> list[FileFound]:
    """The regular files in the folder of `path`, by name, without sub-folders and links; none if it is not there."""
    found = []
    with suppress(OSError, ValueError), os.scandir(Path(path).parent) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                found.append(FileFound(entry.path, "", status.st_size, status.st_mtime_ns))
    return found


def absent(path: str | os.PathLike[str]) -> str:
    """The sentence that says why the file at `path` cannot be read; it is looked at once more."""
    try:
        look(path)
    except SourceError as error:
        return str(error)
    return f"{clean_line(os.fspath(path), 300)} changed while it was read; try again"


def _judge(name: str, status: os.stat_result, cap: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise _refused(name, f"it is {_kind(status.st_mode)}, not a file", "give the path of a file")
    if status.st_dev in _made_up_devices():
        raise _refused(name, "the system makes its content up", "give the path of a stored file")
    if status.st_size > cap:
        cause = f"it has {amount(status.st_size)}, more than the limit of {amount(cap)}"
        raise _refused(name, cause, "split it or leave it out")


def _content(descriptor: int, name: str, cap: int) -> bytes:
    pieces = []
    left = cap + 1  # a file can grow while it is read
    while left > 0 and (piece := os.read(descriptor, min(_PIECE, left))):
        pieces.append(piece)
        left -= len(piece)
    if left <= 0:
        raise _refused(name, f"it grew past the limit of {amount(cap)}", "try again when nothing writes to it")
    return b"".join(pieces)


@cache
def _made_up_devices() -> frozenset[int]:
    """The device numbers of file systems without files, as far as this machine has them."""
    found = set()
    for place in ("/proc", "/sys", "/sys/kernel/debug", "/sys/fs/cgroup"):
        with suppress(OSError):
            found.add(Path(place).stat().st_dev)
    return frozenset(found - {Path("/").stat().st_dev})


def _kind(mode: int) -> str:
    kinds = {
        stat.S_IFDIR: "a folder",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return kinds.get(stat.S_IFMT(mode), "something else")


def _unreadable(name: str, error: OSError | ValueError) -> SourceError:
    forbidden = isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM)
    return _refused(name, reason(error), "check its permissions" if forbidden else "check the path")


def _refused(name: str, cause: str, advice: str) -> SourceError:
    return SourceError(f"{clean_line(name, 300)} could not be read: {cause}; {advice}")
