"""Which folder sources change while somebody looks: they are read at once instead of with the next refresh."""

from __future__ import annotations

import threading
from collections.abc import Callable

from reader.model import SourceKind
from reader.service.library import Library
from reader.service.local import path_of
from reader.sources.folder_changes import changed_folders


def folders(library: Library) -> dict[str, int]:
    """The folders that are sources and not paused, with their ids."""
    return {
        path_of(source.url): source.id
        for source in library.sources()
        if source.kind is SourceKind.FOLDER and not source.paused
    }


def follow(watched: dict[str, int], on_change: Callable[[list[int]], None], stop: threading.Event) -> None:
    """Tell the ids of folders in which something changed until `stop` is set. Blocks. Raises SourceError if folders
    cannot be watched here."""
    for changed in changed_folders(list(watched), stop):
        on_change(sorted(watched[folder] for folder in changed))
