"""Folders watched for changes (inotify, FSEvents) by watchfiles, which is loaded with the first watch."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from reader.errors import SourceError
from reader.text.clean import clean_line

DEBOUNCE = 800  # milliseconds in which changes count as one: programs write a file in several steps


def changed_folders(folders: Sequence[str], stop: threading.Event) -> Iterator[set[str]]:
    """Yield those of `folders` in or below which something changed, until `stop` is set. Blocks between two changes.

    Hidden files (editors' swap files) do not count, folders that are not there are left out. Raises SourceError if
    watchfiles is not installed or the system's limit for watches is reached.
    """
    places = {}
    for folder in folders:
        try:
            places[str(Path(folder).resolve(strict=True))] = folder
        except (OSError, RuntimeError, ValueError):
            continue
    if not places:
        return
    try:
        from watchfiles import watch  # 45 ms
    except ImportError:
        raise SourceError("Folders are not watched: watchfiles is not installed; r looks through them.") from None
    try:
        for changes in watch(
            *places,
            watch_filter=None,
            debounce=DEBOUNCE,
            stop_event=stop,
            raise_interrupt=False,
            force_polling=False,
            ignore_permission_denied=True,
        ):
            paths = [Path(path) for _kind, path in changes]
            seen = [path for path in paths if not path.name.startswith(".")]
            found = {given for real, given in places.items() if any(path.is_relative_to(real) for path in seen)}
            if found:
                yield found
    except OSError as error:
        reason = clean_line(str(error.strerror or error), 100).lower()
        raise SourceError(f"Folders are no longer watched ({reason}); r looks through them.") from None
