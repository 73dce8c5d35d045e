"""Why the file system does not give a file or folder, in words for people (pure)."""

from __future__ import annotations

import errno

from reader.text.clean import clean_line


def reason(error: Exception) -> str:
    """Return in words why the file system does not give a file or folder."""
    if isinstance(error, RuntimeError):  # what pathlib makes of a loop before Python 3.13
        return _WORDS[errno.ELOOP]
    if not isinstance(error, OSError):
        return "the path holds characters no path can hold"
    return _WORDS.get(error.errno or 0) or f"the system says: {clean_line(error.strerror or 'error', 100).lower()}"


_WORDS = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EISDIR: "it is a folder, not a file",
    errno.ELOOP: "its symbolic links go round in circles",
    errno.ENAMETOOLONG: "its path is longer than the system allows",
    errno.ENXIO: "it is a socket or a device, not a file",
    errno.EMFILE: "too many files are open",
    errno.EIO: "the disk reports an error",
    errno.ESTALE: "it has vanished",
}
